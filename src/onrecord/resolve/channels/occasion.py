"""Where a statement was made or printed first: the words beside its cue, or the occasion that still lasts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.resolve.channels.names import Mention, mentions, names
from onrecord.resolve.layout import sentence_at
from onrecord.text import index_of
from onrecord.types import Quotation, Span, Via


def occasions(text: str, paras: Sequence[Span], quotations: Sequence[Quotation]) -> list[tuple[Via, ...]]:
    """Give each quotation's outlet, programme or platform: the one beside its cue, else the one that lasts."""
    found = [_beside(text, paras, quotations, q) for q in quotations]
    lasting = _Lasting(text, paras, list(_scenes(text, paras, quotations)))
    chains: list[tuple[Via, ...]] = [()] * len(quotations)
    order = sorted(range(len(quotations)), key=lambda i: _anchor(quotations[i]))
    for i in order:
        chains[i] = lasting.take(quotations[i], found[i])
    for i in _lead(text, paras, quotations, [(i, found[i], chains[i]) for i in order]):
        chains[i] = next(chains[k] for k in order if chains[k])
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
        if any(s.overlaps(m.span) for s in q.content) or _another_s(text, quotations, q, m.span):
            continue
        if any(s.overlaps(m.span) for s in q.source):
            links.extend(m.links if _writes_there(text, q, m) else ())
        elif (_near(q, zone, m.span) and _leads(text, zone, m)) or _reports(text, zone, m) or (links and _listed(text, links[-1], m)):
            links.extend(m.links)
    links.extend(_tweet(text, paras, zone, q))
    return Place(tuple(links), not links and _elsewhere(text, zone, q))


_NEAR = 70  # characters of the sentence, the content left out, between a cue and where it was said


def _near(q: Quotation, zone: Span, name: Span) -> bool:
    """Tell whether a name opens the sentence or stands close to the cue."""
    cue = (q.cue or q.source or q.content)[0]
    if name.start - zone.start <= _NEAR:
        return True
    gap = Span(min(cue.end, name.end), max(cue.start, name.start))
    inside = sum(max(0, min(s.end, gap.end) - max(s.start, gap.start)) for s in q.content)
    return gap.end - gap.start - inside <= _NEAR


def _leads(text: str, zone: Span, mention: Mention) -> bool:
    """Tell whether the words before a name make it a way to the page: "told Tarn TV", "wrote in the Tarn Post"."""
    start = zone.start
    before = text[max(start, mention.span.start - _REACH) : mention.span.start]
    if _IN_A.search(before) and _TALK.match(text, mention.span.end, zone.end):
        return True
    if _NOT_HERE.search(before) or (mention.kind == "platform" and _BACKGROUND.search(text[start : mention.span.start])):
        return False
    sorts = ("platform",) if mention.kind == "platform" else ("any", mention.kind)
    return any(sort in sorts and pattern.search(before) for sort, pattern in names().before)


_IN_A = re.compile(r"\b(?:[Ii]n|[Dd]uring|[Oo]n|via|from)(?: an?| the| his| her| their| another)(?: [\w-]+){0,2} [\"“']?$")
_TALK = re.compile(
    r"(?:['’]s?)?[\"”']?(?: [\w-]+){0,1}? (?:interview|appearance|video|post|posting|op-ed|column|message|segment|podcast|story"
    r"|report|livestream|live stream|live chat)\b"
)
_AND = re.compile(r"(?:,| and|, and|, as well as)?(?: the| on| to| with)*\s?[\"“'‘]*")


def _listed(text: str, last: Via, mention: Mention) -> bool:
    """Tell whether a name goes on a list of ways: "told Tarn TV and the Lund Post"."""
    return last.span is not None and bool(_AND.fullmatch(text[last.span.end : mention.span.start]))


_STAFF = re.compile(
    r"(?:host|anchor|columnist|reporter|correspondent|editor|editorialist|writer|blogger|journalist|critic)s?\b|\b(?:of|in|for|at)\b",
    re.IGNORECASE,
)
_WROTE = re.compile(r"\b(?:wr(?:ote|ites|iting|itten)|report(?:ed|s|ing)?)\b")


