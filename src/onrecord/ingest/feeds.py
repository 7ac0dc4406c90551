"""Feeds (RSS, Atom, RDF, JSON Feed) -> the articles of their entries.

An entry that holds its whole text is an article as it is. One that holds a summary or a link is read from its page,
where the user gave a fetcher, and skipped else.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from onrecord.errors import BrokenInput, EmptyInput, InputError, TooLarge
from onrecord.ingest import plain
from onrecord.ingest.addresses import is_address, page_with, read_address, skipped
from onrecord.ingest.facts import Facts, article, printable, tidy
from onrecord.ingest.formats import sniff
from onrecord.ingest.fragments import text_of
from onrecord.ingest.jsonl import parse
from onrecord.ingest.metadata import parse_day, web_address
from onrecord.ingest.names import people
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.types import Article, Skipped


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, whatever the feed's format."""

    id: str | None
    facts: Facts  # its url is where its page is
    content: str  # what it gives as its text; "" where it gives none
    summary: str


def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the article of each entry, or why there is none. Raises BrokenInput for no feed, EmptyInput for no entry."""
    data = source.whole(options.max_bytes)
    entries = _of_json(data, source.name) if sniff(data) in ("json", "jsonl") else _of_xml(data, source.name)
    number = 0
    for number, entry in enumerate(entries, 1):
        name = entry.id or entry.facts.url or f"{source.name}:{number}"
        try:
            yield from _read(entry, name, options)
        except InputError as error:
            yield skipped(name, str(error))
    if not number:
        raise EmptyInput("the feed holds no entry; look whether it is the right one, or try again later")


def _read(entry: Entry, name: str, options: IngestOptions) -> Iterator[Article | Skipped]:
    held = "only a summary of it" if entry.summary or entry.content else "no text of it"
    if text := whole_text(entry.content, entry.summary):
        yield article(text, name, entry.facts.or_else(plain.facts(text)), options)
    elif not entry.facts.url:
        yield skipped(name, f"the feed holds {held} and no address of its page; give the article itself")
    elif options.fetcher is None:
        yield skipped(name, f"the feed holds {held}; add --fetch to get its page, {entry.facts.url}")
    else:
        yield from read_address(entry.facts.url, options, page_with(entry.facts))


# --- whole texts ----------------------------------------------------------------------------------

LONG = 1500  # characters: no summary is so long

# Last words of a text beside whether it is cut off there.
ENDINGS: tuple[tuple[str, bool], ...] = (
    ("Three ports agreed on Monday.", False),
    ("“We will pay,” she said …", True),
    ("The ports, which had long been at odds [...]", True),
    ("The ports agreed on [&hellip;]", True),
    ("The ports agreed.\n\nRead more", True),
    ("The ports agreed. Continue reading →", True),
    ("The ports agreed... Keep reading: Three ports agree", True),
    ("The ports agreed.\n\nThe post Three ports agree appeared first on Harbour Post.", False),
    ("“We will see, and then...” she said.", False),
    ("She would rather read more.", False),
)
_CUT_OFF = re.compile(
    r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.|&hellip;)\s*\]"
    r"|(?:^|[.\n…»])\s*(?:read more|continue reading|keep reading|read the full \w+)\b[^.\n]{0,100})\W*$",
    re.IGNORECASE,
)


def whole_text(content: str, summary: str) -> str:
    """Give the text of an entry if it holds the whole of it: no teaser given twice, and nothing cut off; else ""."""
    for text in (content, summary):
        teaser = text is summary or text == summary
        if text and not (teaser and len(text) < LONG) and not is_cut_off(text):
            return text
    return ""


def is_cut_off(text: str) -> bool:
    """Tell whether a text ends as one does whose rest stands elsewhere."""
    return _CUT_OFF.search(text[-200:]) is not None


# --- RSS, Atom, RDF -------------------------------------------------------------------------------


def _of_xml(data: bytes, name: str) -> Iterator[Entry]:
    feed = _parsed(data)
    if not feed.version and not feed.entries:
        raise BrokenInput("there is no feed in it; give the address or the file of a feed")
    base = name if is_address(name) else feed.feed.get("link") or ""
    atom = feed.version.startswith("atom")  # there an entry without authors is by those of the feed
    shared = Facts(publisher=_words(feed.feed, "title"), authors=_authors(feed.feed) if atom else ())
    for entry in feed.entries:
        own = Facts(_words(entry, "title"), _day(entry), None, _link(entry, base), _authors(entry))
        contents = [_text(part) for part in entry.get("content") or ()]
        summary = _text(entry.get("summary_detail") or {})
        yield Entry(tidy(entry.get("id")), own.or_else(shared), max(contents, key=len, default=""), summary)


MOST_TAGS = 300_000  # of a feed: thousands of long articles; feedparser takes up to 0.1 ms and 1 KB for each


def _parsed(data: bytes) -> Any:  # noqa: ANN401 # feedparser ships no types
    import feedparser  # 60 ms to import

    if data.count(b"<") > MOST_TAGS:
        raise TooLarge(f"it is a feed of over {MOST_TAGS:,} tags; split it, or give the articles as .jsonl")
    try:  # a stream, for a string could be taken for an address or a path; what it gives is never shown as HTML
        return feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # other people's feeds fail in many ways; one feed never stops a run
        raise BrokenInput(f"it can't be read as a feed ({type(error).__name__}); get it anew or mend it") from error


def _words(item: Any, field: str) -> str | None:  # noqa: ANN401 # feedparser ships no types
    return tidy(_text(item.get(f"{field}_detail") or {}))


def _text(part: Mapping[str, Any]) -> str:
    value = printable(part.get("value") or "")
    return value.strip() if part.get("type") == "text/plain" else text_of(value)


def _day(entry: Any) -> date | None:  # noqa: ANN401 # feedparser ships no types
    """Give the day as written; where it is written as only feedparser knows, the one in UTC."""
    for field in ("published", "updated"):
        if field in entry:  # without the question feedparser warns of what it will drop
            when = entry.get(f"{field}_parsed")
            return parse_day(entry[field]) or (date(*when[:3]) if when else None)
    return None


def _link(entry: Any, base: str) -> str | None:  # noqa: ANN401 # feedparser ships no types
    link = entry.get("link")
    return _joined(base, link) if link else web_address(entry.get("id"))


def _authors(item: Any) -> tuple[str, ...]:  # noqa: ANN401 # feedparser ships no types
    """Give the authors of an entry or feed; feedparser's cut between name and mail address fails for long domains."""
    details, line = item.get("authors") or [], item.get("author") or ""
    if len(details) == 1 and "@" in line:
        return _names([re.sub(r"\S+@\S+", " ", line).strip(" ()<>,;:")])
    return _names([detail.get("name") for detail in details])


