"""Mend what the networks leave at the edges: marks that belong to the words, doubles, quotations nobody claimed."""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.text import Quoted
from onrecord.types import Kind, Quotation, Span

_OPENING, _CLOSING = "\"'“‘«„‚", "\"'”’»"
_TRAIL = ",.?!;…—-"
MIN_WORDS, MIN_WORDS_UNENDED = 4, 7  # of a quotation that ends like a sentence, and of another
NOBODYS = 0.35  # confidence in a quotation without a speaker; measured by training/calibrate.py's articles


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
    for q in sorted(read, key=lambda q: -q.confidence):
        in_turn = any(t.extent.overlaps(q.extent) for t in spoken)
        if not in_turn and not any(same(q, k) for k in kept):
            kept.append(q)
    return [_without_others(q, kept) for q in kept]


def _without_others(q: Quotation, kept: Sequence[Quotation]) -> Quotation:
    """Leave out the later pieces of a quotation that are the whole of another."""
    whole = {k.content for k in kept if k is not q and len(k.content) == 1}
    content = tuple(c for i, c in enumerate(q.content) if i == 0 or (c,) not in whole)
    return replace(q, content=content)


def same(a: Quotation, b: Quotation) -> bool:
    """Tell whether half of all the words that the two report are the same words."""
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a.content for y in b.content)
    size = sum(x.end - x.start for x in a.content) + sum(y.end - y.start for y in b.content) - shared
    return 2 * shared >= size


def adopt(
    text: str, found: Sequence[Quotation], doubtful: Sequence[Quotation], marks: Sequence[Quoted]
) -> list[Quotation]:
    """Give each quotation that nobody claimed to the surest doubtful reading that claims it, else to nobody.

    A stretch in marks is a quotation if it is long and ends like a sentence: scare quotes, titles and nicknames do not.
    """
    kept = list(found)
    for q in marks:
        if not _is_speech(text, q) or _claimed(q.span, kept):
            continue
        takers = [d for d in doubtful if _claimed(q.span, [d]) and not any(same(d, k) for k in kept)]
        taker = max(takers, key=lambda d: d.confidence, default=None)
        kept.append(taker or Quotation((q.span,), (), (), "direct", None, NOBODYS))
    return kept


def _is_speech(text: str, q: Quoted) -> bool:
    words = q.span.of(text).split()
    ends = words[-1].rstrip(_CLOSING)[-1:] in tuple(".,?!…") if words else False
    return q.closed and len(words) >= (MIN_WORDS if ends else MIN_WORDS_UNENDED)


def _claimed(s: Span, by: Sequence[Quotation]) -> bool:
    """Tell whether half of the stretch is in the contents of these quotations."""
    shared = sum(max(0, min(c.end, s.end) - max(c.start, s.start)) for q in by for c in q.content)
    return 2 * shared >= s.end - s.start
