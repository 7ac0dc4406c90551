"""Pairs -> reversals: those that are the same change of mind become one, with all that was said on either side.

Two pairs are one change of mind where they share a statement on one side, and on the other side stand in one article or
say much the same; or where they stand in the same two articles on both. So one stray pair joins nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
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

_SHARED: tuple[Callable[[Ends], Hashable], ...] = (  # what pairs of one change of mind have in common, one of these
    lambda pair: (pair.kind, pair.articles),
    lambda pair: (pair.kind, pair.earlier),
    lambda pair: (pair.kind, pair.later),
)


def groups(pairs: Sequence[T]) -> list[list[T]]:
    """Give the pairs in groups; the first of each group is the one that came first in `pairs`, so are the groups."""
    leader = list(range(len(pairs)))

    def first_of(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for i, j, side in _beside(pairs):
        a, b = sorted((first_of(i), first_of(j)))
        if a != b and (side is None or _alike(pairs[i], pairs[j], side)):
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


def those_beside(some: Sequence[T], pairs: Sequence[T]) -> list[T]:
    """Give those of the pairs that may be one change of mind with some of them, and these, in their order."""
    shared = [(key, {key(pair) for pair in some}) for key in _SHARED]
    return [pair for pair in pairs if any(key(pair) in there for key, there in shared)]


def _beside(pairs: Sequence[Ends]) -> Iterator[tuple[int, int, int | None]]:
    """Give pairs of pairs, by their places, that may be one change of mind, and the side that tells; None: they are."""
    articles, earlier, later = _SHARED
    for same in _by(pairs, articles):
        yield from ((same[0], i, None) for i in same[1:])
    for side, key in ((1, earlier), (0, later)):
        for same in _by(pairs, key):
            yield from ((i, j, side) for n, j in enumerate(same) for i in same[:n])


def _alike(a: Ends, b: Ends, side: int) -> bool:
    """Tell whether on this side two pairs stand in one article or say much the same."""
    if a.articles[side] == b.articles[side]:
        return True
    one, other = stems(a.texts[side]), stems(b.texts[side])
    return len(one & other) >= ALIKE * max(1, min(len(one), len(other)))


def _by(pairs: Iterable[Ends], key: Callable[[Ends], Hashable]) -> Iterator[list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for i, pair in enumerate(pairs):
        found[key(pair)].append(i)
    yield from (same for same in found.values() if len(same) > 1)
