"""The readers of all that counts from an anchor or has a length: each gives its reading, or refuses with None."""

import re
from datetime import date
from fractions import Fraction

from onrecord.normalize.anchor import Scene, moved, weekday_near
from onrecord.normalize.numbers import ORDINALS, SMALL
from onrecord.normalize.timex_values import (
    OPEN,
    Match,
    Reading,
    base_for,
    clock_of,
    count_of,
    daypart_of,
    duration_value,
    given,
    month_of,
    month_value,
    moved_value,
    shifted,
    unit_of,
    week_value,
    weekday_of,
    weekday_value,
    words_before,
)
from onrecord.normalize.timex_words import ADVERBS, MONTHS, REFERENCES, SEASONS, WEEKDAYS

_MONEY_RATE = re.compile(
    r"(?:(?:\b(?:once|twice|times|million|billion|trillion|thousand|dollars?|euros?|pounds?|yen|cents?|percent|%"
    r"|barrels"
    r"|people|tons|tonnes|gallons|units|points)|[%$€£]|\d[\d,.]*[kmb]?n?)\s+$)"
)
_CLOCK_BEFORE = re.compile(r"\b(?:at|by|until|till|from|around|about|since|before|after)\s+$")
_NAMED_DAY = re.compile(r"\b(?:one|black|cyber|ash|super|bloody|holy|palm|shrove|maundy|casual)\s+$")
_PROGRAMME_BEFORE = re.compile(r"(?:[\"“'‘`]|['’]s\s+|\bon\s+)$")  # on ABC's "This Week"
_DAY_NAMES = re.compile(
    r"\s+(?:Times|Telegraph|Mail|Express|Mirror|Herald|Independent|Agreement|(?:Night|Morning)\s+[A-Z]\w+)\b"
)
_OLD_AFTER = re.compile(r"[\s-]+(?:old|of age)\b|[\s-]+olds?\b")
_PERIOD_AFTER = re.compile(
    r"\s+(?:few|several|couple|\d|second|minute|hour|day|week|fortnight|month|quarter|year|decade|centur|season"
    r"|spring|summer|fall"
    r"|winter|autumn|an?\b|half|and present|" + "|".join(SMALL) + ")"
)
_NO_PERIOD_BEFORE = re.compile(r"[\d%-]\s*$|\b(?:old|light|school|dog|dark|salad|last|these|other|first|on)\s+$")
_SHORT_BEFORE = re.compile(r"\b(?:within|for|in|in just|after|matter of)\s+$")
_VERB_BEFORE = re.compile(r"\b(?:will|to|and|may|can|could|would|might|must|should|not|n['’]t|only)\s+$")
_PART_BEFORE = re.compile(
    r"\b(?:(?:end|beginning|start|middle) of|(?:early|late|earlier|later) in)\s+(?:the|this|that|last|next)\s+$"
)
_AT_THE_END = re.compile(r"\bat\s+the\s+end\s+of\s+the\s+$")
_END_BEFORE = re.compile(r"\b(?:end|start|beginning|middle)\s+of\s+(?:the\s+)?$")
_THE_UNIT = re.compile(
    r"\b(?:in|during|for|over|within|throughout|(?:rest|most|much|half|part|months|quarters?|weeks|start) of)\s+the\s+$"
)
_THE_DAY = re.compile(
    r"\b(?:(?:rest|remainder|end|start|beginning|course|hours?) of|(?:late|later|early|earlier) in|end(?:s|ed|ing)?"
    r"|finish(?:es|ed|ing)?|clos(?:es|ed|ing)|start(?:s|ed|ing)?|for) the $".replace(" ", r"\s+")
)
_THE_WEEK = re.compile(r"\b(?:(?:rest|remainder|course) of|for|during)\s+the\s+$")
_DAYPART_BEFORE = re.compile(
    r"\b(?:(?:in|during|by|until|throughout|through|of|on)\s+(?:the\s+)?|the\s+(?=\w))(?:(?:early|late|mid)[\s-]+)?$"
)
_JUST_THE = re.compile(r"\b(?<!in )(?<!during )the\s+$")
_DAYPART_NAME_AFTER = re.compile(
    r"[\s-]+(?:news|paper|shows?|host|edition|session|post|star|sun|standard|of|classes|school)\b"
)
_OF_DATE = re.compile(
    r"\s+of\s+(?:the\s+)?(?:\d{1,2}\b(?!:)|(?:"
    + "|".join([*MONTHS, *WEEKDAYS])
    + r")\b|christmas|easter|(?:"
    + "|".join(ORDINALS)
    + r")\s+of\s)"
)
_NO_NIGHT_AFTER = re.compile(
    r"[\s-]+(?:success|train|bag|mail|deliver|stay|flight|rate|millionaire|sensation|camp|interest|package|trip"
    r"|guest|lows?\b|confine)"
)
_AHEAD_BEFORE = re.compile(
    r"\b(?:will|would|could|can|may|might|must|shall|hopes?|hoped|dreams?|dreamed|and|[a-z]+['’]d"
    r"|[a-z]+['’]ll)\s+(?:\w+\s+)?$"
)
_IDIOM_BEFORE = re.compile(r"\b(?:wait|hold on|hang on|just|got)\s+$")
_NEAR = 1000  # how far a quarter named before still counts for "a year ago", in characters
_ENDED = re.compile(r"\s+(?:ended|ending|to)\b")
_ENDED_IN = re.compile(
    r"\s+(?:that\s+)?(?:ended|ending|through|to|until)\s+(?:on\s+|in\s+)?(?P<month>" + "|".join(MONTHS) + r")\b"
)


