"""What a page says of its own sources: agencies, credit lines and clippings, each with the stretch it holds for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.resolve.channels.names import is_outlet, names
from onrecord.types import Span, Via


def scoped(text: str, authors: Sequence[str], paras: Sequence[Span]) -> tuple[tuple[Span, Via], ...]:
    """Give each link that the page itself names, outermost first, with the stretch whose statements came through it."""
    return (
        *((Span(0, len(text)), via) for via in _agencies(text, authors, paras)),
        *((c.scope, c.outlet) for c in clippings(text, paras)),
        *_credits(text, paras),
    )


@dataclass(frozen=True, slots=True)
class Clipping:
    """A headline with its outlet and date ("'...' - Tarn Post, Mar 26, 2025") and the stretch that it stands over."""

    scope: Span
    outlet: Via
    date: Span


_DATELINE_REACH = 1200  # characters within which the first paragraphs may carry an agency's mark
_TAIL = 900  # characters at the end that may hold the agency's own credits


def _agencies(text: str, authors: Sequence[str], paras: Sequence[Span]) -> Iterator[Via]:
    """Give the agency whose text the article is: in its dateline or byline, at its end, or among its authors."""
    heads, tails = _agency_patterns()
    opening = [p for p in paras if p.start <= _DATELINE_REACH]
    found = [m for p in opening for pattern in heads if (m := pattern.match(text, p.start, p.end))]
    found = found or [m for pattern in tails if (m := pattern.search(text, max(0, len(text) - _TAIL)))]
    if found:
        yield Via(found[0].group("name"), Span(*found[0].span("name")))
        return
    parts = [part for author in authors for part in re.split(r"\s*[,/]\s*|\s+(?:with|for|of)\s+", author)]
    yield from (Via(part, None) for part in parts[:3] if part in names().agencies)


@cache
def _agency_patterns() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """Give what an agency's name looks like at the head of a paragraph and in the credits at the end."""
    name = f"(?P<name>{'|'.join(map(re.escape, sorted(names().agencies, key=len, reverse=True)))})"
    staff = r"(?:\s(?:writers?|reporters?|correspondents?|journalists?)\s[^\n]{2,160}?)?"
    heads = (
        rf"(?:[A-Z][\w.,'’/ -]{{1,60}}?\s?)?\({name}\)\s?(?:[-–—]|$)",  # TARN, Lund (AFP) -
        rf"(?:By|BY|by)\s[^\n]{{2,80}}?(?:,|\sof|\sfor|\||/|\s[-–—])\s?(?:[Tt]he\s)?{name}(?:\s\w+)?$",  # By A B, AFP
        rf"(?:The\s)?{name}$",
    )
    tails = (
        rf"\b{name}(?:['’]s?)?{staff},?\s(?:also\s)?contributed\s(?:to|from|reporting)\b",
        rf"\b(?:[Rr]eporting|[Mm]aterial) (?:by|from) (?:[Tt]he )?{name}\b",
        rf"(?:©|\(c\)|[Cc]opyright)\s?(?:\d{{4}}\s)?(?:[Tt]he\s)?{name}\b",
    )
    return tuple(map(re.compile, heads)), tuple(map(re.compile, tails))


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


_BRACKETED = re.compile(
    r"[.!?”\"’\s]\s*\[(?:[^\n\[\]]{2,40}, )?(?:[Tt]he\s)?(?P<name>[A-Z][^\n,|\[\]]{1,40}?)(?: \|[^\n\[\]]*)?\]"
)


def _bracketed(text: str, para: Span) -> Iterator[tuple[Span, Via]]:
    """Give names in brackets behind an item ("... closed. [Tarn Post]"), each for the words since the one before."""
    at = para.start
    for m in _BRACKETED.finditer(text, para.start, para.end):
        name = Span(*m.span("name"))
        if is_outlet(name.of(text)) or name.of(text) in names().kinds:
            yield Span(at, m.end()), Via(name.of(text), name)
            at = m.end()


def _credits(text: str, paras: Sequence[Span]) -> Iterator[tuple[Span, Via]]:
    """Give lines such as "Via Tarn Wire": they hold for the paragraph before and for the quoted ones that follow."""
    for i, p in enumerate(paras):
        yield from _bracketed(text, p)
        m = _CREDIT.match(text, p.start, p.end) if p.end - p.start < 70 else None
        if m is None or not m.group("name")[0].isupper():
            continue
        last = i
        while last + 1 < len(paras) and text[paras[last + 1].start] in "\"“'‘«":
            last += 1
        name = Span(*m.span("name"))
        yield Span(paras[max(0, i - 1)].start, paras[last].end), Via(name.of(text), name)
