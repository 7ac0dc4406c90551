"""On which condition a statement hangs.

    content and its sentence --openers--> clauses --blocks--> the first that is a condition

The openers ("if", "unless", "should the board agree") and what makes them none ("asked if", "if not") are data in
`conditions.tsv`, each with an example and a counterexample.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.acts.lexicon import examples
from onrecord.types import Quotation, Span


def condition(text: str, q: Quotation) -> Span | None:
    """Give the clause on which the content hangs: inside it, right after it, or before it in its sentence."""
    start, end = _line_start(text, q.content[0].start), _line_end(text, q.extent.end)
    found = _clauses(text, start, end)
    if not found:
        return None
    return _inside(text, q, found) or _after(text, q, found) or _before(text, q, found, start)


@dataclass(frozen=True, slots=True)
class Opener:
    """The words that open a condition, what else their sentence needs, and what makes them none."""

    words: re.Pattern[str]
    needs: re.Pattern[str] | None
    before: re.Pattern[str] | None  # ends where the opener starts
    opening: re.Pattern[str] | None  # starts where the opener starts


_SUBJECT = (
    r"(?:he|she|they|it|we|you|i|the|this|that|there|anyone|anybody|someone|everyone|nobody|(?-i:[A-Z])[\w’'.-]+)"
)


@cache
def _table() -> list[list[str]]:
    return examples("conditions.tsv")


@cache
def heads() -> tuple[str, ...]:
    """Give the heads in the order of the table (read at the first call)."""
    return tuple(row[1] for row in _table() if row[0] == "open")


@cache
def opener(head: str) -> Opener:
    """Give the rules of a head, compiled when a text first has it."""
    rows = [row for row in _table() if row[1] == head]

    def pattern(kind: str, frame: str = "{}") -> re.Pattern[str] | None:
        found = "|".join(row[2].replace("<S>", _SUBJECT) for row in rows if row[0] == kind)
        return re.compile(frame.format(f"(?:{found})"), re.IGNORECASE) if found else None

    words = pattern("open", r"{}(?=\s)") or re.compile(re.escape(head))
    return Opener(words, pattern("needs"), pattern("before", r"(?<![\w’'-]){}\s$"), pattern("opening"))


def _clauses(text: str, start: int, end: int) -> list[Span]:
    """Give all clauses that may be conditions in this stretch, in the order of the table."""
    low = text[start:end].lower()
    if len(low) != end - start:  # a letter that lower case makes longer
        low = text[start:end]
    found = []
    for head in heads():
        at = low.find(head)
        while at >= 0:
            clause = _clause(text, opener(head), start + at, end)
            if clause:
                found.append(clause)
            at = low.find(head, at + 1)
    return found


_CLAUSE_END = re.compile(
    r"[,;:—–()“”\"\n]|''|(?<!Mr)(?<!Ms)(?<!Dr)(?<!Mrs)(?<!Sen)(?<!Rep)(?<!Gov)(?<!Gen)(?<!\b[A-Z])\.(?:\s|['’]|$)"
    r"|\?|!|\s-\s|\bthen\b"
)
_REACH = 40  # characters before a clause that may make it none


def _clause(text: str, rule: Opener, at: int, end: int) -> Span | None:
    if at and (
        text[at - 1].isalnum() or text[at - 1] in "-_" or (text[at - 1] in "'’" and text[at - 2 : at - 1].isalnum())
    ):
        return None
    m = rule.words.match(text, at, end)
    if m is None or (rule.opening and rule.opening.match(text, at)):
        return None
    if rule.before and rule.before.search(text, max(0, at - _REACH), at):
        return None
    if rule.needs and not rule.needs.search(text, *_sentence(text, at)):
        return None
    stop = _CLAUSE_END.search(text, m.end(), end)
    words = text[at : stop.start() if stop else end].rstrip()
    return Span(at, at + len(words)) if len(words) > m.end() - at else None


_STOP = re.compile(r"\n|[.!?](?:\s|['’”\"]|$)")


def _sentence(text: str, at: int) -> tuple[int, int]:
    low = max(0, at - 400)
    return max(low, *(text.rfind(mark, low, at) + 1 for mark in ("\n", ". ", "! ", "? "))), _line_end(text, at)


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at) + 1, at - 300)


def _line_end(text: str, start: int) -> int:
    m = _STOP.search(text, start)
    return m.start() if m else len(text)


_SENTENCES = 8  # of a content that hangs on a clause in any of them; a longer one only on its first sentence's
_SENTENCE_END = re.compile(r"[.!?]['”’\"]{0,2}\s+(?=[A-Z“\"'])")


def _inside(text: str, q: Quotation, found: Sequence[Span]) -> Span | None:
    ends = [m.end() for s in q.content for m in _SENTENCE_END.finditer(text, s.start, s.end)]
    limit = ends[0] if len(ends) + len(q.content) > _SENTENCES and ends else q.extent.end
    for clause in found:
        piece = next((s for s in q.content if s.start <= clause.start < s.end), None)
        if q.content[0].start <= clause.start < limit and not _asked(text, q, clause):
            return Span(clause.start, min(clause.end, piece.end)) if piece else clause
    return None


def _asked(text: str, q: Quotation, clause: Span) -> bool:
    """Tell whether the clause is what was asked: "asked [if he would run]"."""
    if clause.start != q.content[0].start or text[clause.start : clause.start + 2].lower() != "if":
        return False
    if clause.end >= q.extent.end - 1:
        return True
    asks = q.cue and _ASKS.search(text, q.cue[0].start, q.cue[-1].end)
    return bool(asks)


_ASKS = re.compile(r"\b(?:ask|wonder|question|doubt|know|knew|unclear|sure|see|decid|determin|consider|debat)", re.I)
_FAR = 40  # characters to a clause in the same sentence that can be no question
_AFTER = re.compile(r"['”’\",\s]{0,4}$")


def _after(text: str, q: Quotation, found: Sequence[Span]) -> Span | None:
    """Give the clause that follows the content at once: "[We will sail] if attacked"."""
    end = q.extent.end
    for clause in found:
        if end <= clause.start <= end + 4 and _AFTER.match(text, end, clause.start):
            return clause
        if end <= clause.start <= end + _FAR and text[clause.start : clause.start + 2].lower() != "if":
            return clause
    return None


_BETWEEN = 100  # characters between a clause at the head of the sentence and the content
_FEW = 3  # words of a content that is a mere thing
_LEAD = re.compile(r"[\"“'‘]*(?:(?:and|but|so|yet|or|that|also|now|still|then),?\s)?", re.IGNORECASE)


def _before(text: str, q: Quotation, found: Sequence[Span], start: int) -> Span | None:
    """Give the clause of "If the strait is closed, Lind said, [...]" at the head of the content's sentence."""
    stop = q.content[0].start
    if len(" ".join(s.of(text) for s in q.content).split()) < _FEW:
        return None
    early = [c for c in found if c.end < stop <= c.end + _BETWEEN and text[c.end] == ","]
    if not early:
        return None
    cut = max((m.end() for m in _SENTENCE_END.finditer(text, start, stop)), default=start)
    head = _LEAD.match(text, cut, stop)
    return next((c for c in early if c.start in (cut, head.end() if head else cut)), None)
