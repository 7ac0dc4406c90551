"""What is mended at the edges of what the networks read."""

import pytest

from onrecord.extract.nest import EXAMPLES, names_another, within_marks
from onrecord.extract.repair import SOURCE_EXAMPLES, adopt, best_of, kind_of, settle, settle_source
from onrecord.text import quoted
from onrecord.types import Quotation, Span


def span(text, words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def quotation(text, *content, source=None, cue=None, confidence=0.9, kind="direct"):
    found = tuple(span(text, c) for c in content)
    parts = (() if p is None else (span(text, p),) for p in (source, cue))
    return Quotation(found, *parts, kind, None, confidence)


@pytest.mark.parametrize(("source", "expected"), SOURCE_EXAMPLES.items())
def test_the_source_examples_hold(source, expected):
    (found,) = settle_source(source, [Span(0, len(source))])
    assert found.of(source) == expected


@pytest.mark.parametrize(("source", "expected"), EXAMPLES.items())
def test_the_examples_of_sources_inside_quotations_hold(source, expected):
    assert names_another(source) is expected


@pytest.mark.parametrize(
    ("text", "read", "settled"),
    [
        ("“We go,” she said.", ["We go"], ["“We go,”"]),
        ("“We go,” she said, early.", ["“We go,” she"], ["“We go,”"]),
        ("He called it “a farce” twice.", ["a farce"], ["“a farce”"]),
        ("“We go. They stay,” she said.", ["“We go", "They stay"], ["“We go. They stay,”"]),
        ("She said , we go .", [", we go "], ["we go"]),
    ],
)
def test_contents_take_their_marks_and_stop_where_the_speech_stops(text, read, settled):
    found = settle(text, [span(text, r) for r in read], quoted(text))
    assert [s.of(text) for s in found] == settled


@pytest.mark.parametrize(
    ("content", "kind"),
    [("“We go,”", "direct"), ("that “we go” now", "mixed"), ("they would go", "indirect"), ("'We go,'", "direct")],
)
def test_kinds_follow_the_marks(content, kind):
    text = f"{content} she said."
    assert kind_of(text, [span(text, content)], quoted(text)) == kind


def test_of_two_readings_of_the_same_words_the_surer_is_kept():
    text = "“We go,” said Ilse Brandt, the mayor."
    sure = quotation(text, "“We go,”", source="Ilse Brandt", confidence=0.9)
    other = quotation(text, "“We go,”", source="the mayor", confidence=0.6)
    assert best_of([other, sure], []) == [sure]


def test_speech_that_nobody_claimed_goes_on_with_the_quotation_before_it():
    text = "“We will close the quay in the spring,” said Brandt.\n\n“Nobody will lose work.”\n\nThe town waits."
    (found,) = adopt(
        text, [quotation(text, "“We will close the quay in the spring,”", source="Brandt")], [], quoted(text)
    )
    assert [s.of(text) for s in found.content] == [
        "“We will close the quay in the spring,”",
        "“Nobody will lose work.”",
    ]


def test_longer_speech_stands_by_itself_with_the_same_source():
    text = "“No,” said Brandt.\n\n“Nobody will lose a day of work over this.”"
    _, found = adopt(text, [quotation(text, "“No,”", source="Brandt")], [], quoted(text))
    assert [s.of(text) for s in found.source] == ["Brandt"]


def test_a_doubtful_reading_may_claim_a_short_quotation_that_nobody_else_does():
    text = "The crowd chanted “Open the quay!” all night."
    doubtful = quotation(text, "“Open the quay!”", source="The crowd", cue="chanted", confidence=0.2)
    assert adopt(text, [], [doubtful], quoted(text)) == [doubtful]


@pytest.mark.parametrize(
    "text", ["He is known as “the Fox” here.", "She read “War and Peace” twice.", "A “so-called” plan."]
)
def test_nicknames_titles_and_scare_quotes_are_left_alone(text):
    assert adopt(text, [], [], quoted(text)) == []


def test_an_inner_reading_starts_behind_the_marks():
    text = "x “We go,” y"
    assert within_marks(text, span(text, "“We go,”")).of(text) == "We go,"
