from dataclasses import replace
from decimal import Decimal

import pytest

from onrecord import acts
from onrecord.acts.lexicon import examples, forms
from onrecord.types import Article, Money, Quotation, Span, Timex, Word


def word(text, content, cue="", source="", timexes=(), kind="indirect"):
    def spans(part):
        return (Span(text.index(part), text.index(part) + len(part)),) if part else ()

    quotation = Quotation(spans(content), spans(source), spans(cue), kind, None, 0.9)
    return acts.word(Article("a", "a", text), quotation, timexes)


@pytest.mark.parametrize("row", examples("cues.tsv"), ids=lambda r: r[0])
def test_cue_tells_mode_and_act_of_its_example(row):
    _, mode, act, example = row
    before, rest = example.split("[")
    cue, content = rest.split("]")
    got = word(before + cue + content, content.strip(" ,.") or before.strip(), cue, before.strip(" ,"))
    assert got.mode == mode or (got.mode == "document" and before.startswith("The memo"))
    if not act.startswith("-"):
        assert got.act == act.rstrip("?")


@pytest.mark.parametrize("row", examples("contents.tsv"), ids=lambda r: r[2])
def test_content_tells_the_act_of_its_example_and_leaves_the_other_alone(row):
    act, _, example, other = row
    assert word(f"Lind said {example}", example, "said").act == act
    assert word(f"Lind said {other}", other, "said").act != act


# The text with its content in brackets, and the condition.
CONDITIONS = {
    "Lind said [the fleet would sail if provoked].": "if provoked",
    "Lind said [“If it rains again, we sail,”] she said.": "If it rains again",
    "Lind said [the tolls stay unless the board acts], and left.": "unless the board acts",
    "Lind said [peace comes once the war ends].": "once the war ends",
    "Lind said [trade goes on as long as the port is open].": "as long as the port is open",
    "[We will sail], she said, if attacked.": None,
    "[We will sail] if attacked, she said.": "if attacked",
    "If the port is closed, Lind said, [the fleet would sail].": "If the port is closed",
    "Lind asked [if he would sail].": None,
    "Lind sails [even if it rains].": None,
    "Lind acted [as if it rained].": None,
    "Lind said [it was once a port].": None,
}


@pytest.mark.parametrize("text", CONDITIONS)
def test_condition_is_the_clause_on_which_the_content_hangs(text):
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    got = acts.word(Article("a", "a", plain), Quotation((Span(start, end),), (), (), "indirect", None, 0.9), ())
    assert (got.condition.of(plain) if got.condition else None) == CONDITIONS[text]


def test_deadline_is_the_time_by_which_a_promise_falls_due():
    text = "Lind promised to mend the pier by Friday"
    friday = Timex(Span(text.index("Friday"), len(text)), "DATE", "2025-03-28")
    assert word(text, "to mend the pier by Friday", "promised", timexes=[friday]).deadline == friday


def test_plain_statement_has_no_deadline():
    text = "Lind said the pier was built by Friday"
    friday = Timex(Span(text.index("Friday"), len(text)), "DATE", "2025-03-28")
    assert word(text, "the pier was built by Friday", "said", timexes=[friday]).deadline is None


def test_time_without_by_is_no_deadline():
    text = "Lind promised to sail on Friday"
    friday = Timex(Span(text.index("Friday"), len(text)), "DATE", "2025-03-28")
    assert word(text, "to sail on Friday", "promised", timexes=[friday]).deadline is None


def test_words_said_in_a_statement_were_written():
    assert word("The pier is closed, Lind said in a statement", "The pier is closed", "said").mode == "wrote"


def test_document_as_source_makes_the_mode_document():
    assert word("The report says the pier is closed", "the pier is closed", "says", "The report").mode == "document"


def test_question_mark_decides_over_the_cue():
    assert word('"Who closed it?" Lind said', '"Who closed it?"', "said", kind="direct").act == "ask"


def test_refusal_before_another_cue_counts_first():
    assert word("Lind refused to say why", "why", "refused to say").act == "deny"


@pytest.mark.parametrize(
    ("verb", "form"),
    [("deny", "denied"), ("plan", "planning"), ("agree", "agreeing"), ("press", "presses"), ("argue", "arguing")],
)
def test_forms_of_a_cue_are_known(verb, form):
    assert form in set(forms(verb))


def test_claim_that_holds_even_under_a_condition_is_no_open_one():
    found = word("Lind said even if it rains, the fleet will sail", "even if it rains, the fleet will sail", "said")
    assert found.condition
    assert found.certainty == "certain"
    assert word("Lind said if it rains, the fleet will sail", "if it rains, the fleet will sail", "said").certainty == (
        "possible"
    )


def test_settled_commitment_has_its_beneficiary_amount_and_deadline_and_another_act_has_none():
    text = "Lind pledged to send $5 million to Norland by Friday"
    content = (Span(text.index("to send"), len(text)),)
    quotation = Quotation(content, (), (), "indirect", None, 0.9)
    article, five = Article("a", "a", text), Money(Span(21, 31), Decimal(5_000_000), "USD")
    friday = Timex(Span(text.index("Friday"), len(text)), "DATE", "2025-03-28")
    plain = Word("said", "commit", None, None)
    settled = acts.settle(article, quotation, plain, [friday], [five])
    assert (settled.beneficiary and settled.beneficiary.of(text), settled.amount, settled.deadline) == (
        "Norland",
        five,
        friday,
    )
    said = acts.settle(article, quotation, replace(settled, act="assert"), [friday], [five])
    assert said == replace(plain, act="assert")
