"""Speakers with the people table that ships: the role of the said day, one id in all articles, namesakes kept apart."""

from dataclasses import replace
from datetime import date

import pytest
from scripted_nets import nets, scores_for, weighed

from onrecord import normalize
from onrecord.people import People
from onrecord.resolve import Resolver
from onrecord.types import Span, Timex


@pytest.fixture(scope="module")
def people():
    return People.load()


@pytest.fixture
def speaker(people, marked):
    def last(text, published, **script):
        """The speaker of the last quotation, by the rules or by scripted networks."""
        article, quotations = marked(text, published=date.fromisoformat(published))
        times = normalize.timexes(article.text, article.published)
        made = Resolver(people, nets(**script) if script else None)
        return made.resolve(article, quotations, times, weighed(article, quotations) if script else None).speakers[-1]

    return last


MACRON = "Emmanuel Macron came. <s0>Macron</s0> <c0>said</c0> {}<q0>the pier is closed</q0>."


@pytest.mark.parametrize(
    ("published", "role"),
    [("2016-05-02", "French Economy Minister"), ("2017-02-01", None), ("2025-03-28", "French President")],
)
def test_the_role_is_that_of_the_day(published, role, speaker):
    assert speaker(MACRON.format(""), published).role == role


def test_the_role_is_that_of_the_said_day_not_of_the_published_one(speaker):
    assert speaker(MACRON.format("on May 2, 2016, "), "2025-03-28").role == "French Economy Minister"


def test_a_said_week_or_a_day_that_no_calendar_has_takes_the_role_of_the_published_day(people, marked):
    article, quotations = marked(MACRON.format("last week "), published=date(2025, 3, 28))
    at = article.text.index("last week")
    for value in ("2025-W12", "2025-02-31"):
        week = Timex(Span(at, at + 9), "DATE", value)
        found = Resolver(people, nets(day_again=scores_for(0))).resolve(article, quotations, [week])
        assert found.said[0].value == value
        assert found.speakers[0].role == "French President"


@pytest.mark.parametrize(
    ("published", "name"), [("2016-05-02", "Francois Hollande"), ("2025-03-28", "Emmanuel Macron")]
)
def test_the_french_president_is_whoever_was_it_on_that_day(published, name, speaker):
    text = "Francois Hollande and Emmanuel Macron met. <s0>The French president</s0> <c0>said</c0> <q0>no</q0>."
    assert speaker(text, published).name == name


@pytest.mark.parametrize(("published", "id"), [("2016-05-02", "Q157"), ("2025-03-28", "Q3052772")])
def test_the_holder_of_an_office_is_found_though_the_article_never_names_him(published, id, people, marked):
    day = date.fromisoformat(published)
    article, quotations = marked("<s0>The French president</s0> <c0>said</c0> <q0>no</q0>.", published=day)

    def holder(features):
        """The scripted network takes the last of the choices: those who hold the office stand there."""
        return scores_for(len(features) - 1)(features)

    got = Resolver(people, nets(speaker=holder)).resolve(article, quotations, (), weighed(article, quotations))
    assert [(s.id, s.name, s.role) for s in got.speakers] == [(id, people.get(id).name, "French President")]


def test_the_role_that_the_text_gives_goes_before_that_of_the_table(speaker):
    text = "<s0>Former banker Emmanuel Macron</s0> <c0>said</c0> <q0>no</q0>."
    assert speaker(text, "2025-03-28").role == "Former banker"


def test_a_role_that_may_have_ended_is_shown_as_last_known(speaker):
    text = "<s0>Mark Rutte</s0> <c0>said</c0> <q0>no</q0>."
    assert speaker(text, "2025-03-28").role == "NATO Secretary General"
    assert speaker(text, "2026-11-01").role == "NATO Secretary General (last known)"
    assert speaker(text, "2039-11-01").role is None


SPELLINGS = ["Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Zelensky", "Zelenskyy", "Zelenskiy"]


def test_one_person_has_one_id_in_all_articles_and_spellings(speaker):
    found = [
        speaker(f"President {name} came to Tarn. <s0>{name}</s0> <c0>said</c0> <q0>no</q0>.", f"202{n}-03-28")
        for n, name in enumerate(SPELLINGS)
    ]
    assert {s.id for s in found} == {"Q3874799"}


def test_the_networks_choice_of_a_person_keeps_that_id(speaker):
    text = "Emmanuel Macron came. <s0>Macron</s0> <c0>said</c0> <q0>no</q0>."
    got = speaker(text, "2025-03-28", speaker=scores_for(0))
    assert (got.id, got.role) == ("Q3052772", "French President")


@pytest.mark.parametrize(
    ("first", "second", "ids_made"),
    [
        ("Anna Moro", "Dr. Anna Moro", 1),  # a full name means one person
        ("Moro", "Moro", 2),  # may be another in the next article
        ("Officials", "Officials", 2),
        ("Анна Моро", "Иван Петров", 2),  # letters that folding drops
    ],
)
def test_whoever_is_not_in_the_table_has_an_id_of_his_own(people, marked, first, second, ids_made):
    made = Resolver(people)
    texts = (f"<s0>{name}</s0> <c0>said</c0> <q0>no</q0>." for name in (first, second))
    ids = []
    for n, text in enumerate(texts):
        article, quotations = marked(text)
        ids += [s.id for s in made.resolve(replace(article, id=f"a{n}"), quotations, ()).speakers]
    assert len(set(ids)) == ids_made
    assert not any(people.get(i) for i in ids)


def test_a_namesake_whom_the_article_tells_apart_is_not_the_one_of_the_table(speaker):
    known = speaker("<s0>Boris Johnson</s0> <c0>said</c0> <q0>no</q0>.", "2020-05-01")
    other = speaker("<s0>Wisconsin senator Boris Johnson</s0> <c0>said</c0> <q0>no</q0>.", "2020-05-01")
    assert known.role == "British Prime Minister"
    assert other.id != known.id
    assert other.role == "Wisconsin senator"


def test_of_two_who_bear_a_name_none_is_chosen_without_a_reason(people, speaker):
    got = speaker("<s0>Mike Rogers</s0> <c0>said</c0> <q0>no</q0>.", "2013-05-01")
    assert (got.name, got.role) == ("Mike Rogers", None)
    assert people.get(got.id) is None


def test_a_namesake_of_the_other_gender_is_another(speaker):
    got = speaker("<s0>Mrs. Macron</s0> <c0>said</c0> <q0>no</q0>.", "2025-03-28")
    assert got.id != "Q3052772"
