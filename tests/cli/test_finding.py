"""`onrecord statements` and its kin: what is found, in which form, and what a mistake is answered with."""

import csv
import io
import subprocess
import sys

import pytest

STATEMENT = {"id", "kind", "parent", "content", "source", "cue", "speaker", "mode", "said", "via", "act", "condition"}
STATEMENT |= {"deadline", "times", "money", "confidence", "article", "utterance", "reports"}
PLEDGE = {"statement", "speaker", "said", "text", "money", "beneficiary", "condition", "deadline", "reports"}


def test_a_statement_in_json_has_the_fields_of_the_contract(kept):
    ended = kept("statements", "--about", "strike", "--json")
    (line,) = ended.json()
    assert line.keys() >= STATEMENT
    assert (line["speaker"]["name"], line["said"]["value"], line["act"]) == ("Nils Oake", "2026-03-25", "threaten")
    assert (line["reports"], line["article"]["name"]) == (1, "news/fees.txt")
    assert ended.err == ""


def test_a_speaker_in_json_has_the_fields_of_the_contract(kept):
    (line,) = kept("speakers", "--speaker", "Ilse Brandt", "--json").json()
    assert line.keys() >= {"id", "name", "type", "roles", "statements", "first", "last"}
    assert (line["name"], line["statements"], line["first"], line["last"]) == (
        "Ilse Brandt",
        3,
        "2026-03-24",
        "2026-03-24",
    )


def test_a_pledge_in_json_has_the_fields_of_the_contract_and_comes_once(kept):
    lines = kept("pledges", "--json").json()
    assert [line["speaker"]["name"] for line in lines] == ["Runa Tarn", "Ilse Brandt"]
    assert all(line.keys() >= PLEDGE for line in lines)
    assert [line["reports"] for line in lines] == [1, 2]
    assert lines[0]["beneficiary"]["text"] == "Tarn Valley"


def test_pledges_add_up_without_counting_reports_twice(kept):
    sums = [
        (line["speaker"], line["beneficiary"], line["currency"], line["year"], line["amount"], line["pledges"])
        for line in kept("pledges", "--sum", "--json").json()
    ]
    assert sorted(s[:1] + s[2:] for s in sums) == [
        ("Ilse Brandt", "EUR", 2026, "2000", 1),
        ("Runa Tarn", "USD", 2026, "500", 1),
    ]
    assert "2,000" in kept("pledges", "--sum").out


def test_pledges_are_paged_by_utterance(kept):
    pages = [kept("pledges", "--limit", "1", "--page", page, "--json").json() for page in ("1", "2", "3")]
    assert [[line["speaker"]["name"] for line in page] for page in pages] == [["Runa Tarn"], ["Ilse Brandt"], []]


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        ([], 6),
        (["--speaker", "Ilse Brandt"], 3),
        (["--speaker", "brandt"], 4),
        (["--about", "harbour fees"], 2),
        (["--about", '"fees will"'], 1),
        (["--about", "fees -strike"], 1),
        (["--about", "strike OR ferry"], 2),
        (["--about", "unsaf*"], 1),
        (["--since", "2026-03-25"], 2),
        (["--until", "2026-03-24"], 3),
        (["--since", "2026-03-25", "--until", "2026-03-25"], 1),
        (["--act", "commit"], 3),
        (["--act", "commit", "--speaker", "Runa Tarn"], 1),
        (["--publisher", "Nobody"], 0),
        (["--dropped"], 0),
        (["--limit", "2"], 2),
        (["--limit", "4", "--page", "2"], 2),
        (["--limit", "0"], 6),
        (["--about", "fees' OR 1=1 --"], 2),
    ],
)
def test_statements_are_found_by_what_is_asked_for(kept, arguments, number):
    ended = kept("statements", "--json", *arguments)
    assert ended.status == 0
    assert len(ended.json()) == number


def test_the_newest_come_first_and_the_undated_last(kept):
    days = [line["said"] and line["said"]["value"] for line in kept("statements", "--newest", "--json").json()]
    assert days == ["2026-04-02", "2026-03-25", "2026-03-24", "2026-03-24", "2026-03-24", None]


def test_a_page_says_where_it_stands_and_what_comes_after(kept):
    assert kept("statements", "--limit", "2").err == "1-2 of 6. More with --page N, all with --limit 0.\n"
    assert kept("statements", "--limit", "4", "--page", "2", "--csv").err.startswith("5-6 of 6.")
    assert kept("statements", "--limit", "6").err == ""
    assert kept("speakers", "--limit", "1", "--json").err.startswith("1-1. More with --page")
    beyond = kept("statements", "--page", "9")
    assert (beyond.status, beyond.out) == (0, "No statements found.\n")
    assert beyond.err.startswith("None of 6 is here.")


def test_the_forms_hold_the_same_statements(kept, tmp_path):
    ids = [line["id"] for line in kept("statements", "--json").json()]
    rows = list(csv.DictReader(io.StringIO(kept("statements", "--csv").out)))
    assert len(rows) == len(ids) == len({row["content"] for row in rows}) + 1  # one is reported twice
    assert len(kept("statements", "--md").out.splitlines()) == len(ids) + 2
    table = kept("statements")
    assert all(key[:8] in table.out for key in ids)
    ended = kept("statements", "--parquet", "out.parquet")
    assert (ended.out, ended.err) == ("", "Wrote out.parquet.\n")
    assert (tmp_path / "out.parquet").read_bytes().startswith(b"PAR1")


