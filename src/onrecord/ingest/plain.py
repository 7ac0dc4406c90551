"""Plain text -> facts: the headers, title, byline and dateline that news comes with. The text is never touched.

A head is read line by line until the first line of body; the first word on each fact stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.ingest.dates import date_in_url, find_date, is_date_line
from onrecord.ingest.facts import Facts, is_blank, tidy
from onrecord.ingest.names import byline, people

HEAD_LINES = 14  # lines with words on them, at most, that are looked at
HEAD_CHARACTERS = 6_000


def facts(text: str) -> Facts:
    """Give what the head of a news text says of it."""
    found, guessed_title = Facts(), None
    lines = list(_head(text))
    for i, line in enumerate(lines):
        said = _header(line.words)
        if said is not None:
            found = found.or_else(said)
        elif guessed_title is None and found.title is None and _is_title(lines, i):
            guessed_title = line.words.lstrip("# ")
        elif not _is_standfirst(lines, i):
            found = found.or_else(_body_start(line.words))
            break
    return found.or_else(Facts(title=tidy(guessed_title), published=date_in_url(found.url or "")))


# --- headers --------------------------------------------------------------------------------------

Field = Literal["published", "title", "publisher", "url", "authors", None]


@dataclass(frozen=True, slots=True)
class Header:
    """A kind of header line: its labels, the fact it gives (None: a header that gives none), and examples of it."""

    field: Field
    labels: str  # a pattern
    examples: tuple[tuple[str, str | None], ...]  # line -> the fact as text; None where the line is no such header


HEADERS = (
    Header(
        "published",
        r"(?:date|(?:first )?published|(?:publication|publish|release) date|date published|posted|issued|released)"
        r"(?:\s+(?:on|at))?",
        (
            ("date 2025-03-28", "2025-03-28"),
            (" date 2025-03-28 A 'coalition' of three ports met on Monday", "2025-03-28"),
            ("Date: Fri, 28 Mar 2025 10:15:00 GMT", "2025-03-28"),
            ("DATE: 28/03/2025", "2025-03-28"),
            ("Published: March 28, 2025", "2025-03-28"),
            ("Published on 28 March 2025 at 14:05", "2025-03-28"),
            ("Posted: Mar 28, 2025 | Updated: Mar 30, 2025", "2025-03-28"),
            ("Published 14:05 GMT, 28 March 2025", "2025-03-28"),
            ("date: 2025-03-28", "2025-03-28"),
            ("Published: yesterday", None),
            ("Date night returned to the harbour on March 28, 2025, the mayor said, and the town was glad of it", None),
            ("Published documents show that the mayor signed on March 28, 2025", None),
        ),
    ),
    Header(
        None,
        r"(?:(?:last )?(?:updated|modified)|section|category|tags?|keywords|language|word count|photo|image)",
        (("Updated: March 30, 2025", None), ("Section: World", None)),
    ),
    Header(
        "title",
        r"(?:title|headline|subject)",
        (
            ("Title: Three ports agree on a toll", "Three ports agree on a toll"),
            ('headline: "Three ports agree"', "Three ports agree"),
            ("Title", None),
        ),
    ),
    Header(
        "publisher",
        r"(?:source|publisher|publication|outlet|newspaper|site)",
        (
            ("Source: Harbour Post", "Harbour Post"),
            ("PUBLISHER: Reuters", "Reuters"),
            ("Source: harbour-post.example", "harbour-post.example"),
            ("Source Reuters", None),
            ("Newspaper: Minister used her own boat on Monday.", None),
            ("Source: ministers to meet", None),
        ),
    ),
    Header(
        "url",
        r"(?:url|link|permalink|web|address)",
        (
            ("URL: https://harbour.example/2025/03/28/toll", "https://harbour.example/2025/03/28/toll"),
            ("Link: see below", None),
        ),
    ),
    Header(
        "authors",
        r"(?:by|authors?|bylines?|reporters?|written by)",
        (
            ("Author: Marta Lindqvist", "Marta Lindqvist"),
            ("Authors: Marta Lindqvist and Joel Aa", "Marta Lindqvist; Joel Aa"),
            ("By: Marta Lindqvist, Harbour Post", "Marta Lindqvist"),
            ("BYLINE: Marta Lindqvist.", "Marta Lindqvist"),
        ),
    ),
)
_LABELLED = tuple((h.field, re.compile(rf"\s*{h.labels}\s*:\s*(?P<value>\S.*)", re.IGNORECASE)) for h in HEADERS)
_UNLABELLED_DATE = re.compile(rf"\s*(?:{HEADERS[0].labels}|updated)\s+(?P<value>\S.*)", re.IGNORECASE)
_LEADING_ISO = re.compile(r"\s*date\s*:?\s*(?P<value>[12]\d{3}-\d\d-\d\d)(?!\d)", re.IGNORECASE)
_SMALL_WORDS = frozenset(("and", "for", "in", "of", "on", "the", "&", "-", "|"))
_RULE = re.compile(r"\s*[-=_*~]{3,}\s*")


def _header(line: str) -> Facts | None:
    """Give what a header line says (no facts for one that says nothing of use); None where it is no header."""
    for field, pattern in _LABELLED:
        if m := pattern.fullmatch(line):
            return _fact(field, m["value"])
    if _RULE.fullmatch(line):
        return Facts()
    if is_date_line(line):
        return Facts(published=find_date(line))
    if (m := _UNLABELLED_DATE.fullmatch(line)) and is_date_line(m["value"]):
        return Facts() if line.lstrip()[:1] in "uU" else Facts(published=find_date(m["value"]))
    if by := byline(line):
        return Facts(authors=by.authors, publisher=by.outlet, published=find_date(line))
    return None


def _body_start(line: str) -> Facts:
    """Give what the first line of body says of the article: a date put before it, and its dateline."""
    m = _LEADING_ISO.match(line)
    return Facts(published=find_date(m["value"]) if m else None).or_else(dateline(line[m.end() :] if m else line))


def _fact(field: Field, value: str) -> Facts | None:
    words = tidy(value.strip().strip("\"'“”").removesuffix(".")) or ""
    if field == "published":
        return Facts(published=day) if (day := find_date(words)) and len(words) < 100 else None
    if field == "title":
        return Facts(title=words)
    if field == "publisher":
        return Facts(publisher=words) if _names_an_outlet(words) else None
    if field == "url":
        return Facts(url=words) if re.fullmatch(r"https?://\S+", words) else None
    if field == "authors":
        by = people(words)
        return Facts(authors=by.authors, publisher=by.outlet) if by.authors else None
    return Facts() if len(words) < 120 else None


def _names_an_outlet(value: str) -> bool:
    """Tell whether the words are a name ("Harbour Post") and no headline ("Source: ministers to meet")."""
    words = value.split()
    return len(words) <= 2 or (len(words) <= 7 and all(w in _SMALL_WORDS or not w[0].islower() for w in words))


# --- datelines ------------------------------------------------------------------------------------

_PLACE = r"[A-Z][A-ZÀ-Þ.'’ -]{1,60}(?:,\s+(?:[A-Z][\w.'’-]*\s?){1,3})?(?:/[A-Z]+)?"
_DAY = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+[12]\d{3})?"
_AGENCY = r"\((?P<agency>[A-Z][\w .&’'-]{1,40})\)|/\s?(?P<wire>[A-Z][\w .-]{1,30}?)\s?/"
_DATELINE = re.compile(rf"\s*(?P<place>{_PLACE})?\s*,?\s*(?P<day>{_DAY})?\s*,?\s*(?:{_AGENCY})?\s*(?:--|[-–—])(?:\s|$)")

# First words of a body beside what its dateline says: (line, publisher, published).
DATELINES: tuple[tuple[str, str | None, str | None], ...] = (
    ("PARIS, March 27 (Reuters) - Three ports agreed on a toll.", "Reuters", None),
    ("PARIS, March 27, 2025 (Reuters) - Three ports agreed.", "Reuters", "2025-03-27"),
    ("KYIV, Ukraine (AP) — Three ports agreed.", "AP", None),
    ("BRUSSELS, 27 March 2025 (AFP) – Three ports agreed.", "AFP", "2025-03-27"),
    ("(Reuters) - Three ports agreed.", "Reuters", None),
    ("HAVENPORT, Ohio, March 28, 2025 /PRNewswire/ -- Lindqvist Shipping said", "PRNewswire", "2025-03-28"),
    ("NEW YORK — Three ports agreed.", None, None),
    ("NATO (North Atlantic Treaty Organization) members met on March 27, 2025.", None, None),
    ("The toll - agreed on March 27, 2025 (Monday) - is high.", None, None),
    ("A toll (Reuters) - once thought dead - is back.", None, None),
)


def dateline(line: str) -> Facts:
    """Give what the dateline at the start of a paragraph says: the agency, and the date where it has its year."""
    m = _DATELINE.match(line)
    agency = m and (m["agency"] or m["wire"])
    if not m or not (m["place"] or agency):
        return Facts()
    return Facts(publisher=tidy(agency), published=find_date(m["day"] or ""))


# --- lines and titles -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the head with words on it, and whether a blank line follows."""

    words: str
    blank_after: bool


