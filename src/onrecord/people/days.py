"""Days from what sources give: "2015-07-20", "2015-07" or "2015"."""

import re
from datetime import date, timedelta

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")


def first_day(words: str) -> date | None:
    """Give the first day of a day, month or year; None for an empty one. Raises ValueError for what is no date."""
    if not words:
        return None
    m = _DAY.match(words)
    if not m:
        raise ValueError(words)
    return date(int(m[1]), int(m[2] or 1), int(m[3] or 1))


def last_day(words: str) -> date | None:
    """Give the last day of a day, month or year; None for an empty one. Raises ValueError for what is no date."""
    first = first_day(words)
    if first is None or len(words) == 10:
        return first
    after = date(first.year + 1, 1, 1) if len(words) == 4 else (first.replace(day=28) + timedelta(4)).replace(day=1)
    return after - timedelta(1)
