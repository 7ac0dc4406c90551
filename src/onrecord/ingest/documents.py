"""A JSON document -> its articles: one object, a list of them, or JSON Lines under another name."""

from collections.abc import Iterator

from onrecord.errors import BrokenInput
from onrecord.ingest import jsonl
from onrecord.ingest.formats import sniff
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.types import Article, Skipped


def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the articles of a JSON document."""
    data = source.whole(options.max_bytes)
    try:
        yield from jsonl.read_document(data, source.name, options)
    except BrokenInput:
        if sniff(data) != "jsonl":
            raise
        yield from jsonl.read_lines(data.splitlines(), source.name, options)
