"""Candidates: which passages may speak to the same issue."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.compare.candidates import ALIKE, AT_ONCE, MOST, MOST_REVISING, Place, candidates, packed, unpacked

WIDTH = 8
MONDAY = date(2026, 3, 2)


def place(i, **given):
    """The only passage of an article of its own, each on a day of its own."""
    values = {"article": f"a{i}", "utterance": f"u{i}", "day": MONDAY + timedelta(days=i), "passage": 0}
    return Place(f"s{i}", **(values | given))


def unit(*numbers):
    vector = np.zeros(WIDTH, dtype=np.float32)
    vector[: len(numbers)] = numbers
    return vector / np.linalg.norm(vector)


def at(cosine):
    """A vector of this cosine to unit(1)."""
    return unit(cosine, np.sqrt(1 - cosine**2))


def some(*made):
    return [p for p, _ in made], np.array([v for _, v in made], dtype=np.float32).reshape(-1, WIDTH)


NONE = some()


def pairs(new, known=NONE):
    return {frozenset((a.statement, b.statement)) for a, b, _ in candidates(new, known)}


def test_what_is_alike_is_paired_and_what_is_not_is_not():
    new = some((place(0), unit(1)), (place(1), at(ALIKE + 0.05)), (place(2), at(-ALIKE)), (place(3), at(ALIKE - 0.05)))
    assert pairs(some((place(0), unit(1)), (place(1), at(ALIKE + 0.05)))) == {frozenset(("s0", "s1"))}
    assert frozenset(("s0", "s3")) not in pairs(new)
    assert frozenset(("s0", "s2")) not in pairs(new)


def test_what_is_new_is_paired_with_what_is_known_and_the_known_ones_are_not_paired_again():
    known = some((place(0), unit(1)), (place(1), unit(1)))
    assert pairs(some((place(2), unit(1))), known) == {frozenset(("s0", "s2")), frozenset(("s1", "s2"))}


def test_the_cosine_is_told():
    ((_, _, cosine),) = candidates(some((place(1), at(0.8))), some((place(0), unit(1))))
    assert cosine == pytest.approx(0.8, abs=0.01)


def test_no_passage_is_paired_with_itself_and_no_pair_comes_twice():
    new = some(*[(place(i), unit(1)) for i in range(5)])
    found = [frozenset((a.statement, b.statement)) for a, b, _ in candidates(new, NONE)]
    assert len(found) == len(set(found)) == 10
    assert all(len(pair) == 2 for pair in found)


@pytest.mark.parametrize(
    ("one", "other", "paired"),
    [
        ({"article": "x", "day": MONDAY}, {"article": "x", "day": MONDAY}, False),
        ({"article": "x", "day": None}, {"article": "x", "day": None}, False),
        ({"article": "x", "day": MONDAY}, {"article": "x", "day": date(2025, 1, 1)}, True),  # then and now, in one text
        ({"article": "x", "day": MONDAY}, {"article": "y", "day": MONDAY}, True),
        ({"article": "x", "day": None}, {"article": "y", "day": None}, True),
        ({"utterance": "u"}, {"utterance": "u"}, False),  # reports of one act of speaking
    ],
)
def test_one_article_of_one_day_and_one_utterance_hold_no_pair(one, other, paired):
    both = [(place(0, **one), unit(1)), (place(1, **other), unit(1))]
    assert bool(pairs(some(*both))) == paired
    assert bool(pairs(some(both[1]), some(both[0]))) == paired


@pytest.mark.parametrize("most", [MOST, MOST_REVISING])
def test_of_many_the_likest_few_are_taken(most):
    cosines = np.linspace(0.5, 0.99, 3 * most)
    known = some(*[(place(i), at(cosine)) for i, cosine in enumerate(cosines)])
    found = list(candidates(some((place(99, most=most), unit(1))), known))
    assert {b.statement for _, b, _ in found} == {f"s{i}" for i in range(2 * most, 3 * most)}
    assert all(a.statement == "s99" for a, _, _ in found)


def test_more_than_is_looked_at_in_one_go_is_looked_at_in_several():
    count = AT_ONCE + 3
    vectors = [unit(1, 0) if i in (0, 5, count - 1) else unit(0, 1, 0) for i in range(count)]
    places = [place(i, utterance="same" if i not in (0, 5, count - 1) else f"u{i}") for i in range(count)]
    found = pairs(some(*zip(places, vectors, strict=True)))
    assert found == {frozenset((f"s{a}", f"s{b}")) for a, b in [(0, 5), (0, count - 1), (5, count - 1)]}


def test_nothing_new_gives_nothing():
    assert list(candidates(NONE, some((place(0), unit(1))))) == []
    assert list(candidates(NONE, NONE)) == []


def test_vectors_are_kept_a_byte_a_number_and_come_back_nearly_the_same():
    made = np.array([unit(1, -2, 3), unit(0.1, 0.2), unit(-1)], dtype=np.float32)
    kept = [packed(made[:2]), packed(made[2:]), packed(made[:0])]
    assert [len(k) for k in kept] == [2 * WIDTH, WIDTH, 0]
    again = unpacked(kept, WIDTH)
    assert again.shape == made.shape
    assert np.abs(again - made).max() <= 0.5 / 127 + 1e-6
    assert packed(again) == b"".join(kept)  # kept again, they are the same
    assert unpacked([], WIDTH).shape == (0, WIDTH)


VECTORS = st.lists(
    st.lists(st.integers(-9, 9), min_size=WIDTH, max_size=WIDTH).filter(any).map(lambda v: unit(*v)),
    min_size=1,
    max_size=MOST,  # so few that no cap is reached
)


@given(VECTORS, st.data())
def test_the_order_of_arrival_changes_neither_pairs_nor_cosines(vectors, data):
    made = [(place(i), vector) for i, vector in enumerate(vectors)]
    at_once = {frozenset((a, b)): cosine for a, b, cosine in candidates(some(*made), NONE)}
    shuffled = data.draw(st.permutations(made))
    cut = data.draw(st.integers(0, len(made)))
    first, then = shuffled[:cut], shuffled[cut:]
    kept = some(*first)[0], unpacked([packed(some(*first)[1])], WIDTH)  # as the record gives them back
    one_by_one = [*candidates(some(*first), NONE), *candidates(some(*then), kept)]
    assert {frozenset((a, b)): cosine for a, b, cosine in one_by_one} == at_once
    assert len(one_by_one) == len(at_once)
