"""A JSON document -> its articles: one object, a list of them, a JSON Feed, or JSON Lines under another name."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from onrecord.errors import BrokenInput
from onrecord.ingest import feeds, jsonl, ninjs
from onrecord.ingest.formats import is_json_feed, sniff
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.types import Article, Skipped

# A document -> whether it is news: in a folder, other JSON (settings, data) is left alone.
NEWS: tuple[tuple[bytes, bool], ...] = (
    (b'{"text": "Three ports agreed."}', True),
    (b'[{"id": 1, "html": "<p>Three ports agreed.</p>"}]', True),
    (b'{"uri": "a:1", "body_text": "Three ports agreed."}', True),
    (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', True),
    (b'{"name": "ports", "version": "1.0"}', False),
    (b'{"earlier": {"text": "Yes."}, "later": {"text": "No."}}', False),
    (b"[1, 2]", False),
    (b"[]", False),
    (b"{", False),
)


def is_news(data: bytes) -> bool:
    """Tell whether a JSON document holds articles, by its first record."""
    if is_json_feed(data.removeprefix(BOM_UTF8).lstrip()):
        return True
    try:
        found = jsonl.parse(data, first=True)
    except BrokenInput:
        return False
    record = found[0] if isinstance(found, list) and found else found
    return isinstance(record, dict) and (ninjs.is_item(record) or bool({"text", "html"} & record.keys()))


def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the articles of a JSON document."""
    data = source.whole(options.max_bytes)
    if is_json_feed(data.removeprefix(BOM_UTF8).lstrip()):
        yield from feeds.read(replace(source, stream=BytesIO(), begun=data), options)
        return
    try:
        yield from jsonl.read_document(data, source.name, options)
    except BrokenInput:
        if sniff(data) != "jsonl":
            raise
        yield from jsonl.read_lines(data.splitlines(), source.name, options)
