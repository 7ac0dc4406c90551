"""What an input says of itself (title, date, publisher, url, authors), and the Article made with it."""

import re
from dataclasses import dataclass, fields
from datetime import date
from hashlib import blake2b
from html import unescape

from onrecord.errors import EmptyInput
from onrecord.ingest.options import IngestOptions
from onrecord.types import Article

_SPACE = re.compile(r"\s+")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad"


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about an article from one place (its headers, JSON-LD, meta tags, ...); empty where the place is silent."""

    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()

    def or_else(self, other: "Facts") -> "Facts":
        """Give these facts, with the gaps filled from the others."""
        return Facts(**{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(self)})


def article(text: str, name: str, facts: Facts, options: IngestOptions) -> Article:
    """Give the Article; the user's word in the options wins over the facts. Raises EmptyInput."""
    if is_blank(text):
        raise EmptyInput("there is no text in it; give an input that holds an article")
    return Article(
        id=blake2b(text.encode(), digest_size=16).hexdigest(),
        name=printable(name),
        text=text,
        title=facts.title,
        published=options.published or facts.published,
        publisher=options.publisher or facts.publisher,
        url=facts.url,
        authors=facts.authors,
    )


def is_blank(text: str) -> bool:
    """Tell whether nothing but white space and invisible characters is in the text."""
    return all(c.isspace() or c in _INVISIBLE for c in text)


def tidy(value: object) -> str | None:
    """Give a fact on one line without markup entities; None for what is no text or blank."""
    if not isinstance(value, str):
        return None
    return _SPACE.sub(" ", printable(unescape(value)).replace("\x00", "")).strip(" " + _INVISIBLE) or None


def printable(value: str) -> str:
    """Give the string with lone surrogates (undecodable file names, broken escapes) made printable."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
