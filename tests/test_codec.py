import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import TEXT, a_reading, a_statement, spans_of

from onrecord import codec
from onrecord.errors import BrokenInput
from onrecord.types import (
    Article,
    Converted,
    Money,
    Quantity,
    Quotation,
    Said,
    Span,
    Speaker,
    Statement,
    Timex,
    Via,
    Word,
)

STATEMENT_FIELDS = [
    "id",
    "kind",
    "parent",
    "content",
    "source",
    "cue",
    "speaker",
    "mode",
    "said",
    "via",
    "act",
    "condition",
    "deadline",
    "beneficiary",
    "amount",
    "negated",
    "certainty",
    "times",
    "money",
    "quantities",
    "confidence",
    "unsure",
]

words = st.text(max_size=12)
maybe_words = st.none() | words
shares = st.integers(0, 10_000).map(lambda n: n / 10_000)
amounts = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**15)

maybe_amounts = st.none() | amounts
maybe_days = st.none() | st.dates()
bases = st.sampled_from([None, "said", "published"])
conversions = st.builds(
    Converted, words, maybe_amounts, maybe_amounts, maybe_amounts, maybe_days, bases, maybe_days, words, maybe_words
)


def spans(text):
    return st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda ends: Span(*sorted(ends)))


def timexes(text):
    return st.builds(Timex, spans(text), st.sampled_from(["DATE", "TIME", "DURATION", "SET"]), words, maybe_words)


def moneys(text):
    return st.builds(
        Money,
        spans(text),
        amounts,
        maybe_words,
        st.none() | amounts,
        st.none() | amounts,
        maybe_words,
        st.none() | st.integers(0, 9),
        st.lists(conversions, max_size=2).map(tuple),
    )


def counts(text):
    kinds = st.sampled_from(["percentage", "troops", "length"])
    return st.builds(Quantity, spans(text), amounts, words, kinds, maybe_amounts, maybe_amounts, maybe_words)


@st.composite
def statements(draw, text, number):
    several = st.lists(spans(text), max_size=3).map(tuple)
    parent = draw(st.none() | st.integers(0, number - 1)) if number else None
    quotation = Quotation(
        content=(draw(spans(text)), *draw(several)),
        source=draw(several),
        cue=draw(several),
        kind=draw(st.sampled_from(["direct", "indirect", "mixed"])),
        parent=parent,
        confidence=draw(shares),
    )
    types = st.sampled_from(["person", "organisation", "group", "unnamed", "author", "document"])
    return Statement(
        id=f"s{number}",
        quotation=quotation,
        parent=None if parent is None else f"s{parent}",
        speaker=draw(st.none() | st.builds(Speaker, words, words, types, maybe_words, shares)),
        said=draw(st.none() | st.builds(Said, words, st.none() | spans(text))),
        via=tuple(draw(st.lists(st.builds(Via, words, st.none() | spans(text)), max_size=2))),
        word=Word(
            draw(st.sampled_from(["said", "wrote"])),
            draw(st.sampled_from(["assert", "deny"])),
            draw(st.none() | spans(text)),
            draw(st.none() | timexes(text)),
            draw(st.none() | spans(text)),
            draw(st.none() | moneys(text)),
            draw(st.booleans()),
            draw(st.sampled_from(["certain", "probable", "possible"])),
        ),
        times=tuple(draw(st.lists(timexes(text), max_size=2))),
        money=tuple(draw(st.lists(moneys(text), max_size=2))),
        quantities=tuple(draw(st.lists(counts(text), max_size=2))),
    )


@st.composite
def nouns(draw):
    text = draw(st.text(max_size=60))
    article = Article(
        draw(words),
        draw(words),
        text,
        draw(maybe_words),
        draw(st.none() | st.dates()),
        draw(maybe_words),
        draw(maybe_words),
        tuple(draw(st.lists(words, max_size=2))),
    )
    found = tuple(draw(statements(text, number)) for number in range(draw(st.integers(0, 3))))
    times = tuple(draw(st.lists(timexes(text), max_size=2)))
    money = tuple(draw(st.lists(moneys(text), max_size=2)))
    return article, found, times, money, tuple(draw(st.lists(counts(text), max_size=2)))


@settings(max_examples=40, deadline=None)
@given(nouns())
def test_what_is_encoded_comes_back_the_same(given_nouns):
    line = codec.to_line(codec.reading_to_dict(*given_nouns))
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert codec.reading_from_dict(codec.from_line(line), given_nouns[0].text) == given_nouns


