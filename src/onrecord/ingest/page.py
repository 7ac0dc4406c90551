"""One text or page -> its article."""

from collections.abc import Iterator

from onrecord.ingest import html, plain
from onrecord.ingest.decode import decode
from onrecord.ingest.facts import Facts, article
from onrecord.ingest.formats import kind_of, sniff
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.types import Article, Skipped


def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the one article of a text or page."""
    data = source.whole(options.max_bytes)
    markup = source.kind == "html" or (kind_of(source.name) is None and sniff(data) == "html")
    yield of_bytes(data, source.name, markup, options)


def of_bytes(data: bytes, name: str, markup: bool, options: IngestOptions) -> Article:
    """Give the article of a page's or a text's bytes; raises InputError."""
    text = decode(data, markup=markup)
    facts: Facts
    text, facts = html.read(text, options.max_bytes) if markup else (text, plain.facts(text))
    return article(text, name, facts, options)
