"""What the reader's encoder made of an article's words, and the small networks that later steps ask about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from onrecord.types import Span

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class Network(Protocol):
    """A graph: named arrays in, arrays out."""

    def __call__(self, **arrays: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
        """Run the graph once."""
        ...


@dataclass(frozen=True, slots=True)
class Senses:
    """The words of an article (runs of letters and digits, and symbols) with a vector each."""

    starts: Ints  # (words,) code points
    vectors: Floats  # (words, size): what the reader's tagger hands to its reading of parts

    def words(self, spans: Sequence[Span]) -> Ints:
        """Give the indices of the words that begin in the spans."""
        edges = np.searchsorted(self.starts, [(s.start, s.end) for s in spans]) if spans else ()
        found = [np.arange(a, b) for a, b in edges]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def mean(self, spans: Sequence[Span]) -> Floats:
        """Give the mean vector of the words in the spans, (size,); zeros where there are none."""
        if len(spans) == 1:
            a, b = np.searchsorted(self.starts, (spans[0].start, spans[0].end))
            found = self.vectors[a:b]
        else:
            found = self.vectors[self.words(spans)]
        return np.asarray(np.add.reduce(found, axis=0) / max(1, len(found)), dtype=np.float32)

    def first(self, spans: Sequence[Span]) -> Floats:
        """Give the vector of the first word in the spans, (size,); zeros where there is none."""
        at = int(np.searchsorted(self.starts, spans[0].start)) if spans else len(self.starts)
        inside = at < len(self.starts) and self.starts[at] < spans[0].end
        return self.vectors[at] if inside else np.zeros(self.vectors.shape[1], dtype=np.float32)


def shares(logits: Floats) -> Floats:
    """Give the softmax over the last axis."""
    x = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(x / x.sum(axis=-1, keepdims=True), dtype=np.float32)


NEAR, FAR = 8, 16  # words of distance: exact to NEAR, then FAR - NEAR logarithmic steps


def distance_bucket(away: Ints, near: int = NEAR, far: int = FAR) -> Ints:
    """Signed distance in words -> 0 .. 2 * far: exact up to `near`, then in logarithmic steps."""
    table = _buckets(near, far)
    return np.asarray(table[np.clip(away, -_WIDEST, _WIDEST) + _WIDEST])


_WIDEST = 1 << 12  # from here on all distances are the farthest


@cache
def _buckets(near: int, far: int) -> Ints:
    away = np.arange(-_WIDEST, _WIDEST + 1)
    a = np.maximum(np.abs(away), 1).astype(np.float32)
    steps = near + np.floor(np.maximum(np.log2(a / np.float32(near)), 0) * np.float32(1.6))
    size = np.where(np.abs(away) <= near, np.abs(away), np.minimum(steps + 1, far)).astype(np.int64)
    return np.asarray(far + np.sign(away) * size)
