"""What people say of the record: judgements are added, never changed, and laid over what was found.

A judgement about a statement names its article and the place of its words, too: when a newer model reads the article
anew and finds the statement with other edges, it is still the one that was meant.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, insert, or_, select, update

from onrecord import codec, days
from onrecord.errors import NotInRecord
from onrecord.store import comparing, grouping
from onrecord.store.grouping import Likeness
from onrecord.store.rows import batches
from onrecord.store.schema import articles, judgements, pairs, statements
from onrecord.types import Change, Judgement, Span, Statement

SAME_PLACE = 0.5  # Jaccard index of two stretches that are one statement in two readings
OF_STATEMENTS = ("speaker", "said", "act", "statement", "verdict")
DROPPED, RESTORED = "not a statement", "a statement"

Columns = dict[str, Any]  # of a statement: found, speaker, act, first_day, last_day, day, dropped


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody says, before it is kept; change, target and value as in Judgement."""

    change: Change
    target: str
    value: str | None
    by: str
    note: str | None = None


def judge(connection: Connection, said: Correction, likeness: Likeness) -> Judgement:
    """Keep what somebody says and lay it over what was found; raises NotInRecord where there is no such statement."""
    made = Judgement(secrets.token_hex(6), datetime.now(UTC), said.by, said.change, said.target, said.value, said.note)
    row = {name: getattr(made, name) for name in ("id", "at", "by", "change", "target", "value", "note")}
    of_pair = said.change == "verdict" and connection.scalar(select(pairs.c.id).where(pairs.c.id == said.target))
    place = _place(connection, said.target) if said.change in OF_STATEMENTS and not of_pair else {}
    connection.execute(insert(judgements).values(row | place))
    if of_pair:
        comparing.put_places(connection, made.id, _sides(connection, said.target))
    _lay_over(connection, made.id, likeness)
    return made


def given(connection: Connection, *which: ColumnElement[bool]) -> list[Judgement]:
    """Give judgements in the order in which they were made, each with whether a later one undid it."""
    undone = _undone(connection)
    return [_judgement(row, undone) for row in _rows(connection, *which)]


def columns(connection: Connection, article: str, published: date | None, found: Sequence[Statement]) -> list[Columns]:
    """Give the columns of an article's statements, in their order: what was found with people's words laid over it."""
    by_statement = _meant(connection, article, found)
    merged = merges(connection)
    made = []
    for statement in found:
        row = _found(statement, published)
        for judgement in by_statement.get(statement.id, ()):
            row |= _changed(judgement, published)
        made.append(row | {"speaker": merged.get(row["found"], row["found"])})
    return made


def of_articles(connection: Connection, ids: Sequence[str]) -> dict[str, list[Judgement]]:
    """Give the standing judgements about the statements of some articles: id of the statement -> judgements."""
    found: dict[str, list[Judgement]] = {}
    for some in batches(ids):
        judged = select(judgements.c.article).where(judgements.c.article.in_(some)).distinct()
        for article in connection.scalars(judged).all():
            found |= _meant(connection, article, _statements(connection, article))
    return found


def merges(connection: Connection) -> dict[str, str]:
    """Give who is taken for whom: id of a speaker -> the one whom he was merged into at last."""
    said: dict[str, str] = {}
    for judgement in given(connection, judgements.c.change == "merge"):
        if not judgement.undone and judgement.value:
            if judgement.target in _way(judgement.value, said):  # the other way round: the later counts
                said.pop(judgement.value, None)
            if judgement.target != judgement.value:
                said[judgement.target] = judgement.value
    return {speaker: _way(speaker, said)[-1] for speaker in said}


# --- laying over ----------------------------------------------------------------------------------


def _lay_over(connection: Connection, judgement: str, likeness: Likeness) -> None:
    """Bring the rows that a judgement speaks of in line with all judgements that stand."""
    row = connection.execute(select(judgements).where(judgements.c.id == judgement)).one()
    if row.change == "undo":
        _lay_over(connection, row.target, likeness)
    elif row.change == "merge":
        _spread(connection, row.target, likeness)
    elif row.article:
        _refresh(connection, row.article, likeness)


def _refresh(connection: Connection, article: str, likeness: Likeness) -> None:
    """Lay all that people said of an article's statements over what was found."""
    published = connection.scalar(select(articles.c.published).where(articles.c.id == article))
    found = _statements(connection, article)
    wanted = columns(connection, article, published, found)
    _change([row | {"key": s.id} for s, row in zip(found, wanted, strict=True)], connection, likeness)


def _spread(connection: Connection, speaker: str, likeness: Likeness) -> None:
    """Give the statements of a merged speaker, and of all merged into it, to the one who counts for them now."""
    merged = merges(connection)
    c, last = statements.c, merged.get(speaker, speaker)
    speakers = {speaker, *(old for old in merged if merged[old] == last)}
    astray = and_(c.found == last, c.speaker != last)
    rows = connection.execute(
        select(c.id, c.found, c.speaker).where(or_(c.found.in_(speakers), c.speaker == speaker, astray))
    )
    wanted = [{"key": row.id, "speaker": merged.get(row.found, row.found)} for row in rows]
    _change(wanted, connection, likeness)


