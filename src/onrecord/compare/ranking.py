"""What editors' verdicts teach: the judge's clash moved and stretched to what they confirm, for all labels alike.

Logistic regression of the verdict on the judge's log-odds, drawn towards leaving them as they are: a few verdicts move
little. The same verdicts give the same ranking, in whatever order they came.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.types import Verdict

PRIOR = 4.0  # how many verdicts it takes to move as far as those say
LEAST = 5  # verdicts that anything is learned from
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
        return 1 / (1 + math.exp(-(self.stretch * _logit(clash) + self.shift)))

    def to_value(self) -> str:
        """Give it as a judgement keeps it."""
        return json.dumps({"stretch": self.stretch, "shift": self.shift, "verdicts": self.verdicts})

    @staticmethod
    def from_value(value: str | None) -> "Ranking":
        """Give what a judgement keeps."""
        return Ranking(**json.loads(value)) if value else UNLEARNED


UNLEARNED = Ranking()


def learn(judged: Sequence[tuple[float, Verdict]]) -> Ranking:
    """Give the ranking that verdicts teach; the unlearned one where they are too few. "unsure" teaches nothing."""
    told = sorted((_logit(clash), verdict == "confirmed") for clash, verdict in judged if verdict != "unsure")
    if len(told) < LEAST:
        return UNLEARNED
    x = np.array([[odds, 1.0] for odds, _ in told])
    y = np.array([float(confirmed) for _, confirmed in told])
    start = w = np.array([1.0, 0.0])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + PRIOR * (w - start)
        curve = (x * (p * (1 - p))[:, None]).T @ x + PRIOR * np.eye(2)
        step = np.linalg.solve(curve, slope)
        w = w - step
        if np.abs(step).max() < 1e-9:
            break
    return Ranking(round(max(float(w[0]), 0.05), 6), round(float(w[1]), 6), len(told))


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))
