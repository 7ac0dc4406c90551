"""Amounts of money in a text, with their ISO 4217 currency.

Currency words are found first; figures stand behind a symbol or code ("$2.16bn", "EUR 40 million") or before a name
("2 billion euros", "half a billion dollars"). Amounts that make a range are joined (`amount` is then its lower end,
like `low`), and an amount that only gives the one before it in another currency says so (`restates`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from onrecord.normalize.currencies import ALSO_WORDS, BEHIND, CENT_SYMBOLS, CODES, SYMBOLS, cents, names
from onrecord.normalize.numbers import FIGURES, WORDS, lowered, number
from onrecord.types import Money, Span

# word or letters behind figures -> factor; letters only right behind them ("$5m")
SCALES: dict[str, int] = {
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
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
LETTERS: dict[str, int] = {"k": 10**3, "m": 10**6, "mm": 10**6, "b": 10**9, "t": 10**12}
MODS: dict[str, str] = {
    "about": "approx",
    "around": "approx",
    "approximately": "approx",
    "roughly": "approx",
    "some": "approx",
    "an estimated": "approx",
    "estimated": "approx",
    "close to": "approx",
    "nearly": "less_than",
    "almost": "less_than",
    "less than": "less_than",
    "under": "less_than",
    "below": "less_than",
    "fewer than": "less_than",
    "just under": "less_than",
    "more than": "more_than",
    "over": "more_than",
    "above": "more_than",
    "just over": "more_than",
    "in excess of": "more_than",
    "up to": "up_to",
    "as much as": "up_to",
    "at most": "up_to",
    "no more than": "up_to",
    "a maximum of": "up_to",
    "at least": "at_least",
    "a minimum of": "at_least",
    "no less than": "at_least",
    "upwards of": "at_least",
}

_REACH = 80  # how far before a currency's name its figures are looked for, in characters

# sentence with [amount] -> amount, currency, low, high, mod
EXAMPLES: tuple[tuple[str, str, str | None, str | None, str | None, str | None], ...] = (
    ("They promised [2 billion euros] more", "2000000000", "EUR", None, None, None),
    ("They promised [$2.16bn] more", "2160000000", "USD", None, None, None),
    ("A [£3m] house", "3000000", "GBP", None, None, None),
    ("It cost [US$5,000] then", "5000", "USD", None, None, None),
    ("It cost [EUR 40 million] then", "40000000", "EUR", None, None, None),
    ("It cost [50 cents] then", "0.5", "USD", None, None, None),
    ("It cost [half a billion dollars] then", "500000000", "USD", None, None, None),
    ("It cost [1.5 crore rupees] then", "15000000", "INR", None, None, None),
    ("It cost [Rs 5 lakh] then", "500000", "INR", None, None, None),
    ("It cost [C$348.2 million] then", "348200000", "CAD", None, None, None),
    ("It cost [three hundred thousand Swiss francs] then", "300000", "CHF", None, None, None),
    ("It cost [20€] then", "20", "EUR", None, None, None),
    ("It cost [seventy million dollars] then", "70000000", "USD", None, None, None),
    ("It cost [a million pounds] then", "1000000", "GBP", None, None, None),
    ("A [5-million-euro] grant", "5000000", "EUR", None, None, None),
    ("A [$40-billion] contract", "40000000000", "USD", None, None, None),
    ("It cost [200 pesos] then", "200", None, None, None, None),
    ("It cost [$5-7 million] then", "5000000", "USD", "5000000", "7000000", None),
    ("It cost between [5 and 7 billion euros] then", "5000000000", "EUR", "5000000000", "7000000000", None),
    ("It cost [$3 million to $4 million] then", "3000000", "USD", "3000000", "4000000", None),
    ("It cost [$1.25-$2.50] then", "1.25", "USD", "1.25", "2.5", None),
    ("It cost [$1.5 to $2 million] then", "1500000", "USD", "1500000", "2000000", None),
    ("It cost [5 to 7 billion euros] then", "5000000000", "EUR", "5000000000", "7000000000", None),
    ("It cost [one hundred and five dollars] then", "105", "USD", None, None, None),
    ("It cost [two and a half million dollars] then", "2500000", "USD", None, None, None),
    ("It cost [two-and-a-half million dollars] then", "2500000", "USD", None, None, None),
    ("It cost [forty-five cents] then", "0.45", "USD", None, None, None),
    ("It cost more than [$5 million] then", "5000000", "USD", None, None, "more_than"),
    ("It cost nearly [$5 million] then", "5000000", "USD", None, None, "less_than"),
    ("It cost up to [50 million yen] then", "50000000", "JPY", None, None, "up_to"),
    ("It cost at least [£20] then", "20", "GBP", None, None, "at_least"),
    ("It cost about [$1 million] then", "1000000", "USD", None, None, "approx"),
)
# sentences without an amount
NONE_FOUND: tuple[str, ...] = (
    "Billions of dollars were lost and several million euros found.",
    "He weighed 200 pounds and won 3 won games.",
    "All 193 members may try to top the EUR and USD rates.",
    "The dollar fell 2 percent against the euro.",
    "In 1999 the mark was real.",
)


@dataclass(frozen=True, slots=True)
class _Found:
    """An amount on its own, before ranges and restatements are seen: its figures and scale make up the value."""

    money: Money
    figures: Fraction
    scale: int
    unit: "_Unit"


@dataclass(frozen=True, slots=True)
class _Unit:
    """What an amount is counted in: the words for it, their currency, how many of it make one of the currency."""

    words: str
    code: str | None
    parts: int = 1


def money(text: str) -> tuple[Money, ...]:
    """Give all amounts of money in order, none overlapping; words like "more than" go into `mod`, not into the span."""
    low = lowered(text)
    single: list[_Found] = []
    for found in sorted((*_marked(text, low), *_named(low)), key=lambda f: (f.money.span.start, -f.money.span.end)):
        if not single or found.money.span.start >= single[-1].money.span.end:
            single.append(found)
    return tuple(_restated(text, [_with_mod(low, f.money) for f in _ranged(low, single)]))


def _marked(text: str, low: str) -> Iterator[_Found]:
    """Give amounts with a symbol or code before or behind the figures."""
    for m in _patterns().mark.finditer(text):
        mark = m.group().strip()
        code = SYMBOLS.get(re.sub(r"\s", "", mark), mark if mark in CODES else None)
        unit = _Unit(mark, code)
        after = _patterns().after.match(low, m.end())
        if after is not None:
            yield from _amounts(low, m.start(), after, unit)
        elif (mark in BEHIND or mark in CODES) and (before := _before(low, m.start())):
            yield from _amounts(low, before.start("number"), before, unit, m.end())


def _named(low: str) -> Iterator[_Found]:
    """Give amounts before a currency's name."""
    table = _names()
    for m in _patterns().name.finditer(low):
        word = re.sub(r"\s+", " ", m.group())
        before = _before(low, m.start())
        if before is None or (before["number"] in ("a", "an") and not before["scale"]):
            continue
        if word in ALSO_WORDS and not _surely_money(low, before, m.end()):
            continue
        yield from _amounts(low, before.start("number"), before, _Unit(word, *table[word]), m.end())


