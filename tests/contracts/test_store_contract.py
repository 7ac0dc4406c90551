"""What a record promises on SQLite and PostgreSQL alike: the same articles and corrections end in the same answers."""

import threading
from dataclasses import replace
from datetime import UTC, date, timedelta
from hashlib import blake2b
from itertools import accumulate, permutations

import pytest
from sqlalchemy import select

from onrecord.errors import NotInRecord
from onrecord.store import DROPPED, RESTORED, Correction, Found, Store, Wanted, keeping, opening
from onrecord.store.schema import metadata
from onrecord.types import Article, Quotation, Run, Said, Skipped, Span, Speaker, Statement, Word

RUN = Run("run1", "0.1", (("reader", "abcd"),), (("min_confidence", "0.5"),))
NOT_COMPARED = {"number", "recorded"}  # when, and in which order, rows came
ILSE, NILS, CLERK = (
    Speaker("ilse", "Ilse Brandt", "person", "Mayor", 0.97),
    Speaker("nils", "Nils Oake", "person", None, 0.9),
    Speaker("clerk-1", "a clerk", "unnamed", None, 0.4),
)
SAME = "Harbour fees will fall by half before the summer."
OTHER = "The ferry is unsafe and has to be moved to Tarn."


class SameWords:
    """Takes equal words for one utterance, and texts that begin with the same line for copies."""

    def is_copy(self, a, b):
        return a.splitlines()[0] == b.splitlines()[0]

    def same_words(self, a, b, copied):  # noqa: ARG002 # as Likeness has it
        return a.text == b.text


@pytest.fixture
def new_store(new_record):
    """Opens a store at a place, a new one where none is named."""
    opened = []

    def make(where=None):
        opened.append(Store(where or new_record(), SameWords(), create=True))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(new_store):
    return new_store()


def found(title, *said, published=date(2026, 3, 25), run=RUN, cut=0, **facts):
    """An article of quoted paragraphs, each (speaker, words[, said date[, act]]); statements lose `cut` characters."""
    text = "\n\n".join([title, *(f"“{one[1]}”" for one in said)])
    article = Article(key(text), facts.pop("name", title), text, title, published, **facts)
    starts = accumulate((len(one[1]) + 4 for one in said), initial=len(title) + 3)  # marks and lines between
    contents = [Span(start, start + len(one[1]) - cut) for start, one in zip(starts, said, strict=False)]
    statements = tuple(_statement(article, *both) for both in zip(contents, said, strict=True))
    return Found(article, statements, run, (int(key(title), 16) >> 66,))


def _statement(article, content, said):
    speaker, _, day, act = (*said, *(None, "assert")[len(said) - 2 :])
    said = Said(day, None) if day else None
    quotation = Quotation((content,), (), (), "direct", None, 0.9)
    made = key(f"{article.id} {content} {act}")
    return Statement(made, quotation, None, speaker, said, (), Word("said", act, None, None), (), ())


def key(words):
    return blake2b(words.encode(), digest_size=16).hexdigest()


def keep(store, *articles):
    return [store.keep(one).arrival for one in articles]


def say(store, change, target, value=None, by="Runa"):
    return store.judge(Correction(change, target, value, by))


def words(store, **wanted):
    """The words of the statements that are asked for, in order."""
    return [e.statement.quotation.content[0].of(e.article.text) for e in store.entries(Wanted(**wanted))]


def utterances(store):
    """The groups of statements that are one utterance."""
    groups = {}
    for entry in store.entries(Wanted(limit=None)):
        groups.setdefault(entry.utterance, set()).add(entry.statement.id)
    return sorted(map(sorted, groups.values()))


def rows(store):
    """All rows, without what differs between equal records."""
    with opening.reading(store._engine) as connection:
        return {
            table.name: sorted(
                map(tuple, connection.execute(select(*(c for c in table.c if c.name not in NOT_COMPARED)))), key=repr
            )
            for table in metadata.sorted_tables
        }


# --- keeping --------------------------------------------------------------------------------------


def test_an_article_is_kept_once_with_all_that_was_found_in_it(store):
    one = found("Fees", (ILSE, SAME, "2026-03-24"), (None, OTHER), publisher="Port Courier", authors=("N. Oake",))
    assert store.arrival(one.article) == "new"
    assert keep(store, one, one) == ["new", "known"]
    assert store.arrival(one.article) == "known"
    assert store.article(one.article.id) == one.article
    assert [entry.statement for entry in store.of_article(one.article.id)] == list(one.statements)
    assert store.run(RUN.id) == RUN
    assert store.totals() == {
        "articles": 1,
        "printings": 1,
        "copies": 0,
        "statements": 2,
        "utterances": 2,
        "entities": 1,
        "judgements": 0,
        "skipped": 0,
        "runs": 1,
        "pairs": 0,
    }


