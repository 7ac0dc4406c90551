import json

from onrecord import inference


def test_each_model_is_a_line_with_its_digest_and_size(onrecord, tmp_path, monkeypatch):
    folder = tmp_path / "models" / "reader"
    folder.mkdir(parents=True)
    (folder / "model.json").write_text(json.dumps({"format": 1}), "utf-8")
    (folder / "tags.onnx").write_bytes(b"0" * 2_500_000)
    monkeypatch.setattr(inference, "shipped", lambda name: tmp_path / "models" / name)
    ended = onrecord("models")
    assert ended.status == 0
    assert ended.out.split() == ["reader", inference.load(folder).digest, "2.5", "MB"]


def test_without_weights_it_says_what_to_do(onrecord, tmp_path, monkeypatch):
    monkeypatch.setattr(inference, "shipped", lambda name: tmp_path / "models" / name)
    ended = onrecord("models")
    assert (ended.status, ended.out) == (4, "")
    assert "ONRECORD_MODEL" in ended.err


def test_a_folder_without_weights_is_told(onrecord, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_MODEL", str(tmp_path))
    monkeypatch.setattr(inference, "shipped", lambda name: tmp_path / "models" / name)
    assert onrecord("models").status == 4
