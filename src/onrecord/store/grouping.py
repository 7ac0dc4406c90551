"""Statements -> utterances: those that report one and the same act of speaking.

Two statements are tied where they are of one speaker (or of one name, in copies of one article) and `Likeness` finds
their words the same. An utterance is all that hangs together by such ties; its id is the smallest of its statements'
ids. So it does not matter in which order statements come.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Select, or_, select, true, update

from onrecord.store import comparing
from onrecord.store.rows import batches
from onrecord.store.schema import articles, copies, entities, statements
from onrecord.types import Kind

NEAR = timedelta(days=10)  # further apart, two reports are two utterances
WEEK = timedelta(days=7)  # a said date that names a longer stretch does not tell when
UNDATED = -1  # the stretch of time of a report without any date


@dataclass(frozen=True, slots=True)
class Report:
    """A statement as one report of an utterance."""

    id: str
    article: str
    speaker: str | None
    name: str | None  # of the speaker, folded
    text: str
    kind: Kind
    first_day: date | None
    last_day: date | None
    published: date | None
    utterance: str

    @property
    def when(self) -> tuple[date, date] | None:
        """Give the days on which it may have been said, else printed; None where neither is known."""
        if self.first_day and self.last_day and self.last_day - self.first_day < WEEK:
            return self.first_day, self.last_day
        return (self.published, self.published) if self.published else None


class Likeness(Protocol):
    """Tells what is alike: articles, and reports of one utterance."""

    def is_copy(self, a: str, b: str) -> bool:
        """Tell whether two articles' texts are one text at bottom."""

    def same_words(self, a: Report, b: Report, copied: bool) -> bool:
        """Tell whether two statements of one speaker report the same act of speaking; the same both ways round.

        `copied`: they stand in copies of one article.
        """


def join(connection: Connection, ids: Sequence[str], likeness: Likeness) -> None:
    """Tie statements to those that report the same utterance."""
    mine = [r for some in batches(ids) for r in _reports(connection, statements.c.id.in_(some))]
    if not mine:
        return
    labels = _Labels(mine)
    for report, other, copied in _neighbours(connection, mine):
        if labels.differ(report, other) and likeness.same_words(report, other, copied):
            labels.tie(report, other)
    for old, new in labels.changes():
        comparing.wait(connection, statements.c.utterance == old)
        connection.execute(update(statements).where(statements.c.utterance == old).values(utterance=new))


def leave(connection: Connection, which: ColumnElement[bool]) -> list[str]:
    """Take statements out of their utterances; give the ids of what is left of those, to be joined anew."""
    left = sorted({row.utterance for row in connection.execute(select(statements.c.utterance).where(which))})
    rest: list[str] = []
    for some in batches(left):
        members = statements.c.utterance.in_(some)
        rest += connection.scalars(select(statements.c.id).where(members, ~which))
        comparing.wait(connection, members)
        connection.execute(update(statements).where(members).values(utterance=statements.c.id))
    return rest


# --- who is compared with whom --------------------------------------------------------------------


def _neighbours(connection: Connection, mine: Sequence[Report]) -> Iterable[tuple[Report, Report, bool]]:
    """Give pairs of reports that may be one utterance's, and whether their articles are copies."""
    copied = _copies_of(connection, {r.article for r in mine})
    of_copies = _of_copies(connection, copied)
    by_name: dict[tuple[str | None, str], list[Report]] = defaultdict(list)
    for other in of_copies:
        by_name[other.name, other.article].append(other)
    near = _Near({r.id: r for r in (*of_copies, *_of_speakers(connection, mine), *mine)}.values())
    for report in mine:
        places = copied.get(report.article, set())
        for article in sorted(places):
            yield from ((report, other, True) for other in by_name[report.name, article])
        for other in near.to(report):
            if other.article not in places:
                yield report, other, False


