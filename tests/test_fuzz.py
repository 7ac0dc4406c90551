"""Whatever comes in: never an exception, every span inside the text, every shown text equal to its slice."""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from stand_ins import spans_of

from onrecord import codec, ingest
from onrecord.pipeline import pipeline
from onrecord.settings import Settings
from onrecord.types import Skipped

WORDS = ("Ilse Brandt said ", " the quay would close", "according to the Harbour Board", " on Tuesday", "$5m", "he ")
MARKS = (
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "«",
    "»",
    ". ",
    ",",
    "\n\n",
    "\r\n",
    "Q: ",
    "A: ",
    "MS. ABARA: ",
    "\ufeff",
    "\u0301",
    "😀",
)
SPOKEN = st.lists(st.sampled_from(WORDS + MARKS), max_size=80).map("".join)
INPUTS = st.binary(max_size=400) | st.text(max_size=400).map(str.encode) | SPOKEN.map(lambda t: t.encode("utf-8"))


@pytest.fixture(scope="module")
def trained():
    return pipeline(Settings(threads=1))


@pytest.mark.slow
def test_no_input_breaks_reading_and_every_shown_text_is_its_slice(trained, tmp_path):
    file = tmp_path / "input"

    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(INPUTS)
    def check(data):
        file.write_bytes(data)
        for item in ingest.articles([str(file)]):
            if isinstance(item, Skipped):
                assert item.reason
                continue
            reading = trained.read(item)
            shown = reading.to_dict()
            for s in spans_of(shown):
                assert 0 <= s["start"] < s["end"] <= len(item.text)
                assert s["text"] == item.text[s["start"] : s["end"]]
            assert codec.to_line(shown)
            assert reading.to_html()
            assert reading.to_csv()

    check()
