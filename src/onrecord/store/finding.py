"""Questions to the record -> its statements and speakers, with people's corrections in place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from typing import Any, Literal, cast

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    UnaryExpression,
    column,
    distinct,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.sql.operators import custom_op

from onrecord import codec
from onrecord.errors import RecordDamaged
from onrecord.store import correcting, search, words
from onrecord.store.rows import batches
from onrecord.store.schema import articles, entities, judgements, names, plain, printings, statements
from onrecord.types import Act, Article, Entry, Judgement, Printing, Said, Speaker, Statement

RANKED = 1_000  # statements that are ranked at once

Order = Literal["best", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements are asked for; what is None does not matter."""

    speakers: tuple[str, ...] | None = None  # their ids
    about: str | None = None  # words: see words.parse
    since: date | None = None  # of the said date, else of the published one
    until: date | None = None
    acts: tuple[str, ...] = ()
    publisher: str | None = None
    dropped: bool = False  # those that a person said are none, instead
    once: bool = False  # of each utterance one statement
    order: Order = "best"  # those that fit the words best; without words the newest
    limit: int | None = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker of the record with what it holds of it."""

    id: str
    name: str
    type: str
    statements: int
    first: date | None
    last: date | None


def entries(connection: Connection, wanted: Wanted) -> list[Entry]:
    """Give the statements that are asked for, in order."""
    keys = _best(connection, wanted) if wanted.about and wanted.order == "best" else _in_order(connection, wanted)
    rows = {
        row.id: row
        for some in batches(keys)
        for row in connection.execute(select(*_COLUMNS).where(statements.c.id.in_(some)))
    }
    return _entries(connection, [rows[key] for key in keys])


def ids(connection: Connection, wanted: Wanted) -> set[str]:
    """Give the ids of the statements that are asked for."""
    return set(connection.scalars(_asked(connection, wanted, statements.c.id)))


def texts(connection: Connection, wanted: Wanted) -> list[str]:
    """Give the words of the statements that are asked for, by day."""
    keys = _in_order(connection, wanted)
    asked = select(statements.c.id, statements.c.text)
    found = {
        row.id: row.text for some in batches(keys) for row in connection.execute(asked.where(statements.c.id.in_(some)))
    }
    return [found[key] for key in keys]


def entries_of(connection: Connection, *which: ColumnElement[bool]) -> list[Entry]:
    """Give the statements that fit, whether dropped or not, in the order of their articles."""
    asked = select(*_COLUMNS).where(*which).order_by(statements.c.article, statements.c.place)
    return _entries(connection, connection.execute(asked).all())


def corrected(connection: Connection) -> list[tuple[Statement, Entry]]:
    """Give the statements that people corrected, as they were found and as they are now."""
    touched = sorted(
        connection.scalars(select(judgements.c.article).where(judgements.c.article.is_not(None)).distinct())
    )
    rows = [
        row
        for some in batches(sorted(key for key in touched if key))
        for row in connection.execute(select(*_COLUMNS).where(statements.c.article.in_(some))).all()
    ]
    found = {row.id: codec.statement_from_body(row.body) for row in rows}
    return [(found[e.statement.id], e) for e in _entries(connection, rows) if e.corrections]


def count(connection: Connection, wanted: Wanted) -> int:
    """Give how many statements are asked for, whatever the limit."""
    return connection.scalar(_asked(connection, wanted, func.count())) or 0


def voices(connection: Connection, wanted: Wanted) -> list[Voice]:
    """Give who speaks in the statements that are asked for, those with most statements first."""
    number = func.count().label("number")
    asked = (
        _asked(connection, wanted, statements.c.speaker, number, func.min(statements.c.day), func.max(statements.c.day))
        .where(statements.c.speaker.is_not(None))
        .group_by(statements.c.speaker)
        .order_by(number.desc(), statements.c.speaker)
        .limit(wanted.limit)
        .offset(wanted.offset)
    )
    rows = connection.execute(asked).all()
    known = _speakers(connection, [row[0] for row in rows])
    return [Voice(key, known[key].name, known[key].type, n, first, last) for key, n, first, last in rows]


def months(connection: Connection, speaker: str) -> list[tuple[str, Act, int]]:
    """Give how many statements a speaker made by month ("2025-03") and act, in order; of those with a day."""
    c = statements.c
    month = func.substr(sql_cast(c.day, String), literal_column("1"), literal_column("7"))
    asked = select(month, c.act, func.count()).where(c.speaker == speaker, c.dropped.is_(False), c.day.is_not(None))
    return [(*row,) for row in connection.execute(asked.group_by(month, c.act).order_by(month, c.act))]


def named(connection: Connection, folded: str) -> list[str]:
    """Give the ids of the speakers of a folded name: those who are so called, else those whose name has its words."""
    exact = connection.scalars(select(entities.c.id).where(entities.c.folded == folded)).all()
    if exact or not folded:
        return list(exact)
    wanted, c = words.of_name(folded), names.c
    held = select(c.speaker).where(c.word.in_(wanted)).group_by(c.speaker).having(func.count() == len(wanted))
    return list(connection.scalars(held.order_by(c.speaker)))


def speaker(connection: Connection, key: str) -> Speaker | None:
    """Give a speaker by id, without role."""
    return _speakers(connection, [key]).get(key)


def article(connection: Connection, key: str) -> Article | None:
    """Give an article by id."""
    return articles_by_id(connection, [key]).get(key)


def printings_of(connection: Connection, key: str) -> list[Printing]:
    """Give where an article was printed, the first place first."""
    asked = select(printings).where(printings.c.article == key)
    asked = asked.order_by(printings.c.published.is_(None), printings.c.published, printings.c.id)
    return [
        Printing(row.name, row.title, row.published, row.publisher, row.url, _names(row.authors))
        for row in connection.execute(asked)
    ]


# --- which, in which order ------------------------------------------------------------------------

_COLUMNS = tuple(column for column in statements.c if column.name not in ("number", "text", "indexed"))
_WORDS = table("words", column("rowid"))  # FTS5
_TSVECTOR: ColumnElement[Any] = literal_column("statements.words")
_CONFIGURATION: ColumnElement[Any] = literal_column("'simple'::regconfig")
_BM25: ColumnElement[Any] = literal_column("bm25(words, 1, 0)")  # of the words; the facts beside them tell nothing


def _in_order(connection: Connection, wanted: Wanted) -> list[str]:
    """Give the ids of the statements that are asked for, by day."""
    day, key = statements.c.day, statements.c.id
    order = (day.asc() if wanted.order == "oldest" else day.desc()).nulls_last()
    asked = _asked(connection, wanted, key).order_by(order, key).limit(wanted.limit).offset(wanted.offset)
    return list(connection.scalars(asked))


def _best(connection: Connection, wanted: Wanted) -> list[str]:
    """Give the ids of the statements that are asked for, those that fit the words best first, of equals the latest.

    A common word fits too many to weigh them all: the latest RANKED that were kept are ranked, then those before them.
    """
    key, number = statements.c.id, statements.c.number.desc()
    end = None if wanted.limit is None else -(-(wanted.offset + wanted.limit) // RANKED) * RANKED
    if connection.dialect.name == "sqlite":
        asked = _asked(connection, wanted, key, _BM25).order_by(_WORDS.c.rowid.desc()).limit(end)
    else:
        some = _asked(connection, wanted, key, statements.c.number, _TSVECTOR.label("words"))
        latest = some.order_by(number).limit(end).subquery()
        asked = select(latest.c.id, -func.ts_rank_cd(latest.c.words, _tsquery(wanted))).order_by(latest.c.number.desc())
    rows = connection.execute(asked).all()
    blocks = (rows[i : i + RANKED] for i in range(0, len(rows), RANKED))
    ranked = chain.from_iterable(sorted(block, key=lambda row: row[1]) for block in blocks)
    stop = None if wanted.limit is None else wanted.offset + wanted.limit
    return [row.id for row in islice(ranked, wanted.offset, stop)]


def _asked(connection: Connection, wanted: Wanted, *columns: ColumnElement[Any]) -> Select[Any]:
    """Give the question for columns of the statements that are asked for, in no order."""
    by_words = bool(wanted.about) and connection.dialect.name == "sqlite"
    asked = select(*columns).select_from(statements).where(*_conditions(connection, wanted, by_words))
    if not wanted.about:
        return asked
    facts = _facts(connection, wanted)
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import TSQUERY  # takes a while to load

        query = _tsquery(wanted)
        narrowed = query.op("&&")(sql_cast(search.in_tsquery(facts), TSQUERY)) if facts else query
        return asked.where(_TSVECTOR.bool_op("@@")(narrowed))
    match = search.in_fts5(words.to_fts5(words.parse(wanted.about)), facts)
    asked = asked.join(_WORDS, _WORDS.c.rowid == statements.c.number)
    return asked.where(literal_column("words").bool_op("MATCH")(match))


def _conditions(connection: Connection, wanted: Wanted, by_words: bool) -> list[ColumnElement[bool]]:
    """Give the conditions of all but the words; by_words: so that SQLite takes the index of words and no other."""
    c = statements.c
    columns = (c.speaker, c.day, c.act, c.article)
    speaker, day, act, article = (_unindexed(column) if by_words else column for column in columns)
    found: list[ColumnElement[bool]] = [c.dropped.is_(wanted.dropped)]
    if wanted.speakers is not None:
        found.append(speaker.in_(wanted.speakers))
    if wanted.since:
        found.append(day >= wanted.since)
    if wanted.until:
        found.append(day <= wanted.until)
    if wanted.acts:
        found.append(act.in_(wanted.acts))
    if wanted.publisher:
        where = printings.c.publisher.in_(_publishers(connection, wanted.publisher))
        found.append(article.in_(select(printings.c.article).where(where)))
    if wanted.once:
        found.append(c.id == c.utterance)
    return found


def _unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give a column so that SQLite does not look it up in an index."""
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


