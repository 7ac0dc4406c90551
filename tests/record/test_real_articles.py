"""Real articles go in on both databases alike, and again at no cost; all 924: benchmarks/record.py --polnear."""

import time
from itertools import islice

import pytest

from onrecord import ingest
from onrecord.record import Record
from onrecord.settings import Settings

ARTICLES = 60
FASTER = 20  # times, when all is known


def added(where, articles):
    record = Record(where, Settings(jobs=1), create=True)
    took = []
    for _ in range(2):
        begun = time.perf_counter()
        arrivals = [outcome.arrival for outcome in record.add(articles)]
        took.append(time.perf_counter() - begun)
    totals = record.store.totals()
    record.store.close()
    return totals, arrivals, took[0] / took[1]


@pytest.mark.slow
@pytest.mark.shared
def test_real_articles_make_equal_records_on_both_databases_and_nothing_the_second_time(
    shared, tmp_path, postgres_database
):
    articles = list(islice(ingest.articles([str(shared / "polnear" / "dev.jsonl")]), ARTICLES))
    lite, on_server = added(str(tmp_path / "record.db"), articles), added(postgres_database(), articles)
    assert lite[0] == on_server[0]
    assert lite[0]["articles"] == ARTICLES
    assert lite[0]["statements"] > 10 * ARTICLES
    for _, arrivals, faster in (lite, on_server):
        assert set(arrivals) == {"known"}
        assert faster > FASTER
