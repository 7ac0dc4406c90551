"""acts: what kind of word a statement is: spoken or written, promise or threat, on which condition, until when.

The rules are data beside this file: `cues.tsv` (what a cue word tells), `contents.tsv` (what the reported words tell)
and `words.txt`; each row carries an example, and the examples are its tests.
"""

import re
from collections.abc import Iterator, Sequence
from typing import get_args

from onrecord.acts.lexicon import Cue, Lexicon, lexicon
from onrecord.types import Act, Article, Mode, Quotation, Span, Timex, Word

__all__ = ["word"]


def word(article: Article, quotation: Quotation, timexes: Sequence[Timex]) -> Word:
    """Give mode, act, condition and deadline of a quotation; `timexes` are the article's, or those in its content."""
    text, rules = article.text, lexicon()
    content = " ".join(s.of(text) for s in quotation.content)
    cue = rules.cue(" ".join(s.of(text) for s in quotation.cue))
    mode = _mode(text, quotation, cue, rules)
    condition = _condition(text, quotation)
    act = _act(content, quotation, cue, mode, rules, conditional=condition is not None)
    return Word(mode, act, condition, _deadline(text, quotation, timexes) if act in _WITH_DEADLINE else None)


_WITH_DEADLINE = frozenset(("commit", "threaten", "demand", "predict"))
_ACTS = frozenset(get_args(Act))


def _mode(text: str, q: Quotation, cue: Cue | None, rules: Lexicon) -> Mode:
    """Say how the words came out: the cue tells, unless a document speaks or the words beside the cue say "wrote"."""
    mode: Mode = cue.mode if cue else "said"
    source = " ".join(s.of(text) for s in q.source).lower()
    head = re.split(r"\b(?:of|by|from|in|for|on|that|which|released|conducted|about)\b|[,(]", source)[0].split()
    if head and head[-1] in rules.documents:
        return "document"
    if mode == "document" and cue and not cue.always:
        mode = "document" if not source or not _PERSONAL.match(source) else "said"
    beside = _beside(text, q)
    if mode == "said" and any(w in beside for w in rules.written):
        return "wrote"
    return mode


_PERSONAL = re.compile(r"(?:he|she|they|i|we|mr|mrs|ms|sen|rep|gov)\b")


def _beside(text: str, q: Quotation) -> str:
    """Give the cue with the words around it that are neither source nor content, lower case."""
    if not q.cue:
        return ""
    first, last = q.cue[0], q.cue[-1]
    stop = min([last.end + 40, *(s.start for s in q.content if s.start >= last.end)])
    end = next((last.end + m.start() for m in _STOP.finditer(text[last.end : stop])), stop)
    return text[first.start : end].lower()


_STOP = re.compile(r"[.;\n]")


def _act(content: str, q: Quotation, cue: Cue | None, mode: Mode, rules: Lexicon, *, conditional: bool) -> Act:
    """Say what the speaker does: the cue tells, or else the first row of contents.tsv whose words are found."""
    if cue and cue.act in _ASKING and mode != "document":
        return cue.act
    if cue and cue.act in _ACTS and not (cue.mode == "document" and mode == "said"):
        return cue.act  # type: ignore[return-value] # it is one of the acts
    if cue is None and q.cue and q.kind == "indirect" and len(content.split()) <= _SHORT:
        return "evaluate"  # "Lind trashes the plan"
    return (
        next(_by_content(content, q, rules, conditional=conditional), None)
        or (cue.otherwise if cue else None)
        or ("evaluate" if _evaluates(content, rules) else "report" if mode == "document" else "assert")
    )


_OPENING = 220  # characters of a content that tell its act
_SHORT = 6  # words of a content that is a mere thing
_ASKING = frozenset(("ask",))


def _by_content(content: str, q: Quotation, rules: Lexicon, *, conditional: bool) -> Iterator[Act]:
    opening = content[:_OPENING]
    for act, pattern in rules.contents:
        if act == "report" and q.kind == "direct":
            continue
        if pattern.search(opening if act != "ask" else content):
            yield act
    if q.kind != "direct" and _REPORTED_FUTURE.search(opening) and not (conditional and _evaluates(content, rules)):
        yield "predict"


_REPORTED_FUTURE = re.compile(r"\b(?:would|could)(?: not| never| soon| also)? (?!have\b|like\b)\w+")
_TOKEN = re.compile(r"[a-z][a-z'’-]*")


def _evaluates(content: str, rules: Lexicon) -> bool:
    return any(w in rules.evaluating for w in _TOKEN.findall(content.lower()))


# --- condition and deadline ------------------------------------------------------------------------------------------

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


def _condition(text: str, q: Quotation) -> Span | None:
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


def _deadline(text: str, q: Quotation, timexes: Sequence[Timex]) -> Timex | None:
    """Give the time in the content by which the thing is to be done ("by Friday", "within 90 days")."""
    for t in timexes:
        if any(s.holds(t.span) for s in q.content) and _BY.search(text, max(0, t.span.start - 20), t.span.start):
            return t
    return None
