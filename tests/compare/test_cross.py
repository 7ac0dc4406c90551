"""The judge that ships, with a scripted network in place of its weights."""

import re
import threading
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.compare.cross import CrossEncoder, SentenceEncoder
from onrecord.compare.judge import mirrored
from onrecord.types import LABELS, Position

CLS, SEP = 1, 2
CLOSE, OPEN = "We will close the bridge", "The bridge stays open"


class Scripted:
    """A model whose network says of (earlier words, later words) what its script says, and marks the loud words."""

    digest = "0123456789abcdef"

    def __init__(self, script=None, loud=(), **settings):
        self.settings = {"pieces": 20, "cls": CLS, "sep": SEP, "width": 4} | settings
        self.script, self.loud, self.seen = script or {}, frozenset(loud), []
        self._words, self._lock = ["[pad]", "[cls]", "[sep]"], threading.Lock()

    def encode(self, text):
        found = list(re.finditer(r"\w+|[^\w\s]", text))
        ids = [self._id(m.group()) for m in found]
        return tuple(np.array(x, dtype=np.int64) for x in (ids, [m.start() for m in found], [m.end() for m in found]))

    def _id(self, word):
        with self._lock:
            if word not in self._words:
                self._words.append(word)
            return self._words.index(word)

    def network(self, name):
        return {"judge": self._judge, "encoder": self._encode}[name]

    def _judge(self, ids, sides, attend):
        rows = [self._row(*row, company=attend.size) for row in zip(ids, sides, attend, strict=True)]
        return [np.array(part, dtype=np.float32) for part in zip(*rows, strict=True)]

    def _row(self, ids, sides, attend, company):
        ids, sides = ids[attend > 0], sides[attend > 0]
        ends = np.flatnonzero(ids == SEP)
        assert ids[0] == CLS
        assert len(ends) == 2
        assert sides.tolist() == [0] * (ends[0] + 1) + [1] * (len(ids) - ends[0] - 1)
        pair = tuple(" ".join(self._words[i] for i in part) for part in (ids[1 : ends[0]], ids[ends[0] + 1 : ends[1]]))
        self.seen.append(pair)
        labels, coarse = self.script.get(pair, ({}, (0, 0, 0)))
        blur = 1e-3 * (company - len(ids))  # an int8 network sees a pair otherwise in other company
        marks = [2.0 if self._words[i] in self.loud else -2.0 for i in ids] + [0.0] * (len(attend) - len(ids))
        return [labels.get(label, 0.0) + blur * (label == "reversal") for label in LABELS], coarse, marks

    def _encode(self, ids, attend):
        sums = np.array(
            [[row[keep > 0].sum() * k % 7 + 1 for k in range(4)] for row, keep in zip(ids, attend, strict=True)]
        )
        return [(sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.float32)]


def judged(model, *pairs, threads=1):
    return CrossEncoder(model, threads).judge([(Position(a), Position(b)) for a, b in pairs])


def sure(label, odds=9.0):
    return {label: odds}, (0, 0, 0)


def test_the_likeliest_label_is_given_with_the_probabilities_of_all():
    (answer,) = judged(Scripted({(CLOSE, OPEN): sure("unrelated")}), (CLOSE, OPEN))
    assert answer.label == "unrelated"
    assert sum(answer.probabilities) == pytest.approx(1)
    assert max(answer.probabilities) == answer.probabilities[LABELS.index("unrelated")] > 0.99


@pytest.mark.parametrize(("there", "back"), [("softened", "hardened"), ("hardened", "softened"), ("reversal",) * 2])
def test_both_ways_round_are_averaged_and_softened_is_hardened_from_the_other_end(there, back):
    model = Scripted({(CLOSE, OPEN): sure(there, 1.5), (OPEN, CLOSE): sure(back, 1.5)})
    one, other = (judged(model, pair)[0] for pair in [(CLOSE, OPEN), (OPEN, CLOSE)])
    assert (one.label, other.label) == (there, back)
    assert one.probabilities == pytest.approx(mirrored(other.probabilities))
    assert one.clash == pytest.approx(other.clash)
    assert max(one.probabilities) == pytest.approx(np.exp(1.5) / (np.exp(1.5) + 6))


def test_what_is_said_one_way_round_only_counts_half():
    model = Scripted({(CLOSE, OPEN): sure("reversal"), (OPEN, CLOSE): sure("consistent")})
    (answer,) = judged(model, (CLOSE, OPEN))
    assert answer.probabilities[LABELS.index("reversal")] == pytest.approx(0.5, abs=0.01)
    assert answer.probabilities[LABELS.index("consistent")] == pytest.approx(0.5, abs=0.01)


def test_the_label_of_the_other_end_can_outweigh_that_of_this_one():
    model = Scripted({(CLOSE, OPEN): sure("consistent", 1.0), (OPEN, CLOSE): sure("softened", 6.0)})
    assert judged(model, (CLOSE, OPEN))[0].label == "hardened"


