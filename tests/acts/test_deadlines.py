import re

import pytest

from onrecord.acts.deadlines import deadline
from onrecord.acts.lexicon import examples
from onrecord.types import Quotation, Span, Timex

ROWS = examples("deadlines.tsv")


def due(marked, value="2025-05"):
    """Tell whether the time in { } is a deadline of the text."""
    start, end = marked.index("{"), marked.index("}") - 1
    text = re.sub("[{}]", "", marked)
    timex = Timex(Span(start, end), "DATE", value)
    return deadline(text, Quotation((Span(0, len(text)),), (), (), "indirect", None, 0.9), [timex]) == timex


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r[2])
def test_time_of_an_example_is_a_deadline_and_that_of_the_other_is_none(row):
    assert due(row[2])
    assert not due(row[3])


def test_time_outside_the_content_is_no_deadline():
    text = "By Friday, Lind said, we sail"
    friday = Timex(Span(3, 9), "DATE", "2025-03-28")
    content = (Span(text.index("we"), len(text)),)
    assert deadline(text, Quotation(content, (), (), "indirect", None, 0.9), [friday]) is None


def test_time_now_is_no_deadline():
    assert not due("Lind said the pier was mended by {now}", "PRESENT_REF")
