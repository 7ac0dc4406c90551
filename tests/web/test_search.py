from datetime import date

import pytest

from onrecord.web.search import Question, read

TODAY = date(2026, 11, 23)
PEOPLE = {"ilse brandt": ("i",), "brandt": ("i", "b"), "coal board": ("c",)}


def named(name):
    return PEOPLE.get(name.lower(), ())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("harbour fees", Question("harbour fees")),
        ("Ilse Brandt harbour fees", Question("harbour fees", "Ilse Brandt", ("i",))),
        ("harbour fees ilse brandt", Question("harbour fees", "ilse brandt", ("i",))),
        ("Brandt fees", Question("fees", "Brandt", ("i", "b"))),
        ("brandt fees", Question("brandt fees")),  # one word without a capital may be any word
        ("by:brandt fees", Question("fees", "brandt", ("i", "b"))),
        ('by:"Ilse Brandt" fees', Question("fees", "Ilse Brandt", ("i",))),
        ("by:Nobody fees", Question("fees", "Nobody", ())),
        ('"coal board"', Question('"coal board"')),
        ("fees 2024", Question("fees", since=date(2024, 1, 1), until=date(2024, 12, 31))),
        ("fees since March 2024", Question("fees", since=date(2024, 3, 1))),
        ("fees since:2024-03", Question("fees", since=date(2024, 3, 1))),
        ("fees after 2023", Question("fees", since=date(2024, 1, 1))),
        ("fees before 14 March 2024", Question("fees", until=date(2024, 3, 13))),
        ("fees from 2020 to 2022", Question("fees", since=date(2020, 1, 1), until=date(2022, 12, 31))),
        ("Ilse Brandt since 2024", Question(None, "Ilse Brandt", ("i",), since=date(2024, 1, 1))),
        ("", Question()),
        ("   ", Question()),
    ],
)
def test_the_search_box_understands_names_words_and_dates(words, expected):
    assert read(words, named, TODAY) == expected


def test_a_very_long_question_is_cut():
    assert len(read("word " * 10_000, named, TODAY).about.split()) == 40
