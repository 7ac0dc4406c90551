"""Then and now on SQLite and PostgreSQL alike: the pairs depend on what the record holds, not on how it came there."""

from datetime import date
from hashlib import blake2b
from itertools import permutations

import pytest
import town
from sqlalchemy import select, text
from stand_ins import WordEncoder, WordJudge, script_judges

from onrecord import pipeline
from onrecord.comparing import Comparing
from onrecord.errors import NotInRecord
from onrecord.record import Record
from onrecord.store import Compared, Correction, WantedPairs, opening
from onrecord.store.schema import pairs, vectors, waiting
from onrecord.types import Article

THEN = 'Ilse Brandt said on 2026-03-14: "The harbour fees will fall before the summer."'
NOW = 'Ilse Brandt said on 2026-03-26: "The harbour fees will not fall before the summer."'
AGAIN = 'Ilse Brandt said on 2026-05-02: "The harbour fees will fall before the summer, all of them."'
OTHER = 'Nils Oake said on 2026-03-30: "The harbour fees will not fall before the summer."'
ASKED = 'Ilse Brandt said on 2026-04-02: "Will the harbour fees not fall before the summer?"'


def article(words, title="News", publisher=None):
    whole = f"{title}\n\n{words}"
    key = blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Article(key, title, whole, title, date(2026, 6, 1), publisher)


@pytest.fixture
def record(new_record, monkeypatch):
    """Opens a record, a new one where no place is named."""
    monkeypatch.setattr(pipeline, "pipeline", town.town_pipeline)
    monkeypatch.setattr(pipeline, "digests", town.stand_in_digests)
    script_judges(monkeypatch)
    opened = []

    def make(where=None):
        opened.append(Record(where or new_record(), create=True))
        return opened[-1]

    yield make
    for one in opened:
        one.store.close()


def add(record, *words, compare=True):
    list(record.add([article(w, title=f"News {w[:40]}") for w in words]))
    if compare:
        list(record.compare())
    return record


def kept(record):
    """The pairs of a record without what differs between runs."""
    return sorted((k.pair.id, k.pair.label, k.pair.clash, k.pair.words) for k in record.store.pairs(WantedPairs()))


def rows(record, table):
    with opening.reading(record.store._engine) as connection:
        return sorted(map(tuple, connection.execute(select(table))), key=repr)


def test_what_is_new_waits_and_comparing_leaves_nothing_waiting(record):
    one = add(record(), THEN, NOW, compare=False)
    assert one.waiting() == 2
    assert sum(one.compare()) == 2
    assert one.waiting() == 0
    assert rows(one, waiting) == []


def test_a_speaker_who_said_the_opposite_later_is_listed_with_both_sides(record):
    (found,) = add(record(), THEN, NOW, OTHER).reversals()
    assert (found.label, found.days, found.speaker.name) == ("reversal", 12, "Ilse Brandt")
    assert "will fall" in found.earlier.text
    assert "will not fall" in found.later.text
    assert all(span.of(found.later.entry.article.text) in NOW for span in found.later.evidence)


def test_the_pairs_are_the_same_in_whatever_order_articles_come_and_are_compared(record):
    wanted = kept(add(record(), THEN, NOW, AGAIN, OTHER))
    assert len(wanted) == 2
    for order in list(permutations((THEN, NOW, AGAIN, OTHER)))[::7]:
        one = record()
        for words in order:
            add(one, words)
        assert kept(one) == wanted


def test_there_and_back_are_two_reversals_and_the_first_says_so(record):
    found = add(record(), THEN, NOW, AGAIN).reversals()
    assert len(found) == 2
    assert sum(any("back again" in note for note in r.notes) for r in found) == 1


def test_questions_are_no_positions(record):
    one = add(record(), THEN, ASKED)
    assert one.reversals() == []
    assert len(rows(one, vectors)) == 1


def test_a_wire_copy_adds_a_report_and_no_pair(record):
    one = add(record(), THEN, NOW)
    before = kept(one)
    list(one.add([article(NOW, title="The same, elsewhere", publisher="Tarn Echo")]))
    list(one.compare())
    assert len(kept(one)) == len(before)
    (found,) = one.reversals()
    assert found.later.entry.reports == 2


