"""What people write into the search box -> who speaks, about what, between which days.

Ilse Brandt harbour fees since March 2024   ->  speaker Ilse Brandt, words "harbour fees", from 2024-03-01
coal 2023                                   ->  words "coal", from 2023-01-01 until 2023-12-31
by:brandt "school meals"                    ->  speaker brandt, words "school meals"
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord import days
from onrecord.normalize import timexes
from onrecord.types import Span, Timex

MOST_WORDS = 40  # of a question
MOST_OF_A_NAME = 6  # words

Named = Callable[[str], tuple[str, ...]]  # a name -> the ids of those who are called so; none where nobody is


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; what is None does not matter."""

    about: str | None = None
    name: str | None = None  # as it was written
    speakers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


def read(words: str, named: Named, today: date) -> Question:
    """Give what the words ask for; `named` gives the ids of those who are called so."""
    words = " ".join(words.split()[:MOST_WORDS])
    words, question = _dated(words, today)
    return _who(words, question, named)


# --- days -----------------------------------------------------------------------------------------

_BEFORE = re.compile(r"(?:\b(since|after|from|until|till|before|to|in|on|during)[\s:]+|(:))$", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?<![\w-])(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?(?![\w-])")


def _dated(words: str, today: date) -> tuple[str, Question]:
    """Give the words without what names days, and what they name."""
    question, rest = Question(), words
    for timex in reversed(list(_times(words, today))):
        found = days.span_of(timex.value)
        if not found:
            continue
        start, end = timex.span.start, timex.span.end
        lead = _BEFORE.search(words, 0, start)
        how = (lead[1] or "").casefold() if lead else ""
        question = _between(question, how, found)
        rest = rest[: lead.start() if lead else start] + " " + rest[end:]
    return " ".join(rest.split()), question


def _times(words: str, today: date) -> Iterator[Timex]:
    """Give the expressions that name days: those of running text, and years and days in figures alone."""
    bare = [Timex(Span(*m.span()), "DATE", m[0]) for m in _BARE_YEAR.finditer(words)]
    found = [t for t in timexes(words, today) if t.type == "DATE"]
    kept: list[Timex] = []
    for timex in sorted([*found, *bare], key=lambda t: t.span.start - t.span.end):  # the longest first
        if not any(timex.span.overlaps(k.span) for k in kept):
            kept.append(timex)
    yield from sorted(kept, key=lambda t: t.span.start)


def _between(question: Question, how: str, found: tuple[date, date]) -> Question:
    first, last = found
    if how in ("since", "from"):
        return replace(question, since=first)
    if how == "after":
        return replace(question, since=last + timedelta(1))
    if how in ("until", "till", "to"):
        return replace(question, until=last)
    if how == "before":
        return replace(question, until=first - timedelta(1))
    return replace(question, since=question.since or first, until=question.until or last)


# --- who ------------------------------------------------------------------------------------------

_BY = re.compile(r"\bby:\s*(?:\"([^\"]+)\"|(\S+))", re.IGNORECASE)


def _who(words: str, question: Question, named: Named) -> Question:
    """Give the question with the longest name in its words taken for the speaker."""
    if said := _BY.search(words):
        name = said[1] or said[2]
        rest = (words[: said.start()] + words[said.end() :]).strip()
        return replace(question, name=name, speakers=named(name), about=rest or None)
    listed = [] if '"' in words else words.split()
    for length in range(min(MOST_OF_A_NAME, len(listed)), 0, -1):
        for start in range(len(listed) - length + 1):
            some = listed[start : start + length]
            name = " ".join(some).strip(",;:")
            if (length > 1 or some[0][:1].isupper()) and (found := named(name)):
                rest = " ".join(listed[:start] + listed[start + length :])
                return replace(question, name=name, speakers=found, about=rest or None)
    return replace(question, about=words or None)
