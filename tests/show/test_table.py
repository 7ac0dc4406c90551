import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from stand_ins import TEXT, a_reading, a_statement, article

from onrecord.reading import Reading
from onrecord.show import table
from onrecord.types import Converted, Money, Quantity, Span


def parsed(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_has_the_documented_columns_and_a_row_for_each_statement():
    found = parsed(a_reading().to_csv())
    assert list(found[0]) == list(table.COLUMNS)
    assert [(r["number"], r["speaker"], r["parent"]) for r in found] == [
        ("1", "Ilse Brandt", ""),
        ("2", "a clerk", ""),
        ("3", "Ilse Brandt", "s2"),
    ]
    assert (found[0]["said"], found[0]["deadline"], found[0]["times"]) == ("2026-03-24", "2026-06", "2026-06")
    assert (found[1]["via"], found[1]["cue"]) == ("Port Courier", "as saying")


def test_a_row_says_whether_statement_and_speaker_are_unsure():
    reading = a_reading()
    nobody = replace(reading.statements[0], speaker=None)
    doubtful = replace(nobody, quotation=replace(nobody.quotation, confidence=0.49))
    found = parsed(replace(reading, statements=(*reading.statements, doubtful)).to_csv())
    assert [r["speaker_unsure"] for r in found] == ["False", "True", "False", ""]
    assert [r["unsure"] for r in found] == ["False", "False", "False", "True"]


def test_start_and_end_lead_to_the_words():
    for row in parsed(a_reading().to_csv()):
        assert TEXT[int(row["start"]) : int(row["end"])] == row["content"]


def test_a_row_is_a_line_even_where_the_words_run_over_several():
    text = 'He said "a\r\nb".'
    assert parsed(Reading(article(text), (a_statement('"a\r\nb"', text),), (), ()).to_csv())[0]["content"] == '"a b"'


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_spreadsheet_never_takes_words_for_a_formula(words):
    reading = Reading(article(words), (a_statement(words, words),), (), ())
    assert parsed(reading.to_csv())[0]["content"] == "'" + words
    assert next(table.rows(reading))["content"] == words


def test_the_header_is_there_once():
    assert table.csv_text([a_reading(), a_reading()]).count("article_id") == 1
    assert "article_id" not in table.csv_text([a_reading()], header=False)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"amount": Decimal(2_000_000_000), "currency": "EUR"}, "2000000000 EUR"),
        ({"amount": Decimal(150), "low": Decimal(100), "high": Decimal(200), "currency": "USD"}, "100-200 USD"),
        ({"amount": Decimal(5), "currency": None}, "5"),
    ],
)
def test_amounts_are_plain_digits_with_their_currency(given, written):
    assert table.amount(Money(Span(0, 1), **given)) == written


def test_what_is_converted_is_shown_as_derived_with_its_days():
    made = Converted("USD", Decimal("5.40"), None, None, date(2025, 3, 30), "said", date(2025, 3, 28))
    shown = table.amount(Money(Span(0, 1), Decimal(5), "EUR", converted=(made,)))
    assert shown == "5 EUR (derived: 5.40 USD, ECB rates of 2025-03-28, said 2025-03-30)"


def test_what_can_not_be_converted_is_shown_with_the_reason():
    made = Converted("USD", None, refused="The ECB gives no rate for UAH.")
    assert table.amount(Money(Span(0, 1), Decimal(5), "UAH", converted=(made,))) == (
        "5 UAH (no USD: The ECB gives no rate for UAH.)"
    )


def test_quantities_are_plain_digits_with_their_unit():
    assert table.quantity(Quantity(Span(0, 1), Decimal(10_000), "soldier", "troops")) == "10000 soldier"
    share = Quantity(Span(0, 1), Decimal(20), "percent", "percentage", Decimal(20), Decimal(30))
    assert table.quantity(share) == "20-30 percent"


def test_the_quantities_of_a_statement_stand_in_its_row():
    text = "fees rise 5 percent"
    count = Quantity(Span(10, 19), Decimal(5), "percent", "percentage")
    statement = replace(a_statement(text, text), quantities=(count,))
    assert parsed(Reading(article(text), (statement,), (), (), (count,)).to_csv())[0]["quantities"] == "5 percent"
