"""How likely a pair found in a record really clashes, given what the judge says and what the pair looks like.

A judge is asked about two statements that may clash; in a record nearly no pair does. Logistic regression over its
log-odds and a few plain signs, fitted on pairs of real statements that were read (see the model's card).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.compare.issue import stems
from onrecord.compare.passages import LEANS
from onrecord.types import Comparison

FEATURES = ("bias", "clash", "cosine", "shared", "words", "leaning")


@dataclass(frozen=True, slots=True)
class Seen:
    """A pair as it was found: the speaker's words on both sides, and how alike their vectors are."""

    earlier: str
    later: str
    cosine: float


class Prior:
    """Weighs what a judge says of pairs that nobody picked by hand."""

    def __init__(self, weights: Mapping[str, float] | None = None) -> None:
        """Take weights by FEATURES; none: the judge is believed."""
        self._weights = weights or {}

    def of(self, seen: Seen, answer: Comparison) -> float:
        """Give the probability that the two cannot both stand."""
        if not self._weights:
            return answer.clash
        odds = sum(self._weights[name] * value for name, value in zip(FEATURES, features(seen, answer), strict=True))
        return 1 / (1 + math.exp(-odds))


def features(seen: Seen, answer: Comparison) -> tuple[float, ...]:
    """Give the numbers that FEATURES names."""
    a, b = stems(seen.earlier), stems(seen.later)
    p = min(max(answer.clash, 1e-4), 1 - 1e-4)
    return (
        1.0,
        math.log(p / (1 - p)),
        seen.cosine,
        len(a & b) / max(1, min(len(a), len(b))),
        math.log(max(1, min(len(seen.earlier.split()), len(seen.later.split())))),
        float(bool(LEANS.match(seen.earlier)) + bool(LEANS.match(seen.later))),
    )
