"""Article text -> word pieces with the marks that the reader model sees: offsets into the text, never copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from onrecord.text import Quoted
from onrecord.types import Span

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

CASES, QUOTES, BREAKS = 5, 3, 3  # values that each part of a shape may have


class Encode(Protocol):
    """A word-piece tokenizer: gives ids, and start and end offsets in code points, of a text without special pieces."""

    def __call__(self, text: str) -> tuple[Ints, Ints, Ints]:
        """Give (ids, starts, ends), each of shape (pieces,)."""
        ...


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one article; every array has shape (pieces,)."""

    ids: Ints
    starts: Ints
    ends: Ints
    words: Bools  # True where a piece begins a word (a run of letters and digits, or a symbol)
    shapes: Ints  # letter case, quotation marks and line break, as one number: (case * QUOTES + quote) * BREAKS + break
    paragraphs: Ints  # index of the paragraph


def pieces(text: str, encode: Encode, paras: Sequence[Span], quotes: Sequence[Quoted]) -> Pieces:
    """Give the word pieces of a text with their shapes."""
    ids, starts, ends = encode(text)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    gap = starts[1:] > ends[:-1]
    alnum = _classes()[np.minimum(points, 0xFFFF)] != 4
    words = np.ones(len(ids), dtype=np.bool_)
    words[1:] = gap | ~alnum[starts[1:]] | ~alnum[np.maximum(ends[:-1] - 1, 0)]
    para = np.searchsorted(np.array([p.start for p in paras], dtype=np.int64), starts, side="right") - 1
    shapes = (_case(points, starts, ends) * QUOTES + _inside(len(text), quotes)[starts]) * BREAKS + _breaks(para)
    return Pieces(ids, starts, ends, words, shapes, para)


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """Give the class of each code point of the basic plane: 0 lower or caseless, 1 upper, 3 digit, 4 symbol."""
    chars = [chr(i) for i in range(0x10000)]
    table = [1 if c.isupper() else 3 if c.isdigit() else 0 if c.isalnum() else 4 for c in chars]
    return np.array(table, dtype=np.uint8)


def _case(points: npt.NDArray[np.uint32], starts: Ints, ends: Ints) -> Ints:
    """Give 0 lower, 1 Title, 2 CAPITALS, 3 digit, 4 symbol."""
    if not len(starts):
        return starts
    table = _classes()
    first = table[np.minimum(points[starts], 0xFFFF)].astype(np.int64)
    second = table[np.minimum(points[np.minimum(starts + 1, len(points) - 1)], 0xFFFF)]
    return np.where((first == 1) & (second == 1) & (ends > starts + 1), 2, first)


def _inside(length: int, quotes: Sequence[Quoted]) -> Ints:
    """Give, per code point, 0 outside quotation marks, 1 within double or angle ones, 2 within single ones alone."""
    state = np.zeros(length + 1, dtype=np.int64)
    for q in quotes:
        if q.marks == "single":
            state[q.span.start : q.span.end][state[q.span.start : q.span.end] == 0] = 2
        else:
            state[q.span.start : q.span.end] = 1
    return state


def _breaks(para: Ints) -> Ints:
    """Give 2 where a piece opens a paragraph, else 0 (1 is not used; the weights were trained with a row for it)."""
    opens = np.ones(len(para), dtype=np.int64)
    opens[1:] = para[1:] != para[:-1]
    return opens * 2
