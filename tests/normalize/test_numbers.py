import re

import pytest

from onrecord.normalize.numbers import EXAMPLES, NUMBER, number


@pytest.mark.parametrize(("words", "value"), EXAMPLES.items())
def test_numbers_in_figures_and_words_have_their_value(words, value):
    assert number(words) == value


@pytest.mark.parametrize("words", ["several", "", "and", "-", "euro"])
def test_vague_words_have_no_value(words):
    assert number(words) is None


@pytest.mark.parametrize(
    "words", ["12", "1,250", "2 1/2", "twenty-four", "a hundred and thirty", "two thousand five hundred"]
)
def test_the_pattern_takes_in_the_whole_number(words):
    assert re.fullmatch(NUMBER, words)