def weekday(m: Match, scene: Scene) -> Reading | None:
    """Read a bare weekday."""
    if not scene.text[m.start()].isupper() or _NAMED_DAY.search(words_before(scene, m)):
        return None
    if _DAY_NAMES.match(scene.text, m.end()):
        return None
    return Reading("DATE", weekday_value(scene, m, weekday_of(m["weekday"])))


def weekday_part(m: Match, scene: Scene) -> Reading | None:
    """Read "Wednesday night"."""
    if _DAY_NAMES.match(scene.text, m.end("weekday")):
        return None
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
    if which == "following" and not words_before(scene, m).endswith("the "):
        return None  # after that day
    relative = which in ("previous", "following")
    now = (scene.day or scene.now) if relative else scene.now
    part = daypart_of(m["daypart"]) if m["daypart"] else ""
    if now is None:
        return Reading("TIME" if part else "DATE", f"XXXX-WXX-{n}{part}")
    ahead = which in ("next", "this coming", "following", "coming") or (
        which == "this" and (n >= now.isoweekday() or scene.tense(m.start(), m.end()) == "future")
    )
    base = now if which == "this" else moved(now, 1 if ahead else -1) or now
    if which == "next":
        base = moved(now, 8 - now.isoweekday()) or now  # within this week it would be named alone
    return Reading("TIME" if part else "DATE", weekday_near(base, n, ahead=ahead).isoformat() + part)


def named_day(m: Match, scene: Scene) -> Reading | None:
    """Read today, yesterday, tomorrow, tonight."""
    word = m["word"]
    if scene.text[m.start() : m.end()] == "TODAY" and scene.text[m.start() - 4 : m.start()] == "USA ":
        return None
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


def daypart(m: Match, scene: Scene) -> Reading | None:
    """Read "in the morning", "by mid-afternoon", "overnight": of the day named in the paragraph, else the anchor's."""
    if m["overnight"]:
        if _NO_NIGHT_AFTER.match(scene.low, m.end()):
            return None
        value = moved_value(scene.now, -1, "day")
        return Reading("TIME", value + "TNI") if value else None
    before = words_before(scene, m)
    if _OF_DATE.match(scene.low, m.end()):
        return Reading("TIME", (scene.now.isoformat() if scene.now else OPEN["day"]) + daypart_of(m["daypart"]))
    if before.endswith(("late-", "by ")) and m["daypart"] == "night":
        return None
    if not _DAYPART_BEFORE.search(before) or _DAYPART_NAME_AFTER.match(scene.low, m.end()) or _JUST_THE.search(before):
        return None
    day = scene.local_day or scene.now
    return Reading("TIME", (day.isoformat() if day else OPEN["day"]) + daypart_of(m["daypart"]))


def which_unit(m: Match, scene: Scene) -> Reading | None:
    """Read "last week", "this year", "the following month", "the past year"."""
    which, unit = m["which"], m["unit"]
    if unit == "fortnight" or (which in ("past", "last") and unit in ("day", "century")):
        return Reading("DURATION", duration_value(Fraction(1), unit))
    if scene.text[m.start("unit")].isupper() and _PROGRAMME_BEFORE.search(words_before(scene, m)):
        return None
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "following": 1, "coming": 1, "upcoming": 1}.get(which, 0)
    back = which in ("previous", "following", "same", "that") or (which == "next" and unit == "day")
    if which == "latest" or unit == "period":
        return Reading("DATE", _reported(scene)) if which == "latest" and unit in ("quarter", "period") else None
    if unit == "day" and which in ("this", "coming", "current"):
        return None
    if unit == "quarter" and which in ("that", "same") and scene.quarter:
        return Reading("DATE", scene.quarter)
    base = base_for(scene, unit) or scene.now if back else scene.now
    value = moved_value(base, step, unit)
    return Reading("DATE", value) if value else None


