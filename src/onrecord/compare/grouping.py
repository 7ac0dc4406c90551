"""Pairs -> reversals: those that are the same change of mind become one, with all that was said on either side.

Two pairs are one change of mind where they share a statement on the same side, or stand in the same two articles.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar


class Ends(Protocol):
    """A pair with its two statements, and the articles that they stand in."""

    @property
    def kind(self) -> Hashable:
        """Give what only pairs of one group share: the speaker and what changed."""
        ...

    @property
    def earlier(self) -> str:
        """Give the id of the earlier statement."""
        ...

    @property
    def later(self) -> str:
        """Give the id of the later statement."""
        ...

    @property
    def articles(self) -> tuple[str, str]:
        """Give the ids of the articles of both."""
        ...


T = TypeVar("T", bound=Ends)


def groups(pairs: Sequence[T]) -> list[list[T]]:
    """Give the pairs in groups; the first of each group is the one that came first in `pairs`, so are the groups."""
    leader = list(range(len(pairs)))

    def first_of(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for same in _same(pairs):
        for i in same[1:]:
            a, b = sorted((first_of(same[0]), first_of(i)))
            leader[b] = a
    found: dict[int, list[T]] = defaultdict(list)
    for i, pair in enumerate(pairs):
        found[first_of(i)].append(pair)
    return list(found.values())


def there_and_back(found: Sequence[Sequence[Ends]]) -> dict[int, list[int]]:
    """Give, for groups by their places, those that lead back: what ends the one begins the other."""
    begins = defaultdict[str, list[int]](list)
    for i, group in enumerate(found):
        for key in {pair.earlier for pair in group}:
            begins[key].append(i)
    back = {
        i: sorted({j for pair in group for j in begins.get(pair.later, ()) if j != i}) for i, group in enumerate(found)
    }
    return {i: ends for i, ends in back.items() if ends}


def _same(pairs: Sequence[Ends]) -> Iterator[list[int]]:
    keys: tuple[Callable[[Ends], Hashable], ...] = (
        lambda p: (p.kind, p.earlier),
        lambda p: (p.kind, p.later, "later"),
        lambda p: (p.kind, p.articles),
    )
    for key in keys:
        yield from _by(pairs, key)


def _by(pairs: Iterable[Ends], key: Callable[[Ends], Hashable]) -> Iterator[list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for i, pair in enumerate(pairs):
        found[key(pair)].append(i)
    yield from found.values()
