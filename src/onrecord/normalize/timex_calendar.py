"""The readers of calendar dates: each turns a match of its rule into its reading, or refuses it with None."""

import re
from datetime import date

from onrecord.normalize.anchor import Scene, moved, parsed_day
from onrecord.normalize.numbers import ORDINALS
from onrecord.normalize.timex_values import (
    OPEN,
    Match,
    Reading,
    base_for,
    day_of,
    day_value,
    distance,
    given,
    holiday,
    iso,
    month_of,
    month_value,
    moved_value,
    season_value,
    week_value,
    weekday_of,
    words_before,
    year_of,
)
from onrecord.normalize.timex_words import SEASONS

_MONTH_BEFORE = re.compile(
    r"\b(?:in|of|last|next|this|since|until|till|by|from|through|during|before|after|early|late|mid|and|or|to|between|every"
    r"|each|for|around|on|about|as|(?:january|february|march|april|may|june|july|august|september|october|november|december),?)"
    r"[\s-]+$"
)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|through|during|before|after|early|late|mid|year|and|or|to|between|circa|around"
    r"|for|the|late|fiscal|than|post|pre|spring|summer|autumn|fall|winter|election|season|about|campaign|throughout|on)[\s-]+"
    r"|[(,–—]\s*)$"
)
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$€£¥₹#№]\s?|(?<!mid)(?<!late)(?<!early)(?<!post)(?<!pre)(?<=[a-z])-|\b(?:page|pages|p|pp|no|number|room|flight|route|highway|chapter|section|usd|eur|gbp|than|worth|model"
    r"|nearly|almost|some|another|roughly|approximately|total)\.?\s|\d[-/.:,])$"
)
_NO_YEAR_AFTER = re.compile(
    r"[\s\u00a0-]+(?:people|euros?|dollars?|pounds?|yen|points?|miles?|km|kilomet|met(?:er|re)s?\b|feet|troops|soldiers|jobs|percent"
    r"|per\b|workers|votes?\b|seats?\b|tons?|tonnes|million|billion|hundred|thousand|men\b|women\b|members|times\b|hours|days|street"
    r"|degrees|barrels|shares?\b|cases|deaths)"
)
_SEASON_BEFORE = re.compile(
    r"\b(?:in|by|until|till|during|since|of|early|late|mid)[\s-]+(?:the[\s]+)?$|\b(?:this|next|last)\s+$"
)
_IN_BEFORE = re.compile(r"\b(?:in|since|by|until)\s+$")
_CLAUSE_END = re.compile(r"\s*(?:[.,;:)–—]|$)")
_GIVEN_NAMES = ("april", "june")  # months that are also people's names
_CAPITAL_AFTER = re.compile(r"\s+[A-Z][a-z]")
_GUARDED = ("may", "march", "august")  # months that are also other words


def _capital(scene: Scene, m: Match, group: str) -> bool:
    first = scene.text[m.start(group)]
    return first.isupper() or first.isdigit()


def full_date(m: Match, scene: Scene) -> Reading | None:
    """Read a day of a month, with or without its year."""
    if not _capital(scene, m, "month"):
        return None
    month, day, year = month_of(m["month"]), day_of(m["day"]), m["year"]
    if given(m, "which"):
        year = _which_year(m["which"], scene)
        return Reading("DATE", f"{year}-{month:02}-{day:02}") if iso(2024, month, day) else None
    if not year:
        weekday = weekday_of(m["anyweekday"]) if given(m, "anyweekday") else None
        value = day_value(scene, month, day, scene.tense(m.start(), m.end()), weekday)
        return Reading("DATE", value) if value else None
    value = iso(year_of(year), month, day)
    if value and given(m, "hour"):
        return Reading("TIME", f"{value}T{m['hour']}", explicit=True)
    return Reading("DATE", value, explicit=True) if value else None


def slashed(m: Match, scene: Scene) -> Reading | None:
    """Read 3/21/2025 and 21/03/2025; the month stands first where both would do."""
    del scene
    a, b, year = int(m["first"]), int(m["second"]), m["year"]
    value = iso(year_of(year if len(year) == 4 else "'" + year), a, b) or iso(
        year_of(year if len(year) == 4 else "'" + year), b, a
    )
    return Reading("DATE", value, explicit=True) if value else None