def _writes_there(text: str, q: Quotation, mention: Mention) -> bool:
    """Tell whether a source is one of an outlet's own people who writes there: "Bo Lind of the Tarn Post wrote"."""
    source = " ".join(s.of(text) for s in q.source).strip()
    shorter = re.sub(r"^[Tt]he ", "", source)
    person = shorter != mention.span.of(text) and (_STAFF.search(source) or re.match(r"\S+(?: \S+)*['’]s? [A-Z]", source))
    return bool(person) and any(_WROTE.search(cue.of(text)) or _ASKED.search(cue.of(text)) for cue in q.cue)


_NOT_HERE = re.compile(
    r"\b(?:analyst|host|anchor|contestant|star|commentator|panelist|investor|judge|ad|advertising|advertisement|spending"
    r"|coverage|documentary|series|airing|run|declined an interview request|declined to speak|interview request)s?"
    r" (?:on|in|from|with|for|to)\b[^,;]*$"
)
_BACKGROUND = re.compile(r"\b(?:[Aa]fter|[Ss]ince|[Bb]efore|[Ff]ollowing)\b[^,;]*$")
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
    """Tell whether the words of one report those of another, or the words that introduce them."""
    return any(s.overlaps(t) for s in outer.content for t in (*inner.content, *inner.cue))


_TWEETED = re.compile(r"\b(?:re)?tweet(?:ed|ing)\b|^(?:re)?tweets?$", re.IGNORECASE)
_IN_TWEET = re.compile(r"\b(?:in|via) (?:an?|another|one|two|the|his|her|its|several)(?: [\w-]+){0,3}? (?P<name>tweets?)\b")


_SIGNED = re.compile(r"\s[—–-]+ [^\n(]{2,50} ?\(@(?P<name>\w{2,20})\)")


def _tweet(text: str, paras: Sequence[Span], zone: Span, q: Quotation) -> Iterator[Via]:
    """Give Twitter for "tweeted", "in a tweet" and a post that is signed with its handle."""
    para = paras[index_of(paras, q.extent.start)]
    if not q.cue and (m := _SIGNED.search(text, q.extent.start, para.end)):
        yield Via("Twitter", Span(*m.span("name")))
        return
    for cue in q.cue:
        if m := _TWEETED.search(text, cue.start, cue.end):
            yield Via("Twitter", Span(*m.span()))
            return
    m = _IN_TWEET.search(text, zone.start, zone.end)
    if m and not any(s.overlaps(Span(*m.span())) for s in q.content):
        yield Via("Twitter", Span(*m.span("name")))


# --- the occasion that lasts ------------------------------------------------------------------------------------------

