"""Lists of addresses: sitemaps, lists of sitemaps, and lists of feeds (OPML).

Without a fetcher every address of a list becomes a Skipped. With one it is read, and only as what it must be: sitemaps
and feeds lead to pages, lists of them to sitemaps and feeds. So no list can lead back to itself.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from onrecord.errors import BrokenInput, EmptyInput, TooLarge
from onrecord.ingest import feeds
from onrecord.ingest.addresses import page_with, read_address, skipped
from onrecord.ingest.facts import Facts, tidy
from onrecord.ingest.metadata import parse_day, web_address
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Reader, Source
from onrecord.ingest.xml import Tree, local, parsed, root
from onrecord.types import Article, Skipped


def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the articles that a list leads to. Raises BrokenInput for no list, EmptyInput for an empty one."""
    tree = parsed(_unpacked(source.whole(options.max_bytes), options.max_bytes))
    link = None
    for link in _LINKS.get(local(tree), _none)(tree):
        if options.fetcher is None:
            yield skipped(link.url, f"it is only named, in a list; add --fetch to get {link.what}")
        else:
            yield from read_address(link.url, options, link.read)
    if link is None:
        raise EmptyInput("the list holds no web address; look whether it is the right one, or try again later")


@dataclass(frozen=True, slots=True)
class Link:
    """One address of a list, and how what it holds is to be read."""

    url: str
    what: str
    read: Reader


def _pages(tree: Tree) -> Iterator[Link]:
    """Give the pages of a sitemap, with what a news sitemap says of them."""
    for place, url in _places(tree):
        news = {local(part): tidy(part.text) for part in place.iter() if _NEWS in str(part.tag)}
        day = parse_day(news.get("publication_date"))
        facts = Facts(title=news.get("title"), published=day, publisher=news.get("name"))
        yield Link(url, "the page", page_with(facts))


_NEWS = "/sitemap-news/"  # in the namespace of what is told of news; images and videos have titles too


def _sitemaps(tree: Tree) -> Iterator[Link]:
    for _, url in _places(tree):
        yield Link(url, "the pages of this sitemap", _read_sitemap)


def _places(tree: Tree) -> Iterator[tuple[Tree, str]]:
    """Give the elements that say where something is, with the address."""
    for place in tree:
        for part in place:
            if local(part) == "loc" and (url := web_address(part.text)):
                yield place, url


def _feeds(tree: Tree) -> Iterator[Link]:
    for outline in tree.iter():
        address = next((value for name, value in outline.attrib.items() if name.lower() == "xmlurl"), None)
        if url := web_address(address):
            yield Link(url, "the articles of this feed", feeds.read)


def _none(tree: Tree) -> Iterator[Link]:
    raise BrokenInput(f"it is no list of addresses but <{local(tree)}>; give a sitemap or an OPML file")


# Root element -> what is listed below it.
_LINKS: dict[str, Callable[[Tree], Iterator[Link]]] = {"urlset": _pages, "sitemapindex": _sitemaps, "opml": _feeds}


def _read_sitemap(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the articles of a sitemap that a list of sitemaps names; raises BrokenInput for a list of lists."""
    data = _unpacked(source.whole(options.max_bytes), options.max_bytes)
    if root(data) != "urlset":
        raise BrokenInput("it is no sitemap, but a list of sitemaps says it is; give its own address if you want it")
    yield from read(replace(source, stream=BytesIO(), begun=data), options)


def _unpacked(data: bytes, max_bytes: int) -> bytes:
    """Give the bytes of a sitemap that may be packed (sitemap.xml.gz); raises TooLarge over the limit."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(data, max_bytes + 1)
    except zlib.error as error:
        raise BrokenInput(f"it can't be unpacked ({error}); get it anew") from error
    if len(unpacked) > max_bytes:
        raise TooLarge(f"it unpacks to over the limit of {max_bytes:,} bytes; raise it with --max-bytes")
    return unpacked
