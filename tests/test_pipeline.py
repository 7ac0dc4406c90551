import dataclasses
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import SKIPPED, FakeExtractor, article, fake_pipeline, senses

from onrecord import codec, pipeline
from onrecord.errors import InputError
from onrecord.resolve import Resolver
from onrecord.settings import Settings
from onrecord.types import Quotation, Skipped, Span

TEXT = "Ada Holm said on Friday: \"I will spend 3 million euros, and 'we agree' is no answer, by May 2026.\" No more."


class Scripted:
    """Gives the quotations that it was made with."""

    def __init__(self, *quotations):
        self.found = quotations

    def read(self, article):
        return self.found, senses(article.text)


def reads(*quotations, **given):
    """A pipeline of rules alone, over these quotations."""
    return pipeline.Pipeline(Scripted(*quotations), Resolver(), **given)


def quotation(start, end, parent=None):
    return Quotation((Span(start, end),), (), (), "direct", parent, 0.9)


def test_a_statement_holds_the_times_and_amounts_of_its_content_alone():
    at = TEXT.index('"')
    made = reads(quotation(at, TEXT.rindex('"') + 1), quotation(0, 8))
    reading = made.read(article(TEXT, published=date(2026, 3, 28)))
    first, second = reading.statements
    assert [t.value for t in first.times] == ["2026-05"]
    assert [t.span.of(TEXT) for t in reading.times] == ["Friday", "May 2026"]
    assert [str(m.amount) for m in first.money] == ["3000000"]
    assert (second.times, second.money) == ((), ())


def test_a_statement_inside_another_names_it():
    made = reads(quotation(25, 100), quotation(60, 70, parent=0))
    first, second = made.read(article(TEXT)).statements
    assert (first.parent, second.parent) == (None, first.id)


def test_ids_are_the_same_in_every_run_and_differ_within_one():
    made = reads(quotation(0, 8), quotation(0, 8), quotation(9, 13))
    ids = [s.id for s in made.read(article(TEXT)).statements]
    assert len(set(ids)) == 3
    assert ids == [s.id for s in made.read(article(TEXT)).statements]
    assert ids[0] != made.read(dataclasses.replace(article(TEXT), id="another")).statements[0].id


@settings(deadline=None, max_examples=60)
@given(st.text(st.sampled_from("aB .,\n\"'“”‘’«»5€$\u00e9\U0001f600\u2028\x00"), max_size=80), st.none() | st.dates())
def test_any_text_gives_spans_inside_it_that_the_wire_format_gives_back(text, published):
    reading = pipeline.Pipeline(FakeExtractor(), Resolver()).read(article(text, published=published))
    found = codec.reading_from_dict(codec.from_line(reading.to_json()), text)
    assert found == (reading.article, reading.statements, reading.times, reading.money, reading.quantities)


def test_what_could_not_be_read_stays_in_its_place(monkeypatch):
    monkeypatch.setattr(pipeline, "pipeline", fake_pipeline)
    monkeypatch.delenv("ONRECORD_DEBUG", raising=False)
    found = list(pipeline.readings([SKIPPED, article(), article("CRASH")], Settings()))
    assert found[0] is SKIPPED
    assert found[1].article == article()
    assert isinstance(found[2], Skipped)
    assert found[2].step == "read"


def test_python_reads_a_file_and_all_of_a_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(pipeline, "pipeline", fake_pipeline)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "a.txt").write_text('He said "yes".', "utf-8")
    (tmp_path / "b.txt").write_text("", "utf-8")
    reading = pipeline.read(tmp_path / "a.txt", published="2026-03-28", publisher="Port Courier")
    assert (reading.article.published, reading.article.publisher) == (date(2026, 3, 28), "Port Courier")
    assert [type(found).__name__ for found in pipeline.read_all(tmp_path)] == ["Reading", "Skipped"]
    with pytest.raises(InputError, match="Use read_all"):
        pipeline.read(tmp_path)
    with pytest.raises(InputError, match=r"b\.txt"):
        pipeline.read(tmp_path / "b.txt")


def test_amounts_are_converted_on_the_said_day_and_the_same_in_statement_and_article():
    content = (Span(TEXT.index('"I'), TEXT.index(" No more")),)
    whole = Quotation(content, (Span(0, 8),), (Span(9, 13),), "direct", None, 0.9)
    made = reads(whole, convert=("USD",))
    reading = made.read(article(TEXT, published=date(2024, 3, 30)))
    (amount,) = reading.money
    assert reading.statements[0].money == (amount,)
    assert [(c.currency, c.basis, c.rate_date) for c in amount.converted] == [("USD", "said", date(2024, 3, 28))]


class Minded:
    """A judge that takes every statement for a denial, and every speaker for a group."""

    def judge(self, article, quotations, words, senses):
        self.seen = article, quotations, senses
        types = np.tile(np.array([0, 0, 1, 0, 0, 0], dtype=np.float32), (len(quotations), 1))
        return tuple(dataclasses.replace(w, act="deny") for w in words), types


class Watched:
    """A resolver that keeps what it was given, and lets the rules answer."""

    def resolve(self, article, quotations, timexes, weighed):
        self.weighed = weighed
        return Resolver().resolve(article, quotations, timexes)


def test_the_judge_has_the_last_word_on_acts_and_the_resolver_gets_what_it_found():
    at, judge, resolver = TEXT.index('"'), Minded(), Watched()
    made = pipeline.Pipeline(Scripted(quotation(at, TEXT.rindex('"') + 1)), resolver, judge)
    (statement,) = made.read(article(TEXT)).statements
    assert statement.word.act == "deny"
    assert judge.seen[0].text == TEXT
    assert resolver.weighed.senses is judge.seen[2]
    assert resolver.weighed.types.argmax(axis=1).tolist() == [2]


def test_without_a_judge_the_rules_decide_alone():
    at, resolver = TEXT.index('"'), Watched()
    made = pipeline.Pipeline(Scripted(quotation(at, TEXT.rindex('"') + 1)), resolver)
    (statement,) = made.read(article(TEXT)).statements
    assert statement.word.act == "commit"
    assert resolver.weighed is None


def test_nothing_is_converted_unasked():
    reading = reads().read(article(TEXT, published=date(2024, 3, 30)))
    assert [m.converted for m in reading.money] == [()]


def test_quantities_are_those_of_the_article_and_of_each_content():
    text = 'Rates rose 2 percent. "We sent 5,000 troops," he said.'
    start = text.index('"')
    reading = reads(quotation(start, text.rindex('"') + 1)).read(article(text))
    assert [q.unit for q in reading.quantities] == ["percent", "troops"]
    assert [q.unit for q in reading.statements[0].quantities] == ["troops"]
