"""News items of agencies: NewsML-G2 and NITF."""

import io

import pytest

from onrecord.errors import BrokenInput, EmptyInput, InputError
from onrecord.ingest import newsml, xml
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.types import Skipped

NITF = """<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head>
<docdata><date.issue norm="20250327T101500+0100"/></docdata>
<pubdata name="Harbour Post"/></head><body><body.head><hedline><hl1>Three ports <em>agree</em></hl1></hedline>
<byline>By Marta Lindqvist, <byttl>Trade Editor</byttl></byline></body.head><body.content>
<p>Three ports, <person>Vera Lund</person> said,
agreed.</p><media><media-caption>A port</media-caption></media><p>“We will pay,” she said.</p>
</body.content></body></nitf>"""
META = """<itemMeta><itemClass qcode="ninat:text"/><provider qcode="prov:HWS"><name>Harbour Wire</name></provider>
<versionCreated>2025-03-28T23:15:00+01:00</versionCreated><pubStatus qcode="stat:usable"/></itemMeta><contentMeta>
<contentCreated>2025-03-20T09:00:00+01:00</contentCreated><by>By Joel Aa</by><headline>Ports agree</headline>
</contentMeta>"""
TEXT = "Three ports, Vera Lund said, agreed.\n\n“We will pay,” she said."


def item(content=f"<inlineXML>{NITF}</inlineXML>", meta=META, guid="urn:toll", tag="newsItem"):
    inside = f"{meta}<contentSet>{content}</contentSet>" if content is not None else meta
    return f'<{tag} xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}">{inside}</{tag}>'


def read(markup, **options):
    data = markup if isinstance(markup, bytes) else f'<?xml version="1.0" encoding="UTF-8"?>{markup}'.encode()
    return list(xml.read(Source("toll.xml", io.BytesIO(data)), IngestOptions(**options)))


def articles_or_skipped(markup):
    source = Source("toll.xml", io.BytesIO(markup.encode()))
    try:
        return list(xml.read(source, IngestOptions()))
    except InputError as error:
        return [Skipped("toll.xml", "ingest", str(error))]


def test_a_news_item_is_an_article_with_its_own_facts():
    (article,) = read(item())
    assert article.text == TEXT
    assert (article.name, article.title, article.publisher) == ("toll.xml", "Ports agree", "Harbour Wire")
    assert (article.published.isoformat(), article.authors) == ("2025-03-28", ("Joel Aa",))


def test_what_the_item_does_not_say_its_nitf_may_say():
    (article,) = read(item(meta=""))
    assert (article.title, article.publisher) == ("Three ports agree", "Harbour Post")
    assert (article.published.isoformat(), article.authors) == ("2025-03-27", ("Marta Lindqvist",))


def test_an_nitf_file_alone_is_an_article():
    (article,) = read(NITF)
    assert (article.text, article.title) == (TEXT, "Three ports agree")


def test_a_guid_that_is_a_web_address_is_the_articles():
    assert read(item(guid="https://harbourwire.example/toll"))[0].url == "https://harbourwire.example/toll"
    assert read(item())[0].url is None


@pytest.mark.parametrize(
    "content",
    [
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>'
        "</head><body><p>Three ports, <b>Vera Lund</b> said, agreed.</p><p>“We will pay,” she said.</p></body></html>"
        "</inlineXML>",
        "<inlineXML><p>Three ports, Vera Lund said, agreed.</p><p>“We will pay,” she said.</p></inlineXML>",
        f'<inlineData contenttype="text/plain">{TEXT}</inlineData>',
        '<inlineData contenttype="text/html">&lt;p&gt;Three ports, Vera Lund said, agreed.&lt;/p&gt;'
        "&lt;p&gt;“We will pay,” she said.&lt;/p&gt;</inlineData>",
        f'<remoteContent href="a.jpg"/><inlineXML>{NITF}</inlineXML>',
    ],
)
def test_text_is_found_in_every_form_that_an_item_may_hold_it_in(content):
    assert read(item(content))[0].text == TEXT


def test_each_item_of_a_message_is_read_or_skipped_under_its_guid():
    picture = META.replace("ninat:text", "ninat:picture")
    items = item() + item("", picture, "urn:photo") + item(None, "", "urn:pack", "packageItem") + item("", META, "")
    first, *others = read(
        f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{items}</itemSet></newsMessage>'
    )
    assert (first.name, first.text) == ("toll.xml:urn:toll", TEXT)
    assert all(isinstance(other, Skipped) for other in others)
    assert [other.name for other in others] == ["toll.xml:urn:photo", "toll.xml:urn:pack", "toll.xml:4"]
    assert ["picture" in others[0].reason, "package" in others[1].reason, "no text" in others[2].reason] == [True] * 3


@pytest.mark.parametrize("tag", newsml.OTHER_ITEMS)
def test_other_items_are_named_for_what_they_are(tag):
    with pytest.raises(BrokenInput, match=newsml.OTHER_ITEMS[tag].split(":")[0]):
        read(item(None, "", tag=tag))


@pytest.mark.parametrize(
    ("markup", "error", "reason"),
    [
        (item("", META.replace("ninat:text", "ninat:video")), BrokenInput, "it is a video"),
        (item(meta=META.replace("stat:usable", "stat:canceled")), BrokenInput, "withdrawn"),
        (
            item("<inlineXML><events><event>A fair</event></events></inlineXML>"),
            BrokenInput,
            "no running text .<events>",
        ),
        (item('<remoteContent href="toll.xml"/>'), BrokenInput, "elsewhere"),
        (item("<inlineXML/>"), EmptyInput, "no text"),
        (item("<inlineXML><p> ... </p></inlineXML>"), EmptyInput, "no text"),
        ('<newsMessage xmlns="x"><header/></newsMessage>', EmptyInput, "no item"),
        ("<NITF.other/>", BrokenInput, "of a sort that is not read"),
    ],
)
def test_what_holds_no_text_says_why(markup, error, reason):
    with pytest.raises(error, match=reason):
        read(markup)


@pytest.mark.parametrize(("markup", "words"), newsml.MARKUP)
def test_markup_gives_its_words_by_paragraph(markup, words):
    assert newsml.words(xml.parsed(markup.encode())) == words


def test_entities_are_neither_loaded_nor_expanded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the harbour's key")
    lol = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    doctype = f'<!DOCTYPE nitf [<!ENTITY l0 "lol">{lol}<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    document = "<nitf><body><body.content><p>We pay&l9; our share &s; of it.</p></body.content></body></nitf>"
    (article,) = read(f'<?xml version="1.0"?>{doctype}{document}'.encode())
    assert article.text.startswith("We pay")
    assert "key" not in article.text
    assert len(article.text) < 100


def test_deep_nesting_ends_in_a_reason_or_a_text_and_not_in_a_crash():
    deep = "<p>" * 100_000 + "We pay our share." + "</p>" * 100_000
    document = f"<nitf><body><body.content><p>We pay.</p>{deep}</body.content></body></nitf>"
    (found,) = articles_or_skipped(document)
    assert isinstance(found, Skipped) or found.text.startswith("We pay.")
