"""What is kept of comparisons: which statements wait for one, the others' vectors, and the pairs that differ.

Of an utterance one statement is compared, the one that it is named after. A statement whose utterance, speaker or day
changes waits again, and what was kept of it is forgotten; so the pairs do not depend on the order of what happened, as
long as a passage has no more than compare.candidates.MOST alike ones: else it matters which were there.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    and_,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
    union,
)

from onrecord import codec
from onrecord.store.rows import MANY, batches
from onrecord.store.schema import answers, articles, judgements, pairs, places, statements, vectors, waiting
from onrecord.types import Article, Label, Span, Speaker, Statement

_COMPARED = and_(statements.c.id == statements.c.utterance, statements.c.speaker.is_not(None), ~statements.c.dropped)


@dataclass(frozen=True, slots=True)
class Due:
    """A statement that waits."""

    id: str
    article: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """A statement that was compared."""

    id: str
    article: str
    day: date | None
    vectors: bytes


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements of one speaker, what the later one does to the earlier one, and where one sees it."""

    earlier: str
    later: str
    label: Label
    clash: float
    probabilities: tuple[float, ...]
    words: tuple[tuple[Span, ...], tuple[Span, ...]]  # of both positions, in their articles' texts
    evidence: tuple[tuple[Span, ...], tuple[Span, ...]]
    why: str
    judge: str

    @property
    def id(self) -> str:
        """Give the pair's id: the same whichever judge says so."""
        return blake2b("\0".join(sorted((self.earlier, self.later))).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of some of a speaker's statements."""

    speaker: str
    seen: int  # statements that had vectors when they were compared: see `put`
    done: tuple[Due, ...]
    vectors: dict[str, bytes]
    pairs: tuple[Pair, ...]


class _Body(msgspec.Struct, array_like=True):
    probabilities: tuple[float, ...]
    words: tuple[list[tuple[int, int]], list[tuple[int, int]]]
    evidence: tuple[list[tuple[int, int]], list[tuple[int, int]]]
    why: str


# --- what waits -----------------------------------------------------------------------------------


def wait(connection: Connection, *which: ColumnElement[bool]) -> None:
    """Let statements wait to be compared, and forget what was kept of their comparison."""
    forget(connection, *which)
    connection.execute(insert(waiting).from_select(["statement"], select(statements.c.id).where(*which)))


def forget(connection: Connection, *which: ColumnElement[bool]) -> None:
    """Forget what is kept of the comparison of statements."""
    meant = select(statements.c.id).where(*which)
    connection.execute(delete(pairs).where(or_(pairs.c.earlier.in_(meant), pairs.c.later.in_(meant))))
    for table in (vectors, waiting):
        connection.execute(delete(table).where(table.c.statement.in_(meant)))


def waiting_statements(connection: Connection) -> dict[str, list[str]]:
    """Give the statements that wait, by their ids, of each speaker."""
    c = statements.c
    asked = (
        select(c.speaker, c.id)
        .where(c.id.in_(select(waiting.c.statement)), _COMPARED)  # joined, SQLite would go through all statements
        .order_by(c.speaker, c.id)
    )
    found: dict[str, list[str]] = {}
    for speaker, key in connection.execute(asked):
        found.setdefault(speaker, []).append(key)
    return found


def settle(connection: Connection) -> None:
    """Take those from the waiting that are not compared: other reports of an utterance, dropped ones, nobody's."""
    rest = select(statements.c.id).where(not_(_COMPARED)).where(statements.c.id == waiting.c.statement)
    connection.execute(delete(waiting).where(rest.exists()))


def due(connection: Connection, speaker: str, most: int) -> list[Due]:
    """Give some of a speaker's statements that wait, in the order of their ids."""
    c = statements.c
    asked = (
        select(c.id, c.article, c.day)
        .join(waiting, waiting.c.statement == c.id)
        .where(_COMPARED, c.speaker == speaker)
        .order_by(c.id)
        .limit(most)
    )
    return [Due(*row) for row in connection.execute(asked)]


def known(connection: Connection, speaker: str) -> list[Known]:
    """Give a speaker's statements that were compared, in the order of their ids."""
    c = statements.c
    asked = (
        select(c.id, c.article, c.day, vectors.c.vectors)
        .join(vectors, vectors.c.statement == c.id)
        .where(_COMPARED, c.speaker == speaker)
        .order_by(c.id)
    )
    return [Known(*row) for row in connection.execute(asked)]


def whole(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Article, list[Statement]]]:
    """Give articles with all their statements in order, their speakers and acts as people corrected them."""
    c, found = statements.c, defaultdict[str, list[Statement]](list)
    texts: dict[str, Article] = {}
    for some in batches(ids):
        for row in connection.execute(
            select(c.article, c.body, c.speaker, c.act).where(c.article.in_(some)).order_by(c.article, c.place)
        ):
            found[row.article].append(_as_corrected(row))
        a = articles.c
        for row in connection.execute(select(a.id, a.name, a.text, a.published).where(a.id.in_(some))):
            texts[row.id] = Article(row.id, row.name, row.text, published=row.published)
    return {key: (article, found[key]) for key, article in texts.items()}


