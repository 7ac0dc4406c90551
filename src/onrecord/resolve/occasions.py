"""On which day something was said: every date around a quotation is weighed against the others, and against no date.

The rules of `dating` answer first. A small trained network then looks at each date: where it stands to the cue, what
words are around it. A second one looks once more, knowing what the first thought of the other quotations: words of one
speaker, and those of one passage, mostly belong to one occasion. The share of its softmax is the confidence.
"""

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.resolve import dating
from onrecord.resolve.dating import age, goes_on, of_header, of_occasion, of_speech, said_value, told
from onrecord.resolve.layout import paragraphs, sentence_at
from onrecord.resolve.ranking import Nets
from onrecord.senses import Floats, Ints, Network, shares
from onrecord.text import index_of
from onrecord.types import Article, Quotation, Said, Span, Timex

NEAREST = 12  # dates weighed for one quotation


def resolve(
    article: Article,
    quotations: Sequence[Quotation],
    timexes: Sequence[Timex],
    names: Sequence[str | None],
    ruled: Sequence[Said | None],
    nets: Nets,
) -> tuple[Said | None, ...]:
    """Give the day of each quotation, None where no date is likely enough to be it.

    `names` are the speakers', `ruled` what the rules found: what is exact among it stays.
    """
    exact = dating.exact(article, quotations, ruled)
    found: list[Said | None] = [s if sure else None for s, sure in zip(ruled, exact, strict=True)]
    dater = Dater(article, quotations, timexes, names, ruled)
    if not (dater.days and quotations):
        return tuple(found)
    seen = [dater.features(i) for i in range(len(quotations))]
    first = _looked(nets.day, seen)
    more = dater.again(first)
    second = _looked(nets.day_again, [np.concatenate(x, axis=1) for x in zip(seen, more, strict=True)])
    for i, of_all in enumerate(second):
        best = int(of_all[:-1].argmax())
        if found[i] is None and of_all[best] >= nets.day_share:
            day = dater.days[dater.near[i][best]]
            found[i] = Said(day.value, dater.span_of(i, day))
    return tuple(found)


def _looked(network: Network, features: Sequence[Floats]) -> list[Floats]:
    """Run a network over all quotations at once: (days + 1,) shares for each."""
    scores = network(features=np.concatenate(features))[0]
    ends = np.cumsum([len(x) for x in features])[:-1]
    return [shares(x) for x in np.split(scores, ends)]


@dataclass(slots=True)
class Day:
    """One date that the article gives, and every place where it does."""

    value: str
    timexes: list[Timex] = field(default_factory=list)