_GAP = 6  # paragraphs without a statement of the speaker after which an occasion is over
_ELSEWHERE = re.compile(
    r"\b(?:told (?:reporters|the crowd|supporters|the audience|lawmakers|voters|journalists|a crowd|a rally)"
    r"|(?:in|at|during|on|to|from) (?:(?:an?|the|his|her|their|its|another|several|Trump['’]s) )?(?:[\w'’-]+ ){0,3}?"
    r"(?:statement|press release|release|rally|speech|address|conference|briefing|hearing|debate|town hall|letter|e-?mail|memo"
    r"|court|op-ed|tweets?|event|book|memoir|call with|report)s?"
    r"|testif\w+|tweet(?:ed|ing)|posted|wrote|earlier (?:this|that|in)|previously|last (?:week|month|year|summer|fall)"
    r"|(?:days?|weeks?|months?|years?) (?:ago|earlier|later|before)|in (?:19|20)\d\d|later)\b"
)
_PERFECT = re.compile(r"(?:has|have|had|would|will|can|could|did|was|were)\b|['’](?:s|ve|d)\b")
_SAME = re.compile(
    r"\b(?:the|that|this|same|his|her) (?:interview|show|programme?|broadcast|podcast|segment|episode|appearance|network"
    r"|newspaper|magazine|paper|outlet|radio host|host|post)\b"
)
_ASKED = re.compile(r"\b(?:ask|press|question|grill)(?:ed|s|ing)?\b", re.IGNORECASE)
_TURN = re.compile(r"\b(?:ask(?:ed|s)|press(?:ed|es)|repl(?:ied|ies)|respond(?:ed|s)|answer(?:ed|s))\b", re.IGNORECASE)
_SCENE = re.compile(r"\b(?:interview\w*|appear(?:ed|ing|ance|s)|spoke|speaking|sat down|guest|joined|talked)\b")
_MORE = re.compile(r"\b(?:add(?:ed|s|ing)|continu(?:ed|es|ing)|went on|wrote|another|post|tweet\w*|follow\w*)\b")
_SPEECH = re.compile(
    r"\b(?:sa(?:id|ys|ying)|add(?:ed|s|ing)|told|tells|ask(?:ed|s|ing)|repl(?:ied|ies|ying)|respond(?:ed|s|ing)|answer(?:ed|s)"
    r"|continu(?:ed|es)|went on|not(?:ed|es|ing)|argu(?:ed|es|ing)|explain(?:ed|s|ing)|insist(?:ed|s|ing)|claim(?:ed|s|ing)"
    r"|declar(?:ed|es|ing)|stat(?:ed|es|ing)|remark(?:ed|s|ing)|conced(?:ed|es|ing)|acknowledg(?:ed|es|ing)|admit(?:ted|s)"
    r"|suggest(?:ed|s|ing)|maintain(?:ed|s)|predict(?:ed|s)|warn(?:ed|s|ing)|call(?:ed|s|ing)|describ(?:ed|es|ing)"
    r"|den(?:ied|ies|ying)|vow(?:ed|s|ing)|promis(?:ed|es)|pledg(?:ed|es)|assert(?:ed|s)|complain(?:ed|s)|joked|quipped"
    r"|emphasi[sz]ed|stress(?:ed|es)|reiterat(?:ed|es)|elaborat(?:ed|es)|conclud(?:ed|es)|recall(?:ed|s)|observ(?:ed|es)"
    r"|criticis(?:ed|es|ing)|criticiz(?:ed|es|ing)|attack(?:ed|s|ing)|accus(?:ed|es|ing)|blast(?:ed|s|ing)|slamm(?:ed|ing)"
    r"|prais(?:ed|es|ing)|urg(?:ed|es|ing)|defend(?:ed|s|ing)|dismiss(?:ed|es|ing)|reject(?:ed|s|ing)|express(?:ed|es|ing)"
    r"|boast(?:ed|s|ing)|repeat(?:ed|s|ing)|agree[ds]?|voic(?:ed|es|ing)|refus(?:ed|es|ing)|hint(?:ed|s|ing)|blam(?:ed|es|ing)"
    r"|mention(?:ed|s)|confirm(?:ed|s)|press(?:ed)?|point(?:ed|s|ing) (?:out|to)|interjected|countered|affirm(?:ed|s))\b"
    r"|:"
)
_PRONOUN = re.compile(r"(?:[Ss]?[Hh]e|[Tt]hey|him|her|his|I|[Ww]e|[Tt]he [a-z][\w-]*(?: [a-z][\w-]*){0,2})")
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


_LEAD = 4  # paragraphs, the headline among them, whose first statements sum up what the next ones give in full


def _lead(
    text: str,
    paras: Sequence[Span],
    quotations: Sequence[Quotation],
    read: Sequence[tuple[int, Place, tuple[Via, ...]]],
) -> Iterator[int]:
    """Give the statements of the headline and the lead that sum up those of the article's first occasion."""
    first = next((k for k, (_, _, chain) in enumerate(read) if chain), 0)
    if not first or index_of(paras, _anchor(quotations[read[first][0]])) > _LEAD or read[first][1].post:
        return
    known = _known_by(text, quotations[read[first][0]])
    if not known:
        return
    for i, place, _ in read[:first]:
        q = quotations[i]
        if not place.elsewhere and _known_by(text, q) & known and _spoken(text, q):
            yield i


