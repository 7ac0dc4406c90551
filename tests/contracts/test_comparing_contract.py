"""Then and now on SQLite and PostgreSQL alike: the pairs depend on what the record holds, not on how it came there."""

import threading
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from itertools import islice, permutations

import pytest
import town
from sqlalchemy import select
from stand_ins import WordEncoder, WordJudge, script_judges

from onrecord import comparing, pipeline
from onrecord.compare import candidates as near
from onrecord.comparing import Comparing
from onrecord.errors import NotInRecord
from onrecord.record import Record
from onrecord.reversals import WantedReversals
from onrecord.store import Compared, Correction, WantedPairs, opening
from onrecord.store.schema import pairs, vectors, waiting
from onrecord.types import LABELS, Article, Comparison, Span

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


def test_a_reversal_that_is_asked_for_by_its_id_is_the_one_that_is_listed(record):
    library = [THEN.replace("harbour fees", "reading rooms"), NOW.replace("harbour fees", "reading rooms")]
    other = OTHER.replace(" not", "").replace("03-30", "05-05")
    one = add(record(), THEN, NOW, AGAIN, OTHER, other, f"{THEN}\n\n{THEN.replace('fall', 'drop')}", *library)
    every = WantedReversals(labels=LABELS, limit=None)
    found = one.reversals(every)
    assert len(found) > 2
    assert any(r.earlier.also or r.later.also for r in found)
    for listed in found:
        asked = one.reversal(listed.id)
        assert replace(asked, notes=listed.notes) == listed  # only a list tells what leads back


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


def compared(record):
    """A speaker, and what comes of comparing what waits of his: not kept yet."""
    record.store.settle()
    (speaker,) = record.store.waiting_statements()
    return speaker, Comparing(record.store, WordEncoder(), WordJudge())._some(speaker)


def test_comparing_that_another_program_was_quicker_with_is_done_anew(record):
    one = add(record(), THEN, NOW, compare=False)
    speaker, mine = compared(one)
    list(one.compare())
    add(one, AGAIN, compare=False)
    assert not one.store.put_compared(Compared(speaker, mine.seen, mine.done, mine.vectors, mine.pairs))
    list(one.compare())
    assert kept(one) == kept(add(record(), THEN, NOW, AGAIN))


@pytest.mark.parametrize("change", ["speaker", "said", "statement"])
def test_what_is_corrected_while_it_is_compared_is_compared_anew(record, change):
    one, other = (add(record(), THEN, NOW, compare=False) for _ in range(2))
    _, mine = compared(one)
    late = max(mine.done, key=lambda due: due.day).id
    for each in (one, other):
        nils = each.speaker_called("Nils Oake")
        value = {"speaker": nils, "said": "2026-01-05", "statement": "not a statement"}[change]
        each.say(change, late, value, by="Ana")
    assert not one.store.put_compared(mine)
    for each in (one, other):
        list(each.compare())
    assert kept(one) == kept(other)
    assert rows(one, vectors) == rows(other, vectors)
    assert rows(one, waiting) == []


def test_killed_between_any_two_transactions_and_run_again_the_pairs_are_the_same(record, monkeypatch):
    monkeypatch.setattr(comparing, "AT_ONCE", 1)
    whole = add(record(), THEN, NOW, AGAIN, OTHER)
    for done in range(4):
        one = add(record(), THEN, NOW, AGAIN, OTHER, compare=False)
        run = one.compare()
        assert len(list(islice(run, done))) == done
        run.close()
        list(one.compare())
        assert kept(one) == kept(whole)
        assert rows(one, vectors) == rows(whole, vectors)


def test_two_that_compare_one_record_at_once_end_in_the_pairs_of_one(new_record, record, monkeypatch):
    monkeypatch.setattr(comparing, "AT_ONCE", 1)
    where, failed = new_record(), []
    whole, one = add(record(), THEN, NOW, AGAIN, OTHER), add(record(where), THEN, NOW, AGAIN, OTHER, compare=False)
    both, start = [one, record(where)], threading.Barrier(2)

    def run(mine):
        try:
            start.wait()
            list(mine.compare())
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=[mine]) for mine in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert kept(one) == kept(whole)
    assert rows(one, vectors) == rows(whole, vectors)
    assert one.waiting() == 0


