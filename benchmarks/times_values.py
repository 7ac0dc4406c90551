"""When a value of ours is the one that an example of another library expects (see times.py)."""

import re
import string
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from onrecord.normalize.timex_words import HOLIDAYS, MONTHS, WEEKDAYS
from onrecord.types import Timex

Row = dict[str, Any]
Stretch = tuple[datetime, datetime]

_NAMES = re.compile(
    r"(?<!\w)(?:"
    + "|".join(sorted(map(re.escape, (*MONTHS, *WEEKDAYS, *HOLIDAYS)), reverse=True)).replace("'", "['’]?")
    + r")(?!\w)"
)
_ALSO_WORDS = ("may", "mar", "march", "sat", "sun", "mon", "wed")
_DATE_AFTER = re.compile(r"\.?,?[\s-]*(?:the )?(?:\d|\w*(?:first|second|third|th)\b)")
_DATE_BEFORE = re.compile(
    r"(\d(?:st|nd|rd|th)?|\b(?:in|of|last|next|this|from|to|since|until|by|mid|on|early|late|between|and|through"
    r"|met))[\s-]+$"
)
_SMALL_WORDS = frozenset(
    [
        "by",
        "in",
        "on",
        "the",
        "at",
        "from",
        "until",
        "till",
        "before",
        "after",
        "since",
        "around",
        "for",
        "of",
        "as",
        "early",
        "late",
        "this",
        "within",
        "during",
    ]
)
_GRAINS = {"Year": 365, "Quarter": 90, "Month": 28, "Week": 7, "Day": 1}
_SECONDS = {"Y": 31536000, "M": 2592000, "W": 604800, "D": 86400, "Q": 7776000}
_CLOCK_SECONDS = {"H": 3600, "M": 60, "S": 1}
_PARTS = {"TMO": (0, 12), "TAF": (12, 18), "TEV": (16, 24), "TNI": (17, 28)}
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def spoken(text: str) -> str:
    """Give the sentence with its months, weekdays and holidays in capitals, as news writes them."""
    return _NAMES.sub(lambda m: string.capwords(m[0]) if m[0] not in _ALSO_WORDS or _dated(text, m) else m[0], text)


def _dated(text: str, m: re.Match[str]) -> bool:
    """Tell whether "may", "sat", ... stands where a month or weekday would."""
    before = _DATE_BEFORE.search(text[: m.start()].lower())
    return bool(_DATE_AFTER.match(text, m.end()) or (before and (m[0] != "may" or before[1] not in ("this", "and"))))


_KINDS = {"time": "clock", "datetime": "clock", "timerange": "clock", "datetimerange": "clock", "timezone": "zone"}


def expected(result: Row) -> Row:
    """Give what Recognizers expects in one form: its words, their kind, the candidates for the value."""
    kind = str(result.get("typename")).removeprefix("datetimeV2.")
    kind = "alternatives" if kind == "datetimealt" else _KINDS.get(kind, "date")
    values = (result.get("resolution") or {}).get("values") or []
    return {"text": result["text"], "kind": kind, "start": result["start"], "values": values}


def standing(want: Row, text: str, found: Sequence[Timex], reference: date | None) -> bool:
    """Tell whether the words expected are found with one of the values expected, or with both ends of the range."""
    at = text.lower().find(want["text"].lower(), max(0, want.get("start", 0) - 2))
    near = [t for t in found if t.span.start < at + len(want["text"]) and at < t.span.end]
    whole = [t for t in near if _covers(t, text, at, at + len(want["text"]))]
    return any(
        any(agrees(t, v, reference) for t in near)
        or any(_coarser(t, v, text, reference) for t in whole)
        or _both_ends(near, v, reference)
        for v in want["values"]
    )


def _covers(timex: Timex, text: str, start: int, end: int) -> bool:
    """Tell whether an expression is the one expected but for a preposition or determiner before it."""
    rest = text[start : timex.span.start].lower()
    return timex.span.end >= end and all(w in _SMALL_WORDS for w in re.findall(r"\w+", rest))


