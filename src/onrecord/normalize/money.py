"""Amounts of money in a text, with their ISO 4217 currency.

Currency words are found first; figures stand behind a symbol or code ("$2.16bn", "EUR 40 million") or before a name
("2 billion euros", "half a billion dollars"). Amounts that make a range are joined (`amount` is then its lower end,
like `low`), and an amount that only gives the one before it in another currency says so (`restates`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from onrecord.normalize.amounts import (
    MODS,
    SCALE,
    SCALES,
    Found,
    Unit,
    amounts,
    any_of,
    apart,
    before,
    decimal,
    mod,
    ranged,
    scale_of,
    value,
)
from onrecord.normalize.currencies import (
    ALSO_WORDS,
    BEHIND,
    CENT_SYMBOLS,
    CODES,
    DOLLARS_OF,
    LEADING,
    MILLIONS,
    SATOSHI,
    SYMBOLS,
    cents,
    names,
)
from onrecord.normalize.numbers import FIGURES, WORDS, lowered
from onrecord.types import Money, Span

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
    ("It cost [a dollar and 42 cents] then", "1.42", "USD", None, None, None),
    ("It cost [two point one six billion dollars] then", "2160000000", "USD", None, None, None),
    ("It cost [3 hryvnias 4 kopiykas] then", "3.04", "UAH", None, None, None),
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


def money(text: str) -> tuple[Money, ...]:
    """Give all amounts of money in order, none overlapping; words like "more than" go into `mod`, not into the span."""
    low = lowered(text)
    single = apart((*_marked(text, low), *_named(text, low)))
    found = [Money(f.span, f.amount, f.unit.name, f.low, f.high, mod(low, f.span)) for f in ranged(low, single)]
    return tuple(_restated(text, found))


def _marked(text: str, low: str) -> Iterator[Found]:
    """Give amounts with a symbol or code before or behind the figures."""
    for m in _patterns().mark.finditer(text):
        unit = _unit_of_mark(m.group().strip())
        ahead = _patterns().after.match(low, m.end())
        back = before(low, m.start()) if _may_stand_behind(low, unit, m, ahead) else None
        if back is not None and (ahead is None or not _is_year(back)):
            found = amounts(low, back.start("number"), back, unit, m.end())
            yield from (_with_parts(low, _with_late_scale(low, f)) for f in found)
        elif ahead is not None:
            found = amounts(low, m.start(), ahead, unit)
            yield from (_with_parts(low, _of_country(low, f)) for f in found)


def _unit_of_mark(mark: str) -> Unit:
    plain = re.sub(r"\s", "", mark)
    if plain in MILLIONS:
        return Unit(plain, MILLIONS[plain], Fraction(1, 10**6))
    code = plain.upper() if plain.upper() in CODES else None
    return Unit(plain, SYMBOLS.get(plain, SYMBOLS.get(plain.upper(), code)))


def _may_stand_behind(low: str, unit: Unit, mark: re.Match[str], ahead: re.Match[str] | None) -> bool:
    """Tell of a mark whether it may belong to figures before it, also where others follow: "10 € 20 €", "17 USD 25"."""
    if unit.words not in BEHIND and unit.words not in _CODES:
        return False
    if ahead is None or _patterns().mark_behind.match(low, ahead.end()):
        return True
    return mark.group().strip().upper() in CODES and _patterns().parts.match(low, mark.end()) is not None


def _is_year(back: re.Match[str]) -> bool:
    return not back["scale"] and re.fullmatch(r"(?:19|20)\d\d", back["number"]) is not None


def _with_late_scale(low: str, found: Found) -> Found:
    """Give "75 USD million" with its million."""
    m = _patterns().late_scale.match(low, found.span.end) if found.unit.words in _CODES and found.scale == 1 else None
    if m is None or found.low is not None:
        return found
    scale = scale_of(m.group())
    return replace(found, span=Span(found.span.start, m.end()), amount=found.amount * scale, scale=scale)


def _of_country(low: str, found: Found) -> Found:
    """Give "$5 million Canadian" in Canadian dollars."""
    m = _patterns().country.match(low, found.span.end) if found.unit.words == "$" else None
    if m is None:
        return found
    code = DOLLARS_OF[re.sub(r"\s+", " ", m["country"])]
    return replace(found, span=Span(found.span.start, m.end()), unit=replace(found.unit, name=code))


def _with_parts(low: str, found: Found) -> Found:
    """Give an amount with the cents behind it: "15 dollars and 50 cents", "thirteen dollars forty-five"."""
    whole = found.low is None and found.scale == 1 and found.unit.parts == 1 and found.figures.denominator == 1
    m = _patterns().parts.match(low, found.span.end) if whole else None
    cents = value(m["parts"]) if m else None
    if m is None or cents is None or not (1 if m["name"] else 10) <= cents < 100:
        return found
    if not m["name"] and found.unit.words in SYMBOLS and m["parts"].isdigit():
        return found
    figures = found.figures + cents / 100
    return replace(found, span=Span(found.span.start, m.end()), amount=decimal(figures), figures=figures)


def _named(text: str, low: str) -> Iterator[Found]:
    """Give amounts before a currency's name."""
    table = _names()
    for m in _patterns().name.finditer(low):
        word = re.sub(r"\s+", " ", m.group())
        unit, back = Unit(word, *table[word]), before(low, m.start())
        if back is None:
            yield from _leading(low, m, unit)
        elif _is_vague(low, m, back) or _is_other(text, low, m, back):
            continue
        elif word not in ALSO_WORDS or surely_money(low, back, m):
            yield from (_with_parts(low, f) for f in amounts(low, back.start("number"), back, unit, m.end()))


