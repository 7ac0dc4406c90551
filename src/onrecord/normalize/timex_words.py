"""The words of time, as tables, and the pieces that patterns of time expressions are built from."""

import re

from onrecord.normalize.numbers import NUMBER, ORDINALS, SMALL

MONTHS: dict[str, int] = {
    w: i
    for i, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for w in names.split()
}  # fmt: skip
WEEKDAYS: dict[str, int] = {
    w: i
    for i, names in enumerate(
        (
            "monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu", "friday fri",
            "saturday sat", "sunday sun",
        ),
        1,
    )
    for w in names.split()
}  # fmt: skip
SEASONS: dict[str, str] = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAYPARTS: dict[str, str] = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
# unit -> (letters of a TIMEX3 duration, whether they stand behind the T)
UNITS: dict[str, tuple[str, bool]] = {
    "second": ("S", True),
    "minute": ("M", True),
    "hour": ("H", True),
    "day": ("D", False),
    "week": ("W", False),
    "fortnight": ("W", False),
    "month": ("M", False),
    "quarter": ("Q", False),
    "year": ("Y", False),
    "decade": ("DE", False),
    "century": ("CE", False),
}
PLURALS: dict[str, str] = {u + "s": u for u in UNITS if u != "century"} | {"centuries": "century"}
# name -> month and day, or the rule by which the day moves
HOLIDAYS: dict[str, tuple[int, int] | str] = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's day": (1, 1),
    "new year day": (1, 1),
    "new year's eve": (12, 31),
    "new year's": (1, 1),
    "epiphany": (1, 6),
    "martin luther king jr. day": "3 mon 1",
    "martin luther king day": "3 mon 1",
    "martin luther king's day": "3 mon 1",
    "mlk day": "3 mon 1",
    "groundhog day": (2, 2),
    "valentine's day": (2, 14),
    "presidents' day": "3 mon 2",
    "president's day": "3 mon 2",
    "international women's day": (3, 8),
    "st. patrick's day": (3, 17),
    "st patrick's day": (3, 17),
    "saint patrick's day": (3, 17),
    "april fools' day": (4, 1),
    "april fool's day": (4, 1),
    "earth day": (4, 22),
    "international workers' day": (5, 1),
    "may day": (5, 1),
    "mother's day": "2 sun 5",
    "mothers' day": "2 sun 5",
    "memorial day": "-1 mon 5",
    "juneteenth": (6, 19),
    "father's day": "3 sun 6",
    "fathers' day": "3 sun 6",
    "independence day": (7, 4),
    "bastille day": (7, 14),
    "labor day": "1 mon 9",
    "columbus day": "2 mon 10",
    "halloween": (10, 31),
    "all saints' day": (11, 1),
    "all souls' day": (11, 2),
    "guy fawkes night": (11, 5),
    "guy fawkes day": (11, 5),
    "bonfire night": (11, 5),
    "armistice day": (11, 11),
    "remembrance day": (11, 11),
    "veterans day": (11, 11),
    "thanksgiving day": "4 thu 11",
    "thanksgiving": "4 thu 11",
    "black friday": "4 thu 11 1",
    "cyber monday": "4 thu 11 4",
    "ash wednesday": "easter -46",
    "palm sunday": "easter -7",
    "maundy thursday": "easter -3",
    "good friday": "easter -2",
    "easter sunday": "easter 0",
    "easter monday": "easter 1",
    "easter": "easter 0",
    "ascension day": "easter 39",
    "pentecost": "easter 49",
    "whit sunday": "easter 49",
    "whitsunday": "easter 49",
    "whit monday": "easter 50",
}
REFERENCES: dict[str, str] = {
    "right now": "PRESENT_REF",
    "now": "PRESENT_REF",
    "nowadays": "PRESENT_REF",
    "currently": "PRESENT_REF",
    "current": "PRESENT_REF",
    "at present": "PRESENT_REF",
    "presently": "PRESENT_REF",
    "these days": "PRESENT_REF",
    "at the moment": "PRESENT_REF",
    "more recently": "PAST_REF",
    "recently": "PAST_REF",
    "lately": "PAST_REF",
    "the past": "PAST_REF",
    "the recent past": "PAST_REF",
    "recent years": "PAST_REF",
    "recent": "PAST_REF",
    "very soon": "FUTURE_REF",
    "as soon as possible": "FUTURE_REF",
    "the near future": "FUTURE_REF",
    "the near term": "FUTURE_REF",
    "the short term": "FUTURE_REF",
    "the long term": "FUTURE_REF",
    "the not too distant future": "FUTURE_REF",
    "the time being": "PRESENT_REF",
    "the foreseeable future": "FUTURE_REF",
    "the future": "FUTURE_REF",
    "the coming years": "FUTURE_REF",
    "the years ahead": "FUTURE_REF",
    "coming years": "FUTURE_REF",
}
ADVERBS: dict[str, str] = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "monthly": "P1M",
    "annually": "P1Y",
    "yearly": "P1Y",
}
# words before an expression -> TIMEX3 mod
PARTS: dict[str, str] = {
    "early": "START",
    "earlier": "START",
    "late": "END",
    "later": "END",
    "mid": "MID",
    "the beginning of": "START",
    "the start of": "START",
    "the middle of": "MID",
    "the end of": "END",
    "beginning of": "START",
    "start of": "START",
    "middle of": "MID",
    "end of": "END",
    "earlier in": "START",
    "early in": "START",
    "late in": "END",
    "later in": "END",
}
APPROXIMATORS: dict[str, str] = {
    "about": "APPROX",
    "around": "APPROX",
    "approximately": "APPROX",
    "roughly": "APPROX",
    "some": "APPROX",
    "nearly": "LESS_THAN",
    "almost": "LESS_THAN",
    "less than": "LESS_THAN",
    "fewer than": "LESS_THAN",
    "under": "LESS_THAN",
    "more than": "MORE_THAN",
    "over": "MORE_THAN",
    "at least": "EQUAL_OR_MORE",
    "no less than": "EQUAL_OR_MORE",
    "at most": "EQUAL_OR_LESS",
    "no more than": "EQUAL_OR_LESS",
    "up to": "EQUAL_OR_LESS",
}