def test_an_article_without_statements_is_kept(store):
    assert store.keep(found("Weather")).statements == 0
    assert store.totals()["articles"] == 1


def test_a_text_that_is_printed_elsewhere_later_gains_a_printing_and_nothing_else(store):
    one = found("Fees", (ILSE, SAME), publisher="Port Courier")
    again = replace(one.article, publisher="Larkhill Post", published=date(2026, 3, 26), name="again")
    keep(store, one)
    assert store.arrival(again) == "printed again"
    assert store.print_again(again).arrival == "printed again"
    assert store.print_again(again).arrival == "known"
    assert [p.publisher for p in store.printings(one.article.id)] == ["Port Courier", "Larkhill Post"]
    assert store.article(one.article.id) == one.article
    assert store.entries(Wanted())[0].reports == 2


def test_an_earlier_printing_gives_the_text_its_day(store):
    one = found("Fees", (ILSE, SAME), publisher="Port Courier")
    earlier = replace(one.article, publisher="Larkhill Post", published=date(2026, 3, 20))
    keep(store, one)
    assert store.arrival(earlier) == "printed before"
    assert store.keep(replace(one, article=earlier)).arrival == "printed before"
    assert store.article(one.article.id) == earlier
    assert words(store, until=date(2026, 3, 21)) == [SAME]
    assert len(store.printings(one.article.id)) == 2


def test_near_duplicates_are_told_of_each_other(store):
    one, two, three = found("Fees", (ILSE, SAME)), found("Fees", (ILSE, SAME), (NILS, OTHER)), found("Ferry")
    keep(store, one, two, three)
    assert store.copies(one.article.id) == [two.article.id]
    assert store.copies(two.article.id) == [one.article.id]
    assert store.copies(three.article.id) == []


