"""From a matched time expression to its TIMEX3 value: the arithmetic behind the rules.

Where the article's date is needed and not known, the parts that it would give stay open ("XXXX-03-12", "XXXX-WXX-3").
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from fractions import Fraction
from typing import NamedTuple

from onrecord.normalize.anchor import Scene, Tense, moved, weekday_near
from onrecord.normalize.numbers import ORDINALS, SMALL, number
from onrecord.normalize.timex_words import DAYPARTS, HOLIDAYS, MONTHS, PLURALS, SEASONS, UNITS, WEEKDAYS
from onrecord.types import TimexType


class Reading(NamedTuple):
    """What an expression was read as; `explicit`: a whole date that needed no anchor."""

    type: TimexType
    value: str
    mod: str | None = None
    explicit: bool = False
    compares: bool = False  # names a time only to compare with it ("a year earlier"): no anchor for what follows


Match = re.Match[str]
Example = tuple[str, str, str]  # sentence with [expression], type, value


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of time expression, see timex_rules.py."""

    name: str
    starts: str
    left: str
    pattern: str
    read: Callable[[Match, Scene], Reading | None]
    examples: tuple[Example, ...]


_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def weekday_of(words: str) -> int:
    """Give the ISO number of a weekday's name."""
    return WEEKDAYS[words.rstrip(".").removesuffix("s") if words not in WEEKDAYS else words]


def month_of(words: str) -> int:
    """Give the number of a month's name, short or long."""
    return int(words) if words.isdigit() else MONTHS[words.rstrip(".")]


def day_of(words: str) -> int:
    """Give the day of the month in figures or as an ordinal."""
    figures = re.match(r"\d+", words)
    return int(figures[0]) if figures else ORDINALS[re.sub(r"\s+", "-", words)]


def year_of(words: str) -> int:
    """Give the year: four figures, two behind an apostrophe, or spelt ("nineteen ninety-six", "two thousand ten")."""
    if words[0].isalpha():
        return spelt_year(re.split(r"[\s-]+", words))
    if len(words) == 3:
        return int(words[1:]) + (2000 if int(words[1:]) < 30 else 1900)
    return int(words)


def spelt_year(words: list[str]) -> int:
    """Give a year from its words: a century and a number, or thousands."""
    if words[1] == "thousand":
        return 2000 + sum(SMALL[w] for w in words[2:] if w != "and")
    return SMALL[words[0]] * 100 + sum(SMALL.get(w, 0) for w in words[1:])


def unit_of(words: str) -> str:
    """Give the unit in the singular."""
    return PLURALS.get(words, words)


def iso(year: int, month: int, day: int) -> str | None:
    """Give the ISO date, None where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


# A date without its year is the nearest one, but against the tense it counts as so many times farther.
AGAINST_TENSE = 3.0
AGAINST_WILL = 20.0  # "will" and "shall" leave hardly a doubt
AHEAD_UNTOLD = 1.5  # and so many times where no tense tells and it lies ahead


def distance(gap: float, tense: Tense | None, *, sure: bool = False) -> float:
    """Give how far a date is that lies so many days (months, ...) ahead, with the tense taken into account."""
    if (tense == "past" and gap > 0) or (tense == "future" and gap < 0):
        return abs(gap) * (AGAINST_WILL if sure else AGAINST_TENSE)
    return abs(gap) * (AHEAD_UNTOLD if tense is None and gap > 0 else 1)


def month_value(scene: Scene, month: int, tense: Tense | None) -> str:
    """Give the month with its year: the nearest, the tense taken into account."""
    now = scene.now
    if now is None:
        return f"XXXX-{month:02}"
    gaps = (month - now.month + 12 * y for y in (-1, 0, 1))
    months = now.year * 12 + now.month - 1 + min(gaps, key=lambda gap: distance(gap, tense or "past", sure=scene.will))
    return f"{months // 12}-{months % 12 + 1:02}"


def day_value(scene: Scene, month: int, day: int, tense: Tense | None, weekday: int | None) -> str | None:
    """Give a day of a month with its year: the one that falls on the weekday given, else the nearest by tense."""
    now = scene.now
    if now is None:
        return f"XXXX-{month:02}-{day:02}" if iso(2024, month, day) else None
    near = [date.fromisoformat(d) for y in range(now.year - 4, now.year + 5) if (d := iso(y, month, day))]
    fit = [d for d in near if d.isoweekday() == weekday] or near
    return min(fit, key=lambda d: distance((d - now).days, tense, sure=scene.will)).isoformat() if fit else None


def week_value(day: date) -> str:
    """Give the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def at_unit(day: date, unit: str) -> str:
    """Give the value of the unit of time that holds the day."""
    match unit:
        case "day":
            return day.isoformat()
        case "week" | "fortnight":
            return week_value(day)
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case "decade":
            return f"{day.year // 10:03}"
        case "century":
            return f"{day.year // 100:02}"
    return f"{day.year:04}"


