import json
import logging
from datetime import date

import pytest

from onrecord.errors import BrokenInput
from onrecord.ingest import html
from onrecord.ingest.facts import Facts

LIMIT = 1_000_000
PARAGRAPHS = (
    "Three ports agreed on a toll on Monday, the harbour office in Northmoor said in a long statement.",
    "The minister, Ada Quill, spoke for an hour before the assembly and the press, and she was heard in silence.",
    "“We will pay what we owe and not a penny more,” she said, and then she left the room.",
)


def page(body="", head="", title="Three ports agree"):
    paragraphs = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{body}{paragraphs}</article>"
        "<footer>© 2019 Harbour Post, 2019-05-05</footer></body></html>"
    )


def ld(value):
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


def body_of(markup):
    return html.read(markup, LIMIT)[0]


def facts_of(markup):
    return html.read(markup, LIMIT)[1]


NEWS = {
    "@type": "NewsArticle",
    "headline": "Three ports agree &amp; pay",
    "datePublished": "2025-03-28T23:30:00-05:00",
    "author": [{"@type": "Person", "name": "Marta Lindqvist"}, {"@type": "Person", "name": "Joel Aa"}],
    "publisher": {"@type": "Organization", "name": "Harbour Post"},
    "mainEntityOfPage": {"@id": "https://harbour.example/toll"},
}
SAID = Facts(
    title="Three ports agree & pay",
    published=date(2025, 3, 28),
    publisher="Harbour Post",
    url="https://harbour.example/toll",
    authors=("Marta Lindqvist", "Joel Aa"),
)


# --- body ---


def test_paragraphs_headings_and_items_stand_alone_without_marks_of_markup():
    text = body_of(
        page("<h2>What was said</h2><p>It was <b>late</b> at the <a href='/x'>office</a>.</p><ul><li>One</li></ul>")
    )
    assert "What was said\n\nIt was late at the office.\n\nOne\n\n" + "\n\n".join(PARAGRAPHS) in text


def test_block_quotations_are_kept_as_paragraphs_of_their_own():
    text = body_of(
        page("<p>She wrote to the ports:</p><blockquote><p>“We will pay.</p><p>“All of it.”</p></blockquote>")
    )
    assert "She wrote to the ports:\n\n“We will pay.\n\n“All of it.”\n\nThree ports" in text


def test_the_marks_that_a_browser_draws_around_q_are_written_out():
    assert "She said “we will <b>pay</b>” twice.".replace("<b>", "").replace("</b>", "") in body_of(
        page("<p>She said <q>we will <b>pay</b></q> twice.</p>")
    )


def test_a_line_break_ends_a_paragraph_unless_the_sentence_goes_on():
    text = body_of(page("<p>Q: Will the ports pay?<br>A: They will pay on<br>the first of May.</p>"))
    assert "Q: Will the ports pay?\n\nA: They will pay on the first of May.\n\n" in text


def test_comments_tables_and_navigation_are_left_out():
    tail = "<table><tr><td>Toll 2019</td></tr></table><div id='comments'><p class='comment'>I do not agree.</p></div>"
    text = body_of(page().replace("</article>", f"</article>{tail}"))
    assert "Toll 2019" not in text
    assert "I do not agree" not in text
    assert "Home" not in text


def test_a_long_comment_before_the_page_hides_nothing():
    markup = "<!-- " + "saved by a tool " * 20 + "-->\n" + page(head=ld(NEWS)).replace("<!DOCTYPE html>", "")
    assert facts_of(markup) == SAID
    assert "\n\n".join(PARAGRAPHS) in body_of(markup)


def test_the_headline_and_pointers_to_other_articles_are_left_out():
    pointer = "<p><a href='/x'>Storm closes the old bridge</a></p><p>READ MORE: A bridge too old</p>"
    named = "<p><a href='/y'>“We will never ever pay,” she said.</a></p>"
    assert body_of(page(pointer + named)) == "\n\n".join(("“We will never ever pay,” she said.", *PARAGRAPHS))


def test_a_body_that_is_cut_up_into_boxes_of_one_class_is_put_together():
    paragraphs = [f"{number}. {words}" for number in range(1, 4) for words in PARAGRAPHS]
    boxes = "".join(
        f"<div class='aside-{i}'><p>Advertisement</p></div><div class='article__body'>"
        + "".join(f"<p>{words}</p>" for words in paragraphs[i : i + 3])
        + "</div>"
        for i in (0, 3, 6)
    )
    markup = f"<html><body><main><h1>Toll</h1>{boxes}</main></body></html>"
    assert body_of(markup) == "\n\n".join(paragraphs)


def test_a_page_without_a_head_is_read():
    assert body_of("<!-- x -->" * 9 + "<html><body><p>We go.</p><p>Now.</p></body></html>") == "We go.\n\nNow."


def test_a_fragment_without_html_tags_is_read():
    assert body_of("<p>We go.</p><p>“Now,” he said.</p>") == "We go.\n\n“Now,” he said."


