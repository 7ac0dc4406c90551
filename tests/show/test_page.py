import dataclasses
import re
from datetime import date
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import TEXT, a_reading, a_statement, article

from onrecord.reading import Reading
from onrecord.show import page
from onrecord.text import paragraphs
from onrecord.types import Converted, Money, Quantity, Quotation, Span, Speaker

VOID = {"meta", "br", "hr", "img", "link"}


class Checker(HTMLParser):
    """Fails on elements that do not nest; keeps tags, ids, links and the text of each mark."""

    def __init__(self):
        super().__init__()
        self.stack, self.tags, self.ids, self.links = [], [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if "href" in attrs else []
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag


def checked(html):
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert checker.stack == []
    return checker


def paragraphs_of(html):
    """The words of each paragraph, without the numbers that stand behind statements."""
    found = re.findall(r'<div class="row"><p>(.*?)</p>', html, re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", "", re.sub(r"<sup>.*?</sup>", "", p))) for p in found]


def test_the_page_is_whole_and_takes_nothing_from_elsewhere():
    html = a_reading().to_html()
    found = checked(html)
    assert html.startswith("<!doctype html>")
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in found.tags}
    assert "url(" not in html
    assert "@import" not in html
    assert all(link.startswith("#") for link in found.links)
    assert {"main", "header", "footer", "article", "section"} <= {tag for tag, _ in found.tags}


def test_every_link_leads_to_a_place_and_ids_are_unique():
    html = page.page([a_reading(), a_reading()])
    found = checked(html)
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links} <= set(found.ids)


def test_the_words_of_the_article_stand_unchanged():
    assert paragraphs_of(a_reading().to_html()) == [p.of(TEXT) for p in paragraphs(TEXT)]


def test_a_statement_inside_another_is_a_mark_inside_a_mark():
    html = a_reading().to_html()
    outer, inner = (re.search(f'<mark class="direct" title="{n}', html).start() for n in (2, 3))
    between = html[outer:inner]
    assert between.count("<mark") - between.count("</mark>") == 1
    assert 'title="3. Ilse Brandt, assert, 55% sure"' in html


def test_below_a_half_the_word_unsure_stands_at_mark_note_and_row():
    html = a_reading().to_html()
    assert html.count('<b>a clerk</b> <span class="unsure">unsure</span>') == 2
    assert 'title="2. a clerk (unsure), assert, 80% sure"' in html
    assert '<b>Ilse Brandt</b> <span class="unsure">' not in html
    statement = a_reading().statements[0]
    doubtful = dataclasses.replace(statement, quotation=dataclasses.replace(statement.quotation, confidence=0.41))
    html = Reading(a_reading().article, (doubtful,), (), ()).to_html()
    assert html.count("unsure, 41%") == 3
    assert "unsure, 41% sure" not in html


def test_marks_that_cross_are_cut_so_that_the_elements_nest():
    text = "One two three four five."
    reading = Reading(article(text), (a_statement("One two three", text), a_statement("three four", text)), (), ())
    html = reading.to_html()
    checked(html)
    assert paragraphs_of(html) == [text]
    assert html.count('<sup><a href="#a1-s') == 2


def test_several_articles_share_a_page_with_a_list_of_contents():
    html = page.page([a_reading(), dataclasses.replace(a_reading(), statements=())])
    assert '<nav aria-label="Contents">' in html
    assert html.count("<section ") == 2
    assert "No statements were found in this article." in html
    assert "<nav" not in a_reading().to_html()


def test_what_an_article_says_never_becomes_markup():
    evil = '<script>alert(1)</script> & "x" said \x00\x1b.'
    speaker = Speaker("e", '"><img src=x>', "person", "<b>role</b>", 0.5)
    reading = Reading(
        article(evil, title="<i>t</i>", publisher="<u>", url='javascript:alert("1")', name="<n>"),
        (a_statement("<script>alert(1)</script>", evil, speaker=speaker),),
        (),
        (),
    )
    html = page.page([reading, reading])
    found = checked(html)
    assert not {"script", "img", "u", "n"} & {tag for tag, _ in found.tags}
    assert "javascript:" not in html
    assert not {"\x00", "\x1b"} & set(html)
    assert paragraphs_of(html)[0] == evil.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")


def test_a_web_address_is_linked():
    reading = dataclasses.replace(a_reading(), article=article(url="https://example.org/a?b=1&c=2"))
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer"' in reading.to_html()


def test_quantities_and_conversions_stand_below_the_table():
    made = Converted("USD", Decimal("5.40"), None, None, date(2025, 3, 28), "published", date(2025, 3, 28))
    money = Money(Span(0, 7), Decimal(5), "EUR", converted=(made,))
    html = Reading(
        article("5 euros, 20%"), (), (), (money,), (Quantity(Span(9, 12), Decimal(20), "percent", "percentage"),)
    ).to_html()
    assert "5 euros = 5 EUR (derived: 5.40 USD, ECB rates of 2025-03-28, published 2025-03-28)" in html
    assert "20% = 20 percent" in html


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_spans_over_any_text_give_elements_that_nest_and_the_same_words(data):
    text = data.draw(st.text("ab <&\"'\n“", min_size=1, max_size=40))
    one = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda e: e[0] < e[1])
    some = st.lists(one.map(lambda e: Span(*e)), min_size=1, max_size=3).map(tuple)
    found = tuple(
        dataclasses.replace(
            a_statement((), text, id=f"s{n}"),
            quotation=Quotation(data.draw(some), data.draw(some), (), "direct", None, 1),
        )
        for n in range(data.draw(st.integers(0, 4)))
    )
    html = Reading(article(text), found, (), ()).to_html()
    checked(html)
    assert paragraphs_of(html) == [p.of(text) for p in paragraphs(text)]
