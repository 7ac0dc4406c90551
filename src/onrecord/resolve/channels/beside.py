"""The ways that the words beside a cue name: "told Tarn TV", "wrote in the Tarn Post", "in a tweet"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.resolve.channels.names import Mention, mentions, names, words
from onrecord.resolve.layout import sentence_at
from onrecord.text import index_of
from onrecord.types import Quotation, Span, Via

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


def beside(text: str, paras: Sequence[Span], quotations: Sequence[Quotation], q: Quotation) -> Place:
    """Give the ways that the sentence of the cue names outside the words reported."""
    zone = sentence_at(text, paras, anchor(q))
    links: list[Via] = []
    for m in mentions(text, zone.start, zone.end):
        if any(s.overlaps(m.span) for s in q.content) or _another_s(text, quotations, q, m.span):
            continue
        if any(s.overlaps(m.span) for s in q.source):
            links.extend(m.links if _writes_there(text, q, m) else ())
        elif (
            (_near(q, zone, m.span) and leads(text, zone, m))
            or _reports(text, zone, m)
            or (links and _listed(text, links[-1], m))
        ):
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


def leads(text: str, zone: Span, mention: Mention) -> bool:
    """Tell whether the words before a name make it a way to the page: "told Tarn TV", "wrote in the Tarn Post"."""
    start = zone.start
    before = text[max(start, mention.span.start - _REACH) : mention.span.start]
    if words("in a").search(before) and words("talk").match(text, mention.span.end, zone.end):
        return True
    if words("not here").search(before) or (
        mention.kind == "platform" and words("background").search(text[start : mention.span.start])
    ):
        return False
    sorts = ("platform",) if mention.kind == "platform" else ("any", mention.kind)
    return any(sort in sorts and pattern.search(before) for sort, pattern in names().before)


def _listed(text: str, last: Via, mention: Mention) -> bool:
    """Tell whether a name goes on a list of ways: "told Tarn TV and the Lund Post"."""
    return last.span is not None and bool(words("and").fullmatch(text[last.span.end : mention.span.start]))


def _writes_there(text: str, q: Quotation, mention: Mention) -> bool:
    """Tell whether a source is one of an outlet's own people who writes there: "Bo Lind of the Tarn Post wrote"."""
    source = " ".join(s.of(text) for s in q.source).strip()
    shorter = re.sub(r"^[Tt]he ", "", source)
    person = shorter != mention.span.of(text) and (
        words("staff").search(source) or re.match(r"\S+(?: \S+)*['’]s? [A-Z]", source)
    )
    return bool(person) and any(
        words("wrote").search(cue.of(text)) or words("asked").search(cue.of(text)) for cue in q.cue
    )


def _reports(text: str, zone: Span, mention: Mention) -> bool:
    before = text[zone.start : mention.span.start]
    return bool(words("report").match(text, mention.span.end, zone.end) and words("before report").search(before))


def _another_s(text: str, quotations: Sequence[Quotation], q: Quotation, name: Span) -> bool:
    """Tell whether a name is another speaker's own, or stands behind another's cue."""
    at = anchor(q)
    for other in quotations:
        if other is q or not other.source or _holds(other, q):
            continue
        if any(s.overlaps(name) for s in other.source):
            return True
        between = min(at, name.start) < anchor(other) < max(at, name.start)
        if between and known_by(text, other) and not known_by(text, other) & known_by(text, q):
            return True
    return False


def _holds(outer: Quotation, inner: Quotation) -> bool:
    """Tell whether the words of one report those of another, or the words that introduce them."""
    return any(s.overlaps(t) for s in outer.content for t in (*inner.content, *inner.cue))


def _tweet(text: str, paras: Sequence[Span], zone: Span, q: Quotation) -> Iterator[Via]:
    """Give Twitter for "tweeted", "in a tweet" and a post that is signed with its handle."""
    para = paras[index_of(paras, q.extent.start)]
    if not q.cue and (m := words("signed").search(text, q.extent.start, para.end)):
        yield Via("Twitter", Span(*m.span("name")))
        return
    for cue in q.cue:
        if m := words("tweeted").search(text, cue.start, cue.end):
            yield Via("Twitter", Span(*m.span()))
            return
    m = words("in tweet").search(text, zone.start, zone.end)
    if m and not any(s.overlaps(Span(*m.span())) for s in q.content):
        yield Via("Twitter", Span(*m.span("name")))


_NAME = re.compile(r"\b[A-Z][\w’'-]{2,}")
_COMMON = frozenset(("The", "President", "Sen", "Gov", "Rep", "Mrs", "Former", "Republican", "Democratic", "House"))


_BELONGING = re.compile(
    r"[A-Z][\w-]*['’]s?(?=\s)|[A-Z][\w-]*(?=\s(?:campaign|spokes\w+|aide|advis[eo]r|supporter|surrogate|strategist|ally|backer)s?\b)"
    r"|(?<=\w)(?:, (?:a|an|the|who|whose|which|one|his|her)\b| (?:of|for|from|who|with|in|at|on)\b).*"
)


def known_by(text: str, q: Quotation) -> frozenset[str]:
    """Give the names of a source itself, without those that many bear and those of whom it belongs to."""
    return called(_BELONGING.sub("", " ".join(s.of(text) for s in q.source)))


def called(phrase: str) -> frozenset[str]:
    """Give the words of a phrase that may name somebody."""
    return frozenset(re.sub(r"['’]s?$", "", w) for w in _NAME.findall(phrase)) - _COMMON


def _elsewhere(text: str, zone: Span, q: Quotation) -> bool:
    """Tell whether the words around the content name another occasion than the one that lasts."""
    at = zone.start
    for s in (*q.content, Span(zone.end, zone.end)):
        if at < s.start and words("elsewhere").search(text, at, min(s.start, zone.end)):
            return True
        at = max(at, s.end)
    return False


def anchor(q: Quotation) -> int:
    """Give where the words that report a statement start."""
    return (q.cue or q.source or q.content)[0].start