def _before(low: str, end: int) -> re.Match[str] | None:
    return _patterns().before.search(low, max(0, end - _REACH), end)


def _amounts(low: str, start: int, m: re.Match[str], unit: _Unit, end: int | None = None) -> Iterator[_Found]:
    """Give the amount of a match, as a range where a lower end stands before the figures."""
    upper, scale = number(m["number"]), _scale(m["scale"])
    stop = m.end("scale") if end is None and m["scale"] else m.end("number") if end is None else end
    if upper is None:
        return
    found = _Found(Money(Span(start, stop), _decimal(upper * scale, unit.parts), unit.code), upper, scale, unit)
    lower = number(m["first"]) if m["first"] else None
    if lower is not None and (m["joint"].strip() != "and" or low.endswith("between ", 0, m.start("first"))):
        factor = _scale(m["firstscale"]) if m["firstscale"] else scale if lower < upper else 1
        ends = (_decimal(lower * factor, unit.parts), found.money.amount)
        if ends[0] < ends[1]:
            span = Span(min(start, m.start("first")), stop)
            found = replace(found, money=Money(span, ends[0], unit.code, *ends))
    yield found


def _ranged(low: str, single: list[_Found]) -> list[_Found]:
    """Join two amounts that are the ends of a range: "$3 million to $4 million", "$5-7 million"."""
    joined: list[_Found] = []
    for found in single:
        last = joined[-1] if joined else None
        if last is not None and last.money.low is None and found.money.low is None and _is_range(low, last, found):
            factor = last.scale if last.scale > 1 or last.figures >= found.figures else found.scale
            ends = (last.money.amount * (factor // last.scale), found.money.amount)
            if ends[0] < ends[1]:
                span = Span(last.money.span.start, found.money.span.end)
                joined[-1] = replace(found, money=Money(span, ends[0], found.money.currency, *ends))
                continue
        joined.append(found)
    return joined


def _is_range(low: str, a: _Found, b: _Found) -> bool:
    between = low[a.money.span.end : b.money.span.start]
    before = low[max(0, a.money.span.start - 40) : a.money.span.start]
    if a.money.currency != b.money.currency or (a.unit != b.unit):
        return False
    if re.fullmatch(r"\s+and\s+", between):
        return bool(re.search(r"\bbetween\s+$", before))
    return bool(re.fullmatch(r"\s?[-–—]\s?|\s+to\s+", between)) and not re.search(
        r"\bfrom\s+$|\b(?:rose|fell|rise|rises|rising|falls?|cut|raised?|increased?|grew|dropped|jumped|climbed|up|down)\b[^.;]*$",
        before,
    )


def _with_mod(low: str, amount: Money) -> Money:
    m = _patterns().mod.search(low, max(0, amount.span.start - 24), amount.span.start)
    return replace(amount, mod=MODS[re.sub(r"\s+", " ", m["mod"])]) if m else amount


def _restated(text: str, amounts: list[Money]) -> Iterator[Money]:
    """Mark each amount that gives the one before it again, in brackets or behind "or", in another currency."""
    for i, amount in enumerate(amounts):
        if i and amount.currency != amounts[i - 1].currency:
            between = text[amounts[i - 1].span.end : amount.span.start]
            if _patterns().again.fullmatch(between):
                yield replace(amount, restates=i - 1)
                continue
        yield amount


def _scale(words: str | None) -> int:
    words = re.sub(r"[\s-]+", " ", words or "").strip().rstrip(".")
    return SCALES.get(words) or LETTERS.get(words) or 1


def _decimal(value: Fraction, parts: int) -> Decimal:
    value = value / parts
    return Decimal(value.numerator) / Decimal(value.denominator)


def _surely_money(low: str, m: re.Match[str], end: int) -> bool:
    big = (number(m["number"]) or 0) >= 1000 or bool(m["scale"]) or bool(re.search(r"hundred|thousand", m["number"]))
    return big and not re.match(r"\s+(?:of\s+(?!sterling)|heav|overweight|lighter|per\s+square)", low[end : end + 20])


@dataclass(frozen=True, slots=True)
class _Patterns:
    mark: re.Pattern[str]
    name: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    mod: re.Pattern[str]
    again: re.Pattern[str]


@cache
def _names() -> dict[str, tuple[str | None, int]]:
    return {
        **{n: (c, 1) for n, c in names().items()},
        **{n: (c, 100) for n, c in cents().items()},
        **{n: (c, 100) for n, c in CENT_SYMBOLS.items()},
    }


def _any(words: object) -> str:
    listed = sorted(words, key=len, reverse=True)  # type: ignore[call-overload] # len takes any sized word
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in listed) + ")"


@cache
def _patterns() -> _Patterns:
    gap = r"(?:[ \u00a0-]|\r?\n)"
    letters = "|".join(LETTERS)
    scale = rf"(?:{gap}?{_any(SCALES)}\b|(?:{letters})\b)"
    words = rf"(?:(?:half{gap}an?|{WORDS}(?:{gap}and{gap}a{gap}half)?|an?|half)(?={gap}))"
    num = rf"(?:{FIGURES}|\.\d+|{words})"
    dollars = r"\b(?:(?:U\.S\.|US|HK|NZ) ?|NT|AU|CA|CAN|MX|[ACSRJ])\$"
    symbols = [s for s in SYMBOLS if not s[0].isalpha()]
    worded = [s for s in SYMBOLS if s[0].isalpha() and not s.endswith("$")]
    marks = rf"{dollars}|{_any(symbols)}|(?<![^\W\d_]){_any([*worded, *CODES])}(?![^\W\d_])\.?"
    return _Patterns(
        mark=re.compile(marks),
        name=re.compile(rf"(?:(?<=[\s\u00a0-])|(?<=\d)){_any([n for n in _names() if n[0].isalpha()])}\b|¢"),
        after=re.compile(
            rf"[ \u00a0]?(?:(?P<first>{FIGURES})(?P<firstscale>{scale})?(?P<joint>\s?[-–]\s?|\s+to\s+)"
            rf"(?=\d[\d.,]*{scale}))?(?P<number>{FIGURES}|\.\d+)(?P<scale>{scale})?"
        ),
        before=re.compile(
            rf"(?<![\w.,])(?:(?P<first>{num})(?P<firstscale>{scale})?(?P<joint>(?<=\d)\s?[-–]\s?|\s(?:to|and|or)\s))??(?<![\d.,])"
            rf"(?P<number>{num})(?P<scale>{scale})?[\s\u00a0-]{{0,2}}$"
        ),
        mod=re.compile(rf"\b(?P<mod>{_any(MODS)})\s+$"),
        again=re.compile(
            rf",?\s*[(\[]\s*(?:(?:or|=|worth|equivalent to|{_any(MODS)})\s*)*|,?\s+or\s+(?:{_any(MODS)}\s+)?",
            re.IGNORECASE,
        ),
    )
