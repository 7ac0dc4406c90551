import sys
from dataclasses import dataclass

import pytest
from stand_ins import fake_pipeline

from onrecord import cli, pipeline


@dataclass
class Ended:
    status: int
    out: str
    err: str


@pytest.fixture
def onrecord(monkeypatch, capfd, tmp_path):
    """Runs a command with the stand-in for the model, in a folder of its own."""
    monkeypatch.setattr(pipeline, "pipeline", fake_pipeline)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))
    for name in ("NO_COLOR", "FORCE_COLOR", "ONRECORD_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["onrecord", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        streams = capfd.readouterr()
        return Ended(int(end.value.code or 0), streams.out, streams.err)

    return run


@pytest.fixture
def files(tmp_path):
    """Two articles and two files that can't be read."""
    (tmp_path / "one.txt").write_text('Ada Holm said "the bridge opens in May" on Friday.\n', "utf-8")
    (tmp_path / "two.txt").write_text("“No tolls,” said Bo Lind. He added: “None at all.”\n", "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00")
    return tmp_path
