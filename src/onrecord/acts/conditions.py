"""On which condition a statement hangs, and until when the thing is to be done."""

import re
from collections.abc import Sequence

from onrecord.types import Quotation, Span, Timex

_IF = re.compile(
    r"\b(?:only\s)?(?:if|unless|provided(?:\sthat)?|providing\sthat|as\slong\sas|so\slong\sas"
    r"|on\s(?:the\s)?condition\s(?:that|of)|in\sthe\sevent\s(?:that|of)|assuming(?:\sthat)?|once(?=\s(?:the|he|she|they|it|we|you|i|this|that|(?-i:[A-Z]))\b))\s",
    re.IGNORECASE,
)
_NO_CONDITION = re.compile(
    r"\b(?:as|even|what|decided?|tell|find out|determine|learn|check|matter|remember|wonder(?:s|ed)?|ask(?:s|ed|ing)?"
    r"|see|sure|knows?|not|question|doubt|unclear|is)\s$",
    re.IGNORECASE,
)
_EMPTY_IF = re.compile(r"if\s(?:not|any|only|ever|you will|anything|possible|so)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:—–()“”\"\n]|\.(?:\s|$)|\?|!|\s-\s|\bthen\b")
_SENTENCE_END = re.compile(r"[.!?]['”’\"]?\s+(?=[A-Z“\"'])")


def condition(text: str, q: Quotation) -> Span | None:
    """Give the clause on which the content hangs: in its first two sentences, right after it, or right before it."""
    for piece in q.content:
        ends = [m.end() for m in _SENTENCE_END.finditer(text, piece.start, piece.end)]
        found = _clause(text, piece.start, ends[1] if len(ends) > 1 else piece.end, first=piece.start)
        if found:
            return found
    last = q.extent.end
    after = _AFTER.match(text, last)
    if after and (found := _clause(text, after.end() - len(after.group(1)), _line_end(text, last), first=-1)):
        return found
    return _before(text, q.content[0].start)


_AFTER = re.compile(r"['”’\",\s]{0,4}((?:only )?(?:if|unless|as long as|provided)\s)", re.IGNORECASE)


def _clause(text: str, start: int, end: int, first: int) -> Span | None:
    for m in _IF.finditer(text, start, end):
        low = m.group().lower()
        if _NO_CONDITION.search(text, max(first, m.start() - 12), m.start()) or _EMPTY_IF.match(text, m.start()):
            continue
        if low.startswith("assuming") and m.start() > start + 2 and text[m.start() - 2] != ",":
            continue
        stop = _CLAUSE_END.search(text, m.end(), end)
        stop_at = stop.start() if stop else end
        if m.start() == start == first and stop_at >= end - 1:
            continue  # "asked if he would run"
        return Span(m.start(), len(text[:stop_at].rstrip())) if stop_at > m.end() else None
    return None


def _line_end(text: str, start: int) -> int:
    m = re.compile(r"\n|[.!?](?:\s|$)").search(text, start)
    return m.start() if m else len(text)


def _before(text: str, start: int) -> Span | None:
    """Give the clause of "If the strait is closed, Lind said, ..." where it stands before the content."""
    line = text.rfind("\n", 0, start) + 1
    head = text[max(line, start - 200) : start]
    cut = max((m.end() for m in _SENTENCE_END.finditer(head)), default=0)
    m = _OPENING_IF.match(head, cut)
    if m is None:
        return None
    offset = start - len(head)
    return Span(offset + m.start(1), offset + m.end(1))


_OPENING_IF = re.compile(r"[\"“'‘]?((?:if|unless)\s[^,\n]{4,120}),\s[^,]{0,60},?\s?(?:that\s)?[\"“'‘]?$", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:by|before|until|till|no later than|within|by the end of|prior to|not later than)\s(?:the\s)?$", re.IGNORECASE
)


def deadline(text: str, q: Quotation, timexes: Sequence[Timex]) -> Timex | None:
    """Give the time in the content by which the thing is to be done ("by Friday", "within 90 days")."""
    for t in timexes:
        if any(s.holds(t.span) for s in q.content) and _BY.search(text, max(0, t.span.start - 20), t.span.start):
            return t
    return None
