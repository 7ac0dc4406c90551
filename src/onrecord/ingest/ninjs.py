"""An item of ninjs (agency news in JSON, versions 1 to 3) -> its article, without the pictures that go with it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.errors import EmptyInput
from onrecord.ingest import newsml, plain
from onrecord.ingest.decode import refuse_controls
from onrecord.ingest.facts import Facts, article, printable, tidy
from onrecord.ingest.fragments import text_of
from onrecord.ingest.metadata import parse_day, web_address
from onrecord.ingest.options import IngestOptions
from onrecord.types import Article

# Fields, in lower case, of which an item of ninjs has one beside its "uri" and other records have none.
# fmt: off
FIELDS = frozenset((
    "altids", "associations", "bodies", "body_text", "body_xhtml", "contentcreated", "description_text",
    "description_xhtml", "eventdetails", "headlines", "renditions", "versioncreated",
))
# fmt: on

# A JSON object beside whether it is an item of ninjs.
ITEMS: tuple[tuple[dict[str, Any], bool], ...] = (
    ({"uri": "urn:toll", "versioncreated": "2025-03-28T10:00:00Z", "body_text": "We will pay."}, True),
    ({"uri": "urn:toll", "type": "text", "bodies": [{"value": "We will pay."}]}, True),
    ({"uri": "urn:toll", "versionCreated": "2025-03-28T10:00:00Z"}, True),
    ({"uri": "urn:toll", "text": "We will pay."}, False),
    ({"url": "https://harbourpost.example/toll", "text": "We will pay.", "renditions": []}, False),
    ({"headlines": []}, False),
)

# Part of a body's content type, role or field -> how it is read; the first that an item has is its text. Markup goes
# before plain text, for it keeps the paragraphs.
FORMS: tuple[str, ...] = ("html", "nitf", "")

_HEAD = re.compile(r"<head\b.*?</head>", re.IGNORECASE | re.DOTALL)


def is_item(record: object) -> bool:
    """Tell whether a JSON value is an item of ninjs."""
    if not isinstance(record, dict) or "uri" not in record or {"text", "html"} & record.keys():
        return False
    return any(str(name).lower() in FIELDS for name in record)


def article_of(record: Mapping[str, Any], place: str, options: IngestOptions) -> Article:
    """Give the article of an item, named after its uri; raises InputError."""
    item = {str(name).lower(): value for name, value in record.items()}  # version 3 has them in camel case
    newsml.refuse(str(item.get("type")), str(item.get("pubstatus")))
    for form in FORMS:
        for value in (value for kind, value in _bodies(item) if form in kind):
            text, inside = _text(value, form)
            if any(c.isalpha() for c in text):
                refuse_controls(text)
                facts = _facts(item).or_else(inside).or_else(plain.facts(text))
                return article(text, tidy(item["uri"]) or place, facts, options)
    raise EmptyInput("the item holds no text of its own; give one with a body")


def _bodies(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give what the item says of the kind of each body, in lower case, and the body."""
    bodies = item.get("bodies")
    for body in bodies if isinstance(bodies, list) else []:
        if isinstance(body, dict) and isinstance(value := body.get("value"), str):
            kind = " ".join(str(body.get(name)) for name in ("contenttype", "contentType", "role"))
            yield kind.lower(), printable(value)
    for name, value in item.items():
        if name.startswith("body_") and isinstance(value, str):
            yield name, printable(value)


def _text(value: str, form: str) -> tuple[str, Facts]:
    if form == "nitf":
        return newsml.nitf_document(value)
    return (text_of(_HEAD.sub("", value)) if form else value.strip()), Facts()


def _facts(item: Mapping[str, Any]) -> Facts:
    headlines = [item.get("headline"), *_values(item, "headlines", "value"), item.get("title")]
    days = (item.get(name) for name in ("embargoed", "versioncreated", "contentcreated", "firstcreated"))
    issuers = [item.get("provider"), item.get("copyrightholder"), *_values(item, "infosources", "name")]
    return Facts(
        title=next(filter(None, map(tidy, headlines)), None),
        published=next(filter(None, map(parse_day, days)), None),
        publisher=next(filter(None, map(tidy, issuers)), None),
        url=web_address(item.get("uri")),
        authors=newsml.authors_of(item.get("byline") or item.get("by")),
    )


def _values(item: Mapping[str, Any], field: str, part: str) -> Iterator[object]:
    """Give a part of each object in a list of the item; the main one first."""
    values = item.get(field)
    found = [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []
    return (one.get(part) for one in sorted(found, key=lambda one: one.get("role") != "main"))