def part_of_unit(m: Match, scene: Scene) -> Reading | None:
    """Read "the end of the year", "earlier in the month", and "in the quarter" after a quarter was named."""
    unit, before = m["unit"], words_before(scene, m, 40)
    if unit == "day" and _AT_THE_END.search(before):
        return None  # "all in all"
    part = _PART_BEFORE.search(before) or (unit != "day" and _END_BEFORE.search(before))
    if (unit == "day" and _THE_DAY.search(before)) or (unit in ("week", "month") and _THE_WEEK.search(before)) or part:
        value = moved_value((scene.local_day if unit == "day" else None) or scene.now, 0, unit)
        return Reading("DATE", value) if value else None
    if unit == "quarter" and (ended := _ENDED_IN.match(scene.low, m.end())):
        month = month_value(scene, MONTHS[ended["month"]], "past")
        return Reading("DATE", f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}")
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
        return _year_before(scene, m.start())
    value = moved_value(scene.now, *_in_days(-round(n), unit))
    return Reading("TIME" if unit in ("hour", "minute", "second") else "DATE", value) if value else None


def _in_days(count: int, unit: str) -> tuple[int, str]:
    """Give weeks as days: "two weeks ago" names a day, as TimeBank's annotators read it."""
    return (count * {"week": 7, "fortnight": 14}[unit], "day") if unit in ("week", "fortnight") else (count, unit)


def _year_before(scene: Scene, start: int) -> Reading:
    """Give the year before the anchor's; its quarter where the text compares quarters."""
    if scene.quarter and start - scene.quarter_end < _NEAR:
        return Reading("DATE", f"{int(scene.quarter[:4]) - 1}{scene.quarter[4:]}", compares=True)
    return Reading("DATE", moved_value(scene.now, -1, "year") or "XXXX", compares=True)


def later(m: Match, scene: Scene) -> Reading | None:
    """Read "twelve days later", "a year earlier" from the last date named, "two days from now" from the anchor."""
    n, unit, way = count_of(m["count"]), unit_of(m["units"]), m["way"]
    from_now = way.startswith(("from", "hence"))
    back = way in ("earlier", "beforehand", "previously")
    if (n is None or unit in ("hour", "minute", "second")) and not from_now:
        return None  # "a few days later": a length
    if n is None:
        return Reading("DATE", "FUTURE_REF")
    if back and n == 1 and unit == "year" and scene.quarter:
        return _year_before(scene, m.start())
    base = scene.now if from_now else base_for(scene, unit) or (scene.now if back else None)
    value = moved_value(base, *_in_days(-round(n) if back else round(n), unit))
    return Reading("TIME" if unit in ("hour", "minute", "second") else "DATE", value) if value else None


def same_period(m: Match, scene: Scene) -> Reading | None:
    """Read "the same period last year", "the corresponding quarter of 2023": what was named before, in another year."""
    if m["fullyear"]:
        year = m["fullyear"]
    else:
        from_last = m["which"] != "last" and bool(scene.last)
        base = base_for(scene, "year") if from_last else scene.now
        year = moved_value(base or scene.now, -1, "year") or "XXXX"
    unit, last = m["unit"], scene.last or ""
    if unit == "quarter" or (unit in ("period", "time") and scene.quarter and m.start() - scene.quarter_end < _NEAR):
        return Reading("DATE", year + (scene.quarter[4:] if scene.quarter else "-QX"), compares=True)
    if unit in ("month", "period", "time") and re.fullmatch(r"\d{4}-\d\d", last):
        return Reading("DATE", year + last[4:], compares=True)
    if unit in ("day", "week") and scene.now and year.isdigit():
        value = moved_value(shifted(scene.day or scene.now, int(year) - scene.now.year, "year"), 0, unit)
        return Reading("DATE", value, compares=True) if value else None
    if unit == "month" and scene.now:
        return Reading("DATE", f"{year}-{scene.now.month:02}", compares=True)
    return Reading("DATE", year, compares=True)


def year_ago(m: Match, scene: Scene) -> Reading | None:
    """Read "year-ago" and "the year-earlier quarter": the quarter named before, else the year, one year back."""
    words = m["ordinal"]
    if m["count"]:
        return Reading("DURATION", duration_value(count_of(m["count"]), unit_of(m["units"])))
    if words and (n := ORDINALS.get(words)) and scene.now:
        return Reading("DATE", f"{scene.now.year - 1}-Q{n}", compares=True)
    return _year_before(scene, m.start())


