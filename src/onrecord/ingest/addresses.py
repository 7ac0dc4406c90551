"""A web address -> what it holds, read: only where the user gave a fetcher."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from io import BytesIO

from onrecord.errors import BrokenInput, InputError
from onrecord.ingest import page
from onrecord.ingest.facts import Facts, printable
from onrecord.ingest.formats import reader, sniff
from onrecord.ingest.options import IngestOptions, Page
from onrecord.ingest.source import Reader, Source
from onrecord.ingest.xml import root
from onrecord.types import Article, Skipped

STEP = "fetch"  # the step that gave up where an address could not be asked: asking later may help


def read_address(url: str, options: IngestOptions, read: Reader | None = None) -> Iterator[Article | Skipped]:
    """Give what an address holds, by the reader given or the one for its kind; nothing where it holds nothing new.

    It is remembered as read only when all that it leads to was, and the consumer has come back for more.
    """
    if options.fetcher is None:
        yield skipped(url, "it is a web address, and nothing is fetched unasked; add --fetch, or save the page")
        return
    try:
        found = options.fetcher(url)
    except InputError as error:
        yield Skipped(printable(url), STEP, str(error))
        return
    whole = True
    for item in _read(found, options, read) if found else ():
        whole = whole and not (isinstance(item, Skipped) and item.step == STEP)
        yield item
    if found and whole:
        found.remember()


def _read(found: Page, options: IngestOptions, read: Reader | None) -> Iterator[Article | Skipped]:
    """Give what the bytes of an address hold; every failure becomes a Skipped."""
    kind = sniff(found.data)
    kind = "html" if kind == "text" and "html" in found.media else kind
    source = Source(found.url, BytesIO(found.data), kind=kind)
    try:
        yield from (read or reader(kind))(source, options)
    except InputError as error:
        yield skipped(found.url, str(error))


def page_with(facts: Facts) -> Reader:
    """Give a reader of one page, with these facts where the page says nothing of itself."""

    def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
        data = source.whole(options.max_bytes)
        if source.kind not in ("html", "text") and root(data) != "html":
            raise BrokenInput("the address leads to no page; open it in a browser, and save what you find there")
        found = page.of_bytes(data, source.name, source.kind != "text", options)
        known = facts.or_else(Facts(url=source.name))
        gaps = {f.name: getattr(known, f.name) for f in fields(known) if not getattr(found, f.name)}
        yield replace(found, **gaps)

    return read


def is_address(name: str) -> bool:
    """Tell whether a name is a web address."""
    return re.match(r"https?://", name, re.IGNORECASE) is not None


def skipped(name: str, reason: str) -> Skipped:
    """Give the Skipped of something that was not read."""
    return Skipped(printable(name), "ingest", reason)
