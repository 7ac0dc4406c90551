"""Paragraphs, sentences and quotation marks."""

from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from onrecord.text import index_of, paragraphs, quoted, sentences
from onrecord.types import Span

# text -> the stretches in marks, outer before inner; a * marks one whose closing mark is missing
QUOTED = {
    "“We go,” she said. “At once.”": ["“We go,”", "“At once.”"],
    '"We go," she said. "At once."': ['"We go,"', '"At once."'],
    "'We don't go,' she said. 'Not yet.'": ["'We don't go,'", "'Not yet.'"],
    "‘We don’t go,’ she said.": ["‘We don’t go,’"],
    "«We go», she said.": ["«We go»"],
    "“He called it ‘nonsense’,” she said.": ["“He called it ‘nonsense’,”", "‘nonsense’"],
    "The leaders' plan was 'a blow to voters' rights', he said.": ["'a blow to voters' rights'"],
    "The 'old guard' and the voters' friends spoke.": ["'old guard'"],
    "Rock 'n' roll in the '90s isn't what it's made of; 'tis gone.": [],
    "The drivers' union and the nurses' union met.": [],
    'He said "yes" and then "no': ['"yes"', '*"no'],
    "She said (“quietly”) that—“well”—it was over.": ["“quietly”", "“well”"],
}


@pytest.mark.parametrize("text", QUOTED)
def test_stretches_in_marks_are_found_and_apostrophes_are_none(text):
    assert [("" if q.closed else "*") + q.span.of(text) for q in quoted(text)] == QUOTED[text]


def test_an_odd_mark_costs_no_more_than_its_own_paragraph():
    text = 'One "odd mark here.\n\nTwo "even" marks.\n\nThree.'
    first, second = quoted(text)
    assert (first.closed, first.span.end) == (False, text.index("\n"))
    assert second.span.of(text) == '"even"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\n \r\nTwo.\r\n", ["One.", "Two."]),
        (
            "A headline\nA first line that is its own.\nAnother.",
            ["A headline", "A first line that is its own.", "Another."],
        ),
        ("  \n \n", []),
    ],
)
def test_paragraphs_end_at_blank_lines_and_at_newlines(text, expected):
    assert [p.of(text) for p in paragraphs(text)] == expected


def test_hard_wrapped_lines_stay_in_one_paragraph():
    line = "the words of this paragraph go on from line to line without an end,\n"
    text = "First of all " + line * 6 + "and stop here.\n\nThen the next one."
    assert len(paragraphs(text)) == 2


def test_abbreviations_and_initials_end_no_sentence():
    text = "Mr. Lind met Gov. A. Moro on Jan. 5. He left. “Why?” she asked."
    assert [s.of(text) for s in sentences(text, Span(0, len(text)))] == [
        "Mr. Lind met Gov. A. Moro on Jan. 5.",
        "He left.",
        "“Why?” she asked.",
    ]


def test_the_span_before_an_offset_is_found():
    spans = (Span(0, 4), Span(6, 9), Span(12, 20))
    assert [index_of(spans, n) for n in (0, 5, 6, 11, 12, 99)] == [0, 0, 1, 1, 2, 2]


@given(st.text(alphabet=st.sampled_from("\"'“”‘’«»`. ,aBs\n\r\t-(—)") | st.characters(), max_size=200))
def test_any_text_is_cut_into_spans_that_lie_inside_it_in_order(text):
    paras = paragraphs(text)
    assert all(0 <= p.start < p.end <= len(text) for p in paras)
    assert all(a.end <= b.start for a, b in pairwise(paras))
    for q in quoted(text, paras):
        assert any(p.holds(q.span) for p in paras)
    for p in paras:
        inside = sentences(text, p)
        assert inside[0].start == p.start
        assert inside[-1].end == p.end
