"""How the wordings of one utterance differ: who trimmed, who changed a word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from onrecord.types import Span

Difference = Literal["kept", "dropped", "added", "changed"]
Standing = Literal["full", "trimmed", "changed"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a wording beside the same stretch of the fullest."""

    difference: Difference
    here: Span | None  # in this wording's text; None: dropped
    there: Span | None  # in the fullest wording's text; None: added


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which an utterance was printed, aligned to the fullest."""

    text: str
    reports: tuple[int, ...]  # indexes of the given texts that have these words
    standing: Standing
    pieces: tuple[Piece, ...]


def wordings(texts: Sequence[str]) -> tuple[Wording, ...]:
    """Give the distinct wordings of one utterance, the fullest first."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, text in enumerate(texts):
        groups.setdefault(tuple(m.group().casefold() for m in _WORD.finditer(text)), []).append(i)
    order = sorted(groups, key=lambda words: (-len(words), words))
    fullest = min(texts[i] for i in groups[order[0]]) if order else ""
    return tuple(
        _aligned(min(texts[i] for i in groups[words]), tuple(groups[words]), fullest, first=not n)
        for n, words in enumerate(order)
    )


def _aligned(text: str, reports: tuple[int, ...], fullest: str, *, first: bool) -> Wording:
    here, there = list(_WORD.finditer(text)), list(_WORD.finditer(fullest))
    matcher = SequenceMatcher(
        None, [m.group().casefold() for m in there], [m.group().casefold() for m in here], autojunk=False
    )
    names: dict[str, Difference] = {"equal": "kept", "delete": "dropped", "insert": "added", "replace": "changed"}
    pieces = tuple(
        Piece(names[tag], _span(here, c, d), _span(there, a, b)) for tag, a, b, c, d in matcher.get_opcodes()
    )
    changed = any(p.difference in ("added", "changed") for p in pieces)
    return Wording(text, reports, "full" if first else "changed" if changed else "trimmed", pieces)


def _span(words: Sequence[re.Match[str]], first: int, end: int) -> Span | None:
    return Span(words[first].start(), words[end - 1].end()) if first < end else None