def agrees(timex: Timex, value: Row, reference: date | None) -> bool:
    """Tell whether one of our times has the value that is expected."""
    wanted = value.get("timex")
    if timex.value == wanted or (
        wanted and timex.value == re.sub("^[FSC]Y", "", wanted)
    ):  # TimeBank: fiscal years are years
        return True
    if timex.type == "SET" and wanted:
        same = timex.value.removeprefix("XXXX-XX-XX") == wanted or (timex.value, wanted) == ("XXXX-WXX-WE", "P1WE")
        return same or _alike(_seconds(timex.value), _seconds(wanted))
    if timex.type in ("DURATION", "SET"):
        return _alike(_seconds(timex.value), _wanted_seconds(value))
    if timex.value == "PRESENT_REF":
        moment = _moment(value.get("start"))
        return moment is not None and moment.date() == reference and value.get("grain") == "Second"
    if wanted and re.fullmatch(r"T\d\d(?::\d\d)*", wanted):
        return timex.value[10:][:6] == (wanted + ":00")[:6]
    if wanted and wanted[-3:] in _PARTS:
        return timex.value.endswith(wanted[-3:]) and (
            len(wanted) == 3 or timex.value[:10] == str(value.get("start"))[:10]
        )
    ours, theirs = stretch(timex.value, reference), _wanted(value)
    return ours is not None and theirs is not None and _same(timex.value, ours, theirs)


def _alike(ours: float | None, theirs: float | None) -> bool:
    return ours is not None and theirs is not None and abs(ours - theirs) <= 0.06 * theirs


def _coarser(timex: Timex, value: Row, text: str, reference: date | None) -> bool:
    """Tell whether ours is the same time, as coarse as TIMEX3 writes it.

    "Three weeks ago" is the week that holds the day expected, "late July" the month with a mod, "in two weeks" a length
    that leads from the reference to the day expected.
    """
    theirs = _wanted(value)
    start = theirs[0] or theirs[1] if theirs else None
    if start is None:
        return False
    if timex.type == "DURATION":
        ahead = text[: timex.span.start].lower().endswith(("in ", "within "))
        gap = (start.date() - reference).total_seconds() if reference and ahead else None
        return _alike(_seconds(timex.value), gap)
    ours = stretch(timex.value, reference)
    counted = re.search(r"\b(?:ago|hence|later|from now|from today|back)$", timex.span.of(text).lower())
    edges = [e for e in theirs or () if e] if timex.mod else [start]
    return ours is not None and bool(timex.mod or counted) and any(ours[0] <= e <= ours[1] for e in edges)


def _same(value: str, ours: Stretch, theirs: tuple[datetime | None, datetime | None]) -> bool:
    start, end = theirs
    if value[-3:] in _PARTS:
        return start is not None and ours[0].date() == start.date() and ours[0] <= start < ours[1]
    if value.endswith("-WE"):
        return start is not None and end is not None and start <= ours[0] < end and (end - start).days <= 4
    if value[-2:] in _SEASONS and "-" in value:
        return start is not None and abs((ours[0] - start).days) < 25
    if start is None or end is None:  # open at one end: "after 2018", "since May"
        return (start or end) in ours
    if "T" in value:
        return ours[0] in theirs
    return ours[0] == start and abs((ours[1] - end).total_seconds()) <= 86400 * (1 if (end - start).days > 1 else 0)


def _both_ends(near: Sequence[Timex], value: Row, reference: date | None) -> bool:
    """Tell whether the first and the last of ours are the ends of the range expected."""
    if clocks := re.fullmatch(r"\((T\d\d(?::\d\d)?),(T\d\d(?::\d\d)?),.*\)", value.get("timex") or ""):
        ours = {t.value[10:16] for t in near}
        return all((c + ":00")[:6] in ours for c in clocks.groups())
    start, end = _wanted(value) or (None, None)
    if start is None or end is None:
        return False
    ends = [(t, s) for t in near if (s := stretch(t.value, reference))]
    starts_there = any(a == start or (t.mod and a <= start <= b) for t, (a, b) in ends)
    return starts_there and any(
        end in (a, b) or end == a + timedelta(days=1) or end.date() == a.date() or (t.mod and a <= end <= b)
        for t, (a, b) in ends
    )