def _publishers(connection: Connection, name: str) -> list[str]:
    """Give the publishers of a name, whatever its case: SQLite knows that of ASCII alone."""
    names = connection.scalars(select(printings.c.publisher).distinct())
    return [known for known in names if known and known.casefold() == plain(name).casefold()]


def _facts(connection: Connection, wanted: Wanted) -> list[list[str]]:
    """Give what the index of words knows of the conditions: of each group one must hold."""
    groups = [
        [search.fact("speaker", key) for key in wanted.speakers or ()],
        [search.fact("act", act) for act in wanted.acts],
    ]
    if wanted.since or wanted.until:
        since = wanted.since or connection.scalar(select(func.min(statements.c.day)))
        until = wanted.until or connection.scalar(select(func.max(statements.c.day)))
        groups.append(search.months(since, until) if since and until else [])
    return [group for group in groups if group]


def _tsquery(wanted: Wanted) -> ColumnElement[Any]:
    return func.to_tsquery(_CONFIGURATION, words.to_tsquery(words.parse(wanted.about or "")))


# --- rows -> nouns --------------------------------------------------------------------------------


def _entries(connection: Connection, rows: Sequence[Row[Any]]) -> list[Entry]:
    ids = sorted({row.article for row in rows})
    texts = articles_by_id(connection, ids)
    if len(texts) < len(ids):
        raise RecordDamaged("The record lacks the articles of some statements. Run `onrecord check`; restore a backup.")
    made_by = _runs_of(connection, ids)
    judged = correcting.of_articles(connection, ids)
    said_by = {j.value for given in judged.values() for j in given if j.change == "speaker" and j.value}
    known = _speakers(connection, sorted({row.speaker for row in rows if row.speaker} | said_by))
    reports = _reports(connection, sorted({row.utterance for row in rows}))
    made = []
    for row in rows:
        corrections = tuple(judged.get(row.id, ()))
        statement = _corrected(codec.statement_from_body(row.body), corrections, known, row.speaker)
        made.append(
            Entry(
                statement=statement,
                article=texts[row.article],
                utterance=row.utterance,
                reports=reports.get(row.utterance, 0),
                run=made_by[row.article],
                recorded=row.recorded,
                corrections=corrections,
                dropped=row.dropped,
            )
        )
    return made


