"""What a page holds beside its article is left out, and no word of the article with it."""

import re

import pytest

from onrecord.ingest import leftovers

STORY = ["Three ports agreed on Monday.", "“We will pay,” she said.", "The toll starts in May.", "It ends in June."]
ROWS = [(pattern, words, out) for pattern, examples in leftovers.PATTERNS for words, out in examples]


@pytest.mark.parametrize(("pattern", "words", "out"), ROWS, ids=[words for _, words, _ in ROWS])
def test_each_rule_leaves_out_what_its_examples_say(pattern, words, out):
    assert bool(re.fullmatch(pattern, words, re.IGNORECASE | re.DOTALL)) is out
    assert leftovers.is_leftover(words) is out


@pytest.mark.parametrize(("heading", "is_tail"), leftovers.TAILS)
def test_a_list_of_other_articles_ends_the_text(heading, is_tail):
    teasers = ["Bridge closed", "The storm goes on and on.", "Minister resigns"]
    kept = leftovers.without_leftovers([*STORY, heading, *teasers], set())
    assert kept == (STORY if is_tail else [*STORY, heading, *teasers])


def test_a_heading_within_the_article_does_not_end_it():
    for paragraphs in ([STORY[0], "Related stories", *STORY[1:]], [*STORY, "Latest news", *STORY[2:], STORY[0]]):
        assert leftovers.without_leftovers(paragraphs, set()) == paragraphs


def test_the_headline_is_no_part_of_the_text_nor_is_the_way_to_the_page_before_it():
    titles = {leftovers.plain_words("Three ports “agree” on toll")}
    assert leftovers.without_leftovers(["World", "Europe", "Three Ports ‘agree’ on toll", *STORY], titles) == STORY
    assert leftovers.without_leftovers([*STORY, "Three ports agree on toll"], titles)[-1] == "Three ports agree on toll"


def test_a_page_of_nothing_else_keeps_its_words():
    assert leftovers.without_leftovers(["Read more"], set()) == ["Read more"]
