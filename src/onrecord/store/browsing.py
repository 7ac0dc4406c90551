"""Looking around in a record: what came in lately, who is called something like this."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from onrecord.store import finding, words
from onrecord.store.schema import articles, entities, names, statements
from onrecord.types import Article

NEAREST = 2_000  # names that begin so of which the shortest are chosen
LAST = "\U0010ffff"  # the character behind all others


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
    """Give the ids of speakers whose names hold these words, the last of them begun; shorter names first.

    Of what is very common only NEAREST names are looked at.
    """
    *whole, begun = folded.split() or [""]
    if not begun:
        return []
    c, e = names.c, entities.c
    some = select(c.speaker).where(_begins(connection, begun[: words.LONGEST]))
    for word in whole:
        some = some.where(c.speaker.in_(select(c.speaker).where(c.word == word[: words.LONGEST])))
    near = some.limit(NEAREST).subquery()
    asked = select(e.id).where(e.id.in_(select(near.c.speaker))).order_by(func.length(e.folded), e.id).limit(limit)
    return list(connection.scalars(asked))


def _begins(connection: Connection, begun: str) -> ColumnElement[bool]:
    """Give the condition that a word begins so, as each database looks it up in an index."""
    word = names.c.word
    if connection.dialect.name == "sqlite":
        return and_(word >= begun, word < begun + LAST)
    return word.startswith(begun, autoescape=True)
