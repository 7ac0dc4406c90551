"""Values in groups that fit into one question to a database."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")

MANY = 500


def batches(values: Sequence[T]) -> Iterable[Sequence[T]]:
    """Give values in groups of MANY at most."""
    return (values[i : i + MANY] for i in range(0, len(values), MANY))
