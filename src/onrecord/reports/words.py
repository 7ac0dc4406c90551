"""Whether two statements of one speaker report the same act of speaking.

    words in common ──▶ days (can it be the same one?) ──▶ words in their order ──▶ identical, trimmed, changed or None

Spoken words (direct, mixed) are compared as a transcript: a long run in common is one act of speaking, whatever each
outlet cut away around it. A figure or a "not" that differs beside a long run is a wording that must be shown, and that
takes both to be one utterance; beside a short run they are two claims.
Reported words (indirect on either side) are the reporter's own, so their content words are compared: all of one report
must stand in the other, in order, with the same figures and negation. "Will" and "will not" are never one.

In one speech somebody says "we gained two seats in the north" and later "we gained three seats in the south": so
within one article only identical and trimmed words are one act.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import Match, SequenceMatcher
from itertools import compress, pairwise, starmap
from typing import Literal

from onrecord.reports import folding
from onrecord.reports.folding import Folded, Words
from onrecord.types import Kind

Tie = Literal["identical", "trimmed", "changed"]
Days = Literal["copy", "same", "near", "far", "other"]
Range = tuple[date, date]

DAY = timedelta(days=1)  # news of a day is printed on it or on the next
NEAR = timedelta(days=3)  # a story runs on about so long; after that the same few words are a slogan, said anew
WEEK = timedelta(days=7)  # a wider range ("in 2014") does not tell on which day it was said

LEAST: dict[Days, tuple[int, int]] = {  # words, and content words, that both must share, by how near the days are
    "copy": (1, 1),  # in copies of one article: the same words stand in the same place
    "same": (4, 2),
    "near": (8, 4),  # also the run that makes two longer statements one
    "far": (10, 5),  # or unknown: what comes back at rallies is shorter
}
PIECE = 2  # words of a run that is no chance, where a quotation was cut inside
CUT = 5  # words that one report may leave out inside a run
COST = 0.1  # of changes, to each word in common
FUNCTION_COST, WEIGHTY_COST = 0.5, 2.0  # of a stretch without content words; of a figure or a negation more
INSIDE = 0.8  # share of the words that stand in both, where some were changed or left out inside
# content words of equal claims, of a trimmed one, and its share of the fuller one's
CLAIM: dict[Days, tuple[int, int, float]] = {
    "copy": (1, 2, 0.3),
    "same": (3, 4, 0.5),
    "near": (4, 4, 0.5),
}
PLAIN = 2  # words of a trimmed claim that are no names: a name alone claims nothing
LONG_CLAIM = 6  # content words among which one more does not make another claim


@dataclass(frozen=True, slots=True)
class Reported:
    """One report of what a speaker said: its words and what is known of its day."""

    text: str  # the content's pieces, joined with a space
    kind: Kind
    first_day: date | None = None  # of speaking, where known
    last_day: date | None = None
    published: date | None = None
    article: str | None = None  # its id, where known
    folded: Folded = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Fold the text, once for all comparisons."""
        object.__setattr__(self, "folded", folding.folded(self.text))

    @property
    def aloud(self) -> Sequence[bool]:
        """Tell for each word whether it is the speaker's own: of mixed speech those in quotation marks."""
        return self.folded.quoted if self.kind == "mixed" else [True] * len(self.folded.words)

    def own(self, first: int, end: int) -> Words:
        """Give those of a stretch of words that are the speaker's own."""
        return tuple(compress(self.folded.words[first:end], self.aloud[first:end]))


def same_words(a: Reported, b: Reported, *, copied: bool = False) -> bool:
    """Tell whether two statements of one speaker report the same act of speaking; the same both ways round."""
    return tie(a, b, copied=copied) is not None


def tie(a: Reported, b: Reported, *, copied: bool = False) -> Tie | None:
    """Give how two reports of one act of speaking relate; None where they report two, or too little to tell.

    `copied`: their articles are copies of one, so they are of one day, and a few equal words are enough.
    """
    shared = len(a.folded.content & b.folded.content)
    if shared < LEAST["copy" if copied else "same"][1]:
        return None
    days: Days = "copy" if copied else _days(a, b)
    if days == "other" or shared < LEAST[days][1]:
        return None
    short, long = sorted((a, b), key=lambda r: (len(r.folded.words), r.folded.words))
    found = (_claimed if "indirect" in (a.kind, b.kind) else _spoken)(short, long, days)
    return None if found == "changed" and a.article and a.article == b.article else found


def _days(a: Reported, b: Reported) -> Days:
    """Give how near the days of speaking can be; where one is unknown, the day of printing stands in for it."""
    said, other = _said(a), _said(b)
    if said and other and _apart(said, other):
        return "other"
    if any(s and r.published and r.published < s[0] for s, r in ((said, b), (other, a))):
        return "other"  # nothing is printed before it is said
    one, two = _day(a, said), _day(b, other)
    if one is None or two is None:
        return "far"
    apart = _apart(one, two)
    return "same" if apart <= DAY else "near" if apart <= NEAR else "far"


