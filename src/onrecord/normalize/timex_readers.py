"""The readers behind the rules of time expressions: each turns a match into its reading, or refuses it with None."""

import re
from datetime import date
from fractions import Fraction

from onrecord.normalize.anchor import Scene, Tense, moved, weekday_near
from onrecord.normalize.numbers import ORDINALS, SMALL, number
from onrecord.normalize.timex_values import (
    OPEN,
    Match,
    Reading,
    at_unit,
    base_for,
    clock_of,
    count_of,
    day_of,
    day_value,
    daypart_of,
    duration_value,
    holiday,
    iso,
    month_of,
    month_value,
    moved_value,
    season_value,
    unit_of,
    week_value,
    weekday_of,
    weekday_value,
    year_of,
)
from onrecord.normalize.timex_words import ADVERBS, REFERENCES, SEASONS

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
_MONEY_RATE = re.compile(
    r"(?:(?:\b(?:once|twice|times|million|billion|trillion|thousand|dollars?|euros?|pounds?|yen|cents?|percent|%|barrels|people"
    r"|tons|tonnes|gallons|units|points)|[%$€£]|\d[\d,.]*[kmb]?n?)\s+$)"
)
_CLOCK_BEFORE = re.compile(r"\b(?:at|by|until|till|from|around|about|since|before|after)\s+$")
_OLD_AFTER = re.compile(r"[\s-]+(?:old|of age)\b|[\s-]+olds?\b")
_SEASON_BEFORE = re.compile(
    r"\b(?:in|by|until|till|during|since|of|early|late|mid)[\s-]+(?:the[\s]+)?$|\b(?:this|next|last)\s+$"
)
_PERIOD_AFTER = re.compile(
    r"\s+(?:few|several|couple|\d|second|minute|hour|day|week|month|quarter|year|decade|centur|season|spring|summer|fall|winter|autumn"
    r"|an?\b|half|and present|" + "|".join(SMALL) + ")"
)
_GUARDED = ("may", "march", "august")  # months that are also other words


def _before(scene: Scene, m: Match, reach: int = 24) -> str:
    return scene.low[max(0, m.start() - reach) : m.start()]


def _capital(scene: Scene, m: Match, group: str) -> bool:
    first = scene.text[m.start(group)]
    return first.isupper() or first.isdigit()


def _given(m: Match, group: str) -> str:
    """Give a group's words, or nothing where the rule has no such group."""
    return (m.groupdict().get(group) or "") if group in m.re.groupindex else ""


def full_date(m: Match, scene: Scene) -> Reading | None:
    """Read a day of a month, with or without its year."""
    if not _capital(scene, m, "month"):
        return None
    month, day, year = month_of(m["month"]), day_of(m["day"]), m["year"]
    if not year:
        weekday = weekday_of(m["anyweekday"]) if _given(m, "anyweekday") else None
        value = day_value(scene, month, day, scene.tense(m.start(), m.end()), weekday)
        return Reading("DATE", value) if value else None
    value = iso(year_of(year), month, day)
    if value and _given(m, "hour"):
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
    if not scene.text[m.start()].isupper() or (words in _GUARDED and not _MONTH_BEFORE.search(_before(scene, m))):
        return None
    return Reading("DATE", month_value(scene, month_of(words), _year_tense(m, scene)))


def _year_tense(m: Match, scene: Scene) -> Tense | None:
    return scene.tense(m.start(), m.end())


def which_month(m: Match, scene: Scene) -> Reading | None:
    """Read last, next or this month by name; neither last nor next is the anchor's own month."""
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
    year, before = int(m["fullyear"]), _before(scene, m)
    if m.group()[0].isdigit():
        if _NO_YEAR_BEFORE.search(before) or _NO_YEAR_AFTER.match(scene.low, m.end()):
            return None
        if not 1900 <= year <= 2060 and not _YEAR_BEFORE.search(before):
            return None
    return Reading("DATE", str(year))


def spelt_year(m: Match, scene: Scene) -> Reading | None:
    """Read "nineteen ninety-six"."""
    del scene
    return Reading("DATE", str(SMALL[m["century"]] * 100 + SMALL[m["ten"]] + SMALL.get(m["one"] or "zero", 0)))


def decade(m: Match, scene: Scene) -> Reading | None:
    """Read "the 1990s" and "the '80s"."""
    del scene
    return Reading("DATE", (m["century"] or ("20" if m["ten"] in "012" else "19")) + m["ten"])


