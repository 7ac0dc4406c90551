"""Bylines -> names of authors and outlets, by rules with their examples."""

import re
from dataclasses import dataclass

from onrecord.ingest.dates import find_date

# Words that an outlet's name holds and a person's hardly ever does.
# fmt: off
OUTLET_WORDS = frozenset((
    "afp", "agency", "agence", "ap", "associated", "bbc", "bloomberg", "broadcasting", "bulletin", "chronicle",
    "cnn", "courier", "daily", "dispatch", "dpa", "echo", "examiner", "gazette", "globe", "guardian", "herald",
    "independent", "inquirer", "itv", "journal", "kyodo", "magazine", "mail", "media", "mirror", "monitor",
    "network", "news", "newspaper", "newswire", "npr", "observer", "pa", "post", "press", "radio", "record",
    "reuters", "review", "sentinel", "service", "standard", "tass", "telegraph", "television", "times", "today",
    "tribune", "tv", "upi", "voice", "weekly", "wire", "xinhua",
))
# fmt: on
# Words that a role on a byline holds.
# fmt: off
ROLE_WORDS = frozenset((
    "analyst", "anchor", "bureau", "chief", "columnist", "commentator", "contributor", "correspondent",
    "correspondents", "critic", "desk", "director", "editor", "editors", "fellow", "photographer", "producer",
    "professor", "reporter", "reporters", "staff", "writer", "writers",
))
# fmt: on
# Small words inside the names of people.
_PARTICLE = r"(?:al|ap|bin|da|de|del|della|der|di|dos|du|e|el|ibn|la|le|st\.?|ter|van|vander|von|y|zu)"
_WORD = r"(?:(?:[dl]['’]|O['’]|Mc|al-|el-)?[^\W\d_a-z][\w'’.-]*)"
_NAME = re.compile(rf"{_WORD}(?:\s+(?:{_WORD}|{_PARTICLE})){{0,5}}")
_SEPARATOR = re.compile(
    r"\s*[|•·/;]\s*|\s+[-–—]\s+|\s+for\s+(?=the\b|[A-Z])|\s+(?:at|in)\s+(?=[A-Z])|\s*\((?=[A-Z])|\)\s*"
)
_AND = re.compile(r"\s*,?\s+(?:and|with|&)\s+|\s*,\s*", re.IGNORECASE)
_BY = re.compile(r"^\s*(?:(?:written|reported|story|words|analysis|opinion)\s+)?by:?\s+", re.IGNORECASE)
_WEEKDAY_OR_MONTH = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote it, and for whom."""

    authors: tuple[str, ...] = ()
    outlet: str | None = None


# Bylines beside what they say: (line, authors, outlet).
EXAMPLES: tuple[tuple[str, tuple[str, ...], str | None], ...] = (
    ("By Marta Lindqvist", ("Marta Lindqvist",), None),
    ("By Marta Lindqvist and Joel van der Aa", ("Marta Lindqvist", "Joel van der Aa"), None),
    ("By MARTA LINDQVIST, JOEL AA and D. O’Hara", ("MARTA LINDQVIST", "JOEL AA", "D. O’Hara"), None),
    ("By Marta Lindqvist, Harbour Post", ("Marta Lindqvist",), "Harbour Post"),
    ("By Marta Lindqvist, Political Editor", ("Marta Lindqvist",), None),
    ("By Marta Lindqvist, Chief Correspondent, Harbour Post", ("Marta Lindqvist",), "Harbour Post"),
    ("By Marta Lindqvist | Reuters", ("Marta Lindqvist",), "Reuters"),
    ("By Marta Lindqvist for the Harbour Post", ("Marta Lindqvist",), "the Harbour Post"),
    ("by Marta Lindqvist - March 28, 2025", ("Marta Lindqvist",), None),
    ("Written by Marta Lindqvist in Brussels", ("Marta Lindqvist",), None),
    ("By The Associated Press", ("The Associated Press",), "The Associated Press"),
    ("By Harbour Post staff", ("Harbour Post staff",), None),
    # No bylines: sentences that begin with "By".
    ("By Tuesday", (), None),
    ("By the end of the year the bridge will be open.", (), None),
    ("By then Lindqvist had left the room", (), None),
    ("By March 2025", (), None),
)


def byline(line: str) -> Byline | None:
    """Give what a "By ..." line says; None where the line is no byline."""
    m = _BY.match(line)
    if not m or len(line) > 200 or line.rstrip().endswith((".", "?", "!", ":")):
        return None
    rest = line[m.end() :].strip()
    head, *tail = (part.strip() for part in _SEPARATOR.split(rest) if part and part.strip())
    found = people(head)
    if not found.authors:
        return None
    outlet = found.outlet or next((part for part in tail if is_outlet(part) and not find_date(part)), None)
    return Byline(found.authors, outlet)


def people(names: str) -> Byline:
    """Give the authors of "A, B and C, Chief Correspondent, Outlet"; none where the words are no names."""
    parts = [part.strip() for part in _AND.split(names) if part.strip()]
    authors = [part for part in parts if not is_outlet(part) and not _is_role(part)]
    outlet = next((part for part in parts if is_outlet(part)), None)
    if not authors and parts:
        authors = parts[:1]
    if not all(_is_name(part) for part in authors) or find_date(names):
        return Byline()
    return Byline(tuple(dict.fromkeys(authors)), outlet)


def is_outlet(words: str) -> bool:
    """Tell whether the words name an outlet and not one of its people."""
    return any(w.strip(".").lower() in OUTLET_WORDS for w in words.split()) and not _is_role(words)


def _is_role(words: str) -> bool:
    return any(w.strip(".").lower() in ROLE_WORDS for w in words.split())


def _is_name(words: str) -> bool:
    if _is_role(words):  # "Harbour Post staff"
        return words[:1].isupper()
    return bool(_NAME.fullmatch(words)) and not _WEEKDAY_OR_MONTH.search(words)
