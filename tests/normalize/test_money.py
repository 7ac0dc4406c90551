from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.normalize import money
from onrecord.normalize.currencies import CODES, SYMBOLS, cents, names
from onrecord.normalize.money import EXAMPLES, NONE_FOUND


def decimal(figures):
    return None if figures is None else Decimal(figures)


@pytest.mark.parametrize(("sentence", "amount", "currency", "low", "high", "mod"), EXAMPLES)
def test_each_example_is_read(sentence, amount, currency, low, high, mod):
    start, end = sentence.index("["), sentence.index("]") - 1
    (found,) = money(sentence.replace("[", "").replace("]", ""))
    assert (found.span.start, found.span.end) == (start, end)
    assert (found.amount, found.low, found.high) == (Decimal(amount), decimal(low), decimal(high))
    assert (found.currency, found.mod) == (currency, mod)


@pytest.mark.parametrize("sentence", NONE_FOUND)
def test_what_is_no_amount_is_left_alone(sentence):
    assert money(sentence) == ()


@pytest.mark.parametrize(
    "text", ["It gave 2 billion euros ($2.16bn) more", "It gave 2 billion euros, or about $2.16 billion, more"]
)
def test_the_same_amount_in_another_currency_points_at_the_first(text):
    first, second = money(text)
    assert (first.currency, first.restates) == ("EUR", None)
    assert (second.currency, second.restates, second.amount) == ("USD", 0, Decimal("2160000000"))


def test_two_amounts_in_brackets_of_one_currency_are_no_restatement():
    assert [m.restates for m in money("It gave $5 million ($2 million less)")] == [None, None]


def test_a_rise_from_one_amount_to_another_is_no_range():
    assert [m.amount for m in money("Pay rose from $3 million to $4 million")] == [
        Decimal(3_000_000),
        Decimal(4_000_000),
    ]


def test_figures_without_end_do_not_raise():
    assert money("It cost $" + "9" * 6000 + " million, or " + "one " * 500 + "euros") is not None


def test_every_currency_has_an_iso_code():
    codes = {*CODES, *SYMBOLS.values(), *names().values(), *cents().values()} - {None}
    assert all(len(c) == 3 and c.isupper() for c in codes)


WORDS = (
    "$ € £ US$ C$ EUR 5 2.16 1,000 1/2 ½ .5 , - – to and between from half a hundred million bn m k lakh crore dollars "
    "euros pounds cents won ( ) or about more than İ ſ ¢ zł Rs. ٣ ²"
)
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)
    )
)
def test_any_text_gives_ordered_spans_inside_it_and_no_error(text):
    found = money(text)
    edges = [e for m in found for e in (m.span.start, m.span.end)]
    assert edges == sorted(edges)
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in found)
    assert all(m.restates is None or 0 <= m.restates < i for i, m in enumerate(found))
    assert all(m.low is None or m.high is None or m.low == m.amount < m.high for m in found)
