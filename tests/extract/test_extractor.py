"""The way from an article to its quotations, with scripted weights."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from scripted import ScriptedModel

from onrecord.extract import Extractor
from onrecord.types import Article


def read(text):
    return Extractor(ScriptedModel()).quotations(Article("0" * 32, "test", text))


def test_every_word_of_the_article_has_its_sense_whatever_the_windows():
    text = "\n\n".join(f"Speaker{i} said the quay number {i} would close." for i in range(60))
    model = ScriptedModel()
    quotations, senses = Extractor(model).read(Article("0" * 32, "test", text))
    ids, starts, _ = model.encode(text)
    assert len(quotations) == 60
    assert list(senses.starts) == list(starts)
    assert list(senses.vectors[:, -1]) == list(ids)


def words(text, spans):
    return [s.of(text) for s in spans]


def test_source_cue_and_content_point_into_the_text():
    text = "Harbour news.\n\nMayor Brandt said the quay would close. Nobody else spoke."
    (q,) = read(text)
    assert words(text, q.source) == ["Brandt"]
    assert words(text, q.cue) == ["said"]
    assert words(text, q.content) == ["the quay would close"]
    assert q.kind == "indirect"


def test_an_article_longer_than_a_window_loses_and_doubles_nothing():
    text = "\n\n".join(f"Speaker{i} said the quay number {i} would close by summer." for i in range(60))
    found = read(text)
    assert [words(text, q.source) for q in found] == [[f"Speaker{i}"] for i in range(60)]
    assert all(words(text, q.content) == [f"the quay number {i} would close by summer"] for i, q in enumerate(found))


def test_a_quotation_inside_another_names_it_as_its_parent():
    text = (
        "Q: What now?\n\nMS. ABARA: We wait. Brandt said the quay would close.\n\nQ: And then?\n\nMS. ABARA: We build."
    )
    found = read(text)
    inner = next(q for q in found if words(text, q.source) == ["Brandt"])
    assert inner.parent is not None
    assert words(text, found[inner.parent].source) == ["MS. ABARA"]


def test_an_article_without_words_has_no_quotations():
    assert read(" \n\n ") == ()
    assert read("...") == ()
    assert read("\x01") == ()  # the tokenizer drops it: no pieces at all
    for text in (" \n\n ", "...", "\x01"):
        _, senses = Extractor(ScriptedModel()).read(Article("0" * 32, "test", text))
        assert len(senses.starts) == len(senses.vectors)


MARKS = st.text(
    alphabet=st.sampled_from("\"'“”‘’«»„`.,:;()\n\r\t \u00a0\u2028QA:aBcé漢\ufeff\u0301😀") | st.characters(),
    max_size=300,
)
SPOKEN = st.lists(
    st.sampled_from(
        ["Brandt said ", '"', "“", "”", "'", "the quay", ". ", "\n\n", "Q: ", "A: ", "MS. ABARA: ", "‘", "’"]
    ),
    max_size=60,
)


@pytest.mark.parametrize("texts", [MARKS, SPOKEN.map("".join)], ids=["any text", "much said"])
def test_no_text_breaks_the_extractor_and_every_span_lies_inside_it(texts):
    @settings(max_examples=150, deadline=None)
    @given(texts)
    def check(text):
        found = read(text)
        for i, q in enumerate(found):
            spans = (*q.content, *q.source, *q.cue)
            assert q.content
            assert all(0 <= s.start < s.end <= len(text) for s in spans)
            assert all(a.end <= b.start for a, b in zip(q.content, q.content[1:], strict=False))
            assert 0 <= q.confidence <= 1
            assert q.parent is None or q.parent != i
            assert q.parent is None or found[q.parent].extent.holds(q.extent)

    check()
