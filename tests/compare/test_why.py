"""Why: one plain sentence in the statements' own words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.compare.why import AFFIRMED, DENIED, FRAMES, MOST_CHARACTERS, why
from onrecord.types import LABELS, Position, Span


def told(label, earlier, later):
    """The sentence for two positions whose evidence stands between brackets, else is all of them."""
    positions, spans = [], []
    for text in (earlier, later):
        m = re.search(r"\[(.*)\]", text)
        positions.append(Position(text.replace("[", "").replace("]", "")))
        spans.append((Span(m.start(), m.end() - 2),) if m else ())
    return why(label, tuple(positions), *spans)


@pytest.mark.parametrize("label", LABELS)
def test_the_sentence_has_the_clashing_words_of_both_sides_in_their_order(label):
    found = told(label, "We [may close] the bridge.", "We [shut the] bridge.")
    assert 0 <= found.index("“may close”") < found.index("“shut the”")
    assert found == FRAMES[label].format(a="“may close”", b="“shut the”")


@pytest.mark.parametrize(
    ("earlier", "later", "frame"),
    [
        ("We will close it.", "We will never close it.", DENIED),
        ("We will close it.", "We won’t close it.", DENIED),
        ("We back the bridge.", "The mayor rejected the bridge.", DENIED),
        ("We cannot close it.", "We close it.", AFFIRMED),
        ("I oppose the levy.", "I back the levy.", AFFIRMED),
        ("We ruled out a levy.", "A levy comes.", AFFIRMED),
        ("No levy will come.", "There will not be a freeze.", FRAMES["reversal"]),
        ("It opens in May.", "It opens in June.", FRAMES["reversal"]),
        ("The knot is nothing.", "The note is known.", AFFIRMED),
    ],
)
def test_who_denies_is_told_only_where_one_side_alone_denies(earlier, later, frame):
    assert told("reversal", earlier, later) == frame.format(a=f"“{earlier}”", b=f"“{later}”")


@pytest.mark.parametrize(
    ("earlier", "later", "a", "b"),
    [
        ("We need 10,000 homes by 2030.", "We need 12,000 homes by 2030.", "10,000", "12,000"),
        ("It costs €2.5 million.", "It costs €3 million.", "2.5 million", "3 million"),
        ("It is 4%.", "It is 5 per cent.", "4%", "5 per cent"),
        ("We sent 5 members.", "We sent 6 members.", "5", "6"),
        ("It is 20 metres.", "It is 20m metres, or 21 metres.", "20", "20m"),
        ("There are 3 billionaires.", "There are 4.", "3", "4"),
    ],
)
def test_another_number_is_told_by_the_numbers_that_differ(earlier, later, a, b):
    assert told("number_changed", earlier, later) == FRAMES["number_changed"].format(a=f"“{a}”", b=f"“{b}”")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("We need three homes.", "We need four homes."),
        ("We need 3 homes.", "We need four homes."),
        ("We need 3 homes in 3 towns.", "We need all 3 homes."),
    ],
)
def test_where_no_figures_differ_the_words_are_told(earlier, later):
    assert told("number_changed", earlier, later) == FRAMES["number_changed"].format(a=f"“{earlier}”", b=f"“{later}”")


def test_pieces_are_joined_visibly_and_a_long_side_is_cut_at_a_word():
    text = "The bridge stays. It rained. The port closes."
    found = why("softened", (Position(text), Position("word " * 60)), (Span(0, 17), Span(29, 45)), ())
    assert found.startswith("“The bridge stays. […] The port closes.” became")
    assert "word …”" in found
    assert len(found) < 2 * MOST_CHARACTERS + 40


def test_quotation_marks_inside_are_single_so_that_ours_stay_clear():
    assert told("softened", "A “plan”", 'a "dream"') == "“A 'plan'” became the weaker “a 'dream'”."


WORDS = st.text(st.sampled_from("ab n't {}%5.,'’“”\"\n"), max_size=200)


@given(st.sampled_from(LABELS), WORDS, WORDS)
def test_every_word_is_the_statements_own_or_the_frames(label, earlier, later):
    found = why(label, (Position(earlier), Position(later)), (), ())
    frame = " ".join((*FRAMES.values(), DENIED, AFFIRMED))
    own = re.findall(r"\w+", f"{frame} {earlier} {later}")
    assert set(re.findall(r"\w+", found)) <= set(own)
    assert "\n" not in found
    assert found.count("“") == found.count("”") == 2
