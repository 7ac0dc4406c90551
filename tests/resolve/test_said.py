from datetime import date

import pytest

from onrecord.resolve import Resolver
from onrecord.types import Span, Timex

# The dates of the texts below, as the timex reader would give them for 2025-03-28 (a Friday).
DATES = {
    "Monday": "2025-03-24",
    "Wednesday": "2025-03-26",
    "Thursday": "2025-03-27",
    "Saturday": "2025-03-29",
    "Mar 14 2025": "2025-03-14",
    "Friday": "2025-03-28",
}

# One row a rule: the marked text, and the day of the last quotation.
CASES = {
    "a weekday right after the cue": (
        "<s0>Moro</s0> <c0>said</c0> Wednesday that <q0>the pier is closed</q0>.",
        "2025-03-26",
    ),
    "a weekday inside the cue": ("<s0>Moro</s0> <c0>said Wednesday</c0> <q0>the pier is closed</q0>.", "2025-03-26"),
    "a weekday at the head of the sentence": (
        "On Monday, <s0>Moro</s0> <c0>said</c0> <q0>the pier is closed</q0>.",
        "2025-03-24",
    ),
    "the nearer of two": (
        "Asked on Monday, <s0>Moro</s0> <c0>said</c0> on Wednesday <q0>the pier is closed</q0>.",
        "2025-03-26",
    ),
    "a weekday in the content is not the day of speaking": (
        "<s0>Moro</s0> <c0>said</c0> <q0>the pier would close on Wednesday</q0>.",
        None,
    ),
    "a weekday in the content is the day of a deed": (
        "<s0>Moro</s0> <c0>committed</c0> <q0>to a new pier on Wednesday</q0>.",
        "2025-03-26",
    ),
    "a day from which on is none": ("Since Monday <s0>Moro</s0> has <c0>said</c0> <q0>the pier is closed</q0>.", None),
    "a possessive day is none": ("After Monday's vote <s0>Moro</s0> <c0>said</c0> <q0>no</q0>.", None),
    "a day that is yet to come is none": (
        "<s0>Moro</s0> will <c0>say</c0> Saturday that <q0>the pier is closed</q0>.",
        None,
    ),
    "the date of a clipping": (
        "Pier Is Closed - Tarn Post, Mar 14 2025 <s0>Moro</s0> <c0>said</c0> <q0>no</q0>.",
        "2025-03-14",
    ),
    "the same speaker goes on": (
        '<s0>Moro</s0> <c0>said</c0> Wednesday <q0>no</q0>.\n\n<q1>"Never,"</q1> <s1>Moro</s1> <c1>added</c1>.',
        "2025-03-26",
    ),
    "another speaker does not": (
        '<s0>Moro</s0> <c0>said</c0> Wednesday <q0>no</q0>.\n\n<q1>"Never,"</q1> <s1>Lind</s1> <c1>added</c1>.',
        None,
    ),
    "nothing told, nothing given": ("<s0>Moro</s0> <c0>said</c0> <q0>no</q0>.", None),
}


def timexes(text):
    found = [
        Timex(Span(at, at + len(words)), "DATE", value)
        for words, value in DATES.items()
        for at in range(len(text))
        if text.startswith(words, at)
    ]
    return sorted(found, key=lambda t: t.span.start)


def said(article, quotations, times):
    """The rules' answers alone."""
    return Resolver().resolve(article, quotations, times).said


@pytest.mark.parametrize("case", CASES)
def test_day_is_found(case, marked):
    text, day = CASES[case]
    article, quotations = marked(text)
    got = said(article, quotations, timexes(article.text))[-1]
    assert (got.value if got else None) == day


def test_day_points_at_its_words(marked):
    article, quotations = marked("<s0>Moro</s0> <c0>said</c0> Wednesday <q0>no</q0>.")
    assert said(article, quotations, timexes(article.text))[0].span.of(article.text) == "Wednesday"


def test_published_date_alone_is_never_the_day(marked):
    article, quotations = marked("<s0>Moro</s0> <c0>said</c0> <q0>no</q0>.", published=date(2025, 3, 28))
    assert said(article, quotations, ()) == (None,)


def test_day_in_the_page_s_header_is_the_published_date_and_no_day_of_speaking(marked):
    text = "Published: Mar 14 2025\n\n<s0>Moro</s0> <c0>said</c0> <q0>no</q0>."
    article, quotations = marked(text, published=date(2025, 3, 14))
    assert said(article, quotations, timexes(article.text)) == (None,)


def test_part_of_a_day_counts_as_its_day(marked):
    article, quotations = marked("<s0>Moro</s0> <c0>said</c0> Wednesday night <q0>no</q0>.")
    at = article.text.index("Wednesday")
    night = Timex(Span(at, at + 15), "TIME", "2025-03-26TNI")
    assert said(article, quotations, [night])[0].value == "2025-03-26"


def test_day_of_a_debate_holds_for_all_who_spoke_in_it(marked):
    text = "The two met in a debate in Tarn on Wednesday.\n\n<s0>Moro</s0> <c0>said</c0> <q0>no</q0>."
    article, quotations = marked(text)
    assert said(article, quotations, timexes(article.text))[0].value == "2025-03-26"


def test_day_of_a_debate_that_is_yet_to_come_is_no_day_of_speaking(marked):
    text = "The two will meet in a debate in Tarn on Wednesday.\n\n<s0>Moro</s0> <c0>said</c0> <q0>no</q0>."
    article, quotations = marked(text)
    assert said(article, quotations, timexes(article.text)) == (None,)
