"""Training pairs that differ in one small word: said the other way round, or left alone where that would not do."""

import importlib
import random
import sys

import pytest


@pytest.fixture(scope="module")
def negation(root):
    sys.path.insert(0, str(root))
    yield importlib.import_module("training.negation")
    sys.path.remove(str(root))


@pytest.fixture
def negated(negation):
    return negation.negated


def statement(text, mark, **codes):
    plain = {"sign": 1, "strength": 2, "condition": None, "number": None, "aspect": "main"}
    return {"text": text, "mark": mark, **plain, **codes}


@pytest.mark.parametrize(
    ("text", "mark", "turned"),
    [
        ("The mine will reopen, Ardo said.", "mine will reopen", "The mine will not reopen, Ardo said."),
        ("The mine won't reopen, Ardo said.", "won't reopen", "The mine will reopen, Ardo said."),
        ("Ardo said he could, and cannot sell.", "cannot sell", None),
        ("“We can’t sell the mine,” Ardo said.", "can’t sell", "“We can sell the mine,” Ardo said."),
        ("Ardo has opened the mine.", "has opened the mine", "Ardo has not opened the mine."),
        ("Ardo has a mine.", "has a mine", None),
        ("Ardo will open all mines.", "will open all", None),
        ("Will Ardo open the mine?", "Will Ardo open", None),
    ],
)
def test_one_small_word_turns_a_statement_or_it_is_left_alone(negated, text, mark, turned):
    found = negated(statement(text, mark))
    assert (found and found["text"]) == turned
    if found:
        assert found["sign"] == -1
        assert found["mark"] in found["text"]


@pytest.mark.parametrize("codes", [{"aspect": "x1"}, {"strength": 3}, {"condition": "if paid"}, {"number": "40"}])
def test_only_plain_statements_of_the_position_are_turned(negated, codes):
    assert negated(statement("The mine will reopen.", "will reopen", **codes)) is None


def test_a_shortened_statement_keeps_what_decides_its_way(negation):
    text = "“The old mine won't open on 3 May, and the town will never pay for it,” Ardo said."
    rng = random.Random(1)  # noqa: S311 # no secret
    made = {negation.shortened(text, rng, share=0.5) for _ in range(30)}
    assert len(made) > 20
    assert all({"won't", "3", "will", "never"} <= set(found.split()) for found in made)
