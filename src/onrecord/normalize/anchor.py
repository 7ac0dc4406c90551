"""What a relative time expression counts from: the article's date, a clipping's own date, the dates named before.

A scene is walked from the start of the text to its end. A paragraph that opens with, or quotes, the headline of another
story ("... - The Courier, Mar 14 2025 ...") has that story's date as its anchor from there on.
"""

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from onrecord.types import Span

Tense = Literal["past", "future"]

# cue pattern -> tense; the cue nearest before an expression in its sentence counts, else the nearest after it
TENSES: dict[Tense, tuple[str, ...]] = {
    "future": (
        r"(?:will|won['’]t|\w+['’]ll|shall|would|could|may|might|should|must)(?:\s+(?:not|also|then|be))*"
        r"(?:\s+(?!have\b)[a-z]+)?",
        r"(?:is|are|was|were|be|been|due|set|scheduled|slated|going|likely|ready|needs?|wants?|hopes?|plans?|planned|aims?"
        r"|intends?|expects?|expected|agreed|vow(?:s|ed)|ha(?:s|ve)|planning|hoping) to(?:\s+be)?(?:\s+[a-z]+ed)?",
        r"to be [a-z]+", r"scheduled", r"slated", r"due", r"upcoming", r"deadline", r"tomorrow", r"awaits?",
        r"starting", r"effective",
        r"meets?", r"begins?", r"arrives?", r"opens", r"starts", r"resumes", r"takes effect", r"expires?", r"matures?",
        r"(?<=[a-z,] )un?til", r"as (?:early|soon) as",
    ),
    "past": (
        r"said|says|was|were|had|did|told|came|went|took|made|gave|began|found|sat|saw|left|held|met|won|lost|fell|rose",
        r"got|wrote|spoke|sent|hit|put|became|broke|brought|led|ran|since|[a-z]{2,}ed|been|has|have|knew|struck|shot",
        r"stood|drew|flew|paid|sold|yesterday",
    ),
}  # fmt: skip

# sentence with [the expression] -> tense
TENSE_EXAMPLES: dict[str, Tense | None] = {
    "The minister spoke on [Monday] in the capital.": "past",
    "Parliament will vote on [Monday].": "future",
    "On [Monday] the council will meet again.": "future",
    "Other towns could announce more on [Thursday]": "future",
    "The envoy was to meet the two sides on [Friday].": "future",
    "He refused to resign on [Friday].": "past",
    "The work should be completed on [Friday].": "future",
    "The vote was postponed until [Monday].": "future",
    "Until [Thursday], they had not called.": "past",
    "The offer had been due to expire on [Friday].": "past",
    "The two leaders meet on [Friday] in the capital.": "future",
    "They raised money to finish the bridge by [Friday].": "future",
    "The bridge was finished by [Friday].": "past",
    "It is a speech to be delivered on [Friday].": "future",
    "They will pay should Mr. Larch win on [Friday].": "future",
    "A quiet [Friday].": None,
}

# what stands before the date of a quoted headline
_CLIPPING = re.compile(
    r"""(?:[-–—|(]\s*[A-Z][\w .&'’]{1,40}[,:|(]?\s*|(?i:published|updated|posted|date[d]?):?\s*(?:on\s)?)$"""
)
# what lay ahead once and no longer does: stronger than the cues within it
_LAPSED = (
    r"had (?:previously |originally |already )?been (?:due|set|scheduled|slated|expected|planned|supposed)"
    r"(?: to(?: be)?(?: [a-z]+)?)?".replace(" ", r"\s+")
)
_CUES = re.compile(
    rf"\b(?:(?:{_LAPSED})|(?P<future>"
    + "|".join(TENSES["future"])
    + r")|(?P<past>"
    + "|".join(TENSES["past"])
    + r"))\b(?!-)"
)
# "by [Friday]" behind "to finish" lies ahead
_LIMIT = re.compile(
    r"\b(?:by|through)\s+(?:(?:the\s+)?(?:end|middle|start|beginning)\s+of\s+|early\s+|late\s+|mid-?)?$"
)
_WILL = re.compile(r"will\b|won['’]t|shall\b|\w+['’]ll")
_AIM = re.compile(r"\bto\s+[a-z]{2,}")
_ABBREVIATIONS = [
    "mr",
    "mrs",
    "ms",
    "dr",
    "st",
    "sen",
    "rep",
    "gov",
    "gen",
    "sgt",
    "col",
    "prof",
    "jr",
    "vs",
    "jan",
    "feb",
    "mar",
    "apr",
    "aug",
    "sept",
    "oct",
    "nov",
    "dec",
]
_TITLES = "".join(rf"(?<!\b{word})" for word in _ABBREVIATIONS)
_SENTENCE_END = re.compile(rf"(?<=[a-z0-9\"”’)]{{2}}){_TITLES}[.!?][\"”’)]*\s+|\n\s*\n")