# First lines of a text beside whether a blank line follows and they are taken for its title.
TITLES: tuple[tuple[str, bool, bool], ...] = (
    ("Three ports agree on a toll", True, True),
    ("# Three ports agree on a toll", True, True),
    ("Will the ports agree?", True, True),
    ("'We will pay,' says Lindqvist - Reuters", True, True),
    ("Three ports agree on a toll", False, False),
    ("Three ports agreed on a toll on Monday.", True, False),
    ("Q: Will the ports agree?", True, False),
    ("Three", True, False),
    ("“We will pay.”", True, False),
    ("Lindqvist said: ‘We will pay.’", True, False),
    ("The harbour master said:", True, False),
)
_TITLE_CHARACTERS = 160
_NO_TITLE = re.compile(r"\s*(?:[QA]|Question|Answer)\s*[:.]|.*[.,;:][\"'”’]?\s*$|\S*$|[“‘\"'].*[”’\"']$", re.IGNORECASE)


def _head(text: str) -> Iterator[Line]:
    lines = text[:HEAD_CHARACTERS].lstrip("\ufeff").splitlines()
    worded = [i for i, words in enumerate(lines) if not is_blank(words)]
    for i in worded[:HEAD_LINES]:
        yield Line(lines[i], blank_after=i + 1 < len(lines) and is_blank(lines[i + 1]))


def _is_title(lines: Sequence[Line], i: int) -> bool:
    """Tell whether a line is short, no sentence, and set off from what follows by a blank line or a header."""
    words = lines[i].words.strip()
    if i + 1 == len(lines) or len(words) > _TITLE_CHARACTERS or _NO_TITLE.match(words) or _body_start(words) != Facts():
        return False
    return lines[i].blank_after or bool(_header(lines[i + 1].words))


def _is_standfirst(lines: Sequence[Line], i: int) -> bool:
    """Tell whether a line stands between a title and the byline."""
    return 0 < i < len(lines) - 1 and len(lines[i].words) < 300 and byline(lines[i + 1].words) is not None