def test_of_thousands_with_a_footer_in_common_the_likest_alone_are_compared_in_full(store, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_COPIES", 1)
    one, two, three = (found("Fees", (ILSE, said)) for said in (SAME, OTHER, f"{SAME} {OTHER}"))
    keep(store, replace(one, bands=(1, 2, 3)), replace(two, bands=(3, 4, 5)), replace(three, bands=(2, 3, 4, 5)))
    assert store.copies(two.article.id) == sorted((one.article.id, three.article.id))
    assert store.copies(three.article.id) == [two.article.id]


def test_a_skipped_input_is_kept_once(store):
    for _ in range(2):
        store.skip(Skipped("broken.txt", "ingest", "it is empty; give another file"))
    assert store.skipped() == [Skipped("broken.txt", "ingest", "it is empty; give another file")]


def test_what_a_server_said_of_a_page_is_replaced_by_what_it_says_later(store):
    url = "https://news.example/" + "".join(key(str(n)) for n in range(200))  # 6,000 characters
    assert store.validators(url) is None
    store.put_validators(url, '"1"', "Mon, 23 Mar 2026 10:00:00 GMT")
    store.put_validators(url, '"2"', None)
    assert store.validators(url) == ('"2"', None)


def test_times_are_those_of_utc(store):
    keep(store, found("Fees", (ILSE, SAME)))
    entry = store.entries(Wanted())[0]
    judged = say(store, "verdict", entry.statement.id, "confirmed")
    assert entry.recorded.tzinfo is UTC
    assert timedelta(0) <= judged.at - entry.recorded < timedelta(minutes=5)
    assert [(j.at, j.at.tzinfo) for j in store.judgements()] == [(judged.at, UTC)]


# --- whatever is in a text ------------------------------------------------------------------------


def test_what_no_utf8_has_and_null_characters_are_replaced_in_names_and_notes(store):
    one = found("Fees", (ILSE, SAME), name="a\0b\udc80", publisher="P\0\ud800")
    keep(store, one)
    store.skip(Skipped("a\0b\udc80", "ingest", "\ud800"))
    say(store, "verdict", one.statements[0].id, "confirmed", by="\0\ud800")
    assert store.article(one.article.id).name == "a\ufffdb\ufffd"
    assert store.skipped()[0].name == "a\ufffdb\ufffd"
    assert store.judgements()[0].by == "\ufffd\ufffd"
    assert store.count(Wanted(publisher="P\0\ud800")) == 1
    assert store.speaker("\0\ud800") is None


def test_a_statement_of_any_length_by_whoever_has_the_longest_name_is_kept(store):
    long = " ".join(f"word{n}" for n in range(200_000))
    name = "".join(key(str(n)) for n in range(1_000))
    keep(store, found("Long", (Speaker("long", name, "person", None, 0.9), long)))
    assert store.count(Wanted(about="word77")) == 1
    assert store.named(name) == ["long"]


@pytest.mark.parametrize(
    "typed", ["'; DROP TABLE statements; --", '"" NEAR(a b)', "a:*b & !c | (d", "%s %(x)s :y ? $1"]
)
def test_syntax_in_any_field_is_words(store, typed):
    speaker = Speaker(typed, typed, "person", None, 0.9)
    one = found(typed, (speaker, f"{typed} x"), publisher=typed)
    keep(store, one)
    given = {"about": typed, "speakers": (typed,), "publisher": typed, "acts": ("assert", typed)}
    assert words(store, **given, since=date(2026, 1, 1)) == [f"{typed} x"]
    assert store.article(one.article.id) == one.article


# --- utterances -----------------------------------------------------------------------------------


def test_the_same_words_of_one_speaker_in_two_articles_are_one_utterance(store):
    one, two = found("Fees", (ILSE, SAME)), found("Summer", (ILSE, SAME), (NILS, SAME), (ILSE, OTHER))
    keep(store, one, two)
    same = {one.statements[0].id, two.statements[0].id}
    assert sorted(map(len, utterances(store))) == [1, 1, 2]
    entry = store.entry(one.statements[0].id)
    assert entry.utterance == min(same)
    assert entry.reports == 2
    assert {e.statement.id for e in store.utterance(entry.utterance)} == same
    assert len(words(store, once=True)) == 3


def test_the_same_words_weeks_apart_are_two_utterances(store):
    keep(store, found("Fees", (ILSE, SAME)), found("Summer", (ILSE, SAME), published=date(2026, 5, 1)))
    assert sorted(map(len, utterances(store))) == [1, 1]


def test_unnamed_voices_are_one_in_copies_only(store):
    other = replace(CLERK, id="clerk-2")
    keep(store, found("Fees", (CLERK, SAME)), found("Fees", (other, SAME), (None, OTHER)))
    assert sorted(map(len, utterances(store))) == [1, 2]
    third = replace(CLERK, id="clerk-3")
    keep(store, found("Elsewhere", (third, SAME)))
    assert sorted(map(len, utterances(store))) == [1, 1, 2]


def test_the_order_in_which_articles_come_does_not_matter(new_store):
    articles = (
        found("Fees", (ILSE, SAME, "2026-03-24"), (CLERK, OTHER)),
        found("Fees", (replace(ILSE, name="Mayor Ilse Brandt"), SAME), (replace(CLERK, id="c2"), OTHER), (NILS, SAME)),
        found("Summer", (ILSE, SAME), (NILS, SAME, "2026-03"), published=None),
        found("Fees", (ILSE, SAME, "2026-03-24"), (CLERK, OTHER), published=date(2026, 3, 20), publisher="Tarn Echo"),
    )
    expected = None
    for order in list(permutations(articles))[::5]:
        store = new_store()
        keep(store, *order)
        expected = expected or rows(store)
        assert rows(store) == expected


# --- finding --------------------------------------------------------------------------------------


@pytest.fixture
def town(store):
    keep(
        store,
        found("Fees", (ILSE, SAME, "2026-03-24"), (NILS, OTHER, "2026-03-20", "deny"), publisher="Écho du Port"),
        found("Bridge", (ILSE, "A bridge over the harbour costs too much.", "2026-04"), publisher="Larkhill Post"),
        found("Undated", (ILSE, "Ferries, fees and the bridge: all will change."), published=None),
        found("Fees again", (ILSE, SAME, "2026-03-24"), publisher="Larkhill Post"),
    )
    return store


FOUND_BY = [  # what is asked of the town -> how many of its statements
    ({}, 5),
    ({"once": True}, 4),
    ({"about": "fee"}, 3),
    ({"about": "harbor"}, 0),
    ({"about": '"harbour fees"'}, 2),
    ({"about": '"fees harbour"'}, 0),
    ({"about": "ferry OR bridge"}, 3),
    ({"about": "harbour -fees"}, 1),
    ({"about": "harb*"}, 3),
    ({"about": "fees", "once": True}, 2),
    ({"about": "ferry", "speakers": ("nils",)}, 1),
    ({"about": "ferry", "acts": ("deny", "commit")}, 1),
    ({"about": "ferry", "acts": ("commit",)}, 0),
    ({"about": "bridge", "since": date(2026, 3, 1), "until": date(2026, 4, 30)}, 1),
    ({"speakers": ("nils",)}, 1),
    ({"speakers": ("nils", "ilse", "nobody")}, 5),
    ({"speakers": ()}, 0),
    ({"acts": ("deny",)}, 1),
    ({"since": date(2026, 3, 24)}, 3),
    ({"until": date(2026, 3, 24)}, 3),
    ({"since": date(2026, 3, 24), "until": date(2026, 3, 24)}, 2),
    ({"publisher": "larkhill POST"}, 2),
    ({"publisher": "éCHO DU PORT"}, 2),
    ({"publisher": "Echo"}, 0),
    ({"dropped": True}, 0),
]


def test_statements_are_found_by_words_and_by_facts(town):
    for wanted, expected in FOUND_BY:
        for order in ("best", "oldest"):
            assert len(town.entries(Wanted(**wanted, order=order))) == expected, wanted
        assert town.count(Wanted(**wanted)) == expected, wanted


def test_pages_follow_each_other_in_every_order(town):
    for order in ("best", "newest", "oldest"):
        for about in (None, "harbour OR ferry OR bridge"):
            whole = words(town, about=about, order=order)
            assert [w for n in range(3) for w in words(town, about=about, order=order, limit=2, offset=2 * n)] == whole
            assert len(words(town, about=about, order=order, limit=None)) == len(whole)
    days = [e.statement.said and e.statement.said.value for e in town.entries(Wanted(order="newest"))]
    assert days == ["2026-04", "2026-03-24", "2026-03-24", "2026-03-20", None]
    days = [e.statement.said and e.statement.said.value for e in town.entries(Wanted(order="oldest"))]
    assert days == ["2026-03-20", "2026-03-24", "2026-03-24", "2026-04", None]


def test_voices_are_counted_those_with_most_statements_first(town):
    voices = town.voices(Wanted())
    assert [(v.name, v.statements, v.first, v.last) for v in voices] == [
        ("Ilse Brandt", 4, date(2026, 3, 24), date(2026, 4, 1)),
        ("Nils Oake", 1, date(2026, 3, 20), date(2026, 3, 20)),
    ]
    assert [v.id for v in town.voices(Wanted(about="ferry"))] == ["ilse", "nils"]
    assert [v.id for v in town.voices(Wanted(limit=1, offset=1))] == ["nils"]
    assert town.named("ilse brandt") == town.named("brandt") == ["ilse"]
    assert town.named("%") == town.named("_ _") == []


# --- correcting -----------------------------------------------------------------------------------


@pytest.fixture
def fees(store):
    """A store, and the id of its first statement."""
    one = found("Fees", (ILSE, SAME, "2026-03-24"), (NILS, OTHER))
    keep(store, one)
    return store, one.statements[0].id


def test_corrections_show_in_the_statement_and_in_what_finds_it(fees):
    store, first = fees
    say(store, "speaker", first, "nils")
    say(store, "said", first, "2026-02-01")
    say(store, "act", first, "commit")
    entry = store.entry(first)
    assert entry.statement.speaker.name == "Nils Oake"
    assert entry.statement.said == Said("2026-02-01", None)
    assert entry.statement.word.act == "commit"
    assert [j.change for j in entry.corrections] == ["speaker", "said", "act"]
    given = {"speakers": ("nils",), "acts": ("commit",), "until": date(2026, 2, 1)}
    assert words(store, **given) == words(store, **given, about="fees") == [SAME]
    assert [(was.speaker.name, now.statement.id) for was, now in store.corrected()] == [("Ilse Brandt", first)]


def test_an_undone_correction_counts_no_more_until_its_undoing_is_undone(fees):
    store, first = fees
    before = store.entry(first)
    said = say(store, "act", first, "commit")
    undo = say(store, "undo", said.id)
    assert store.entry(first) == before
    assert words(store, acts=("commit",)) == []
    assert [j.undone for j in store.judgements()] == [True, False]
    say(store, "undo", undo.id)
    assert words(store, acts=("commit",)) == [SAME]
    assert [j.undone for j in store.judgements()] == [False, True, False]


def test_a_dropped_statement_is_found_among_the_dropped_alone(fees):
    store, first = fees
    keep(store, found("Summer", (ILSE, SAME)))
    say(store, "statement", first, DROPPED)
    assert store.entry(first).dropped
    assert [e.statement.id for e in store.entries(Wanted(dropped=True))] == [first]
    assert store.count(Wanted(about="fees")) == 1
    assert store.entries(Wanted(about="fees"))[0].reports == 1
    say(store, "statement", first, RESTORED)
    assert store.count(Wanted(about="fees")) == 2
    assert store.entries(Wanted(about="fees"))[0].reports == 2


def test_merged_speakers_are_one_until_that_is_undone(store):
    keep(store, *(found(s.name, (s, SAME), (s, OTHER)) for s in (ILSE, NILS, CLERK)))
    apart, single = rows(store), utterances(store)
    first = say(store, "merge", "clerk-1", "nils")
    second = say(store, "merge", "nils", "ilse")
    assert store.merges() == {"clerk-1": "ilse", "nils": "ilse"}
    assert [(v.id, v.statements) for v in store.voices(Wanted())] == [("ilse", 6)]
    assert {e.statement.speaker.name for e in store.entries(Wanted(about="fees"))} == {"Ilse Brandt"}
    assert sorted(map(len, utterances(store))) == [3, 3]
    say(store, "undo", first.id)
    assert [(v.id, v.statements) for v in store.voices(Wanted())] == [("ilse", 4), ("clerk-1", 2)]
    say(store, "undo", second.id)
    assert utterances(store) == single
    assert rows(store) | {"judgements": []} == apart
    store.keep(found("Later", (NILS, SAME)))
    assert [v.id for v in store.voices(Wanted(limit=1))] == ["nils"]


def test_speakers_merged_into_each_other_are_one(store):
    keep(store, *(found(s.name, (s, SAME)) for s in (ILSE, NILS)))
    say(store, "merge", "ilse", "nils")
    say(store, "merge", "nils", "ilse")
    assert len(store.voices(Wanted())) == 1


def test_corrections_outlive_a_reading_that_finds_the_words_with_other_edges(fees):
    store, first = fees
    say(store, "speaker", first, "nils")
    say(store, "verdict", first, "confirmed")
    newer = found("Fees", (ILSE, SAME, "2026-03-24"), (NILS, OTHER), cut=5, run=replace(RUN, id="run2"))
    assert store.stale("run2") == [newer.article.id]
    store.keep(newer, anew=True)
    assert store.stale("run2") == []
    assert store.entry(first) is None
    entry = store.entry(newer.statements[0].id)
    assert entry.statement.speaker.name == "Nils Oake"
    assert [j.change for j in entry.corrections] == ["speaker", "verdict"]
    assert entry.run == "run2"
    assert store.totals()["statements"] == 2


@pytest.mark.parametrize("change", ["speaker", "said", "act", "statement", "verdict"])
def test_a_judgement_about_an_unknown_statement_is_refused(fees, change):
    store, _ = fees
    with pytest.raises(NotInRecord, match="no statement"):
        say(store, change, "0" * 16, "ask")
    assert store.judgements() == []


# --- together -------------------------------------------------------------------------------------


def test_two_that_make_and_fill_one_record_at_once_end_in_the_rows_of_one(new_record, new_store):
    articles = [
        found(f"Report {n // 2}", (ILSE, SAME, f"2026-03-{n % 5 + 1:02}"), (NILS, f"{OTHER} {n % 7}"))
        for n in range(30)
    ]
    alone = new_store()
    keep(alone, *articles)
    where, start, failed = new_record(), threading.Barrier(2), []

    def fill(some):
        try:
            start.wait()
            keep(new_store(where), *some)
        except Exception as error:
            failed.append(error)

    both = [threading.Thread(target=fill, args=[some]) for some in (articles, articles[::-1])]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert failed == []
    assert rows(new_store(where)) == rows(alone)


def test_who_reads_sees_the_record_as_it_was_when_he_began(new_record, new_store):
    where = new_record()
    writer, reader = new_store(where), new_store(where)
    one = found("Fees", (ILSE, SAME))
    keep(writer, one)
    check = reader.check()
    assert next(check) == 1
    writer.keep(replace(one, run=replace(RUN, id="run2")), anew=True)
    keep(writer, found("Ferry", (ILSE, OTHER)))
    assert list(check) == []
    assert reader.totals()["articles"] == 2


def test_a_copy_has_the_same_rows_and_finds_the_same(town, new_store):
    say(town, "act", town.entries(Wanted())[0].statement.id, "commit")
    copy = new_store()
    assert sum(town.copy_to(copy)) == town.rows()
    assert rows(copy) == rows(town)
    assert words(copy, about="harbour") == words(town, about="harbour")
    assert list(copy.check())[-1] == 4
    keep(copy, found("New", (ILSE, OTHER)))  # the numbers go on behind those that were copied
