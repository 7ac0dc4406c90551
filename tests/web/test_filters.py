"""What the templates write with: words as they are, marks where the evidence stands, links that lead to the web."""

import pytest

from onrecord.web.filters import counted, day, linked, marked, query

SPAN = {"start": 10, "end": 24, "text": "no <b>toll</b>"}


def at(start, end):
    return {"start": start, "end": end}


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        ([], "no &lt;b&gt;toll&lt;/b&gt;"),
        ([at(10, 12)], "<mark>no</mark> &lt;b&gt;toll&lt;/b&gt;"),
        ([at(16, 20), at(10, 12)], "<mark>no</mark> &lt;b&gt;<mark>toll</mark>&lt;/b&gt;"),
        ([at(0, 12)], "<mark>no</mark> &lt;b&gt;toll&lt;/b&gt;"),
        ([at(10, 14), at(12, 16)], "<mark>no &lt;</mark><mark>b&gt;</mark>toll&lt;/b&gt;"),
        ([at(40, 50)], "no &lt;b&gt;toll&lt;/b&gt;"),
    ],
    ids=["none", "at the start", "in any order", "begun before", "overlapping", "elsewhere"],
)
def test_evidence_is_marked_and_the_words_are_escaped(evidence, shown):
    assert marked([SPAN], evidence) == shown


def test_what_lies_between_two_pieces_is_told_to_be_left_out():
    pieces = [{"start": 0, "end": 3, "text": "one"}, {"start": 9, "end": 12, "text": "two"}]
    shown = marked(pieces, ())
    assert shown.startswith("one<")
    assert shown.endswith(">two")
    assert "words left out" in shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-03-14", '<time datetime="2026-03-14">14 March 2026</time>'),
        ("2026-03", '<time datetime="2026-03">March 2026</time>'),
        ("2026-03-14T08:00:00+00:00", '<time datetime="2026-03-14">14 March 2026</time>'),
        (None, '<span class="unknown">no date</span>'),
        ('"><script>', '<time datetime="&#34;&gt;&lt;script&gt;">&#34;&gt;&lt;script&gt;</time>'),
    ],
)
def test_days_are_for_people_and_for_machines(value, shown):
    assert day(value) == shown


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "data:text/html,x", "//elsewhere.example"])
def test_an_address_that_is_not_of_the_web_is_no_link(url):
    assert not linked(url)


def test_an_address_of_the_web_is_a_link():
    assert linked("https://post.example/toll")


def test_a_question_leaves_out_what_is_empty_and_escapes_the_rest():
    assert query(about="a&b c", page=0, since="") == "?about=a%26b+c"
    assert query(about="") == ""


def test_one_and_many():
    assert (counted(1, "report"), counted(2000, "report")) == ("1 report", "2,000 reports")
    assert counted(0, "more statement") == "0 more statements"
