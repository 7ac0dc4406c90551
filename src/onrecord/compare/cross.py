"""The judge that ships: a cross-encoder that reads both positions at once.

    pair ──pieces──▶ network ──▶ seven labels, three coarse ones, a mark for each piece
                                  └─both ways round, averaged──▶ label, clash, evidence, why

Pairs that are clearly of one mind, or of two matters, are read one way round only. Each pair goes through the network
alone, several at once on several cores: so what is said of it does not depend on its company (the int8 network scales
what it sees by the largest number of a batch), nothing is padded, and it is no slower.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from onrecord.compare.evidence import Marked, evidence
from onrecord.compare.judge import CHANGED, CLASHING, Pair, mirrored
from onrecord.compare.why import why
from onrecord.types import LABELS, Comparison, Label

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CLEAR = 0.2  # with a lower clash, one way round, and nothing changed, it is not looked at the other way
COARSE = ("inconsistent", "consistent", "unrelated")

T = TypeVar("T")
R = TypeVar("R")


class Model(Protocol):
    """Weights with their tokenizer: what `onrecord.inference.load` gives."""

    @property
    def settings(self) -> dict[str, Any]:
        """Give the sizes and the calibration that go with the weights."""
        ...

    @property
    def digest(self) -> str:
        """Tell which weights they are."""
        ...

    def encode(self, text: str) -> tuple[Ints, Ints, Ints]:
        """Give (ids, starts, ends) of the word pieces of a text."""
        ...

    def network(self, name: str) -> Any:  # noqa: ANN401 # arrays in, list of arrays out
        """Load the network of this name."""
        ...


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as pieces."""

    ids: Ints
    starts: Ints
    ends: Ints


