import pytest

from onrecord.acts.conditions import condition
from onrecord.acts.lexicon import examples
from onrecord.types import Quotation, Span

ROWS = examples("conditions.tsv")


def found(marked):
    """Give the condition found in a text, and the one marked: content in [ ], condition in < >."""
    start, end = (marked.replace("<", "").replace(">", "").index(c) for c in "[]")
    plain = marked.translate(str.maketrans("", "", "[]<>"))
    cue = plain.find("asked")
    cues = (Span(cue, cue + 5),) if cue >= 0 and not start < cue < end else ()
    got = condition(plain, Quotation((Span(start, end - 1),), (), cues, "indirect", None, 0.9))
    wanted = marked[marked.index("<") + 1 : marked.index(">")] if "<" in marked else None
    return got and got.of(plain), wanted and wanted.translate(str.maketrans("", "", "[]"))


@pytest.mark.parametrize("row", ROWS, ids=lambda r: " ".join(r[:2]) + " / " + r[3])
def test_example_of_a_rule_has_the_condition_marked_in_it(row):
    got, wanted = found(row[3])
    assert got == wanted
    assert (wanted is None) == (row[0] in ("before", "opening"))


@pytest.mark.parametrize("row", ROWS, ids=lambda r: " ".join(r[:2]) + " / " + r[4])
def test_other_text_of_a_rule_has_the_condition_marked_in_it_or_none(row):
    got, wanted = found(row[4])
    assert got == wanted
    assert (wanted is None) == (row[0] in ("open", "needs"))


def test_clause_between_two_pieces_of_a_content_is_its_condition():
    text = "“We will sail,” Lind said, if the port is open, “and stay.”"
    pieces = (Span(0, 15), Span(text.index("“and"), len(text)))
    got = condition(text, Quotation(pieces, (), (), "direct", None, 0.9))
    assert got
    assert got.of(text) == "if the port is open"


def test_clause_farther_on_in_the_sentence_counts_where_it_can_be_no_question():
    assert found("[We will sail,] Lind said on Friday, <unless it rains>.") == ("unless it rains", "unless it rains")
    assert found("[We will sail,] Lind said on Friday, if it rains.") == (None, None)


def test_end_of_a_name_s_title_ends_no_clause():
    assert found("Lind said [she would sail <if Mr. Brandt agrees>].") == (
        "if Mr. Brandt agrees",
        "if Mr. Brandt agrees",
    )


def test_letter_that_lower_case_makes_longer_moves_no_offset():
    assert found("Lind said [İİ stays <if it rains>].") == ("if it rains", "if it rains")
