"""What money and quantities share: figures before a unit, ranges, and words like "more than".

figures and scale before a unit -> Found -> ranges joined -> mod
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from onrecord.normalize.numbers import FIGURES, SMALL, WORDS, number
from onrecord.types import Span

# word or letters behind figures -> factor; letters only right behind them ("$5m")
SCALES: dict[str, int] = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 10**5,
    "lakhs": 10**5,
    "crore": 10**7,
    "crores": 10**7,
    "lakh crore": 10**12,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
LETTERS: dict[str, int] = {"k": 10**3, "m": 10**6, "mm": 10**6, "b": 10**9, "t": 10**12}
PARTS: dict[str, Fraction] = {  # of a scale or of one
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    "one quarter": Fraction(1, 4),
    "three quarters": Fraction(3, 4),
}
MODS: dict[str, str] = {
    "about": "approx",
    "around": "approx",
    "approximately": "approx",
    "roughly": "approx",
    "some": "approx",
    "circa": "approx",
    "an estimated": "approx",
    "estimated": "approx",
    "close to": "approx",
    "in the region of": "approx",
    "on the order of": "approx",
    "nearly": "less_than",
    "almost": "less_than",
    "less than": "less_than",
    "under": "less_than",
    "below": "less_than",
    "fewer than": "less_than",
    "just under": "less_than",
    "just short of": "less_than",
    "well below": "less_than",
    "more than": "more_than",
    "over": "more_than",
    "above": "more_than",
    "just over": "more_than",
    "well over": "more_than",
    "a little over": "more_than",
    "upward of": "more_than",
    "north of": "more_than",
    "in excess of": "more_than",
    "up to": "up_to",
    "as much as": "up_to",
    "as many as": "up_to",
    "at most": "up_to",
    "no more than": "up_to",
    "not more than": "up_to",
    "a maximum of": "up_to",
    "at least": "at_least",
    "a minimum of": "at_least",
    "no less than": "at_least",
    "no fewer than": "at_least",
    "not less than": "at_least",
    "upwards of": "at_least",
}
MODS_BEHIND: dict[str, str] = {
    " or so": "approx",
    " or thereabouts": "approx",
    " or more": "at_least",
    "-plus": "at_least",
    "+": "at_least",
    " or less": "up_to",
    " or fewer": "up_to",
}

_REACH = 80  # how far before a unit its figures are looked for, in characters
_GAPS = " \u00a0\n\r\t-"
_LOWER = "abcdefghijklmnopqrstuvwxyz"
_OF_NUMBERS = _LOWER + "0123456789½¼¾.,/–" + _GAPS  # what figures before a unit are made of
_LAST_WORDS = frozenset(("a", "an", "half", "quarter", "quarters", *SMALL, *SCALES, *LETTERS))
_MOD_REACH = 24  # and before the figures their mod


@dataclass(frozen=True, slots=True)
class Unit:
    """What an amount is counted in: the words for it, its name, how many of it make one of that name."""

    words: str
    name: str | None
    parts: int | Fraction = 1


@dataclass(frozen=True, slots=True)
class Found:
    """An amount before its mod is seen: figures times scale, or the ends of a range."""

    span: Span
    amount: Decimal
    figures: Fraction
    scale: int
    unit: Unit
    low: Decimal | None = None
    high: Decimal | None = None


def before(low: str, end: int) -> re.Match[str] | None:
    """Give the figures with their scale that end where a unit starts; `first` is the lower end of a range."""
    last = len(low[max(0, end - 2) : end].rstrip(_GAPS)) + max(0, end - 2)
    if not low[last - 1 : last].isnumeric():
        start = len(low[max(0, last - 12) : last].rstrip(_LOWER)) + max(0, last - 12)
        if low[start:last] not in _LAST_WORDS:
            return None
    start = max(0, end - _REACH)
    start += len(low[start:end].rstrip(_OF_NUMBERS))
    return _patterns().before.search(low, start, end)


def amounts(low: str, start: int, m: re.Match[str], unit: Unit, end: int | None = None) -> Iterator[Found]:
    """Give the amount of a match, as a range where a lower end stands before the figures."""
    upper, scale = value(m["number"]), scale_of(m["scale"])
    stop = m.end("scale") if end is None and m["scale"] else m.end("number") if end is None else end
    if upper is None:
        return
    found = Found(Span(start, stop), decimal(upper * scale, unit.parts), upper, scale, unit)
    lower = value(m["first"]) if m["first"] and not is_day(low, m["first"], m.start("first")) else None
    if lower is not None and (m["joint"].strip() != "and" or low.endswith("between ", 0, m.start("first"))):
        factor = scale_of(m["firstscale"]) if m["firstscale"] else scale if lower < upper else 1
        ends = (decimal(lower * factor, unit.parts), found.amount)
        if ends[0] < ends[1]:
            span = Span(min(start, m.start("first")), stop)
            found = replace(found, span=span, amount=ends[0], low=ends[0], high=ends[1])
    yield found


def is_day(low: str, number: str, start: int) -> bool:
    """Tell whether figures are the day behind a month: "on July 14"."""
    if not number.isdigit() or len(number) > 2 or int(number) > 31:
        return False
    return _patterns().month.search(low, max(0, start - 11), start) is not None


def apart(found: Iterable[Found]) -> list[Found]:
    """Give amounts in order without those that overlap an earlier or longer one."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        if not kept or each.span.start >= kept[-1].span.end:
            kept.append(each)
    return kept