def named_decade(m: Match, scene: Scene) -> Reading | None:
    """Read "the nineties", with its article only."""
    if not _before(scene, m).endswith(("the ", "early ", "late ", "mid-")):
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
    n = int(words[0]) if words[0].isdigit() else ORDINALS[words]
    if n > 4:
        return None
    year = _given(m, "early") or _given(m, "late")
    if not year and (which := _given(m, "which") or _given(m, "whose")):
        year = _which_year(which, scene)
    return Reading("DATE", f"{year}-Q{n}" if year else _near_quarter(n, m, scene))


def _near_quarter(n: int, m: Match, scene: Scene) -> str:
    now = scene.now
    if now is None:
        return f"XXXX-Q{n}"
    year, present = now.year, (now.month + 2) // 3
    ahead = scene.tense(m.start(), m.end()) == "future"
    if n > present and not ahead:
        year -= 1
    elif n - present == -3 and ahead:
        year += 1  # what the first quarter will bring, said in the fourth
    return f"{year}-Q{n}"


def half(m: Match, scene: Scene) -> Reading | None:
    """Read a half of a year."""
    year = m["fullyear"] or _which_year(m["which"], scene)
    return Reading("DATE", f"{year}-H{1 if m['half'] == 'first' else 2}")


def weekday(m: Match, scene: Scene) -> Reading | None:
    """Read a bare weekday."""
    if not scene.text[m.start()].isupper():
        return None
    return Reading("DATE", weekday_value(scene, m, weekday_of(m["weekday"])))


def weekday_part(m: Match, scene: Scene) -> Reading | None:
    """Read "Wednesday night"."""
    found = weekday(m, scene)
    return Reading("TIME", found.value + daypart_of(m["daypart"])) if found else None


def weekdays(m: Match, scene: Scene) -> Reading | None:
    """Read "Mondays" and "Tuesday nights"."""
    if not scene.text[m.start()].isupper():
        return None
    return Reading("SET", f"XXXX-WXX-{weekday_of(m['weekday'])}" + (daypart_of(m["part"]) if m["part"] else ""))


def which_weekday(m: Match, scene: Scene) -> Reading | None:
    """Read last, next, this, previous or following weekday; the anchor's own day is neither last nor next."""
    n, which = weekday_of(m["weekday"]), m["which"]
    relative = which in ("previous", "following")
    now = (scene.day or scene.now) if relative else scene.now
    part = daypart_of(m["daypart"]) if m["daypart"] else ""
    if now is None:
        return Reading("TIME" if part else "DATE", f"XXXX-WXX-{n}{part}")
    ahead = which in ("next", "this coming", "following", "coming") or (which == "this" and n >= now.isoweekday())
    base = now if which == "this" else moved(now, 1 if ahead else -1) or now
    return Reading("TIME" if part else "DATE", weekday_near(base, n, ahead=ahead).isoformat() + part)


def named_day(m: Match, scene: Scene) -> Reading | None:
    """Read today, yesterday, tomorrow, tonight."""
    word = m["word"]
    part = "TNI" if word == "tonight" else daypart_of(m["daypart"]) if m["daypart"] else ""
    value = moved_value(scene.now, {"yesterday": -1, "tomorrow": 1}.get(word, 0), "day")
    return Reading("TIME" if part else "DATE", value + part) if value else None


def day_over(m: Match, scene: Scene) -> Reading | None:
    """Read the day before yesterday and the day after tomorrow."""
    value = moved_value(scene.now, -2 if m["word"] else 2, "day")
    return Reading("DATE", value) if value else None


def which_part(m: Match, scene: Scene) -> Reading | None:
    """Read "this morning", "last night", "the next morning"."""
    which = m["which"]
    base = scene.day if which in ("that", "same", "following", "next") else scene.now
    value = moved_value(base, {"last": -1, "next": 1, "following": 1}.get(which, 0), "day")
    return Reading("TIME", value + daypart_of(m["daypart"])) if value else None


def which_unit(m: Match, scene: Scene) -> Reading | None:
    """Read "last week", "this year", "the following month", "the past year"."""
    which, unit = m["which"], m["unit"]
    if which == "past" or (which == "last" and unit in ("day", "decade", "century")):
        return Reading("DURATION", duration_value(Fraction(1), unit))
    step = {"last": -1, "previous": -1, "next": 1, "following": 1, "coming": 1}.get(which, 0)
    back = which in ("previous", "following", "same", "that") or (which == "next" and unit == "day")
    if which == "latest" or unit == "period":
        return Reading("DATE", _reported(scene)) if which == "latest" and unit in ("quarter", "period") else None
    if unit == "day" and which in ("this", "coming", "current"):
        return None
    base = base_for(scene, unit) if back else scene.now
    value = moved_value(base, step, unit)
    return Reading("DATE", value) if value else None