def _corrected(
    statement: Statement, corrections: Iterable[Judgement], known: dict[str, Speaker], speaker: str | None
) -> Statement:
    """Give a statement as people corrected it: its speaker may have been merged into another, too."""
    for judgement in corrections:
        if judgement.change == "speaker":
            statement = replace(statement, speaker=known.get(judgement.value or ""))
        elif judgement.change == "said":
            statement = replace(statement, said=Said(judgement.value, None) if judgement.value else None)
        elif judgement.change == "act":
            statement = replace(statement, word=replace(statement.word, act=cast(Act, judgement.value)))
    if speaker and statement.speaker and speaker != statement.speaker.id:
        merged = known[speaker]
        statement = replace(statement, speaker=replace(statement.speaker, id=speaker, name=merged.name))
    return statement


def articles_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, Article]:
    """Give articles by their ids."""
    c = articles.c
    return {
        row.id: Article(
            row.id, row.name, row.text, row.title, row.published, row.publisher, row.url, _names(row.authors)
        )
        for some in batches(ids)
        for row in connection.execute(
            select(c.id, c.name, c.text, c.title, c.published, c.publisher, c.url, c.authors).where(c.id.in_(some))
        )
    }


def _runs_of(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    return {
        row.id: row.run
        for some in batches(ids)
        for row in connection.execute(select(articles.c.id, articles.c.run).where(articles.c.id.in_(some)))
    }


def _speakers(connection: Connection, ids: Sequence[str]) -> dict[str, Speaker]:
    """Give speakers by their ids; a person named them, so they are sure."""
    return {
        row.id: Speaker(row.id, row.name, row.type, None, 1.0)
        for some in batches(ids)
        for row in connection.execute(select(entities).where(entities.c.id.in_(some)))
    }


def _reports(connection: Connection, utterances: Sequence[str]) -> dict[str, int]:
    """Give how many printings report each utterance."""
    c = statements.c
    number = func.count(distinct(printings.c.id))
    return {
        utterance: found
        for some in batches(utterances)
        for utterance, found in connection.execute(
            select(c.utterance, number)
            .join(printings, printings.c.article == c.article)
            .where(c.utterance.in_(some), ~c.dropped)
            .group_by(c.utterance)
        )
    }


def _names(authors: str) -> tuple[str, ...]:
    return msgspec.json.decode(authors, type=tuple[str, ...])
