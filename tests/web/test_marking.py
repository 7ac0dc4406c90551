"""An utterance in its wordings: what the fullest alone has is left out, what another alone has is put in."""

import pytest

from onrecord.store import Wanted
from onrecord.web import marking


@pytest.fixture
def entries(town):
    return town.statements(Wanted(about="bridge"), "Ilse Brandt")


def test_the_words_that_are_kept_and_put_in_are_the_wording_itself(entries):
    found = marking.wordings(entries)
    assert len(found) == len(entries) == 2
    shown = {e.statement.quotation.content[0].of(e.article.text) for e in entries}
    for wording in found:
        assert "".join(p["words"] for p in wording["parts"] if p["how"] != "out") in shown


def test_the_fullest_comes_first_and_leaves_nothing_out(entries):
    fullest, other = marking.wordings(entries)
    assert {p["how"] for p in fullest["parts"]} == {"kept"}
    assert {"out", "in"} & {p["how"] for p in other["parts"]}
