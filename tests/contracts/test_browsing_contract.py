"""What the desk asks for on SQLite and PostgreSQL alike."""

from datetime import date
from hashlib import blake2b

import pytest
import town

from onrecord import pipeline
from onrecord.record import Record
from onrecord.store import DROPPED
from onrecord.types import Article

NEWS = [
    'Ilse Brandt said on 2025-12-31: "The fees will fall."',
    'Ilse Brandt said on 2026-03-24: "The bridge is old."',
    'Ilse Brandt said on 2026-03-02: "The ferry is older."',
    'Ilse Brandt said on 2026-03 to commit 200 EUR for Larkhill: "We will mend it."',
    'Nils Oake said on 2026-03-24: "The bridge will hold."',
]
ILSE, NILS = town.key("ilse brandt"), town.key("nils oake")


@pytest.fixture
def record(new_record, monkeypatch):
    """A record of the town's news."""
    monkeypatch.setattr(pipeline, "pipeline", town.town_pipeline)
    monkeypatch.setattr(pipeline, "digests", town.stand_in_digests)
    made = Record(new_record(), create=True)
    kept = [
        *(article(line, date(2026, 6, 1)) for line in NEWS),
        article('Ilse Brandt said: "Nobody wrote down when I said this."', None),
    ]
    assert [outcome.statements for outcome in made.add(kept)] == [1] * 6
    yield made
    made.store.close()


def article(text, published):
    return Article(blake2b(text.encode(), digest_size=16).hexdigest(), "a.txt", text, published=published)


def test_statements_are_counted_by_month_and_act_those_without_a_day_left_out(record):
    assert record.months(ILSE) == [("2025-12", "assert", 1), ("2026-03", "assert", 2), ("2026-03", "commit", 1)]
    assert record.months(NILS) == [("2026-03", "assert", 1)]
    assert record.months("nobody") == []


def test_months_hold_what_people_corrected(record):
    (kept,) = record.store.entries_by_id(list(record.store.ids_about("ferry"))).values()
    record.say("said", kept.statement.id, "2024-02-29", by="Runa")
    record.say("act", kept.statement.id, "deny", by="Runa")
    assert record.months(ILSE)[0] == ("2024-02", "deny", 1)
    record.say("statement", kept.statement.id, DROPPED, by="Runa")
    assert record.months(ILSE) == [("2025-12", "assert", 1), ("2026-03", "assert", 1), ("2026-03", "commit", 1)]
    record.say("merge", ILSE, NILS, by="Runa")
    assert record.months(ILSE) == []
    assert record.months(NILS)[1] == ("2026-03", "assert", 2)