def _is_vague(low: str, name: re.Match[str], back: re.Match[str]) -> bool:
    """Tell of "a dollar" that it is no amount, where no cents follow it."""
    lone = back["number"] in ("a", "an") and not back["scale"]
    return lone and _patterns().parts.match(low, name.end()) is None


def _leading(low: str, name: re.Match[str], unit: Unit) -> Iterator[Found]:
    """Give an amount whose currency's name stands first, as in India: "worth rupees 500 crore"."""
    if unit.words in LEADING and _patterns().leading.search(low, max(0, name.start() - 12), name.start()):
        m = _patterns().after.match(low, name.end())
        if m is not None and m["scale"]:
            yield from amounts(low, name.start(), m, unit)


def _is_other(text: str, low: str, name: re.Match[str], back: re.Match[str]) -> bool:
    """Tell what only looks like money: "50 Cent", "my two cents", "1080p", "2010 USD 20 million"."""
    word = name.group()
    if word == "p":
        sized = (value(back["number"]) or 0) in _PICTURE_LINES or bool(back["scale"])
        return sized or text[name.start()] != "p" or name.start() != back.end("number")
    if word == "cent":
        return text[name.start()] == "C"
    if word == "cents":
        return _patterns().opinion.search(low, max(0, back.start() - 8), name.end()) is not None
    ahead = _patterns().after.match(low, name.end()) if word.upper() in CODES else None
    behind = ahead is None or _may_stand_behind(low, Unit(word.upper(), None), name, ahead)
    return ahead is not None and (_is_year(back) or not behind)


def surely_money(low: str, back: re.Match[str], name: re.Match[str]) -> bool:
    """Tell whether a word that is also another ("pounds", "won") is money: by its size, or by paying told near it."""
    lead = max(0, back.start() - 40)
    if _patterns().weight.match(low, name.end()) or _patterns().weighed.search(low, lead, back.start()):
        return False
    if name.group() in _SINGULAR and not back["scale"] and (value(back["number"]) or 0) < 10**5:
        return _patterns().paid.search(low, lead, back.start()) is not None
    big = (value(back["number"]) or 0) >= 1000 or back["scale"] or re.search(r"hundred|thousand", back["number"])
    return bool(big) or _patterns().paid.search(low, lead, back.start()) is not None


def _restated(text: str, found: list[Money]) -> Iterator[Money]:
    """Mark each amount that gives the one before it again, in brackets or behind "or", in another currency."""
    first = 0  # index of the amount that the last ones give again
    for i, amount in enumerate(found):
        if i and _again(text, found, first, i):
            yield replace(amount, restates=first)
        else:
            first = i
            yield amount


def _again(text: str, found: list[Money], first: int, i: int) -> bool:
    amount, last = found[i], found[i - 1]
    if amount.currency in {m.currency for m in found[first:i]}:
        return False
    between = text[last.span.end : amount.span.start]
    if i - 1 > first and re.fullmatch(r"\s*[;,/=]\s*(?:or\s+)?", between):
        return True
    if _patterns().again.fullmatch(between):
        return True
    closed = text[amount.span.end : amount.span.end + 1] in tuple(
        ")]" if between.rstrip()[-1:] in ("(", "[") else ",.;"
    )
    return closed and _patterns().again_later.fullmatch(between) is not None