CLIPPING_EXAMPLES: dict[str, bool] = {
    "Talks fail again - The Courier, [Mar 14 2025] The talks": True,
    "Published: [March 28, 2025] By our staff": True,
    "He signed the treaty on [March 28, 2025].": False,
    "The plan of the council, adopted [March 28, 2025], failed.": False,
}


@dataclass(slots=True)
class Scene:
    """The text with all that was learnt on the way to the present expression."""

    text: str
    low: str  # the text in lower case, of the same length
    document: date | None
    paragraph: Span = field(default_factory=lambda: Span(0, 0))
    clipping: date | None = None  # the date of the story quoted in this paragraph
    weekday: date | None = None  # the last weekday resolved in this paragraph
    day: date | None = None  # the last day named in the text, in any way
    local_day: date | None = None  # the same, within this paragraph
    last: str | None = None  # the last concrete value: "1998", "1998-03", "1989-Q3", ...
    quarter: str | None = None  # the last quarter named
    quarter_end: int = 0  # where it was named
    will: bool = False  # the cue to the tense asked for last was "will" or "shall"
    was: bool = False  # it was "was to" or "were to"

    @property
    def now(self) -> date | None:
        """Give the date that "yesterday" counts from here."""
        return self.clipping or self.document

    def enter(self, paragraph: Span) -> None:
        """Go on to a new paragraph: what was quoted in the former one no longer counts."""
        self.paragraph, self.clipping, self.weekday, self.local_day = paragraph, None, None, None

    def learn(self, span: Span, value: str, words: str, *, explicit: bool) -> None:
        """Take in a resolved expression that later ones may count from."""
        if not value[:2].isdigit():
            return
        self.last = value
        if "-Q" in value:
            self.quarter, self.quarter_end = value[:7], span.end
        day = parsed_day(value)
        if day is None:
            return
        self.day = self.local_day = day
        if explicit and self._is_clipping(span):
            self.clipping, self.weekday = day, None
        elif words.endswith("day") and words[:1].isupper() and words.isalpha():
            self.weekday = day

    def _is_clipping(self, span: Span) -> bool:
        before = self.text[max(self.paragraph.start, span.start - 60) : span.start]
        return bool(_CLIPPING.search(before))

    def tense(self, start: int, end: int) -> Tense | None:
        """Tell from the words around an expression whether it lies ahead; None where nothing tells."""
        self.will = self.was = False
        before = self.low[max(self.paragraph.start, start - 120) : start]
        before = _SENTENCE_END.split(before)[-1]
        cues = deque(_CUES.finditer(before), maxlen=1)
        cue = cues.pop() if cues else None
        if cue is None:
            after = _SENTENCE_END.split(self.low[end : min(self.paragraph.end, end + 100)], maxsplit=1)[0]
            cue = _CUES.search(after)
        limit = _LIMIT.search(before)
        if limit and (cue is None or _AIM.search(before, cue.end() if cue.end() < limit.start() else 0)):
            return "future"
        if cue is None:
            return None
        self.will = bool(_WILL.match(cue["future"] or ""))
        self.was = (cue["future"] or "").startswith(("was ", "were "))
        return "future" if cue["future"] else "past"


def parsed_day(value: str) -> date | None:
    """Give the day that a value names or starts with ("2025-03-26", "2025-03-26T15:00"), None for coarser values."""
    try:
        return date.fromisoformat(value[:10]) if len(value) >= 10 else None
    except ValueError:
        return None


def weekday_near(base: date, weekday: int, *, ahead: bool) -> date:
    """Give the day with this ISO weekday on or after the base (ahead), else on or before it."""
    gap = (weekday - base.isoweekday()) % 7 if ahead else -((base.isoweekday() - weekday) % 7)
    return moved(base, gap) or base


def moved(base: date, days: int) -> date | None:
    """Give the date so many days on; None beyond the calendar's ends."""
    try:
        return base + timedelta(days=days)
    except OverflowError:
        return None
