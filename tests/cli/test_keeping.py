"""`onrecord add` and its kin: what is kept, what is printed where, and what a mistake is answered with."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
import town as stand_in
from town import FEES, Town

from onrecord import pipeline
from onrecord.cli import keeping_work
from onrecord.ingest.fetch import Validators
from onrecord.record import Record

SOME = "Ilse Brandt said on 2026-03-24: "


def in_all(ended):
    """The last line of `add --json`, without the seconds."""
    last = ended.json()[-1]
    assert last.pop("seconds") >= 0
    return last


def damage(where, *statements):
    """Change a record behind its back."""
    with closing(sqlite3.connect(where)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount >= 1
        connection.commit()


# --- add ------------------------------------------------------------------------------------------


def test_the_last_line_of_json_counts_what_became_of_the_articles(town):
    ended = town("add", "--json", "news")
    assert ended.status == 0
    assert [line["name"] for line in ended.json()[:-1]] == ["news/fees.txt", "news/ferry.txt"]
    assert in_all(ended) == {
        "articles": {
            "added": 2,
            "known": 0,
            "printed_again": 0,
            "read_again": 0,
            "near_duplicates": 0,
            "skipped": 0,
        },
        "statements": 6,
        "reversals": 0,
    }


def test_a_summary_goes_to_standard_error_unless_quiet(town):
    ended = town("add", "news")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err.startswith("Added 2 articles with 6 statements in ")
    assert ended.err.endswith(" s to onrecord.db.\n")
    assert town("add", "--quiet", "news").err == ""


def test_adding_again_adds_nothing_and_reads_nothing(kept, monkeypatch):
    monkeypatch.setattr(pipeline, "pipeline", lambda _settings: pytest.fail("an article was read again"))
    again = kept("add", "--json", "news")
    assert again.status == 0
    assert in_all(again)["articles"]["known"] == 2
    assert in_all(again)["statements"] == 0
    assert len(kept("statements", "--json").json()) == 6


def test_one_text_of_two_publishers_is_one_article_printed_twice(kept):
    again = kept("add", "--json", "--publisher", "Tarn Echo", "news/fees.txt")
    assert in_all(again)["articles"] | {"known": 0} == in_all(again)["articles"]
    assert in_all(again)["articles"]["printed_again"] == 1
    assert {line["reports"] for line in kept("statements", "--about", "strike", "--json").json()} == {2}


def test_an_edited_copy_is_told_and_is_no_second_utterance(kept, tmp_path):
    filler = "\n\n".join(f"The council met in room {i} and heard of {i} piers, {i + 3} boats." for i in range(40))
    (tmp_path / "a.txt").write_text(f'{filler}\n\n{SOME}"The tunnel opens in the spring of next year."\n', "utf-8")
    (tmp_path / "b.txt").write_text(
        f'{filler}\n\n{SOME}"The tunnel opens in the spring of next year."\n\nMore follows.\n', "utf-8"
    )
    ended = kept("add", "--json", "a.txt", "b.txt")
    assert in_all(ended)["articles"]["near_duplicates"] == 1
    assert [line["reports"] for line in kept("statements", "--about", "tunnel", "--json").json()] == [2, 2]
    assert "1 near copies of others" not in kept("add", "a.txt").err


def test_what_can_not_be_read_is_kept_with_its_reason_and_the_rest_is_done(town, tmp_path):
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "crash.txt").write_text("CRASH", "utf-8")
    ended = town("add", "--json", "empty.txt", "news", "crash.txt", "nowhere.txt")
    assert ended.status == 3
    assert in_all(ended)["articles"] | {"added": 2, "skipped": 3} == in_all(ended)["articles"]
    assert "Skipped 3 inputs:\n" in ended.err
    town("add", "empty.txt")
    listed = town("skipped", "--json").json()
    assert [(line["name"], line["step"]) for line in listed] == [
        ("empty.txt", "ingest"),
        ("crash.txt", "read"),
        ("nowhere.txt", "ingest"),
    ]
    assert all(len(line["skipped"]) > 10 for line in listed)
    assert town("skipped").out.startswith("empty.txt: ")


def test_without_anything_skipped_that_is_said(kept):
    ended = kept("skipped")
    assert (ended.status, ended.out, ended.err) == (0, "", "No input was skipped.\n")
    assert kept("skipped", "--json").err == ""


def test_where_nothing_could_be_read_the_status_is_four(town, tmp_path):
    (tmp_path / "empty.txt").write_text("", "utf-8")
    assert town("add", "empty.txt").status == 4


def test_published_publisher_and_columns_are_the_users_word(town, tmp_path):
    (tmp_path / "table.csv").write_text(f'id,Body\n1,"{SOME}""The pier is safe again, at last."""\n', "utf-8")
    ended = town(
        "add", "--published", "2026-03-28", "--publisher", "Port Courier", "--column", "text=Body", "table.csv"
    )
    assert ended.status == 0
    (found,) = town("statements", "--json").json()
    assert (found["article"]["published"], found["article"]["publisher"]) == ("2026-03-28", "Port Courier")