_CODES = CODES | MILLIONS.keys()
_PICTURE_LINES = (240, 360, 480, 720, 1080, 1440, 2160)
_SIGNS = [s for s in SYMBOLS if not (s[0].isalpha() and s[0] < "\u0500")]
_DOLLARS = (  # with the letters before them
    r"\b(?:(?:U\.S\.?|[Uu]\.[Ss]|US|[Hh][Kk]|NZ|c) ?|NT|AU|CA|CAN|MX|M[Ee][Xx]|[ACSRJ]"
    r"|(?i:USD|AUD|CAD|NZD|MXN|HKD|SGD))\$"
)
_SINGULAR = frozenset(("pound", "mark", "crown"))
_HEAVY = r"(?:bomb|warhead|missile|shell|explosive|gorilla|man\b|woman|baby|boy|girl|fish|rock|vehicle|truck)"
_PAID = (
    r"\b(?:pa(?:y|ys|id|ying)|costs?|costing|prices?|priced|fine[ds]?|worth|charg(?:e|es|ed|ing)|spen[dt]|spending"
    r"|earn(?:s|ed|ing)?|wages?|salary|bills?|tax(?:es)?|fees?|tickets?|rais(?:e|es|ed|ing)|donat\w+|fund|budget"
    r"|invest\w*|loans?|debts?|owe[ds]?|stole|sold|sells?|bought|buys?)\b"
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    mark: re.Pattern[str]
    mark_behind: re.Pattern[str]
    name: re.Pattern[str]
    leading: re.Pattern[str]
    after: re.Pattern[str]
    late_scale: re.Pattern[str]
    country: re.Pattern[str]
    parts: re.Pattern[str]
    again: re.Pattern[str]
    again_later: re.Pattern[str]
    opinion: re.Pattern[str]
    paid: re.Pattern[str]
    weighed: re.Pattern[str]
    weight: re.Pattern[str]


@cache
def _names() -> dict[str, tuple[str | None, int]]:
    return {
        **{n: (c, SATOSHI if n.startswith("satoshi") else 1) for n, c in names().items()},
        **{n: (c, 100) for n, c in cents().items()},
        **{n: (c, 100) for n, c in CENT_SYMBOLS.items()},
    }


@cache
def _patterns() -> _Patterns:
    gap = r"[ \u00a0]?"
    lower = any_of(c.lower() for c in CODES)
    number = rf"(?P<number>{FIGURES}|\.\d+)(?P<scale>{SCALE})?"
    first = rf"(?P<first>{FIGURES})(?P<firstscale>{SCALE})?(?P<joint>\s?[-–]\s?|\s+to\s+)"
    cent = r"[ -]?(?P<name>cents?|c|¢|pence|p|pennies|penny|kopec?ks?|kopiykas?)(?!\w)"
    alone = r"(?=\s*(?:[.;!?]|,\s|$)|\s+more\b)"
    mods = any_of(MODS)
    equal = r"worth|equal to|(?:the )?equivalent(?: (?:to|of))?"
    roughly = rf"(?:(?:or|=|≈|{equal}|{mods})\s*)*"
    each = r"(?:\s+(?:an?|per)\s+\w+)?"
    dashed = rf"(?:,|\s?[—–])\s*(?:{equal})\s+{roughly}|\s[—–-]\s{mods}\s+"
    return _Patterns(
        mark=_mark(),
        mark_behind=re.compile(rf"{gap}(?:{any_of(_SIGNS)}|{lower}\b|cents?\b)(?!{gap}\d)"),
        name=re.compile(rf"(?:(?<=[\s\u00a0-])|(?<=\d)){any_of(_names().keys() - {'p', '¢'})}\b|(?<=\d)p\b(?!\.?m)|¢"),
        leading=re.compile(r"\b(?:at|of|to|is|was|for|worth|by|over|about|than|nearly|around|with|costs?)\s+$"),
        after=re.compile(rf"{gap}(?:{first}(?=\d[\d.,]*{SCALE}))?{number}"),
        late_scale=re.compile(rf"{gap}{any_of(SCALES)}\b"),
        country=re.compile(rf"\s+(?P<country>{any_of(DOLLARS_OF)})(?:\s+dollars?\b|(?=\s*[.,;)\]]|\s*$))"),
        parts=re.compile(rf",?\s+(?:and\s+)?(?P<parts>\d\d?|{WORDS})(?:{cent}|{alone})"),
        again=re.compile(
            rf"{each}(?:,?\s*[(\[]\s*{roughly}|(?:,|\s[—–-])?\s+or\s+(?:{mods}\s+)?|{dashed})",
            re.IGNORECASE,
        ),
        again_later=re.compile(
            rf"(?:\s+[\w'’-]+){{1,5}}(?:\s*[(\[]\s*{roughly}|,\s+or\s+(?:{mods}\s+)?)|{each},\s+{mods}\s+",
            re.IGNORECASE,
        ),
        opinion=re.compile(r"\b(?:my|your|his|her|their|our)\s+two\s+cents$"),
        paid=re.compile(_PAID),
        weighed=re.compile(
            r"\b(?:weigh\w*|los(?:e|es|t|ing)|gain(?:s|ed|ing)?|heav\w+|obes\w+|bench\w*|lift\w*|tons?|kilos?|kilograms?)\b"
        ),
        weight=re.compile(
            rf"\s+(?:of\s+(?!sterling)|heav|overweight|lighter|per\s+square|each\b|in\s+weight|{_HEAVY})"
        ),
    )


def _mark() -> re.Pattern[str]:
    worded = [s for s in SYMBOLS if s not in _SIGNS and s != "R" and not s.endswith("$")]
    codes = any_of([*worded, *_CODES, "rmb", "usd", "eur", "gbp"])
    rand = r"\bR(?=\d[\d.,]*\s?(?:[mb]illion|trillion|bn|m)\b)"
    return re.compile(rf"{_DOLLARS}|{any_of(_SIGNS)}|(?<![^\W\d_]){codes}(?![^\W\d_])|{rand}")