class Dater:
    """Weighs the dates of one article; `names` are the speakers' names, `ruled` what the rules found."""

    def __init__(
        self,
        article: Article,
        quotations: Sequence[Quotation],
        timexes: Sequence[Timex],
        names: Sequence[str | None],
        ruled: Sequence[Said | None],
    ) -> None:
        self.article, self.quotations, self.names, self.ruled = article, quotations, names, ruled
        self.paras = paragraphs(article.text) or (Span(0, len(article.text)),)
        self.days: list[Day] = []
        known: dict[str, Day] = {}
        for t in timexes:
            value = said_value(t, article.published)
            if value is None or of_header(article.text, t.span):
                continue
            if value not in known:
                known[value] = Day(value)
                self.days.append(known[value])
            known[value].timexes.append(t)
        self._places = sorted((t.span.start, k) for k, d in enumerate(self.days) for t in d.timexes)
        self._about = {t.span: self._standing(t) for d in self.days for t in d.timexes}
        self._most = [
            [float(max(x)) for x in zip(*(self._about[t.span] for t in d.timexes), strict=True)] for d in self.days
        ]
        self.near = [self._nearest(i) for i in range(len(quotations))]  # indices of the days weighed for each

    def _nearest(self, i: int) -> list[int]:
        """Give the days that stand nearest to a quotation, the one that the rules found among them."""
        at = _at(self.quotations[i])
        middle = bisect_right(self._places, (at, len(self.days)))
        around = self._places[max(0, middle - 2 * NEAREST) : middle + 2 * NEAREST]
        order = dict.fromkeys(k for _, k in sorted(around, key=lambda p: abs(p[0] - at)))
        ruled = self.ruled[i]
        own = [k for k, d in enumerate(self.days) if ruled is not None and d.value == ruled.value]
        return sorted(dict.fromkeys([*own, *order][:NEAREST]))

    def features(self, i: int) -> Floats:
        """Give (days + 1, FEATURES): what speaks for each day near a quotation, and last for none."""
        q, ruled = self.quotations[i], self.ruled[i]
        own = self._own(q, ruled)
        rows = [[*own, *self._features(q, self.days[k], ruled), *self._most[k]] for k in self.near[i]]
        return np.array([*rows, [*own, 1.0, *[0.0] * (WIDTH - 1)]], dtype=np.float32)

    def again(self, first: Sequence[Floats]) -> list[Floats]:
        """Give (days + 1, AGAIN) for each quotation: what the first look made of the day here and elsewhere."""
        dense = np.zeros((len(first), len(self.days) + 1), dtype=np.float32)
        where = [np.array([*near, len(self.days)]) for near in self.near]
        for i, (at, of_all) in enumerate(zip(where, first, strict=True)):
            dense[i, at] = of_all
        order: Ints = np.argsort([q.extent.start for q in self.quotations], kind="stable")
        rank = np.argsort(order)
        own = _others(dense, self.names)
        every = (dense.sum(axis=0) - dense) / max(1, len(first) - 1)
        here = _others(dense, [index_of(self.paras, q.extent.start) for q in self.quotations])
        ordered = np.concatenate([np.zeros_like(dense[:1]), dense[order], np.zeros_like(dense[:1])])
        before, after = ordered[rank], ordered[rank + 2]
        mine, anyone = (self._beside(dense, order, keys) for keys in (self.names, [""] * len(first)))
        layers = (dense, *own, *here, before, after, every, *mine, *anyone)
        return [np.stack([x[i, at] for x in layers], axis=1) for i, at in enumerate(where)]

    def _beside(self, dense: Floats, order: Ints, keys: Sequence[str | None]) -> tuple[Floats, Floats]:
        """Give the day found last before and next after for the same key: 1 in its paragraph, less further on."""
        best = dense.argmax(axis=1)
        likely = np.where(best < len(self.days), best, -1)
        paras = [index_of(self.paras, q.extent.start) for q in self.quotations]
        sides = (np.zeros_like(dense), np.zeros_like(dense))
        for side, way in zip(sides, (order, order[::-1]), strict=True):
            last: dict[str | None, int] = {}
            for i in way:
                j = last.get(keys[i])
                if j is not None:
                    side[i, likely[j]] = 1 / (1 + abs(paras[i] - paras[j]))
                if likely[i] >= 0 and keys[i] is not None:
                    last[keys[i]] = int(i)
        return sides

    def span_of(self, i: int, day: Day) -> Span:
        """Give the words that say the day: those nearest to the quotation's cue."""
        at = _at(self.quotations[i])
        return min((t.span for t in day.timexes), key=lambda s: (s.start > at, abs(s.start - at)))

    def _own(self, q: Quotation, ruled: Said | None) -> list[float]:
        text = self.article.text
        cue = q.cue[0].of(text).lower() if q.cue else ""
        return [
            *(float(q.kind == k) for k in ("direct", "indirect", "mixed")),
            float(bool(q.cue)),
            float(bool(q.source)),
            *(float(p.search(cue) is not None) for p in TENSES),
            float(goes_on(text, q)),
            float(ruled is None),
            float(not self.days),
        ]

    def _standing(self, t: Timex) -> list[float]:
        """Say what sort of date it is and what words are around it, whatever the quotation."""
        text, value = self.article.text, t.value
        sentence = sentence_at(text, self.paras, t.span.start)
        before = text[max(sentence.start, t.span.start - 16) : t.span.start].lower()
        days = age(said_value(t, None) or value, self.article.published)
        return [
            float(len(value) >= 10 and value[4:6] != "-W"),
            float("-W" in value),
            float(len(value) == 7 and "W" not in value),
            float(len(value) == 4),
            float(days is not None and days == 0),
            float(days is not None and days == 1),
            float(days is not None and 1 < days < 7),
            float(days is not None and 7 <= days < 32),
            float(days is not None and days >= 32),
            *(float(p.search(before) is not None) for p in LEADS),
            float(text[t.span.end : t.span.end + 2] in ("'s", "’s")),
            float(of_speech(text, t.span, sentence)),
            float(of_occasion(text, t.span, sentence)),
            float(told(text, self.paras, t)),
            float(any(c.holds(t.span) for q in self.quotations for c in q.content)),
            float(any(c.holds(t.span) for q in self.quotations for c in q.cue)),
            float(index_of(self.paras, t.span.start) < 3),
        ]

    def _features(self, q: Quotation, day: Day, ruled: Said | None) -> list[float]:
        text, at = self.article.text, _at(q)
        here = index_of(self.paras, at)
        near = min(day.timexes, key=lambda t: (_cost(t.span, at), t.span.start))
        gap = here - index_of(self.paras, near.span.start)
        sentence = sentence_at(text, self.paras, at)
        same = sentence.overlaps(near.span)
        between = text[min(near.span.end, at) : max(near.span.start, at)] if same else ""
        return [
            0.0,
            float(ruled is not None and ruled.value == day.value),
            float(any(c.overlaps(near.span) for c in q.content)),
            float(any(c.holds(near.span) for c in q.cue)),
            float(same),
            float(same and near.span.start > at),
            min(len(between), 200) / 100 if same else 2.0,
            float(same and _CLAUSE.search(between) is not None),
            float(gap == 0),
            float(gap == 1),
            float(gap < 0),
            1 / (1 + abs(gap)),
            math.log1p(abs(near.span.start - at)) / 8,
            math.log1p(len(day.timexes)),
            float(len(self.days) == 1),
            1 / (1 + abs(bisect_right(self._places, (at, 0)) - bisect_right(self._places, (near.span.start, 0)))),
            *self._about[near.span],
        ]