def test_a_statement_that_leans_on_one_that_is_corrected_is_compared_anew(record):
    leaning = THEN + '\n\nIlse Brandt said on 2026-03-14: "They will not rise again after that summer."'
    one, other = add(record(), leaning), add(record(), leaning, compare=False)
    first = one.store.of_article(article(leaning, title=f"News {leaning[:40]}").id)[0].statement.id
    for each in (one, other):
        each.say("speaker", first, each.speaker_called("Nils Oake"), by="Ana")
        list(each.compare())
    assert rows(one, vectors) == rows(other, vectors)


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


@dataclass(frozen=True)
class Newer(town.Town):
    """Finds the same statements with other edges and ids."""

    def _statement(self, article, match):
        found = super()._statement(article, match)
        (content,) = found.quotation.content
        inside = Span(content.start + 1, content.end - 1)
        return replace(found, id=town.key(found.id), quotation=replace(found.quotation, content=(inside,)))


def test_a_verdict_outlives_a_rereading_that_finds_other_edges(record, monkeypatch):
    one = add(record(), THEN, NOW, OTHER)
    (before,) = one.reversals()
    one.say("verdict", before.id, "rejected", by="Ana")
    monkeypatch.setattr(pipeline, "pipeline", lambda _: Newer())
    monkeypatch.setattr(pipeline, "digests", lambda _: iter((("stand-in", "4567"),)))
    del one.run  # what reads is another one now
    assert len(list(one.reread())) == 3
    list(one.compare())
    (found,) = one.reversals()
    assert found.id != before.id
    assert (found.judgement, found.judged_by) == ("rejected", "Ana")
    assert one.learn("Ana")[1] is None  # one verdict is too few


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
        "surer": WantedReversals(least=0.999),
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


@pytest.mark.parametrize("version", ["0003", "0004"])
def test_what_an_earlier_version_compared_waits_again_and_verdicts_stay(new_record, record, version):
    where = new_record()
    old = add(record(where), THEN, NOW)
    before, (found,) = kept(old), old.reversals()
    old.say("verdict", found.id, "confirmed", by="Mara")
    with opening.writing(old.store._engine) as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")  # noqa: S608 # ours
    old.store.close()
    new = record(where)
    assert (new.waiting(), kept(new), rows(new, vectors)) == (2, [], [])
    list(new.compare())
    assert kept(new) == before
    assert new.reversals()[0].judgement == "confirmed"


def beside(answer, cosine, *, revised=False):
    return comparing._among_neighbours(answer, cosine, revised=revised)


def test_of_two_changes_that_look_the_same_the_nearer_is_the_surer():
    change = Comparison("reversal", 0.6, (), (), (), "")
    far, usual, near = (beside(change, c).clash for c in (0.5, comparing.USUAL, 0.9))
    assert far < usual < near
    assert usual == pytest.approx(0.6)
    for p in (0.0, 1.0):
        assert beside(replace(change, clash=p), 0.9).clash == pytest.approx(p, abs=0.01)


def test_of_two_changes_that_look_the_same_the_one_that_is_told_as_one_is_the_surer():
    change = Comparison("reversal", 0.6, (), (), (), "")
    assert beside(change, 0.6, revised=True).clash > beside(change, 0.6).clash


def test_what_does_not_change_stays_as_likely_however_near_and_however_told():
    same = Comparison("consistent", 0.1, (), (), (), "")
    assert beside(same, 0.99, revised=True) == same


def test_a_statement_that_tells_of_a_change_is_set_beside_more_of_those_before_it(record):
    count = near.MOST_REVISING + 2
    said = 'Ilse Brandt said on 2026-03-{0:02}: "The harbour fees will fall in town {0}."'
    before = [said.format(day) for day in range(1, count + 1)]
    found = []
    for later in ("The harbour fees will not fall in town.", "The harbour fees will no longer fall in town."):
        one = add(record(), *before)
        known = len(kept(one))
        add(one, f'Ilse Brandt said on 2026-05-01: "{later}"')
        found.append(len(kept(one)) - known)
    assert found == [near.MOST, near.MOST_REVISING]
