"""Do two statements of one speaker report the same act of speaking?"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Literal

from onrecord.types import Kind

Tie = Literal["identical", "trimmed", "changed"]

NEAR = timedelta(days=3)  # between two dates of printing
LONG = 8  # words

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Reported:
    """One report of what a speaker said: its words and what is known of its day."""

    text: str  # the content's pieces, joined with a space
    kind: Kind
    first_day: date | None = None  # of speaking, where known
    last_day: date | None = None
    published: date | None = None
    words: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Fold the text once, not for each comparison."""
        object.__setattr__(self, "words", fold(self.text))


def same_words(a: Reported, b: Reported) -> bool:
    """Tell whether two statements of one speaker report the same act of speaking."""
    return tie(a, b) is not None


def tie(a: Reported, b: Reported) -> Tie | None:
    """Give how the words of two reports of one act of speaking relate; None where they report two."""
    found = _tie(a.words, b.words)
    if found is None or not _days_agree(a, b):
        return None
    return found


def fold(text: str) -> tuple[str, ...]:
    """Give the words without case, marks and spaces."""
    return tuple(_WORD.findall(text.casefold().replace("’", "'")))


def _tie(a: tuple[str, ...], b: tuple[str, ...]) -> Tie | None:
    if min(len(a), len(b)) < 4:
        return None
    if a == b:
        return "identical"
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    if shared == min(len(a), len(b)):
        return "trimmed"
    return "changed" if shared >= 0.85 * max(len(a), len(b)) else None


def _days_agree(a: Reported, b: Reported) -> bool:
    if a.first_day and a.last_day and b.first_day and b.last_day:
        return a.first_day <= b.last_day and b.first_day <= a.last_day
    if a.published and b.published:
        return abs(a.published - b.published) <= NEAR
    return min(len(a.words), len(b.words)) >= LONG