def test_comparing_that_another_program_was_quicker_with_is_done_anew(record):
    one = add(record(), THEN, NOW, compare=False)
    comparing = Comparing(one.store, WordEncoder(), WordJudge())
    one.store.settle()
    ((speaker, _),) = one.store.waiting_speakers()
    mine = comparing._some(speaker)
    list(one.compare())
    add(one, AGAIN, compare=False)
    assert not one.store.put_compared(Compared(speaker, mine.seen, mine.done, mine.vectors, mine.pairs))
    list(one.compare())
    assert kept(one) == kept(add(record(), THEN, NOW, AGAIN))


def test_a_correction_and_its_undoing_give_the_pairs_of_a_record_with_those_facts(record):
    one = add(record(), THEN, NOW)
    wanted = kept(one)
    statement = one.reversals()[0].later.entry.statement.id
    dropped = one.store.judge(Correction("statement", statement, "not a statement", "Ana"))
    list(one.compare())
    assert kept(one) == []
    one.store.judge(Correction("undo", dropped.id, None, "Ana"))
    assert one.waiting() == 1
    list(one.compare())
    assert kept(one) == wanted


def test_a_corrected_day_turns_the_pair_round(record):
    one = add(record(), THEN, NOW)
    later = one.reversals()[0].later.entry.statement.id
    one.store.judge(Correction("said", later, "2026-01-05", "Ana"))
    list(one.compare())
    (found,) = one.reversals()
    assert found.earlier.entry.statement.id == later
    assert found.days == 68


def test_speakers_that_are_merged_are_compared_with_each_other(record):
    one = add(record(), THEN, OTHER)
    assert one.reversals() == []
    one.store.judge(Correction("merge", one.only("Nils Oake"), one.only("Ilse Brandt"), "Ana"))
    list(one.compare())
    assert len(one.reversals()) == 1


def test_a_verdict_is_shown_undone_and_never_lands_on_a_statement(record):
    one = add(record(), THEN, NOW)
    (found,) = one.reversals()
    said = one.say("verdict", found.id, "confirmed", by="Ana")
    (judged,) = one.reversals()
    assert (judged.judgement, judged.judged_by) == ("confirmed", "Ana")
    assert judged.earlier.entry.corrections == judged.later.entry.corrections == ()
    one.say("undo", said.id, None, by="Ana")
    assert one.reversals()[0].judgement is None


def test_a_verdict_outlives_a_rereading_that_finds_other_edges(record):
    one = add(record(), THEN, NOW)
    one.say("verdict", one.reversals()[0].id, "rejected", by="Ana")
    with opening.writing(one.store._engine) as connection:  # as if another model had found the statements elsewhere
        connection.execute(text("UPDATE pairs SET id = 'another'"))
    assert one.reversals()[0].judgement == "rejected"


def test_a_reversal_that_is_not_there_is_told(record):
    with pytest.raises(NotInRecord, match="onrecord reversals"):
        add(record(), THEN).reversal("ffff")


def test_words_days_acts_and_speakers_choose_among_the_reversals(record):
    from onrecord.reversals import WantedReversals

    one = add(record(), THEN, NOW)
    chosen = {
        "words": WantedReversals(about="harbour"),
        "other words": WantedReversals(about="ferries"),
        "since": WantedReversals(since=date(2026, 3, 26)),
        "too late": WantedReversals(since=date(2026, 3, 27)),
        "act": WantedReversals(act="assert"),
        "other act": WantedReversals(act="threaten"),
        "surer": WantedReversals(least=0.95),
        "label": WantedReversals(labels=("softened",)),
    }
    found = {name: len(one.reversals(wanted)) for name, wanted in chosen.items()}
    assert found == {
        "words": 1,
        "other words": 0,
        "since": 1,
        "too late": 0,
        "act": 1,
        "other act": 0,
        "surer": 0,
        "label": 0,
    }
    assert len(one.reversals(speaker="Ilse Brandt")) == 1


def test_a_backup_holds_the_pairs_and_a_check_finds_those_that_point_nowhere(record):
    one, other = add(record(), THEN, NOW), record()
    list(one.store.copy_to(other.store))
    assert kept(other) == kept(one)
    assert rows(other, vectors) == rows(one, vectors)
    assert [fault for fault in one.store.check() if not isinstance(fault, int)] == []
    with opening.writing(one.store._engine) as connection:
        (body,) = connection.scalars(select(pairs.c.body))
        connection.execute(pairs.update().values(body=body.replace("[[[", "[[[9", 1)))
    assert [fault.table for fault in one.store.check() if not isinstance(fault, int)] == ["pairs"]
