"""What the reader's encoder made of an article's words, and the small networks that later steps ask about it."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    vectors: Floats  # (words, size)

    def words(self, spans: Sequence[Span]) -> Ints:
        """Give the indices of the words that begin in the spans."""
        edges = np.searchsorted(self.starts, [(s.start, s.end) for s in spans]) if spans else ()
        found = [np.arange(a, b) for a, b in edges]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def mean(self, spans: Sequence[Span]) -> Floats:
        """Give the mean vector of the words in the spans, (size,); zeros where there are none."""
        found = self.words(spans)
        if not len(found):
            return np.zeros(self.vectors.shape[1], dtype=np.float32)
        return np.asarray(self.vectors[found].mean(axis=0))
