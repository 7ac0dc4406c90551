"""Whether a record still is what it was: texts against their hashes, spans against their texts, ids against rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, func, select, text

from onrecord import codec
from onrecord.errors import BrokenInput
from onrecord.store import comparing
from onrecord.store.keeping import words_of
from onrecord.store.schema import articles, metadata, pairs, statements
from onrecord.types import Span, Statement

AT_ONCE = 200  # articles


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the record that is not as it must be."""

    table: str
    id: str
    reason: str


def articles_of(connection: Connection) -> int:
    """Give how many articles there are to check."""
    return connection.scalar(select(func.count()).select_from(articles)) or 0


def faults(connection: Connection) -> Iterator[Fault | int]:
    """Give each fault, and from time to time the number of articles that were checked since."""
    yield from _of_file(connection)
    yield from _of_references(connection)
    yield from _of_pairs(connection)
    last = ""
    while rows := connection.execute(
        select(articles.c.id, articles.c.text).where(articles.c.id > last).order_by(articles.c.id).limit(AT_ONCE)
    ).all():
        for row in rows:
            yield from _of_article(connection, row.id, row.text)
        last = rows[-1].id
        yield len(rows)


def _of_article(connection: Connection, key: str, words: str) -> Iterator[Fault]:
    if blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() != key:
        yield Fault("articles", key, "its text is not the one that was kept: its hash differs")
    asked = select(statements.c.id, statements.c.text, statements.c.body).where(statements.c.article == key)
    for row in connection.execute(asked):
        try:
            statement = codec.statement_from_body(row.body)
        except BrokenInput as error:
            yield Fault("statements", row.id, str(error))
            continue
        yield from _of_statement(row, statement, words)


def _of_statement(row: Row[Any, Any, Any], statement: Statement, words: str) -> Iterator[Fault]:
    outside = [span for span in spans(statement) if not 0 <= span.start <= span.end <= len(words)]
    if statement.id != row.id:
        yield Fault("statements", row.id, f"it holds another statement, {statement.id}")
    if outside:
        yield Fault("statements", row.id, f"it points outside of its text, at {outside[0].start}-{outside[0].end}")
    elif words_of(statement, words) != row.text:
        yield Fault("statements", row.id, "its words are not those of its text")


def spans(statement: Statement) -> Iterator[Span]:
    """Give all the places of a text that a statement points at."""
    quotation, word = statement.quotation, statement.word
    yield from (*quotation.content, *quotation.source, *quotation.cue)
    yield from (v.span for v in statement.via if v.span)
    yield from (t.span for t in (*statement.times, word.deadline) if t)
    yield from (m.span for m in (*statement.money, word.amount) if m)
    yield from (q.span for q in statement.quantities)
    said = statement.said.span if statement.said else None
    yield from (span for span in (word.condition, word.beneficiary, said) if span)


def _of_pairs(connection: Connection) -> Iterator[Fault]:
    """Give the pairs that point outside of their articles' texts."""
    lengths = {
        side: select(func.length(articles.c.text))
        .join(statements, statements.c.article == articles.c.id)
        .where(statements.c.id == pairs.c[side])
        .scalar_subquery()
        .label(side)
        for side in ("earlier", "later")
    }
    for row in connection.execute(select(pairs.c.id, pairs.c.body, *lengths.values())):
        inside = zip(comparing.places_of(row.body), (row.earlier, row.later), strict=True)
        if any(not 0 <= span.start < span.end <= (length or 0) for spans, length in inside for span in spans):
            yield Fault("pairs", row.id, "it points outside of its texts")


def _of_references(connection: Connection) -> Iterator[Fault]:
    """Give the rows that name another which is not there."""
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            there = select(key.column).where(key.column == key.parent).exists()
            named = select(key.parent).where(key.parent.is_not(None), ~there).distinct().limit(100)
            for value in connection.scalars(named):
                yield Fault(str(table.name), str(value), f"its {key.parent.name} names what {key.column.table} lacks")
    other = statements.alias()
    lost = ~select(other.c.id).where(other.c.id == statements.c.utterance).exists()
    for value in connection.scalars(select(statements.c.id).where(lost).limit(100)):
        yield Fault("statements", value, "its utterance is named after a statement that is not there")


def _of_file(connection: Connection) -> Iterator[Fault]:
    """Give what SQLite itself finds wrong with its file; PostgreSQL sees to that by itself."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.execute(text("PRAGMA integrity_check(20)")):
            if said != "ok":
                yield Fault("file", "-", said)
