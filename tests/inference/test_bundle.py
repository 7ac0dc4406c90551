"""Folders of weights: what is wrong with one is said with the remedy."""

import json

import pytest

from onrecord.errors import ModelError
from onrecord.inference import load


def folder(tmp_path, **settings):
    (tmp_path / "model.json").write_text(json.dumps({"format": 1, **settings}))
    return tmp_path


def test_a_folder_without_settings_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"name a folder made by training/export\.py"):
        load(tmp_path)


def test_a_model_of_another_format_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"format 7.*export the model again"):
        load(folder(tmp_path, format=7))


def test_a_missing_or_damaged_network_is_refused(tmp_path):
    bundle = load(folder(tmp_path))
    with pytest.raises(ModelError, match=r"reader\.onnx is missing"):
        bundle.network("reader")
    (tmp_path / "reader.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match="can't be loaded"):
        bundle.network("reader")


def test_a_damaged_tokenizer_is_refused(tmp_path):
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json can't be loaded"):
        load(folder(tmp_path)).encode("words")


def test_the_digest_changes_with_what_decides_the_words_and_not_with_the_card(tmp_path):
    first = load(folder(tmp_path)).digest
    (tmp_path / "CARD.md").write_text("a card")
    assert load(tmp_path).digest == first
    (tmp_path / "parts.onnx").write_bytes(b"weights")
    assert load(tmp_path).digest != first
