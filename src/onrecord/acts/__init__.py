"""acts: what kind of word a statement is: spoken or written, promise or threat, on which condition, until when.

The rules are data beside this file: `cues.tsv` (what a cue word tells), `contents.tsv` (what the reported words tell),
`conditions.tsv`, `deadlines.tsv`, `certainty.tsv`, `pledges.tsv` and `words.txt`; each row carries an example, and the
examples are its tests.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import get_args

from onrecord.acts.certainty import certainty
from onrecord.acts.conditions import condition
from onrecord.acts.deadlines import deadline
from onrecord.acts.judge import Judge
from onrecord.acts.lexicon import Cue, Lexicon, lexicon
from onrecord.acts.pledges import amount, beneficiary
from onrecord.types import Act, Article, Mode, Money, Quotation, Timex, Word

__all__ = ["Judge", "settle", "word"]


def word(article: Article, quotation: Quotation, timexes: Sequence[Timex]) -> Word:
    """Give what kind of word a quotation is, by the rules; `timexes` are the article's, or those in its content."""
    text, rules = article.text, lexicon()
    content = " ".join(s.of(text) for s in quotation.content)
    cue = rules.cue(" ".join(s.of(text) for s in quotation.cue))
    mode = _mode(text, quotation, cue, rules)
    hangs_on = condition(text, quotation)
    act = _act(content, quotation, cue, mode, rules, conditional=hangs_on is not None)
    opens = hangs_on is not None and not text.startswith(_EVEN, hangs_on.start)
    negated, sure = certainty(text, quotation, conditional=opens)
    due = deadline(text, quotation, timexes) if act in _WITH_DEADLINE else None
    return Word(mode, act, hangs_on, due, negated=negated, certainty=sure)


def settle(
    article: Article, quotation: Quotation, word: Word, timexes: Sequence[Timex], money: Sequence[Money]
) -> Word:
    """Give the word with what its act calls for: a deadline, and of a commitment the beneficiary and the amount."""
    text, commits = article.text, word.act == "commit"
    return replace(
        word,
        deadline=deadline(text, quotation, timexes) if word.act in _WITH_DEADLINE else None,
        beneficiary=beneficiary(text, quotation) if commits else None,
        amount=amount(text, quotation, money) if commits else None,
    )


_EVEN = ("even if", "Even if")  # a claim that holds even then is no open one
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
