from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.normalize import quantities
from onrecord.normalize.quantities import EXAMPLES, NONE_FOUND
from onrecord.normalize.units import COMPOUND, plural, units


def decimal(figures):
    return None if figures is None else Decimal(figures)


@pytest.mark.parametrize(("sentence", "amount", "unit", "kind", "low", "high", "mod"), EXAMPLES)
def test_each_example_is_read(sentence, amount, unit, kind, low, high, mod):
    start, end = sentence.index("["), sentence.index("]") - 1
    (found,) = quantities(sentence.replace("[", "").replace("]", ""))
    assert (found.span.start, found.span.end) == (start, end)
    assert (found.amount, found.low, found.high) == (Decimal(amount), decimal(low), decimal(high))
    assert (found.unit, found.kind, found.mod) == (unit, kind, mod)


@pytest.mark.parametrize("sentence", NONE_FOUND)
def test_what_is_no_quantity_is_left_alone(sentence):
    assert quantities(sentence) == ()


@pytest.mark.parametrize(
    ("word", "many"),
    [
        ("mile", "miles"),
        ("foot", "feet"),
        ("square foot", "square feet"),
        ("mile per hour", "miles per hour"),
        ("metre a second", "metres a second"),
        ("degree celsius", "degrees celsius"),
        ("serviceman", "servicemen"),
        ("missile battery", "missile batteries"),
        ("percent", "percent"),
    ],
)
def test_a_units_word_has_its_plural(word, many):
    assert plural(word) == many
    assert units()[word] == units()[many]


def test_compounds_are_made_of_known_units():
    known = {unit for _, unit in units().values()}
    assert all(unit in known for pair in COMPOUND for unit in pair)


def test_two_shares_of_a_vote_are_no_range():
    found = quantities("He leads 43 percent to 45 percent among the young.")
    assert [(q.amount, q.low) for q in found] == [(43, None), (45, None)]


def test_a_fall_from_one_share_to_another_is_no_range():
    assert [q.low for q in quantities("It rose from 20 percent to 30 percent.")] == [None, None]


WORDS = (
    "% percent 5 2.16 1,000 1/2 ½ 20-30 - – to and between half a million dozen km miles feet inches 6-foot-2 "
    "-5 °C in m pounds troops T-72 tanks F-16 Russian additional soldiers battalions £ U.S. İ ſ ( ) ² about or "
    "so degrees tall mm 9mm"
)
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)
    )
)
def test_any_text_gives_ordered_spans_inside_it_and_no_error(text):
    found = quantities(text)
    edges = [e for q in found for e in (q.span.start, q.span.end)]
    assert edges == sorted(edges)
    assert all(0 <= q.span.start < q.span.end <= len(text) for q in found)
    assert all(q.low is None or q.high is None or q.low == q.amount < q.high for q in found)