def test_less_sure_statements_are_left_out(town):
    assert in_all(town("add", "--json", "--min-confidence", "0.95", "news"))["statements"] == 0


def test_the_record_is_named_by_flag_environment_or_file(town, tmp_path, monkeypatch):
    (tmp_path / "onrecord.toml").write_text('record = "file.db"\n', "utf-8")
    town("add", "-q", "news/fees.txt")
    assert (tmp_path / "file.db").is_file()
    monkeypatch.setenv("ONRECORD_RECORD", "environment.db")
    town("add", "-q", "news")
    assert len(town("statements", "--json").json()) == 6
    town("add", "-q", "--record", "flag.db", "news/ferry.txt")
    assert len(town("statements", "--record", "flag.db", "--json").json()) == 3
    assert not (tmp_path / "onrecord.db").exists()


def test_a_record_in_the_home_folder_may_be_named_with_a_tilde(town, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "news"))
    (tmp_path / "onrecord.toml").write_text('record = "~/mine.db"\n', "utf-8")
    town("add", "-q", "news/fees.txt")
    assert (tmp_path / "news" / "mine.db").is_file()


@pytest.mark.parametrize("name", ["my record.db", "what?.db", "100%20.db", "a#b.db", "ü-记录.db", "it's.db"])
def test_a_records_path_may_hold_any_sign(town, tmp_path, name):
    assert town("add", "-q", "--record", name, "news").status == 0
    assert (tmp_path / name).is_file()
    assert len(town("statements", "--record", name, "--json").json()) == 6
    assert town("check", "--record", name).err == "Checked 2 articles with 6 statements: all is whole.\n"


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["add"], 2, "Missing argument"),
        (["add", "--column", "text", "news"], 2, "--column text=Body"),
        (["add", "--jobs", "-1", "news"], 2, "from 0 to 1024"),
        (["add", "--record", "news", "news"], 4, "news is a folder. Name a file in it: --record news/onrecord.db."),
        (["add", "--record", "none/r.db", "news"], 4, "Make it first, or name another with --record."),
        (["add", "--record", "news/fees.txt", "news"], 4, "is no record. Name another file"),
        (["add", "--record", "postgresql:nowhere", "news"], 4, "Write postgresql://USER"),
        (["watch"], 2, "Missing argument"),
        (["watch", "--every", "soon", "news"], 2, "--every"),
        (["backup"], 2, "Missing argument"),
        (["restore", "nowhere.db"], 4, "There is no backup at nowhere.db. Check the path."),
        (["restore", "news/fees.txt"], 4, "is no record"),
    ],
)
def test_a_mistake_is_answered_with_what_to_do(town, arguments, status, told):
    ended = town(*arguments)
    assert (ended.status, ended.out) == (status, "")
    assert told in " ".join(ended.err.split())
    assert "fault of onrecord" not in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["reread"],
        ["skipped"],
        ["check"],
        ["backup", "copy.db"],
        ["statements"],
        ["speakers"],
        ["pledges"],
        ["pledges", "--sum"],
        ["show", "3f"],
        ["wordings", "3f"],
        ["judge", "3f", "confirmed"],
        ["edit", "speaker", "3f", "Ilse Brandt"],
        ["edit", "merge", "Ilse Brandt", "Bo Brandt"],
        ["undo", "3f"],
        ["log"],
        ["export", "corrections"],
    ],
)
def test_where_there_is_no_record_every_command_says_how_to_make_one(town, tmp_path, arguments):
    ended = town(*arguments)
    assert (ended.status, ended.out) == (4, "")
    assert ended.err == (
        "onrecord: There is no record at onrecord.db. Make one with `onrecord add`, or name another with --record.\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news"]


