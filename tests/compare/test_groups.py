"""Groups: the pairs that are one change of mind."""

from dataclasses import dataclass
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.compare.grouping import groups, there_and_back


@dataclass(frozen=True)
class P:
    """A pair; without articles of its own each statement stands in one of its own."""

    earlier: str
    later: str
    kind: str = "brandt clash"
    in_articles: tuple[str, str] | None = None
    about: str = "harbour fees"

    @property
    def texts(self):
        return f"{self.about} {self.earlier}", f"{self.about} {self.later}"

    @property
    def articles(self):
        return self.in_articles or (f"of {self.earlier}", f"of {self.later}")


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (P("a", "x"), P("a", "y"), True),  # the same earlier statement
        (P("a", "x"), P("b", "x"), True),  # the same later one
        (P("a", "x"), P("a", "y", about="ferry tickets"), False),  # the same earlier one, another matter later
        (P("a", "x", in_articles=("m", "n")), P("a", "y", "brandt clash", ("o", "n"), "ferry tickets"), True),
        (P("a", "x", in_articles=("m", "n")), P("b", "y", in_articles=("m", "n")), True),  # the same two articles
        (P("a", "x", in_articles=("m", "n")), P("b", "y", in_articles=("n", "m")), False),
        (P("a", "x", in_articles=("m", "n")), P("b", "y", in_articles=("m", "o")), False),
        (P("a", "x"), P("b", "y"), False),
        (P("a", "x"), P("x", "y"), False),  # there and on: two changes of mind
        (P("a", "x"), P("a", "y", "oake clash"), False),
        (P("a", "x"), P("b", "x", "brandt softened"), False),
        (P("a", "x", "oake clash", ("m", "n")), P("b", "y", in_articles=("m", "n")), False),
        (P("a", "x"), P("a", "x"), True),
    ],
)
def test_pairs_are_one_change_of_mind_where_they_share_a_side_or_both_articles(one, other, joined):
    assert groups([one, other]) == ([[one, other]] if joined else [[one], [other]])


def test_pairs_that_hang_together_over_others_are_one():
    chain = [P("a", "x"), P("c", "z"), P("b", "x"), P("b", "y"), P("c", "y")]
    assert groups(chain) == [chain]


def test_the_statements_of_two_days_make_one_reversal_however_they_are_paired():
    two_by_two = [P(e, n, in_articles=("march", "april")) for e in ("a", "b") for n in ("x", "y")]
    assert groups(two_by_two) == [two_by_two]


def test_no_pairs_make_no_groups():
    assert groups([]) == []
    assert there_and_back([]) == {}


PAIRS = st.lists(
    st.builds(
        P,
        st.sampled_from("abcd"),
        st.sampled_from("wxyz"),
        st.sampled_from(["brandt clash", "oake clash"]),
        st.sampled_from([None, ("m", "n"), ("n", "o")]),
    ),
    max_size=12,
    unique=True,
)


@given(PAIRS)
def test_order_is_kept_nothing_is_lost_and_only_one_kind_is_in_a_group(pairs):
    found = groups(pairs)
    places = [[pairs.index(p) for p in group] for group in found]
    assert sorted(i for some in places for i in some) == list(range(len(pairs)))
    assert all(some == sorted(some) for some in places)
    assert [some[0] for some in places] == sorted(some[0] for some in places)
    assert all(len({p.kind for p in group}) == 1 for group in found)


@given(PAIRS, st.randoms(use_true_random=False))
def test_what_is_one_change_of_mind_does_not_depend_on_the_order(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    assert {frozenset(group) for group in groups(shuffled)} == {frozenset(group) for group in groups(pairs)}


@given(PAIRS)
def test_pairs_that_share_a_side_are_never_apart(pairs):
    home = {p: i for i, group in enumerate(groups(pairs)) for p in group}
    for one, other in combinations(pairs, 2):
        if one.kind == other.kind and (one.earlier == other.earlier or one.later == other.later):
            assert home[one] == home[other]


def test_there_and_back_again_is_told_at_the_group_that_comes_first():
    there, back, other = [P("a", "b")], [P("b", "c")], [P("d", "e")]
    assert there_and_back([there, back, other]) == {0: [1]}
    assert there_and_back([other, back, there]) == {2: [1]}


def test_a_group_leads_back_by_any_of_its_statements_and_to_each_group_once():
    there = [P("a", "x"), P("a", "y")]
    assert there_and_back([there, [P("y", "b"), P("y", "c")], [P("x", "d")]]) == {0: [1, 2]}


def test_a_group_never_leads_back_to_itself():
    inside = [P("a", "b", in_articles=("m", "m")), P("b", "c", in_articles=("m", "m"))]
    assert there_and_back(groups(inside)) == {}
