"""`onrecord judge`, `edit`, `undo`, `log`, `export`: what people say counts everywhere, and can be taken back."""

import getpass

import pytest


def one(run, words):
    (found,) = run("statements", "--about", words, "--json").json()
    return found


def said(ended):
    """The id of the judgement that a command kept."""
    assert ended.status == 0
    assert ended.out == ""
    return ended.err.removeprefix("Kept as ").partition(":")[0]


def names(run):
    return {line["name"]: line["statements"] for line in run("speakers", "--json").json()}


def test_a_corrected_speaker_shows_everywhere_and_can_be_undone(kept):
    found = one(kept, "strike")
    ended = kept("edit", "speaker", found["id"], "Runa Tarn", "--by", "Ana", "--note", "she said it")
    key = said(ended)
    assert ended.err == f"Kept as {key}: said by Runa Tarn. Undo it with `onrecord undo {key}`.\n"
    assert one(kept, "strike")["speaker"]["name"] == "Runa Tarn"
    assert found["id"] in {line["id"] for line in kept("statements", "--speaker", "Runa Tarn", "--json").json()}
    assert names(kept) == {"Ilse Brandt": 3, "Runa Tarn": 2, "Bo Brandt": 1}
    shown = kept("show", found["id"]).out
    assert "Runa Tarn" in shown
    assert "by Ana" in shown
    assert "she said it" in shown
    said(kept("undo", key[:6]))
    assert one(kept, "strike")["speaker"]["name"] == "Nils Oake"
    assert names(kept)["Nils Oake"] == 1
    assert [(row["change"], row["undone"]) for row in kept("log", "--json").json()] == [
        ("speaker", True),
        ("undo", False),
    ]


def test_a_corrected_giver_counts_among_the_pledges(kept):
    found = one(kept, "valley dollars")
    said(kept("edit", "speaker", found["id"], "Nils Oake"))
    assert {line["speaker"] for line in kept("pledges", "--sum", "--json").json()} == {"Ilse Brandt", "Nils Oake"}
    assert {line["speaker"]["name"] for line in kept("pledges", "--json").json()} == {"Ilse Brandt", "Nils Oake"}


def test_a_name_that_nobody_has_makes_a_new_speaker(kept):
    said(kept("edit", "speaker", one(kept, "strike")["id"], "Ada Holm"))
    assert one(kept, "strike")["speaker"]["name"] == "Ada Holm"
    assert names(kept)["Ada Holm"] == 1


def test_a_name_of_several_is_answered_with_their_ids_names_and_counts(kept):
    ended = kept("edit", "speaker", one(kept, "strike")["id"], "Brandt")
    assert ended.status == 2
    assert "'Brandt' may be any of 2 speakers. Give an id: " in ended.err
    assert "(Ilse Brandt, 3 statements); " in ended.err
    assert "(Bo Brandt, 1 statement)." in ended.err
    assert kept("edit", "merge", "Brandt", "Nils Oake").status == 2


def test_a_corrected_day_counts_in_filters(kept):
    found = one(kept, "strike")
    said(kept("edit", "said", found["id"], "2027-01"))
    assert [line["id"] for line in kept("statements", "--since", "2027-01-01", "--json").json()] == [found["id"]]
    assert one(kept, "strike")["said"] == {"value": "2027-01", "span": None}


def test_a_corrected_act_counts_in_filters(kept):
    found = one(kept, "strike")
    said(kept("edit", "act", found["id"], "demand"))
    assert [line["id"] for line in kept("statements", "--act", "demand", "--json").json()] == [found["id"]]
    assert kept("statements", "--act", "threaten", "--json").out == ""


def test_a_dropped_statement_is_left_out_but_not_lost(kept):
    found = one(kept, "strike")
    key = said(kept("edit", "drop", found["id"]))
    assert kept("statements", "--about", "strike", "--json").out == ""
    assert "Nils Oake" not in names(kept)
    assert [line["id"] for line in kept("statements", "--dropped", "--json").json()] == [found["id"]]
    said(kept("undo", key))
    assert one(kept, "strike")["dropped"] is False


def test_a_merged_speaker_is_found_by_either_name(kept):
    key = said(kept("edit", "merge", "Bo Brandt", "Ilse Brandt"))
    assert names(kept) == {"Ilse Brandt": 4, "Runa Tarn": 1, "Nils Oake": 1}
    for name in ("Bo Brandt", "Ilse Brandt", "Brandt"):
        assert len(kept("statements", "--speaker", name, "--json").json()) == 4
    ended = kept("edit", "merge", "Bo Brandt", "Ilse Brandt")
    assert ended.status == 2
    assert "are one speaker already" in ended.err
    said(kept("undo", key))
    assert names(kept)["Bo Brandt"] == 1