OPEN = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "fortnight": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip


def shifted(base: date, count: int, unit: str) -> date | None:
    """Give the day so many units away; None beyond the calendar's ends."""
    if unit in ("day", "week", "fortnight"):
        days = {"day": 1, "week": 7, "fortnight": 14}[unit] * count
        return moved(base, days) if abs(days) < 3_000_000 else None
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit] * count + base.month - 1
    year, month = base.year + months // 12, months % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return next(date(year, month, d) for d in range(base.day, 0, -1) if iso(year, month, d))


def moved_value(base: date | None, count: int, unit: str) -> str | None:
    """Give the value so many units from the base, as coarse as the unit; open where there is no base."""
    if unit in ("hour", "minute", "second"):
        return f"{base.isoformat()}TXX" if base else "XXXX-XX-XXTXX"
    if base is None:
        return OPEN[unit]
    day = shifted(base, count, unit)
    return at_unit(day, unit) if day else None


def duration_value(count: Fraction | None, unit: str) -> str:
    """Give a duration: "P3Y", "PT1H30M", "P2Y6M"; PX... where the number is vague."""
    letter, clock = UNITS[unit]
    head = "PT" if clock else "P"
    if count is None:
        return f"{head}X{letter}"
    many = {"fortnight": 2, "decade": 10, "century": 100}
    if unit in many:
        count, letter = count * many[unit], {"fortnight": "W"}.get(unit, "Y")
    if count.denominator == 1:
        return f"{head}{count.numerator}{letter}"
    whole, half = divmod(count, 1)
    finer = {"year": "6M", "hour": "30M", "minute": "30S"}.get(unit)
    if half == Fraction(1, 2) and finer:
        return head + (f"{whole}{letter}" if whole else "") + finer
    return f"{head}{float(count):g}{letter}"


def count_of(words: str) -> Fraction | None:
    """Give the number of a counted unit; None for "several", "a few", ...; a couple is two."""
    words = re.sub(r"[\s-]+", " ", words).strip()
    if words == "another":
        return Fraction(1)
    if "few" in words or words == "several":
        return None
    if "couple" in words:
        return Fraction(2)
    if "dozen" in words:
        return Fraction(12)
    return number(words)


def base_for(scene: Scene, unit: str) -> date | None:
    """Give the date that "later" and "earlier" count from: the last one named that is fine enough, else None."""
    if unit in ("day", "week", "fortnight", "hour", "minute", "second"):
        return scene.day
    last = scene.last or ""
    if m := re.match(r"(\d{4})(?:-(\d\d)|-Q([1-4])|-(SP|SU|FA|WI))?", last):
        month = int(m[2] or 0) or int(m[3] or 0) * 3 or _SEASON_MONTHS.get(m[4] or "", 0)
        fine = month or unit not in ("month", "quarter")
        return date(int(m[1]) or 1, min(month or 1, 12), 1) if fine else scene.day
    return scene.day


