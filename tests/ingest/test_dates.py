from datetime import date

import pytest

from onrecord.ingest.dates import FORMS, date_in_url, find_date, is_date_line


def iso(value):
    return value.isoformat() if value else None


@pytest.mark.parametrize(("words", "expected"), [example for form in FORMS for example in form.examples])
def test_a_form_of_dates_reads_its_examples(words, expected):
    assert iso(find_date(words)) == expected


def test_the_first_of_two_dates_is_taken():
    assert find_date("Posted Mar 28, 2025, changed 2025-03-30") == date(2025, 3, 28)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("March 28, 2025", True),
        ("Friday, 28 March 2025 14:05 GMT", True),
        ("2025-03-28T10:15:00Z", True),
        ("28 March 2025 at 2.15 p.m.", True),
        ("The ports agreed on March 28, 2025", False),
        ("March 28", False),
        ("", False),
    ],
)
def test_a_date_line_holds_a_date_and_nothing_else(line, expected):
    assert is_date_line(line) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://harbour.example/2025/03/28/toll", "2025-03-28"),
        ("https://harbour.example/toll-2025-03-28", "2025-03-28"),
        ("https://harbour.example/2025/03/toll", None),
        ("https://harbour.example/2025/13/28/toll", None),
        ("https://harbour.example/a/12025/03/28", None),
    ],
)
def test_a_date_in_an_address_counts_only_when_it_is_full(url, expected):
    assert iso(date_in_url(url)) == expected
