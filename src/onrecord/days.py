"""The first and the last day that a date value means: "2015-07-20", "2015-07", "2015", "2025-W13", "2025-Q1", "201".

Values are those of TIMEX3 (ISO-TimeML), and those of sources that give a day, a month or a year alone.
"""

import re
from datetime import date, timedelta

# Value -> its days; "-" for what means none.
EXAMPLES: tuple[tuple[str, str], ...] = (
    ("2025-03-26", "2025-03-26 2025-03-26"),
    ("2025-03-26T14:30", "2025-03-26 2025-03-26"),
    ("2024-02", "2024-02-01 2024-02-29"),
    ("2025", "2025-01-01 2025-12-31"),
    ("2025-W13", "2025-03-24 2025-03-30"),
    ("2025-W13-WE", "2025-03-29 2025-03-30"),
    ("2025-Q1", "2025-01-01 2025-03-31"),
    ("2025-H2", "2025-07-01 2025-12-31"),
    ("2025-SP", "2025-03-01 2025-05-31"),
    ("2025-WI", "2025-12-01 2026-02-28"),
    ("201", "2010-01-01 2019-12-31"),
    ("20", "2000-01-01 2099-12-31"),
    ("PRESENT_REF", "-"),
    ("XXXX-03-26", "-"),
    ("2025-02-30", "-"),
    ("0000", "-"),
    ("P3D", "-"),
    ("", "-"),
)
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?$")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?$")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)$")
_YEARS = re.compile(r"(\d{2,3})$")
_MONTHS = {"Q1": (1, 3), "Q2": (4, 3), "Q3": (7, 3), "Q4": (10, 3), "H1": (1, 6), "H2": (7, 6)} | {
    season: (month, 3) for season, month in (("SP", 3), ("SU", 6), ("FA", 9), ("WI", 12))
}


def span_of(value: str) -> tuple[date, date] | None:
    """Give the first and the last day of a value; None where it names none."""
    try:
        if m := _DAY.match(value):
            return _of_day(int(m[1]), int(m[2] or 0), int(m[3] or 0))
        if m := _WEEK.match(value):
            monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
            return monday + timedelta(5 if m[3] else 0), monday + timedelta(6)
        if m := _PART.match(value):
            return _months(int(m[1]), *_MONTHS[m[2]])
        if m := _YEARS.match(value):
            years = 10 ** (4 - len(m[1]))
            return _months(int(m[1]) * years, 1, 12 * years)
    except (ValueError, OverflowError):
        return None
    return None


def first_day(words: str) -> date | None:
    """Give the first day of a day, month or year; None for an empty one. Raises ValueError for what is no date."""
    return _range(words)[0] if words else None


def last_day(words: str) -> date | None:
    """Give the last day of a day, month or year; None for an empty one. Raises ValueError for what is no date."""
    return _range(words)[1] if words else None


def _range(words: str) -> tuple[date, date]:
    found = span_of(words) if len(words) in (4, 7, 10) else None
    if found is None:
        raise ValueError(words)
    return found


def _of_day(year: int, month: int, day: int) -> tuple[date, date]:
    if day:
        return date(year, month, day), date(year, month, day)
    return _months(year, month or 1, 1 if month else 12)


def _months(year: int, month: int, number: int) -> tuple[date, date]:
    after = year * 12 + month - 1 + number
    return date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(1)