def _copies_of(connection: Connection, ids: set[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for some in batches(sorted(ids)):
        rows = connection.execute(select(copies).where(or_(copies.c.first.in_(some), copies.c.second.in_(some))))
        for first, second in rows:
            found[first].add(second)
            found[second].add(first)
    return {key: found[key] for key in ids if key in found}


def _of_speakers(connection: Connection, mine: Sequence[Report]) -> list[Report]:
    """Give the statements of the same speakers about the same days."""
    speakers = sorted({r.speaker for r in mine if r.speaker})
    days = [r.when for r in mine]
    known = [day for day in days if day]
    c = statements.c
    if len(known) < len(days):  # any day may be that of the undated
        asked: list[ColumnElement[bool]] = [true()]
    else:
        low, high = min(day[0] for day in known) - NEAR - WEEK, max(day[1] for day in known) + NEAR
        asked = [or_(c.day.is_(None), c.day.between(low, high)), c.last_day > c.first_day]
    return [
        r for which in asked for some in batches(speakers) for r in _reports(connection, c.speaker.in_(some), which)
    ]


def _of_copies(connection: Connection, copied: dict[str, set[str]]) -> list[Report]:
    others = sorted({key for keys in copied.values() for key in keys})
    return [r for some in batches(others) for r in _reports(connection, statements.c.article.in_(some))]


def _reports(connection: Connection, *which: ColumnElement[bool]) -> list[Report]:
    """Give statements as reports; those that a person dropped are none."""
    asked: Select[Any] = (
        select(
            statements.c.id,
            statements.c.article,
            statements.c.speaker,
            entities.c.folded,
            statements.c.text,
            statements.c.kind,
            statements.c.first_day,
            statements.c.last_day,
            articles.c.published,
            statements.c.utterance,
        )
        .join(articles, articles.c.id == statements.c.article)
        .outerjoin(entities, entities.c.id == statements.c.speaker)
        .where(~statements.c.dropped, *which)
        .order_by(statements.c.id)
    )
    return [Report(*row) for row in connection.execute(asked)]


class _Near:
    """Reports by speaker and time, to find those of one speaker that are near a day."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._at: dict[tuple[str | None, int], list[Report]] = defaultdict(list)
        self._all: dict[str | None, list[Report]] = defaultdict(list)
        for report in reports:
            self._all[report.speaker].append(report)
            for stretch in self._stretches(report, timedelta(0)):
                self._at[report.speaker, stretch].append(report)

    def to(self, report: Report) -> Iterable[Report]:
        """Give the other reports of its speaker about the same days, each once."""
        if report.speaker is None:
            return ()
        stretches = self._stretches(report, NEAR)
        if UNDATED in stretches:
            found = self._all[report.speaker]
        else:
            found = [r for stretch in (*stretches, UNDATED) for r in self._at.get((report.speaker, stretch), ())]
        return [r for r in {r.id: r for r in found}.values() if r.id != report.id and not _apart(r, report)]

    @staticmethod
    def _stretches(report: Report, margin: timedelta) -> Sequence[int]:
        if report.when is None:
            return (UNDATED,)
        first, last = report.when
        return range((first - margin).toordinal() // NEAR.days, (last + margin).toordinal() // NEAR.days + 1)


def _apart(a: Report, b: Report) -> bool:
    """Tell whether too many days lie between two reports."""
    if a.when is None or b.when is None:
        return False
    return max(a.when[0] - b.when[1], b.when[0] - a.when[1]) > NEAR


class _Labels:
    """Utterances that grow together: each label leads to the smallest of those tied to it."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._smaller: dict[str, str] = {r.utterance: r.utterance for r in reports}

    def differ(self, a: Report, b: Report) -> bool:
        return self._of(a.utterance) != self._of(b.utterance)

    def tie(self, a: Report, b: Report) -> None:
        first, second = sorted((self._of(a.utterance), self._of(b.utterance)))
        self._smaller[second] = first

    def changes(self) -> Iterable[tuple[str, str]]:
        return [(label, self._of(label)) for label in sorted(self._smaller) if self._of(label) != label]

    def _of(self, label: str) -> str:
        self._smaller.setdefault(label, label)
        while self._smaller[label] != label:
            label = self._smaller[label]
        return label
