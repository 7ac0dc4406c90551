"""What waits to be compared is compared while the desk is open."""

import time

from knocking import editor, opened

from onrecord.web import waiting


def settled(condition):
    """Wait until something holds, a few seconds at most."""
    until = time.monotonic() + 10
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_a_statement_given_to_another_speaker_is_compared_anew(town):
    app = opened(town)
    (found,) = town.reversals()
    with editor(app) as client:
        said = {"change": "speaker", "target": found.later.entry.statement.id, "value": "Runa Tarn"}
        assert client.post("/judgements", data=said).status_code == 303
        assert settled(lambda: not town.waiting())
        assert client.get("/reversals.json").json()["reversals"] == []


def test_very_much_is_left_to_the_command_line(town, monkeypatch, caplog):
    monkeypatch.setattr(waiting, "MOST", 0)
    monkeypatch.setattr(type(town), "waiting", lambda _: 9_000)
    with editor(opened(town)):
        assert settled(lambda: "9,000 statements wait" in caplog.text)