def test_a_pair_that_clearly_does_not_clash_is_read_once_and_any_other_twice():
    model = Scripted({(CLOSE, OPEN): sure("unrelated")})
    judged(model, (CLOSE, OPEN))
    assert model.seen == [(CLOSE, OPEN)]
    judged(model, (OPEN, CLOSE))
    assert model.seen == [(CLOSE, OPEN), (OPEN, CLOSE), (CLOSE, OPEN)]


def test_without_calibration_the_clash_is_the_share_of_the_labels_that_clash():
    model = Scripted({(CLOSE, OPEN): ({"reversal": 2.0, "number_changed": 1.0}, (0, 0, 0))})
    (answer,) = judged(model, (CLOSE, OPEN))
    shares = dict(zip(LABELS, answer.probabilities, strict=True))
    assert answer.clash == pytest.approx(shares["reversal"] + shares["number_changed"])


def clash(calibration, coarse=(0, 0, 0)):
    script = ({"reversal": 1.0}, coarse)
    return judged(Scripted({(CLOSE, OPEN): script, (OPEN, CLOSE): script}, clash=calibration), (CLOSE, OPEN))[0].clash


def test_the_calibration_moves_and_stretches_the_clash():
    plain = clash({})
    assert clash({"bias": -1.0}) < plain < clash({"bias": 1.0})
    assert abs(clash({"labels": 0.2}) - 0.5) < abs(plain - 0.5)
    assert clash({"bias": 1.0}) == pytest.approx(1 / (1 + np.exp(-np.log(plain / (1 - plain)) - 1)))


@pytest.mark.parametrize("odds", [-2000.0, 2000.0])
def test_a_network_beyond_doubt_gives_a_probability_still(odds):
    answer = judged(Scripted({(CLOSE, OPEN): ({"reversal": odds}, (odds, 0, 0))}), (CLOSE, OPEN))[0]
    assert 0 <= answer.clash <= 1
    assert sum(answer.probabilities) == pytest.approx(1)


def test_the_evidence_is_the_loud_words_in_each_text_and_the_sentence_says_them():
    same = sure("reversal")
    model = Scripted({(CLOSE, OPEN): same, (OPEN, CLOSE): same}, loud=["close", "open"])
    (answer,) = judged(model, (CLOSE, OPEN))
    assert [span.of(CLOSE) for span in answer.earlier] == ["close"]
    assert [span.of(OPEN) for span in answer.later] == ["open"]
    assert "“close”" in answer.why
    assert "“open”" in answer.why


TEXTS = st.text(st.sampled_from("ab é.”\n"), max_size=30)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=9), st.sampled_from([1, 2]))
def test_what_is_said_of_a_pair_does_not_depend_on_its_company(pairs, threads):
    model = Scripted(loud=["a"])
    together = judged(model, *pairs, threads=threads)
    assert together == [judged(model, pair)[0] for pair in pairs]
    for (a, b), answer in zip(pairs, together, strict=True):
        assert all(span.end <= len(a) for span in answer.earlier)
        assert all(span.end <= len(b) for span in answer.later)


def test_answers_come_in_the_order_of_the_pairs():
    script = {(f"a{i}", f"b{i}"): sure(label) for i, label in enumerate(LABELS)}
    script |= {(b, a): answer for (a, b), answer in script.items()}
    found = judged(Scripted(script), *[(f"a{i}", f"b{i}") for i in range(len(LABELS))], threads=2)
    kept = [label for label in LABELS if label not in ("softened", "hardened")]  # these two cancel out here
    assert [a.label for a, label in zip(found, LABELS, strict=True) if label in kept] == kept


def test_long_texts_are_cut_and_their_beginning_is_judged():
    model = Scripted(pieces=5)
    (answer,) = judged(model, (CLOSE + " and never open it again", "word " * 300))
    assert model.seen[0] == (CLOSE, "word word word word word")
    assert answer.earlier[0].end <= len(CLOSE)


@pytest.mark.parametrize("pair", [("", OPEN), (CLOSE, ""), ("", ""), (" \n", "…")])
def test_texts_without_words_are_judged_without_evidence(pair):
    (answer,) = judged(Scripted(), pair)
    assert [bool(answer.earlier), bool(answer.later)] == [text in (CLOSE, OPEN) for text in pair]
    assert answer.why.endswith(".")


def test_no_pairs_get_no_answers():
    assert judged(Scripted()) == []
    assert SentenceEncoder(Scripted(), 1).vectors([]).shape == (0, 4)


def test_the_days_change_nothing_that_the_network_reads():
    model = Scripted()
    CrossEncoder(model, 1).judge([(Position(CLOSE, date(2026, 1, 1)), Position(OPEN, date(2026, 2, 1)))])
    assert model.seen[0] == (CLOSE, OPEN)


def test_the_name_tells_which_weights_they_are():
    assert CrossEncoder(Scripted(), 1).name == "onrecord judge 0123456789abcdef"


@given(st.lists(TEXTS, min_size=1, max_size=9), st.sampled_from([1, 2]))
def test_a_sentence_has_one_unit_vector_whatever_its_company(texts, threads):
    encoder = SentenceEncoder(Scripted(pieces=4), threads)
    together = encoder.vectors(texts)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(1)
    assert (together == np.concatenate([encoder.vectors([text]) for text in texts])).all()
