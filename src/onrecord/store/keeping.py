"""One article with its statements -> rows, in one transaction: all of it is kept, or nothing.

A text is kept once; each further place where it is found is a printing of it. The first printing (by its date) gives
the article its facts, for the said dates were worked out from its day. Whatever the order in which articles come, the
rows that they end in are the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from importlib import import_module
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from onrecord import codec
from onrecord.store import comparing, correcting, grouping, words
from onrecord.store.grouping import Likeness
from onrecord.store.rows import batches
from onrecord.store.schema import articles, bands, copies, entities, names, printings, runs, skipped, statements
from onrecord.types import Article, Run, Skipped, Speaker, Statement

Arrival = Literal["new", "known", "printed again", "printed before"]

MOST_COPIES = 1000  # articles that a new one is compared with in full: thousands may have a footer in common


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one article."""

    article: Article
    statements: Sequence[Statement]
    run: Run
    bands: tuple[int, ...]  # of its sketch: near-duplicates share at least one


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an article."""

    arrival: Arrival
    statements: int = 0  # kept with it
    copies: int = 0  # near-duplicates of it that were there before


def keep(connection: Connection, found: Found, likeness: Likeness, *, anew: bool = False) -> Kept:
    """Keep an article with what was found in it, unless that is there already; `anew` replaces what is there."""
    article, now = found.article, datetime.now(UTC)
    came = arrival(connection, article)
    if came in ("known", "printed again") and not anew:
        return print_again(connection, article)
    left: list[str] = []
    _add(connection, runs, [_run(found.run, now)])
    if came != "new":
        left = _forget(connection, article.id)
    _put_article(connection, found, now)
    print_again(connection, article)
    near = _keep_copies(connection, found, likeness) if came == "new" else 0
    _keep_statements(connection, found, now)
    comparing.wait(connection, statements.c.article == article.id)
    grouping.join(connection, [s.id for s in found.statements] + left, likeness)
    return Kept(came, len(found.statements), near)


def arrival(connection: Connection, article: Article) -> Arrival:
    """Tell whether an article must be read: it must where it is new, or printed before the printing that was read."""
    kept = connection.execute(
        select(articles.c.published, articles.c.publisher, articles.c.url).where(articles.c.id == article.id)
    ).one_or_none()
    if kept is None:
        return "new"
    if connection.scalar(select(printings.c.id).where(printings.c.id == _printing_id(article))):
        return "known"
    earlier = _order(article.published, article.publisher, article.url) < _order(*kept)
    return "printed before" if earlier else "printed again"


def print_again(connection: Connection, article: Article) -> Kept:
    """Keep where a text that is there was found too."""
    row = {"id": _printing_id(article), "article": article.id, "recorded": datetime.now(UTC)} | _facts(article)
    return Kept("printed again" if _add(connection, printings, [row]) else "known")


def skip(connection: Connection, item: Skipped) -> None:
    """Keep that an input could not be read, and why; once, however often it is tried."""
    row = {"id": hashed(item.name, item.step, item.reason), "name": item.name, "step": item.step}
    _add(connection, skipped, [row | {"reason": item.reason, "recorded": datetime.now(UTC)}])


# --- articles -------------------------------------------------------------------------------------


def _order(published: date | None, publisher: str | None, url: str | None) -> tuple[date, str, str]:
    """Give what printings of one text are ordered by: the first is the one that the statements are dated by."""
    return published or date.max, publisher or "", url or ""


def _printing_id(article: Article) -> str:
    return hashed(article.id, article.publisher or "", article.url or "", str(article.published or ""))


def _put_article(connection: Connection, found: Found, now: datetime) -> None:
    article = found.article
    row = {"id": article.id, "text": article.text, "run": found.run.id, "recorded": now}
    row |= _facts(article)
    if not _add(connection, articles, [row]):
        changed = {name: value for name, value in row.items() if name not in ("id", "text", "recorded")}
        connection.execute(update(articles).where(articles.c.id == article.id).values(changed))


def _facts(article: Article) -> dict[str, Any]:
    return {
        "name": article.name,
        "title": article.title,
        "published": article.published,
        "publisher": article.publisher,
        "url": article.url,
        "authors": msgspec.json.encode(article.authors).decode(),
    }


def _run(run: Run, now: datetime) -> dict[str, Any]:
    models, options = (msgspec.json.encode(pairs).decode() for pairs in (run.models, run.options))
    return {"id": run.id, "version": run.version, "models": models, "options": options, "recorded": now}


def _keep_copies(connection: Connection, found: Found, likeness: Likeness) -> int:
    """Keep which articles are near-duplicates of a new one; those that share most bands are compared in full."""
    mine = found.article
    likely = (
        select(bands.c.article)
        .where(bands.c.band.in_(found.bands), bands.c.article != mine.id)
        .group_by(bands.c.article)
        .order_by(func.count().desc(), bands.c.article)
        .limit(MOST_COPIES)
    )
    rows = connection.execute(select(articles.c.id, articles.c.text).where(articles.c.id.in_(likely)))
    near = [row.id for row in rows if likeness.is_copy(mine.text, row.text)]
    _add(connection, bands, [{"band": band, "article": mine.id} for band in sorted(set(found.bands))])
    pairs = (sorted((mine.id, other)) for other in near)
    _add(connection, copies, [{"first": first, "second": second} for first, second in pairs])
    return len(near)


# --- statements -----------------------------------------------------------------------------------


def _keep_statements(connection: Connection, found: Found, now: datetime) -> None:
    article = found.article
    put_entities(connection, [s.speaker for s in found.statements if s.speaker])
    corrected = correcting.columns(connection, article.id, article.published, found.statements)
    rows = [
        {
            "id": statement.id,
            "article": article.id,
            "place": place,
            "text": words_of(statement, article.text),
            "indexed": words.indexed(words_of(statement, article.text)),
            "body": codec.statement_to_body(statement),
            "kind": statement.quotation.kind,
            "utterance": statement.id,
            "recorded": now,
        }
        | columns
        for place, (statement, columns) in enumerate(zip(found.statements, corrected, strict=True))
    ]
    if rows:
        connection.execute(insert(statements), rows)


def words_of(statement: Statement, text: str) -> str:
    """Give the words of a statement's content, its pieces joined with a space."""
    return " ".join(span.of(text) for span in statement.quotation.content)


