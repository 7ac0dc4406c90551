"""What a judge is, and how its answers are read: the seam behind which every judge sits."""

from collections.abc import Sequence
from typing import Protocol

from onrecord.types import LABELS, Comparison, Label, Position

Pair = tuple[Position, Position]  # the earlier one first

CLASHING: tuple[Label, ...] = ("reversal", "number_changed")  # the labels of two that cannot both stand
CHANGED: tuple[Label, ...] = ("reversal", "softened", "hardened", "conditional_change", "number_changed")
MIRRORED: dict[Label, Label] = {"softened": "hardened", "hardened": "softened"}  # seen from the other end


class Judge(Protocol):
    """Says what a later position does to an earlier one."""

    name: str  # of the model, with its digest where it has one: kept with every answer

    def judge(self, pairs: Sequence[Pair]) -> list[Comparison]:
        """Give an answer for each pair, in order; raises ModelError where there is none to be had."""
        ...


def mirrored(probabilities: Sequence[float]) -> tuple[float, ...]:
    """Give the probabilities of LABELS for a pair whose ends are exchanged."""
    return tuple(probabilities[LABELS.index(MIRRORED.get(label, label))] for label in LABELS)