def any_of(words: object) -> str:
    """Give a pattern for any of the words, longest first, a space standing for any white space."""
    listed = sorted(words, key=len, reverse=True)  # type: ignore[call-overload] # len takes any sized word
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", SPACE).replace("'", "['’]") for w in listed) + ")"


SPACE = r"(?:[ \t\u00a0]{1,3}|[ \t\u00a0]?\r?\n[ \t]?)"
_LONG_MONTHS = [m for m in MONTHS if len(m) > 4 or m in ("may", "june", "july")]
_ORDINAL_DAY = any_of([w for w, n in ORDINALS.items() if n <= 31]).replace(r"\-", r"[-\s]")
_BELOW_TEN = any_of(list(SMALL)[1:10])
_BELOW_HUNDRED = (
    rf"(?:{any_of(list(SMALL)[20:])}(?:(?:{SPACE}|-){_BELOW_TEN})?|{any_of(list(SMALL)[10:20])}|{_BELOW_TEN})"
)
_CENTURY = any_of(("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"))
_SPELT_YEAR = (
    rf"(?:(?:{_CENTURY}|twenty){SPACE}(?:{any_of(list(SMALL)[20:])}(?:(?:{SPACE}|-){_BELOW_TEN})?"
    rf"|{any_of(list(SMALL)[10:20])})\b"
    rf"|(?:{_CENTURY}{SPACE}hundred|two{SPACE}thousand)(?:{SPACE}(?:and{SPACE})?{_BELOW_HUNDRED})?\b)"
)
PIECES: dict[str, str] = {
    "month": "(?:"
    + "|".join(f"{m}\\b" if m in _LONG_MONTHS else rf"{m}\b\.?" for m in sorted(MONTHS, key=len, reverse=True))
    + ")",
    "monthname": any_of(MONTHS) + r"\b",
    "longmonth": any_of(_LONG_MONTHS) + r"\b",
    "day": rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[,.:]\d)|{_ORDINAL_DAY}\b)",
    "year": rf"(?:(?:1[5-9]|20)\d\d(?![\w%]|[.,:]\d)|['’]\d\d(?!\w)|{_SPELT_YEAR})",
    "speltyear": _SPELT_YEAR,
    "fullyear": r"(?:1[5-9]|20)\d\d(?![\w%]|[.,:/]\d)",
    "weekday": any_of([w for w in WEEKDAYS if w.endswith("day")]) + r"\b",
    "anyweekday": any_of(WEEKDAYS) + r"\b\.?",
    "season": any_of(SEASONS) + r"\b",
    "daypart": any_of(DAYPARTS) + r"\b",
    "unit": any_of([u for u in UNITS if u != "second"]) + r"\b",
    "units": any_of([*UNITS, *PLURALS]) + r"\b",
    "bigplural": r"(?:minutes|hours|days|weeks|months|years|decades|centuries)\b",
    "number": NUMBER,
    "count": (
        rf"(?:[½¼¾]|{NUMBER}(?:(?:{SPACE}|-)and(?:{SPACE}|-)a(?:{SPACE}|-)half)?"
        rf"|(?:an?{SPACE})?(?:couple(?:{SPACE}of)?|few|dozen|half)"
        rf"|several|half{SPACE}an?|an?|another)"
    ),
    "ordinal": r"(?:first|second|third|fourth|[1-4](?:st|nd|rd|th))\b",
    "holiday": any_of(HOLIDAYS).replace("['’]", "['’]?") + r"(?!\w)",
    "clock": (
        r"(?:(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?(?:[ \u00a0]|-)?(?:a\.m\.?|p\.m\.?|am\b|pm\b)"
        rf"|(?:[01]?\d|2[0-3]):[0-5]\d(?!:?\d)|(?:[01]\d|2[0-3])[0-5]\d(?={SPACE}(?:gmt|utc)\b)"
        rf"|(?:1[0-2]|[1-9]"
        rf"|{any_of(list(SMALL)[1:13])})(?:{SPACE}o['’]clock(?:{SPACE}(?:in{SPACE}the{SPACE}(?:morning|afternoon"
        rf"|evening)|at{SPACE}night))?"
        rf"|{SPACE}(?:in{SPACE}the{SPACE}(?:morning|afternoon|evening)|at{SPACE}night))\b"
        r"|noon\b|midnight\b|midday\b)"
    ),
    "reference": any_of(REFERENCES) + r"\b",
    "zone": (
        r"(?:(?:e[sd]?t|c[sd]t|m[sd]t|p[sd]t|gmt|utc|bst|cest|cet|local time|eastern(?: time)?)\b"
        r"(?: ?[+-]\d{1,2}(?::?\d\d)?\b)?)"
    ),
}
_PIECE = re.compile(r"\{(\w+)(?::(\w+))?\}")


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which {piece} or {piece:group} names a piece, a space white space and ~ space or hyphen."""
    spaced = pattern.replace(" ", SPACE).replace("~", rf"(?:{SPACE}|-)")
    return re.compile(_PIECE.sub(lambda m: f"(?P<{m[2] or m[1]}>{PIECES[m[1]]})", spaced))


# classes of words that an expression can start with
STARTS: dict[str, frozenset[str]] = {
    "number": frozenset(SMALL) | {"a", "an", "another", "several", "few", "couple", "half", "hundred", "dozen"},
    "month": frozenset(MONTHS),
    "weekday": frozenset(WEEKDAYS) | frozenset(w + "s" for w in WEEKDAYS if w.endswith("day")),
    "season": frozenset(SEASONS),
    "ordinal": frozenset(ORDINALS) | frozenset(w.split("-")[0] for w in ORDINALS),
    "unit": frozenset(UNITS) | frozenset(PLURALS),
    "deictic": frozenset(
        (
            *("last", "next", "this", "past", "previous", "following", "coming", "current", "same", "that", "each"),
            *(
                "every",
                "recent",
                "future",
                "latest",
                "final",
                "closing",
                "latter",
                "first",
                "corresponding",
                "comparable",
            ),
            "upcoming",
        )
    ),
    "day": frozenset(("today", "yesterday", "tomorrow", "tonight", "overnight")),
    "reference": frozenset(w.split()[0] for w in REFERENCES),
    "adverb": frozenset(ADVERBS),
    "holiday": frozenset(re.split(r"[ '’.]", w)[0] for w in HOLIDAYS),
    "clock": frozenset(("noon", "midnight", "midday")),
    "daypart": frozenset(DAYPARTS),
    "weekend": frozenset(("weekend",)),
    "fiscal": frozenset(("fiscal", "full", "financial", "calendar", "entire", "whole", "academic")),
    "the": frozenset(("the",)),
    "apostrophe": frozenset(),
    "digits": frozenset(),
    "q": frozenset(("q",)),
    "year": frozenset(
        (
            "nineteen",
            "eighteen",
            "seventeen",
            "sixteen",
            "fifteen",
            "twenty",
            "year",
            "sixties",
            "seventies",
            "eighties",
            "nineties",
        )
    ),
}
