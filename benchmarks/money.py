"""Amounts of money and quantities: our figures on the examples that Recognizers-Text publishes as its tests.

    python benchmarks/money.py --shared ../shared            all of it, and the speed
    python benchmarks/money.py --shared ../shared --wrong    and each expected result that is missed, with its reason

Each result that an example expects counts once; it is right where we give the same amount with the same ISO 4217
currency (a hundred cents are a dollar) or the same unit. An example that expects nothing counts once and is right where
we find nothing of that kind. Those missed stand in money_wrong.json by line and place in the line, with a reason each:

    no_amount           a unit without figures; out of scope by our own format, where an amount has figures
    range               a range, of which the example takes one end
    bare_figures        points of something else, taken for cents
    one_letter          "m" and "t", which in news are millions and trillions
    capital_letters     "mb" for megabits, which news writes for megabytes
    unit_left_out       a unit that news hardly counts in
    not_news_english    a form that news doesn't use
    web_address         figures in a web address
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import scoring

from onrecord.normalize import money, quantities

WRONG = Path(__file__).with_name("money_wrong.json")
OUT_OF_SCOPE = "no_amount"

# their names of units that have no ISO code of their own: our currency, how many make one of it
CURRENCIES: dict[str, tuple[str | None, int]] = {
    "Dollar": ("USD", 1),
    "Cent": ("USD", 100),
    "Pound": ("GBP", 1),
    "Pence": ("GBP", 100),
    "Penny": ("GBP", 100),
    "Rupee": ("INR", 1),
    "Franc": (None, 1),
    "Bitcoin": (None, 1),
    "Satoshi": (None, 10**8),
    "Sen": (None, 100),
    "Finnish markka": ("FIM", 1),
    "Peseta": ("ESP", 1),
    "Netherlands guilder": ("NLG", 1),
}
UNITS = {"metric ton": "tonne", "square meter": "square metre", "meter per second": "metre per second"}
PREFIXES = ("kilo", "deci", "centi", "milli", "square kilo", "")

Value = tuple[Decimal | None, str | None]
Row = dict[str, Any]


def main() -> int:
    """Print all figures; give 1 where a result is missed that money_wrong.json does not list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=lambda p: Path(p).resolve(), default=scoring.ROOT.parent / "shared")
    parser.add_argument("--wrong", action="store_true", help="list the results that are missed")
    options = parser.parse_args()
    unlisted = 0
    for name, known in json.loads(WRONG.read_text()).items():
        counted, missed = examples(options.shared, name)
        outside = sum(known.get(key) == OUT_OF_SCOPE for key in missed)
        right, scope = counted - len(missed), counted - outside
        print(f"{name:12} right {right} of {counted} ({share(right, counted)}); in scope {share(right, scope)}")
        new = [key for key in missed if key not in known]
        unlisted += len(new)
        for key in missed if options.wrong else new:
            print("   ", key, known.get(key, "NOT LISTED"))
    print("words per second, money and quantities together:", round(speed(options.shared)))
    return 1 if unlisted else 0


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%"


def examples(shared: Path, name: str) -> tuple[int, list[str]]:
    """Give how many results are expected, and those missed as "line.place"."""
    counted, missed = 0, []
    for line, row in rows(shared, name):
        have, want = found(name, row["text"]), [expected(name, r["resolution"]) for r in row["results"]]
        counted += len(want) or 1
        if not want and have:
            missed.append(f"{line}.-")
        for place, value in enumerate(want):
            if value in have:
                have.remove(value)
            else:
                missed.append(f"{line}.{place}")
    return counted, missed


def rows(shared: Path, name: str) -> Iterator[tuple[int, Row]]:
    """Give the examples of one kind with their lines."""
    file = {"percentage": "number"}.get(name, name)
    with (shared / "data" / "money" / f"recognizers_{file}.jsonl").open(encoding="utf-8") as lines:
        for line, row in enumerate(map(json.loads, lines)):
            if name != "percentage" or row["file"].endswith("PercentModel.json"):
                yield line, row


def found(name: str, text: str) -> list[Value]:
    """Give what we find, comparable with what is expected."""
    if name == "currency":
        return [(m.amount, m.currency) for m in money(text)]
    # temperatures are another set of theirs; shares too
    kinds = {"percentage"} if name == "percentage" else {"length", "area", "volume", "weight", "speed", "angle"}
    have = [q for q in quantities(text) if q.kind in kinds | ({"information"} if name == "dimension" else set())]
    feet = [q.unit == "inch" and ("f" in q.span.of(text).lower()) for q in have]
    return [
        (rounded(q.amount / 12), "foot") if foot else (rounded(q.amount), q.unit)
        for q, foot in zip(have, feet, strict=True)
    ]


def expected(name: str, resolution: Row) -> Value:
    """Give an expected result in our units; without an amount where it has none."""
    figures, unit = resolution["value"], resolution.get("unit", "percent")
    amount = None if figures in (None, "null") else Decimal(figures.rstrip("%"))
    if name == "currency":
        code, parts = CURRENCIES.get(unit, (resolution.get("isoCurrency"), 1))
        return (None if amount is None else amount / parts, code)
    return (None if amount is None else rounded(amount), our_unit(unit.lower()))


def our_unit(unit: str) -> str:
    """Give our name for a unit: British spelling."""
    named = {f"{p}{their}": f"{p}{ours}" for p in PREFIXES for their, ours in (("meter", "metre"), ("liter", "litre"))}
    return UNITS.get(unit) or named.get(unit) or unit.replace("kilometer per hour", "kilometre per hour")


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.000001")) if abs(amount) < 10**15 else amount


def speed(shared: Path, runs: int = 3) -> float:
    """Give words per second of processor time over 200 articles of PolNeAR train, the best of some runs."""
    with (shared / "polnear" / "train.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(200), lines, strict=False)]
    words, best = sum(len(t.split()) for t in texts), float("inf")
    for _ in range(runs):
        start = time.process_time()
        for text in texts:
            money(text), quantities(text)
        best = min(best, time.process_time() - start)
    return words / best


if __name__ == "__main__":
    sys.exit(main())
