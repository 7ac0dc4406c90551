"""Looking around in a record: what came in lately, who is called something like this."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from onrecord.store import finding
from onrecord.store.schema import articles, entities, statements
from onrecord.types import Article


@dataclass(frozen=True, slots=True)
class Kept:
    """An article of the record with when it came in and how many statements it holds."""

    article: Article
    recorded: datetime
    statements: int


def latest(connection: Connection, limit: int, offset: int = 0) -> list[Kept]:
    """Give the articles that came in last, the latest first."""
    c = articles.c
    asked = select(c.id, c.recorded).order_by(c.recorded.desc(), c.id).limit(limit).offset(offset)
    rows = connection.execute(asked).all()
    ids = [row.id for row in rows]
    found = finding.articles_by_id(connection, ids)
    held = select(statements.c.article, func.count()).where(statements.c.article.in_(ids), ~statements.c.dropped)
    numbers = {row[0]: row[1] for row in connection.execute(held.group_by(statements.c.article))}
    return [Kept(found[row.id], row.recorded, numbers.get(row.id, 0)) for row in rows]


def called_like(connection: Connection, folded: str, limit: int) -> list[str]:
    """Give the ids of speakers one of whose names begins so, those that begin the whole name first."""
    if not folded:
        return []
    begun = f"{finding.escaped(folded)}%"
    c = entities.c
    inside = c.folded.like(f"% {begun}", escape="\\")
    first = c.folded.like(begun, escape="\\")
    asked = select(c.id).where(or_(first, inside)).order_by(first.desc(), func.length(c.folded), c.id).limit(limit)
    return list(connection.scalars(asked))