def test_another_programs_database_is_left_alone(town, tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE articles (id)")
    ended = town("add", "--record", "other.db", "news")
    assert ended.status == 4
    assert "has tables of another program" in ended.err


# --- what was fetched, and stopping ---------------------------------------------------------------


class Fetcher:
    """Remembers that it fetched as soon as it is asked for the fetcher."""

    def __init__(self, memory):
        memory.put("https://example.org/feed", Validators("v1", None))


def remembered(tmp_path):
    record = Record(tmp_path / "onrecord.db")
    try:
        return record.memory.get("https://example.org/feed")
    finally:
        record.store.close()


def test_pages_are_remembered_once_their_articles_are_kept(town, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping_work, "fetcher", lambda _settings, _private, memory: Fetcher(memory))
    town("add", "-q", "--fetch", "news")
    assert remembered(tmp_path) == Validators("v1", None)


def test_pages_are_forgotten_where_the_run_was_stopped_before_their_articles(town, tmp_path, monkeypatch):
    class Stopping(Town):
        def read(self, article):
            os.kill(os.getpid(), signal.SIGINT)
            return super().read(article)

    monkeypatch.setattr(keeping_work, "fetcher", lambda _settings, _private, memory: Fetcher(memory))
    monkeypatch.setattr(pipeline, "pipeline", lambda _settings: Stopping())
    ended = town("add", "--json", "--fetch", "news")
    assert ended.status == 130
    assert in_all(ended)["articles"]["added"] == 1
    assert remembered(tmp_path) is None


DRIVER = """
import sys, time
sys.path.insert(0, {tests!r})
from onrecord import cli, judges, pipeline
from stand_ins import SCRIPTED
from town import Town, stand_in_digests
from onrecord.ingest import watch

class Slow(Town):
    def read(self, article):
        time.sleep({seconds})
        return super().read(article)

for name, made in SCRIPTED.items():
    setattr(judges, name, made)
watch.LOOK = 0.3
pipeline.pipeline = lambda _settings: Slow()
pipeline.digests = stand_in_digests
cli.main()
"""


def started(root, tmp_path, *arguments, seconds=0.1):
    code = DRIVER.format(tests=str(root / "tests"), seconds=seconds)
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"XDG_CONFIG_HOME": str(tmp_path / "none"), "XDG_DATA_HOME": str(tmp_path / "none")},
    )


def many(tmp_path, count=60):
    rows = ({"id": str(i), "text": f'{SOME}"Pier number {i} will be closed for {i} days."'} for i in range(count))
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def test_ctrl_c_keeps_the_articles_in_hand_and_a_second_run_completes_them(root, tmp_path):
    many(tmp_path)
    with started(root, tmp_path, "add", "--json", "--jobs", "1", "many.jsonl") as process:
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopping after the articles in hand." in err.decode()
    added = json.loads(out.splitlines()[-1])["articles"]["added"]
    assert 1 <= added < 60
    with started(root, tmp_path, "add", "--json", "--jobs", "1", "many.jsonl", seconds=0) as process:
        out, _ = process.communicate(timeout=60)
    found = json.loads(out.splitlines()[-1])["articles"]
    assert (process.returncode, found["known"], found["added"]) == (0, added, 60 - added)


def test_watch_keeps_what_comes_until_it_is_stopped(root, tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "fees.txt").write_text(FEES, "utf-8")
    with started(root, tmp_path, "watch", "--json", "inbox", seconds=0) as process:
        first = json.loads(process.stdout.readline())
        (tmp_path / "inbox" / "new.txt").write_text(f'{SOME}"The gate is shut and stays shut."\n', "utf-8")
        second = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (first["name"], first["arrival"], first["statements"]) == ("inbox/fees.txt", "new", 3)
    assert (second["name"], second["statements"]) == ("inbox/new.txt", 1)
    assert process.returncode == 0
    assert json.loads(out.splitlines()[-1])["articles"]["added"] == 2
    assert err.decode().startswith("Watching inbox. Press Ctrl-C to end.\n")


# --- reread ---------------------------------------------------------------------------------------


def test_reread_reads_what_another_model_has_read_and_keeps_what_people_said(kept, monkeypatch):
    (found,) = kept("statements", "--about", "ferry unsafe", "--json").json()
    kept("edit", "speaker", found["id"], "Runa Tarn", "--by", "Ana")
    assert kept("reread", "--json").json()[-1] == {"articles": {"reread": 0, "skipped": 0}, "statements": 0}
    monkeypatch.setattr(pipeline, "digests", lambda _settings: iter([("stand-in", "4567")]))
    monkeypatch.setattr(pipeline, "pipeline", lambda _settings: Town(act="evaluate"))
    ended = kept("reread")
    assert (ended.status, ended.err) == (0, "Read 2 articles anew with 6 statements.\n")
    (now,) = kept("statements", "--about", "ferry unsafe", "--json").json()
    assert (now["act"], now["speaker"]["name"]) == ("evaluate", "Runa Tarn")
    assert now["run"] != found["run"]
    assert kept("reread").err == "Read 0 articles anew with 0 statements.\n"