def month_year(m: Match, scene: Scene) -> Reading | None:
    """Read a month of a given year."""
    return Reading("DATE", f"{year_of(m['year'])}-{month_of(m['month']):02}") if _capital(scene, m, "month") else None


def month_which_year(m: Match, scene: Scene) -> Reading | None:
    """Read a month of last, this or next year."""
    year = _which_year(m["which"], scene)
    return Reading("DATE", f"{year}-{month_of(m['month']):02}") if _capital(scene, m, "month") else None


def _which_year(which: str, scene: Scene) -> str:
    if which in ("last", "this", "next", "the"):
        return moved_value(scene.now, {"last": -1, "next": 1}.get(which, 0), "year") or "XXXX"
    step = 1 if "following" in which else 0
    return moved_value(base_for(scene, "year") or scene.now, step, "year") or "XXXX"


def bare_month(m: Match, scene: Scene) -> Reading | None:
    """Read a month alone; "may", "march" and "august" only behind a word that asks for a month."""
    words = m["longmonth"]
    asked = _MONTH_BEFORE.search(words_before(scene, m)) is not None
    if not scene.text[m.start()].isupper() or (words in _GUARDED and not asked):
        return None
    if words in _GIVEN_NAMES and not asked and _CAPITAL_AFTER.match(scene.text, m.end()):
        return None
    return Reading("DATE", month_value(scene, month_of(words), scene.tense(m.start(), m.end())))


def which_month(m: Match, scene: Scene) -> Reading | None:
    """Read last, next or this month by name; neither last nor next is the anchor's own month."""
    if not _capital(scene, m, "longmonth"):
        return None
    month, now = month_of(m["longmonth"]), scene.now
    if now is None:
        return Reading("DATE", f"XXXX-{month:02}")
    which, year = m["which"], now.year
    if which in ("last", "this past"):
        year -= month >= now.month
    elif which in ("next", "this coming", "the following"):
        year += month <= now.month
    return Reading("DATE", f"{year}-{month:02}")


def bare_year(m: Match, scene: Scene) -> Reading | None:
    """Read four figures as a year where nothing near counts or prices them."""
    year, before = int(m["fullyear"]), words_before(scene, m)
    if m.group()[0].isdigit():
        if _NO_YEAR_BEFORE.search(before) or _NO_YEAR_AFTER.match(scene.low, m.end()):
            return None
        if not 1900 <= year <= 2060 and not _YEAR_BEFORE.search(before):
            return None
    return Reading("DATE", str(year))


def named_year(m: Match, scene: Scene) -> Reading | None:
    """Read "the year 2000", in figures or words."""
    del scene
    return Reading("DATE", str(year_of(m["fullyear"] or m["speltyear"])))


def spelt_year(m: Match, scene: Scene) -> Reading | None:
    """Read "nineteen ninety-six"; "two thousand ten" is a number unless it stands alone behind "in"."""
    if "thousand" in m.group() or "hundred" in m.group():
        alone = _IN_BEFORE.search(words_before(scene, m)) and _CLAUSE_END.match(scene.low, m.end())
        if not alone:
            return None
    return Reading("DATE", str(year_of(m["speltyear"])))


def decade(m: Match, scene: Scene) -> Reading | None:
    """Read "the 1990s" and "the '80s"."""
    del scene
    return Reading("DATE", (m["century"] or ("20" if m["ten"] in "012" else "19")) + m["ten"])


def named_decade(m: Match, scene: Scene) -> Reading | None:
    """Read "the nineties", with its article only."""
    if not words_before(scene, m).endswith(("the ", "early ", "late ", "mid-")):
        return None
    return Reading("DATE", {"sixties": "196", "seventies": "197", "eighties": "198", "nineties": "199"}[m["name"]])


def century(m: Match, scene: Scene) -> Reading | None:
    """Read "the 21st century"."""
    del scene
    day = m["day"]
    return Reading("DATE", f"{(day_of(day) if day else 21) - 1:02}")


def quarter(m: Match, scene: Scene) -> Reading | None:
    """Read a quarter: of the year given, else the last begun, or for the future the next not over."""
    words = m["ordinal"]
    n = int(words[0]) if words[0].isdigit() else ORDINALS.get(words, 4)
    if n > 4:
        return None
    year = given(m, "early") or given(m, "late")
    if not year and (which := given(m, "which") or given(m, "whose")):
        year = _which_year(which, scene)
    return Reading("DATE", f"{year}-Q{n}" if year else _near_quarter(n, m, scene))


