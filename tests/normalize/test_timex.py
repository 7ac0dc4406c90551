from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.normalize import timexes
from onrecord.normalize.anchor import CLIPPING_EXAMPLES, TENSE_EXAMPLES, Scene
from onrecord.normalize.timex import leading_date
from onrecord.normalize.timex_rules import NONE_FOUND, RULES
from onrecord.normalize.timex_values import easter
from onrecord.types import Span

PUBLISHED = date(2025, 3, 28)  # a Friday


def bracketed(sentence):
    """Give the sentence without its brackets and the span that they held."""
    start, end = sentence.index("["), sentence.index("]") - 1
    return sentence.replace("[", "", 1).replace("]", "", 1), Span(start, end)


def values(text, published=PUBLISHED):
    return [(t.span.of(text), t.value) for t in timexes(text, published)]


@pytest.mark.parametrize(
    ("name", "sentence", "kind", "value"), [(r.name, *example) for r in RULES for example in r.examples]
)
def test_each_rule_reads_its_examples(name, sentence, kind, value):
    text, span = bracketed(sentence)
    assert (span, kind, value) in [(t.span, t.type, t.value) for t in timexes(text, PUBLISHED)], name


@pytest.mark.parametrize("sentence", NONE_FOUND)
def test_words_and_figures_that_only_look_like_times_are_left_alone(sentence):
    assert values(sentence) == []


@pytest.mark.parametrize(("sentence", "tense"), TENSE_EXAMPLES.items())
def test_tense_is_taken_from_the_nearest_cue(sentence, tense):
    text, span = bracketed(sentence)
    scene = Scene(text, text.lower(), PUBLISHED)
    scene.enter(Span(0, len(text)))
    assert scene.tense(span.start, span.end) == tense


@pytest.mark.parametrize(("sentence", "is_clipping"), CLIPPING_EXAMPLES.items())
def test_the_date_of_a_quoted_headline_is_told_from_a_date_in_the_running_text(sentence, is_clipping):
    text, _ = bracketed(sentence)
    after = f"{text} He spoke on Monday."
    clipped = {"Mar 14 2025": "2025-03-10", "March 28, 2025": "2025-03-24"}
    given_date = next(d for d in clipped if d in text)
    expected = clipped[given_date] if is_clipping else "2025-06-09"
    assert ("Monday", expected) in values(after, date(2025, 6, 15))


def test_a_weekday_ahead_counts_from_the_weekday_on_which_it_was_said():
    text = 'The mayor promised a bridge on Wednesday. "Others could announce more on Thursday," she added.'
    assert values(text) == [("Wednesday", "2025-03-26"), ("Thursday", "2025-03-27")]


def test_a_clipping_does_not_outlive_its_paragraph():
    text = "Ferry sinks - The Courier, Mar 14 2025 The crew left on Friday.\n\nThe port closed on Friday."
    assert [v for w, v in values(text) if w == "Friday"] == ["2025-03-14", "2025-03-28"]


def test_later_and_earlier_count_from_the_last_date_named():
    text = "Work began on May 2, 2023. Twelve days later it stopped; two months later it went on."
    assert [v for _, v in values(text)] == ["2023-05-02", "2023-05-14", "2023-07"]


def test_a_date_that_heads_the_text_serves_where_none_is_known():
    assert values("date 2025-03-28 The council met yesterday.", None) == [
        ("2025-03-28", "2025-03-28"),
        ("yesterday", "2025-03-27"),
    ]
    assert ("yesterday", "2025-03-27") in values("Published: March 28, 2025\n\nThe council met yesterday.", None)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("2025-03-28 The council met.", date(2025, 3, 28)),
        ("Ferry sinks\nMarch 28, 2025\nThe ferry sank.", date(2025, 3, 28)),
        ("Updated: 28 March 2025 By our staff", date(2025, 3, 28)),
        ("PARIS, March 28, 2025 (Wire) - The council met.", date(2025, 3, 28)),
        ("March 3, 1998 was a sad day.", None),
        ("The council met on March 3, 1998.", None),
    ],
)
def test_a_date_heads_a_text_only_where_it_stands_apart(head, published):
    assert leading_date(head, head.lower()) == published


def test_without_any_date_relative_values_stay_open():
    text = "He spoke on Wednesday, left last year, returns in May and was there yesterday; two days later he slept."
    assert values(text, None) == [
        ("Wednesday", "XXXX-WXX-3"),
        ("last year", "XXXX"),
        ("May", "XXXX-05"),
        ("yesterday", "XXXX-XX-XX"),
        ("two days later", "XXXX-XX-XX"),
    ]


def test_what_stands_before_an_expression_gives_its_mod():
    mods = {t.span.of(s): t.mod for s in MODS for t in timexes(s, PUBLISHED)}
    assert mods == {
        "early March": "START",
        "late 2024": "END",
        "the end of the year": "END",
        "more than two decades": "MORE_THAN",
        "nearly an hour": "LESS_THAN",
        "about three years": "APPROX",
    }


MODS = (
    "It was in early March.",
    "It was in late 2024.",
    "It closes by the end of the year.",
    "It took more than two decades.",
    "It took nearly an hour.",
    "It took about three years.",
)


def test_dates_beyond_the_calendar_do_not_raise():
    assert values("It will be 9999999 years later, or 99999 days ago, or 99999999999 centuries from now.") is not None
    assert values("An hour later on Feb. 30, 2025 and 31 June.") is not None
    assert values("It took " + "9" * 6000 + " years and " + "one " * 500 + "days.") is not None


def test_easter_falls_on_the_known_days():
    assert [easter(y) for y in (2000, 2024, 2025, 2038)] == [
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2038, 4, 25),
    ]


WORDS = (
    "the a last next this two 14 2025 1999 March May Mon Friday night ago later earlier days years century quarter "
    "first second half of in on 3 p.m. 10:30 '80s mid- - , . 2025-03-28 99/99/99 0 İ ſ ß ’ every Easter weekend now"
)
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join)), st.one_of(st.none(), st.dates()))
def test_any_text_gives_ordered_spans_inside_it_and_no_error(text, published):
    found = timexes(text, published)
    edges = [e for t in found for e in (t.span.start, t.span.end)]
    assert edges == sorted(edges)
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in found)
    assert all(t.value for t in found)


@pytest.mark.parametrize("published", [date(1, 1, 1), date(9999, 12, 31)])
def test_at_the_ends_of_the_calendar_a_holiday_is_still_read(published):
    assert [t.type for t in timexes("He spoke at Easter.", published)] == ["DATE"]