def _change(wanted: Sequence[Columns], connection: Connection, likeness: Likeness) -> None:
    """Write the columns of statements where they differ, and group those anew."""
    names = [name for name in wanted[0] if name != "key"] if wanted else []
    now = {
        row.id: row
        for some in batches([row["key"] for row in wanted])
        for row in connection.execute(
            select(statements.c.id, *(statements.c[name] for name in names)).where(statements.c.id.in_(some))
        )
    }
    changed = [row for row in wanted if any(getattr(now[row["key"]], name) != row[name] for name in names)]
    if not changed:
        return
    ids = [row["key"] for row in changed]
    left = [key for some in batches(ids) for key in grouping.leave(connection, statements.c.id.in_(some))]
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    parameters = [{"key": row["key"]} | {f"new_{name}": row[name] for name in names} for row in changed]
    connection.execute(update(statements).where(statements.c.id == bindparam("key")).values(values), parameters)
    grouping.join(connection, sorted({*ids, *left}), likeness)
    for some in batches(ids):  # their neighbours lean on them, or hold them: see compare.passages
        places = select(statements.c.article).where(statements.c.id.in_(some))
        comparing.wait(connection, statements.c.article.in_(places))


def _found(statement: Statement, published: date | None) -> Columns:
    said = statement.said.value if statement.said else None
    return {
        "found": statement.speaker.id if statement.speaker else None,
        "act": statement.word.act,
        "dropped": False,
    } | _days(said, published)


def _changed(judgement: Judgement, published: date | None) -> Columns:
    """Give the columns that a judgement changes."""
    if judgement.change == "speaker":
        return {"found": judgement.value}
    if judgement.change == "said":
        return _days(judgement.value, published)
    if judgement.change == "act":
        return {"act": judgement.value}
    return {"dropped": judgement.value == DROPPED} if judgement.change == "statement" else {}


def _days(said: str | None, published: date | None) -> Columns:
    first, last = (days.span_of(said) if said else None) or (None, None)
    return {"first_day": first, "last_day": last, "day": first or published}


# --- which statement is meant ---------------------------------------------------------------------


def _meant(connection: Connection, article: str, found: Sequence[Statement]) -> dict[str, list[Judgement]]:
    """Give the standing judgements about an article's statements, each with the statement that it means now."""
    rows = _rows(connection, judgements.c.article == article)
    undone = _undone(connection) if rows else set()
    there = {s.id for s in found}
    meant: dict[str, list[Judgement]] = {}
    for row in rows:
        target = row.target if row.target in there else _at_place(Span(row.start, row.end), found)
        if target and row.id not in undone:
            meant.setdefault(target, []).append(_judgement(row, undone))
    return meant


def _at_place(place: Span, found: Sequence[Statement]) -> str | None:
    """Give the statement whose words stand where those stood that were judged."""
    likeliest = max(found, key=lambda s: (place.jaccard(s.quotation.extent), s.id), default=None)
    same = likeliest is not None and place.jaccard(likeliest.quotation.extent) >= SAME_PLACE
    return likeliest.id if likeliest and same else None


def _place(connection: Connection, statement: str) -> Columns:
    row = connection.execute(
        select(statements.c.article, statements.c.body).where(statements.c.id == statement)
    ).one_or_none()
    if row is None:
        raise NotInRecord(f"The record holds no statement {statement}. List them with `onrecord statements`.")
    extent = codec.statement_from_body(row.body).quotation.extent
    return {"article": row.article, "start": extent.start, "end": extent.end}


def _sides(connection: Connection, pair: str) -> dict[str, tuple[str, Span]]:
    row = connection.execute(select(pairs.c.earlier, pairs.c.later).where(pairs.c.id == pair)).one()
    places = {side: _place(connection, key) for side, key in (("earlier", row.earlier), ("later", row.later))}
    return {side: (at["article"], Span(at["start"], at["end"])) for side, at in places.items()}


def _statements(connection: Connection, article: str) -> list[Statement]:
    asked = select(statements.c.body).where(statements.c.article == article).order_by(statements.c.place)
    return [codec.statement_from_body(body) for body in connection.scalars(asked)]


# --- rows -----------------------------------------------------------------------------------------


def _rows(connection: Connection, *which: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return connection.execute(select(judgements).where(*which).order_by(judgements.c.number)).all()


def _undone(connection: Connection) -> set[str]:
    """Give the judgements that are undone: an undoing counts unless it was itself undone."""
    undone: set[str] = set()
    for row in reversed(_rows(connection, judgements.c.change == "undo")):
        if row.id not in undone:
            undone.add(row.target)
    return undone


def _judgement(row: Row[Any], undone: Iterable[str]) -> Judgement:
    return Judgement(row.id, row.at, row.by, row.change, row.target, row.value, row.note, row.id in undone)


def _way(speaker: str, said: dict[str, str]) -> list[str]:
    """Give a speaker, the one whom he is taken for, and so on to the last."""
    way = [speaker]
    while way[-1] in said:
        way.append(said[way[-1]])
    return way
