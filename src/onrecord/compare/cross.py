"""The judge that ships: a cross-encoder that reads both positions at once.

    pair ──pieces──▶ network ──▶ seven labels, three coarse ones, a mark for each piece
                                  └─both ways round, averaged──▶ label, clash, evidence, why

Pairs that are clearly of one mind, or of two matters, are read one way round only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from onrecord.compare.evidence import Marked, evidence
from onrecord.compare.judge import CLASHING, Pair, mirrored
from onrecord.compare.why import why
from onrecord.types import LABELS, Comparison

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

AT_ONCE = 32  # pairs in one call
CLEAR = 0.10  # a lower share of clash, one way round, is not looked at the other way
COARSE = ("inconsistent", "consistent", "unrelated")


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


class CrossEncoder:
    """Judges pairs with the weights of a folder."""

    def __init__(self, model: Model) -> None:
        self._model, self._network = model, model.network("judge")
        self._pieces = int(model.settings["pieces"])
        self._clash = _Calibration(**model.settings.get("clash", {}))
        self.name = f"onrecord judge {model.digest}"

    def judge(self, pairs: Sequence[Pair]) -> list[Comparison]:
        """Give an answer for each pair, in order."""
        read = {p.text: self._read(p.text) for pair in pairs for p in pair}
        there = self._run([(read[a.text], read[b.text]) for a, b in pairs])
        again = [i for i, one in enumerate(there) if self._clash.of(one) >= CLEAR or one.label_share < 0.5]
        back = self._run([(read[pairs[i][1].text], read[pairs[i][0].text]) for i in again])
        for i, other in zip(again, back, strict=True):
            there[i] = there[i].with_mirror(other)
        return [self._answer(pair, read, one) for pair, one in zip(pairs, there, strict=True)]

    def _read(self, text: str) -> _Read:
        ids, starts, ends = self._model.encode(text)
        return _Read(ids[: self._pieces], starts[: self._pieces], ends[: self._pieces])

    def _run(self, pairs: Sequence[tuple[_Read, _Read]]) -> list["_Seen"]:
        """Run the network over pairs, those of like length together."""
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0].ids) + len(pairs[i][1].ids))
        found: dict[int, _Seen] = {}
        for start in range(0, len(order), AT_ONCE):
            some = order[start : start + AT_ONCE]
            found |= dict(zip(some, self._batch([pairs[i] for i in some]), strict=True))
        return [found[i] for i in range(len(pairs))]

    def _batch(self, pairs: Sequence[tuple[_Read, _Read]]) -> Iterator["_Seen"]:
        cls, sep = self._model.settings["cls"], self._model.settings["sep"]
        rows = [[cls, *a.ids, sep, *b.ids, sep] for a, b in pairs]
        most = max(map(len, rows))
        ids = np.zeros((len(rows), most), dtype=np.int64)
        attend, sides = np.zeros_like(ids), np.ones_like(ids)
        for i, ((a, _), row) in enumerate(zip(pairs, rows, strict=True)):
            ids[i, : len(row)], attend[i, : len(row)], sides[i, : len(a.ids) + 2] = row, 1, 0
        labels, coarse, marks = self._network(ids=ids, sides=sides, attend=attend)
        for i, (a, b) in enumerate(pairs):
            n, m = len(a.ids), len(b.ids)
            yield _Seen(_shares(labels[i]), _shares(coarse[i]), marks[i, 1 : n + 1], marks[i, n + 2 : n + 2 + m])

    def _answer(self, pair: Pair, read: dict[str, _Read], seen: "_Seen") -> Comparison:
        earlier, later = (
            evidence(Marked(p.text, r.starts, r.ends, marks))
            for p, r, marks in zip(pair, (read[p.text] for p in pair), (seen.earlier, seen.later), strict=True)
        )
        label = LABELS[int(np.argmax(seen.labels))]
        return Comparison(
            label=label,
            clash=self._clash.of(seen),
            probabilities=tuple(float(p) for p in seen.labels),
            earlier=earlier,
            later=later,
            why=why(label, pair, earlier, later),
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the network says of a pair: shares of LABELS and COARSE, and the pieces' marks (log-odds) of each side."""

    labels: Floats
    coarse: Floats
    earlier: Floats
    later: Floats

    @property
    def label_share(self) -> float:
        """Give the share of the likeliest label."""
        return float(self.labels.max())

    def with_mirror(self, other: "_Seen") -> "_Seen":
        """Give the mean of this and of the same pair read the other way round."""
        return _Seen(
            (self.labels + np.array(mirrored(list(other.labels)))) / 2,
            (self.coarse + other.coarse) / 2,
            (self.earlier + other.later) / 2,
            (self.later + other.earlier) / 2,
        )


@dataclass(frozen=True, slots=True)
class _Calibration:
    """Shares -> the probability of a clash (Platt scaling over two of their log-odds)."""

    bias: float = 0.0
    labels: float = 1.0
    coarse: float = 0.0

    def of(self, seen: _Seen) -> float:
        clashing = sum(float(seen.labels[LABELS.index(label)]) for label in CLASHING)
        odds = self.bias + self.labels * _logit(clashing) + self.coarse * _logit(float(seen.coarse[0]))
        return float(1 / (1 + np.exp(-odds)))


def _shares(log: npt.NDArray[Any]) -> Floats:
    e = np.exp(log.astype(np.float64) - log.max())
    return np.asarray(e / e.sum(), dtype=np.float64)


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return float(np.log(p / (1 - p)))


class SentenceEncoder:
    """Turns sentences into unit vectors with the weights of a folder."""

    def __init__(self, model: Model) -> None:
        self._model, self._network = model, model.network("encoder")
        self._pieces, self.width = int(model.settings["pieces"]), int(model.settings["width"])

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Give (texts, width), those of like length in one call."""
        cls, sep = self._model.settings["cls"], self._model.settings["sep"]
        rows = [[cls, *self._model.encode(t)[0][: self._pieces], sep] for t in texts]
        out = np.zeros((len(rows), self.width), dtype=np.float32)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        for start in range(0, len(order), AT_ONCE):
            some = order[start : start + AT_ONCE]
            ids = np.zeros((len(some), max(len(rows[i]) for i in some)), dtype=np.int64)
            for k, i in enumerate(some):
                ids[k, : len(rows[i])] = rows[i]
            out[some] = self._network(ids=ids, attend=(ids > 0).astype(np.int64))[0]
        return out