def stretch(value: str, reference: date | None) -> Stretch | None:
    """Give the stretch of time that a TIMEX3 value of ours names; None for open and vague ones."""
    if value == "PRESENT_REF" and reference:
        return _days(reference, 1)
    try:
        return _stretch(value)
    except (ValueError, OverflowError):
        return None


def _stretch(value: str) -> Stretch | None:
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        first = date.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1)
        return _days(first, 2 if m[3] else 7)
    if m := re.fullmatch(r"(\d{4})-(?:Q(\d)|H(\d)|(SP|SU|FA|WI))", value):
        month = 3 * int(m[2]) - 2 if m[2] else 6 * int(m[3]) - 5 if m[3] else _SEASONS[m[4]]
        return _months(int(m[1]), month, 6 if m[3] else 3)
    if m := re.fullmatch(r"(\d{2,3})", value):
        size = 10 if len(value) == 3 else 100
        return _months(int(value) * size, 1, 12 * size)
    if m := re.fullmatch(r"(\d{4})(?:-(\d\d))?", value):
        return _months(int(m[1]), int(m[2] or 1), 1 if m[2] else 12)
    day = datetime.fromisoformat(value[:10])
    if len(value) == 10:
        return day, day + timedelta(days=1)
    if value[10:] in _PARTS:
        a, b = _PARTS[value[10:]]
        return day + timedelta(hours=a), day + timedelta(hours=b)
    clock = re.fullmatch(r"T(\d\d):(\d\d)Z?", value[10:])
    moment = day + timedelta(hours=int(clock[1]), minutes=int(clock[2])) if clock else None
    return (moment, moment) if moment else None


def _days(first: date, count: int) -> Stretch:
    start = datetime(first.year, first.month, first.day)
    return start, start + timedelta(days=count)


def _months(year: int, month: int, count: int) -> Stretch:
    after = year * 12 + month - 1 + count
    return datetime(year, month, 1), datetime(after // 12, after % 12 + 1, 1)


def _wanted(value: Row) -> tuple[datetime | None, datetime | None] | None:
    """Give the stretch expected: Recognizers' value or start and end, duckling's start with its end or grain."""
    if "grain" in value:
        start, end = _moment(value["start"]), _moment(value["end_exclusive"])
        if start and not end and "Open" not in value["kind"]:
            grain = value["grain"]
            end = start if grain not in _GRAINS else stretch_end(start, grain)
        return (start, end) if start or end else None
    if value.get("value"):
        start = _moment(value["value"])
        if start is None:
            return None
        return (start, start + timedelta(days=1)) if len(value["value"]) == 10 else (start, start)
    start, end = _moment(value.get("start")), _moment(value.get("end"))
    return (start, end) if start or end else None


def stretch_end(start: datetime, grain: str) -> datetime:
    """Give the end of the day, week, month, ... that begins there."""
    if grain in ("Day", "Week"):
        return start + timedelta(days=_GRAINS[grain])
    return _months(start.year, start.month, {"Month": 1, "Quarter": 3, "Year": 12}[grain])[1]


def _moment(stamp: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp) if stamp else None
    except ValueError:
        return None


def _wanted_seconds(value: Row) -> float | None:
    if value.get("type") == "duration":
        return float(value["value"])
    counted = re.search(
        r",(P[^)]*)\)$", value.get("timex") or ""
    )  # "(2016-10-08,2016-11-07,P30D)" for "the last 30 days"
    if counted:
        return _seconds(counted[1])
    if "grain" in value and value["start"] and value["end_exclusive"]:
        return (datetime.fromisoformat(value["end_exclusive"]) - datetime.fromisoformat(value["start"])).total_seconds()
    return None


def _seconds(value: str) -> float | None:
    m = re.fullmatch(r"P((?:[\d.]+[YMWDQ])*)(?:T((?:[\d.]+[HMS])*))?", value)
    if m is None:
        return None
    total = 0.0
    for words, table in ((m[1], _SECONDS), (m[2] or "", _CLOCK_SECONDS)):
        total += sum(float(n) * table[u] for n, u in re.findall(r"([\d.]+)([A-Z])", words))
    return total
