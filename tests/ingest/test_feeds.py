import gzip
import io
import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_in import PAGE

from onrecord.errors import BrokenInput, EmptyInput, InputError, NotFetched, TooLarge
from onrecord.ingest import IngestOptions, articles, feeds, fragments, xml
from onrecord.ingest.options import Page
from onrecord.ingest.source import Source
from onrecord.types import Article, Skipped

BODY = "<p>Three ports agreed on Monday.</p><p>“We will pay,” Marta Lindqvist <b>said</b>.</p>"
TEXT = "Three ports agreed on Monday.\n\n“We will pay,” Marta Lindqvist said."
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour &amp;amp; Post</title><link>https://harbour.example/</link>
<managingEditor>desk@harbour.example (The Desk)</managingEditor>
<item><title>Ports &lt;i&gt;agree&lt;/i&gt;</title><link>/toll</link><guid isPermaLink="false">toll-1</guid>
  <dc:creator>By Joel Aa and Ida Berg</dc:creator><pubDate>Fri, 28 Mar 2025 23:30:00 -0500</pubDate>
  <description>Ports agree.</description><content:encoded><![CDATA[{BODY}]]></content:encoded></item>
<item><title>Summary</title><link>https://harbour.example/summary</link><description>Ports agree.</description></item>
<item><title>Link</title><guid>https://harbour.example/link</guid></item>
<item><title>Nothing</title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><author><name>Joel Aa</name></author>
<entry><id>urn:1</id><title>Ports agree</title><link href="https://harbour.example/toll"/>
  <published>2025-03-28T10:00:00Z</published><updated>2025-04-02T10:00:00Z</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div></content></entry>
