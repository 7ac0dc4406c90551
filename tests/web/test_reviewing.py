"""Where an editor judges: what clashes is marked, a verdict is remembered and undone, the queue goes on and ends."""

import pytest
from knocking import editor, opened

from onrecord.web.reviewing import _after, _doubt


@pytest.fixture
def ana(town):
    return editor(opened(town))


@pytest.fixture
def key(town):
    return town.reversals()[0].id


def judge(ana, key, value, **given):
    return ana.post("/judgements", data={"change": "verdict", "target": key, "value": value, **given})


def test_both_sides_stand_in_their_own_words_with_the_clash_marked(ana, key):
    page = ana.get(f"/reversals/{key}").text
    found = ana.get(f"/reversals/{key}.json").json()["reversal"]
    assert found["evidence"]["earlier"]
    assert found["evidence"]["later"]
    assert page.count("<mark>") == sum(len(found["evidence"][side]) for side in ("earlier", "later"))
    for side, words in (("earlier", "There will be no toll"), ("later", "There will be a toll")):
        assert words in found[side]["text"]
        assert f"/articles/{found[side]['article']['id']}#s-{found[side]['statement']}" in page


def test_a_verdict_stands_in_the_history_with_its_note_and_is_undone_from_there(ana, key):
    judge(ana, key, "confirmed", note="Her own <i>words</i>.")
    page = ana.get(f"/reversals/{key}").text
    assert "Her own &lt;i&gt;words&lt;/i&gt;." in page
    (kept,) = ana.get(f"/reversals/{key}.json").json()["history"]
    assert f'action="/judgements/{kept["id"]}/undo"' in page
    ana.post(f"/judgements/{kept['id']}/undo", data={"next": f"/reversals/{key}"})
    found = ana.get(f"/reversals/{key}.json").json()
    assert found["reversal"]["judgement"] is None
    assert [j["undone"] for j in found["history"]] == [True]
    assert [r["id"] for r in ana.get("/desk.json").json()["reversals"]] == [key]


def test_the_queue_empties_and_says_so(ana, key):
    assert ana.get("/desk.json").json()["waiting"] == 1
    judge(ana, key, "rejected")
    found = ana.get("/desk.json").json()
    assert (found["waiting"], found["judged"], found["reversals"]) == (0, 1, [])
    assert found["last"][0]["page"] == f"/reversals/{key}"
    assert "Nothing waits" in ana.get("/desk").text


def test_a_verdict_leads_to_the_next_that_waits():
    waiting = ["a", "b", "c"]
    assert _after(waiting, "b") == {"before": "a", "after": "c"}
    assert _after(waiting, "c") == {"before": "b", "after": None}
    assert _after(waiting, "judged already") == {"before": None, "after": "a"}


def test_doubt_and_weight_come_before_likelihood():
    def waits(clash, reports):
        return {"clash": clash, "earlier": {"reports": 1}, "later": {"reports": reports}}

    sure, torn, widely = waits(0.99, 1), waits(0.5, 1), waits(0.5, 9)
    assert sorted([sure, torn, widely], key=_doubt, reverse=True) == [widely, torn, sure]
    assert _doubt(waits(1.0, 1)) >= 0  # nothing breaks where the judge is certain


def test_reversals_are_filtered_by_speaker_label_and_day(ana):
    def count(asked):
        return len(ana.get(f"/reversals.json?{asked}").json()["reversals"])

    assert count("") == count("speaker=Ilse+Brandt") == count("label=reversal") == 1
    assert count("speaker=Nobody+Known") == count("label=softened") == count("since=2027") == 0


@pytest.mark.parametrize(("form", "media"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_a_card_is_a_picture_under_its_name(ana, key, form, media):
    answer = ana.get(f"/reversals/{key}/card.{form}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(media)
    assert f"onrecord-{key[:12]}.{form}" in answer.headers["Content-Disposition"]


def test_a_card_in_no_form_of_ours_is_refused(ana, key):
    assert ana.get(f"/reversals/{key}/card.exe").status_code == 422
