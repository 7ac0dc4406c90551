"""The clashing words of one position: the stretch that the judge's marks point at, cut at whole words."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.types import Span

MOST_WORDS = 16
WIDER = 1.0  # log-odds added to each mark: so the words agree best (F1) with the marks of held out reversals
_WORD = re.compile(r"\w[\w'’.,%-]*\w|\w|[%€$£]")
_DENIES = re.compile(r"no|not|never|nor|without|\w+n['’]t|cannot", re.IGNORECASE)  # right before: they belong to it
_EDGE = frozenset(
    {
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "that",
        "of",
        "in",
        "on",
        "to",
        "for",
        "with",
        "by",
        "at",
        "as",
        "it",
        "is",
        "was",
        "he",
        "she",
        "they",
        "said",
    }
)
_OPENING = frozenset({"once", "when", "while", "if"})  # of a clause that is cut off behind them


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its pieces: where each begins and ends, and the log-odds that it carries the position."""

    text: str
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    marks: npt.NDArray[np.float64]


def evidence(marked: Marked) -> tuple[Span, ...]:
    """Give the one stretch of words whose marks are highest together; none of a text without words."""
    words = [Span(*m.span()) for m in _WORD.finditer(marked.text)]
    if not words:
        return ()
    scores = [_score(marked, word) for word in words]
    first, last = _stretch(scores)
    while first < last and words[first].of(marked.text).lower() in _EDGE:
        first += 1
    while last > first and words[last].of(marked.text).lower() in _EDGE | _OPENING:
        last -= 1
    while first > 0 and _DENIES.fullmatch(words[first - 1].of(marked.text)):
        first -= 1
    return (Span(words[first].start, words[last].end),)


def _score(marked: Marked, word: Span) -> float:
    first = int(marked.ends.searchsorted(word.start, "right"))
    end = int(marked.starts.searchsorted(word.end, "left"))
    return float(marked.marks[first:end].mean()) + WIDER if first < end else -4.0  # beyond what the judge has read


def _stretch(scores: list[float]) -> tuple[int, int]:
    """Give first and last of the run with the highest sum, of MOST_WORDS at most."""
    best, where = -np.inf, (0, 0)
    for i in range(len(scores)):
        total = 0.0
        for j in range(i, min(i + MOST_WORDS, len(scores))):
            total += scores[j]
            if total > best:
                best, where = total, (i, j)
    return where
