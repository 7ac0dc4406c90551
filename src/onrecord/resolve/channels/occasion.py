"""Where a statement was made or printed first: the words beside its cue, or the occasion that still lasts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.resolve.channels.names import Mention, mentions, names
from onrecord.resolve.layout import sentence_at
from onrecord.text import index_of
from onrecord.types import Quotation, Span, Via


def occasions(text: str, paras: Sequence[Span], quotations: Sequence[Quotation]) -> list[tuple[Via, ...]]:
    """Give each quotation's outlet, programme or platform: the one beside its cue, else the one that lasts."""
    found = [_beside(text, paras, quotations, q) for q in quotations]
    lasting = _Lasting(text, paras)
    chains: list[tuple[Via, ...]] = [()] * len(quotations)
    for i in sorted(range(len(quotations)), key=lambda i: _anchor(quotations[i])):
        chains[i] = lasting.take(quotations[i], found[i])
    return chains


def _anchor(q: Quotation) -> int:
    return (q.cue or q.source or q.content)[0].start


# --- beside the cue ---------------------------------------------------------------------------------------------------

_REACH = 90  # characters before a name in which the words that make it a way may stand



@dataclass(frozen=True, slots=True)
class Place:
    """Where the words beside a cue place a statement."""

    links: tuple[Via, ...] = ()
    elsewhere: bool = False  # the words name another occasion: "told reporters", "in a statement"

    @property
    def post(self) -> bool:
        """Tell whether the last link is a platform, where each post is an occasion of its own."""
        return bool(self.links) and names().kinds.get(self.links[-1].name) == "platform"


def _beside(text: str, paras: Sequence[Span], quotations: Sequence[Quotation], q: Quotation) -> Place:
    """Give the ways that the sentence of the cue names outside the words reported."""
    zone = sentence_at(text, paras, _anchor(q))
    links: list[Via] = []
    for m in mentions(text, zone.start, zone.end):
        if any(s.overlaps(m.span) for s in (*q.content, *q.source)) or _another_s(text, quotations, q, m.span):
            continue
        if _leads(text, zone.start, m) or _reports(text, zone, m):
            links.extend(m.links)
    links.extend(_tweet(text, zone, q))
    return Place(tuple(links), not links and _elsewhere(text, zone, q))


def _leads(text: str, start: int, mention: Mention) -> bool:
    """Tell whether the words before a name make it a way to the page: "told Tarn TV", "wrote in the Tarn Post"."""
    before = text[max(start, mention.span.start - _REACH) : mention.span.start]
    sorts = ("platform",) if mention.kind == "platform" else ("any", mention.kind)
    return any(sort in sorts and pattern.search(before) for sort, pattern in names().before)


_BEFORE_REPORT = re.compile(r"(?:^|[,—–-]\s|[”\"]\s)(?:as\s)?(?:[Tt]he\s)?$")
_REPORT = re.compile(r"\s(?:first\s|also\s|has\s|had\s)?(?:reported|reports)\b")


def _reports(text: str, zone: Span, mention: Mention) -> bool:
    before = text[zone.start : mention.span.start]
    return bool(_REPORT.match(text, mention.span.end, zone.end) and _BEFORE_REPORT.search(before))


def _another_s(text: str, quotations: Sequence[Quotation], q: Quotation, name: Span) -> bool:
    """Tell whether a name is another speaker's own, or stands behind another's cue."""
    at = _anchor(q)
    for other in quotations:
        if other is q or not other.source or _holds(other, q):
            continue
        if any(s.overlaps(name) for s in other.source):
            return True
        between = min(at, name.start) < _anchor(other) < max(at, name.start)
        if between and _known_by(text, other) and not _known_by(text, other) & _known_by(text, q):
            return True
    return False


def _holds(outer: Quotation, inner: Quotation) -> bool:
    return any(s.holds(inner.extent) for s in outer.content)


_TWEETED = re.compile(r"\b(?:re)?tweet(?:ed|s|ing)?\b", re.IGNORECASE)
_IN_TWEET = re.compile(r"\b(?:in|via) (?:an?|another|one|two|the|his|her|its|several)(?: [\w-]+){0,3}? (?P<name>tweets?)\b")


def _tweet(text: str, zone: Span, q: Quotation) -> Iterator[Via]:
    for cue in q.cue:
        if m := _TWEETED.search(text, cue.start, cue.end):
            yield Via("Twitter", Span(*m.span()))
            return
    m = _IN_TWEET.search(text, zone.start, zone.end)
    if m and not any(s.overlaps(Span(*m.span())) for s in q.content):
        yield Via("Twitter", Span(*m.span("name")))


