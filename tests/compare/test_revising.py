"""Words that tell of a change."""

import pytest

from onrecord.compare.revising import revises


@pytest.mark.parametrize(
    "words",
    [
        "We no longer rule out a bridge to Tarn.",
        "I don't want that ferry any more.",
        "Oake said he should not have called the mayor a clown.",
        "The minister, who had once promised a toll, spoke of a gift.",
        "We have changed our position on the harbour.",
        "The board has backed away from the merger.",
        "She walked back her remark about the dam.",
        "He regretted that the school had been closed.",
        "The fee is now to rise.",
    ],
)
def test_a_position_that_is_told_as_a_new_one_is_seen(words):
    assert revises(words)


@pytest.mark.parametrize(
    "words", ["No bridge will be built to Tarn.", "We will back the merger.", "The change is due in May.", "I know it."]
)
def test_a_position_that_is_told_as_any_other_is_not(words):
    assert not revises(words)