def _said(report: Reported) -> Range | None:
    return (report.first_day, report.last_day) if report.first_day and report.last_day else None


def _day(report: Reported, said: Range | None) -> Range | None:
    if said and said[1] - said[0] <= WEEK:
        return said
    return (report.published, report.published) if report.published else None


def _apart(one: Range, two: Range) -> timedelta:
    return max(one[0] - two[1], two[0] - one[1], timedelta(0))


def _spoken(short: Reported, long: Reported, days: Days) -> Tie | None:
    """Compare as transcripts: equal, one cut out of the other, a long run in common, or a few words changed."""
    mine = short.folded.words
    if mine == long.folded.words:
        return "identical" if _enough(mine, days) else None
    runs = _runs(mine, long.folded.words)
    common = tuple(word for run in runs for word in mine[run.a : run.a + run.size])
    if not _enough(common, days):
        return None
    changes = list(_changes(short, long, runs))
    turned = any((lost and found) or any(map(folding.weighty, lost + found)) for lost, found in changes)
    if len(common) == len(mine) and not turned:
        return "trimmed"
    if any(_enough(words, "far" if days == "far" else "near") for words in _stretches(short, long, runs)):
        return "changed" if turned else "trimmed"
    few = sum(starmap(_cost, changes)) <= COST * len(common) and len(common) >= INSIDE * len(mine)
    return "changed" if few and days != "far" else None


def _runs(mine: Words, other: Words) -> Sequence[Match]:
    """Give the runs of words in common, in order, without those that chance may have made."""
    blocks = SequenceMatcher(None, mine, other, autojunk=False).get_matching_blocks()
    return [block for block in blocks if block.size >= PIECE]


def _changes(short: Reported, long: Reported, runs: Sequence[Match]) -> Iterator[tuple[Words, Words]]:
    """Give the words of both that stand between two runs, or in each other's place before or behind them."""
    mine, other = short.folded.words, long.folded.words
    first, last = runs[0], runs[-1]
    for p, q in pairwise(runs):
        yield mine[p.a + p.size : q.a], other[p.b + p.size : q.b]
    yield from _instead(short.own(0, first.a), long.own(0, first.b))
    yield from _instead(short.own(last.a + last.size, len(mine)), long.own(last.b + last.size, len(other)))


def _instead(lost: Words, found: Words) -> Iterator[tuple[Words, Words]]:
    if lost and found:
        yield lost, found


def _stretches(short: Reported, long: Reported, runs: Sequence[Match]) -> Iterator[Words]:
    """Give the words in quotation marks that both share without a break; a small cut in one of them is none."""
    here, there = short.aloud, long.aloud
    words: Words = ()
    for last, run in zip((*runs[:1], *runs), runs, strict=False):  # before the first run nothing was cut
        cuts = run.a - last.a - last.size, run.b - last.b - last.size
        if min(cuts) > 0 or max(cuts) > CUT:
            yield words
            words = ()
        words += tuple(short.folded.words[run.a + i] for i in range(run.size) if here[run.a + i] and there[run.b + i])
    yield words


def _enough(words: Words, days: Days) -> bool:
    least, least_content = LEAST[days]
    return len(words) >= least and len(folding.content(words)) >= least_content


def _cost(mine: Words, other: Words) -> float:
    """Give the weight of a stretch that reads otherwise: function words little, figures and negation much."""
    lost, found = frozenset(mine) - frozenset(other), frozenset(other) - frozenset(mine)
    weighty = any(folding.weighty(word) for word in lost | found)
    changed = max(len(folding.content(tuple(side))) for side in (lost, found))
    return max(FUNCTION_COST, changed if mine and other else min(changed, 1)) + WEIGHTY_COST * weighty


def _claimed(short: Reported, long: Reported, days: Days) -> Tie | None:
    """Compare by content words, figures and negation, in their order: equal, or all of the one in the other."""
    one, other = sorted((short.folded.claim, long.folded.claim), key=lambda claim: (len(claim), claim))
    if days == "far":
        return None
    equal, least, share = CLAIM[days]
    if len(one) < equal:
        return None
    if one == other:
        return "identical" if short.folded.words == long.folded.words else "changed"
    at = next((i for i in range(len(other) - len(one) + 1) if other[i : i + len(one)] == one), None)
    if at is not None:
        turned = folding.NOT in other[:at]  # "he did not believe that", cut away
        names = short.folded.names | long.folded.names
        named = days != "copy" and sum(word not in names for word in one) < PLAIN
        return "trimmed" if not turned and not named and len(one) >= max(least, share * len(other)) else None
    rest = iter(other)
    inside = len(one) >= max(LONG_CLAIM, INSIDE * len(other)) and all(word in rest for word in one)
    return "changed" if inside and not any(folding.weighty(w) for w in frozenset(other) - frozenset(one)) else None
