"""Mend what the networks leave at the edges: marks that belong to the words, doubles, quotations nobody claimed."""

from collections.abc import Sequence

from onrecord.text import Quoted
from onrecord.types import Kind, Quotation, Span

_OPENING, _CLOSING = "\"'“‘«„‚", "\"'”’»"
_TRAIL = ",.?!;…—-"
MIN_WORDS = 5  # a floating quotation is at least so long


def settle(text: str, content: Sequence[Span], marks: Sequence[Quoted]) -> tuple[Span, ...]:
    """Let each piece take its quotation marks with it, and join pieces that only marks or commas part."""
    spans = [_with_marks(text, s, marks) for s in content]
    joined: list[Span] = []
    for s in sorted(spans):
        if joined and s.start <= joined[-1].end:
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
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


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
    kept = list(spoken)
    first_person = {"i", "we", "you", "me", "us", "my", "q", "a", "it", "who", "that", "they", "he", "she"}
    for q in sorted(read, key=lambda q: -q.confidence):
        home = next((t for t in spoken if t.extent.overlaps(q.extent) or t.source == q.source), None)
        if home is not None and (not q.source or not home.extent.holds(q.extent)):
            continue
        if any(_same(q, k) for k in kept):
            continue
        kept.append(q)
    del first_person
    return kept


def _same(a: Quotation, b: Quotation) -> bool:
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a.content for y in b.content)
    size = sum(x.end - x.start for x in a.content) + sum(y.end - y.start for y in b.content) - shared
    return 2 * shared >= size


def adopt(text: str, found: Sequence[Quotation], marks: Sequence[Quoted], paras: Sequence[Span]) -> list[Quotation]:
    """Give a paragraph-long quotation that nobody claimed to the speaker of the paragraph before it, or to nobody."""
    return list(found)
