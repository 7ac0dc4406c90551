import dataclasses
import pickle
import sys

import pytest
from stand_ins import TEXT, a_reading

from onrecord import codec
from onrecord.errors import MissingExtra, UsageError


def test_a_reading_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        a_reading().statements = ()


def test_its_json_is_that_of_the_contract_and_reads_back():
    reading = a_reading()
    found = codec.reading_from_dict(codec.from_line(reading.to_json()), TEXT)
    assert found == (reading.article, reading.statements, reading.times, reading.money, reading.quantities)
    assert reading.to_dicts() == reading.to_dict()["statements"]


def test_it_shows_itself_in_one_short_line():
    assert repr(a_reading()) == "<Reading 'harbour.txt': 3 statements, 2 speakers>"


def test_a_notebook_shows_the_marked_article():
    html = a_reading()._repr_html_()
    assert '<div class="onrecord">' in html
    assert "<html" not in html
    assert "Ilse Brandt" in html
    assert '<b>a clerk</b> <span class="unsure">unsure</span>' in html


def test_a_data_frame_has_a_row_for_each_statement():
    frame = a_reading().to_df()
    assert list(frame["speaker"]) == ["Ilse Brandt", "a clerk", "Ilse Brandt"]
    assert list(frame["kind"]) == ["mixed", "direct", "direct"]
    assert frame["confidence"].max() == 0.93
    assert list(frame["speaker_unsure"]) == [False, True, False]


def test_a_data_frame_of_no_statements_has_the_columns_all_the_same():
    empty = dataclasses.replace(a_reading(), statements=()).to_df()
    assert len(empty) == 0
    assert list(empty.columns) == list(a_reading().to_df().columns)


def test_a_missing_library_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtra, match="pip install polars"):
        a_reading().to_df("polars")


def test_an_unknown_library_is_refused():
    with pytest.raises(UsageError, match="'pandas' or 'polars'"):
        a_reading().to_df("excel")


def test_unsure_statements_can_be_left_out():
    assert [s.id for s in a_reading().above(0.6).statements] == ["s1", "s2"]
    assert a_reading().above(0.0) == a_reading()


def test_a_statement_inside_a_dropped_one_moves_up():
    reading = a_reading()
    inner = reading.statements[2]
    sure = dataclasses.replace(inner, quotation=dataclasses.replace(inner.quotation, confidence=0.99))
    kept = dataclasses.replace(reading, statements=(*reading.statements[:2], sure)).above(0.9)
    assert [(s.id, s.parent, s.quotation.parent) for s in kept.statements] == [("s1", None, None), ("s3", None, None)]


def test_a_reading_travels_between_processes():
    assert pickle.loads(pickle.dumps(a_reading())) == a_reading()  # noqa: S301 # our own bytes