# --- the occasion that lasts ------------------------------------------------------------------------------------------

_GAP = 4  # paragraphs without a statement of the speaker after which an occasion is over
_ELSEWHERE = re.compile(
    r"\b(?:told (?:reporters|the crowd|supporters|the audience|lawmakers|voters|journalists)|statement|press release|rally"
    r"|speech|address|news conference|press conference|briefing|hearing|testif\w+|debate|town hall|letter|e-?mail|memo"
    r"|court|op-ed|tweet\w*|posted|wrote|earlier (?:this|that|in)|previously|last (?:week|month|year|summer|fall)"
    r"|(?:days?|weeks?|months?|years?) (?:ago|earlier|later|before)|in (?:19|20)\d\d|at (?:a|an|the) (?:\w+ )?event|later)\b"
)
_SAME = re.compile(
    r"\b(?:the|that|this|same|his|her) (?:interview|show|programme?|broadcast|podcast|segment|episode|appearance|network"
    r"|newspaper|magazine|paper|outlet|radio host|host|post)\b"
)
_ASKED = re.compile(r"\b(?:ask|press|question|wonder)(?:ed|s|ing)?\b")
_SCENE = re.compile(
    r"\b(?:interview\w*|appear(?:ed|ing|ance|s)|spoke|speaking|sat down|guest|joined|told|asked|went on|talked)\b"
)
_MORE = re.compile(r"\b(?:add(?:ed|s|ing)|continu(?:ed|es|ing)|went on|wrote|another|post|tweet\w*|follow\w*)\b")
_PRONOUN = re.compile(r"(?:s?he|they|him|her|his|i|we|it|who|(?:the|a|an) [a-z][\w -]*)", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w’'-]{2,}")
_COMMON = frozenset(("The", "President", "Sen", "Gov", "Rep", "Mrs", "Former", "Republican", "Democratic", "House"))


def _known_by(text: str, q: Quotation) -> frozenset[str]:
    """Give the names in a source, without those that many bear."""
    return _called(" ".join(s.of(text) for s in q.source))


def _called(words: str) -> frozenset[str]:
    return frozenset(re.sub(r"['’]s?$", "", w) for w in _NAME.findall(words)) - _COMMON


def _elsewhere(text: str, zone: Span, q: Quotation) -> bool:
    """Tell whether the words around the content name another occasion than the one that lasts."""
    at = zone.start
    for s in (*q.content, Span(zone.end, zone.end)):
        if at < s.start and _ELSEWHERE.search(text, at, min(s.start, zone.end)):
            return True
        at = max(at, s.end)
    return False


@dataclass(slots=True)
class _Lasting:
    """The occasion at hand while an article's statements are read in order."""

    text: str
    paras: Sequence[Span]
    links: tuple[Via, ...] = ()
    post: bool = False
    names: frozenset[str] = frozenset()  # of who speaks there
    para: int = -1  # where it was last heard
    same: bool = False  # the last statement was made there

    def take(self, q: Quotation, place: Place) -> tuple[Via, ...]:
        """Give a statement's ways, and keep or leave the occasion by it."""
        here = index_of(self.paras, _anchor(q))
        known = _known_by(self.text, q)
        if place.links:
            self.links, self.post, self.para, self.same = place.links, place.post, here, True
            self.names = known or self.names
            return place.links
        if self._goes_on(q, place, known, here):
            self.para, self.same = here, True
            return self.links
        self.same = False
        return ()

    def _goes_on(self, q: Quotation, place: Place, known: frozenset[str], here: int) -> bool:
        if not self.links or here - self.para > _GAP:
            return False
        zone = sentence_at(self.text, self.paras, _anchor(q))
        ours = bool(known & self.names) or (not known and self.same and self._pronoun(q))
        if place.elsewhere:
            if ours:
                self.links = ()
            return False
        if self.post:
            cue = " ".join(s.of(self.text) for s in q.cue)
            return ours and here - self.para <= 1 and (not cue or bool(_MORE.search(cue)))
        asked = any(_ASKED.search(s.of(self.text)) for s in q.cue) and here - self.para <= 1
        return ours or asked or bool(_SAME.search(self.text, zone.start, zone.end))

    def _pronoun(self, q: Quotation) -> bool:
        return not q.source or bool(_PRONOUN.fullmatch(q.source[0].of(self.text)))
