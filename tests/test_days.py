import pytest

from onrecord.days import EXAMPLES, first_day, last_day, span_of


@pytest.mark.parametrize(("value", "days"), EXAMPLES)
def test_a_value_means_its_days(value, days):
    found = span_of(value)
    assert (" ".join(day.isoformat() for day in found) if found else "-") == days


@pytest.mark.parametrize("words", ["20", "soon", "2025-W13", "2025-13"])
def test_what_is_no_day_month_or_year_of_a_source_is_refused(words):
    with pytest.raises(ValueError, match=words):
        first_day(words)


def test_an_empty_date_is_no_date():
    assert first_day("") is last_day("") is None
