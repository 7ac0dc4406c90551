"""Through whom a statement reached the page: outlets, agencies, programmes and platforms that the text names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.resolve.layout import paragraphs, sentence_at
from onrecord.resolve.lexicon import lexicon
from onrecord.text import index_of
from onrecord.types import Article, Quotation, Span, Via


def resolve(article: Article, quotations: Sequence[Quotation]) -> tuple[tuple[Via, ...], ...]:
    """Give the chain of each quotation, outermost link first; empty where the text names none."""
    text = article.text
    paras = paragraphs(text)
    if not paras:
        return tuple(() for _ in quotations)
    clips = clippings(text, paras)
    credits = tuple(_credits(text, paras))
    chains: list[tuple[Via, ...]] = []
    for q in quotations:
        links = [
            *_quoted_by(text, quotations, q),
            *_introduced(text, paras, quotations, q, clips),
            *(c.outlet for c in clips if c.scope.holds(q.extent)),
            *(via for scope, via in credits if scope.holds(q.extent)),
            *_spoken_to(text, paras, q),
        ]
        chains.append(tuple({v.name.casefold(): v for v in reversed(links)}.values())[::-1])
    return tuple(chains)


@dataclass(frozen=True, slots=True)
class Clipping:
    """A headline with its outlet and date ("'...' - Tarn Post, Mar 26, 2025") and the stretch that it stands over."""

    scope: Span
    outlet: Via
    date: Span


_OUTLET = r"(?:[A-Z0-9][\w&.'’-]*)(?:\s(?:of\s|the\s|&\s)?[A-Z0-9][\w&.'’-]*){0,4}"
_HEADER = re.compile(
    rf"\s[-–—]\s(?P<outlet>{_OUTLET}),?\s\(?(?P<date>(?:\d{{1,2}}\s)?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
    r"\s(?:\d{1,2},?\s)?\d{4}|\d{4}-\d\d-\d\d)\)?"
)


def clippings(text: str, paras: Sequence[Span]) -> tuple[Clipping, ...]:
    """Give the clippings of a text: each reaches from its headline to the next headline, or to its paragraph's end.

    A headline that is a paragraph by itself stands over the paragraph after it too.
    """
    found: list[Clipping] = []
    for i, p in enumerate(paras):
        headers = list(_HEADER.finditer(text, p.start, p.end))
        edges = [_headline(text, m.start(), p.start if j == 0 else headers[j - 1].end()) for j, m in enumerate(headers)]
        for j, m in enumerate(headers):
            end = edges[j + 1] if j + 1 < len(headers) else p.end
            if end == m.end() and i + 1 < len(paras):
                end = paras[i + 1].end
            outlet = Span(*m.span("outlet"))
            found.append(Clipping(Span(edges[j], end), Via(outlet.of(text), outlet), Span(*m.span("date"))))
    return tuple(found)


def _headline(text: str, end: int, floor: int) -> int:
    """Give where the headline before " - OUTLET, DATE" starts: at its quotation mark or after the last sentence."""
    stop = max((m.end() for m in re.finditer(r"(?:[.!?”\"]|\.\.\.)\s+(?=['‘“\"A-Z])", text[floor:end])), default=0)
    quote = re.search(r"['‘“\"][^\n]*$", text[floor + stop : end])
    return floor + stop + (quote.start() if quote else 0)


_CREDIT = re.compile(
    r"\(?(?:Via|Source|Courtesy of|Courtesy|H/T|Hat tip|From):?\s+(?:the\s)?(?P<name>[^\n.,:;()]{2,50})\)?\.?$",
    re.IGNORECASE,
)


def _credits(text: str, paras: Sequence[Span]) -> Iterator[tuple[Span, Via]]:
    """Give lines such as "Via Tarn Wire": they hold for the paragraph before and for the quoted ones that follow."""
    for i, p in enumerate(paras):
        m = _CREDIT.match(text, p.start, p.end) if p.end - p.start < 70 else None
        if m is None or not m.group("name")[0].isupper():
            continue
        last = i
        while last + 1 < len(paras) and text[paras[last + 1].start] in "\"“'‘«":
            last += 1
        name = Span(*m.span("name"))
        yield Span(paras[max(0, i - 1)].start, paras[last].end), Via(name.of(text), name)


_RELAYING = re.compile(
    r"\b(?:report(?:s|ed|ing)?|quot(?:es?|ed)|cit(?:es?|ed)|writes?|wrote|according to|highlight(?:s|ed)?|note[sd]?"
    r"|says?|said|shows?|publish(?:es|ed)?|carr(?:y|ies|ied)|broadcast|air(?:s|ed)?)\b",
    re.IGNORECASE,
)


def _quoted_by(text: str, quotations: Sequence[Quotation], q: Quotation) -> Iterator[Via]:
    """Give the outer quotation's source where it is an outlet, and its outer one's."""
    parent = q.parent
    seen: set[int | None] = set()
    while parent not in seen and parent is not None and 0 <= parent < len(quotations):
        outer = quotations[parent]
        seen.add(parent)
        if outer is q:
            return
        if outer.source and is_outlet(outer.source[0].of(text)):
            yield Via(_shown(outer.source[0].of(text)), outer.source[0])
        parent = outer.parent


def _introduced(
    text: str, paras: Sequence[Span], quotations: Sequence[Quotation], q: Quotation, clips: Sequence[Clipping]
) -> Iterator[Via]:
    """Give who introduced a passage with a colon: "Tarn Post has highlighted ...:" and what follows."""
    here = index_of(paras, q.extent.start)
    if here == 0 or not text[paras[here - 1].start : paras[here - 1].end].endswith(":"):
        return
    above = paras[here - 1]
    for other in quotations:
        if not (other.source and other.cue and above.holds(other.source[0]) and above.holds(other.cue[0])):
            continue
        name = other.source[0].of(text)
        clipped = any(c.scope.holds(q.extent) for c in clips)
        if _RELAYING.search(other.cue[0].of(text)) and (clipped or is_outlet(name)):
            yield Via(_shown(name), other.source[0])


# What stands before an outlet's name beside the cue ("told Tarn TV", "in an interview with Tarn Radio").
_TOWARDS = (
    r"told|tells|telling|said to|spoke to|spoke with|speaking to|speaking with|speaking on|appear(?:ed|ing|ance)? on"
    r"|according to|as reported by|(?:first )?reported by|reported in|quoted by|quoted in|cited by|citing"
    r"|interview(?:ed)?(?:\s\w+)? (?:with|on|by|to|for|in|published in|published by|broadcast on|aired on)"
    r"|(?:op-ed|column|essay|article|opinion piece|letter) (?:for|in|to|published in)|writing (?:in|for)"
)
_PLATFORMS = (
    r"Twitter|X|Truth Social|Facebook|Telegram|Instagram|TikTok|Mastodon|Bluesky|Threads|LinkedIn|YouTube|Reddit"
    r"|Substack|Weibo"
)
_PLACE = re.compile(
    rf"\b(?:(?:{_TOWARDS})\s(?:the\s|\w+['’]s\s)?(?P<outlet>{_OUTLET})|(?P<tweeted>tweet(?:ed|s|ing)?)\b"
    rf"|(?:on|to|via)\s(?:the\s|his\s|her\s|their\s|its\s)?(?P<platform>{_PLATFORMS})\b)"
)
_REPORTED = re.compile(
    rf"(?:^|[,—–-]\s)(?:the\s)?(?P<outlet>{_OUTLET})\s(?:first\s|also\s|has\s|had\s)?(?:reported|reports)\b"
)


def _spoken_to(text: str, paras: Sequence[Span], q: Quotation) -> Iterator[Via]:
    """Give what the words beside the cue name as an outlet: "told Tarn TV", "in an interview with", "wrote on X"."""
    anchor = q.cue[0] if q.cue else q.source[0] if q.source else q.extent
    sentence = sentence_at(text, paras, anchor.start)
    for pattern in (_PLACE, _REPORTED):
        for m in pattern.finditer(text, sentence.start, sentence.end):
            kind = m.lastgroup or "outlet"
            span = Span(*m.span(kind))
            if any(s.overlaps(span) for s in q.content) or any(s.overlaps(span) for s in q.source):
                continue
            name = "Twitter" if kind == "tweeted" else re.sub(r"['’]s?$", "", span.of(text)).rstrip(".")
            if kind == "outlet":
                name = _cut_at_date(name)
                if not is_outlet(name):
                    continue
                span = Span(span.start, span.start + len(name))
            yield Via(name, span)


_DAY = re.compile(
    r"\s(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b.*$"
)


def _cut_at_date(name: str) -> str:
    return _DAY.sub("", name)


def is_outlet(name: str) -> bool:
    """Tell whether a name or phrase denotes an outlet or a programme: "Tarn Post", "international outlets"."""
    words = lexicon()
    low = re.sub(r"^(?:the|an?)\s+", "", re.sub(r"['’]s$", "", name.strip().lower()))
    parts = low.split()
    if not parts:
        return False
    if (
        low in words["outlets"]
        or (parts[0] in words["outlets"] and parts[0] != "time")
        or " ".join(parts[:2]) in words["outlets"]
    ):
        return True
    if parts[-1] in words["outlet nouns"]:
        return True
    return len(parts) > 1 and any(p in words["outlet words"] for p in parts) and parts[0] not in words.given


def _shown(words: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", words.strip(), flags=re.IGNORECASE)