def test_fields_stand_in_the_order_of_the_contract():
    data = a_reading().to_dict()
    assert list(data) == ["article", "statements", "times", "money", "quantities"]
    assert list(data["article"]) == ["id", "name", "title", "published", "publisher", "url", "authors", "characters"]
    assert list(data["statements"][0]) == STATEMENT_FIELDS
    assert list(data["statements"][0]["speaker"]) == ["id", "name", "type", "role", "confidence", "unsure"]
    assert list(data["times"][0]) == ["start", "end", "text", "type", "value", "mod"]
    money = ["start", "end", "text", "amount", "low", "high", "currency", "mod", "restates", "converted"]
    assert list(data["money"][0]) == money


@pytest.mark.parametrize(("confidence", "unsure"), [(0.49, True), (0.5, False), (0.0, True), (1.0, False)])
def test_below_a_half_both_a_statement_and_its_speaker_are_unsure(confidence, unsure):
    speaker = Speaker("e1", "Ilse Brandt", "person", None, confidence)
    statement = a_statement("Harbour fees", speaker=speaker, confidence=confidence)
    data = codec.statement_to_dict(statement, TEXT)
    assert (data["unsure"], data["speaker"]["unsure"]) == (unsure, unsure)
    assert (data["confidence"], data["speaker"]["confidence"]) == (confidence, confidence)


def test_every_span_carries_its_slice_of_the_text():
    found = list(spans_of(a_reading().to_dict()))
    assert len(found) == 17
    assert all(s["text"] == TEXT[s["start"] : s["end"]] for s in found)


def test_a_statement_names_its_parent_by_id_and_gets_its_index_back():
    reading = a_reading()
    data = reading.to_dict()
    assert [s["parent"] for s in data["statements"]] == [None, None, "s2"]
    _, found, *_ = codec.reading_from_dict(data, TEXT)
    assert [s.quotation.parent for s in found] == [None, None, 1]


@pytest.mark.parametrize(("amount", "written"), [("2E+9", "2000000000"), ("0.10", "0.10"), ("1E-7", "0.0000001")])
def test_amounts_are_plain_digits(amount, written):
    money = Money(Span(0, 1), Decimal(amount), "EUR", low=Decimal(amount))
    data = codec.reading_to_dict(Article("a", "a", "text"), (), (), (money,))["money"][0]
    assert (data["amount"], data["low"], data["high"]) == (written, written, None)


def test_dates_are_iso_dates():
    assert codec.article_to_dict(Article("a", "a", "", published=date(2026, 3, 28)))["published"] == "2026-03-28"


def test_a_lone_surrogate_in_the_text_still_gives_a_line_of_json():
    text = "a \ud83d b"
    data = codec.reading_to_dict(Article("a", "a", text), (), (Timex(Span(0, 3), "DATE", "2026"),), ())
    line = codec.to_line(data)
    assert json.loads(line)["times"][0]["text"] == "a \ud83d"


def test_new_fields_are_no_obstacle():
    data = a_reading().to_dict()
    data["statements"][0]["speaker"]["wikidata"] = "Q1"
    data["statements"][0]["utterance"] = "u1"
    assert codec.reading_from_dict(data, TEXT)[1] == a_reading().statements


def spoilt(change):
    data = a_reading().to_dict()
    change(data)
    return data


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"article": []},
        spoilt(lambda d: d["article"].pop("id")),
        spoilt(lambda d: d["article"].update(characters=3)),
        spoilt(lambda d: d["article"].update(published="yesterday")),
        spoilt(lambda d: d["times"][0].update(text="other words")),
        spoilt(lambda d: d["times"][0].update(start=10**9)),
        spoilt(lambda d: d["money"][0].update(amount="much")),
        spoilt(lambda d: d["statements"][2].update(parent="s9")),
    ],
)
def test_a_broken_object_is_refused_with_a_remedy(data):
    with pytest.raises(BrokenInput, match="read --json"):
        codec.reading_from_dict(data, TEXT)


@pytest.mark.parametrize("line", [b"{", b"[1]", "7", b"\xff"])
def test_a_line_that_is_no_object_is_refused(line):
    with pytest.raises(BrokenInput, match="Write it anew"):
        codec.from_line(line)
