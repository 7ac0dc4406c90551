from pathlib import Path

import pytest

from onrecord.acts.certainty import certainty
from onrecord.acts.lexicon import examples
from onrecord.types import Quotation, Span

ROWS = examples("certainty.tsv")


def marks(marked, conditional=False):
    """Give negated and certainty of a text with its content in [ ]; the words before it are source and cue."""
    start, end = marked.index("["), marked.index("]") - 1
    plain = marked.replace("[", "").replace("]", "")
    cue = (Span(0, start - 1),) if start else (Span(end, len(plain)),)
    kind = "direct" if plain[start] in "“" else "indirect"
    return certainty(plain, Quotation((Span(start, end),), (), cue, kind, None, 0.9), conditional=conditional)


def tells(row, example):
    negated, degree = marks(example)
    kind = row[0].rstrip("*!@")
    return not negated if kind == "but" else negated if kind == "not" else degree == kind


@pytest.mark.parametrize("row", ROWS, ids=lambda r: " ".join(r[:2]) + " / " + r[3])
def test_word_tells_negation_or_certainty_of_its_example_and_not_of_the_other(row):
    assert tells(row, row[3])
    assert not tells(row, row[4])


CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "claims.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c[2])
def test_claim_is_negated_and_certain_as_a_reader_would_say(case):
    negated, degree, text = case
    assert marks(text) == (negated == "1", degree)


def test_condition_leaves_a_claim_open():
    assert marks("Lind said [the fleet will sail].", conditional=True) == (False, "possible")


def test_words_after_the_first_clause_tell_nothing_of_the_main_claim():
    assert marks("Lind said [the fleet will sail, although it may not return].") == (False, "certain")
