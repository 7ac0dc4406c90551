from datetime import date

import pytest
from stand_ins import script_judges
from town import FEES, FERRY, stand_in_digests, town_pipeline

from onrecord import pipeline
from onrecord.ingest import from_text
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.types import Article

BRIDGE = """Bridge

Ilse Brandt said on 2026-05-02: "There will be no toll on the new bridge."
"""
TOLL = """Toll

Ilse Brandt said on 2026-06-01: "There will be a toll on the new bridge."

Runa Tarn said on 2026-06-03 to deny: "I <b>never</b> spoke of a toll & never will."
"""
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def scripted(monkeypatch, tmp_path):
    """The stand-ins where the weights would be, and no settings of the machine's user."""
    monkeypatch.setattr(pipeline, "pipeline", town_pipeline)
    monkeypatch.setattr(pipeline, "digests", stand_in_digests)
    script_judges(monkeypatch)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no-data"))


@pytest.fixture
def town(scripted, tmp_path):  # noqa: ARG001 # it puts the stand-ins in place
    """A record of the town's news with a reversal of the mayor's, compared."""
    record = Record(tmp_path / "town.db", Settings(record=str(tmp_path / "town.db")), create=True)
    list(record.add(_articles()))
    list(record.compare())
    return record


def _articles():
    texts = {"fees": FEES, "ferry": FERRY, "bridge": BRIDGE, "toll": TOLL}
    for number, (name, text) in enumerate(texts.items()):
        bare = from_text(text, f"{name}.txt")
        yield Article(
            bare.id,
            bare.name,
            bare.text,
            title=f"The {name}",
            published=date(2026, 6, 4 + number),
            publisher="The Larkhill Post",
            url=f"https://post.example/{name}",
            authors=("Ana Ruiz",),
        )
