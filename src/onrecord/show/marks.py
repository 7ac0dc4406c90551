"""Where each statement's words stand in the text: the marks that all views draw.

statements -> marks (a stretch, whose, which part) -> pieces (stretches that carry the same marks throughout)
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol

from onrecord.text import index_of
from onrecord.types import Article, Money, Quantity, Span, Statement, Timex

Part = Literal["content", "source", "cue"]

_OUTER_FIRST = {"content": 0, "source": 1, "cue": 2}


class Readable(Protocol):
    """What a view draws: an article with its statements."""

    @property
    def article(self) -> Article:
        """Give the article."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Give its statements."""

    @property
    def times(self) -> tuple[Timex, ...]:
        """Give all its time expressions."""

    @property
    def money(self) -> tuple[Money, ...]:
        """Give all its amounts."""

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Give all its quantities."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch of one part of one statement."""

    span: Span
    part: Part
    index: int  # of the statement
    depth: int  # statements around this one


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that carries the same marks throughout, the outer marks first."""

    span: Span
    marks: tuple[Mark, ...]


def marks(statements: Sequence[Statement]) -> tuple[Mark, ...]:
    """Give all marks, outer before inner."""
    found = [
        mark
        for index, _ in enumerate(statements)
        for mark in _of_statement(statements, index)
        if mark.span.start < mark.span.end
    ]
    return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end, _OUTER_FIRST[m.part], m.depth, m.index)))


def pieces(found: Sequence[Mark], within: Span) -> Iterator[Piece]:
    """Give the pieces of a stretch of text, without a gap, from its marks in the order that `marks` gives."""
    inside = [m for m in found if m.span.overlaps(within)]
    edges = sorted(
        {
            within.start,
            within.end,
            *(e for m in inside for e in (m.span.start, m.span.end) if within.start < e < within.end),
        }
    )
    active: list[Mark] = []
    coming = deque(inside)
    for start, end in pairwise(edges):
        while coming and coming[0].span.start <= start:
            active.append(coming.popleft())
        active = [m for m in active if m.span.end > start]
        yield Piece(Span(start, end), tuple(active))


def marks_by_paragraph(statements: Sequence[Statement], paras: Sequence[Span]) -> list[list[Mark]]:
    """Give, for each paragraph, the marks that reach into it, outer before inner."""
    found: list[list[Mark]] = [[] for _ in paras]
    for mark in marks(statements) if paras else ():
        for number in range(index_of(paras, mark.span.start), index_of(paras, mark.span.end - 1) + 1):
            found[number].append(mark)
    return found


def by_paragraph(statements: Sequence[Statement], paras: Sequence[Span]) -> list[list[int]]:
    """Give, for each paragraph, the indexes of the statements whose content ends in it."""
    found: list[list[int]] = [[] for _ in paras]
    for index, statement in enumerate(statements if paras else ()):
        found[index_of(paras, statement.quotation.content[-1].end - 1)].append(index)
    return found


def depth(statements: Sequence[Statement], index: int) -> int:
    """Give how many statements hold this one."""
    seen: set[int] = set()
    parent = statements[index].quotation.parent
    while parent is not None and parent not in seen:
        seen.add(parent)
        parent = statements[parent].quotation.parent
    return len(seen)


def words(spans: Sequence[Span], text: str) -> str:
    """Give the words of a part; its pieces are joined by an ellipsis."""
    return " … ".join(" ".join(span.of(text).split()) for span in spans)


def _of_statement(statements: Sequence[Statement], index: int) -> Iterator[Mark]:
    quotation, level = statements[index].quotation, depth(statements, index)
    for span in quotation.content:
        yield Mark(span, "content", index, level)
    for span in quotation.source:
        yield Mark(span, "source", index, level)
    for span in quotation.cue:
        yield Mark(span, "cue", index, level)
