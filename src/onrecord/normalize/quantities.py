"""Quantities in a text with their units: shares, troops, weapons, distances, weights, temperatures and the like.

Words for units are found first, their figures stand before them; between figures and troops or weapons may stand names
and a few adjectives. What is an amount of money (`money`) or a time (`timexes`) is no quantity.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import get_args

from onrecord.normalize.amounts import Found, Unit, amounts, any_of, apart, before, decimal, is_day, mod, ranged, value
from onrecord.normalize.money import surely_money
from onrecord.normalize.numbers import lowered
from onrecord.normalize.units import BETWEEN, COMPOUND, WORDS, units
from onrecord.types import Quantity, QuantityKind, Span

# sentence with [quantity] -> amount, unit, kind, low, high, mod
EXAMPLES: tuple[tuple[str, str, str, QuantityKind, str | None, str | None, str | None], ...] = (
    ("Sales fell [20 percent] then", "20", "percent", "percentage", None, None, None),
    ("Sales fell [4.5%] then", "4.5", "percent", "percentage", None, None, None),
    ("Sales fell [half a percent] then", "0.5", "percent", "percentage", None, None, None),
    ("It was between [20 and 30 percent] then", "20", "percent", "percentage", "20", "30", None),
    ("It was [20-30%] then", "20", "percent", "percentage", "20", "30", None),
    ("Voters gave it between [15% and 25%] then", "15", "percent", "percentage", "15", "25", None),
    ("It was between [20% and 30%] then", "20", "percent", "percentage", "20", "30", None),
    ("Rates rose [two percentage points] then", "2", "percentage point", "percentage", None, None, None),
    (
        "Rates rose by [a quarter of a percentage point] then",
        "0.25",
        "percentage point",
        "percentage",
        None,
        None,
        None,
    ),
    ("Rates rose [25 basis points] then", "25", "basis point", "percentage", None, None, None),
    ("Output grew [minus five percent] then", "-5", "percent", "percentage", None, None, None),
    ("Output grew [-0.3%] then", "-0.3", "percent", "percentage", None, None, None),
    ("It rose from a half by July 14 to [46 percent] then", "46", "percent", "percentage", None, None, None),
    ("They sent [10,000 troops] north", "10000", "troops", "troops", None, None, None),
    ("They sent [two battalions] north", "2", "battalion", "troops", None, None, None),
    ("They sent about [10,000 North Korean soldiers] north", "10000", "soldier", "troops", None, None, "approx"),
    ("They sent [5,000 additional U.S. troops] north", "5000", "troops", "troops", None, None, None),
    ("They sent [36 ballistic missiles] north", "36", "missile", "weapons", None, None, None),
    ("They sent [two dozen Leopard 2 tanks] north", "24", "tank", "weapons", None, None, None),
    ("They sent [30 T-72 tanks] north", "30", "tank", "weapons", None, None, None),
    ("They sent at least [a dozen F-16 fighter jets] north", "12", "fighter jet", "weapons", None, None, "at_least"),
    ("A [six-mile] road", "6", "mile", "length", None, None, None),
    ("It was [10 1/2 miles] off", "10.5", "mile", "length", None, None, None),
    ("It was [half a mile] off", "0.5", "mile", "length", None, None, None),
    ("A [5,000-square-foot] shop", "5000", "square foot", "area", None, None, None),
    ("It is [1.8m] tall", "1.8", "metre", "length", None, None, None),
    ("It is a [9mm] gun", "9", "millimetre", "length", None, None, None),
    ("The error is plus or minus [3 percentage points] here", "3", "percentage point", "percentage", None, None, None),
    ("They won by [36-to-40-percent] margins", "36", "percent", "percentage", "36", "40", None),
    ("It was [300 km] off", "300", "kilometre", "length", None, None, None),
    ("It was [35 to 45 feet] off", "35", "foot", "length", "35", "45", None),
    ("She is [5 feet 2 inches] tall", "62", "inch", "length", None, None, None),
    ("She is [6-foot-2] now", "74", "inch", "length", None, None, None),
    ("It has [660 square metres] now", "660", "square metre", "area", None, None, None),
    ("It has [2.4 million hectares] now", "2400000", "hectare", "area", None, None, None),
    ("It pumps [500,000 barrels] a day", "500000", "barrel", "volume", None, None, None),
    ("It holds [1.5 million gallons] now", "1500000", "gallon", "volume", None, None, None),
    ("It took [16,000 metric tons] more", "16000", "tonne", "weight", None, None, None),
    ("A [500-pound] bomb fell", "500", "pound", "weight", None, None, None),
    ("She lost [25 pounds] then", "25", "pound", "weight", None, None, None),
    ("It went [188 miles an hour] then", "188", "mile per hour", "speed", None, None, None),
    ("It was [35 degrees Celsius] then", "35", "degree Celsius", "temperature", None, None, None),
    ("It was [-5°C] then", "-5", "degree Celsius", "temperature", None, None, None),
    ("Temperatures rose to [45C] then", "45", "degree Celsius", "temperature", None, None, None),
    ("They sent [10 Patriot systems] north", "10", "air defence system", "weapons", None, None, None),
    ("They sent [60 to 70 F-16s] north", "60", "fighter jet", "weapons", "60", "70", None),
    ("They sent [36 F-16 jets] north", "36", "fighter jet", "weapons", None, None, None),
    ("It was [97 degrees] outside", "97", "degree", "temperature", None, None, None),
    ("It turned [90 degrees] then", "90", "degree", "angle", None, None, None),
    ("It makes more than [300 megawatts] now", "300", "megawatt", "power", None, None, "more_than"),
)
# sentences without a quantity
NONE_FOUND: tuple[str, ...] = (
    "In 2014 Russian troops crossed the river.",
    "On Feb. 24 Russian soldiers crossed the river.",
    "An F-16 fighter jet and a T-72 tank burned.",
    "She has two degrees in law and stood on her own two feet.",
    "Two think tanks and three gas tanks.",
    "He put one foot in front of the other.",
    "Route 45C and a 36F bra, in all 5 c.",
    "See example.org/?q=28%20a for more.",
    "The 4-4-2 fighters of unit 5 soldiers.",
    "It costs 5,000 pounds. They pay 20 pounds.",
    "Thousands of troops went miles on foot.",
    "The Rockets beat 76ers. A percent here, a mile there.",
)


def quantities(text: str) -> tuple[Quantity, ...]:
    """Give all quantities in order, none overlapping; words like "more than" go into `mod`, not into the span."""
    low = lowered(text)
    single = _compounds(low, apart(_single(text, low)))
    found = _without_polls(low, single, ranged(low, single))
    return tuple(
        Quantity(f.span, f.amount, f.unit.name or "", _KINDS[f.unit.words], f.low, f.high, mod(low, f.span))
        for f in found
    )


def _single(text: str, low: str) -> Iterator[Found]:
    """Give each quantity on its own, by the words for its unit."""
    table = units()
    for m in _patterns().unit.finditer(low):
        word = " ".join(m.group().split())
        kind, unit = table.get(word) or table[word.replace("-", " ")]
        manned = kind in ("troops", "weapons")
        back = _before_manned(text, low, m, unit) if manned else before(low, m.start())
        if back is None or back["scale"] == "mm" or (back["number"] in ("a", "an") and not back["scale"]):
            continue
        if _is_named(low, back) or (not manned and _is_other(text, low, m, back, unit)):
            continue
        if unit == "degree" and _is_angle(low, m, back):
            kind = "angle"
        for found in amounts(low, back.start("number"), back, Unit(kind, unit), m.end()):
            yield _negative(low, found) if kind in ("percentage", "temperature") else found


def _before_manned(text: str, low: str, noun: re.Match[str], unit: str) -> re.Match[str] | None:
    """Give the figures before troops or weapons, over names and adjectives between them."""
    start = noun.start()
    for step in range(_MOST_BETWEEN + 1):
        back = before(low, start)
        if back is not None and back["scale"] != "mm" and not _is_named(low, back) and not _is_date(low, back):
            return back if _counts(text, noun, back, unit, step) else None
        word = text[max(0, start - 30) : start].rstrip()
        word = word[len(word.rstrip(_LETTERS)) :]
        if not (word[:1].isupper() or word in BETWEEN or word.isdigit()) or (word[-1:] == "." and "." not in word[:-1]):
            return None
        start = text.rindex(word, 0, start)
    return None


def _counts(text: str, noun: re.Match[str], back: re.Match[str], unit: str, step: int) -> bool:
    """Tell whether the noun is counted: "two drones", "a 30-tank column", and no "two drone strikes"."""
    word = noun.group()
    many = (value(back["number"]) or 0) != 1 or back["scale"]
    hyphened = text[noun.start() - 1] == "-"
    if many and word == unit and not word.endswith("s") and not hyphened:
        return False
    if unit == "fighter" and not step and (value(back["number"]) or 0) < _SURELY_FIGHTERS and not back["scale"]:
        return False
    return unit in _TITLED or text[noun.start() : noun.end()].split()[-1][0].islower() or any(map(str.isdigit, word))


def _is_named(low: str, back: re.Match[str]) -> bool:
    """Tell of figures whether they are part of a name: "F-16", "Leopard 2"."""
    start = back.start()
    return bool(low[start - 1 : start] == "-" and low[start - 2 : start - 1].isalnum()) or bool(
        _patterns().named.search(low, max(0, start - 12), start)
    )


def _is_date(low: str, back: re.Match[str]) -> bool:
    """Tell of figures whether they are a year, or a day behind its month."""
    year = not back["scale"] and re.fullmatch(r"(?:19|20)\d\d", back["number"]) is not None
    return year or (not back["scale"] and is_day(low, back["number"], back.start()))


def _is_other(text: str, low: str, m: re.Match[str], back: re.Match[str], unit: str) -> bool:
    """Tell what only looks like a measure: pounds that are money, feet of a body, a degree in law."""
    word = m.group()
    if unit == "pound" and word.startswith("pound"):
        return "£" in text or surely_money(low, back, m)
    if unit == "foot" and word.startswith(("feet", "foot")):
        lone = back["number"] == "one" and low[m.start() - 1] != "-" and not _patterns().measured.match(low, m.end())
        return lone or _patterns().body.search(low, max(0, back.start() - 8), back.start()) is not None
    if unit == "degree" and word.startswith("degree"):
        return (value(back["number"]) or 0) <= 5 and _patterns().learnt.match(low, m.end()) is not None
    if word in ("c", "f"):
        warm = _patterns().warm.search(low, max(0, back.start() - 80), m.end() + 40)
        return warm is None or not text[m.start()].isupper() or not low[m.start() - 1].isdigit()
    return word == "pc" and not low[m.start() - 1].isdigit()


def _is_angle(low: str, m: re.Match[str], back: re.Match[str]) -> bool:
    ahead = _patterns().angled.match(low, m.end())
    return ahead is not None or _patterns().turned.search(low, max(0, back.start() - 30), back.start()) is not None


def _negative(low: str, found: Found) -> Found:
    """Give "-5%" and "minus five percent" below zero."""
    m = _patterns().minus.search(low, max(0, found.span.start - 9), found.span.start)
    if m is None or found.low is not None or _patterns().error.search(low, max(0, m.start() - 12), m.start("sign")):
        return found
    return replace(found, span=Span(m.start("sign"), found.span.end), amount=-found.amount, figures=-found.figures)


def _compounds(low: str, single: list[Found]) -> list[Found]:
    """Join "5 feet 2 inches" and "6-foot-2" into inches."""
    joined: list[Found] = []
    for found in single:
        last = joined[-1] if joined else None
        parts = COMPOUND.get((last.unit.name or "", found.unit.name or "")) if last else None
        if last and parts and re.fullmatch(r",?\s(?:and\s)?|-", low[last.span.end : found.span.start]):
            joined[-1] = _sum(last, parts, found.figures, found.unit, found.span.end)
        else:
            joined.append(found)
    tall = ((f, _patterns().tall.match(low, f.span.end) if f.unit.name == "foot" else None) for f in joined)
    return [
        _sum(f, 12, Fraction(m["inches"] or m["after"]), Unit("length", "inch"), m.end()) if m else f for f, m in tall
    ]


def _sum(whole: Found, parts: int, rest: Fraction, unit: Unit, end: int) -> Found:
    figures = whole.figures * whole.scale * parts + rest
    return Found(Span(whole.span.start, end), decimal(figures), figures, 1, unit)


def _without_polls(low: str, single: list[Found], found: list[Found]) -> Iterator[Found]:
    """Give two shares of votes ("led 45 percent to 50 percent") as two, not as a range."""
    for each in found:
        lead = low[max(0, each.span.start - 60) : each.span.start]
        versus = not lead.endswith("between ") and _patterns().poll.search(lead)
        if each.low is not None and each.unit.name == "percent" and versus:
            yield from (s for s in single if each.span.holds(s.span))
        else:
            yield each


_MOST_BETWEEN = 4  # words between figures and troops or weapons
_SURELY_FIGHTERS = 20  # as many are no boxers
_LETTERS = "".join(map(chr, (*range(48, 58), *range(65, 91), *range(97, 123)))) + "-.'’/"
_TITLED = frozenset(WORDS["troops"])  # "Marines", "Troops" in a headline; not "Rockets"
_KINDS: dict[str, QuantityKind] = {kind: kind for kind in get_args(QuantityKind)}


@dataclass(frozen=True, slots=True)
class _Patterns:
    unit: re.Pattern[str]
    named: re.Pattern[str]
    body: re.Pattern[str]
    learnt: re.Pattern[str]
    angled: re.Pattern[str]
    turned: re.Pattern[str]
    minus: re.Pattern[str]
    measured: re.Pattern[str]
    error: re.Pattern[str]
    tall: re.Pattern[str]
    poll: re.Pattern[str]
    warm: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    signs = [w for w in units() if w.startswith("°")]
    words = units().keys() - {"%", "m", "c", "f", *signs}
    spelt = any_of({*words, *(w.replace(" ", "-") for w in words)})
    metre = r"m(?=\s+(?:tall|long|wide|high|deep|away|x)\b)"
    return _Patterns(
        unit=re.compile(
            rf"(?:(?<=[\s\u00a0-])|(?<=\d))(?:(?:{spelt}|[cf])(?!\w)|{metre})|%(?!\w)|{any_of(signs)}(?!\w)"
        ),
        named=re.compile(r"\b(?:leopard|challenger|leclerc|type|class|unit|phase|article|group|mark|no\.|route)\s+$"),
        body=re.compile(r"\b(?:my|his|her|their|your|our|its|own)\s+$"),
        learnt=re.compile(r"\s+(?:in|from|at|of\s+separation)\b"),
        angled=re.compile(
            r"[\s-]+(?:angles?|tilt|turns?|view|rotation|camera|slope|incline|panorama|arc|north|south|east|west)\b"
        ),
        turned=re.compile(r"\b(?:rotat\w+|turn\w*|tilt\w*|angle\w*|spun|spin\w*|bank(?:ed|ing)|pivot\w*)\b[^.;]*$"),
        minus=re.compile(r"(?:^|[\s(])(?P<sign>[-−–]|(?:minus|negative)\s+)$"),
        tall=re.compile(r"-(?P<inches>\d|1[01])(?![\w-])| (?P<after>\d|1[01]) ?in\b"),
        measured=re.compile(r"\s+(?:of|long|tall|wide|deep|high|away|from|thick|apart|below|above|in\s+diameter)\b"),
        error=re.compile(r"(?:\bplus\s+or\s+|\+/)$"),
        warm=re.compile(r"\b(?:temperatures?|heat\w*|degrees?|warm\w*|hot\w*|cold\w*|mercury|freez\w+|thermometer)\b"),
        poll=re.compile(
            r"\($|\b(?:lead(?:s|ing)?|led|trail\w*|beat\w*|defeat\w*|ahead|behind|favou?r\w*|victory|w[io]n\w*|over|poll\w*"
            r"|los[te]\w*|vote\w*|approv\w*|positive|negative)\b[^.;]*$"
        ),
    )
