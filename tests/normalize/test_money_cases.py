"""Our own cases of money: single amounts, ranges, restatements, conversions. Each line of the data file is a test."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.normalize import check_targets, conversion_days, convert, money
from onrecord.types import Quotation, Said, Span

CASES = [json.loads(line) for line in Path(__file__).with_name("money_cases.jsonl").read_text("utf-8").splitlines()]


def decimal(figures):
    return None if figures is None else Decimal(figures)


def read(case):
    text = case["text"]
    found = money(text)
    if "convert" not in case:
        return found
    whole = Quotation((Span(0, len(text)),), (), (), "direct", None, 1.0)
    said = Said(case["said"], None) if "said" in case else None
    published = date.fromisoformat(case["published"]) if "published" in case else None
    return convert(found, conversion_days(found, [whole], [said], published), case["convert"])


def test_there_are_cases_of_every_kind():
    amounts = [a for case in CASES for a in case["money"]]
    assert len(CASES) >= 60
    assert all(sum(key in a for a in amounts) >= 8 for key in ("low", "restates", "converted"))


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_each_case_is_right(case):
    found = read(case)
    assert [m.span.of(case["text"]) for m in found] == [a["text"] for a in case["money"]]
    for got, want in zip(found, case["money"], strict=True):
        assert (got.amount, got.currency) == (Decimal(want["amount"]), want["currency"])
        assert (got.low, got.high) == (decimal(want.get("low")), decimal(want.get("high")))
        assert (got.mod, got.restates) == (want.get("mod"), want.get("restates"))
        for made, wanted in zip(got.converted, want.get("converted", ()), strict=True):
            assert made.currency == wanted["currency"]
            assert (made.amount, made.low, made.high) == tuple(
                decimal(wanted.get(k)) for k in ("amount", "low", "high")
            )
            if "refused" in wanted:
                assert wanted["refused"] in made.refused
            else:
                assert made.refused is None
                assert (made.rate_date.isoformat(), made.basis) == (wanted["rate_date"], wanted["basis"])


def test_the_innermost_statement_says_when():
    text = "He said she said it was $5."
    (amount,) = money(text)
    outer = Quotation((Span(0, len(text)),), (), (), "direct", None, 1.0)
    inner = Quotation((Span(8, len(text)),), (), (), "direct", 0, 1.0)
    said = [Said("2024-01-02", None), Said("2023-05-04T10:00", None)]
    assert conversion_days([amount], [outer, inner], said, None) == ((date(2023, 5, 4), "said"),)


def test_a_currency_without_any_rate_is_refused_at_the_start():
    check_targets(["EUR", "USD"])
    with pytest.raises(UsageError, match="Convert to one of AUD, "):
        check_targets(["UAH"])
