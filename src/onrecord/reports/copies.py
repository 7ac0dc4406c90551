"""Articles that are one text at bottom: wire copies, light edits, updates of a running story.

    text ──sketch──▶ bands (who could be a copy?) ──similarity──▶ overlap of the texts ──is_copy──▶ yes or no

A sketch is MinHash (Broder 1997) over runs of words, kept in records for years: so it is written out here in whole
numbers alone. rensa rebuilt its signatures in 0.5, datasketch draws its constants from numpy's generator and brings
scipy; neither promises that a signature made today means the same to a later version.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from onrecord.errors import BrokenInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RUN = 4  # words in a shingle
BANDS, ROWS = 60, 2  # two articles of Jaccard s share a band with probability 1 - (1 - s^2)^60
VERSION = 1  # of the sketch; another one is never compared with it

COPY = 0.4  # Jaccard from which two texts are copies: one in eight words reworded throughout
HELD = 0.65  # share of the shorter text found in the longer, from which it is a trimmed copy
FEWEST = 30  # runs that edited or trimmed copies share at least; shorter texts (alerts) are copies where
SHORT_COPY, FEWEST_SHORT = 0.6, 5  # they differ by little more than an agency's slug, in at least so many runs

_WORD = re.compile(r"[^\W_]+")
_SLOTS = BANDS * ROWS


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two texts share, in runs of words: of both together, of the first, of the second (0 to 1)."""

    jaccard: float
    of_a: float
    of_b: float
    shared: int  # distinct runs in both


@dataclass(frozen=True, slots=True)
class Sketch:
    """The MinHash of a text: its smallest hashes under so many permutations, 32 bits each."""

    slots: tuple[int, ...]  # empty for a text without words

    @property
    def bands(self) -> tuple[int, ...]:
        """Give the keys (signed, 64 bits) of which copies share at least one."""
        return tuple(_band(i, self.slots[i * ROWS : (i + 1) * ROWS]) for i in range(len(self.slots) // ROWS))

    def to_bytes(self) -> bytes:
        """Give the sketch in 1 + 480 bytes: its version, then the hashes, big-endian."""
        return bytes([VERSION]) + b"".join(slot.to_bytes(4, "big") for slot in self.slots)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Sketch":
        """Give back what to_bytes gave; raises BrokenInput for anything else."""
        if not data or data[0] != VERSION or len(data) not in (1, 1 + 4 * _SLOTS):
            raise BrokenInput("A kept sketch is damaged or of another version. Make it anew from its article.")
        return cls(tuple(int.from_bytes(data[i : i + 4], "big") for i in range(1, len(data), 4)))


def sketch(text: str) -> Sketch:
    """Give the sketch of a text; the same on each machine, in each version."""
    import numpy as np

    runs = _runs(text)
    if not len(runs):
        return Sketch(())
    multipliers, offsets = _permutations()
    hashed = (runs[None, :] * multipliers[:, None] + offsets[:, None]) >> np.uint64(32)
    return Sketch(tuple(hashed.min(axis=1).tolist()))


def similarity(a: Sketch, b: Sketch) -> float:
    """Give the estimated Jaccard index of two texts' runs of words (standard error up to 0.05)."""
    if not a.slots or not b.slots:
        return 0.0
    return sum(x == y for x, y in zip(a.slots, b.slots, strict=True)) / _SLOTS


def overlap(a: str, b: str) -> Overlap:
    """Give exactly how much two texts share, in runs of words."""
    import numpy as np

    one, other = _runs(a), _runs(b)
    shared = len(np.intersect1d(one, other, assume_unique=True))
    union = len(one) + len(other) - shared
    return Overlap(shared / max(union, 1), shared / max(len(one), 1), shared / max(len(other), 1), shared)


def is_copy(a: str, b: str) -> bool:
    """Tell whether two articles are one text at bottom, edited or trimmed."""
    found = overlap(a, b)
    if found.shared < FEWEST:
        return found.jaccard >= SHORT_COPY and found.shared >= FEWEST_SHORT
    return found.jaccard >= COPY or max(found.of_a, found.of_b) >= HELD


@lru_cache(maxsize=16)  # an article is sketched, then compared with each of its candidates
def _runs(text: str) -> "NDArray[np.uint64]":
    """Give a hash for each distinct run of words, in order; a text shorter than a run is one."""
    import numpy as np

    words = np.fromiter(map(_hash, _WORD.findall(text.casefold())), dtype=np.uint64)
    if not len(words):
        return words
    width = min(RUN, len(words))
    total = np.zeros(len(words) - width + 1, dtype=np.uint64)
    for i in range(width):
        total = _mixed(total + words[i : len(words) - width + 1 + i])
    total.sort()
    distinct: NDArray[np.uint64] = total[np.append(True, total[1:] != total[:-1])]  # np.unique would load numpy.ma
    return distinct


@lru_cache(maxsize=65536)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _mixed(values: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """Give the values scattered over 64 bits (the finisher of splitmix64, Steele et al. 2014)."""
    import numpy as np

    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = values ^ (values >> np.uint64(31))
    return mixed


@lru_cache(maxsize=1)
def _permutations() -> "tuple[NDArray[np.uint64], NDArray[np.uint64]]":
    """Give an odd multiplier and an offset for each slot (multiply-shift, Dietzfelbinger et al. 1997)."""
    import numpy as np

    drawn = list(_draws(2 * _SLOTS))
    return np.array([d | 1 for d in drawn[:_SLOTS]], np.uint64), np.array(drawn[_SLOTS:], np.uint64)


def _draws(count: int) -> Iterator[int]:
    for i in range(count):
        yield int.from_bytes(blake2b(f"onrecord sketch {i}".encode(), digest_size=8).digest(), "big")


def _band(index: int, rows: tuple[int, ...]) -> int:
    data = b"".join(row.to_bytes(4, "big") for row in (index, *rows))
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)