<entry><id>urn:2</id><title>Plain</title><updated>2025-04-02T10:00:00Z</updated><author><name>Ida Berg</name></author>
  <content type="text">Ships &lt; 100 m pay less.</content></entry>
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://harbour.example/"><title>Harbour Post</title></channel>
<item rdf:about="https://harbour.example/toll"><title>Ports agree</title><link>https://harbour.example/toll</link></item>
</rdf:RDF>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Harbour Post",
    "home_page_url": "https://harbour.example/",
    "authors": [{"name": "Joel Aa"}],
    "items": [
        {"id": "1", "url": "/toll", "title": "Ports agree", "content_html": BODY, "date_published": "2025-03-28T23:30"},
        {"id": "2", "content_text": "Three ports agreed.\n\nAt last.", "author": {"name": "Ida Berg"}},
        {"id": "3", "url": "https://harbour.example/3", "content_html": "<p>Agreed.</p>", "summary": "Agreed."},
        "no item",
    ],
}  # fmt: skip
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://harbour.example/toll</loc><lastmod>2025-04-02</lastmod><news:news><news:publication>
<news:name>Harbour Post</news:name></news:publication><news:publication_date>2025-03-28</news:publication_date>
<news:title>Ports agree</news:title></news:news>
<image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:loc>https://harbour.example/a.png</image:loc>
<image:title>A quay</image:title></image:image></url><url><loc><![CDATA[https://harbour.example/link]]></loc></url>
<url><loc>not an address</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://harbour.example/a.xml.gz</loc></sitemap><sitemap><loc>https://harbour.example/b.xml</loc></sitemap>
</sitemapindex>"""
OPML = """<opml version="2.0"><head><title>Ports</title></head><body><outline text="North">
<outline type="rss" text="Harbour Post" xmlUrl="https://harbour.example/feed"/></outline>
<outline text="Quay" XMLURL="https://quay.example/feed.json"/><outline text="A note"/></body></opml>"""


class Scripted:
    """A fetcher that has its answers ready."""

    def __init__(self, **pages):
        self.pages = {f"https://harbour.example/{path}": data for path, data in pages.items()}
        self.asked, self.remembered = [], []

    def __call__(self, url):
        self.asked.append(url)
        data = self.pages.get(url, b"")
        if data == b"":
            raise NotFetched("there is no such page; check the address")
        data = data.encode() if isinstance(data, str) else data
        media = "text/html" if data.startswith(b"<") else "text/plain"
        return Page(url, data, media, lambda: self.remembered.append(url))


def read(reader, data, name="feed.xml", fetcher=None):
    data = data if isinstance(data, bytes) else data.encode()
    return list(reader(Source(name, io.BytesIO(data)), IngestOptions(fetcher=fetcher)))


# --- feeds as files ---


def test_an_entry_with_its_whole_text_is_an_article():
    [article, *_] = read(xml.read, RSS)
    assert article == Article(
        id=article.id,
        name="toll-1",
        text=TEXT,
        title="Ports agree",
        published=date(2025, 3, 28),
        publisher="Harbour & Post",
        url="https://harbour.example/toll",
        authors=("Joel Aa", "Ida Berg"),
    )


def test_an_entry_without_it_says_what_the_feed_holds_and_how_to_get_more():
    [_, summary, link, nothing] = read(xml.read, RSS)
    assert summary == Skipped(
        "https://harbour.example/summary",
        "ingest",
        "the feed holds only a summary of it; add --fetch to get its page, https://harbour.example/summary",
    )
    assert link.reason == "the feed holds no text of it; add --fetch to get its page, https://harbour.example/link"
    assert nothing.name == "feed.xml:4"
    assert nothing.reason == "the feed holds no text of it and no address of its page; give the article itself"


def test_atom_is_read_with_its_kinds_of_text_and_the_authors_of_the_feed():
    [first, second] = read(xml.read, ATOM)
    assert (first.name, first.text, first.published, first.authors) == ("urn:1", TEXT, date(2025, 3, 28), ("Joel Aa",))
    assert (second.text, second.published) == ("Ships < 100 m pay less.", date(2025, 4, 2))
    assert second.authors == ("Ida Berg",)


def test_the_editor_of_an_rss_feed_is_not_the_author_of_its_entries():
    feed = RSS.replace("<dc:creator>By Joel Aa and Ida Berg</dc:creator>", "")
    assert read(xml.read, feed)[0].authors == ()


def test_a_mail_address_is_no_author_but_the_name_beside_it_is():
    for words, names in (
        ("aa@harbour.example (Joel Aa)", ("Joel Aa",)),
        ("Joel Aa &lt;aa@harbour.example&gt;", ("Joel Aa",)),
        ("aa@harbour.example", ()),
    ):
        feed = RSS.replace("<dc:creator>By Joel Aa and Ida Berg</dc:creator>", f"<author>{words}</author>")
        assert read(xml.read, feed)[0].authors == names


def test_rdf_is_read():
    [found] = read(xml.read, RDF)
    assert (found.name, found.reason[:29]) == ("https://harbour.example/toll", "the feed holds no text of it;")


def test_a_json_feed_is_read(tmp_path):
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(JSON))
    html, plain, teaser, broken = articles([str(path)])
    assert (html.name, html.text, html.url) == ("1", TEXT, "https://harbour.example/toll")
    assert (html.published, html.publisher, html.authors) == (date(2025, 3, 28), "Harbour Post", ("Joel Aa",))
    assert (plain.text, plain.authors) == ("Three ports agreed.\n\nAt last.", ("Ida Berg",))
    assert teaser.reason.startswith("the feed holds only a summary of it; add --fetch")
    assert broken == Skipped(f"{path}:4", "ingest", broken.reason)


def test_a_feed_is_known_by_its_root_whatever_it_is_called(tmp_path):
    for name in ("a.rss", "a.atom", "a.xml", "a.rdf", "feed", "a.php"):
        (tmp_path / name).write_text(ATOM)
        assert [a.name for a in articles([str(tmp_path / name)])] == ["urn:1", "urn:2"]


def test_xhtml_under_the_name_of_xml_is_a_page(tmp_path):
    (tmp_path / "a.xml").write_text(f"<?xml version='1.0'?><!-- saved --><html>{BODY}</html>")
    [article] = articles([str(tmp_path / "a.xml")])
    assert article.text == TEXT


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ("<rss version='2.0'><channel><title>Harbour Post</title></channel></rss>", "no entry"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'/>", "no entry"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", r"sort that is not read \(<svg>\)"),
        ("<!-- nothing -->", "no XML element"),
        ("Three ports agreed.", "no XML element"),
        ("<urlset/>", "no web address"),
        ("<opml><body/></opml>", "no web address"),
    ],
)
def test_a_document_that_holds_nothing_says_so(document, why):
    with pytest.raises((BrokenInput, EmptyInput), match=why):
        read(xml.read, document)


# --- whole texts ---


@pytest.mark.parametrize(("text", "cut_off"), feeds.ENDINGS)
def test_a_text_that_is_cut_off_is_known_by_its_end(text, cut_off):
    assert feeds.is_cut_off(text) == cut_off


def test_a_long_summary_is_a_whole_text_and_a_teaser_given_twice_is_none():
    long = "Three ports agreed. " * 100
    assert feeds.whole_text("", long) == long
    assert feeds.whole_text("Ports agree.", "Ports agree.") == ""
    assert feeds.whole_text("Ports agree. At last.", "Ports agree.") == "Ports agree. At last."
    assert feeds.whole_text(long + "…", "Ports agree.") == ""


@pytest.mark.parametrize(("markup", "text"), fragments.FRAGMENTS)
def test_a_piece_of_html_becomes_its_paragraphs(markup, text):
    assert fragments.text_of(markup) == text


@given(st.text())
@settings(max_examples=60)
def test_any_piece_of_html_gives_a_text(markup):
    assert "\u2029" not in fragments.text_of(f"<p>{markup}<b>{markup}")


# --- hostile documents ---


def test_entities_are_neither_expanded_nor_fetched(tmp_path):
    (tmp_path / "secret.txt").write_text("top secret")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = f"""<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}<!ENTITY secret SYSTEM "file://{tmp_path}/secret.txt">
        <!ENTITY % more SYSTEM "http://127.0.0.1:9/more.dtd">%more;]>
        <rss version="2.0"><channel><title>&l9;</title><item><title>&secret;</title>
        <description>&l9; &secret;</description><link>https://harbour.example/</link></item></channel></rss>"""
    for name in ("rss", "opml", "urlset"):
        try:
            found = read(xml.read, document.replace("rss", name))
        except (BrokenInput, EmptyInput) as error:
            found = [error]
        assert "secret" not in str(found)
        assert "lollol" not in str(found)