_BARE_HOLIDAYS = {name.replace("'", ""): rule for name, rule in HOLIDAYS.items()}


def holiday(name: str, year: int) -> str | None:
    """Give the day of a holiday in a year, None in a year that no calendar here has."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    rule = _BARE_HOLIDAYS[re.sub("['’]", "", name)]
    if isinstance(rule, tuple):
        return iso(year, *rule)
    words = rule.split()
    if words[0] == "easter":
        day = moved(easter(year), int(words[1]))
        return day.isoformat() if day else None
    nth, weekday, month, more = int(words[0]), WEEKDAYS[words[1]], int(words[2]), [int(w) for w in words[3:]]
    days = [d for n in range(1, 32) if (d := iso(year, month, n)) and date.fromisoformat(d).isoweekday() == weekday]
    day = moved(date.fromisoformat(days[nth - 1 if nth > 0 else nth]), sum(more))
    return day.isoformat() if day else None


def easter(year: int) -> date:
    """Give Easter Sunday of a Gregorian year (the anonymous algorithm, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    return date(year, (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1)


def weekday_value(scene: Scene, m: Match, weekday: int) -> str:
    """Give the day of a bare weekday by tense.

    For the future it counts from a weekday resolved before in the same paragraph ("said on Wednesday that ... could ...
    on Thursday"), for then the words report what was ahead on that day.
    """
    if scene.now is None:
        return f"XXXX-WXX-{weekday}"
    ahead = scene.tense(m.start(), m.end()) == "future"
    base = scene.now
    if ahead and scene.was and weekday % 7 + 1 == base.isoweekday():
        ahead = False  # "was to speak on" the day before
    if ahead and scene.weekday and 0 <= (scene.now - scene.weekday).days < 7:
        base = scene.weekday
    return weekday_near(base, weekday, ahead=ahead).isoformat()


def season_value(scene: Scene, season: str, which: str, tense: Tense | None) -> str:
    """Give a season with its year, for "last", "next", "this" or a bare one."""
    code, now = SEASONS[season], scene.now
    if now is None:
        return f"XXXX-{code}"
    first = _SEASON_MONTHS[code]
    year = now.year
    started, over = now.month >= first, now.month >= first + 3
    if code == "WI" and which != "this" and not started and tense != "future":
        year -= 1  # the winter that began in December
    if which == "last" and not over and code != "WI":
        year -= 1
    elif which == "next" and started:
        year += 1
    elif which == "" and not started and tense == "past" and code != "WI":
        year -= 1
    return f"{year}-{code}"


def daypart_of(words: str) -> str:
    """Give the TIMEX3 code of a part of the day."""
    return DAYPARTS[words.removesuffix("s")]


def clock_of(words: str) -> str:
    """Give the time of day as TIMEX3 prints it: "T15:00"."""
    named = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}
    if words in named:
        return named[words]
    first = re.split(r"[\s\u00a0]", words)[0]
    words = words.replace(first, str(SMALL[first]), 1) if first in SMALL else words
    m = re.match(r"(\d\d)(\d\d)$|(\d+)(?:[:.](\d\d))?[\s\u00a0-]*(?:([ap])\.?m)?", words)
    if m is None:
        return "TXX:XX"
    hour, late = int(m[1] or m[3]), m[5] == "p" or words.endswith(("afternoon", "evening", "night"))
    if m[5] or late or words.endswith("morning"):
        hour = hour % 12 + (12 if late and not (hour == 12 and words.endswith("night")) else 0)
    return f"T{hour:02}:{m[2] or m[4] or '00'}"


def words_before(scene: Scene, m: Match, reach: int = 24) -> str:
    """Give the words right before a match, in lower case."""
    return scene.low[max(0, m.start() - reach) : m.start()]


def given(m: Match, group: str) -> str:
    """Give a group's words, or nothing where the rule has no such group."""
    return (m.groupdict().get(group) or "") if group in m.re.groupindex else ""
