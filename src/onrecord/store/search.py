"""The index of words: what each database needs to find statements by their words and the facts about them at once.

What is indexed of a text is made in words.py, the same for both. Speaker, act, year and month stand beside the words,
so that a search for words of one speaker in one month meets in the index and reads few rows. They only narrow: the
columns of the table decide.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

MANY = 36  # months: so long a stretch is not looked up in the index, most of what it holds fits anyway

Fact = Literal["speaker", "act", "year", "month"]
_MARKS: dict[Fact, str] = {"speaker": "s", "act": "a", "year": "y", "month": "m"}  # before a fact, in the index


def fact(kind: Fact, value: str) -> str:
    """Give a fact as it is indexed."""
    return _MARKS[kind] + value


def months(since: date, until: date) -> list[str]:
    """Give the facts that the days from the one to the other share, whole years as such; none for a long stretch."""
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    if last - first >= MANY:
        return []
    within = range(first, last + 1)
    whole = {n // 12 for n in within if n % 12 == 0 and n + 11 <= last}
    rest = (n for n in within if n // 12 not in whole)
    return [
        *(fact("year", f"{year:04}") for year in sorted(whole)),
        *(fact("month", f"{n // 12:04}{n % 12 + 1:02}") for n in rest),
    ]


def in_fts5(written: str, facts: Iterable[Iterable[str]]) -> str:
    """Give what MATCH takes: the words, and one fact of each group."""
    groups = (f"facts : ({' OR '.join(_quoted(one) for one in group)})" for group in facts)
    return " AND ".join([f"indexed : {written}", *groups])


def in_tsquery(facts: Iterable[Iterable[str]]) -> str:
    """Give one fact of each group, as a literal of type tsquery."""
    return " & ".join(f"({' | '.join(_lexeme(one) for one in group)})" for group in facts)


def _quoted(one: str) -> str:
    return '"' + one.replace('"', '""') + '"'


def _lexeme(one: str) -> str:
    return "'@" + one.replace("\\", "\\\\").replace("'", "''") + "'"


_CHANGED = "UPDATE OF indexed, speaker, act, day ON statements"
_ADD = "INSERT INTO words(rowid, indexed, facts) VALUES (new.number, new.indexed, new.facts);"
_REMOVE = "INSERT INTO words(words, rowid, indexed, facts) VALUES ('delete', old.number, old.indexed, old.facts);"

# Said dates that name more than a day: those statements may be near a day that their own first one is not.
_STRETCHES = "CREATE INDEX ix_statements_stretches ON statements (speaker) WHERE last_day > first_day"

# Database -> what makes the indexes that are its own. (Index() with an option of PostgreSQL loads all of its dialect.)
INDEXES: dict[str, tuple[str, ...]] = {
    "sqlite": (
        _STRETCHES,
        "ALTER TABLE statements ADD COLUMN facts TEXT GENERATED ALWAYS AS ("
        "'s' || coalesce(speaker, '') || ' a' || act || ' y' || coalesce(substr(day, 1, 4), '') "
        "|| ' m' || coalesce(substr(day, 1, 4) || substr(day, 6, 2), '')) VIRTUAL",
        "CREATE VIRTUAL TABLE words USING fts5(indexed, facts, content='statements', content_rowid='number', "
        "tokenize='ascii')",
        f"CREATE TRIGGER words_added AFTER INSERT ON statements BEGIN {_ADD} END",
        f"CREATE TRIGGER words_removed AFTER DELETE ON statements BEGIN {_REMOVE} END",
        f"CREATE TRIGGER words_changed AFTER {_CHANGED} BEGIN {_REMOVE} {_ADD} END",
    ),
    "postgresql": (
        _STRETCHES,
        "CREATE INDEX ix_names_word ON names (word text_pattern_ops)",  # for words that begin so, whatever the language
        "CREATE INDEX ix_entities_folded ON entities USING hash (folded)",  # it orders no words of over 2,700 bytes
        "CREATE INDEX ix_statements_speaker_day_id_dropped ON statements (speaker, day DESC NULLS LAST, id, dropped)",
        "CREATE INDEX ix_statements_act_day ON statements (act, day DESC NULLS LAST)",
        "CREATE INDEX ix_statements_day ON statements (day DESC NULLS LAST)",
        "ALTER TABLE statements ADD COLUMN words tsvector GENERATED ALWAYS AS ("
        "to_tsvector('simple'::regconfig, indexed) || array_to_tsvector(ARRAY["
        "'@s' || coalesce(speaker, ''), '@a' || act, '@y' || coalesce(lpad(extract(year from day)::text, 4, '0'), ''), "
        "'@m' || coalesce(lpad((extract(year from day) * 100 + extract(month from day))::text, 6, '0'), '')])) STORED",
        "ALTER TABLE statements ALTER COLUMN words SET STATISTICS 1000",  # 10,000 words: how common a word is decides
        "CREATE INDEX ix_statements_words ON statements USING gin (words)",
    ),
}
