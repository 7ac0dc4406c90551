"""What editors' verdicts teach: the judge's clash moved and stretched to what they confirm, for all labels alike.

Logistic regression of the verdict on the judge's log-odds, drawn towards leaving them as they are: a few verdicts move
little. The same verdicts give the same ranking, in whatever order they came.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.types import Verdict

Floats = npt.NDArray[np.float64]

PRIOR = 4.0  # how many verdicts it takes to move as far as those say
LEAST = 5  # verdicts that anything is learned from
FLATTEST = 0.05  # stretch: the judge's order stays, whatever editors say
EDGE = 1e-4  # of probabilities: nearer to 0 and 1 is the same
ROUNDED = 1e-6  # more than the error of `of` and back
STEPS = 50  # of Newton's method: it ends long before


@dataclass(frozen=True, slots=True)
class Ranking:
    """log-odds of a clash = stretch * those of the judge + shift."""

    stretch: float = 1.0
    shift: float = 0.0
    verdicts: int = 0  # that it was learned from

    def of(self, clash: float) -> float:
        """Give the probability that an editor confirms it."""
        if not self.verdicts:
            return clash
        return moved(clash, self.shift, self.stretch)

    def least(self, confirmed: float) -> float:
        """Give a clash below which an editor is less likely to confirm: what `of` then decides is little."""
        if not self.verdicts:
            return confirmed
        odds = (_logit(confirmed) - self.shift) / self.stretch
        clash = 1 / (1 + math.exp(-min(max(odds, -20.0), 20.0)))
        return 0.0 if clash <= EDGE else min(clash, 1 - EDGE) - ROUNDED

    def to_value(self) -> str:
        """Give it as a judgement keeps it."""
        return json.dumps({"stretch": self.stretch, "shift": self.shift, "verdicts": self.verdicts})

    @staticmethod
    def from_value(value: str | None) -> "Ranking":
        """Give what a judgement keeps."""
        return Ranking(**json.loads(value)) if value else UNLEARNED


UNLEARNED = Ranking()


def moved(clash: float, shift: float, stretch: float = 1.0) -> float:
    """Give the probability whose log-odds are those of `clash`, stretched and moved."""
    return 1 / (1 + math.exp(-(stretch * _logit(clash) + shift)))


def learn(judged: Sequence[tuple[float, Verdict]]) -> Ranking:
    """Give the ranking that verdicts teach; the unlearned one where they are too few. "unsure" teaches nothing."""
    told = sorted((_logit(clash), verdict == "confirmed") for clash, verdict in judged if verdict != "unsure")
    if len(told) < LEAST:
        return UNLEARNED
    odds, confirmed = np.array(told, dtype=np.float64).T
    beside = np.stack([odds, np.ones_like(odds)], axis=1)
    more, shift = _fitted(odds, beside, confirmed)
    if 1 + more < FLATTEST:
        more, shift = FLATTEST - 1, _fitted(FLATTEST * odds, beside[:, 1:], confirmed)[0]
    return Ranking(round(float(1 + more), 6), round(float(shift), 6), len(told))


def _fitted(odds: Floats, x: Floats, y: Floats) -> Floats:
    """Give the weights of x, (verdicts, weights), that beside the odds say best what is true (Newton's method)."""

    def loss(w: Floats) -> float:
        z = odds + x @ w
        return float(np.logaddexp(0, z).sum() - y @ z + PRIOR / 2 * w @ w)

    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = np.exp(-np.logaddexp(0, -(odds + x @ w)))
        curve = (x * (p * (1 - p))[:, None]).T @ x + PRIOR * np.eye(len(w))
        step = np.linalg.solve(curve, x.T @ (p - y) + PRIOR * w)
        while loss(w - step) > loss(w):  # too far
            step = step / 2
        w = w - step
        if np.abs(step).max() < 1e-9:
            break
    return w


def _logit(p: float) -> float:
    p = min(max(p, EDGE), 1 - EDGE)
    return math.log(p / (1 - p))
