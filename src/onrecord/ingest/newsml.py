"""News items of agencies (NewsML-G2, and NITF alone or inside one) -> articles.

An item's text is what stands in it: NITF, XHTML or plain text. What stands elsewhere is not fetched.
"""

from collections.abc import Iterator
from typing import Any

from onrecord.errors import BrokenInput, EmptyInput, InputError
from onrecord.ingest import plain
from onrecord.ingest.facts import Facts, article, printable, tidy
from onrecord.ingest.fragments import text_of
from onrecord.ingest.metadata import parse_day, web_address
from onrecord.ingest.names import people
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.ingest.xml import Tree, local, parsed
from onrecord.types import Article, Skipped

# Items that hold no news text -> what they are.
OTHER_ITEMS: dict[str, str] = {
    "packageItem": "a package: it names items and holds none",
    "planningItem": "a plan of coverage",
    "conceptItem": "a concept: a person, a place, an event",
    "knowledgeItem": "a list of concepts",
    "catalogItem": "a catalogue of code lists",
}
# Last part of an item's class, and of ninjs's type -> what it is, where that is no text.
NO_TEXT: dict[str, str] = {
    "picture": "a picture",
    "graphic": "a graphic",
    "animated": "an animation",
    "audio": "a recording",
    "video": "a video",
    "event": "an event",
    "planning": "a plan of coverage",
}
# Last part of a publication status -> what happened to the item.
NOT_PUBLISHED: dict[str, str] = {"canceled": "withdrawn", "withheld": "withheld"}


def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the article of a news item, or that of each item of a message; the latter are named "NAME:GUID"."""
    root = parsed(source.whole(options.max_bytes))
    if local(root) != "newsMessage":
        yield _article(root, source.name, options)
        return
    items = [item for group in root if local(group) == "itemSet" for item in group]
    if not items:
        raise EmptyInput("the message holds no item; give one that does")
    for number, item in enumerate(items, 1):
        name = f"{source.name}:{tidy(item.get('guid')) or number}"
        try:
            yield _article(item, name, options)
        except InputError as error:
            yield Skipped(printable(name), "ingest", str(error))


def _article(item: Tree, name: str, options: IngestOptions) -> Article:
    kind = local(item)
    if kind in OTHER_ITEMS:
        raise BrokenInput(f"it is {OTHER_ITEMS[kind]}; give news items with their text")
    if kind == "nitf":
        text, facts = nitf(item)
    else:
        refuse(_code(item, "itemClass"), _code(item, "pubStatus"))
        text, inside = _content(item)
        facts = _facts(item).or_else(inside)
    return article(text, name, facts.or_else(plain.facts(text)), options)


def refuse(kind: str, status: str) -> None:
    """Raise BrokenInput for an item of a class that is no text, or of a status that it isn't published in."""
    if kind in NO_TEXT:
        raise BrokenInput(f"it is {NO_TEXT[kind]}, and only text is read; give text items")
    if status in NOT_PUBLISHED:
        raise BrokenInput(f"its publisher has {NOT_PUBLISHED[status]} it; give the item that stands in its place")


# --- what an item holds ---------------------------------------------------------------------------


def _content(item: Tree) -> tuple[str, Facts]:
    """Give the text of the first content that has one, and the facts that stand in it."""
    contents = [one for group in _all(item, "contentSet") for one in group]
    for content in contents:
        text, facts = _text(content)
        if any(c.isalpha() for c in text):
            return text, facts
    documents = (local(child) for one in contents if local(one) == "inlineXML" for child in one)
    if other := next((name for name in documents if name not in (*_RUNNING, "nitf", "html", "body", "")), None):
        raise BrokenInput(f"it holds no running text (<{other}>); give items with NITF, XHTML or plain text")
    if any(local(one) == "remoteContent" for one in contents):
        raise BrokenInput("its text stands elsewhere (remoteContent); give that file")
    raise EmptyInput("the item holds no text; give one that does")


_RUNNING = ("p", "div", "h1", "li")  # of XHTML that is running text


def _text(content: Tree) -> tuple[str, Facts]:
    if local(content) == "inlineXML":
        if document := _all(content, "nitf"):
            return nitf(document[0])
        bodies = _all(content, "body") or [content]
        running = any(_all(bodies[0], name) for name in _RUNNING)
        return (words(bodies[0]) if running else ""), Facts()
    if local(content) == "inlineData" and not content.get("encoding"):
        data = content.text or ""
        return (text_of(data) if "html" in (content.get("contenttype") or "") else data.strip()), Facts()
    return "", Facts()


def _facts(item: Tree) -> Facts:
    """Give what the item's own fields say; published is the day that this version was issued."""
    credited = [_line(by) for by in _all(item, "by")] + [_named(creator) for creator in _all(item, "creator")]
    days = (
        parse_day(_line(day)) for name in ("embargoed", "versionCreated", "contentCreated") for day in _all(item, name)
    )
    issuers = (_named(who) for name in ("provider", "copyrightHolder", "infoSource") for who in _all(item, name))
    return Facts(
        title=next(filter(None, (tidy(_line(one)) for one in _all(item, "headline"))), None),
        published=next(filter(None, days), None),
        publisher=next(filter(None, issuers), None),
        url=web_address(item.get("guid")),
        authors=authors_of(next(filter(None, credited), None)),
    )


