import re
from pathlib import Path

import pytest

from onrecord.acts.lexicon import examples
from onrecord.acts.pledges import amount, beneficiary
from onrecord.normalize import money
from onrecord.types import Quotation, Span

ROWS = examples("pledges.tsv")
CASES = [
    line
    for line in (Path(__file__).parent / "pledges.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def quotation(marked):
    bare = re.sub("[<>{}]", "", marked)
    start, end = bare.index("["), bare.index("]") - 1
    return bare.replace("[", "").replace("]", ""), Quotation((Span(start, end),), (), (), "indirect", None, 0.9)


def inside(marked, marks):
    found = re.search(f"{marks[0]}(.*?){marks[1]}", marked)
    return found and re.sub(r"[<>{}\[\]]", "", found.group(1))


@pytest.mark.parametrize("case", CASES)
def test_commitment_has_the_beneficiary_and_the_amount_marked_in_it(case):
    text, q = quotation(case)
    who, much = beneficiary(text, q), amount(text, q, money(text))
    assert (who and who.of(text), much and much.span.of(text)) == (inside(case, "<>"), inside(case, "{}"))


@pytest.mark.parametrize("row", [r for r in ROWS if r[0] == "words"], ids=lambda r: r[3])
def test_word_list_leads_to_the_beneficiary_of_its_example_and_none_in_the_other(row):
    text, q = quotation(row[3])
    who = beneficiary(text, q)
    assert (who and who.of(text)) == inside(row[3], "<>")
    assert beneficiary(*quotation(row[4])) is None


@pytest.mark.parametrize("row", [r for r in ROWS if r[0] == "not"], ids=lambda r: r[3])
def test_amount_that_compares_or_recalls_is_not_the_pledged_one(row):
    for example, pledged in ((row[3], False), (row[4], True)):
        text, q = quotation(example)
        assert (amount(text, q, money(text)) is not None) == pledged


def test_amount_that_restates_another_is_not_the_pledged_one():
    text, q = quotation("Lind pledged [2 billion euros ($2.16bn)].")
    found = amount(text, q, money(text))
    assert found
    assert found.currency == "EUR"
