"""Items of ninjs, in all its versions."""

import json

import pytest

from onrecord.ingest import ninjs
from onrecord.ingest.inputs import articles
from onrecord.types import Article, Skipped

TEXT = "Three ports agreed.\n\n“We will pay,” she said."
HTML = "<p>Three ports agreed.</p>\n<p>“We will pay,” she said.</p>"
NITF = f"<?xml version='1.0' encoding='UTF-8'?><nitf><body><body.content>{HTML}</body.content></body></nitf>"
FACTS = {"uri": "https://harbourwire.example/toll", "type": "text", "versioncreated": "2025-03-28T23:15:00+01:00"}
ONE = FACTS | {
    "headline": "Ports agree",
    "byline": "Joel Aa and Vera Lund",
    "body_text": TEXT,
    "copyrightholder": "Harbour Wire",
}
TWO = FACTS | {
    "by": "By Joel Aa and Vera Lund",
    "headlines": [{"role": "short", "value": "Ports"}, {"role": "main", "value": "Ports agree"}],
    "bodies": [{"contenttype": "text/plain", "value": TEXT}],
    "infosources": [{"name": "Harbour Wire"}],
}
THREE = {"uri": FACTS["uri"], "versionCreated": FACTS["versioncreated"], "copyrightHolder": "Harbour Wire", **TWO}
del THREE["versioncreated"], THREE["infosources"]


def read(tmp_path, document, name="toll.json"):
    file = tmp_path / name
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return list(articles([str(file)]))


@pytest.mark.parametrize("item", [ONE, TWO, THREE], ids=["1", "2", "3"])
def test_an_item_of_each_version_is_an_article_with_its_facts(tmp_path, item):
    (article,) = read(tmp_path, item)
    assert (article.text, article.title, article.publisher) == (TEXT, "Ports agree", "Harbour Wire")
    assert (article.name, article.url) == (FACTS["uri"], FACTS["uri"])
    assert (article.published.isoformat(), article.authors) == ("2025-03-28", ("Joel Aa", "Vera Lund"))


@pytest.mark.parametrize(("record", "is_item"), ninjs.ITEMS)
def test_items_are_told_from_other_records(record, is_item):
    assert ninjs.is_item(record) is is_item


@pytest.mark.parametrize(
    "bodies",
    [
        [{"contenttype": "text/html", "value": HTML}],
        [
            {
                "contentType": "application/xhtml+xml",
                "value": f"<html><head><title>x</title></head><body>{HTML}</body></html>",
            }
        ],
        [{"role": "nitf", "contentType": "text/vnd.IPTC.NITF", "value": NITF}],
        [{"value": TEXT}],
        [{"contenttype": "text/plain", "value": TEXT.replace("\n\n", " ")}, {"role": "xhtml", "value": HTML}],
        [{"contenttype": "text/html", "value": "[ ... ]"}, {"value": TEXT}],
    ],
)
def test_the_body_that_keeps_its_paragraphs_is_the_text(tmp_path, bodies):
    (article,) = read(tmp_path, FACTS | {"bodies": bodies})
    assert article.text == TEXT


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (FACTS | {"type": "picture", "bodies": [{"value": "A port."}]}, "it is a picture"),
        (FACTS | {"type": "event"}, "it is an event"),
        (ONE | {"pubstatus": "canceled"}, "withdrawn"),
        (FACTS | {"headline": "Ports agree"}, "no text of its own"),
        (FACTS | {"bodies": [{"value": "..."}]}, "no text of its own"),
        (FACTS | {"bodies": "none", "headlines": 7, "byline": [1], "body_text": {}}, "no text of its own"),
        (FACTS | {"body_text": "We pay.\x00"}, "binary"),
    ],
)
def test_an_item_without_text_says_why(tmp_path, item, reason):
    (skipped,) = read(tmp_path, item)
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


def test_lists_and_lines_of_items_are_read_one_by_one(tmp_path):
    items = [ONE, FACTS | {"type": "picture"}, THREE, {"id": 4, "text": "We pay."}]
    for found in (read(tmp_path, items), read(tmp_path, "\n".join(map(json.dumps, items)), "toll.jsonl")):
        assert [isinstance(one, Article) for one in found] == [True, False, True, True]
        assert found[1].name.endswith(":2")


def test_texts_that_go_with_an_item_are_no_part_of_it(tmp_path):
    caption = {"type": "picture", "description_text": "A port at night.", "body_text": "A port at night."}
    for associations in ({"main": caption}, [caption]):
        (article,) = read(tmp_path, ONE | {"associations": associations})
        assert article.text == TEXT
