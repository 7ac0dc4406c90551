"""One record (a line of JSON Lines, a row of a table, an item of a feed) -> its article.

A record: {"id"?, "text"|"html", "published"?, "publisher"?, "title"?, "url"?, "authors"?}, or an item of ninjs.
"""

from onrecord.errors import BrokenInput
from onrecord.ingest import html, ninjs, plain
from onrecord.ingest.decode import refuse_controls
from onrecord.ingest.facts import Facts, article, tidy
from onrecord.ingest.metadata import parse_day, web_address
from onrecord.ingest.options import IngestOptions
from onrecord.types import Article


def article_of(item: object, place: str, options: IngestOptions) -> Article:
    """Give the article of a record, named after its id, else after its place; raises InputError."""
    if not isinstance(item, dict):
        raise BrokenInput('it is no JSON object; write {"text": "..."} or {"html": "..."}')
    if ninjs.is_item(item):
        return ninjs.article_of(item, place, options)
    text, found = _text(item, options)
    refuse_controls(text)
    return article(text, _id(item.get("id")) or place, _own_facts(item).or_else(found), options)


def _text(item: dict[str, object], options: IngestOptions) -> tuple[str, Facts]:
    """Give the kept text of a record and what that says of itself; "text" goes before "html"."""
    text, markup = item.get("text"), item.get("html")
    if isinstance(text, str) and (text or not markup):
        return text, plain.facts(text)
    if isinstance(markup, str) and text is None:
        return html.read(markup, options.max_bytes)
    raise BrokenInput('it has no "text" and no "html" that is a string; add one of them')


def _own_facts(item: dict[str, object]) -> Facts:
    """Give the facts of the record's own fields; a field of another type than expected says nothing."""
    authors = item.get("authors")
    names = authors if isinstance(authors, list) else [authors]
    return Facts(
        title=tidy(item.get("title")),
        published=parse_day(item.get("published")),
        publisher=tidy(item.get("publisher")),
        url=web_address(item.get("url")),
        authors=tuple(filter(None, map(tidy, names))),
    )


def _id(value: object) -> str | None:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else tidy(value)