_PART_BEFORE = re.compile(
    r"\b(?:(?:end|beginning|start|middle) of|(?:early|late|earlier|later) in)\s+(?:the|this|that|last|next)\s+$"
)
_THE_UNIT = re.compile(
    r"\b(?:in|during|for|over|within|throughout|(?:rest|most|much|half|part|months|quarters?|weeks|start) of)\s+the\s+"
    r"(?:full |fiscal )?$"
)
_ENDED = re.compile(r"\s+(?:ended|ending|to)\b")


def part_of_unit(m: Match, scene: Scene) -> Reading | None:
    """Read "the end of the year", "earlier in the month", and "in the quarter" after a quarter was named."""
    unit, before = m["unit"], _before(scene, m, 40)
    if _PART_BEFORE.search(before):
        value = moved_value(scene.now, 0, unit)
        return Reading("DATE", value) if value else None
    if unit in ("quarter", "year") and _THE_UNIT.search(before):
        if unit == "quarter":
            return Reading("DATE", _reported(scene))
        if _ENDED.match(scene.low, m.end()):
            return Reading("DURATION", "P1Y")
        return Reading("DATE", moved_value(scene.now, 0, "year") or "XXXX")
    return None


def _reported(scene: Scene) -> str:
    """Give the quarter that a report is on: the one named before, else the last that is over."""
    return scene.quarter or moved_value(scene.now, -1, "quarter") or OPEN["quarter"]


def year_end(m: Match, scene: Scene) -> Reading | None:
    """Read "year-end" as the end of the anchor's year."""
    del m
    value = moved_value(scene.now, 0, "year")
    return Reading("DATE", value, "END") if value else None


def ago(m: Match, scene: Scene) -> Reading | None:
    """Read "two days ago"; "years ago" has no value of its own."""
    n = count_of(m["count"]) if m["count"] else None
    unit = unit_of(m["units"])
    if n is None:
        return Reading("DATE", "PAST_REF")
    if n == 1 and unit == "year":
        return _year_before(scene)
    value = moved_value(scene.now, -round(n), unit)
    return Reading("TIME" if unit in ("hour", "minute", "second") else "DATE", value) if value else None


def _year_before(scene: Scene) -> Reading:
    """Give the year before the anchor's; its quarter where the text compares quarters."""
    if scene.quarter:
        return Reading("DATE", f"{int(scene.quarter[:4]) - 1}{scene.quarter[4:]}", compares=True)
    return Reading("DATE", moved_value(scene.now, -1, "year") or "XXXX", compares=True)


def later(m: Match, scene: Scene) -> Reading | None:
    """Read "twelve days later", "a year earlier" from the last date named, "two days from now" from the anchor."""
    n, unit, way = count_of(m["count"]), unit_of(m["units"]), m["way"]
    from_now = way.startswith(("from", "hence"))
    back = way in ("earlier", "beforehand", "previously")
    if n is None:
        return Reading("DATE", "PAST_REF" if back else "FUTURE_REF")
    if back and n == 1 and unit == "year" and scene.quarter:
        return _year_before(scene)
    base = scene.now if from_now else base_for(scene, unit) or (scene.now if back else None)
    value = moved_value(base, -round(n) if back else round(n), unit)
    return Reading("TIME" if unit in ("hour", "minute", "second") else "DATE", value) if value else None


def year_ago(m: Match, scene: Scene) -> Reading | None:
    """Read "year-ago" and "the year-earlier quarter": the quarter named before, else the year, one year back."""
    words = m["ordinal"]
    if words and (n := ORDINALS.get(words)) and scene.now:
        return Reading("DATE", f"{scene.now.year - 1}-Q{n}", compares=True)
    return _year_before(scene)


def duration(m: Match, scene: Scene) -> Reading | None:
    """Read a counted unit; "$5 million a year" is a rate (SET); ages and quarters of a whole are none."""
    unit, words = unit_of(m["units"]), m["count"].strip()
    if _OLD_AFTER.match(scene.low, m.end()) or scene.low.startswith(("-ago", "-earlier"), m.end()):
        return None
    single = words in ("a", "an")
    if unit in ("second", "quarter") and (single or words in ("one", "half", "half a", "several quarters")):
        return None
    if unit == "second" and m["units"] == "second" and "-" not in m.group():
        return None
    if single and unit not in ("hour", "minute") and _MONEY_RATE.search(_before(scene, m)):
        return Reading("SET", duration_value(Fraction(1), unit))
    n = count_of(words)
    if _given(m, "upper"):
        return Reading("DURATION", duration_value(n, unit), "APPROX")
    if n is not None and _given(m, "half"):
        n += Fraction(1, 2)
    return Reading("DURATION", duration_value(n, unit), "APPROX" if "couple" in words else None)


