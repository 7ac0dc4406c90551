import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.store import words
from onrecord.store.words import Query, Term, indexed, parse, to_fts5, to_tsquery, tokens

TEXTS = (
    "The ministry will lift its sanctions by June.",
    "Sanctioning the ports was a mistake, Brandt’s deputy said.",
    "“We used what the U.S. gave us,” said the café owner.",
    "Talks on a cease-fire go on; the ceasefire of 2024 did not hold.",
    "Negotiations depend on grain, not on oil prices.",
    "The negotiators depended on wheat and oil.",
    "Élysée sources ruled it out: no naïve deal, no 1e5km of wire.",
    "Prices of oil fell by 3.5 percent, in Łódź by 2,000.",
)

FOUND = [  # typed -> the texts that hold it
    ("sanctions", {0, 1}),
    ("SANCTION", {0, 1}),
    ("lift sanctions", {0}),
    ('"its sanctions"', {0}),
    ('"its sanction"', set()),
    ("“lift its sanctions”", {0}),
    ("«lift its»", {0}),
    ('"sanctions its"', set()),
    ("us", {2}),  # not "used"
    ("use", {2}),
    ("U.S.", {2}),
    ("cafe", {2}),
    ("elysee naive", {6}),
    ("É́lysée", {6}),
    ("Brandt", {1}),
    ("Brandt's", {1}),
    ("cease-fire", {3}),
    ("ceasefire", {3}),
    ("grain OR wheat", {4, 5}),
    ("oil grain OR wheat", {4, 5}),
    ("oil -wheat", {4, 7}),
    ('oil -"oil prices"', {5, 7}),
    ("oil −prices", {5}),
    ("-wheat oil -prices", set()),
    ("-wheat oil", {4, 7}),
    ("negotiat*", {4, 5}),
    ("depend*", {4, 5}),
    ('"oil pri*"', {4}),
    ("oil - prices", {4, 7}),
    ("3.5", {7}),
    ("1e5", {6}),
    ("2,000 łódź", {7}),
    ('"did not hold', {3}),
    ("oil or prices", set()),
    ('oil "..." prices', {4, 7}),
    ("text:oil", set()),
    ("oil NEAR prices", set()),
    ("(oil) ^prices", {4, 7}),
    ("oil AND NOT", set()),
]

NOTHING = ["", "   ", "...", '""', "*", "-", "\x00", "\ud800", "()", '"-"']

HOSTILE = [
    'a" OR "b',
    "a'; DROP TABLE statements; --",
    "a:b {c d}: e",
    "NEAR(a b, 2)",
    "^a + b",
    "a * b*",
    "a\\'b' \\",
    "a:*B & !c | d <-> e <2> f",
    "%s {} ? :x $1",
    "a\x00b",
    "a\ud800b",
    "x" * 1000,
    "💶" * 400 + "a",
    "𝔘" * 1000,
    "a* " * 333,
    "a OR " * 199 + "a",
    "-a " * 300 + "b",
    "1e5 1e5abc 0x1f 1.5e-3 -3 +4 a_b a@b.c http://x.y/z",
]

PIECES = ["oil", "pri", '"', "“", "”", "-", "OR", "*", " ", " ", "(", ":", "'", "\\", "NEAR", "é", "1e5"]

typed = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@pytest.fixture(scope="module")
def lite():
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE held USING fts5(words, tokenize='ascii')")
    base.executemany("INSERT INTO held(rowid, words) VALUES (?, ?)", enumerate(map(indexed, TEXTS)))
    yield base
    base.close()