class Cores:
    """Calls a function on one thing after another, on several cores at once."""

    def __init__(self, threads: int = 0) -> None:
        """Take the number of threads; 0: one for each core."""
        self._threads = threads or os.cpu_count() or 1

    def each(self, function: Callable[[T], R], things: Iterable[T]) -> list[R]:
        """Give what the function gives, in order."""
        things = list(things)
        one = self._threads == 1 or len(things) < 2
        return list(map(function, things) if one else self._pool.map(function, things))

    @cached_property
    def _pool(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(self._threads)


class CrossEncoder:
    """Judges pairs with the weights of a folder."""

    def __init__(self, model: Model, threads: int = 0) -> None:
        """Take weights whose networks use one thread each, and how many to run at once; 0: one for each core."""
        self._model, self._network, self._cores = model, model.network("judge"), Cores(threads)
        self._pieces = int(model.settings["pieces"])
        self._clash = _Calibration(**model.settings.get("clash", {}))
        self.name = f"onrecord judge {model.digest}"

    def judge(self, pairs: Sequence[Pair]) -> list[Comparison]:
        """Give an answer for each pair, in order."""
        read = self._texts(pairs)
        return self._cores.each(lambda pair: self._answer(pair, read, self._both_ways(pair, read)), pairs)

    def seen(self, pairs: Sequence[Pair]) -> list["Shares"]:
        """Give what the network says of each pair, before it is calibrated."""
        read = self._texts(pairs)
        return self._cores.each(lambda pair: self._both_ways(pair, read), pairs)

    def _texts(self, pairs: Sequence[Pair]) -> dict[str, "_Read"]:
        texts = {p.text for pair in pairs for p in pair}
        return dict(zip(texts, self._cores.each(self._read, texts), strict=True))

    def _read(self, text: str) -> _Read:
        ids, starts, ends = self._model.encode(text)
        return _Read(ids[: self._pieces], starts[: self._pieces], ends[: self._pieces])

    def _both_ways(self, pair: Pair, read: dict[str, _Read]) -> "Shares":
        a, b = (read[p.text] for p in pair)
        there = self._run(a, b)
        again = self._clash.of(there) >= CLEAR or label_of(there.labels) in CHANGED
        return there.with_mirror(self._run(b, a)) if again else there

    def _run(self, a: _Read, b: _Read) -> "Shares":
        cls, sep = self._model.settings["cls"], self._model.settings["sep"]
        n, m = len(a.ids), len(b.ids)
        ids = np.array([[cls, *a.ids, sep, *b.ids, sep]], dtype=np.int64)
        sides = np.array([[0] * (n + 2) + [1] * (m + 1)], dtype=np.int64)
        labels, coarse, marks = (found[0] for found in self._network(ids=ids, sides=sides, attend=np.ones_like(ids)))
        return Shares(_shares(labels), _shares(coarse), marks[1 : n + 1], marks[n + 2 : n + 2 + m])

    def _answer(self, pair: Pair, read: dict[str, _Read], seen: "Shares") -> Comparison:
        earlier, later = (
            evidence(Marked(p.text, r.starts, r.ends, marks))
            for p, r, marks in zip(pair, (read[p.text] for p in pair), (seen.earlier, seen.later), strict=True)
        )
        label = label_of(seen.labels)
        return Comparison(
            label=label,
            clash=self._clash.of(seen),
            probabilities=tuple(float(p) for p in seen.labels),
            earlier=earlier,
            later=later,
            why=why(label, pair, earlier, later),
        )


@dataclass(frozen=True, slots=True)
class Shares:
    """What the network says of a pair: shares of LABELS and COARSE, and the pieces' marks (log-odds) of each side."""

    labels: Floats
    coarse: Floats
    earlier: Floats
    later: Floats

    def with_mirror(self, other: "Shares") -> "Shares":
        """Give the mean of this and of the same pair read the other way round."""
        return Shares(
            (self.labels + np.array(mirrored(list(other.labels)))) / 2,
            (self.coarse + other.coarse) / 2,
            (self.earlier + other.later) / 2,
            (self.later + other.earlier) / 2,
        )


@dataclass(frozen=True, slots=True)
class _Calibration:
    """The share of the clashing labels -> the probability of a clash (Platt scaling)."""

    bias: float = 0.0
    labels: float = 1.0

    def of(self, seen: Shares) -> float:
        clashing = sum(float(seen.labels[LABELS.index(label)]) for label in CLASHING)
        odds = self.bias + self.labels * _logit(clashing)
        return float(1 / (1 + np.exp(-odds)))


def label_of(shares: Floats) -> Label:
    """Give the likeliest label of what is likeliest: a change of any kind, the same position, or another matter."""
    changed = [LABELS.index(label) for label in CHANGED]
    if shares[changed].sum() < shares.max(initial=0, where=~np.isin(np.arange(len(shares)), changed)):
        changed = [i for i in range(len(shares)) if i not in changed]
    return LABELS[max(changed, key=lambda i: float(shares[i]))]


def _shares(log: npt.NDArray[Any]) -> Floats:
    e = np.exp(log.astype(np.float64) - log.max())
    return np.asarray(e / e.sum(), dtype=np.float64)


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return float(np.log(p / (1 - p)))


class SentenceEncoder:
    """Turns sentences into unit vectors with the weights of a folder."""

    def __init__(self, model: Model, threads: int = 0) -> None:
        """Take weights and threads as the cross-encoder does."""
        self._model, self._network, self._cores = model, model.network("encoder"), Cores(threads)
        self._pieces, self.width = int(model.settings["pieces"]), int(model.settings["width"])

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Give (texts, width)."""
        found = self._cores.each(self._vector, texts)
        return np.stack(found) if found else np.zeros((0, self.width), dtype=np.float32)

    def _vector(self, text: str) -> npt.NDArray[np.float32]:
        cls, sep = self._model.settings["cls"], self._model.settings["sep"]
        ids = np.array([[cls, *self._model.encode(text)[0][: self._pieces], sep]], dtype=np.int64)
        return np.asarray(self._network(ids=ids, attend=np.ones_like(ids))[0][0], dtype=np.float32)