def test_an_entity_in_an_attribute_does_not_swell_either():
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    outline = '<outline xmlUrl="https://a.example/&l9;"/>'
    document = f'<!DOCTYPE opml [<!ENTITY l0 "lol">{bomb}]><opml><body>{outline}</body></opml>'
    try:
        found = read(xml.read, document)
    except (BrokenInput, EmptyInput) as error:
        found = [error]
    assert len(str(found)) < 100_000


@pytest.mark.parametrize("root", ["rss", "opml", "urlset", "sitemapindex"])
def test_depth_without_end_is_no_matter(root):
    document = f"<{root}><channel><item><description>" + "<a>" * 50_000
    with suppress(BrokenInput, EmptyInput):
        assert read(xml.read, document)


def test_a_feed_of_tags_without_end_is_refused():
    with pytest.raises(TooLarge, match="split it"):
        read(xml.read, "<rss><channel>" + "<item/>" * feeds.MOST_TAGS)


@given(st.binary(max_size=300), st.integers(0, len(RSS)))
@settings(max_examples=60, deadline=None)
def test_a_damaged_feed_gives_articles_or_reasons(damage, place):
    data = RSS.encode()
    with suppress(InputError):
        assert read(xml.read, data[:place] + damage + data[place:])


# --- with a fetcher ---


def test_the_page_of_an_entry_is_read_and_the_feed_fills_its_gaps():
    fetcher = Scripted(summary=PAGE, link=PAGE)
    [_, summary, link, _] = read(xml.read, RSS, fetcher=fetcher)
    assert fetcher.asked == ["https://harbour.example/summary", "https://harbour.example/link"] == fetcher.remembered
    assert summary.text == "Three ports agreed on Monday.\n\n“We will pay,” she said."
    assert (summary.name, summary.title) == ("https://harbour.example/summary", "Summary")
    assert (summary.publisher, link.url) == ("Harbour & Post", "https://harbour.example/link")


def test_what_the_page_says_of_itself_goes_before_the_feed():
    page = f"<html><head><meta property='og:title' content='The page says so'></head><body>{BODY}</body></html>"
    assert read(xml.read, RSS, fetcher=Scripted(summary=page))[1].title == "The page says so"


def test_a_feed_at_an_address_is_remembered_only_when_all_its_pages_were_read():
    whole, part = Scripted(feed=RSS, summary=PAGE, link=PAGE), Scripted(feed=RSS, link=PAGE)
    for fetcher, remembered in ((whole, True), (part, False)):
        found = list(articles(["https://harbour.example/feed"], IngestOptions(fetcher=fetcher)))
        assert len(found) == 4
        assert ("https://harbour.example/feed" in fetcher.remembered) == remembered
    assert found[1] == Skipped("https://harbour.example/summary", "fetch", "there is no such page; check the address")


