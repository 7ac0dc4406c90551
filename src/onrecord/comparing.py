"""What waits in a record is compared, speaker by speaker: statements -> passages -> candidates -> pairs that differ.

Each transaction holds a few of one speaker's statements; killed at any point and run again, the pairs are the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from onrecord import days
from onrecord.compare import candidates as near
from onrecord.compare.candidates import Encoder, Place
from onrecord.compare.judge import CHANGED, Judge
from onrecord.compare.passages import Passage, passages
from onrecord.compare.ranking import moved
from onrecord.compare.revising import revises
from onrecord.types import Comparison, Position, Reversal, Side, Span

if TYPE_CHECKING:
    from onrecord.store import Compared, Due, Known, Pair, Store

AT_ONCE = 256  # statements of a speaker in one transaction
LEANING = 0.1  # of clash: so much surer must a passage be that leans on the one before it
USUAL = 0.6  # cosine that changes nothing: half of those which the judge takes for a change in PolNeAR have more
NEARER = 10.0  # log-odds of a clash that a cosine higher by one adds: the judge alone takes other matters for changes
REVISED = 1.0  # and that words of a change in the later one add: of changes read 13 in 100 have such, of others 3
LEAST = 0.2  # of clash: what is less likely, and changed nothing else, is not kept


class _Spot(NamedTuple):
    """A passage in its article."""

    text: str
    passage: Passage
    day: date | None
    statement: str

    @property
    def position(self) -> Position:
        return Position(self.passage.reading(self.text), self.day)

    @property
    def content(self) -> str:
        return self.passage.content(self.text)


@dataclass
class Comparing:
    """Compares what waits in a store."""

    store: "Store"
    encoder: Encoder
    judge: Judge
    _read: dict[str, tuple[str, dict[str, tuple[Passage, ...]]]] = field(default_factory=dict)  # articles, by id

    def run(self, stop: Callable[[], bool] = bool) -> Iterator[int]:
        """Compare what waits; give from time to time how many more statements are done."""
        self.store.settle()
        for speaker in self.store.waiting_statements():
            self._read.clear()
            while not stop():
                found = self._some(speaker)
                if found is None:
                    break
                if self.store.put_compared(found):
                    yield len(found.done)

    def _some(self, speaker: str) -> "Compared | None":
        """Compare some of a speaker's statements; None where none waits."""
        from onrecord.store import Compared

        due, known = self.store.due(speaker, AT_ONCE)
        if not due:
            return None
        self._take([d.article for d in due])
        places = [place for d in due for place in self._places(d)]
        texts = [self._spot(place).content for place in places]
        vectors = self.encoder.vectors(texts) if texts else np.zeros((0, self.encoder.width), dtype=np.float32)
        found = list(near.candidates((places, vectors), self._known(known))) if places else []
        return Compared(
            speaker=speaker,
            seen=len(known),
            done=tuple(due),
            vectors=_by_statement(places, vectors),
            pairs=tuple(self._pairs(found)),
        )

    def _places(self, due: "Due") -> Iterator[Place]:
        text, found = self._read[due.article]
        for i, passage in enumerate(found.get(due.id, ())):
            most = near.MOST_REVISING if revises(passage.reading(text)) else near.MOST
            yield Place(due.id, i, due.article, due.id, due.day, most)

    def _take(self, articles: Sequence[str]) -> None:
        """Read the passages of articles that were not read yet."""
        missing = sorted({key for key in articles if key not in self._read})
        for key, (article, statements) in self.store.whole(missing).items():
            self._read[key] = article.text, passages(article, statements)

    def _known(self, known: Sequence["Known"]) -> tuple[list[Place], near.Floats]:
        width = self.encoder.width
        places = [Place(k.id, i, k.article, k.id, k.day) for k in known for i in range(len(k.vectors) // width)]
        return places, near.unpacked([k.vectors for k in known], width)

    def _pairs(self, found: Sequence[tuple[Place, Place, float]]) -> Iterator["Pair"]:
        """Judge candidates; give, of two statements, the passages that clash most, if they differ."""
        self._take([place.article for a, b, _ in found for place in (a, b)])
        spots = [(one, two, cosine) for a, b, cosine in found if (one := self._maybe(a)) and (two := self._maybe(b))]
        ordered = [(a, b) if _order(a) <= _order(b) else (b, a) for a, b, _ in spots]
        judged = self.judge.judge([(a.position, b.position) for a, b in ordered]) if ordered else []
        answers = [
            _among_neighbours(answer, cosine, revised=revises(later.position.text))
            for answer, (*_, cosine), (_, later) in zip(judged, spots, ordered, strict=True)
        ]
        best: dict[frozenset[str], tuple[Comparison, _Spot, _Spot]] = {}
        for (a, b), answer in zip(ordered, answers, strict=True):
            key = frozenset((a.statement, b.statement))
            if answer.label in CHANGED or answer.clash >= LEAST:
                best[key] = max(best.get(key, (answer, a, b)), (answer, a, b), key=_worth)
        for answer, a, b in best.values():
            yield _pair(answer, a, b, self.judge.name)

    def _maybe(self, place: Place) -> _Spot | None:
        """Give a passage; None where its article is read in another way than when its vector was made."""
        there = self._read.get(place.article)
        return self._spot(place) if there and place.passage < len(there[1].get(place.statement, ())) else None

    def _spot(self, place: Place) -> _Spot:
        text, found = self._read[place.article]
        return _Spot(text, found[place.statement][place.passage], place.day, place.statement)


def _order(spot: _Spot) -> tuple[date, str]:
    return spot.day or date.max, spot.statement


def _among_neighbours(answer: Comparison, cosine: float, *, revised: bool) -> Comparison:
    """Give an answer on two that likeness brought together: the nearer they lie, the surer they are on one issue.

    And the surer it is a change, where the later one is told as one.
    """
    if answer.label not in CHANGED:
        return answer
    return replace(answer, clash=moved(answer.clash, NEARER * (cosine - USUAL) + REVISED * revised))


def _worth(one: tuple[Comparison, _Spot, _Spot]) -> float:
    """Give how well a pair of passages shows the clash: words that stand alone show it better."""
    answer, a, b = one
    return answer.clash - LEANING * ((a.passage.before is not None) + (b.passage.before is not None))


def _by_statement(places: Sequence[Place], vectors: near.Floats) -> dict[str, bytes]:
    rows: dict[str, list[int]] = {}
    for i, place in enumerate(places):
        rows.setdefault(place.statement, []).append(i)
    return {key: near.packed(vectors[mine]) for key, mine in rows.items()}


def _pair(answer: Comparison, a: _Spot, b: _Spot, judge: str) -> "Pair":
    from onrecord.store import Pair

    return Pair(
        earlier=a.statement,
        later=b.statement,
        label=answer.label,
        clash=round(answer.clash, 4),
        probabilities=answer.probabilities,
        words=(a.passage.words, b.passage.words),
        evidence=(_evidence(a.passage, answer.earlier), _evidence(b.passage, answer.later)),
        why=answer.why,
        judge=judge,
    )


def _evidence(passage: Passage, found: Sequence[Span]) -> tuple[Span, ...]:
    """Give the clashing words in the article's text; the whole passage where they stand before it."""
    return tuple(span for one in found if (span := passage.to_article(one))) or passage.words


def asked_again(store: "Store", found: Sequence[Reversal], judge: Judge) -> list[Reversal]:
    """Give reversals as another judge sees their likeliest pairs, those most likely to clash first."""
    whole = store.whole(sorted({side.entry.article.id for r in found for side in (r.earlier, r.later)}))
    read = {key: (article.text, passages(article, inside)) for key, (article, inside) in whole.items()}
    spots = [tuple(_spot_of(side, read) for side in (r.earlier, r.later)) for r in found]
    answers = judge.judge([(a.position, b.position) for a, b in spots])
    seen = [_as_seen(r, a, b, answer) for r, (a, b), answer in zip(found, spots, answers, strict=True)]
    return sorted(seen, key=lambda r: -r.clash)


def _spot_of(side: Side, read: dict[str, tuple[str, dict[str, tuple[Passage, ...]]]]) -> _Spot:
    statement = side.entry.statement
    text, found = read[side.entry.article.id]
    whole = Span(side.words[0].start, side.words[-1].end)
    passage = next((p for p in found.get(statement.id, ()) if p.words == side.words), Passage(side.words, whole, None))
    day = days.span_of(statement.said.value) if statement.said else None
    return _Spot(text, passage, day[0] if day else side.entry.article.published, statement.id)


def _as_seen(found: Reversal, a: _Spot, b: _Spot, answer: Comparison) -> Reversal:
    return replace(
        found,
        label=answer.label,
        clash=round(answer.clash, 4),
        why=answer.why,
        earlier=_marked(found.earlier, a.passage, answer.earlier),
        later=_marked(found.later, b.passage, answer.later),
    )


def _marked(side: Side, passage: Passage, spans: Sequence[Span]) -> Side:
    return replace(side, evidence=_evidence(passage, spans)) if spans else side
