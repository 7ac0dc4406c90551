"""Which passages of one speaker may speak to the same issue: those with like vectors, the likest few of each.

Each new passage is set beside all the speaker's others at once; what is compared in full grows with the number of
passages, not with its square.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

ALIKE = 0.5  # least cosine of two passages on one issue: 31 of 38 changes read in PolNeAR lie above it, as above 0.47
MOST = 4  # of a passage's likest that are judged: of those 38 4 hold 15, 8 hold 24, 16 hold 27
MOST_REVISING = 16  # of one that sets now against then, 5 of 100 there: so 19 are held
SCALE = 127.0  # of vectors that are kept as int8
AT_ONCE = 512  # new passages in one product


class Encoder(Protocol):
    """Turns sentences into unit vectors."""

    width: int  # numbers of a vector

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Give (texts, width)."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a vector belongs: a passage of a statement."""

    statement: str
    passage: int  # among those of its statement
    article: str
    utterance: str
    day: date | None
    most: int = MOST  # of its likest that are judged


def packed(vectors: Floats) -> bytes:
    """Give the vectors of one statement's passages as they are kept: int8, one behind the other."""
    return np.round(vectors * SCALE).astype(np.int8).tobytes()


def unpacked(kept: Sequence[bytes], width: int) -> Floats:
    """Give (passages, width) of all the passages of these statements, in order."""
    whole = np.frombuffer(b"".join(kept), dtype=np.int8).reshape(-1, width)
    return whole.astype(np.float32) / SCALE


def candidates(
    new: tuple[Sequence[Place], Floats], known: tuple[Sequence[Place], Floats]
) -> Iterator[tuple[Place, Place, float]]:
    """Give pairs of a new passage and a known or earlier new one, with their cosine; each pair once."""
    places = [*known[0], *new[0]]
    whole = np.rint(np.concatenate([known[1], new[1]]) * SCALE)  # as kept: their sums have no order
    articles = _numbers(p.article for p in places)
    days = _numbers(p.day or p.article for p in places)  # without a day: of one article's day
    utterances = _numbers(p.utterance for p in places)
    first = len(known[0])
    for start in range(first, len(places), AT_ONCE):
        rows = np.arange(start, min(start + AT_ONCE, len(places)))
        alike = _cosines(whole[rows], whole[: rows[-1] + 1])
        alike[np.arange(len(rows))[:, None] + start <= np.arange(alike.shape[1])[None, :]] = 0  # itself and later ones
        alike[
            (articles[rows, None] == articles[None, : alike.shape[1]])
            & (days[rows, None] == days[None, : alike.shape[1]])
        ] = 0
        alike[utterances[rows, None] == utterances[None, : alike.shape[1]]] = 0
        yield from _likest(alike, start, places)


def _cosines(a: Floats, b: Floats) -> Floats:
    return np.asarray(a @ b.T / SCALE**2, dtype=np.float32)


def _likest(alike: Floats, start: int, places: Sequence[Place]) -> Iterator[tuple[Place, Place, float]]:
    for i, row in enumerate(alike):
        over = np.flatnonzero(row >= ALIKE)
        most = places[start + i].most
        if len(over) > most:
            over = over[np.argsort(-row[over], kind="stable")[:most]]
        for j in over.tolist():
            yield places[start + i], places[j], float(row[j])


def _numbers(values: Iterable[object]) -> npt.NDArray[np.int64]:
    seen: dict[object, int] = {}
    return np.array([seen.setdefault(value, len(seen)) for value in values], dtype=np.int64)
