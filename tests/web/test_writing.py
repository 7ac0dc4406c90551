import pytest
from knocking import browser, editor, opened, sign_in, some_users

from onrecord.store import Wanted
from onrecord.web import Desk, create
from onrecord.web.access import Access


@pytest.fixture
def app(town):
    return opened(town)


@pytest.fixture
def ana(app):
    """The editor who came in by the token."""
    return editor(app)


@pytest.fixture
def statement(town):
    """A statement of Nils Oake's."""
    return town.statements(Wanted(), "Nils Oake")[0].statement.id


@pytest.fixture
def reversal(town):
    return town.reversals()[0].id


def _said(ana, change, target, value, **given):
    return ana.post("/judgements", data={"change": change, "target": target, "value": value, **given})


def test_a_verdict_on_a_reversal_is_kept_with_its_note_under_the_editors_name(town, ana, reversal):
    answer = _said(ana, "verdict", reversal, "confirmed", note="Both are her own words.", next="/reversals")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/reversals")
    (kept,) = town.store.judgements()
    assert (kept.by, kept.change, kept.target, kept.value, kept.note) == (
        "ana",
        "verdict",
        reversal,
        "confirmed",
        "Both are her own words.",
    )
    assert town.reversal(reversal).judgement == "confirmed"


def test_a_verdict_shows_on_the_next_page(ana, reversal):
    for verdict in ("rejected", "confirmed"):
        assert ana.get("/desk").status_code == 200  # it remembers its answers for a while
        _said(ana, "verdict", reversal, verdict)
        assert ana.get("/reversals.json").json()["reversals"][0]["judgement"] == verdict
        assert ana.get("/desk.json").json()["judged"] == 1
        assert ana.get("/desk.json").json()["waiting"] == 0


def test_a_statement_is_corrected(town, ana, statement):
    _said(ana, "verdict", statement, "confirmed")
    _said(ana, "said", statement, "2026-03")
    _said(ana, "act", statement, "demand")
    _said(ana, "speaker", statement, "Runa Tarn")
    entry = town.statement(statement)
    assert entry.statement.said.value == "2026-03"
    assert entry.statement.word.act == "demand"
    assert entry.statement.speaker.name == "Runa Tarn"
    _said(ana, "statement", statement, "not a statement")
    assert town.statement(statement).dropped
    _said(ana, "statement", statement, "a statement")
    assert not town.statement(statement).dropped


def test_a_name_that_nobody_has_makes_a_new_speaker(town, ana, statement):
    assert _said(ana, "speaker", statement, "Q. Nobody-Yet").status_code == 303
    assert town.statement(statement).statement.speaker.name == "Q. Nobody-Yet"


def test_no_speaker_is_made_for_a_statement_that_is_not_there(town, ana):
    before = town.store.totals()["entities"]
    assert _said(ana, "speaker", "0" * 16, "Q. Nobody-Yet").status_code == 404
    assert town.store.totals()["entities"] == before


def test_a_judgement_is_undone_and_stays_in_the_history(town, ana, reversal):
    _said(ana, "verdict", reversal, "confirmed")
    (kept,) = town.store.judgements()
    answer = ana.post(f"/judgements/{kept.id}/undo", data={"next": "/desk"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk")
    assert town.reversal(reversal).judgement is None
    first, second = town.store.judgements()
    assert first.undone
    assert (second.change, second.target, second.by) == ("undo", kept.id, "ana")


def test_nothing_is_undone_that_was_not_said(town, ana):
    assert ana.post("/judgements/0123/undo").status_code == 404
    assert town.store.judgements() == []


def test_verdicts_teach_the_ranking_once_there_are_enough(town, ana, reversal, monkeypatch):
    answer = ana.post("/learn")
    assert answer.status_code == 400
    assert "too few verdicts" in answer.text
    monkeypatch.setattr("onrecord.compare.ranking.LEAST", 1)
    _said(ana, "verdict", reversal, "confirmed")
    assert ana.post("/learn", data={"next": "/desk"}).headers["Location"] == "/desk"
    assert town.store.judgements()[-1].change == "ranking"


def test_a_script_is_told_what_was_kept(town, ana, reversal):
    data = {"change": "verdict", "target": reversal, "value": "unsure", "next": "/reversals"}
    answer = ana.post("/judgements", data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "judged"
    (kept,) = town.store.judgements()
    assert answer.json()["judgement"]["id"] == kept.id
    undone = ana.post(f"/judgements/{kept.id}/undo", headers={"HX-Request": "true"})
    assert undone.json()["judgement"]["change"] == "undo"


WRONG = (
    ("verdict", "maybe", 400),
    ("act", "shout", 400),
    ("act", "", 422),
    ("statement", "nonsense", 400),
    ("said", "yesterday", 400),
    ("said", "2026-13-45", 400),
    ("speaker", " ", 422),
    ("speaker", "x" * 301, 422),
    ("speaker", "a\x00b", 422),
    ("merge", "x", 422),
    ("undo", "x", 422),
    ("ranking", '{"stretch": 0}', 422),
)


def test_what_can_not_be_is_not_kept(town, ana, statement):
    for change, value, status in WRONG:
        assert _said(ana, change, statement, value).status_code == status, (change, value)
    assert town.store.judgements() == []


def test_a_target_that_can_not_be_is_refused(town, ana):
    for target in ("", "x" * 65, "../etc", "a b", "<b>", "a\x00"):
        assert _said(ana, "verdict", target, "confirmed").status_code == 422, target
    assert town.store.judgements() == []


def test_a_target_that_is_not_there_is_told(town, ana):
    for change, value in (("verdict", "confirmed"), ("said", "2026-03"), ("act", "ask"), ("statement", "a statement")):
        assert _said(ana, change, "0" * 16, value).status_code == 404
    assert town.store.judgements() == []


def test_a_note_may_have_many_lines_and_an_end(town, ana, reversal):
    lines = "\n".join(["x" * 99] * 20)  # 2,000 characters as typed: a form sends more
    assert _said(ana, "verdict", reversal, "unsure", note=lines.replace("\n", "\r\n")).status_code == 303
    assert town.store.judgements()[0].note == lines
    assert _said(ana, "verdict", reversal, "unsure", note=lines + "more").status_code == 422


def test_whoever_judges_is_sent_nowhere_else(ana, reversal):
    for way in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert _said(ana, "verdict", reversal, "unsure", next=way).headers["Location"] == "/"


def test_nobody_writes_who_may_not(town, app, reversal, tmp_path):
    shared = create(Desk(town, Access.by_users(some_users(tmp_path))))
    for client, status in ((browser(app), 403), (browser(shared), 401), (sign_in(shared, "bo"), 403)):
        assert _said(client, "verdict", reversal, "confirmed").status_code == status
        assert client.post("/judgements/0123/undo").status_code == status
    assert town.store.judgements() == []
    assert _said(sign_in(shared, "ana"), "verdict", reversal, "confirmed", by="eve").status_code == 303
    assert town.store.judgements()[0].by == "ana"