def duration(m: Match, scene: Scene) -> Reading | None:
    """Read a counted unit; "$5 million a year" is a rate (SET); ages and quarters of a whole are none."""
    unit, words = unit_of(m["units"]), m["count"].strip()
    if _OLD_AFTER.match(scene.low, m.end()) or scene.low.startswith(("-ago", "-earlier"), m.end()):
        return None
    single = words in ("a", "an")
    if unit in ("second", "quarter") and (single or words in ("one", "half", "half a", "several quarters")):
        return None
    if (unit == "second" and m["units"] == "second" and "-" not in m.group()) or "quarters" in m.group().split("-"):
        return None  # "a second", "three-quarters"
    if single and unit == "minute" and _IDIOM_BEFORE.search(words_before(scene, m)):
        return None
    if single and unit not in ("hour", "minute") and _MONEY_RATE.search(words_before(scene, m)):
        return Reading("SET", duration_value(Fraction(1), unit))
    if words == "one" and unit == "day" and _AHEAD_BEFORE.search(words_before(scene, m)):
        return Reading("DATE", "FUTURE_REF")
    n = None if single and m["units"] != unit else count_of(words)  # "a months-long strike"
    if given(m, "upper"):
        return Reading("DURATION", duration_value(n, unit), "APPROX")
    if n is not None and given(m, "half"):
        n += Fraction(1, 2)
    return Reading("DURATION", duration_value(n, unit), "APPROX" if "couple" in words else None)


def counted_period(m: Match, scene: Scene) -> Reading | None:
    """Read "the past two months"; "to last 30 days" is a verb and a duration."""
    if m.group().startswith("last") and _VERB_BEFORE.search(words_before(scene, m)):
        return None
    return duration(m, scene)


def vague_period(m: Match, scene: Scene) -> Reading | None:
    """Read "recent weeks"; "recent years" is the past."""
    del scene
    which, unit = re.split(r"\s+", m.group())[0], unit_of(re.split(r"\s+", m.group())[-1])
    if which == "recent" and unit in ("year", "decade", "century"):
        return Reading("DATE", "PAST_REF")
    if which in ("coming", "upcoming", "future") and unit in ("month", "quarter", "year", "decade", "century"):
        return Reading("DATE", "FUTURE_REF")
    return Reading("DURATION", duration_value(None, unit))


def bare_units(m: Match, scene: Scene) -> Reading | None:
    """Read "decades" where no number stands before."""
    before = words_before(scene, m)
    short = m.group().startswith(("minutes", "hours")) and not _SHORT_BEFORE.search(before)
    if short or _NO_PERIOD_BEFORE.search(before) or _OLD_AFTER.match(scene.low, m.end()):
        return None
    return Reading("DURATION", duration_value(None, unit_of(m["bigplural"])))


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


def weekend(m: Match, scene: Scene) -> Reading | None:
    """Read a weekend: the one that ended last before the anchor, the next for the future."""
    which, now = m["which"] or "", scene.now
    if now is None:
        return Reading("DATE", "XXXX-WXX-WE")
    tense = scene.tense(m.start(), m.end()) if which in ("", "this") else None
    over = now.isoweekday() <= 3 and (tense == "past" or words_before(scene, m).endswith("earlier "))
    ahead = which in ("next", "this coming", "coming", "following") or (
        not over if which == "this" else tense == "future"
    )
    saturday: date | None = weekday_near(now, 6, ahead=ahead)
    if saturday and which == "next" and (saturday - now).days < 2:
        saturday = moved(saturday, 7)
    return Reading("DATE", f"{week_value(saturday)}-WE") if saturday else None


def clock(m: Match, scene: Scene) -> Reading | None:
    """Read a time of day, on the day last named in the paragraph, else the anchor's."""
    words = m["clock"]
    bare = words[-1].isdigit()
    if bare and not m["zone"] and not _CLOCK_BEFORE.search(words_before(scene, m)):
        return None
    day = scene.local_day or scene.now
    zulu = "Z" if (m["zone"] or "") in ("utc", "gmt") else ""
    return Reading("TIME", (day.isoformat() if day else OPEN["day"]) + clock_of(words) + zulu)


def reference(m: Match, scene: Scene) -> Reading | None:
    """Read words that point to the present, past or future at large."""
    word = re.sub(r"\s+", " ", m["word"])
    if word == "the past" and _PERIOD_AFTER.match(scene.low, m.end()):
        return None
    return Reading("DATE", REFERENCES[word])
