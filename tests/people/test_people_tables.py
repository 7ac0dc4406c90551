"""The tables that ship: sorted, of one shape, in agreement with each other, and no larger than they need to be."""

from importlib.resources import files

import pytest

from onrecord import days
from onrecord.people import folding, matching, offices, places, tables

DATA = files("onrecord.people") / "data"
COLUMNS = {"terms": 8, "people": 7, "names": 2, "nicknames": 2, "places": 6, "offices": 5, "wordings": 5, "sounds": 4}


@pytest.mark.parametrize("name", COLUMNS)
def test_each_line_has_all_its_columns(name):
    assert [line for line in tables.lines(name) if line.count("\t") != COLUMNS[name] - 1] == []


@pytest.mark.parametrize("name", ["terms", "people", "names", "nicknames"])
def test_the_made_tables_are_sorted_without_doubles(name):
    lines = tables.lines(name)
    assert list(lines) == sorted(set(lines))


def test_the_tables_stay_small():
    assert sum(len((DATA / f"{name}.tsv").read_bytes()) for name in COLUMNS) < 5_000_000


def test_every_term_belongs_to_a_person_and_says_where_it_comes_from():
    ids = {line.split("\t")[0] for line in tables.lines("people")}
    rows = [line.split("\t") for line in tables.lines("terms")]
    assert [r for r in rows if r[5] not in ids] == []
    assert [r for r in rows if not r[7]] == []


def test_every_term_has_an_end_or_a_day_on_which_it_was_known_to_run():
    wrong = []
    for line in tables.lines("terms"):
        _, _, since, until, as_of, *_ = line.split("\t")
        first, last = days.first_day(since), days.last_day(until or as_of)
        if first is None or last is None or first > last:
            wrong.append(line)
    assert len(wrong) <= 20, wrong[:30]  # sources that contradict themselves; they are never shown as held


def test_the_index_of_names_finds_everybody_by_the_family_name():
    index = {key: ids.split(" ") for key, ids in (line.split("\t") for line in tables.lines("names"))}
    lost = []
    for line in tables.lines("people"):
        id, name, _, family, *_ = line.split("\t")
        words = {*folding.parts(family), *folding.parts(name)[-1:]}
        if not any(id in index.get(folding.sound(w), ()) for w in words):
            lost.append(name)
    assert len(lost) <= 10, lost[:20]  # names without a Latin letter


def test_a_place_names_a_known_country():
    known = places.places()
    assert [p.name for p in known.values() if p.of and p.of not in known] == []


@pytest.mark.parametrize(("pattern", "first", "second"), [(r[0], r[2], r[3]) for r in tables.rows("sounds")])
def test_a_rule_of_sounds_joins_its_example(pattern, first, second):
    assert folding.sound(folding.plain(first)) == folding.sound(folding.plain(second)), pattern


@pytest.mark.parametrize(("example", "expected"), [(r[3], r[4]) for r in tables.rows("wordings")])
def test_a_rule_of_wordings_gives_its_example(example, expected):
    assert offices.canonical(example, "") in (expected, offices.canonical(expected, ""))


@pytest.mark.parametrize("one", [r[0] for r in tables.rows("offices")])
def test_an_office_is_named_by_its_own_name(one):
    where = next(r[1] for r in tables.rows("offices") if r[0] == one)
    assert offices.canonical(one, where) == one


def test_short_forms_know_bob():
    assert "bob" in matching.short_forms()["robert"]
    assert "joe" in matching.short_forms()["joseph"]


def test_the_table_says_where_it_comes_from():
    notice = (DATA / "NOTICE.md").read_text("utf-8")
    bases = {part.split(",")[0].strip() for line in tables.lines("terms") for part in line.split("\t")[7].split(";")}
    told = {"end: successor", "end: hand", "the Factbook agrees"}
    assert [b for b in bases - told if f"`{b}`" not in notice] == []
