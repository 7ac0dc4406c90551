"""Pairs that differ -> reversals, as an editor sees them: grouped, ranked, with what people said of them."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, cast

from onrecord.compare.grouping import groups, there_and_back, those_beside
from onrecord.compare.issue import issue
from onrecord.compare.judge import CHANGED, CLASHING
from onrecord.compare.ranking import UNLEARNED, Ranking
from onrecord.types import Entry, Judgement, Label, Reversal, Side, Span, Verdict

if TYPE_CHECKING:
    from onrecord.store import KeptPair, Store

LISTED = 0.5  # least clash of what is listed unless more is asked for
JOINS = 0.2  # least clash of a pair that joins a group which is listed for another of its pairs
DIRECT = 0.1  # of clash: so much surer must a pair be that a reporter put into his own words, for each side
SAME_PLACE = 0.5  # Jaccard index of two stretches that are one statement in two readings

SIDES = ("earlier", "later")


@dataclass(frozen=True, slots=True)
class WantedReversals:
    """Which reversals are asked for."""

    about: str | None = None  # words of either side
    since: date | None = None  # of the later side
    until: date | None = None
    act: str | None = None  # of either side
    labels: tuple[Label, ...] = ()  # none: those that clash
    least: float = LISTED  # of clash, where no labels are asked for
    limit: int | None = 50
    offset: int = 0

    @property
    def joins(self) -> float:
        """Give the least clash of a pair that joins a group."""
        return 0.0 if self.labels else min(self.least, JOINS)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A kept pair as the grouping sees it."""

    kept: "KeptPair"
    clash: float  # as editors' verdicts taught

    @property
    def kind(self) -> tuple[str, str]:
        label = self.kept.label
        return self.kept.speaker, "clash" if label in CLASHING else label

    @property
    def earlier(self) -> str:
        return self.kept.earlier

    @property
    def later(self) -> str:
        return self.kept.later

    @property
    def articles(self) -> tuple[str, str]:
        return self.kept.articles

    @property
    def changed(self) -> bool:
        return self.kept.label in CHANGED

    @property
    def texts(self) -> tuple[str, str]:
        return self.kept.texts


