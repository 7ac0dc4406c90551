"""Mend what the networks leave at the edges: marks that belong to the words, doubles, quotations nobody claimed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.shelf import Shelf
from onrecord.text import Quoted
from onrecord.types import Kind, Quotation, Span

_CLOSING = "\"'”’»"
_WORDLESS = re.compile(r"[^\w\n\r]*")
_DATED = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? \d{4}[\s,:.–—-]+"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}[\s,:.–—-]+"
)
_STOPS = ",!?"
_OPENS = re.compile('["“‘«]')
_TRAIL = ",.?!;…—-"
MIN_WORDS, MIN_WORDS_UNENDED = 4, 7  # of a quotation that ends like a sentence, and of another
NEAR = 300  # characters that may stand between a quotation and its next piece
CONTINUED, NOBODYS = 0.6, 0.2  # confidence with and without a speaker; 5 of 8 and 0 of 3 were right on the tuning set


def settle(text: str, content: Sequence[Span], marks: Sequence[Quoted]) -> tuple[Span, ...]:
    """Let each piece take its quotation marks with it, and join pieces of a paragraph that no word parts."""
    spans = [_with_marks(text, s, marks) for s in content]
    joined: list[Span] = []
    for s in sorted(spans):
        if joined and _WORDLESS.fullmatch(text, min(joined[-1].end, s.start), s.start):
            joined[-1] = Span(joined[-1].start, max(s.end, joined[-1].end))
        else:
            joined.append(s)
    return tuple(joined)


def _with_marks(text: str, s: Span, marks: Sequence[Quoted]) -> Span:
    start, end = s.start, s.end
    for q in marks:
        a, b = q.span.start, q.span.end
        if b <= start or not q.closed:
            continue
        if a >= end:
            break
        if a < start < b and not text[a + 1 : start].strip():
            start = a
        if a < end < b and not text[end : b - 1].strip().strip(_TRAIL):
            end = b
        if a == start and b < end and text[b - 2] in _STOPS and not _OPENS.search(text, b, end):
            end = b  # words that stop within their marks stop there
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


# source as read -> source without the header of the clipping before it
SOURCE_EXAMPLES = {
    "Northwire, Mar 14 2025 Harbour Master Ilse Brandt": "Harbour Master Ilse Brandt",
    "3 May 2024 - the union": "the union",
    "the March 14 committee": "the March 14 committee",
    "a letter of May 3, 2024": "a letter of May 3, 2024",
}


def settle_source(text: str, source: Sequence[Span]) -> tuple[Span, ...]:
    """Leave out the header of a clipping, up to its date, that a source took with it."""
    if not source:
        return ()
    ends = [m.end() for m in _DATED.finditer(text, source[0].start, source[-1].end)]
    if not ends:
        return tuple(source)
    return tuple(Span(max(s.start, ends[-1]), s.end) for s in source if s.end > ends[-1])


def kind_of(text: str, content: Sequence[Span], marks: Sequence[Quoted]) -> Kind:
    """Tell direct (all within marks), mixed (some of it is) from indirect."""
    stretches = [q.span for q in marks]
    inside = [_covered(text, s, stretches) for s in content]
    if content and all(x == "all" for x in inside):
        return "direct"
    return "indirect" if all(x == "none" for x in inside) else "mixed"


def _covered(text: str, s: Span, stretches: Sequence[Span]) -> str:
    here = [q for q in stretches if q.overlaps(s)]
    if not here:
        return "none"
    outer = here[0]
    rest = text[min(s.end, outer.end) : s.end].strip().strip(_TRAIL)
    return "all" if outer.start <= s.start and not rest else "some"


def best_of(read: Sequence[Quotation], spoken: Sequence[Quotation]) -> list[Quotation]:
    """Keep one of those that claim the same words, the surest; turns of a transcript go first."""
    said, shelf, kept = Shelf(spoken), Shelf(spoken), list(spoken)
    for q in sorted(read, key=lambda q: -q.confidence):
        in_turn = any(t.extent.overlaps(q.extent) for t in said.near(q.content))
        if not in_turn and not any(same(q, k) for k in shelf.near(q.content)):
            kept.append(q)
            shelf.add(q)
    return [_without_others(q, shelf.near(q.content)) for q in kept]


def _without_others(q: Quotation, near: Sequence[Quotation]) -> Quotation:
    """Leave out the later pieces of a quotation that lie in another one, unless that one holds its cue too."""
    others = [c for k in near if k is not q and len(k.content) == 1 for c in k.content if not _holds_any(c, q.cue)]
    content = tuple(c for i, c in enumerate(q.content) if i == 0 or not any(o.holds(c) for o in others))
    return q if content == q.content else replace(q, content=content)


def _holds_any(s: Span, parts: Sequence[Span]) -> bool:
    return any(s.holds(p) for p in parts)


def same(a: Quotation, b: Quotation) -> bool:
    """Tell whether half of all the words that the two report are the same words."""
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a.content for y in b.content)
    return 3 * shared >= _length(a.content) + _length(b.content)


def adopt(
    text: str, found: Sequence[Quotation], doubtful: Sequence[Quotation], marks: Sequence[Quoted]
) -> list[Quotation]:
    """Find a home for each stretch in marks that nobody claimed.

    It goes to the surest doubtful reading that claims it. Else, where it is speech and opens a sentence, it continues
    the quotation just before it: as a further piece, or by itself where it is the longer of the two. Else it has no
    speaker. Scare quotes, titles and nicknames are left alone.
    """
    kept, shelf, doubts = list(found), Shelf(found), Shelf(doubtful)
    for q in marks:
        if _claimed(q.span, shelf.near((q.span,))):
            continue
        able = [d for d in doubts.near((q.span,)) if _claimed(q.span, [d])]
        takers = [d for d in able if not any(same(d, k) for k in shelf.near(d.content))]
        if takers:
            kept.append(max(takers, key=lambda d: d.confidence))
            shelf.add(kept[-1])
        elif _is_speech(text, q) and _opens_sentence(text, q.span.start):
            host = _before(text, q.span, kept)
            if host is None or _length(host.content) < _length((q.span,)):
                source = host.source if host else ()
                kept.append(Quotation((q.span,), source, (), "direct", None, CONTINUED if source else NOBODYS))
            else:
                kind: Kind = "mixed" if host.kind == "indirect" else host.kind
                kept.remove(host)
                kept.append(replace(host, content=(*host.content, q.span), kind=kind))
            shelf.add(kept[-1])
    return kept


def _length(content: Sequence[Span]) -> int:
    return sum(s.end - s.start for s in content)


def _is_speech(text: str, q: Quoted) -> bool:
    words = q.span.of(text).split()
    ends = words[-1].rstrip(_CLOSING)[-1:] in tuple(".,?!…") if words else False
    return len(words) >= (MIN_WORDS if ends else MIN_WORDS_UNENDED)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 200) : start].rstrip()
    return not before or before[-1] in ".,:;!?…—–" + _CLOSING or "\n" in text[len(before) + max(0, start - 200) : start]


def _before(text: str, s: Span, kept: Sequence[Quotation]) -> Quotation | None:
    """Give the quotation that ends or is cued just before the stretch, at most one paragraph back.

    One without a source hands on only to what follows at once.
    """
    ends = [(max(k.extent.end, *(c.end for c in (*k.cue, *k.content))), k) for k in kept]
    end, host = max((e for e in ends if e[0] <= s.start), default=(0, None), key=lambda e: e[0])
    gap = text[end : s.start].strip()
    near = host is not None and len(gap) < (NEAR if host.source else 1) and "\n" not in gap
    return host if near else None


def _claimed(s: Span, by: Sequence[Quotation]) -> bool:
    """Tell whether half of the stretch is in the contents of these quotations."""
    shared = sum(max(0, min(c.end, s.end) - max(c.start, s.start)) for q in by for c in q.content)
    return 2 * shared >= s.end - s.start
