from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_nets import nets, scores_for, weighed

from onrecord import acts
from onrecord.people import People
from onrecord.resolve import Resolver
from onrecord.types import Article, Quotation, Span, Timex

WORDS = [
    *("Anna Moro", "Mr. Lind", "the", "The", "said", "who", "he", "They", "and", "of", "President", "French", "leader"),
    *("Wednesday", "if", "by", "\n\n", "Via Reuters", ":", ",", ".", '"', "“", "”", "'", "’s", "NATO", "told", "on X"),
    *("- Tarn Post, Mar 14 2025", "a", "poll", "I", "(", "—", "Q:", "\u00a0", "É", "𝒜"),
]
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


@st.composite
def readings(draw):
    text = draw(TEXTS)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: Span(min(p), max(p)))
    some = st.lists(spans, max_size=2).map(tuple)
    count = draw(st.integers(0, 4))
    quotations = tuple(
        Quotation(
            draw(st.lists(spans, min_size=1, max_size=2).map(tuple)),
            draw(some),
            draw(some),
            draw(st.sampled_from(("direct", "indirect", "mixed"))),
            draw(st.one_of(st.none(), st.integers(0, count - 1))),
            0.5,
        )
        for _ in range(count)
    )
    times = [
        Timex(s, "DATE", v)
        for s, v in draw(
            st.lists(
                st.tuples(spans, st.sampled_from(("2025-03-26", "2025-02-31", "2025-03", "P1D", "XXXX-WXX-3"))),
                max_size=3,
            )
        )
    ]
    return Article("a", "a", text, published=draw(st.sampled_from((None, date(2025, 3, 28))))), quotations, times


@settings(max_examples=120, deadline=None)
@given(readings())
def test_any_text_with_any_spans_is_resolved_without_an_error(reading):
    article, quotations, times = reading
    found = Resolver().resolve(article, quotations, times)
    assert len(found.speakers) == len(found.via) == len(found.said) == len(quotations)
    assert all(s is None or (s.name and 0 <= s.confidence <= 1) for s in found.speakers)
    for q in quotations:
        condition = acts.word(article, q, times).condition
        assert condition is None or 0 <= condition.start < condition.end <= len(article.text)


PEOPLE = People.load()


@settings(max_examples=60, deadline=None)
@given(readings(), st.integers(-2, 6))
def test_nor_do_networks_of_any_mind_and_the_people_table_bring_an_error(reading, best):
    article, quotations, times = reading
    made = Resolver(PEOPLE, nets(speaker=scores_for(best), day_again=scores_for(best)))
    found = made.resolve(article, quotations, times, weighed(article, quotations))
    assert len(found.speakers) == len(found.via) == len(found.said) == len(quotations)
    assert all(s is None or (s.name and 0 <= s.confidence <= 1) for s in found.speakers)
    values = {t.value[: len(s.value)] for s in found.said if s for t in times}
    assert all(s is None or s.value in values for s in found.said)