def _as_corrected(row: Row[Any, Any, Any, Any]) -> Statement:
    statement = codec.statement_from_body(row.body)
    if statement.word.act != row.act:
        statement = replace(statement, word=replace(statement.word, act=row.act))
    before = statement.speaker.id if statement.speaker else None
    if before == row.speaker:
        return statement
    if row.speaker is None:
        return replace(statement, speaker=None)
    named = statement.speaker or Speaker(row.speaker, "", "person", None, 1.0)
    return replace(statement, speaker=replace(named, id=row.speaker))


# --- what comes of it -----------------------------------------------------------------------------


def put(connection: Connection, compared: Compared) -> bool:
    """Keep what became of statements; False where another program compared or changed some of the speaker's meanwhile.

    Then they must be compared anew, as they are now.
    """
    if not _as_it_was(connection, compared):
        return False
    for some in batches([one.id for one in compared.done]):
        connection.execute(delete(waiting).where(waiting.c.statement.in_(some)))
    rows = [{"statement": key, "vectors": kept} for key, kept in compared.vectors.items()]
    if rows:
        connection.execute(insert(vectors), rows)
    ends = _there(connection, sorted({key for p in compared.pairs for key in (p.earlier, p.later)}))
    put_pairs(connection, compared.speaker, [p for p in compared.pairs if {p.earlier, p.later} <= ends])
    return True


def _as_it_was(connection: Connection, compared: Compared) -> bool:
    """Tell whether the statements still wait, of the same speaker and day, and as many others were compared."""
    c, of_speaker = statements.c, and_(_COMPARED, statements.c.speaker == compared.speaker)
    count = select(func.count()).select_from(vectors).join(statements, c.id == vectors.c.statement)
    if connection.scalar(count.where(of_speaker)) != compared.seen:
        return False
    waits = and_(of_speaker, c.id.in_(select(waiting.c.statement)))
    now = {
        Due(*row)
        for some in batches([one.id for one in compared.done])
        for row in connection.execute(select(c.id, c.article, c.day).where(c.id.in_(some), waits))
    }
    return now == set(compared.done)


