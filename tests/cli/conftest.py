import json
import sys
from dataclasses import dataclass

import pytest
from stand_ins import fake_pipeline, script_judges
from town import FEES, FERRY, stand_in_digests, town_pipeline

from onrecord import cli, pipeline


@dataclass
class Ended:
    status: int
    out: str
    err: str

    def json(self):
        """Each line of standard output."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def onrecord(monkeypatch, capfd, tmp_path):
    """Runs a command with the stand-in for the model, in a folder of its own."""
    monkeypatch.setattr(pipeline, "pipeline", fake_pipeline)
    script_judges(monkeypatch)
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


@pytest.fixture
def town(onrecord, monkeypatch, tmp_path):
    """Runs a command with the stand-in that reads the town's news, of which two articles lie in the folder `news`."""
    monkeypatch.setattr(pipeline, "pipeline", town_pipeline)
    monkeypatch.setattr(pipeline, "digests", stand_in_digests)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no-data"))
    monkeypatch.delenv("ONRECORD_RECORD", raising=False)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "fees.txt").write_text(FEES, "utf-8")
    (tmp_path / "news" / "ferry.txt").write_text(FERRY, "utf-8")
    return onrecord


@pytest.fixture
def kept(town):
    """The same, with the two articles in the record."""
    assert town("add", "--quiet", "news").status == 0
    return town
