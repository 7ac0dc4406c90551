"""How the wordings of one utterance differ: who trimmed, who changed a word.

Words are compared folded (see folding.py), so house styles make no wording of their own, and a bracket or an ellipsis
is trimming, which is honest. A wording may also begin or end elsewhere than the fullest: that is trimming of both.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise
from typing import Literal

from onrecord.reports import folding
from onrecord.reports.folding import Token
from onrecord.types import Span

Difference = Literal["kept", "dropped", "added", "changed"]
Standing = Literal["full", "trimmed", "changed"]

_MARK = re.compile(r"…|\.\s?\.|[\[(]")
_BREAK = re.compile(r"[.!?…:;\"“”„«»]|''")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a wording beside the same stretch of the fullest.

    A figure or a negation that is left out inside, without a mark, is no cut: "changed", with nothing here.
    """

    difference: Difference
    here: Span | None  # in this wording's text; None where nothing stands there
    there: Span | None  # in the fullest wording's text; None where nothing stands there


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which an utterance was printed, aligned to the fullest."""

    text: str
    reports: tuple[int, ...]  # indexes of the given texts that have these words
    standing: Standing
    pieces: tuple[Piece, ...]  # in the order of the fullest


def wordings(texts: Sequence[str]) -> tuple[Wording, ...]:
    """Give the distinct wordings of one utterance, the fullest first; texts of the same words are one wording."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, text in enumerate(texts):
        groups.setdefault(tuple(token.word for token in folding.fold(text)), []).append(i)
    order = sorted(groups, key=lambda words: (-len(words), words))
    shown = [_Side.of(min((texts[i] for i in groups[words]), key=lambda t: (t.isupper(), t))) for words in order]
    return tuple(_aligned(side, shown[0], tuple(groups[words])) for words, side in zip(order, shown, strict=True))


@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    tokens: tuple[Token, ...]

    @classmethod
    def of(cls, text: str) -> "_Side":
        return cls(text, folding.fold(text))

    def span(self, first: int, end: int) -> Span | None:
        return Span(self.tokens[first].span.start, self.tokens[end - 1].span.end) if first < end else None

    def weighty(self, first: int, end: int) -> bool:
        return any(folding.weighty(token.word) for token in self.tokens[first:end])

    def marked(self, at: int) -> bool:
        """Tell whether an ellipsis or a bracket between two words says that something is left out."""
        return bool(_MARK.search(self.text, self.tokens[at - 1].span.end, self.tokens[at].span.start))

    def breaks(self, at: int) -> bool:
        """Tell whether a sentence or a quotation ends between two words, or the text does."""
        if not 0 < at < len(self.tokens):
            return True
        return bool(_BREAK.search(self.text, self.tokens[at - 1].span.end, self.tokens[at].span.start))


def _aligned(here: _Side, there: _Side, reports: tuple[int, ...]) -> Wording:
    pieces = tuple(_pieces(here, there))
    kept = [i for i, piece in enumerate(pieces) if piece.difference == "kept"]
    inner = pieces[kept[0] : kept[-1]] if kept else pieces
    changed = any(p.difference == "changed" for p in pieces) or any(p.difference == "added" for p in inner)
    standing: Standing = "full" if here is there else "changed" if changed else "trimmed"
    return Wording(here.text, reports, standing, pieces)


def _pieces(here: _Side, there: _Side) -> Iterator[Piece]:
    """Give what was kept and, between it, what was not."""
    ends = Match(0, 0, 0), Match(len(there.tokens), len(here.tokens), 0)
    for last, run in pairwise((ends[0], *_runs(here, there), ends[1])):
        a, c = last.a + last.size, last.b + last.size
        dropped, added = there.span(a, run.a), here.span(c, run.b)
        apart = (not last.size and there.breaks(run.a) and here.breaks(run.b)) or (
            not run.size and there.breaks(a) and here.breaks(c)
        )
        inside = last.size and run.size and not added
        if dropped and added and not apart:
            yield Piece("changed", added, dropped)
        elif inside and there.weighty(a, run.a) and not here.marked(c):
            yield Piece("changed", None, dropped)
        else:
            yield from (Piece("dropped", None, span) for span in (dropped,) if span)
            yield from (Piece("added", span, None) for span in (added,) if span)
        if run.size:
            yield Piece("kept", here.span(run.b, run.b + run.size), there.span(run.a, run.a + run.size))


def _runs(here: _Side, there: _Side) -> list[Match]:
    """Give the runs of words in common; a lone function word that both happen to have is none."""
    words = [token.word for token in there.tokens]
    matcher = SequenceMatcher(None, words, [token.word for token in here.tokens], autojunk=False)
    function = folding.lexicon().function
    return [m for m in matcher.get_matching_blocks() if m.size > 1 or (m.size == 1 and words[m.a] not in function)]
