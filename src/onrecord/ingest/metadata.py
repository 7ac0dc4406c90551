"""Facts that a page states in JSON-LD, meta tags and links, each kind of statement as data."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from onrecord.ingest.dates import find_date
from onrecord.ingest.facts import Facts, tidy
from onrecord.ingest.names import people

Tree = Any  # an element of lxml, which ships no types

_ARTICLE = re.compile(r"(?:^|[/:])(?:\w*Article|\w*Posting|\w*NewsStory|Report|Review)$")
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)

# Fact -> the meta names that state it, the surest first.
META: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline", "parsely-title"),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "article:published",
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date",
        "dc.date.created",
        "citation_publication_date",
        "publication_date",
        "publish-date",
        "publishdate",
        "pubdate",
        "article.published",
        "published_time",
        "date",
        "cxenseparse:recs:publishtime",
    ),
    "publisher": (
        "og:site_name",
        "application-name",
        "dc.publisher",
        "citation_journal_title",
        "publisher",
        "twitter:app:name:iphone",
    ),
    "url": ("og:url", "twitter:url", "parsely-link"),
    "authors": (
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "byl",
        "citation_author",
        "twitter:creator",
    ),
}


def from_json_ld(tree: Tree) -> Facts:
    """Give what schema.org articles in the page's JSON-LD say; the fullest one stands, the others fill its gaps."""
    found = [_of_article(item) for item in _articles(tree)]
    found.sort(key=_weight, reverse=True)
    return found[0] if found else Facts()


def from_meta(tree: Tree) -> Facts:
    """Give what meta tags (OpenGraph, Dublin Core, Parse.ly, ...), canonical link and marked-up dates say."""
    said = _meta_tags(tree)
    first = {fact: next((said[name] for name in names if name in said), []) for fact, names in META.items()}
    canonical = [link.get("href") for link in tree.xpath("//link[@rel='canonical'][@href]")]
    return Facts(
        title=next(map(tidy, first["title"]), None),
        published=next(filter(None, map(parse_day, first["published"])), None),
        publisher=next(map(tidy, first["publisher"]), None),
        url=next(filter(None, map(web_address, [*canonical, *first["url"]])), None),
        authors=_names(first["authors"]),
    )


def parse_day(value: object) -> date | None:
    """Give the day of a date as a machine or a person wrote it; no shift of time zone."""
    words = tidy(value)
    return find_date(words) if words else None


def web_address(value: object) -> str | None:
    """Give the value if it is an http address."""
    words = tidy(value)
    return words if words and re.match(r"https?://\S+$", words) else None


# --- JSON-LD --------------------------------------------------------------------------------------


def _articles(tree: Tree) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            data = json.loads(_COMMENT.sub("", script.text_content()).strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (item for item in _items(data) if any(_ARTICLE.search(kind) for kind in _kinds(item)))


def _items(data: object) -> Iterator[dict[str, Any]]:
    """Give the top objects, those of @graph, and the main entity of a page; not the articles that a page only lists."""
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            yield item
            waiting.extend(item[key] for key in ("@graph", "mainEntity") if key in item)
            about = item.get("mainEntityOfPage")
            waiting.extend([about] if isinstance(about, dict) and "headline" in about else [])


def _kinds(item: dict[str, Any]) -> list[str]:
    kind = item.get("@type")
    return [k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)]


def _of_article(item: dict[str, Any]) -> Facts:
    page = item.get("mainEntityOfPage")
    urls = [item.get("url"), page.get("@id") if isinstance(page, dict) else page, item.get("@id")]
    publisher = item.get("publisher") or item.get("sourceOrganization")
    return Facts(
        title=tidy(item.get("headline")) or tidy(item.get("name")),
        published=parse_day(item.get("datePublished")) or parse_day(item.get("dateCreated")),
        publisher=next(iter(_labels(publisher)), None),
        url=next(filter(None, map(web_address, urls)), None),
        authors=_names(_labels(item.get("author") or item.get("creator"))),
    )


def _labels(value: object) -> list[str]:
    """Give the names in a JSON-LD value: a string, an object with a name, or a list of them."""
    if isinstance(value, list):
        return [name for one in value for name in _labels(one)]
    if isinstance(value, dict):
        return _labels(value.get("name"))
    words = tidy(value)
    return [words] if words and not web_address(words) else []


def _weight(facts: Facts) -> tuple[bool, bool, bool]:
    return bool(facts.title and facts.published), bool(facts.authors), bool(facts.url)


# --- meta tags ------------------------------------------------------------------------------------


def _meta_tags(tree: Tree) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = tidy(tag.get("content"))
        if name and content:
            said.setdefault(name.strip().lower(), []).append(content)
    for time in tree.xpath("//*[@itemprop='datePublished'][@datetime]"):
        said.setdefault("datepublished", []).append(time.get("datetime"))
    return said


def _names(values: list[str]) -> tuple[str, ...]:
    """Give the authors of author fields: lists in a string are split; addresses, handles and credits are dropped."""
    found: list[str] = []
    for value in values:
        words = re.sub(r"^\s*by:?\s+", "", value, flags=re.IGNORECASE)
        if authors := people(words).authors:
            found.extend(authors)
        elif not _NO_NAME.search(words):
            found.append(words)
    return tuple(dict.fromkeys(found))


_NO_NAME = re.compile(r"https?:|www\.|^@|[()<>{}]|^.{80}|^\W*$")
