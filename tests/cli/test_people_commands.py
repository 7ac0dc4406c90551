"""`onrecord people`: what is printed where, and what a mistake is answered with."""

import json

import pytest


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("ONRECORD_PEOPLE", raising=False)


@pytest.fixture
def council(tmp_path):
    path = tmp_path / "council.csv"
    path.write_text("Name,Role,Organisation,From,Notes\nAda Moro,mayor,Tarn Valley,2020-01-05,x\n", "utf-8")
    return str(path)


def test_a_name_is_answered_with_people_and_roles(onrecord):
    ended = onrecord("people", "find", "Zelensky", "--on", "2023-03-01")
    assert ended.status == 0
    assert ended.out == "Volodymyr Zelenskyy [Q3874799]  Ukrainian President (since 2019-05-20)\n"


def test_json_lines_hold_the_role_and_all_terms(onrecord):
    ended = onrecord("people", "find", "Jens Stoltenberg", "--on", "2020-01-01", "--json")
    first = json.loads(ended.out.splitlines()[0])
    assert first["role"]["title"] == "NATO Secretary General"
    assert first["role"]["status"] == "held"
    assert any(t["office"] == "prime minister" and t["place"] == "Norway" for t in first["terms"])


def test_an_office_is_answered_with_its_holder(onrecord):
    ended = onrecord("people", "holder", "the French president", "--on", "2016-05-01")
    assert ended.out.startswith("François Hollande ")
    known = onrecord("people", "holder", "NATO's secretary general", "--on", "2026-11-01")
    assert "last known, may have ended" in known.out


def test_nobody_is_status_four_and_says_what_to_do(onrecord):
    ended = onrecord("people", "holder", "the Tarn Valley mayor", "--on", "2021-01-01")
    assert (ended.status, ended.out) == (4, "")
    assert "add your own" in ended.err


def test_added_people_are_found_and_the_columns_are_told(onrecord, council):
    ended = onrecord("people", "add", council)
    assert ended.status == 0
    assert "Name as name, Role as office, Organisation as place, From as since" in ended.err
    assert "Not used: Notes" in ended.err
    assert onrecord("people", "holder", "Tarn Valley's mayor", "--on", "2021-01-01").out.startswith("Ada Moro ")


def test_check_only_shows(onrecord, council):
    assert "Would add 1 entry" in onrecord("people", "add", council, "--check").err
    assert onrecord("people", "find", "Ada Moro").status == 4


def test_a_wrong_table_changes_nothing(onrecord, tmp_path):
    (tmp_path / "wrong.csv").write_text("name,office,since\nAda Moro,mayor,soon\n", "utf-8")
    ended = onrecord("people", "add", str(tmp_path / "wrong.csv"))
    assert ended.status == 2
    assert "line 2: since is 'soon'" in ended.err
    assert onrecord("people", "find", "Ada Moro").status == 4


def test_another_name_a_split_and_a_merge_can_be_taken_back(onrecord, council):
    onrecord("people", "add", council)
    assert onrecord("people", "alias", "Ada Moro", "The Lioness").status == 0
    assert onrecord("people", "find", "The Lioness").out.startswith("Ada Moro ")
    assert onrecord("people", "split", "The Lioness", "own-ada-moro").status == 0
    assert onrecord("people", "find", "The Lioness").status == 4
    assert onrecord("people", "undo").status == 0
    assert onrecord("people", "find", "The Lioness").status == 0
    assert onrecord("people", "merge", "Q76", "own-ada-moro").status == 0
    assert "Ada Moro" in onrecord("people", "find", "Barack Obama", "--json").out
    log = onrecord("people", "log").out
    assert len(log.splitlines()) == 5
    assert "split 'The Lioness' from own-ada-moro  (taken back)" in log


def test_a_name_of_several_asks_for_the_id(onrecord):
    ended = onrecord("people", "alias", "Clinton", "C")
    assert ended.status == 2
    assert "Hillary Clinton [Q6294]" in ended.err
    assert "Give the id" in ended.err


def test_nothing_to_take_back_is_told(onrecord):
    ended = onrecord("people", "undo")
    assert ended.status == 2
    assert "no entry" in ended.err


def test_another_file_is_named_by_flag_or_environment(onrecord, council, tmp_path, monkeypatch):
    mine = tmp_path / "mine.jsonl"
    onrecord("people", "add", council, "--people", str(mine))
    assert onrecord("people", "find", "Ada Moro").status == 4
    assert onrecord("people", "find", "Ada Moro", "--people", str(mine)).status == 0
    monkeypatch.setenv("ONRECORD_PEOPLE", str(mine))
    assert onrecord("people", "find", "Ada Moro").status == 0
