"""Transcripts: every turn is its speaker's."""

import pytest

from onrecord.extract.turns import EXAMPLES, label, of_header, turns
from onrecord.text import paragraphs
from onrecord.types import Quotation, Span


def spoken(text):
    return [(q.source[0].of(text), [s.of(text) for s in q.content]) for q in turns(text, paragraphs(text))]


@pytest.mark.parametrize(("paragraph", "expected"), EXAMPLES.items())
def test_the_label_examples_hold(paragraph, expected):
    found = label(paragraph)
    assert (found["label"] if found else None) == expected


def test_turns_take_the_paragraphs_up_to_the_next_label_but_no_asides():
    text = "Briefing.\n\nQ: Why?\n\nMS. ABARA: Because.\n\n(Laughter)\n\nAnd more.\n\nQ: Thanks.\n\nThe briefing ended."
    assert spoken(text) == [("Q", ["Why?"]), ("MS. ABARA", ["Because.", "And more."]), ("Q", ["Thanks."])]


def test_a_list_of_subheadings_is_no_transcript():
    text = "Five things.\n\nPorts: They close.\n\nRails: They rust.\n\nRoads: They crack.\n\nSkies: They clear."
    assert spoken(text) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Source: The Tarn Gazette", True), ("Anna Moro: The Tarn Gazette", False), ("The Source said: no", False)],
)
def test_a_header_is_nobody_s_word(line, expected):
    text = f"Pier closes\n\n{line}"
    colon = text.index(":")
    quotation = Quotation((Span(colon + 2, len(text)),), (), (Span(colon, colon + 1),), "direct", None, 0.9)
    assert of_header(text, quotation) is expected


def test_two_labels_are_no_transcript():
    assert spoken("Q: Why?\n\nA: Because.") == []
