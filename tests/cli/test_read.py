import csv
import io
import json

import pytest

from onrecord import pipeline
from onrecord.errors import EngineError, ModelError

pytestmark = pytest.mark.usefixtures("files")


def lines(ended):
    return [json.loads(line) for line in ended.out.splitlines()]


def test_json_is_a_line_for_each_article_and_nothing_else(onrecord):
    ended = onrecord("read", "--json", "one.txt", "two.txt")
    assert ended.status == 0
    assert [r["article"]["name"] for r in lines(ended)] == ["one.txt", "two.txt"]
    assert [s["content"][0]["text"] for s in lines(ended)[0]["statements"]] == ['"the bridge opens in May"']
    assert ended.err.startswith("Read 2 articles with 3 statements in ")


def test_one_article_needs_no_summary(onrecord):
    assert onrecord("read", "--json", "one.txt").err == ""


def test_quiet_keeps_the_summary_back_but_not_the_skipped(onrecord):
    assert onrecord("read", "--json", "--quiet", "one.txt", "two.txt").err == ""
    assert "empty.txt" in onrecord("read", "--json", "-q", "one.txt", "empty.txt").err


def test_what_could_not_be_read_is_listed_with_its_reason_and_the_rest_is_done(onrecord):
    ended = onrecord("read", "--json", "empty.txt", "one.txt", "nowhere.txt", "picture.txt")
    assert ended.status == 3
    assert len(lines(ended)) == 1
    assert "Skipped 3 inputs:\n" in ended.err
    told = ended.err[ended.err.index("Skipped") :].splitlines()[1:]
    assert [line.split(":")[0] for line in told] == ["  empty.txt", "  nowhere.txt", "  picture.txt"]
    assert all(len(line.split(": ", 1)[1]) > 10 for line in told)


def test_where_nothing_could_be_read_the_status_is_four(onrecord):
    ended = onrecord("read", "--json", "empty.txt")
    assert (ended.status, ended.out) == (4, "")
    assert ended.err.startswith("Skipped:\n  empty.txt: ")


def test_a_fault_in_one_article_is_a_skip_and_no_traceback(onrecord, files):
    (files / "bad.txt").write_text("CRASH now.", "utf-8")
    ended = onrecord("read", "--json", "bad.txt", "one.txt")
    assert (ended.status, len(lines(ended))) == (3, 1)
    assert "bad.txt: this is a fault of onrecord (ValueError: the stand-in was told to fail)" in ended.err
    assert "Traceback" not in ended.err


def test_with_debug_a_fault_shows_its_traceback(onrecord, files, monkeypatch):
    (files / "bad.txt").write_text("CRASH now.", "utf-8")
    monkeypatch.setenv("ONRECORD_DEBUG", "1")
    with pytest.raises(ValueError, match="told to fail"):
        onrecord("read", "--json", "bad.txt")


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "--no-such-option", "one.txt"],
        ["read", "--published", "yesterday", "one.txt"],
        ["read", "--json", "--csv", "one.txt"],
        ["read", "--jobs", "-1", "one.txt"],
        ["read", "--min-confidence", "2", "one.txt"],
        ["read", "--max-bytes", "many", "one.txt"],
        ["read", "--html", "nowhere/page.html", "one.txt"],
        ["red", "one.txt"],
    ],
)
def test_wrong_use_is_status_two_with_a_word_of_help(onrecord, arguments):
    ended = onrecord(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert len(ended.err) > 20
    assert "Traceback" not in ended.err


def test_a_broken_settings_file_is_wrong_use(onrecord, files):
    (files / "onrecord.toml").write_text("jobs = ", "utf-8")
    ended = onrecord("read", "one.txt")
    assert ended.status == 2
    assert ended.err.startswith("onrecord: onrecord.toml can't be read as TOML")


@pytest.mark.parametrize(
    ("error", "status"), [(ModelError("Weights miss. Install."), 4), (EngineError("Dead. Go."), 4)]
)
def test_without_a_model_nothing_can_be_done(onrecord, monkeypatch, error, status):
    def broken(_settings):
        raise error

    monkeypatch.setattr(pipeline, "pipeline", broken)
    ended = onrecord("read", "one.txt")
    assert (ended.status, ended.out, ended.err) == (status, "", f"onrecord: {error}\n")


def test_an_unexpected_error_says_what_to_do(onrecord, monkeypatch):
    monkeypatch.setattr(pipeline, "pipeline", lambda _settings: 1 / 0)
    ended = onrecord("read", "one.txt")
    assert ended.status == 4
    assert "Set ONRECORD_DEBUG=1" in ended.err


def test_published_and_publisher_are_the_users_word(onrecord):
    ended = onrecord("read", "--json", "--published", "2026-03-28", "--publisher", "Port Courier", "one.txt")
    article = lines(ended)[0]["article"]
    assert (article["published"], article["publisher"]) == ("2026-03-28", "Port Courier")


def test_unsure_statements_are_left_out(onrecord):
    assert lines(onrecord("read", "--json", "--min-confidence", "0.95", "one.txt"))[0]["statements"] == []


def test_a_limit_on_the_size_skips_what_is_larger(onrecord):
    ended = onrecord("read", "--json", "--max-bytes", "20", "one.txt")
    assert ended.status == 4
    assert "--max-bytes" in ended.err


def test_csv_has_one_header_for_all_articles(onrecord):
    rows = list(csv.DictReader(io.StringIO(onrecord("read", "--csv", "one.txt", "two.txt").out)))
    assert [(r["article"], r["content"]) for r in rows] == [
        ("one.txt", '"the bridge opens in May"'),
        ("two.txt", "“No tolls,”"),
        ("two.txt", "“None at all.”"),
    ]


def test_a_page_is_written_and_named(onrecord, files):
    ended = onrecord("read", "--html", "page.html", "one.txt", "two.txt")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err.endswith("Wrote page.html.\n")
    assert (files / "page.html").read_text("utf-8").count("<section ") == 2


def test_a_page_may_go_along_with_json(onrecord, files):
    assert len(lines(onrecord("read", "--json", "--html", "page.html", "one.txt"))) == 1
    assert (files / "page.html").exists()


def test_where_nothing_was_read_no_page_is_written(onrecord, files):
    assert onrecord("read", "--html", "page.html", "empty.txt").status == 4
    assert not (files / "page.html").exists()


def test_the_default_view_shows_the_marked_article_and_the_table(onrecord):
    ended = onrecord("read", "one.txt")
    assert (ended.status, ended.err) == (0, "")
    assert 'Ada Holm said ⟦"the bridge opens in May"⟧[1] on Friday.' in ended.out
    assert "1 statement of 0 speakers" in ended.out
    assert "\x1b" not in ended.out


def test_colours_can_be_forced(onrecord, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in onrecord("read", "--color", "one.txt").out
    assert "\x1b[" not in onrecord("read", "--no-color", "one.txt").out


def test_the_same_run_gives_the_same_bytes(onrecord):
    assert onrecord("read", "--json", "one.txt", "two.txt").out == onrecord("read", "--json", "one.txt", "two.txt").out


def test_a_name_that_steers_the_terminal_is_only_printed(onrecord, files):
    name = "a\x1b[2Jb.txt"
    (files / name).write_text("", "utf-8")
    assert "\x1b" not in onrecord("read", "--json", name).err