@pytest.fixture(scope="module")
def postgres():
    """A connection to a PostgreSQL server of our own, as a user who is not root."""
    psycopg = pytest.importorskip("psycopg")
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    tools = str(homes[-1]) if homes else os.path.dirname(shutil.which("initdb") or "")  # noqa: PTH120
    if not tools:
        pytest.skip("PostgreSQL is missing: install the package postgresql")
    folder = Path(tempfile.mkdtemp())  # a short path: a socket's name has no room for that of pytest's folder
    user = {"user": "nobody"} if os.getuid() == 0 else {}
    if user:
        shutil.chown(folder, "nobody")

    def run(tool, *options):
        subprocess.run(
            [f"{tools}/{tool}", "-D", folder / "data", *options], check=True, stdout=subprocess.DEVNULL, **user
        )

    run("initdb", "-U", "onrecord", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
    run("pg_ctl", "-w", "-l", folder / "log", "-o", f"-k {folder} -c listen_addresses= -F", "start")
    try:
        with psycopg.connect(f"host={folder} user=onrecord dbname=postgres", autocommit=True) as base:
            base.execute("CREATE TABLE held (number int, words tsvector)")
            for number, text in enumerate(TEXTS):
                base.execute("INSERT INTO held VALUES (%s, to_tsvector('simple', %s))", (number, indexed(text)))
            yield base
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def in_lite(base, query):
    return {n for (n,) in base.execute("SELECT rowid FROM held WHERE held MATCH ?", (f"words : {to_fts5(query)}",))}


def in_postgres(base, query):
    asked = "SELECT number FROM held WHERE words @@ to_tsquery('simple', %s)"
    return {n for (n,) in base.execute(asked, (to_tsquery(query),))}


@pytest.mark.parametrize(("typed", "found"), FOUND)
def test_sqlite_finds_what_the_language_says(lite, typed, found):
    assert in_lite(lite, parse(typed)) == found


@pytest.mark.parametrize(("typed", "found"), FOUND)
def test_postgresql_finds_the_same(postgres, typed, found):
    assert in_postgres(postgres, parse(typed)) == found


@pytest.mark.parametrize("typed", NOTHING)
def test_a_search_without_words_is_told_what_it_needs(typed):
    with pytest.raises(UsageError, match=r"names no words\. Give at least one"):
        parse(typed)


def test_a_search_of_words_to_leave_out_alone_is_told_what_it_needs():
    with pytest.raises(UsageError, match=r"names only words to leave out\. Give at least one"):
        parse('-oil -"oil prices"')


@pytest.mark.parametrize("typed", ["OR", "OR oil", "oil OR", "oil OR OR grain", "oil OR -grain", "-oil OR grain"])
def test_an_or_without_a_word_on_each_side_is_refused(typed):
    with pytest.raises(UsageError, match="OR needs a word"):
        parse(typed)


def test_a_search_that_is_too_long_is_refused():
    with pytest.raises(UsageError, match="1,001 characters is too long"):
        parse("a" * 1001)


def test_or_in_quotation_marks_or_small_letters_is_a_word():
    assert parse('"OR" or') == Query(((Term(("or",), exact=True),), (Term(("or",)),)))


def test_what_is_indexed_is_the_words_and_the_stems_that_differ():
    assert indexed("Sanctions, and the U.S.") == "sanctions and the u s 0sanction"


def test_signs_that_are_not_seen_don_t_break_a_word():
    assert tokens("sanc\u00adtions zero\u200bwidth e\u0301lite") == ("sanctions", "zerowidth", "elite")


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_syntax_reaches_the_databases(lite, postgres, typed):
    query = parse(typed)
    assert in_lite(lite, query) == in_postgres(postgres, query)


@pytest.mark.parametrize("piece", ["the same words ", "x" * 5_000_000, "\x00\ud800 ", "💶", "𝔘", "ﷺ"])
def test_any_text_can_be_indexed(lite, postgres, piece):
    held = indexed(piece * (200_000 // len(piece) + 1))
    lite.execute("INSERT INTO held(rowid, words) VALUES (99, ?)", (held,))
    lite.execute("DELETE FROM held WHERE rowid = 99")
    assert postgres.execute("SELECT to_tsvector('simple', %s) IS NOT NULL", (held,)).fetchone() == (True,)


def test_a_text_of_nothing_but_different_words_has_room_in_postgresql(postgres):
    held = indexed(" ".join(f"{n:x}ings" for n in range(30_000)))
    assert postgres.execute("SELECT length(to_tsvector('simple', %s))", (held,)).fetchone()[0] > 10_000


@settings(deadline=None)
@given(typed)
def test_whatever_is_typed_never_makes_sqlite_fail(lite, typed):
    try:
        query = parse(typed)
    except UsageError:
        return
    in_lite(lite, query)


@settings(deadline=None)
@given(typed)
def test_whatever_is_typed_finds_the_same_in_both_databases(lite, postgres, typed):
    try:
        query = parse(typed)
    except UsageError:
        return
    assert in_lite(lite, query) == in_postgres(postgres, query)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_a_text_is_found_by_each_of_its_words(text):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE held USING fts5(words, tokenize='ascii')")
    base.execute("INSERT INTO held VALUES (?)", (indexed(text),))
    for word in set(tokens(text)):
        assert in_lite(base, Query(((Term((word,)),),))) == {1}
        assert in_lite(base, Query(((Term((word,), exact=True),),))) == {1}
    base.close()


def test_the_stem_of_a_word_is_worked_out_once():
    words.stem.cache_clear()
    indexed("ports ports ports")
    assert words.stem.cache_info().misses == 1
