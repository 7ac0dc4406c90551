"""Evidence: the clashing words of a position, a stretch of whole words of its text."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.compare.evidence import MOST_WORDS, Marked, evidence

TEXT = "The mayor will never, ever close the old bridge at Lammer's Point before 2030."


def marked(text, words=(), piece=3, read=None):
    """A text in pieces of so many characters, those of these words marked; `read` characters of it are read."""
    runs = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text[:read])]
    pieces = [(a, min(a + piece, end)) for start, end in runs for a in range(start, end, piece)]
    places = [m.span() for word in words for m in re.finditer(re.escape(word), text)]
    marks = [3.0 if any(a < e and s < b for s, e in places) else -3.0 for a, b in pieces]
    starts, ends = (np.array([p[i] for p in pieces], dtype=np.int64) for i in (0, 1))
    return Marked(text, starts, ends, np.array(marks))


def words(made):
    return [span.of(made.text) for span in evidence(made)]


@pytest.mark.parametrize(
    ("pointed_at", "found"),
    [
        (["never, ever close"], "never, ever close"),
        (["2030"], "2030"),
        (["Lammer"], "Lammer's"),  # half a word brings the whole of it
        (["will never", "close the old"], "will never, ever close the old"),  # over a word between
        (["the old bridge at"], "old bridge"),  # small words at the edges say nothing
        (["The"], "The"),  # but are better than none
    ],
)
def test_the_evidence_is_the_words_that_the_judge_points_at(pointed_at, found):
    assert words(marked(TEXT, pointed_at)) == [found]


@pytest.mark.parametrize("denial", ["no", "not", "never", "won't", "cannot"])
def test_a_denial_right_before_the_words_belongs_to_them(denial):
    assert words(marked(f"There would be {denial} close relations with Lammer", ["close relations"])) == [
        f"{denial} close relations"
    ]


def test_the_beginning_of_a_clause_that_is_cut_off_is_no_evidence():
    assert words(marked("The relations will be restored once the war ends", ["restored once"])) == ["restored"]


def test_the_stretch_with_most_marks_wins():
    assert words(marked(TEXT, ["mayor", "old bridge"])) == ["old bridge"]


def test_words_beside_them_that_the_judge_is_in_two_minds_about_belong_to_the_evidence():
    sure = marked(TEXT, ["close"])
    doubtful = TEXT.index("the old bridge")
    beside = (sure.starts >= doubtful) & (sure.ends <= doubtful + len("the old bridge"))
    assert words(replace(sure, marks=np.where(beside, -0.5, sure.marks))) == ["close the old bridge"]


def test_where_the_judge_points_at_nothing_the_evidence_is_short():
    assert len(words(marked(TEXT))[0].split()) == 1


def test_the_evidence_is_no_longer_than_an_editor_reads_at_a_glance():
    text = "“" + "close it " * 40 + "”"
    assert len(words(marked(text, ["close it"]))[0].split()) <= MOST_WORDS


@pytest.mark.parametrize("sign", ["€5", "$5", "5%", "5 %"])
def test_signs_of_money_and_shares_are_words(sign):
    assert words(marked(f"Fees rise {sign} now", [sign], piece=1)) == [sign]


def test_words_beyond_what_the_judge_has_read_are_no_evidence():
    made = marked("It stays open. " + "Nobody knows. " * 30 + "It stays closed.", ["closed", "open"], read=60)
    assert words(made) == ["open"]


@pytest.mark.parametrize("text", ["", "  ", "… — ”", "\n"])
def test_a_text_without_words_has_no_evidence(text):
    assert evidence(marked(text)) == ()


def test_a_text_of_which_nothing_was_read_still_has_a_word():
    nothing = np.array([], dtype=np.int64)
    assert len(evidence(Marked(TEXT, nothing, nothing, np.array([])))) == 1


@given(st.text(st.sampled_from("abN é5'’.,%-€ “”\n😀"), max_size=60), st.data())
def test_the_evidence_is_one_stretch_of_whole_words_whatever_the_text(text, data):
    made = marked(text, piece=data.draw(st.integers(1, 4)))
    marks = data.draw(st.lists(st.floats(-9, 9), min_size=len(made.marks), max_size=len(made.marks)))
    found = evidence(Marked(text, made.starts, made.ends, np.array(marks)))
    assert bool(found) == bool(re.search(r"[\w%€$£]", text))
    for span in found:
        assert 0 <= span.start < span.end <= len(text)
        assert not re.search(r"\w\Z", text[: span.start]) or not re.match(r"\w", text[span.start :])
        assert not re.search(r"\w\Z", text[: span.end]) or not re.match(r"\w", text[span.end :])
