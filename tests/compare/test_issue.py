"""Issue: what two positions are about, in words of one of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.compare.issue import MOST_WORDS, issue, stems


@pytest.mark.parametrize(
    ("earlier", "later", "found"),
    [
        ("We will close the harbour bridge in May.", "The harbour bridge stays open.", "harbour bridge"),
        ("Ties with Lorn can be normal again.", "I see no normal ties with Lorn.", "normal ties with Lorn"),
        ("We will never leave the EU.", "We are leaving the EU.", "leave the EU"),
        ("The levies were a mistake.", "I would raise the levy again.", "levies"),
        ("The mayor's bridge fund is safe.", "There is no fund left for any bridge.", "bridge fund"),
        ("Fees fall. Bridges rise.", "Bridges fall; fees rise.", "Fees fall"),  # never over the end of a sentence
    ],
)
def test_the_issue_is_the_stretch_that_holds_most_of_what_both_speak_of(earlier, later, found):
    assert issue(earlier, later) == found


def test_where_they_share_no_word_the_issue_is_what_the_earlier_one_speaks_of():
    assert issue("We will dredge the outer harbour.", "Nothing of the kind is planned.") == "dredge outer harbour"


def test_where_nothing_is_named_the_issue_is_how_the_earlier_one_begins():
    assert issue("It will be so, and that is that.", "But it was not.") == "It will be so,"


@pytest.mark.parametrize("text", ["", "  ", "—", "- ’ -"])
def test_texts_without_words_do_no_harm(text):
    assert issue(text, text) == " ".join(text.split())


def test_small_words_name_no_issue_but_unions_do():
    assert stems("He is at it with us") == set()
    assert stems("The EU and the UN met Ü5 at G7") >= {"eu", "un", "g7"}


def test_the_forms_of_a_word_are_one_word():
    assert stems("bridges Bridge bridge's BRIDGE’s") == {"bridg"}


SENTENCES = st.lists(
    st.sampled_from(
        ["harbour", "the", "Bridge", "bridges,", "EU", "fees.", "“close", "never”", "5%", "is", "-", "town’s", "\n"]
    ),
    max_size=14,
).map(" ".join)


@given(SENTENCES, SENTENCES)
def test_the_issue_is_made_of_words_of_the_statements_and_is_short(earlier, later):
    found = issue(earlier, later)
    assert set(re.findall(r"\w+", found)) <= set(re.findall(r"\w+", f"{earlier} {later}"))
    assert len(re.findall(r"[\w’]+", found)) <= MOST_WORDS
    assert found == " ".join(found.split())
    assert found or not earlier.strip()


@given(SENTENCES, SENTENCES)
def test_where_words_are_shared_the_issue_stands_as_it_is_in_one_of_them(earlier, later):
    if stems(earlier) & stems(later):
        found = issue(earlier, later)
        assert any(found in " ".join(text.split()) for text in (earlier, later))
        assert stems(found) & stems(earlier) & stems(later)
