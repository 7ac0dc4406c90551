import json
from datetime import date

import pytest

from onrecord.normalize import money, timexes


@pytest.mark.shared
def test_all_times_and_amounts_of_the_seed_article_are_found(shared):
    seed = shared / "seed"
    text = (seed / "article.txt").read_text(encoding="utf-8")
    gold = json.loads((seed / "gold.json").read_text(encoding="utf-8"))
    have = [(t.span.of(text), t.value) for t in timexes(text, date(2025, 3, 28))]
    for want in gold["times"]:
        assert sum(want["text"] in w and want["value"] == v for w, v in have) >= want.get("n", 1), want
    amounts = {(m.currency, float(m.amount)) for m in money(text)}
    assert all((m["currency"], float(m["amount"])) in amounts for m in gold["money"])