def test_a_feed_is_not_remembered_before_the_last_article_was_taken():
    fetcher = Scripted(feed=ATOM)
    given = articles(["https://harbour.example/feed"], IngestOptions(fetcher=fetcher))
    assert [next(given).name, next(given).name] == ["urn:1", "urn:2"]
    assert fetcher.remembered == []
    assert next(given, None) is None
    assert fetcher.remembered == ["https://harbour.example/feed"]


def test_nothing_comes_from_an_address_that_holds_nothing_new():
    assert list(articles(["https://harbour.example/"], IngestOptions(fetcher=lambda _: None))) == []


def test_without_a_fetcher_an_address_names_the_flag():
    [found] = articles(["https://harbour.example/"])
    assert found.name == "https://harbour.example/"
    assert "add --fetch" in found.reason


def test_an_address_may_hold_anything_that_a_file_may():
    for data in (PAGE, ATOM, json.dumps(JSON), json.dumps({"text": "Three ports agreed."}), "Three ports agreed."):
        [first, *_] = articles(["https://harbour.example/x"], IngestOptions(fetcher=Scripted(x=data)))
        assert isinstance(first, Article)


def test_a_link_to_what_is_no_page_is_told():
    found = read(xml.read, RSS, fetcher=Scripted(summary=RSS, link=b"%PDF-1.7 x"))
    assert found[1].reason.startswith("the address leads to no page;")
    assert found[2].reason.startswith("it looks like a PDF;")


# --- lists of addresses ---


def test_without_a_fetcher_each_address_of_a_list_is_skipped():
    for document, names in (
        (SITEMAP, ["https://harbour.example/toll", "https://harbour.example/link"]),
        (INDEX, ["https://harbour.example/a.xml.gz", "https://harbour.example/b.xml"]),
        (OPML, ["https://harbour.example/feed", "https://quay.example/feed.json"]),
    ):
        found = read(xml.read, document)
        assert [s.name for s in found] == names
        assert all(s.reason.startswith("it is only named, in a list; add --fetch to get ") for s in found)


def test_a_sitemap_leads_to_pages_and_a_news_sitemap_tells_of_them():
    [toll, link] = read(xml.read, SITEMAP, fetcher=Scripted(toll=PAGE, link=PAGE))
    assert (toll.title, toll.published, toll.publisher) == ("Ports agree", date(2025, 3, 28), "Harbour Post")
    assert (link.title, link.published, link.url) == (None, None, "https://harbour.example/link")


def test_a_list_of_sitemaps_leads_to_sitemaps_packed_or_not():
    fetcher = Scripted(**{"a.xml.gz": gzip.compress(SITEMAP.encode()), "b.xml": SITEMAP, "toll": PAGE, "link": PAGE})
    assert [a.url[-4:] for a in read(xml.read, INDEX, fetcher=fetcher)] == ["toll", "link"] * 2


def test_a_list_of_feeds_leads_to_their_articles():
    found = read(xml.read, OPML, fetcher=Scripted(feed=ATOM))
    assert [getattr(f, "reason", f.name) for f in found] == [
        "urn:1",
        "urn:2",
        "there is no such page; check the address",
    ]


def test_no_list_leads_back_to_itself():
    fetcher = Scripted(**{"a.xml.gz": INDEX, "b.xml": OPML, "feed": OPML, "toll": SITEMAP, "link": RSS})
    for document in (INDEX, OPML, SITEMAP):
        assert all(isinstance(f, Skipped) for f in read(xml.read, document, fetcher=fetcher))
    assert len(fetcher.asked) == 6


def test_a_packed_sitemap_that_swells_is_refused():
    bomb = gzip.compress(b"<urlset>" + b" " * 30_000_000)
    fetcher = Scripted(**{"a.xml.gz": bomb, "b.xml": bomb[:-9]})
    assert all("--max-bytes" in f.reason or "unpacked" in f.reason for f in read(xml.read, INDEX, fetcher=fetcher))


# --- the shared samples ---


@pytest.mark.shared
def test_every_sample_is_read_or_skipped_with_a_reason_and_a_remedy(shared):
    samples = sorted((shared / "data" / "web" / "feeds").iterdir())
    assert len(samples) == 47
    for sample in samples:
        found = list(articles([str(sample)]))
        assert found, sample
        assert all(isinstance(f, Article) or "; " in f.reason for f in found), sample
