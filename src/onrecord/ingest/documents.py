"""A JSON document -> its articles: one object, a list of them, a JSON Feed, or JSON Lines under another name."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from onrecord.errors import BrokenInput
from onrecord.ingest import feeds, jsonl
from onrecord.ingest.formats import is_json_feed, sniff
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.types import Article, Skipped


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
