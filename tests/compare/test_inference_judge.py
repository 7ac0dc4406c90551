"""The judge behind a network for natural language inference: its labels made ours, both orders averaged."""

import numpy as np
import pytest

from onrecord.compare.inference_judge import WORDS, InferenceJudge
from onrecord.compare.judge import Judge
from onrecord.errors import ModelError
from onrecord.types import LABELS, Position, Span

EARLIER, LATER = Position("The bridge will open."), Position("The bridge stays shut.")
PAIR = (EARLIER, LATER)
NLI = ("contradiction", "entailment", "neutral")


class Scripted:
    """A network that gives each pair of texts the shares that the script has for it."""

    name = "tiny 0123"

    def __init__(self, labels, script):
        self.labels, self.script, self.asked = labels, script, []

    def __call__(self, pairs):
        self.asked += pairs
        return np.array([self.script[pair] for pair in pairs], dtype=np.float32)


def first_words(*_):
    return (Span(0, 3),), (Span(0, 10),)


def judged(labels, there, back):
    script = {(EARLIER.text, LATER.text): there, (LATER.text, EARLIER.text): back}
    (found,) = InferenceJudge(Scripted(labels, script), first_words).judge([PAIR])
    return found


def shares(found):
    return {label: pytest.approx(p) for label, p in zip(LABELS, found.probabilities, strict=True) if p}


def test_it_sits_behind_the_seam():
    sits: Judge = InferenceJudge(Scripted(NLI, {}), first_words)
    assert sits.name == "tiny 0123"
    assert sits.judge([]) == []


def test_both_orders_are_averaged():
    found = judged(NLI, (0.8, 0.1, 0.1), (0.6, 0.0, 0.4))
    assert shares(found) == {"reversal": 0.7, "consistent": 0.05, "unrelated": 0.25}
    assert (found.label, found.clash) == ("reversal", pytest.approx(0.7))


def test_a_network_with_our_own_labels_is_taken_at_its_word_and_read_backwards_mirrored():
    labels = tuple(label.upper() for label in LABELS)
    there = [0.0, 0.8, 0.0, 0.0, 0.2, 0.0, 0.0]  # softened, number_changed
    back = [0.0, 0.0, 0.6, 0.0, 0.4, 0.0, 0.0]  # hardened, number_changed
    found = judged(labels, there, back)
    assert shares(found) == {"softened": 0.7, "number_changed": 0.3}
    assert (found.label, found.clash) == ("softened", pytest.approx(0.3))


def test_the_clashing_words_are_those_found_for_it_and_the_sentence_quotes_them():
    found = judged(NLI, (0.9, 0.0, 0.1), (0.9, 0.0, 0.1))
    assert (found.earlier, found.later) == ((Span(0, 3),), (Span(0, 10),))
    assert "“The bridge”" in found.why


@pytest.mark.parametrize("there", [(0.1, 0.8, 0.1), (0.1, 0.1, 0.8)])
def test_where_nothing_changed_no_words_clash(there):
    found = judged(NLI, there, there)
    assert (found.earlier, found.later) == ((), ())


@pytest.mark.parametrize(
    "labels",
    [
        ("contradiction", "entailment", "neutral"),
        ("CONTRADICTION", "ENTAILMENT", "NEUTRAL"),
        ("Contradict", "entails", "Neutral"),
        ("REFUTES", "SUPPORTS", "NOT ENOUGH INFO"),
        ("disagree", "agree", "unrelated"),
        ("inconsistent", "consistent", "unknown"),
    ],
)
def test_labels_are_known_in_several_spellings(labels):
    found = judged(labels, (0.5, 0.3, 0.2), (0.5, 0.3, 0.2))
    assert shares(found) == {"reversal": 0.5, "consistent": 0.3, "unrelated": 0.2}


def test_labels_may_come_in_any_order_and_two_may_mean_the_same():
    found = judged(("neutral", "entailment", "contradiction", "unrelated"), (0.1, 0.2, 0.3, 0.4), (0.1, 0.2, 0.3, 0.4))
    assert shares(found) == {"reversal": 0.3, "consistent": 0.2, "unrelated": 0.5}


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (("LABEL_0", "LABEL_1", "LABEL_2"), r"say nothing here: LABEL_0, LABEL_1, LABEL_2\."),
        (("entailment", "not_entailment"), r"say nothing here: not_entailment\."),
        (("entailment", "neutral"), r"no contradiction from the rest \(entailment, neutral\)\."),
        (("contradiction",), r"no contradiction from the rest \(contradiction\)\."),
        ((), r"no contradiction from the rest"),
    ],
)
def test_a_network_whose_labels_tell_no_clash_is_refused_with_the_remedy(labels, told):
    with pytest.raises(ModelError, match=told + r".*Write into id2label .*which \"neutral\"\."):
        InferenceJudge(Scripted(labels, {}), first_words)


def test_each_known_word_stands_for_a_label_of_ours():
    assert set(WORDS.values()) == set(LABELS)
    assert all(word.isalpha() and word.islower() for word in WORDS)


def test_each_pair_is_read_in_both_orders_in_one_call():
    reader = Scripted(NLI, {(a, b): (1, 0, 0) for a in "ABCD" for b in "ABCD"})
    InferenceJudge(reader, first_words).judge([(Position("A"), Position("B")), (Position("C"), Position("D"))])
    assert reader.asked == [("A", "B"), ("C", "D"), ("B", "A"), ("D", "C")]
