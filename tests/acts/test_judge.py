"""What kind of word a statement is, weighed by a scripted network."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import senses

from onrecord import acts
from onrecord.acts.judge import ACTS, MODES, TYPES, seen, told
from onrecord.types import Article, Quotation, Span, Word

TEXT = 'Ada Holm vowed to close the pier if it rains. "Who closed it?" she wrote.'
ARTICLE = Article("a", "a", TEXT)
SENSES = senses(TEXT)


def quotation(content, cue=None, source=None, kind="indirect"):
    content, cue, source = (
        (Span(TEXT.index(part), TEXT.index(part) + len(part)),) if part else () for part in (content, cue, source)
    )
    return Quotation(content, source, cue, kind, None, 0.9)


PROMISE = quotation("to close the pier if it rains", "vowed", "Ada Holm")
QUESTION = quotation('"Who closed it?"', "wrote", "she", "direct")
BARE = quotation("to close the pier")
ALL = (PROMISE, QUESTION, BARE)


class Scripted:
    """Gives the same logits for each quotation, and keeps what it was asked."""

    def __init__(self, act="deny", mode="wrote", kind="group", by=5.0):
        wanted = [*(x == act for x in ACTS), *(x == mode for x in MODES), *(x == kind for x in TYPES)]
        self.logits, self.asked = np.array(wanted, dtype=np.float32) * by, {}

    def __call__(self, **arrays):
        self.asked = arrays
        return [np.tile(self.logits, (len(arrays["rules"]), 1))]


def judged(quotations=ALL, **script):
    words = tuple(acts.word(ARTICLE, q, ()) for q in quotations)
    network = Scripted(**script)
    return words, *acts.Judge(network).judge(ARTICLE, quotations, words, SENSES), network


def test_the_network_decides_over_act_and_mode_and_leaves_the_rest():
    ruled, weighed, _, _ = judged(act="predict", mode="thought")
    assert [(w.act, w.mode) for w in weighed] == [("predict", "thought")] * 3
    assert ruled[0].act == "commit"
    assert weighed[0].condition == ruled[0].condition is not None


@pytest.mark.parametrize("kind", TYPES)
def test_the_sorts_of_speaker_are_probabilities(kind):
    _, _, types, _ = judged(kind=kind, by=3.0)
    assert types.shape == (3, len(TYPES))
    assert np.allclose(types.sum(axis=1), 1)
    assert {TYPES[i] for i in types.argmax(axis=1)} == {kind}


def test_without_quotations_nobody_is_asked():
    _, words, types, network = judged(())
    assert (words, types.shape, network.asked) == ((), (0, len(TYPES)), {})


def test_the_network_sees_what_the_rules_say_and_five_vectors_of_each_quotation():
    _, _, _, network = judged()
    rules, vectors = network.asked["rules"], network.asked["vectors"]
    assert rules.dtype == vectors.dtype == np.float32
    assert vectors.shape == (3, 5 * 4)
    assert len(np.unique(rules, axis=0)) == 3
    assert list(rules[:, ACTS.index("commit")]) == [1, 0, 0]
    assert list(rules[:, ACTS.index("ask")]) == [0, 1, 0]


def test_a_missing_source_is_zeros_and_a_missing_cue_the_content():
    source, cue, content, opening, first = np.split(seen(BARE, SENSES), 5)
    assert not source.any()
    assert list(cue) == list(content)
    assert list(opening) == list(first) == list(SENSES.first(BARE.content))


spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda e: Span(*sorted(e)))
some = st.lists(spans, max_size=2).map(tuple)


@settings(deadline=None, max_examples=80)
@given(st.lists(spans, min_size=1, max_size=2).map(tuple), some, some, st.sampled_from(["direct", "indirect", "mixed"]))
def test_any_parts_give_finite_numbers_of_one_width(content, source, cue, kind):
    q = Quotation(content, source, cue, kind, None, 0.5)
    numbers = told(ARTICLE, q, Word("said", "assert", None, None))
    assert numbers.shape == told(ARTICLE, PROMISE, Word("said", "commit", Span(0, 3), None)).shape
    assert np.isfinite(numbers).all()
    assert seen(q, SENSES).shape == (20,)
