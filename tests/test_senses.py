"""What was made of an article's words: which stand in a stretch, and their vectors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import senses

from onrecord.senses import Senses, distance_bucket, shares
from onrecord.types import Span

TEXT = "Ada Holm said: no."
#       0   4    9   13 15 17

VECTORS = np.arange(12, dtype=np.float32).reshape(6, 2)
WORDS = Senses(np.array([0, 4, 9, 13, 15, 17]), VECTORS)


def test_the_words_of_a_stretch_are_those_that_begin_in_it():
    assert list(WORDS.words([Span(0, 8)])) == [0, 1]
    assert list(WORDS.words([Span(1, 9)])) == [1]
    assert list(WORDS.words([Span(0, 3), Span(13, 18)])) == [0, 3, 4, 5]


def test_the_mean_is_that_of_all_words_of_all_stretches():
    assert list(WORDS.mean([Span(0, 3), Span(9, 13)])) == [2.0, 3.0]


def test_means_and_first_vectors_are_of_one_width():
    for spans in ([Span(0, 3)], [Span(90, 99)], ()):
        assert WORDS.mean(spans).dtype == WORDS.first(spans).dtype == np.float32


def test_the_first_is_that_of_the_first_stretch():
    assert list(WORDS.first([Span(4, 18), Span(0, 3)])) == [2.0, 3.0]


@pytest.mark.parametrize("spans", [(), [Span(1, 2)], [Span(5, 5)], [Span(90, 99)]])
def test_where_no_word_begins_there_are_zeros(spans):
    assert len(WORDS.words(spans)) == 0
    assert WORDS.words(spans).dtype == np.int64
    assert list(WORDS.mean(spans)) == list(WORDS.first(spans)) == [0.0, 0.0]


def test_an_article_without_words_has_zeros_everywhere():
    empty = Senses(np.zeros(0, dtype=np.int64), np.zeros((0, 3), dtype=np.float32))
    assert list(empty.mean([Span(0, 5)])) == list(empty.first([Span(0, 5)])) == [0.0, 0.0, 0.0]


@settings(deadline=None)
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3))
def test_every_word_found_begins_in_one_of_the_spans(text, ends):
    made, spans = senses(text), [Span(min(e), max(e)) for e in ends]
    found = made.words(spans)
    assert all(any(s.start <= made.starts[w] < s.end for s in spans) for w in found)
    assert made.mean(spans).shape == made.first(spans).shape == (4,)


def test_shares_are_those_of_a_softmax_and_stay_finite():
    assert np.allclose(shares(np.log(np.array([1, 3], dtype=np.float32))), [0.25, 0.75])
    assert np.allclose(shares(np.array([[1e4, -1e4], [0, 0]], dtype=np.float32)), [[1, 0], [0.5, 0.5]])


def test_near_and_far_words_fall_into_as_many_steps_as_the_networks_were_trained_with():
    away = np.array([-(10**6), -8, -1, 0, 1, 8, 10**6])
    assert list(distance_bucket(away)) == [0, 8, 15, 16, 17, 24, 32]
