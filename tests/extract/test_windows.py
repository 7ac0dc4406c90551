"""Windows, distances and tag paths."""

import itertools

import hypothesis.strategies as st
import numpy as np
from hypothesis import given, settings

from onrecord.extract.windows import best_paths, distance_bucket, log_softmax, viterbi, window_end


def legal(path):
    return all(t % 2 == 1 or t == 0 or (i and path[i - 1] in (t, t - 1)) for i, t in enumerate(path))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_the_path_found_is_the_best_of_all_legal_ones(seed, length):
    log = log_softmax(np.random.default_rng(seed).normal(size=(2, length, 7)) * 3)
    for row, path in zip(log, viterbi(log), strict=True):
        every = [p for p in itertools.product(range(7), repeat=length) if legal(p)]
        best = max(sum(row[i, t] for i, t in enumerate(p)) for p in every)
        assert legal(path)
        assert np.isclose(sum(row[i, t] for i, t in enumerate(path)), best)


def test_paths_of_windows_of_any_length_are_those_of_each_alone():
    random = np.random.default_rng(3)
    logs = [log_softmax(random.normal(size=(n, length, 7)) * 2) for n, length in ((3, 9), (1, 4), (2, 15))]
    alone = [path for log in logs for path in viterbi(log)]
    assert [list(p) for p in best_paths(logs)] == [list(p) for p in alone]


def test_windows_end_between_paragraphs_where_one_fits():
    paragraphs = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2])
    assert window_end(paragraphs, 0, 4) == 3
    assert window_end(paragraphs, 3, 4) == 5
    assert window_end(paragraphs, 5, 4) == 9  # longer than a window: cut inside
    assert window_end(paragraphs, 9, 4) == 11


def test_distances_are_exact_nearby_and_keep_their_order_and_sign():
    away = np.arange(-400, 401)
    buckets = distance_bucket(away, 8, 16)
    assert list(buckets[400 - 8 : 400 + 9]) == list(range(16 - 8, 16 + 9))
    assert buckets.min() == 0
    assert buckets.max() == 32
    assert (np.diff(buckets) >= 0).all()