@pytest.mark.parametrize(
    "markup",
    [
        "Three ports agreed.",
        "<html></html>",
        "<html><body><script>var x</script></body></html>",
        "<!-- -->",
        "<p></p>",
        "<" * 3000,
        "<div>" * 3000,
    ],
)
def test_markup_without_a_body_is_broken_input_with_a_remedy(markup):
    with pytest.raises(BrokenInput, match=r"; (save|rename)"):
        html.read(markup, LIMIT)


# --- facts ---


@pytest.mark.parametrize(
    "statement",
    [
        NEWS,
        [{"@type": "BreadcrumbList"}, NEWS],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, NEWS]},
        {"@type": "WebPage", "mainEntity": NEWS},
        NEWS | {"@type": ["Article", "ReportageNewsArticle"]},
        NEWS | {"@type": "http://schema.org/NewsArticle", "author": "Marta Lindqvist and Joel Aa"},
        NEWS | {"author": {"name": ["Marta Lindqvist", "Joel Aa"]}},
        f"<!-- {json.dumps(NEWS)} -->",
        f"//<![CDATA[\n{json.dumps(NEWS)}\n//]]>",
        json.dumps(NEWS).replace("&amp; pay", "&amp;\n pay") + ";",
    ],
)
def test_json_ld_is_read_in_all_its_shapes(statement):
    assert facts_of(page(head=ld(statement))) == SAID


def test_an_article_that_the_page_only_lists_says_nothing_of_it():
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", **NEWS}]}
    assert facts_of(page(head=ld(listed))).published is None


@pytest.mark.parametrize(
    "broken", ["{", '{"@type": "NewsArticle", "headline": 5, "author": 7}', "[" * 5000, "null", ""]
)
def test_broken_json_ld_gives_way_to_the_meta_tags(broken):
    head = ld(broken) + '<meta property="article:published_time" content="2025-03-28T10:00:00Z">'
    assert facts_of(page(head=head)).published == date(2025, 3, 28)


def test_meta_tags_are_read():
    head = (
        '<meta property="og:title" content="Three ports agree | Harbour Post">'
        '<meta property="og:site_name" content="Harbour Post">'
        '<meta name="author" content="By Marta Lindqvist"><meta name="author" content="https://harbour.example/joel">'
        '<link rel="canonical" href="https://harbour.example/toll">'
        '<meta itemprop="datePublished" content="28 March 2025">'
    )
    assert facts_of(page(head=head, title="Another heading")) == Facts(
        title="Three ports agree",
        published=date(2025, 3, 28),
        publisher="Harbour Post",
        url="https://harbour.example/toll",
        authors=("Marta Lindqvist",),
    )


def test_json_ld_goes_before_meta_tags():
    head = (
        ld(NEWS) + '<meta property="article:published_time" content="2020-01-01"><meta name="author" content="Ida Roe">'
    )
    assert facts_of(page(head=head)) == SAID


def test_of_the_stated_titles_the_one_that_the_page_shows_is_taken():
    head = ld(NEWS) + '<meta property="og:title" content="Ports: the deal">'
    assert facts_of(page(head=head, title="Ports: the deal")).title == "Ports: the deal"


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2025-03-28T10:00Z">today</time>',
        '<p class="date">28 March 2025</p>',
        '<span class="posted">Mar 28, 2025</span>',
        "<p>Published: March 28, 2025</p>",
        "<p>NORTHMOOR, March 28, 2025 (Reuters) - The ports met.</p>",
    ],
)
def test_a_date_that_the_page_shows_as_its_own_is_read(shown):
    assert facts_of(page(shown)).published == date(2025, 3, 28)


@pytest.mark.parametrize(
    "prose",
    [
        "<p>The last toll was set on 2019-01-02 by the three ports.</p>",
        "<p>The last toll was set on January 2, 2019.</p>",
        "<blockquote><p>“On 2019-01-02 we paid.”</p></blockquote>",
        "<ul><li>2019-01-02: the first toll</li></ul>",
        "",
    ],
)
def test_a_date_in_the_prose_or_the_footer_is_not_the_date_of_the_page(prose):
    assert facts_of(page(prose)).published is None


def test_nothing_of_the_parsers_reaches_standard_error(capfd):
    with pytest.raises(BrokenInput):
        html.read("<html><body></body></html>", LIMIT)
    for name in ("trafilatura.core", "trafilatura.utils", "htmldate.core", "courlan.core"):
        logging.getLogger(name).warning("a warning")
    assert capfd.readouterr() == ("", "")


def test_an_error_of_a_parser_becomes_broken_input(monkeypatch):
    def fails(*_, **__):
        raise RuntimeError("inside")

    monkeypatch.setattr(html, "_body", fails)
    with pytest.raises(BrokenInput, match=r"RuntimeError.*; save"):
        html.read(page(), LIMIT)
