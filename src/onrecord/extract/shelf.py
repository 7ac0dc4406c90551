"""Quotations by their place in the text, so that each meets its neighbours alone however long the text is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from onrecord.types import Quotation, Span

WIDTH = 1_000  # characters a bin


class Shelf:
    """Holds quotations; gives those that come near given spans."""

    def __init__(self, quotations: Iterable[Quotation] = ()) -> None:
        self._bins: dict[int, list[Quotation]] = defaultdict(list)
        for q in quotations:
            self.add(q)

    def add(self, q: Quotation) -> None:
        """Put a quotation where its content stands."""
        for b in _bins(q.content):
            self._bins[b].append(q)

    def near(self, spans: Sequence[Span]) -> list[Quotation]:
        """Give each quotation once whose content may share a character with the spans."""
        found = {id(q): q for b in _bins(spans) for q in self._bins.get(b, ())}
        return list(found.values())


def _bins(spans: Sequence[Span]) -> Iterator[int]:
    return iter({b for s in spans for b in range(s.start // WIDTH, s.end // WIDTH + 1)})