def _scenes(text: str, paras: Sequence[Span], quotations: Sequence[Quotation]) -> Iterator[tuple[int, Place, frozenset[str]]]:
    """Give sentences that set an occasion without a statement of their own: where they end, the ways, who is there."""
    taken = [s for q in quotations for s in (*q.content, *q.cue)]
    for para in paras:
        if not any(True for _ in _SCENE.finditer(text, para.start, para.end)):
            continue
        for m in mentions(text, para.start, para.end):
            zone = sentence_at(text, paras, m.span.start)
            if any(s.overlaps(zone) for s in taken) or not _SCENE.search(text, zone.start, zone.end):
                continue
            if m.kind != "platform" and _leads(text, zone, m):
                yield zone.end, Place(m.links), _called(text[zone.start : m.span.start])


@dataclass(slots=True)
class _Occasion:
    """Where somebody speaks, and the paragraph in which it was last heard."""

    links: tuple[Via, ...]
    post: bool
    para: int


@dataclass(slots=True)
class _Lasting:
    """The occasions at hand, by the names of who speaks there, while an article's statements are read in order."""

    text: str
    paras: Sequence[Span]
    scenes: list[tuple[int, Place, frozenset[str]]]  # in order of their ends
    by_name: dict[str, _Occasion] = field(default_factory=dict)
    last: _Occasion | None = None  # that of the last statement
    latest: _Occasion | None = None  # the last one named

    def take(self, q: Quotation, place: Place) -> tuple[Via, ...]:
        """Give a statement's ways, and keep or leave the occasion by it."""
        while self.scenes and self.scenes[0][0] <= _anchor(q):
            end, scene, present = self.scenes.pop(0)
            self._keep(scene, present, index_of(self.paras, end - 1))
        here = index_of(self.paras, _anchor(q))
        known = _known_by(self.text, q)
        if place.links:
            self._keep(place, known, here)
            return place.links
        if not _spoken(self.text, q):
            return ()
        self.last = self._going_on(q, place, known, here)
        if self.last is None:
            return ()
        self.last.para = here
        self.by_name.update(dict.fromkeys(known, self.last))
        return self.last.links

    def _keep(self, place: Place, known: frozenset[str], here: int) -> None:
        self.last = self.latest = _Occasion(place.links, place.post, here)
        self.by_name.update(dict.fromkeys(known, self.last))

    def _going_on(self, q: Quotation, place: Place, known: frozenset[str], here: int) -> _Occasion | None:
        """Give the occasion that a statement without ways of its own goes on with."""
        zone = sentence_at(self.text, self.paras, _anchor(q))
        cue = " ".join(s.of(self.text) for s in q.cue)
        if place.elsewhere or _PERFECT.match(cue):
            for name in known:
                self.by_name.pop(name, None)
            return None
        own = next((self.by_name[n] for n in sorted(known) if n in self.by_name), None)
        if own is None and not known and self.last and self._pronoun(q):
            own = self.last
        if own is None and self.latest and _SAME.search(self.text, zone.start, zone.end):
            own = self.latest
        if own is None and self.last and not self.last.post and _TURN.search(cue):
            own = self.last if here - self.last.para <= 1 else None
        if own is None or here - own.para > (1 if own.post or own is not self.latest else _GAP):
            return None
        return own if not own.post or not cue or _MORE.search(cue) else None

    def _pronoun(self, q: Quotation) -> bool:
        return not q.source or bool(_PRONOUN.fullmatch(q.source[0].of(self.text)))


def _spoken(text: str, q: Quotation) -> bool:
    """Tell whether the words report speech: they stand in quotation marks, or the cue is a verb of speech."""
    cue = " ".join(s.of(text) for s in q.cue)
    return q.kind != "indirect" or not cue or bool(_SPEECH.search(cue))
