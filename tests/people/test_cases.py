"""Dated offices, namesakes and spellings: cases written by us in the .tsv files beside this one."""

from datetime import date
from pathlib import Path

import pytest

from onrecord.people import People

HERE = Path(__file__).parent


def cases(name):
    lines = (HERE / f"{name}.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def people():
    return People.load()


ROLES, NAMESAKES, NAMES = cases("roles"), cases("namesakes"), cases("names")


def test_there_are_cases_enough():
    assert len(ROLES) >= 60
    assert len(NAMESAKES) >= 30


@pytest.mark.parametrize(("office", "on", "name", "title", "status"), ROLES)
def test_an_office_is_held_by_the_one_of_that_day(people, office, on, name, title, status):
    day = date.fromisoformat(on)
    found = people.holder(office, day)
    assert found is not None, [p.name for p in people.holders(office, day)]
    assert found.name == name
    terms = [t for t in found.terms if t.status(day)]
    shown = {(r.title, r.status) for t in terms if (r := people.role(_only(found, t), day))}
    assert (title, status) in shown


def _only(person, term):
    """Give the person as if it had held that office alone."""
    from dataclasses import replace

    return replace(person, terms=(term,))


@pytest.mark.parametrize(("name", "on", "beside", "meant", "other", "why"), NAMESAKES)
def test_namesakes_are_kept_apart(people, name, on, beside, meant, other, why):
    day = date.fromisoformat(on)
    found = people.named(name, day, beside or None)
    assert found, "nobody"
    assert found[0].name == meant, [p.name for p in found[:4]]
    assert people.named(other, day), "the namesake is known too"
    assert people.identify(name, day, beside or None) in (found[0], None)
    if beside:
        assert people.identify(name, day, beside) == found[0], why


@pytest.mark.parametrize(("name", "on", "meant"), NAMES)
def test_a_name_finds_its_bearer_in_any_spelling(people, name, on, meant):
    found = people.named(name, date.fromisoformat(on))
    assert found, "nobody"
    assert found[0].name == meant, [p.name for p in found[:4]]