_CLAUSE = re.compile(r"[;:]|\b(?:who|which|that|when|where|while|whose|after|before)\b")


def _others(dense: Floats, keys: Sequence[object]) -> tuple[Floats, Floats]:
    """Give the mean and the highest share over the other quotations of the same key (speaker, paragraph)."""
    groups: dict[object, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        groups[key].append(i)
    mean, most = np.zeros_like(dense), np.zeros_like(dense)
    for key, members in groups.items():
        if key is None or len(members) < 2:
            continue
        block = dense[members]
        top = np.partition(block, -2, axis=0)[-2:]
        mean[members] = (block.sum(axis=0) - block) / (len(members) - 1)
        most[members] = np.where(block == top[1], top[0], top[1])
    return mean, most


TENSES = tuple(
    re.compile(p)
    for p in (
        r"^(?:\w+ly |also |then )?(?:said|told|asked|wrote|called|\w+ed)\b",
        r"^(?:ha[sd]|have)\b",
        r"^(?:says?|tells?|is|are|writes?|argues?|believes?|thinks?|wants?|\w+s)$",
        r"ing\b",
        r"\b(?:said|told)\b",
        r"\b(?:tweet|wrote|post)",
        r"\b(?:want|support|oppos|believ|think|feel|hope|fear|endors|back)",
    )
)
LEADS = tuple(
    re.compile(rf"\b(?:{p})\s(?:the\s|a\s|an\s)?$")
    for p in (
        "on",
        "in",
        "at|during",
        "since|from|after|following",
        "until|till|by|before|through|to",
        "for|of|than|and|between",
    )
)
WIDTH = 16 + 2 * (9 + len(LEADS) + 7)


def _at(q: Quotation) -> int:
    return (q.cue or q.source or q.content)[0].start


def _cost(span: Span, at: int) -> int:
    return abs(span.start - at) + (400 if span.start > at + 200 else 0)
