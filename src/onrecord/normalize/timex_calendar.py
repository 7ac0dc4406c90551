"""The readers of calendar dates: each turns a match of its rule into its reading, or refuses it with None."""

import re
from datetime import date

from onrecord.normalize.anchor import Scene, Tense, moved, parsed_day, weekday_near
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
from onrecord.normalize.timex_words import MONTHS, SEASONS

_MONTH_BEFORE = re.compile(
    r"\b(?:in|of|last|next|this|since|until|till|by|from|through|during|before|after|early|late|mid|and|or|to"
    r"|between|every"
    r"|each|for|around|on|about|as|(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december),?)"
    r"[\s-]+$"
)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|through|during|before|after|early|late|mid|year|and|or|to|between"
    r"|circa|around"
    r"|for|the|late|fiscal|than|post|pre|spring|summer|autumn|fall|winter|election|season|about|campaign|throughout"
    r"|on)[\s-]+"
    r"|[(,–—]\s*)$"
)
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$€£¥₹#№]\s?|(?<!mid)(?<!late)(?<!early)(?<!post)(?<!pre)(?<=[a-z])-|\b(?:page|pages|p|pp|no|number|room"
    r"|flight|route|highway|chapter|section|usd|eur|gbp|(?<!later )(?<!earlier )than|worth|model"
    r"|nearly|almost|some|another|roughly|approximately|total)\.?\s|(?<!\b19\d)(?<!\b20\d)\d[-/.:,]|\d[/.:,])$"
)
_NO_YEAR_AFTER = re.compile(
    r"[\s\u00a0-]+(?:people|pieces|items|units|copies|guests|homes|students|employees|residents|delegates"
    r"|protesters|children|euros?|dollars?|pounds?|yen|points?|miles?|km|kilomet|met(?:er|re)s?\b|feet|troops"
    r"|soldiers|jobs|percent"
    r"|per\b|workers|votes?\b|seats?\b|tons?|tonnes|million|billion|hundred|thousand|men\b|women\b|members|times\b"
    r"|hours|days|street"
    r"|degrees|barrels|shares?\b|cases|deaths)"
)
_NUMBER_AFTER = re.compile(r"-\d{1,4}-|\s[-–]\s\d{1,3}\b(?!\d)")
_NUMBER_BEFORE = re.compile(r"-\d{1,4}-$|(?<!\d)\d{1,3}\s[-–]\s$|\d{4}-(?<!(?:19|20)\d\d-)$")
_AHEAD_NOUN = re.compile(
    r"(?:['’]s)?\s+(?:(?:general|presidential|midterm|local|municipal|parliamentary|snap|federal|state|party)\s+)?"
    r"(?:elections?|ballot|referendum|midterms|primar(?:y|ies)|caucus(?:es)?|convention|inauguration|deadline|summit|contest|runoff|showdown)\b"
)
_PRICE_BEFORE = re.compile(r"[$€£¥]\s?$")
_PART_OF = r"(?:the\s+)?(?:(?:end|middle|start|beginning)\s+of\s+|early\s+|late\s+|mid-?)?"
_RANGE = r"\s*(?P<link>[-–]|to|and|or|until|till|through)\s*" + _PART_OF
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$")
_NAMED_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_RANGE_YEAR = re.compile(
    _RANGE + rf"(?:\d{{1,2}}(?:st|nd|rd|th)?,\s+|(?:\d{{1,2}}(?:st|nd|rd"
    rf"|th)?\s+(?:of\s+)?)?{_NAMED_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?\s+(?:(?:of|in)\s+)?)"
    r"(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)"
)
_MONTH_AFTER = re.compile(rf"{_RANGE}{_NAMED_MONTH}")
_FROM_MONTH = re.compile(rf"\b{_NAMED_MONTH}\s*(?:[-–]|to|until|till|through)\s*" + _PART_OF + "$")
_DAY_BEFORE = re.compile(
    rf"\b{_NAMED_MONTH}\s+(?:the\s+)?(?P<day>\d{{1,2}}|[a-z]+(?:-[a-z]+)?)(?:st|nd|rd|th)??"
    r"\s*(?:[-–]|\b(?:to|and|or|through|until|till)\b)\s*(?:the\s+)?$"
)
_COUNTED_AFTER = re.compile(
    r"\s+(?!(?:and|or|in|at|on|to|for|as|with|by|after|before|but|when|of|the|near)\b)[a-z]|[%:.]\d|-[a-z]|,?\s+(?:"
    + "|".join(MONTHS)
    + r")\b"
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
    if not _capital(scene, m, "month") or (m.group()[0].isdigit() and _PRICE_BEFORE.search(words_before(scene, m))):
        return None
    month, day, year = month_of(m["month"]), day_of(m["day"]), given(m, "year")
    if given(m, "which"):
        year = _which_year(m["which"], scene)
        return Reading("DATE", f"{year}-{month:02}-{day:02}") if iso(2024, month, day) else None
    if not year and (shared := year_ahead(m, scene, month)):
        value = iso(shared, month, day)
        return Reading("DATE", value) if value else None
    if not year:
        weekday = weekday_of(m["anyweekday"]) if given(m, "anyweekday") else None
        value = day_value(scene, month, day, _tense(m, scene), weekday)
        return Reading("DATE", value) if value else None
    value = iso(year_of(year), month, day)
    if value and given(m, "hour"):
        return Reading("TIME", f"{value}T{m['hour']}", explicit=True)
    return Reading("DATE", value, explicit=True) if value else None


def _tense(m: Match, scene: Scene) -> Tense | None:
    """Give the tense around a date; "the November election" lies ahead, whatever the verb says of it."""
    if _AHEAD_NOUN.match(scene.low, m.end()):
        scene.will = False
        return "future"
    return scene.tense(m.start(), m.end())


def year_ahead(m: Match, scene: Scene, month: int) -> int | None:
    """Give the year that stands behind the second part of a range: "from May to October 2020"."""
    after = _RANGE_YEAR.match(scene.low, m.end())
    if after is None or (after["link"] in ("and", "or") and not _BETWEEN.search(words_before(scene, m))):
        return None
    return int(after["year"]) - (1 if after["month"] and MONTHS[after["month"]] < month else 0)


def day_of_month(m: Match, scene: Scene) -> Reading | None:
    """Read "the 15th of next month"."""
    step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(m["which"], 0)
    month = moved_value(scene.now, step, "month") or OPEN["month"]
    if not month[:4].isdigit():
        return Reading("DATE", f"{month}-{day_of(m['day']):02}")
    value = iso(int(month[:4]), int(month[5:]), day_of(m["day"]))
    return Reading("DATE", value) if value else None


def second_day(m: Match, scene: Scene) -> Reading | None:
    """Read the second of two days of one month: "March 3 to [12]", "June 3 and [4]"."""
    before = _DAY_BEFORE.search(scene.low, max(0, m.start() - 40), m.start())
    if before is None or not scene.text[before.start()].isupper() or _COUNTED_AFTER.match(scene.low, m.end()):
        return None
    first, month, day = scene.day, MONTHS[before["month"]], day_of(m["day"])
    earlier = before["day"]
    if not (earlier[0].isdigit() or earlier in ORDINALS) or first is None or first.month != month:
        return None
    if not day_of(earlier) < day:
        return None
    value = iso(first.year, month, day)
    return Reading("DATE", value) if value else None


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
    if m["fullyear"]:
        name = m["longmonth"]
        return Reading("DATE", f"{m['fullyear']}-{month_of(name):02}") if _capital(scene, m, "longmonth") else None
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
    short = words in MONTHS and len(words) < 5 and words not in ("may", "june", "july")
    asked = asked or _MONTH_AFTER.match(scene.low, m.end()) is not None
    if not scene.text[m.start()].isupper() or ((words in _GUARDED or short) and not asked):
        return None
    if _FROM_MONTH.search(words_before(scene, m, 40)) and re.fullmatch(r"\d{4}-\d\d", scene.last or ""):
        year, first = int((scene.last or "")[:4]), int((scene.last or "")[5:7])
        return Reading("DATE", f"{year + (month_of(words) < first):04}-{month_of(words):02}")
    if shared := year_ahead(m, scene, month_of(words)):
        return Reading("DATE", f"{shared}-{month_of(words):02}")
    if words in _GIVEN_NAMES and not asked and _CAPITAL_AFTER.match(scene.text, m.end()):
        return None
    return Reading("DATE", month_value(scene, month_of(words), _tense(m, scene)))


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
        if _NUMBER_AFTER.match(scene.low, m.end()) or _NUMBER_BEFORE.search(before):
            return None
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
    if scene.text[m.end() - len("century")].isupper():
        return None  # a company's name
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
    if year := m["fullyear"] or m["speltyear"]:
        return Reading("DATE", f"{year_of(year)}-{SEASONS[name]}")
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
    if (m["weekend"] or m["weekendof"]) and (found := _feast(name, m, scene)):
        day = parsed_day(found.value)
        saturday = weekday_near(moved(day, -2) or day, 6, ahead=True) if day else None
        return Reading("DATE", f"{week_value(saturday)}-WE") if saturday else None
    return _feast(name, m, scene)


def _feast(name: str, m: Match, scene: Scene) -> Reading | None:
    if year := m["fullyear"] or m["late"] or (m["whose"] and _which_year(m["whose"], scene)):
        value = holiday(name, int(year)) if year.isdigit() else None
        return Reading("DATE", value) if value else None
    now = scene.now
    if now is None:
        return Reading(
            "DATE", "XXXX-" + (holiday(name, 2024) or "")[5:] if isinstance(holiday(name, 2024), str) else "XXXX"
        )
    if m["which"] == "this":
        return Reading("DATE", holiday(name, now.year) or str(now.year))
    which = {"previous": "last", "following": "next"}.get(m["which"] or "", m["which"])
    days = [date.fromisoformat(d) for y in (now.year - 1, now.year, now.year + 1) if (d := holiday(name, y))]
    if which:
        days = [d for d in days if (d <= now if which == "last" else d >= now)] or days
    tense = None if which else scene.tense(m.start(), m.end())
    return Reading("DATE", min(days, key=lambda d: distance((d - now).days, tense, sure=scene.will)).isoformat())
