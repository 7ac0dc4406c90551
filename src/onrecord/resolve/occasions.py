"""On which day something was said: every date of the article is weighed against the quotation, and against no date.

The rules of `dating` answer first; a small trained network then looks at each date in turn: where it stands to the cue,
what words are around it, what was found for the quotations before. The share of its softmax is the confidence.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.resolve.dating import age, goes_on, of_header, of_occasion, of_speech, said_value, told
from onrecord.resolve.layout import paragraphs, sentence_at
from onrecord.resolve.ranking import Nets
from onrecord.senses import Floats, shares
from onrecord.text import index_of
from onrecord.types import Article, Quotation, Said, Span, Timex


def resolve(
    article: Article,
    quotations: Sequence[Quotation],
    timexes: Sequence[Timex],
    names: Sequence[str | None],
    ruled: Sequence[Said | None],
    nets: Nets,
) -> tuple[Said | None, ...]:
    """Give the day of each quotation, None where no date is likely enough to be it.

    `names` are the speakers', `ruled` what the rules found. Read in the order of the text: a speaker's next words often
    go on from the same occasion.
    """
    paras = paragraphs(article.text)
    found: list[Said | None] = [None] * len(quotations)
    if not paras:
        return tuple(found)
    dater = Dater(article, paras, quotations, timexes, names)
    for i in sorted(range(len(quotations)), key=lambda i: quotations[i].extent.start):
        if not dater.days:
            break
        of_all = shares(nets.day(features=dater.features(i, ruled[i]))[0])
        best = int(of_all[:-1].argmax())
        if of_all[best] >= nets.day_share:
            day = dater.days[best]
            found[i] = Said(day.value, dater.span_of(i, day))
            dater.note(i, day.value)
    return tuple(found)


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
        paras: Sequence[Span],
        quotations: Sequence[Quotation],
        timexes: Sequence[Timex],
        names: Sequence[str | None],
    ) -> None:
        self.article, self.paras, self.quotations, self.names = article, paras, quotations, names
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
        self._about = {t.span: self._standing(t) for d in self.days for t in d.timexes}
        self.last: dict[str | None, tuple[str, int]] = {}  # a speaker's last date, and the paragraph of it
        self.latest: tuple[str, int] | None = None  # anybody's

    def features(self, i: int, ruled: Said | None) -> Floats:
        """Give (days + 1, FEATURES): what speaks for each day, and last for none."""
        q = self.quotations[i]
        own = self._own(q, ruled)
        rows = [[*own, *self._features(q, i, d, ruled)] for d in self.days]
        width = len(rows[0]) - len(own) if rows else WIDTH
        return np.array([*rows, [*own, 1.0, *[0.0] * (width - 1)]], dtype=np.float32)

    def note(self, i: int, value: str | None) -> None:
        """Remember what was found for a quotation: the next ones of its speaker may go on from there."""
        if value is not None:
            here = index_of(self.paras, self.quotations[i].extent.start)
            self.last[self.names[i]] = self.latest = (value, here)

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

    def _features(self, q: Quotation, i: int, day: Day, ruled: Said | None) -> list[float]:
        text, at = self.article.text, _at(q)
        here = index_of(self.paras, at)
        near = min(day.timexes, key=lambda t: (_cost(t.span, at), t.span.start))
        gap = here - index_of(self.paras, near.span.start)
        sentence = sentence_at(text, self.paras, at)
        same = sentence.overlaps(near.span)
        between = text[min(near.span.end, at) : max(near.span.start, at)] if same else ""
        later = bisect_right([d.timexes[0].span.start for d in self.days], at)
        mine, any_ = self.last.get(self.names[i]), self.latest
        return [
            0.0,
            float(ruled is not None and ruled.value == day.value),
            float(any(c.overlaps(near.span) for c in q.content)),
            float(any(c.holds(near.span) for c in q.cue)),
            float(same),
            float(same and near.span.start > at),
            min(len(between), 200) / 100 if same else 2.0,
            float(
                same
                and re.search(r"[;:]|\b(?:who|which|that|when|where|while|whose|after|before)\b", between) is not None
            ),
            float(gap == 0),
            float(gap == 1),
            float(gap < 0),
            1 / (1 + abs(gap)),
            math.log1p(abs(near.span.start - at)) / 8,
            math.log1p(len(day.timexes)),
            float(len(self.days) == 1),
            1 / (1 + later),
            float(mine is not None and mine[0] == day.value),
            1 / (1 + abs(here - mine[1])) if mine is not None and mine[0] == day.value else 0.0,
            float(mine is not None and mine[0] != day.value),
            float(any_ is not None and any_[0] == day.value),
            1 / (1 + abs(here - any_[1])) if any_ is not None and any_[0] == day.value else 0.0,
            *self._about[near.span],
            *(float(max(x)) for x in zip(*(self._about[t.span] for t in day.timexes), strict=True)),
        ]


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
WIDTH = 21 + 2 * (9 + len(LEADS) + 7)


def _at(q: Quotation) -> int:
    return (q.cue or q.source or q.content)[0].start


def _cost(span: Span, at: int) -> int:
    return abs(span.start - at) + (400 if span.start > at + 200 else 0)
