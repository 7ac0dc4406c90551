"""Pairs -> reversals: those that are the same change of mind become one, with all that was said on either side.

Two pairs are one change of mind where they share a statement on one side, and on the other side stand in one article or
say much the same; or where they stand in the same two articles on both. So one stray pair joins nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from typing import Protocol, TypeVar

from onrecord.compare.issue import stems

ALIKE = 0.5  # share of the shorter one's words that two statements have in common which say much the same


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

    @property
    def texts(self) -> tuple[str, str]:
        """Give the words of both."""
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

    for i, j in _alike(pairs):
        a, b = sorted((first_of(i), first_of(j)))
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


def _alike(pairs: Sequence[Ends]) -> Iterator[tuple[int, int]]:
    """Give pairs of pairs, by their places, that are one change of mind."""

    @cache
    def words(i: int, side: int) -> set[str]:
        return stems(pairs[i].texts[side])

    for side, key in ((1, lambda p: (p.kind, p.earlier)), (0, lambda p: (p.kind, p.later))):
        for same in _by(pairs, key):
            for n, j in enumerate(same):
                for i in same[:n]:
                    if pairs[i].articles[side] == pairs[j].articles[side] or _much(words(i, side), words(j, side)):
                        yield i, j
    for same in _by(pairs, lambda p: (p.kind, p.articles)):
        yield from ((same[0], i) for i in same[1:])


def _much(a: set[str], b: set[str]) -> bool:
    return len(a & b) >= ALIKE * max(1, min(len(a), len(b)))


def _by(pairs: Iterable[Ends], key: Callable[[Ends], Hashable]) -> Iterator[list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for i, pair in enumerate(pairs):
        found[key(pair)].append(i)
    yield from (same for same in found.values() if len(same) > 1)
