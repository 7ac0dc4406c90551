"""An XML document -> the reader for its root element; and XML parsed so that it can neither fetch nor swell.

To read another sort of XML, add its root to ROOTS and put a `read(source, options)` into a module of its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from typing import Any

from onrecord.errors import BrokenInput
from onrecord.ingest import page
from onrecord.ingest.decode import refuse_known_binary
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Reader, Source
from onrecord.types import Article, Skipped

Tree = Any  # an element of lxml, which ships no types

# Root element, without its namespace -> the module beside this one whose `read` reads it, and what it is called.
ROOTS: dict[str, tuple[str, str]] = {
    "rss": ("feeds", "an RSS feed"),
    "RDF": ("feeds", "an RSS 1.0 feed"),
    "feed": ("feeds", "an Atom feed"),
    "opml": ("lists", "a list of feeds (OPML)"),
    "urlset": ("lists", "a sitemap"),
    "sitemapindex": ("lists", "a list of sitemaps"),
    "newsItem": ("newsml", "a NewsML-G2 news item"),
    "newsMessage": ("newsml", "a NewsML-G2 message"),
    "nitf": ("newsml", "an NITF article"),
    "contentSet": ("newsml", ""),  # part of an item; those below hold no news text, and newsml says what they are
    "packageItem": ("newsml", ""),
    "planningItem": ("newsml", ""),
    "conceptItem": ("newsml", ""),
    "knowledgeItem": ("newsml", ""),
    "catalogItem": ("newsml", ""),
}

# What the parser may not do with other people's documents: expand entities, load anything, hold a tree of any depth.
_CAREFUL = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": True}


def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the articles of an XML document; raises BrokenInput for one of a sort that is not read."""
    data = source.whole(options.max_bytes)
    name = root(data)
    if name == "html":
        yield page.of_bytes(data, source.name, True, options)
    else:
        yield from _reader(name)(replace(source, stream=BytesIO(), begun=data), options)


def root(data: bytes) -> str | None:
    """Give the name of the root element without its namespace; None where no element is found."""
    from lxml import etree  # 35 ms to import

    refuse_known_binary(data)
    try:
        for _, element in etree.iterparse(BytesIO(data), events=("start",), **_CAREFUL):
            return str(etree.QName(element).localname)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None


def parsed(data: bytes) -> Tree:
    """Give the root of a document, mended where it is damaged; raises BrokenInput without one.

    Comments and processing instructions are left out; entities of its own stay unread.
    """
    from lxml import etree

    try:
        tree = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True, **_CAREFUL))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenInput(f"its XML can't be parsed ({error}); get it anew or mend it") from error
    if tree is None:
        raise BrokenInput("there is no XML element in it; get it anew or mend it")
    return tree


def local(element: Tree) -> str:
    """Give the name of an element without its namespace; "" for what is none (an entity)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _reader(name: str | None) -> Reader:
    if name is None:
        raise BrokenInput("there is no XML element in it; get it anew or mend it")
    if name not in ROOTS:
        known = ", ".join(what.partition(" ")[2] for _, what in ROOTS.values() if what)
        raise BrokenInput(f"it is XML of a sort that is not read (<{name}>); give one of these: {known}")
    made: Reader = import_module(f"onrecord.ingest.{ROOTS[name][0]}").read
    return made