def _there(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Give those of the statements that are still there: an article may be read anew meanwhile."""
    return {
        key
        for some in batches(ids)
        for key in connection.scalars(select(statements.c.id).where(statements.c.id.in_(some)))
    }


def put_pairs(connection: Connection, speaker: str, found: Iterable[Pair]) -> None:
    """Keep pairs of one speaker's statements."""
    rows = {
        pair.id: {
            "id": pair.id,
            "earlier": pair.earlier,
            "later": pair.later,
            "speaker": speaker,
            "label": pair.label,
            "clash": pair.clash,
            "body": _body(pair),
            "judge": pair.judge,
        }
        for pair in found
    }
    for some in batches(sorted(rows)):
        connection.execute(delete(pairs).where(pairs.c.id.in_(some)))
    if rows:
        connection.execute(insert(pairs), list(rows.values()))


def _body(pair: Pair) -> str:
    words, marks = ((_places(a), _places(b)) for a, b in (pair.words, pair.evidence))
    shares = tuple(round(p, 4) for p in pair.probabilities)
    return msgspec.json.encode(_Body(shares, words, marks, pair.why)).decode()


def _places(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


# --- what was found -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pairs are asked for."""

    speakers: tuple[str, ...] | None = None
    least: float = 0.0  # of clash
    labels: tuple[Label, ...] = ()
    since: date | None = None  # of the later statement's day
    until: date | None = None
    act: str | None = None  # of either statement
    ids: tuple[str, ...] | None = None  # of the pairs: at most MANY


@dataclass(frozen=True)
class Kept:
    """A pair as it is kept, with whose it is and when."""

    id: str
    speaker: str
    earlier: str
    later: str
    label: Label
    clash: float
    days: tuple[date | None, date | None]
    articles: tuple[str, str]
    texts: tuple[str, str]
    direct: int  # how many of the two are quoted word for word
    judge: str
    body: str  # the rest of the pair

    @cached_property
    def pair(self) -> Pair:
        """Give the pair whole; of most, what stands above is enough."""
        body = msgspec.json.decode(self.body, type=_Body)
        words, marks = (
            tuple(tuple(Span(*place) for place in side) for side in both) for both in (body.words, body.evidence)
        )
        sides = (words[0], words[1]), (marks[0], marks[1])
        return Pair(self.earlier, self.later, self.label, self.clash, body.probabilities, *sides, body.why, self.judge)


def kept(connection: Connection, wanted: Wanted) -> list[Kept]:
    """Give the pairs that are asked for, the likeliest to clash first."""
    one, two = statements.alias("one"), statements.alias("two")
    asked = (
        select(
            pairs,
            one.c.day.label("first_day"),
            two.c.day.label("second_day"),
            one.c.article.label("first_article"),
            two.c.article.label("second_article"),
            one.c.text.label("first_text"),
            two.c.text.label("second_text"),
            one.c.kind.label("first_kind"),
            two.c.kind.label("second_kind"),
        )
        .join(one, one.c.id == pairs.c.earlier)
        .join(two, two.c.id == pairs.c.later)
        .where(one.c.id == one.c.utterance, two.c.id == two.c.utterance, ~one.c.dropped, ~two.c.dropped)
        .where(one.c.speaker == two.c.speaker, pairs.c.clash >= wanted.least)
        .order_by(pairs.c.clash.desc(), pairs.c.id)
    )
    few = wanted.speakers is not None and len(wanted.speakers) <= MANY  # more do not fit into one question
    if few:
        asked = asked.where(pairs.c.speaker.in_(wanted.speakers or ()))
    if wanted.ids is not None:
        asked = asked.where(pairs.c.id.in_(wanted.ids))
    if wanted.labels:
        asked = asked.where(pairs.c.label.in_(wanted.labels))
    if wanted.since:
        asked = asked.where(two.c.day >= wanted.since)
    if wanted.until:
        asked = asked.where(two.c.day <= wanted.until)
    if wanted.act:
        asked = asked.where(or_(one.c.act == wanted.act, two.c.act == wanted.act))
    of = None if few or wanted.speakers is None else frozenset(wanted.speakers)
    return [_kept(row) for row in connection.execute(asked) if of is None or row.speaker in of]


def near(connection: Connection, key: str) -> list[Kept]:
    """Give the pairs whose id begins so with all that may be one change of mind with them: see compare.grouping.

    Those are the pairs of the speaker that share a statement on one side or stand in the same two articles, those that
    do so with them, and so on; the others of a speaker, who may have thousands, are left alone.
    """
    c = pairs.c
    found = new = set(connection.scalars(select(c.id).where(c.id >= key, c.id < f"{key}g")))
    while new:
        new = {pair for some in batches(sorted(new)) for pair in connection.scalars(_beside(some))} - found
        found = found | new
    return [pair for some in batches(sorted(found)) for pair in kept(connection, Wanted(ids=tuple(some)))]


def _beside(ids: Sequence[str]) -> CompoundSelect[tuple[str]]:
    """Give the question for the pairs beside some: of one speaker, with a statement or both articles in common."""
    mine, other = pairs.alias("mine"), pairs.alias("other")
    a, b, one, two = (statements.alias(name) for name in ("a", "b", "one", "two"))
    same = and_(mine.c.id.in_(ids), other.c.speaker == mine.c.speaker)
    there = (
        select(other.c.id)
        .select_from(mine)
        .join(a, a.c.id == mine.c.earlier)
        .join(b, b.c.id == mine.c.later)
        .join(one, one.c.article == a.c.article)
        .join(other, other.c.earlier == one.c.id)
        .join(two, two.c.id == other.c.later)
        .where(same, two.c.article == b.c.article)
    )
    shared = (
        select(other.c.id).select_from(mine).join(other, getattr(other.c, side) == getattr(mine.c, side)).where(same)
        for side in ("earlier", "later")
    )
    return union(there, *shared)


def _kept(row: Any) -> Kept:  # noqa: ANN401 # a row of `kept`'s question
    return Kept(
        id=row.id,
        speaker=row.speaker,
        earlier=row.earlier,
        later=row.later,
        label=row.label,
        clash=row.clash,
        days=(row.first_day, row.second_day),
        articles=(row.first_article, row.second_article),
        texts=(row.first_text, row.second_text),
        direct=(row.first_kind, row.second_kind).count("direct"),
        judge=row.judge,
        body=row.body,
    )


def places_of(body: str) -> tuple[list[Span], list[Span]]:
    """Give all places that a kept pair names, in the earlier article and in the later one."""
    found = msgspec.json.decode(body, type=_Body)
    earlier, later = ([*found.words[i], *found.evidence[i]] for i in (0, 1))
    return [Span(*place) for place in earlier], [Span(*place) for place in later]


# --- judgements of pairs --------------------------------------------------------------------------


def put_places(connection: Connection, judgement: str, sides: dict[str, tuple[str, Span]]) -> None:
    """Keep where the statements of a judged pair stand: side -> article and extent."""
    rows = [
        {"judgement": judgement, "side": side, "article": article, "start": span.start, "end": span.end}
        for side, (article, span) in sides.items()
    ]
    connection.execute(insert(places), rows)


def judged_places(connection: Connection) -> dict[str, dict[str, tuple[str, Span]]]:
    """Give, for each judgement of a pair, where its statements stood: judgement -> side -> article and extent."""
    found: dict[str, dict[str, tuple[str, Span]]] = defaultdict(dict)
    for row in connection.execute(select(places).join(judgements, judgements.c.id == places.c.judgement)):
        found[row.judgement][row.side] = row.article, Span(row.start, row.end)
    return found


# --- answers that were paid for -------------------------------------------------------------------


def answer(connection: Connection, key: str) -> str | None:
    """Give what a judge answered once."""
    return connection.scalar(select(answers.c.answer).where(answers.c.id == key))


def put_answer(connection: Connection, key: str, said: str, judge: str) -> None:
    """Keep what a judge answers."""
    connection.execute(delete(answers).where(answers.c.id == key))
    connection.execute(insert(answers).values(id=key, judge=judge, answer=said, recorded=datetime.now(UTC)))