def _near_quarter(n: int, m: Match, scene: Scene) -> str:
    now = scene.now
    if now is None:
        return f"XXXX-Q{n}"
    tense = scene.tense(m.start(), m.end())
    quarters = (n - (now.month + 2) // 3 + 4 * y for y in (-1, 0, 1))
    gap = min(quarters, key=lambda gap: distance(gap, tense))
    return moved_value(now, gap, "quarter") or OPEN["quarter"]


def year_period(m: Match, scene: Scene) -> Reading | None:
    """Read "the 2024 quarter", "the 2024 period": the quarter reported on, in that year."""
    quarter = scene.quarter[4:] if scene.quarter else ""
    if m["what"] == "quarter" or quarter:
        return Reading("DATE", f"{m['fullyear']}{quarter or '-QX'}", compares=True)
    return Reading("DATE", m["fullyear"], compares=True)


def half(m: Match, scene: Scene) -> Reading | None:
    """Read a half of a year or decade."""
    if m["ten"]:
        return decade(m, scene)
    year = m["fullyear"] or _which_year(m["which"], scene)
    return Reading("DATE", f"{year}-H{1 if m['half'] == 'first' else 2}")


def week_of_month(m: Match, scene: Scene) -> Reading | None:
    """Read "the last week of March", "the second week in May 2024": the week that holds its middle day."""
    month, tense = month_of(m["month"]), scene.tense(m.start(), m.end())
    year_month = f"{year_of(m['year'])}-{month:02}" if m["year"] else month_value(scene, month, tense)
    if not year_month[:4].isdigit():
        return Reading("DATE", "XXXX-WXX")
    first = date.fromisoformat(year_month + "-01")
    words = m["nth"]
    n = int(words[0]) if words[0].isdigit() else ORDINALS.get(words, 0)
    day = moved(first, 7 * n - 4) if n else moved(_next_month(first), -4)
    return Reading("DATE", week_value(day)) if day and n < 5 else None


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def week_of_day(m: Match, scene: Scene) -> Reading | None:
    """Read "the week of March 6": the week that holds the day."""
    found = full_date(m, scene)
    day = parsed_day(found.value) if found else None
    return Reading("DATE", week_value(day)) if day else None


def which_season(m: Match, scene: Scene) -> Reading | None:
    """Read last, this or next season."""
    which = {"this past": "last", "this coming": "next"}.get(m["which"], m["which"])
    return Reading("DATE", season_value(scene, m["season"], which, None))


def season(m: Match, scene: Scene) -> Reading | None:
    """Read a season with its year, or a bare one behind a word that asks for a time."""
    name = m["season"]
    if m["fullyear"]:
        return Reading("DATE", f"{m['fullyear']}-{SEASONS[name]}")
    before = words_before(scene, m)
    loose = name in ("summer", "winter", "autumn") and re.search(r"\b(?:the|this)\s+$", before)
    if not (loose or _SEASON_BEFORE.search(before)) or scene.low[m.end() : m.end() + 4] == " of ":
        return None
    return Reading("DATE", season_value(scene, name, "", scene.tense(m.start(), m.end())))


def feast(m: Match, scene: Scene) -> Reading | None:
    """Read a holiday with its year: as given, else by last/next or tense, else the nearest."""
    if not scene.text[m.start("holiday")].isupper():
        return None
    name = re.sub(r"\s+", " ", m["holiday"])
    if m["fullyear"]:
        value = holiday(name, int(m["fullyear"]))
        return Reading("DATE", value) if value else None
    now = scene.now
    if now is None:
        return Reading(
            "DATE", "XXXX-" + (holiday(name, 2024) or "")[5:] if isinstance(holiday(name, 2024), str) else "XXXX"
        )
    which = m["which"] or {"past": "last", "future": "next", None: ""}[scene.tense(m.start(), m.end())]
    days = [d for y in (now.year - 1, now.year, now.year + 1) if (d := holiday(name, y))]
    fit = [
        d for d in days if which in ("", "this") or (d <= now.isoformat() if which == "last" else d >= now.isoformat())
    ]
    return Reading("DATE", min(fit or days, key=lambda d: abs((date.fromisoformat(d) - now).days)))