def test_colours_are_off_down_a_pipe_and_can_be_forced(kept, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    (found,) = kept("statements", "--about", "strike", "--json").json()
    for command in (["statements"], ["speakers"], ["pledges"], ["show", found["id"]]):
        assert "\x1b[" not in kept(*command).out
    assert "\x1b[" in kept("show", "--color", found["id"]).out


def test_nothing_found_is_said_and_is_no_mistake(kept):
    ended = kept("statements", "--about", "zeppelin")
    assert (ended.status, ended.out, ended.err) == (0, "No statements found.\n", "")
    assert kept("statements", "--about", "zeppelin", "--json").out == ""


@pytest.mark.parametrize("command", ["statements", "speakers", "pledges"])
@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (
            ["--speaker", "Ada Holm"],
            4,
            "Nobody in the record is called 'Ada Holm'. List them with `onrecord speakers`.",
        ),
        (["--since", "2026-03-25", "--until", "2026-03-24"], 2, "Exchange them."),
        (["--since", "yesterday"], 2, "yesterday"),
        (["--limit", "-1"], 2, "--limit"),
        (["--page", "0"], 2, "--page"),
        (["--limit", "0", "--page", "2"], 2, "Leave out --page"),
        (["--json", "--csv"], 2, "Give one of them."),
        (["--csv", "--md"], 2, "Give one of them."),
        (["--about", "-oil"], 2, "only words to leave out"),
        (["--about", "..."], 2, "Give at least one word"),
        (["--parquet", "none/out.parquet"], 2, "Give a file in a folder that exists."),
        (["Ilse Brandt"], 2, "unexpected extra argument"),
    ],
)
def test_a_wrong_question_is_answered_with_what_to_do(kept, command, arguments, status, told):
    ended = kept(command, *arguments)
    assert (ended.status, ended.out) == (status, "")
    assert told in " ".join(ended.err.split())


def test_an_act_that_is_none_is_refused_with_those_that_are(kept):
    ended = kept("statements", "--act", "shout")
    assert ended.status == 2
    assert "threaten" in ended.err


def test_show_gives_the_statement_in_its_article_and_where_it_comes_from(kept):
    (found,) = kept("statements", "--about", "strike", "--json").json()
    ended = kept("show", found["id"][:8])
    assert ended.status == 0
    assert "We will strike if the harbour fees fall." in ended.out
    assert "Nils Oake (Mayor)" in ended.out
    assert "stand-in 0123" in ended.out
    (told,) = kept("show", found["id"], "--json").json()
    assert told.keys() >= {*STATEMENT, "printings", "also", "made_by"}
    assert told["made_by"]["models"] == {"stand-in": "0123"}
    assert [p["name"] for p in told["printings"]] == ["news/fees.txt"]


def test_show_names_the_other_reports(kept):
    first, second = kept("statements", "--about", "pier", "--json").json()
    (told,) = kept("show", first["id"], "--json").json()
    assert told["also"] == [second["id"]]


def test_an_id_that_begins_several_is_answered_with_them(kept):
    ids = sorted(line["id"] for line in kept("statements", "--json").json())
    ended = kept("show", "")
    assert (ended.status, ended.out) == (2, "")
    assert f"Give one: {', '.join(ids[:5])} ..." in ended.err


def test_an_unknown_id_is_told_and_what_it_names_instead(kept):
    assert kept("show", "zz").err == "onrecord: The record holds no statement zz. See `onrecord statements`.\n"
    (found,) = kept("statements", "--about", "strike", "--json").json()
    assert "that is the id of a speaker, Nils Oake" in kept("show", found["speaker"]["id"]).err
    assert "that is the id of an article" in kept("wordings", found["article"]["id"]).err
    kept("judge", found["id"], "confirmed")
    (said,) = kept("log", "--json").json()
    assert "that is the id of a judgement" in kept("edit", "drop", said["id"]).err


def test_wordings_stand_side_by_side(kept):
    first, second = kept("statements", "--about", "pier", "--json").json()
    (wording,) = kept("wordings", first["id"], "--json").json()
    assert {report["id"] for report in wording["reports"]} == {first["id"], second["id"]}
    assert "pier" in kept("wordings", first["id"]).out


LIST_THEN_TELL = """
import sys
from onrecord import cli
sys.argv = ["onrecord", "statements", "--json"]
try:
    cli.main()
except SystemExit:
    print(sorted({heavy} & set(sys.modules)))
"""
HEAVY = {
    "numpy",
    "onnxruntime",
    "tokenizers",
    "lxml",
    "pyarrow",
    "openpyxl",
    "rich",
    "alembic",
    "psycopg",
    "onrecord.people",
}


@pytest.mark.usefixtures("kept")
def test_a_question_loads_nothing_that_it_does_not_need(tmp_path):
    code = LIST_THEN_TELL.format(heavy=HEAVY)
    ended = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    *found, heavy = ended.stdout.splitlines()
    assert (len(found), heavy) == (6, "[]")
