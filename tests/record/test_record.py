"""`Record`: what is kept, found and corrected, without a command line around it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import blake2b

import pytest
from town import FEES, FERRY, Town, stand_in_digests

from onrecord import pipeline
from onrecord.errors import NotInRecord, UsageError
from onrecord.record import AT_ONCE, Added, Record
from onrecord.settings import Settings
from onrecord.store import Wanted
from onrecord.types import Article, Skipped


@pytest.fixture
def record(monkeypatch, tmp_path):
    monkeypatch.setattr(pipeline, "pipeline", lambda _settings: Town())
    monkeypatch.setattr(pipeline, "digests", stand_in_digests)
    made = Record(tmp_path / "r.db", Settings(people=tmp_path / "none.jsonl"), create=True)
    yield made
    made.store.close()


def an_article(text, **given):
    return Article(blake2b(text.encode(), digest_size=16).hexdigest(), given.pop("name", "a.txt"), text, **given)


def add(record, *items):
    return list(record.add(items))


def pledge(number, amount=100):
    return (
        f'Runa Tarn said on 2026-04-02 to commit {amount} EUR for Ward{number}: "Ward {number} has {amount} from us."'
    )


def test_each_item_gets_its_outcome_in_its_place(record):
    skipped = Skipped("b.txt", "ingest", "it is empty; give another")
    assert add(record, an_article(FEES), skipped, an_article(FEES)) == [
        Added("a.txt", "new", 3),
        skipped,
        Added("a.txt", "known"),
    ]
    assert record.store.skipped() == [skipped]


def test_no_item_is_taken_once_it_is_to_stop(record):
    def items():
        yield an_article(FEES)
        stopping.append(True)
        yield an_article(FERRY)
        pytest.fail("a third item was taken")

    stopping = []
    assert [a.name for a in record.add(items(), lambda: bool(stopping))] == ["a.txt"]
    assert record.store.totals()["articles"] == 1


def test_the_run_is_the_same_for_the_same_models_and_options_and_another_for_others(record, tmp_path):
    own = tmp_path / "own.jsonl"
    own.write_text("{}\n", "utf-8")
    given = [record.settings, Settings(min_confidence=0.5), Settings(convert=("EUR",)), Settings(people=own)]
    runs = []
    for settings in given:
        record.settings = settings
        record.__dict__.pop("run", None)
        runs.append(record.run.id)
    assert len(set(runs)) == len(given)
    record.settings = replace(given[0], jobs=2, threads=2)
    record.__dict__.pop("run")
    assert record.run.id == runs[0]


def test_an_earlier_printing_is_read_again_for_the_dates_that_hang_on_it(record):
    late, early = (an_article(FEES, published=day) for day in (date(2026, 3, 28), date(2026, 3, 26)))
    assert [a.arrival for a in add(record, late, early, late)] == ["new", "printed before", "known"]
    assert record.store.article(late.id).published == date(2026, 3, 26)


def test_pledges_are_found_behind_many_reports_of_one(record):
    line = pledge("Pier")
    copies = (an_article(f"Paper {i} of the day\n\n{line}", name=f"{i}.txt") for i in range(3))
    add(record, *copies, an_article("\n\n".join(f"Item {i}\n\n{pledge(i)}" for i in range(4))))
    assert len(record.statements(Wanted(limit=None))) == 7
    assert len(record.pledges(Wanted())) == 5
    pages = [record.pledges(Wanted(limit=2, offset=offset)) for offset in (0, 2, 4, 6)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert len({entry.utterance for page in pages for entry in page}) == 5
    assert AT_ONCE > 7


def test_pledges_page_through_more_statements_than_are_read_at_once(record, monkeypatch):
    monkeypatch.setattr("onrecord.record.AT_ONCE", 2)
    add(record, an_article("\n\n".join(f"Item {i}\n\n{pledge(i)}" for i in range(7))))
    assert len(record.pledges(Wanted(limit=None))) == 7
    assert len(record.pledges(Wanted(limit=5))) == 5


def test_sums_are_exact_and_tell_beneficiaries_apart_but_for_their_case(record):
    lines = [pledge(i, 10**15 + i).replace(f"Ward{i}", ward) for i, ward in enumerate(("North", "NORTH", "South"))]
    add(record, *(an_article(line, name=f"{i}.txt") for i, line in enumerate(lines)))
    totals = record.pledge_totals(Wanted())
    assert [(t.beneficiary.casefold(), Decimal(t.amount), t.pledges) for t in totals] == [
        ("north", Decimal(2 * 10**15 + 1), 2),
        ("south", Decimal(10**15 + 2), 1),
    ]


def test_a_speaker_is_found_by_name_part_of_it_and_id(record):
    add(record, an_article(FEES))
    (key,) = record.ids_of("Ilse Brandt")
    assert record.ids_of("ILSE BRANDT") == record.ids_of("brandt") == record.ids_of(key) == (key,)
    with pytest.raises(NotInRecord, match="onrecord speakers"):
        record.ids_of("Ada Holm")


def test_a_speaker_whom_the_people_table_knows_has_roles(record):
    add(record, an_article(FEES))
    key = record.speaker_called("Emmanuel Macron")
    assert key == "Q3052772"
    assert any(role.title == "French President" for role in record.roles(key))
    assert record.speaker_called("Emmanuel Macron") == key
    assert record.roles(record.ids_of("Ilse Brandt")[0]) == ()


def test_a_chain_of_merges_ends_at_the_last_and_a_circle_does_no_harm(record):
    add(record, an_article(FEES), an_article(FERRY))
    ilse, bo, runa = (record.only(name) for name in ("Ilse Brandt", "Bo Brandt", "Runa Tarn"))
    record.say("merge", ilse, bo, by="ana")
    record.say("merge", bo, runa, by="ana")
    assert record.only("Ilse Brandt") == record.only("Bo Brandt") == runa
    record.say("merge", runa, ilse, by="ana")
    assert len(record.statements(Wanted(), "Runa Tarn")) + len(record.statements(Wanted(), "Nils Oake")) <= 6
    assert record.store.totals()["statements"] == 6


def test_a_judgement_of_what_is_not_there_is_refused_and_nothing_is_kept(record):
    add(record, an_article(FEES))
    with pytest.raises(NotInRecord, match="onrecord statements"):
        record.say("act", "ffff", "commit", by="ana")
    with pytest.raises(UsageError):
        record.speaker_called(" ")
    assert record.store.judgements() == []