def test_a_namesake_gets_an_id_of_his_own(kept):
    found = one(kept, "half summer")
    said(kept("edit", "split", "Ilse Brandt", found["id"], "--note", "the swimmer"))
    found_now = one(kept, "half summer")["speaker"]
    assert found_now["name"] == "Ilse Brandt"
    assert found_now["id"] != found["speaker"]["id"]
    counts = [line["statements"] for line in kept("speakers", "--speaker", "Ilse Brandt", "--json").json()]
    assert counts == [2, 1]


def test_a_verdict_is_kept_with_who_and_why(kept, monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "ana")
    found = one(kept, "strike")
    said(kept("judge", found["id"][:8], "rejected", "--note", "irony"))
    (row,) = kept("log", "--json").json()
    assert (row["by"], row["change"], row["target"], row["value"], row["note"]) == (
        "ana",
        "verdict",
        found["id"],
        "rejected",
        "irony",
    )


def test_where_the_system_knows_no_name_one_is_asked_for(kept, monkeypatch):
    def nobody():
        raise KeyError("getpwuid(): uid not found: 4711")

    found = one(kept, "strike")
    monkeypatch.setattr(getpass, "getuser", nobody)
    ended = kept("judge", found["id"], "confirmed")
    assert ended.status == 2
    assert "--by NAME" in ended.err


def test_the_log_names_the_speakers(kept):
    assert kept("log").out == "No judgements found.\n"
    said(kept("edit", "speaker", one(kept, "strike")["id"], "Runa Tarn"))
    said(kept("edit", "merge", "Bo Brandt", "Ilse Brandt"))
    rows = kept("log", "--json").json()
    assert [(row["target_name"], row["value_name"]) for row in rows] == [
        (None, "Runa Tarn"),
        ("Bo Brandt", "Ilse Brandt"),
    ]
    assert "Bo Brandt" in kept("log").out


def test_corrections_are_exported_as_found_and_as_wanted(kept):
    assert kept("export", "corrections").out == ""
    strike, ferry, half = (one(kept, words) for words in ("strike", "ferry", "half"))
    said(kept("edit", "act", strike["id"], "demand"))
    said(kept("edit", "drop", ferry["id"]))
    said(kept("judge", half["id"], "confirmed"))
    lines = {line["found"]["id"]: line for line in kept("export", "corrections").json()}
    assert lines.keys() == {strike["id"], ferry["id"], half["id"]}
    changed = lines[strike["id"]]
    assert (changed["found"]["act"], changed["corrected"]["act"]) == ("threaten", "demand")
    assert strike["content"][0]["text"] in changed["article"]["text"]
    assert lines[ferry["id"]]["corrected"] is None
    assert lines[half["id"]]["verdict"] == "confirmed"


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["judge", "zz", "confirmed"], 4, "holds no statement zz"),
        (["judge", "STRIKE", "maybe"], 2, "confirmed"),
        (["edit", "speaker", "zz", "Ilse Brandt"], 4, "holds no statement zz"),
        (["edit", "speaker", "STRIKE", " "], 2, "Give one, or an id."),
        (["edit", "said", "STRIKE", "soon"], 2, "Write a day (2026-03-14)"),
        (["edit", "said", "STRIKE", "2026-02-30"], 2, "Write a day (2026-03-14)"),
        (["edit", "act", "STRIKE", "shout"], 2, "threaten"),
        (["edit", "drop", "zz"], 4, "holds no statement zz"),
        (["edit", "merge", "Ada Holm", "Ilse Brandt"], 4, "Nobody in the record is called 'Ada Holm'"),
        (["edit", "merge", "Ilse Brandt", "Ilse Brandt"], 2, "Name two."),
        (["edit", "split", "Ilse Brandt"], 2, "Missing argument"),
        (["undo", "zz"], 4, "No judgement has an id that begins with 'zz'. See them with `onrecord log`."),
        (["export", "poems"], 2, "Give one of: corrections."),
    ],
)
def test_a_mistake_is_answered_with_what_to_do_and_nothing_is_kept(kept, arguments, status, told):
    key = one(kept, "strike")["id"]
    ended = kept(*(key if word == "STRIKE" else word for word in arguments))
    assert (ended.status, ended.out) == (status, "")
    assert told in " ".join(ended.err.split())
    assert kept("log", "--json").out == ""
