"""A folder with somebody else's cross-encoder: read as its exporter wrote it, or refused with the remedy."""

import json

import numpy as np
import pytest
import tiny_network

from onrecord.compare.inference_judge import InferenceJudge, PairReader
from onrecord.errors import ModelError
from onrecord.inference import foreign
from onrecord.senses import shares
from onrecord.types import Position


def expected(first, second):
    """What the tiny network must say: its table, read by hand."""
    table, pieces = tiny_network.TABLE, tiny_network.VOCABULARY
    logits = sum(table[pieces[w]] for w in first.split()) + 2 * sum(table[pieces[w]] for w in second.split())
    return shares(np.asarray(logits, dtype=np.float32))


def test_two_texts_are_read_together(tmp_path):
    found = foreign(tiny_network.write(tmp_path))
    assert found.labels == ("contradiction", "entailment", "neutral")
    assert np.allclose(found([("bridge open", "shut")]), [expected("bridge open", "shut")])


def test_pairs_of_any_length_come_back_in_their_order_and_padding_counts_for_nothing(tmp_path):
    pairs = [("open " * (n % 7 + 1), "shut " * (n % 3 + 1)) for n in range(40)]
    found = foreign(tiny_network.write(tmp_path))(pairs)
    assert np.allclose(found, [expected(*pair) for pair in pairs], atol=1e-5)
    assert np.allclose(found.sum(axis=1), 1)


@pytest.mark.parametrize(
    "where", ["model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx"]
)
def test_the_network_is_found_where_exporters_put_it(tmp_path, where):
    assert foreign(tiny_network.write(tmp_path, where))([("open", "shut")]).shape == (1, 3)


def test_a_network_that_knows_no_sides_is_given_none(tmp_path):
    tiny_network.write(tmp_path)
    (tmp_path / "model.onnx").write_bytes(tiny_network.network(("input_ids", "attention_mask")))
    once = tiny_network.TABLE[4] + tiny_network.TABLE[5]
    assert np.allclose(foreign(tmp_path)([("open", "shut")]), [shares(once)])


def test_a_text_that_is_too_long_is_cut(tmp_path):
    found = foreign(tiny_network.write(tmp_path, max_position_embeddings=9))
    assert np.allclose(found([("open " * 500, "shut " * 500)]), found([("open " * 3, "shut " * 3)]))
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 7}))
    found = foreign(tmp_path)
    assert np.allclose(found([("open " * 500, "shut " * 500)]), found([("open " * 2, "shut " * 2)]))


def test_a_judge_of_ours_takes_it(tmp_path):
    reader: PairReader = foreign(tiny_network.write(tmp_path))
    judge = InferenceJudge(reader, lambda *_: ((), ()))
    assert judge.judge([(Position("open open open"), Position("bridge"))])[0].label == "reversal"
    assert judge.judge([(Position("shut"), Position("shut"))])[0].label == "consistent"


def test_the_name_tells_the_folder_and_what_decides_the_answers(tmp_path):
    folder = tmp_path / "nli"
    folder.mkdir()
    first = foreign(tiny_network.write(folder)).name
    assert first.startswith("nli ")
    (folder / "README.md").write_text("a card")
    assert foreign(folder).name == first
    (folder / "model.onnx_data").write_bytes(b"more weights")
    assert foreign(folder).name != first


@pytest.mark.parametrize("missing", ["config.json", "tokenizer.json", "model.onnx"])
def test_a_missing_part_is_told_with_how_to_make_it(tmp_path, missing):
    tiny_network.write(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(
        ModelError, match=rf"{missing}.* (?:Make it with|Name a folder made by|Save it there with) `.*`\."
    ):
        foreign(tmp_path)


@pytest.mark.parametrize(
    "labels", [None, {}, ["contradiction"], {"1": "contradiction", "2": "neutral"}, {"a": "contradiction"}]
)
def test_a_folder_without_names_for_its_labels_is_refused_with_how_to_write_them(tmp_path, labels):
    tiny_network.write(tmp_path, id2label=labels)
    with pytest.raises(ModelError, match=r"no id2label\. Write its labels there in their order"):
        foreign(tmp_path)


def test_damaged_parts_are_told(tmp_path):
    tiny_network.write(tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match=r"model\.onnx can't be loaded"):
        foreign(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json can't be loaded.*Export the model anew"):
        foreign(tmp_path)
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(ModelError, match=r"config\.json can't be read.*Name a folder made by"):
        foreign(tmp_path)


def test_a_network_of_another_kind_is_refused(tmp_path):
    tiny_network.write(tmp_path)
    (tmp_path / "model.onnx").write_bytes(tiny_network.network(("input_ids", "attention_mask", "pixel_values")))
    with pytest.raises(ModelError, match=r"wants pixel_values, which is unknown here\. Export it with"):
        foreign(tmp_path)
    tiny_network.write(tmp_path, id2label={"0": "contradiction", "1": "neutral"})
    with pytest.raises(ModelError, match=r"gives an array of \(1, 3\) for 1 pairs and 2 labels\. Export it with"):
        foreign(tmp_path)([("open", "shut")])