class Reversals:
    """The reversals of a store."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        judgements = store.judgements()
        self._ranking = next(
            (Ranking.from_value(j.value) for j in reversed(judgements) if j.change == "ranking" and not j.undone),
            UNLEARNED,
        )
        self._verdicts = [j for j in judgements if j.change == "verdict" and not j.undone]
        self._places = store.judged_places() if self._verdicts else {}

    def found(self, wanted: WantedReversals, speakers: tuple[str, ...] | None = None) -> list[Reversal]:
        """Give the reversals that are asked for, the likeliest first."""
        grouped = self._groups(wanted, speakers)
        back = there_and_back(grouped)
        end = None if wanted.limit is None else wanted.offset + wanted.limit
        shown = range(len(grouped))[wanted.offset : end]
        return self._made([grouped[i] for i in shown], [[grouped[j][0] for j in back.get(i, ())] for i in shown])

    def count(self, new: Mapping[str, Iterable[str]]) -> int:
        """Give how many reversals to look at have a new statement of a speaker, by its id, in each of their pairs."""
        wanted, statements = WantedReversals(), set(chain.from_iterable(new.values()))
        pairs = self._pairs(wanted, tuple(new))
        brought = [p for p in pairs if _has(p, statements)]
        beside = _listed(groups(those_beside(brought, pairs)), wanted)
        return sum(all(_has(p, statements) for p in group) for group in beside)

    def _groups(self, wanted: WantedReversals, speakers: tuple[str, ...] | None) -> list[list[_Pair]]:
        return _listed(groups(self._pairs(wanted, speakers)), wanted)

    def _pairs(self, wanted: WantedReversals, speakers: tuple[str, ...] | None) -> list[_Pair]:
        from onrecord.store import WantedPairs

        least = self._ranking.least(wanted.joins)
        asked = WantedPairs(speakers, least, wanted.labels, wanted.since, wanted.until, wanted.act)
        kept = self._store.pairs(asked)
        pairs = [_Pair(k, self._ranking.of(k.clash)) for k in kept]
        pairs = [p for p in pairs if p.clash >= wanted.joins]
        pairs.sort(key=lambda p: (-p.clash, p.kept.id))
        if wanted.about:
            about = self._store.ids_about(wanted.about)
            pairs = [p for p in pairs if p.earlier in about or p.later in about]
        return pairs

    def group_of(self, key: str) -> list[Reversal]:
        """Give the reversals whose pairs have an id that begins so, whatever their label and clash."""
        pairs = [_Pair(k, self._ranking.of(k.clash)) for k in self._store.pairs_near(key)]
        pairs.sort(key=lambda p: (-p.clash, p.kept.id))
        meant = [group for group in groups(pairs) if any(p.kept.id.startswith(key) for p in group)]
        return self._made(meant, [[] for _ in meant])

    def judged(self) -> list[tuple[float, Verdict]]:
        """Give the clash as the judge gave it and the verdict of each pair that an editor judged."""
        from onrecord.store import WantedPairs

        if not self._verdicts:
            return []
        judged = {article for sides in self._places.values() for article, _ in sides.values()}
        kept = [k for k in self._store.pairs(WantedPairs()) if judged.issuperset(k.articles)]
        entries = self._entries(_Pair(k, 0) for k in kept)
        found = []
        for k in kept:
            judgement = self._verdict([_Pair(k, 0)], entries)
            if judgement:
                found.append((k.clash, cast(Verdict, judgement.value)))
        return found

    # --- parts ---

    def _made(self, found: Sequence[Sequence[_Pair]], back: Sequence[Sequence[_Pair]]) -> list[Reversal]:
        entries = self._entries(p for group in found for p in group)
        return [self._reversal(group, entries, ends) for group, ends in zip(found, back, strict=True)]

    def _entries(self, pairs: Iterable[_Pair]) -> dict[str, Entry]:
        return self._store.entries_by_id(sorted({key for p in pairs for key in (p.earlier, p.later)}))

    def _reversal(self, group: Sequence[_Pair], entries: dict[str, Entry], back: Sequence[_Pair]) -> Reversal:
        lead = _lead(group)
        pair, days = lead.kept.pair, lead.kept.days
        sides = [
            Side(
                entries[getattr(pair, side)],
                pair.words[i],
                pair.evidence[i],
                tuple(sorted({getattr(p, side) for p in group} - {getattr(pair, side)})),
            )
            for i, side in enumerate(SIDES)
        ]
        judgement = self._verdict(group, entries)
        speaker = sides[1].entry.statement.speaker or sides[0].entry.statement.speaker
        if speaker is None:  # pairs are of one speaker: see store.comparing
            raise AssertionError(pair.id)
        return Reversal(
            id=pair.id,
            speaker=replace(speaker, confidence=min(_confidence(side.entry) for side in sides)),
            issue=issue(sides[0].position, sides[1].position),
            label=pair.label,
            clash=round(group[0].clash, 4),
            days=(days[1] - days[0]).days if days[0] and days[1] else None,
            earlier=sides[0],
            later=sides[1],
            why=pair.why,
            notes=tuple(_notes(sides, back)),
            judgement=cast("Verdict | None", judgement and judgement.value),
            judged_by=judgement.by if judgement else None,
        )

    def _verdict(self, group: Sequence[_Pair], entries: dict[str, Entry]) -> Judgement | None:
        """Give the latest verdict on a pair of the group, or on one that stood where it stands."""
        ids = {p.kept.id for p in group}
        for judgement in reversed(self._verdicts):
            places = self._places.get(judgement.id)
            if places and (judgement.target in ids or any(_stands(p, places, entries) for p in group)):
                return judgement
        return None


def _listed(grouped: list[list[_Pair]], wanted: WantedReversals) -> list[list[_Pair]]:
    """Give the groups that are listed: with labels asked for, all; else those that clash enough, led by a change."""
    return grouped if wanted.labels else [g for g in grouped if g[0].clash >= wanted.least and _lead(g).changed]


def _has(pair: _Pair, statements: Set[str]) -> bool:
    return pair.earlier in statements or pair.later in statements


def _lead(group: Sequence[_Pair]) -> _Pair:
    """Give the pair that shows best what its group is: words quoted directly show it better."""
    return max(group, key=lambda p: (p.changed, p.clash + DIRECT * p.kept.direct))


def _stands(pair: _Pair, places: dict[str, tuple[str, Span]], entries: dict[str, Entry]) -> bool:
    for side in SIDES:
        article, place = places[side]
        entry = entries[getattr(pair, side)]
        if entry.article.id != article or place.jaccard(entry.statement.quotation.extent) < SAME_PLACE:
            return False
    return True


def _confidence(entry: Entry) -> float:
    return entry.statement.speaker.confidence if entry.statement.speaker else 0.0


def _notes(sides: Sequence[Side], back: Sequence[_Pair]) -> Iterable[str]:
    """Give what an editor should know before he believes it."""
    for name, side in zip(SIDES, sides, strict=True):
        statement = side.entry.statement
        if statement.speaker and statement.speaker.unsure:
            yield f"it is unsure who speaks in the {name} statement"
        if statement.parent:
            yield f"the {name} statement is told by somebody else who is quoted"
        if statement.said is None:
            yield f"the {name} statement is dated by the day of printing"
    for pair in back:
        yield f"and back again: see {pair.kept.id}"
