"""Ranking: what editors' verdicts teach."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.compare.ranking import LEAST, UNLEARNED, Ranking, learn

CLASHES = st.floats(0, 1)
JUDGED = st.lists(st.tuples(CLASHES, st.sampled_from(["confirmed", "rejected", "unsure"])), max_size=40)


def test_without_verdicts_the_judge_is_believed():
    assert [UNLEARNED.of(p) for p in (0.0, 0.3, 1.0)] == [0.0, 0.3, 1.0]
    assert learn([]) == UNLEARNED


def test_few_verdicts_teach_nothing_and_enough_do():
    assert learn([(0.9, "rejected")] * (LEAST - 1)) == UNLEARNED
    assert learn([(0.9, "rejected")] * LEAST) != UNLEARNED


def test_verdicts_of_an_editor_who_is_unsure_teach_nothing():
    told = [(0.9, "rejected")] * LEAST + [(0.6, "confirmed")] * 3
    assert learn([*told, *[(0.7, "unsure")] * 20]) == learn(told)
    assert learn([(0.7, "unsure")] * 20) == UNLEARNED


def test_what_editors_reject_falls_and_what_they_confirm_rises():
    assert learn([(0.9, "rejected")] * 10).of(0.9) < 0.7
    assert learn([(0.6, "confirmed")] * 10).of(0.6) > 0.7


def test_the_more_verdicts_the_more_they_move():
    moved = [learn([(0.9, "rejected")] * count).of(0.9) for count in (5, 20, 80)]
    assert 0.9 > moved[0] > moved[1] > moved[2]


def test_many_verdicts_make_the_probability_the_share_that_is_confirmed():
    high = [(0.9, "confirmed")] * 100 + [(0.9, "rejected")] * 100
    told = high + [(0.5, "confirmed")] * 20 + [(0.5, "rejected")] * 180
    ranking = learn(told)
    assert ranking.of(0.9) == pytest.approx(0.5, abs=0.05)
    assert ranking.of(0.5) == pytest.approx(0.1, abs=0.05)


def test_a_judge_who_is_right_already_is_hardly_moved():
    told = [(0.8, "confirmed")] * 8 + [(0.8, "rejected")] * 2 + [(0.2, "confirmed")] * 2 + [(0.2, "rejected")] * 8
    assert learn(told).of(0.8) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize("count", [5, 50, 2000])
def test_editors_who_say_the_very_opposite_of_the_judge_make_all_alike(count):
    ranking = learn([(0.0, "confirmed")] * count + [(1.0, "rejected")] * count)
    assert ranking.of(0.001) == pytest.approx(0.5, abs=0.1)
    assert ranking.of(0.999) == pytest.approx(0.5, abs=0.1)


@given(JUDGED, st.randoms(use_true_random=False))
def test_the_same_verdicts_in_any_order_teach_the_same(judged, random):
    assert learn(random.sample(judged, len(judged))) == learn(judged)


@given(JUDGED, CLASHES, CLASHES)
def test_the_judges_order_stays_whatever_editors_say(judged, one, other):
    ranking = learn(judged)
    low, high = sorted((one, other))
    assert 0 <= ranking.of(low) <= ranking.of(high) <= 1


@given(JUDGED, CLASHES)
def test_one_more_rejection_lifts_nothing_of_that_clash(judged, clash):
    told = [(clash, "rejected"), (clash, "confirmed"), *judged, *[(0.5, "rejected")] * LEAST]
    assert learn([(clash, "rejected"), *told]).of(clash) <= learn(told).of(clash) + 1e-5


@given(JUDGED)
def test_what_a_judgement_keeps_comes_back_the_same(judged):
    ranking = learn(judged)
    assert Ranking.from_value(ranking.to_value()) == ranking


def test_a_judgement_without_a_value_is_the_unlearned_ranking():
    assert Ranking.from_value(None) == Ranking.from_value("") == UNLEARNED
    assert json.loads(learn([(0.9, "rejected")] * 7).to_value())["verdicts"] == 7


@given(st.floats(0.05, 20), st.floats(-30, 30), CLASHES, CLASHES)
def test_no_pair_below_the_least_clash_is_as_likely_to_be_confirmed(stretch, shift, clash, confirmed):
    ranking = Ranking(stretch, shift, verdicts=LEAST)
    if ranking.of(clash) >= confirmed > 1e-4 and confirmed < 1 - 1e-4:
        assert clash >= ranking.least(confirmed)
    assert UNLEARNED.least(confirmed) == confirmed