def test_what_can_not_be_reread_stays_as_it_was_and_is_told(kept, monkeypatch):
    def broken(_article):
        raise ValueError("no more")

    monkeypatch.setattr(stand_in.Town, "read", lambda _self, article: broken(article))
    ended = kept("reread", "--min-confidence", "0.1")
    assert ended.status == 4
    assert len(kept("statements", "--json").json()) == 6
    assert len(kept("skipped", "--json").json()) == 2


# --- check, backup, restore -----------------------------------------------------------------------


def test_a_whole_record_passes_the_check(kept):
    ended = kept("check")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "Checked 2 articles with 6 statements: all is whole.\n"
    assert kept("check", "--quiet").err == ""


@pytest.mark.parametrize(
    ("change", "table", "reason"),
    [
        ("UPDATE articles SET text = replace(text, 'half', 'most')", "articles", "its hash differs"),
        ("UPDATE statements SET text = text || '!' WHERE act = 'threaten'", "statements", "not those of its text"),
        (
            "UPDATE statements SET body = replace(body, '\"start\":', '\"start\":9') WHERE act = 'threaten'",
            "statements",
            "outside of its text",
        ),
        ("UPDATE statements SET body = '{' WHERE act = 'threaten'", "statements", "damaged"),
        ("DELETE FROM articles WHERE name = 'news/fees.txt'", "statements", "names what articles lacks"),
        ("UPDATE statements SET utterance = 'ff' WHERE act = 'threaten'", "statements", "is not there"),
    ],
)
def test_what_was_changed_behind_the_records_back_is_found(kept, tmp_path, change, table, reason):
    damage(tmp_path / "onrecord.db", change)
    ended = kept("check")
    assert ended.status == 1
    assert any(line.startswith(f"{table} ") and reason in line for line in ended.out.splitlines())
    assert "Restore a backup with `onrecord restore`." in ended.err
    rows = kept("check", "--json").json()
    assert {"table", "id", "reason"} == set(rows[0])
    assert len(rows) == len(ended.out.splitlines())


def test_a_backup_restored_elsewhere_is_the_same_record(kept, tmp_path):
    (found,) = kept("statements", "--about", "strike", "--json").json()
    kept("edit", "act", found["id"], "demand", "--by", "Ana", "--note", "he asks")
    ended = kept("backup", "monday.db")
    assert ended.status == 0
    assert ended.err.startswith("Wrote monday.db (")
    assert kept("restore", "monday.db", "--record", "new place.db").status == 0
    for command in (["statements", "--json"], ["log", "--json"], ["speakers", "--json"], ["skipped", "--json"]):
        assert kept(*command, "--record", "new place.db").out == kept(*command).out
        assert kept(*command, "--record", "monday.db").out == kept(*command).out
    assert kept("check", "--record", "new place.db").status == 0
    assert kept("add", "--record", "new place.db", "news").err.startswith("Added 0 articles with 0 statements, 2 known")
    assert not list(tmp_path.glob(".monday*"))


def test_a_backup_overwrites_nothing_and_a_restore_fills_only_what_is_empty(kept, tmp_path):
    (tmp_path / "there.db").write_text("mine", "utf-8")
    ended = kept("backup", "there.db")
    assert (ended.status, (tmp_path / "there.db").read_text("utf-8")) == (2, "mine")
    assert "there.db is there already" in ended.err
    assert "There is no folder" in kept("backup", "none/there.db").err
    kept("backup", "-q", "monday.db")
    ended = kept("restore", "monday.db")
    assert ended.status == 4
    assert "is not empty. Name a new file" in ended.err


def test_a_backup_that_fails_leaves_nothing_behind(kept, tmp_path, monkeypatch):
    def broken(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping_work, "_copy", broken)
    assert kept("backup", "[monday].db").status == 4
    assert not list(tmp_path.glob("*monday*"))


def test_statements_that_lost_their_article_are_told_as_damage(kept, tmp_path):
    damage(tmp_path / "onrecord.db", "DELETE FROM articles WHERE name = 'news/fees.txt'")
    ended = kept("statements")
    assert ended.status == 4
    assert "Run `onrecord check`; restore a backup." in ended.err


COMMANDS = (
    "add watch reread skipped check backup restore statements speakers pledges show wordings judge undo log export",
    "edit_speaker edit_said edit_act edit_drop edit_merge edit_split",
)


@pytest.mark.parametrize("command", " ".join(COMMANDS).split())
def test_every_command_helps_with_an_example(town, command):
    ended = town(*command.split("_"), "--help")
    assert ended.status == 0
    assert f"onrecord {command.replace('_', ' ')}" in ended.out[ended.out.index("Example") :]
    assert "--record" in ended.out
