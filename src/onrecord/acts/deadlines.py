"""Until when a thing is to be done: the time in a content after "by", "within", "until" (`deadlines.tsv`)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.acts.lexicon import examples
from onrecord.types import Quotation, Timex


def deadline(text: str, q: Quotation, timexes: Sequence[Timex]) -> Timex | None:
    """Give the time in the content by which the thing is to be done ("by Friday", "within 90 days")."""
    for t in timexes:
        if any(s.holds(t.span) for s in q.content) and t.value not in _NO_DAY and _falls_due(text, t):
            return t
    return None


_NO_DAY = frozenset(("PAST_REF", "PRESENT_REF"))
_REACH = 30  # characters before a time that tell that it is a deadline


def _falls_due(text: str, timex: Timex) -> bool:
    start, table = timex.span.start, rules()
    back = max(0, start - _REACH)
    if any(m.end() >= start for m in table.before.finditer(text, back, timex.span.end)):  # "over [the next two years]"
        return not table.never.search(text, back, start)
    return table.after.match(text, timex.span.end) is not None


@dataclass(frozen=True, slots=True)
class Rules:
    """Patterns of the words before a time (and of its first), after it, and of those that make it no deadline."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    never: re.Pattern[str]


@cache
def rules() -> Rules:
    """Give the table (read at the first call)."""
    rows = examples("deadlines.tsv")
    before = "|".join(row[1] for row in rows if row[0] == "before")
    return Rules(
        before=re.compile(f"(?:{before})", re.IGNORECASE),
        after=re.compile("|".join(row[1][3:] for row in rows if row[0] == "after"), re.IGNORECASE),
        never=re.compile(f"(?:{'|'.join(row[1] for row in rows if row[0] == 'not')})$", re.IGNORECASE),
    )