def ranged(low: str, single: Iterable[Found]) -> list[Found]:
    """Join two amounts that are the ends of a range: "$3 million to $4 million", "20% to 30%"."""
    joined: list[Found] = []
    for found in single:
        last = joined[-1] if joined else None
        if last is not None and last.low is None and found.low is None and _is_range(low, last, found):
            factor = last.scale if last.scale > 1 or last.figures >= found.figures else found.scale
            ends = (last.amount * (factor // last.scale), found.amount)
            if ends[0] < ends[1]:
                span = Span(last.span.start, found.span.end)
                joined[-1] = replace(found, span=span, amount=ends[0], low=ends[0], high=ends[1])
                continue
        joined.append(found)
    return joined


def mod(low: str, span: Span) -> str | None:
    """Give what the words before or right behind an amount make of it."""
    m = _patterns().mod.search(low, max(0, span.start - _MOD_REACH), span.start)
    if m is not None and not (m["mod"] == "over" and _patterns().handed.search(low, max(0, m.start() - 8), m.start())):
        return MODS[re.sub(r"\s+", " ", m["mod"])]
    m = _patterns().behind.match(low, span.end)
    return MODS_BEHIND[re.sub(r"\s+", " ", m.group())] if m else None


def value(words: str) -> Fraction | None:
    """Give the value of figures or number words, of halves and quarters too."""
    if re.fullmatch(_FRACTION, words):
        return Fraction(words)
    if " point " in words:
        return _pointed(words)
    plain = " ".join(re.split(r"[\s\u00a0-]+", words.strip()))
    part = re.sub(r"^an? (?=quarter)|(?: of)?(?: an?| one)?$", "", plain)
    if part in PARTS:
        return PARTS[part]
    if plain.endswith(" and a quarter"):
        whole = number(plain.removesuffix(" and a quarter"))
        return None if whole is None else whole + PARTS["quarter"]
    return number(words)


def _pointed(words: str) -> Fraction | None:
    """Give "two point one six" as 2.16."""
    whole, _, rest = words.partition(" point ")
    figures = "".join(str(SMALL[w]) for w in rest.split() if w in SMALL)
    known = number(whole)
    return None if known is None or not figures else known + Fraction(int(figures), 10 ** len(figures))


def scale_of(words: str | None) -> int:
    """Give the factor of a scale's words; 1 for none."""
    words = re.sub(r"[\s\u00a0-]+", " ", words or "").strip().rstrip(".")
    return SCALES.get(words) or LETTERS.get(words) or 1


def decimal(exact: Fraction, parts: int | Fraction = 1) -> Decimal:
    """Give a fraction of so many parts as a decimal, to the context's 28 digits."""
    exact = exact / parts
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def any_of(words: Iterable[str]) -> str:
    """Give the pattern of any of the words, the longest first; grouped by their first letter, which is quick."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", r"\s+"))
    return "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items()) + ")"


_FRACTION = r"(?:1/(?:2|3|4|5|8|10)|2/3|3/4|[357]/8)(?!\d)"
_GAP = r"(?:[ \u00a0-]|\r?\n)"
SCALE = rf"(?:{_GAP}?{any_of(SCALES)}\b|(?:{'|'.join(LETTERS)})\b)"


_MOVES = (
    r"rose|fell|rises?|rising|falls?|falling|cut|raised?|raising|increased?|increasing|grew|grown|dropped|jumped"
    r"|climbed|soared|surged|slumped|plunged|declined|reduced|lowered|went|gone|up|down"
)


def _is_range(low: str, a: Found, b: Found) -> bool:
    between = low[a.span.end : b.span.start]
    lead = low[max(0, a.span.start - 60) : a.span.start]
    if a.unit != b.unit:
        return False
    if re.fullmatch(r"\s+and\s+", between):
        return bool(re.search(r"\bbetween\s+$", lead))
    if not re.fullmatch(r"\s?[-–—]\s?|\s+to\s+", between):
        return False
    if re.search(r"\b(?:anywhere|somewhere|ranging|ranges?|ranged)\s+from\s+$", lead):
        return True
    start = r"\bfrom\s+(?:(?:the|its|their|an?)\s+)?(?:(?:current|present|previous|original)\s+)?$"
    return not re.search(rf"{start}|\b(?:{_MOVES})\b[^.;]*$", lead)


@dataclass(frozen=True, slots=True)
class _Patterns:
    before: re.Pattern[str]
    mod: re.Pattern[str]
    handed: re.Pattern[str]
    month: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    gap = _GAP
    quarters = rf"(?:(?:an?{gap}|one{gap})?quarter|three{gap}quarters|half)(?:{gap}of)?(?:{gap}(?:an?|one))?"
    words = rf"(?:(?:{quarters}|{WORDS}(?:{gap}and{gap}a{gap}(?:half|quarter))?|an?)(?={gap}))"
    point = rf"(?:\d+|{WORDS}) point(?: (?:{'|'.join(w for w, n in SMALL.items() if n < 10)})){{1,4}}(?={gap})"
    num = rf"(?:{point}|{_FRACTION}|[½¼¾]|{FIGURES}|\.\d+|{words})"
    joint = r"(?:(?<=[\dmbkn])\s?[-–]\s?|(?<=\w)(?:\s?[-–]?\s(?:to|and|or)\s|-(?:to|or)-))"
    return _Patterns(
        before=re.compile(
            rf"(?<![\w.,/:])(?:(?P<first>{num})(?P<firstscale>{SCALE})?(?P<joint>{joint}))??(?<![\d.,/:])"
            rf"(?P<number>{num})(?P<scale>{SCALE})?[\s\u00a0-]{{0,2}}$"
        ),
        mod=re.compile(rf"\b(?P<mod>{any_of(MODS)})\s+$"),
        month=re.compile(r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+$"),
        handed=re.compile(r"\b(?:hand(?:ed|s)?|took|take[sn]?|taking|turn(?:ed|s)?|paid|pay|gave|give[sn]?|made)\s+$"),
        behind=re.compile(rf"{any_of(w for w in MODS_BEHIND if w != '+')}\b|\+(?!\d)"),
    )
