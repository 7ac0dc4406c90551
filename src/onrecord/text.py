"""Paragraphs, sentences and quotation marks of a text: offsets into it, never copies."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.types import Span

Marks = Literal["double", "single", "angle"]

_BLANK = re.compile(r"\r?\n(?:[ \t\u00a0\u200b]*\r?\n)+[ \t\u00a0]*|\u2029+")
_NEWLINE = re.compile(r"\r?\n(?:[ \t\u00a0\u200b]*\r?\n)*[ \t\u00a0]*|\r|[\u2028\u2029]+")
_MARK = re.compile("''|``|[\"'“”„‟‘’‚‛«»`´]")  # two single marks stand for a double one
_ELISION = re.compile(r"(?:em|tis|twas|til|till|cause|bout|round|n|cos|ere|[0-9]0s)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s+["'“‘«(\[]*[A-Z0-9À-Þ])""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Adm|Maj|Rev|Hon|St|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|U\.S|U\.K|U\.N|a\.m|p\.m)|\b[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks, the marks included."""

    span: Span
    marks: Marks
    closed: bool  # False: the closing mark is missing, the stretch ends with its paragraph


def paragraphs(text: str) -> tuple[Span, ...]:
    """Give the paragraphs, without the white space between them.

    A blank line always ends one; a lone newline does unless the text is hard-wrapped (lines of about one length that go
    on in lower case).
    """
    breaks = _BLANK if _hard_wrapped(text) else _NEWLINE
    edges = [0, *(x for m in breaks.finditer(text) for x in m.span()), len(text)]
    return tuple(
        Span(start, end)
        for start, end in (_stripped(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
        if start < end
    )


def sentences(text: str, within: Span) -> tuple[Span, ...]:
    """Give the sentences of one paragraph; an abbreviation or an initial ends none."""
    starts = [within.start]
    starts += [
        _stripped(text, m.end(), within.end)[0]
        for m in _SENTENCE.finditer(text, within.start, within.end)
        if not _ABBREVIATION.search(text, max(within.start, m.start() - 12), m.start() + 1)
    ]
    return tuple(Span(*_stripped(text, a, b)) for a, b in zip(starts, [*starts[1:], within.end], strict=True) if a < b)


def quoted(text: str, paras: Sequence[Span] | None = None) -> tuple[Quoted, ...]:
    """Give all stretches in quotation marks, outer before inner, in order of their start.

    Straight, curly, single and angle marks are read; an apostrophe is none. A mark without its partner never reaches
    beyond its own paragraph.
    """
    found = [q for p in (paragraphs(text) if paras is None else paras) for q in _quoted_in(text, p)]
    return tuple(sorted(found, key=lambda q: (q.span.start, -q.span.end)))


def index_of(spans: Sequence[Span], offset: int) -> int:
    """Give the index of the last span that starts at or before the offset (0 where none does)."""
    return max(0, bisect_right(spans, offset, key=lambda s: s.start) - 1)


def _hard_wrapped(text: str) -> bool:
    lines = text[:20_000].splitlines()
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    wrapped = sum(45 <= len(a) <= 100 and b[0].islower() and not a.rstrip().endswith((".", "”", '"')) for a, b in pairs)
    return wrapped >= 2 and wrapped >= 0.3 * len(pairs)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


_DOUBLE = frozenset(('"', "“", "„", "‟", "”", "''", "``"))


def _quoted_in(text: str, para: Span) -> Iterator[Quoted]:
    open_double: int | None = None
    open_angle: int | None = None
    taken: list[Span] = []
    for m in _MARK.finditer(text, para.start, para.end):
        mark, at = m.group(), m.start()
        if mark in "«»":
            if open_angle is None:
                open_angle = at
            else:
                yield Quoted(Span(open_angle, m.end()), "angle", closed=True)
                open_angle = None
        elif mark in _DOUBLE:
            if open_double is None:
                if mark != "”" or _opens(text, at, m.end(), para):
                    open_double = at
            elif mark != "“" or not _opens(text, at, m.end(), para):
                taken.append(Span(open_double, m.end()))
                open_double = None
    if open_double is not None:
        taken.append(Span(open_double, para.end))
        yield Quoted(taken[-1], "double", closed=False)
        yield from (Quoted(s, "double", closed=True) for s in taken[:-1])
    else:
        yield from (Quoted(s, "double", closed=True) for s in taken)
    if open_angle is not None:
        yield Quoted(Span(open_angle, para.end), "angle", closed=False)
    yield from (Quoted(s, "single", closed=True) for s in _single(text, para, taken))


def _opens(text: str, at: int, end: int, para: Span) -> bool:
    before = text[at - 1] if at > para.start else " "
    after = text[end] if end < para.end else " "
    return not after.isspace() and (before.isspace() or before in "([{—–-/:“‘\"'")


def _single(text: str, para: Span, doubles: Sequence[Span]) -> Iterator[Span]:
    """Give single-quoted stretches; one never crosses the edge of a double-quoted stretch."""
    start: int | None = None
    for m in _MARK.finditer(text, para.start, para.end):
        mark, at = m.group(), m.start()
        if mark not in "'‘’‛‚`´":
            continue
        if start is None:
            if mark not in "’´" and _opens(text, at, m.end(), para) and not _ELISION.match(text, m.end()):
                start = at
        elif _closes(text, start, at, para) and _side(doubles, start) == _side(doubles, at):
            yield Span(start, m.end())
            start = None
        elif mark in "‘`" and _opens(text, at, m.end(), para):
            start = at


def _closes(text: str, start: int, at: int, para: Span) -> bool:
    if at == start + 1 or text[at] in "‘`" or text[at - 1].isspace():
        return False
    after = text[at + 1] if at + 1 < para.end else " "
    return not after.isalnum() and (not _may_be_possessive(text, at) or not _later_close(text, at, para))


def _may_be_possessive(text: str, at: int) -> bool:
    """Tell whether a mark may be that of "the voters' rights": behind an s, before a word in lower case."""
    return text[at - 1] in "sSxz" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()


def _later_close(text: str, at: int, para: Span) -> bool:
    """Tell whether a sure closing mark follows before another stretch opens: then this one is a possessive."""
    for m in _MARK.finditer(text, at + 1, para.end):
        if m.group() in "'’" and not text[m.end() : m.end() + 1].isalnum() and not text[m.start() - 1].isspace():
            if not _may_be_possessive(text, m.start()):
                return True
        elif m.group() in "'‘`" and _opens(text, m.start(), m.end(), para):
            return False
    return False


def _side(doubles: Sequence[Span], offset: int) -> int:
    return next((i for i, d in enumerate(doubles) if d.start <= offset < d.end), -1)