def authors_of(line: object) -> tuple[str, ...]:
    """Give the people of a line of credit, with or without its "By"; the whole of it where it names none."""
    said = (tidy(line) or "").removeprefix("By ").removeprefix("by ")
    return people(said).authors or ((said,) if said else ())


def _named(who: Tree) -> str | None:
    """Give somebody's name: the one that is written out, else the last part of the code."""
    name = next((_line(one) for one in _all(who, "name")), who.get("literal") or "")
    return tidy(name or (who.get("qcode") or "").rpartition(":")[2])


def _code(item: Tree, field: str) -> str:
    """Give the last part of a code, of whatever list it is."""
    one = next(iter(_all(item, field)), None)
    return "" if one is None else (one.get("qcode") or one.get("uri") or "").replace("/", ":").rpartition(":")[2]


# --- NITF -----------------------------------------------------------------------------------------


def nitf_document(markup: str) -> tuple[str, Facts]:
    """Give the text and the facts of an NITF document that stands as a string in something else."""
    return nitf(parsed(markup.encode("utf-8", "replace")))


def nitf(document: Tree) -> tuple[str, Facts]:
    """Give the text of an NITF document, its body's content, and what its head and its byline say."""
    text = "\n\n".join(filter(None, map(words, _all(document, "body.content") or _all(document, "body")[:1])))
    titles = [one for name in ("hl1", "title") for one in _all(document, name)]
    bylines = [_line(person) for one in _all(document, "byline") for person in _all(one, "person")] or [
        " ".join("".join(filter(None, [one.text, *(c.tail for c in one)])).split()).strip(",; ")
        for one in _all(document, "byline")
    ]
    days = [one.get("norm") for name in ("date.release", "date.issue", "story.date") for one in _all(document, name)]
    days += [one.get("date.publication") for one in _all(document, "pubdata")]
    issuers = [_line(one) for one in _all(document, "distributor")] + [
        one.get("name") for one in _all(document, "pubdata")
    ]
    return text, Facts(
        title=next(filter(None, (tidy(_line(one)) for one in titles)), None),
        published=next(filter(None, map(_day, days)), None),
        publisher=next(filter(None, map(tidy, issuers)), None),
        url=next(filter(None, (web_address(one.get("ex-ref")) for one in _all(document, "pubdata"))), None),
        authors=tuple(dict.fromkeys(name for line in bylines for name in authors_of(line))),
    )


def _day(stated: str | None) -> Any:  # noqa: ANN401 # a date or None
    return parse_day(stated) or parse_day((stated or "")[:8])


# --- words ----------------------------------------------------------------------------------------

# fmt: off
BLOCKS = frozenset((
    "address", "article", "aside", "block", "blockquote", "body", "body.content", "bq", "br", "credit", "dd", "div",
    "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hl1", "hl2", "hr", "li", "note", "ol", "p", "pre",
    "section", "table", "td", "th", "tr", "ul",
))
# fmt: on
NOT_WORDS = frozenset(("audio", "figure", "head", "iframe", "media", "nitf-table", "script", "style", "svg", "video"))
_BREAK = "\x1e"  # the record separator, which no XML holds

# NITF or XHTML beside its words.
MARKUP: tuple[tuple[str, str], ...] = (
    (
        "<body><p>Three ports, <person>Vera Lund</person>\n said, <em>agreed</em>.</p><p>No toll.</p></body>",
        "Three ports, Vera Lund said, agreed.\n\nNo toll.",
    ),
    (
        "<block><hl2>The toll</hl2><p>It is <money unit='SEK'>4 kronor</money>.</p></block>",
        "The toll\n\nIt is 4 kronor.",
    ),
    ("<div>One line<br/>and another</div>", "One line\n\nand another"),
    ("<div><p>“No.”</p><media><media-caption>A port</media-caption></media> She left.</div>", "“No.”\n\nShe left."),
    ("<p><q>No</q>, she said.</p>", "“No”, she said."),
    ("<p/>", ""),
)


def words(element: Tree) -> str:
    """Give the words of an element, a blank line between its paragraphs."""
    paragraphs = (" ".join(one.split()) for one in "".join(_pieces(element)).split(_BREAK))
    return "\n\n".join(filter(None, paragraphs))


def _pieces(element: Tree) -> Iterator[str]:
    """Give the pieces in order; lxml refuses trees that are too deep to go down like this."""
    name = local(element).lower()
    if not name or name in NOT_WORDS:
        return
    before, after = ("“", "”") if name == "q" else (_BREAK, _BREAK) if name in BLOCKS else ("", "")
    yield before + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield after


def _line(element: Tree) -> str:
    return " ".join("".join(element.itertext()).split())


def _all(element: Tree, name: str) -> list[Tree]:
    """Give all elements of a name below an element, or itself, whatever their namespace."""
    return [one for one in element.iter() if local(one) == name]