def vague_period(m: Match, scene: Scene) -> Reading | None:
    """Read "recent weeks"; "recent years" is the past."""
    unit = unit_of(re.split(r"\s+", m.group())[-1])
    if m.group().startswith("recent") and unit in ("year", "decade", "century"):
        return Reading("DATE", "PAST_REF")
    del scene
    return Reading("DURATION", duration_value(None, unit))


def bare_units(m: Match, scene: Scene) -> Reading | None:
    """Read "decades" where no number stands before."""
    before = _before(scene, m)
    if re.search(r"[\d%-]\s*$|\b(?:old|light|school|dog|dark|salad|last|these|other)\s+$", before) or re.match(
        r"\s+old\b", scene.low[m.end() :][:6]
    ):
        return None
    return Reading("DURATION", duration_value(None, unit_of(m.group().removesuffix("-long"))))


def every(m: Match, scene: Scene) -> Reading | None:
    """Read what comes again: "every Monday", "each July", "every day"."""
    del scene
    if m["weekday"]:
        return Reading("SET", f"XXXX-WXX-{weekday_of(m['weekday'])}" + (daypart_of(m["part"]) if m["part"] else ""))
    if m["longmonth"]:
        return Reading("SET", f"XXXX-{month_of(m['longmonth']):02}")
    if m["season"]:
        return Reading("SET", f"XXXX-{SEASONS[m['season']]}")
    if m["daypart"]:
        return Reading("SET", f"XXXX-XX-XX{daypart_of(m['daypart'])}")
    if m["unit"]:
        return Reading("SET", duration_value(Fraction(2 if m["other"] else 1), m["unit"]))
    return Reading("SET", "XXXX-WXX-WE")


def every_counted(m: Match, scene: Scene) -> Reading | None:
    """Read "every four years"."""
    del scene
    return Reading("SET", duration_value(count_of(m["count"]), unit_of(m["units"])))


def adverb(m: Match, scene: Scene) -> Reading | None:
    """Read "daily"; a name (the Daily Courier) is none."""
    return None if scene.text[m.start()].isupper() else Reading("SET", ADVERBS[m["word"]])


def which_season(m: Match, scene: Scene) -> Reading | None:
    """Read last, this or next season."""
    which = {"this past": "last", "this coming": "next"}.get(m["which"], m["which"])
    return Reading("DATE", season_value(scene, m["season"], which, None))


def season(m: Match, scene: Scene) -> Reading | None:
    """Read a season with its year, or a bare one behind a word that asks for a time."""
    name = m["season"]
    if m["fullyear"]:
        return Reading("DATE", f"{m['fullyear']}-{SEASONS[name]}")
    before = _before(scene, m)
    loose = name in ("summer", "winter", "autumn") and re.search(r"\b(?:the|this)\s+$", before)
    if not (loose or _SEASON_BEFORE.search(before)) or scene.low[m.end() : m.end() + 4] == " of ":
        return None
    return Reading("DATE", season_value(scene, name, "", scene.tense(m.start(), m.end())))


def weekend(m: Match, scene: Scene) -> Reading | None:
    """Read a weekend: the one that ended last before the anchor, the next for the future."""
    which, now = m["which"] or "", scene.now
    if now is None:
        return Reading("DATE", "XXXX-WXX-WE")
    ahead = which in ("next", "this coming", "coming", "following", "this") or (
        not which and scene.tense(m.start(), m.end()) == "future"
    )
    saturday: date | None = weekday_near(now, 6, ahead=ahead)
    if saturday and which == "next" and (saturday - now).days < 2:
        saturday = moved(saturday, 7)
    return Reading("DATE", f"{week_value(saturday)}-WE") if saturday else None


def clock(m: Match, scene: Scene) -> Reading | None:
    """Read a time of day, on the day last named in the paragraph, else the anchor's."""
    words = m["clock"]
    bare = words[-1].isdigit()
    if bare and not m["zone"] and not _CLOCK_BEFORE.search(_before(scene, m)):
        return None
    day = scene.local_day or scene.now
    return Reading("TIME", (day.isoformat() if day else OPEN["day"]) + clock_of(words))


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


def reference(m: Match, scene: Scene) -> Reading | None:
    """Read words that point to the present, past or future at large."""
    word = re.sub(r"\s+", " ", m["word"])
    if word == "the past" and _PERIOD_AFTER.match(scene.low, m.end()):
        return None
    return Reading("DATE", REFERENCES[word])
