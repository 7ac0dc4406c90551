"""In a record nearly no pair clashes: what a judge says is weighed with how the pair looks."""

from dataclasses import replace

import pytest

from onrecord.compare.prior import FEATURES, Prior, Seen, features
from onrecord.types import Comparison

ANSWER = Comparison("reversal", 0.8, (0.7, 0, 0, 0, 0.1, 0.1, 0.1), (), (), "")
ALIKE = Seen("The council will close the harbour bridge in May", "The harbour bridge stays open through May", 0.8)
WEIGHTS = {"bias": -3.0, "clash": 1.0, "cosine": 2.0, "shared": 2.0, "words": 0.5, "leaning": -1.0}


def test_without_weights_the_judge_is_believed():
    assert Prior().of(ALIKE, ANSWER) == ANSWER.clash
    assert Prior(None).of(ALIKE, ANSWER) == ANSWER.clash


def test_there_is_a_number_for_each_feature():
    assert len(features(ALIKE, ANSWER)) == len(FEATURES)
    assert features(ALIKE, ANSWER)[0] == 1.0


@pytest.mark.parametrize(
    "worse",
    [
        replace(ALIKE, cosine=0.4),
        replace(ALIKE, later="It stays open through May"),
        replace(ALIKE, later="Ferries run again"),
    ],
)
def test_a_pair_that_is_less_alike_or_leans_on_words_before_it_is_less_likely(worse):
    prior = Prior(WEIGHTS)
    assert prior.of(worse, ANSWER) < prior.of(ALIKE, ANSWER)


def test_a_surer_judge_makes_a_likelier_pair_and_certainty_is_no_fault():
    prior = Prior(WEIGHTS)
    shares = [prior.of(ALIKE, replace(ANSWER, clash=p)) for p in (0.0, 0.2, 0.8, 1.0)]
    assert shares == sorted(shares)
    assert all(0 < p < 1 for p in shares)


def test_a_side_without_words_that_mean_something_shares_nothing():
    assert features(Seen("He is", "They were", 0.5), ANSWER)[FEATURES.index("shared")] == 0
    assert features(Seen("", "", 0.0), ANSWER)[FEATURES.index("words")] == 0