def _names(values: Iterable[object]) -> tuple[str, ...]:
    """Give the names of people in bylines; of an outlet's or a desk's the whole."""
    bylines = (re.sub(r"^\s*by:?\s+", "", name, flags=re.IGNORECASE) for name in map(tidy, values) if name)
    words = [name for name in bylines if "@" not in name and not web_address(name)]
    return tuple(dict.fromkeys(author for name in words for author in people(name).authors or (name,)))


# --- JSON Feed ------------------------------------------------------------------------------------


def _of_json(data: bytes, name: str) -> Iterator[Entry]:
    feed = parse(data, first=True)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise BrokenInput("there is no feed in it; give the address or the file of a feed")
    base = next(filter(None, map(web_address, (name, feed.get("home_page_url"), feed.get("feed_url")))), "")
    shared = Facts(publisher=tidy(feed.get("title")), authors=_named(feed))
    for item in feed["items"]:
        if not isinstance(item, dict):
            yield Entry(None, Facts(), "", "")
            continue
        link = _string(item.get("url")) or _string(item.get("external_url"))
        own = Facts(
            title=tidy(item.get("title")),
            published=parse_day(item.get("date_published")) or parse_day(item.get("date_modified")),
            url=_joined(base, link) if link else web_address(item.get("id")),
            authors=_named(item),
        )
        content = _string(item.get("content_text")).strip() or text_of(_string(item.get("content_html")))
        yield Entry(tidy(item.get("id")), own.or_else(shared), content, _string(item.get("summary")).strip())


def _named(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the names in "authors", or in "author" as version 1.0 has it."""
    authors = item.get("authors") or [item.get("author")]
    return _names(a.get("name") for a in authors if isinstance(a, dict)) if isinstance(authors, list) else ()


def _string(value: object) -> str:
    return printable(value) if isinstance(value, str) else ""


def _joined(base: str, link: str) -> str | None:
    """Give the address that a link of a feed leads to; None where it is none."""
    try:
        return web_address(urljoin(base, link))
    except ValueError:  # brackets that hold no address
        return None