def put_entities(connection: Connection, speakers: Iterable[Speaker]) -> None:
    """Keep who speaks. Of the names that one goes by, the longest counts, whichever came first."""
    given = {s.id: s for s in sorted(speakers, key=_weight)}
    known = {
        row.id: row.name
        for some in batches(sorted(given))
        for row in connection.execute(select(entities.c.id, entities.c.name).where(entities.c.id.in_(some)))
    }
    rows = [entity(s) for key, s in sorted(given.items()) if key not in known]
    _add(connection, entities, rows)
    _add(connection, names, [word for row in rows for word in name_rows(row)])
    for key, name in known.items():
        if _weight(given[key]) > (len(name), name):
            row = entity(given[key])
            renamed = {"name": row["name"], "folded": row["folded"]}
            connection.execute(update(entities).where(entities.c.id == key).values(renamed))
            connection.execute(delete(names).where(names.c.speaker == key))
            _add(connection, names, name_rows(row))


def _weight(speaker: Speaker) -> tuple[int, str]:
    return len(speaker.name), speaker.name


def entity(speaker: Speaker) -> dict[str, Any]:
    """Give the row of a speaker."""
    from onrecord.people import folding  # its table is loaded with it: questions do without

    folded = folding.plain(speaker.name) or speaker.name.casefold()
    return {"id": speaker.id, "name": speaker.name, "folded": folded, "type": speaker.type}


def name_rows(speaker: Mapping[str, Any]) -> list[dict[str, str]]:
    """Give the rows of a speaker's name, a word each."""
    return [{"word": word, "speaker": speaker["id"]} for word in words.of_name(speaker["folded"])]


def _forget(connection: Connection, article: str) -> list[str]:
    """Take away the statements of an article that is read anew; give those that they were one utterance with.

    What people said of them stays.
    """
    which = statements.c.article == article
    left = grouping.leave(connection, which)
    comparing.forget(connection, which)
    connection.execute(delete(statements).where(which))
    return left


# --- rows -----------------------------------------------------------------------------------------


def _add(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows whose key is not there yet; give how many."""
    if not rows:
        return 0
    dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")  # the other one takes a while to load
    counted = connection.execution_options(preserve_rowcount=True)
    return sum(counted.execute(dialect.insert(table).values(row).on_conflict_do_nothing()).rowcount for row in rows)


def put(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Insert a row, or replace the one of its key."""
    key = [column == row[column.name] for column in table.primary_key]
    connection.execute(delete(table).where(*key))
    connection.execute(insert(table).values(row))


def hashed(*parts: str) -> str:
    """Give the key of what these words name."""
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()
