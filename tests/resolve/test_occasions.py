"""On which day something was said, as scripted networks weigh the dates."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_nets import even, nets, scores_for
from test_resolve_fuzz import readings

from onrecord.resolve import occasions
from onrecord.resolve.occasions import NEAREST, Dater
from onrecord.types import Article, Quotation, Said, Span, Timex

PUBLISHED = date(2025, 3, 28)
VALUES = {
    "Monday": ("DATE", "2025-03-24"),
    "Wednesday night": ("TIME", "2025-03-26TNI"),
    "Saturday": ("DATE", "2025-03-29"),
    "last week": ("DATE", "2025-W12"),
    "over the weekend": ("DATE", "2025-W12-WE"),
    "in January": ("DATE", "2025-01"),
    "in 2019": ("DATE", "2019"),
    "three days": ("DURATION", "P3D"),
    "now": ("DATE", "PRESENT_REF"),
    "Mar 14 2025": ("DATE", "2025-03-14"),
}


def timexes(text):
    found = [
        Timex(Span(at, at + len(words)), *value)
        for words, value in VALUES.items()
        for at in range(len(text))
        if text.startswith(words, at)
    ]
    return sorted(found, key=lambda t: t.span.start)


def dater(article, quotations, ruled=None, times=None):
    names = ["Anna Moro"] * len(quotations)
    return Dater(
        article,
        quotations,
        timexes(article.text) if times is None else times,
        names,
        ruled or [None] * len(quotations),
    )


def days(article, quotations, ruled=None, **script):
    count = len(quotations)
    return occasions.resolve(
        article, quotations, timexes(article.text), ["Anna Moro"] * count, ruled or [None] * count, nets(**script)
    )


TWO = (
    "On Monday, <s0>Moro</s0> <c0>said</c0> Wednesday night <q0>no</q0>.\n\n<s1>Moro</s1> <c1>added</c1> <q1>yes</q1>."
)


@pytest.mark.parametrize(("best", "value"), [(0, "2025-03-24"), (1, "2025-03-26")])
def test_the_day_that_the_second_look_finds_likeliest_is_given_with_its_words(best, value, marked):
    article, quotations = marked(TWO)
    found = days(article, quotations, day_again=scores_for(best, rows=3))
    assert [s.value for s in found] == [value, value]
    assert found[0].span.of(article.text) == ("Monday", "Wednesday night")[best]


def test_where_no_day_is_likeliest_none_is_given(marked):
    assert days(*marked(TWO), day_again=scores_for(-1, rows=3)) == (None, None)


def test_a_day_with_too_small_a_share_is_not_given(marked):
    article, quotations = marked(TWO)
    three = scores_for(0, by=np.log(2), rows=3)  # 2 of 4: two days, and none
    assert days(article, quotations, day_again=three, day_share=0.51) == (None, None)
    assert [s.value for s in days(article, quotations, day_again=three, day_share=0.49)] == ["2025-03-24"] * 2


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on Monday", "2025-03-24"),
        ("Wednesday night", "2025-03-26"),
        ("last week", "2025-W12"),
        ("over the weekend", "2025-W12-WE"),
        ("in January", "2025-01"),
        ("in 2019", "2019"),
    ],
)
def test_days_weeks_months_and_years_are_given_each_as_its_value(words, value, marked):
    article, quotations = marked(f"<s0>Moro</s0> <c0>said</c0> {words} <q0>no</q0>.")
    assert [s.value for s in days(article, quotations, day_again=scores_for(0))] == [value]


@pytest.mark.parametrize("words", ["for three days", "now", "on Saturday", ""])
def test_a_length_a_vague_time_and_a_day_after_the_publication_are_never_given(words, marked):
    article, quotations = marked(f"<s0>Moro</s0> <c0>said</c0> {words} <q0>no</q0>.")
    assert dater(article, quotations).days == []
    assert days(article, quotations, day_again=scores_for(0)) == (None,)


def test_without_a_published_date_no_day_comes_after_it(marked):
    article, quotations = marked("<s0>Moro</s0> <c0>said</c0> on Saturday <q0>no</q0>.", published=None)
    assert [d.value for d in dater(article, quotations).days] == ["2025-03-29"]


def test_the_day_in_the_page_s_header_is_no_day_of_speaking(marked):
    text = "Published: Mar 14 2025\n\n<s0>Moro</s0> <c0>said</c0> <q0>no</q0>{}."
    header, both = marked(text.format("")), marked(text.format(" on Mar 14 2025"))
    assert dater(*header).days == []
    (day,) = dater(*both).days
    assert [t.span.start for t in day.timexes] == [both[0].text.rindex("Mar 14")]


def test_one_date_named_twice_is_one_day_and_the_words_nearest_say_it(marked):
    article, quotations = marked(
        "Rain fell Monday.\n\n" + "It rained on.\n\n" * 8 + "On Monday <s0>Moro</s0> <c0>said</c0> <q0>no</q0>."
    )
    made = dater(article, quotations)
    (day,) = made.days
    assert len(day.timexes) == 2
    assert made.span_of(0, day).start == article.text.rindex("Monday")


def test_of_many_days_the_nearest_are_weighed_and_the_one_that_the_rules_found(marked):
    line = "It rained on {}."
    many = [f"2024-{m:02}-{d:02}" for m in (1, 2) for d in range(1, 16)]
    article, quotations = marked("\n\n".join(map(line.format, many)) + "\n\n<s0>Moro</s0> <c0>said</c0> <q0>no</q0>.")
    times = [Timex(Span(at := article.text.index(v), at + 10), "DATE", v) for v in many]
    made = dater(article, quotations, [Said(many[0], None)], times)
    assert [made.days[k].value for k in made.near[0]] == [many[0], *many[-NEAREST + 1 :]]
    assert len(made.features(0)) == NEAREST + 1


def widths(made, count):
    """The widths of what both networks are asked for each quotation."""
    first = [made.features(i) for i in range(count)]
    more = made.again([even(x)[0] for x in first])
    assert [len(x) for x in first] == [len(x) for x in more] == [len(near) + 1 for near in made.near]
    assert all(np.isfinite(x).all() for x in (*first, *more))
    return {(x.shape[1], y.shape[1]) for x, y in zip(first, more, strict=True)}


def usual_widths():
    """Those of a plain sentence."""
    text = "Moro said Monday no."
    quotation = Quotation((Span(17, 19),), (Span(0, 4),), (Span(5, 9),), "indirect", None, 0.9)
    article = Article("a", "a", text, published=PUBLISHED)
    return widths(Dater(article, (quotation,), timexes(text), ["Moro"], [None]), 1)


@settings(max_examples=60, deadline=None)
@given(readings(), st.booleans())
def test_features_of_any_text_are_finite_and_of_one_width(reading, ruled):
    article, quotations, times = reading
    said = [Said("2025-03-26", None) if ruled else None] * len(quotations)
    made = Dater(article, quotations, times, ["Anna Moro", None, "Bo Lind", None][: len(quotations)], said)
    found = widths(made, len(quotations)) if quotations else set()
    assert len(usual_widths()) == 1
    assert found <= usual_widths()


def test_the_second_look_knows_what_the_first_made_of_the_other_quotations(marked):
    made = dater(*marked(TWO))
    alike = made.again([scores_for(0)(made.features(i))[0] for i in range(2)])
    other = made.again([scores_for(i)(made.features(i))[0] for i in range(2)])
    assert (alike[0][:, 0] == other[0][:, 0]).all()  # its own first look is the same
    assert (alike[0] != other[0]).any()
