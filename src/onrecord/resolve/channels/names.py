"""The names of agencies, stations, programmes, outlets and platforms, and where a text mentions them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from onrecord.resolve.lexicon import lexicon
from onrecord.types import Span, Via

Kind = Literal["agency", "station", "programme", "outlet", "platform", "any"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name one or two links ("Tarn TV's 'Lund Tonight'"): the station first, then its programme."""

    span: Span
    kind: str  # "air" (one hears it), "print" or "platform"
    links: tuple[Via, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The table of names as patterns; `before` gives the words that make a name behind them a link."""

    kinds: dict[str, str]  # by name, as written
    weak: frozenset[str]
    pattern: re.Pattern[str]
    before: tuple[tuple[str, re.Pattern[str]], ...]
    around: dict[str, re.Pattern[str]]

    @property
    def agencies(self) -> frozenset[str]:
        """Give the names of news agencies."""
        return frozenset(n for n, k in self.kinds.items() if k == "agency")


@cache
def words(name: str) -> re.Pattern[str]:
    """Give a pattern of the table's words by its name."""
    return names().around[name]


@cache
def names() -> Names:
    """Give the table of `data/channels.tsv` (read at the first call)."""
    kinds: dict[str, str] = {}
    weak: set[str] = set()
    around: dict[str, re.Pattern[str]] = {}
    before: list[tuple[str, re.Pattern[str]]] = []
    for kind, name, more in rows():
        if kind == "weak":
            weak.add(name)
        elif kind == "words":
            around[name] = re.compile(more.split("\t")[0])
        elif kind == "before":
            pattern, _ = more.split("\t")
            before.append((name, re.compile(rf"(?:{pattern})\s+{_BETWEEN}$")))
        else:
            kinds.update(dict.fromkeys((*(f for f in more.split("|") if f), name), kind))
    known = "|".join(re.escape(n) for n in sorted(kinds, key=len, reverse=True))
    return Names(kinds, frozenset(weak), re.compile(_ANY.replace("KNOWN", known)), tuple(before), around)


def rows() -> Iterator[tuple[str, str, str]]:
    """Give the lines of the table: kind, name or kinds of name, and the rest."""
    text = (files("onrecord.resolve") / "data" / "channels.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, name, *more = line.split("\t", 2)
            yield kind, name, more[0] if more else ""


_BETWEEN = (
    r"(?:the |The |an? |his |her |their |its |[A-Z]\w+['’]s )?(?:(?:public )?(?:podcast|radio show|radio station"
    r"|talk show|show|programme?|website|news site|site|tabloid|magazine|newspaper|daily|weekly|broadcaster|network"
    r"|agency|news agency|blog),? )?[\"“”'‘]{0,2}"
)
_NOUNS = (
    r"TV|News|Radio|Times|Post|Journal|Press|Herald|Tribune|Gazette|Magazine|magazine|Newspaper|newspaper|Telegraph"
    r"|Broadcasting|Chronicle|Globe|Observer|Register|Sentinel|Courier|Mirror|Examiner|Inquirer|Bulletin|Dispatch"
    r"|Television|television|radio|Ledger|Daily|Weekly|Monitor|Record|Star|Standard|News Agency|Media|Wire|Tonight"
)
_SHOWS = r"Show|show|[Pp]odcast|radio (?:show|program|programme)|talk show|[Pp]rogramme?|Hour|Report"
_WORD = r"[A-Z][\w&.-]*"
_ANY = (
    r"(?<![\w@#/])(?:(?P<known>KNOWN)"
    rf"|(?P<called>[WK][A-Z]{{2,3}}(?:-(?:TV|AM|FM))?(?:[ -]?\d{{1,4}})?(?:[ ]radio)?)"
    rf"|(?P<coined>{_WORD}(?:[ ](?:of[ ]|the[ ])?{_WORD}){{0,3}}?[ ](?:{_NOUNS}))"
    rf"|(?P<short>(?:Post|Times|Journal|Herald|Tribune|Guardian|Globe|Sun|Telegraph|Register|Star|Sentinel|Gazette))"
    rf"|(?P<owned>{_WORD}(?:[ ]{_WORD}){{0,3}}['’]s?[ ](?:[a-z]+[ ]){{0,2}}(?:{_SHOWS}))"
    rf"|(?P<show>(?:The[ ])?{_WORD}(?:[ ](?:with[ ]|the[ ]|of[ ]|and[ ]|&[ ])?{_WORD}){{0,4}}[ ](?:{_SHOWS}))"
    r"|(?P<site>[A-Z][\w-]*(?:\.[\w-]+)?\.(?:com|org|net|co\.uk|fr|de|ua|ru)))"
    r"(?![\w@]|\.\w)"
)
_OWN = re.compile(
    r"['’]?s?[\"”']?(?:\s(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day['’]s))?\s(?:(?:show|programme?|podcast),?\s)?"
    r"(?P<open>[\"“'‘]{1,2})?(?P<name>[A-Z0-9][\w&.'’-]*(?:\s(?:(?:with|the|of|and|&|on|in|to|for|at)\s){0,2}[A-Z0-9][\w&.'’-]*){0,5})"
    r"(?P<close>[,.]?[\"”'’]{1,2})?"
)
_COMMON = re.compile(
    r"(?:The|A|An|This|That|His|Her|Our|My|Local|Conservative|Liberal|\w+-language)\s[a-z]+$|(?:The|A|This) \w+$"
)
# What names a poll, an event or a company instead of a way to the page.


def mentions(text: str, start: int, end: int) -> Iterator[Mention]:
    """Give the names that may be links in a stretch of text; what the words around them make of them is not read."""
    table = names()
    at = start
    while m := table.pattern.search(text, at, end):
        at = m.end()
        name, form = m.group(), m.lastgroup or ""
        kind = table.kinds.get(name, "any")
        if form == "short" and text[max(0, m.start() - 4) : m.start()].lower() != "the ":
            continue
        if name in table.weak and not _marked(text, m.start(), m.end(), kind):
            continue
        if form == "coined" and _COMMON.match(name):
            continue
        if words("other").match(text, m.end(), end):
            continue
        whole = Span(m.end() - len(_shorn(name)) if form == "coined" else m.start(), m.end())
        own = Via(whole.of(text), whole)
        shown = _programme(text, m.end(), end) if kind in ("station", "any", "outlet") else None
        if shown:
            at = shown[0].end
            yield Mention(Span(whole.start, at), "air", (own, Via(shown[0].of(text), shown[0])))
        else:
            yield Mention(whole, _sort(kind, name, form), (own,))


def _shorn(name: str) -> str:
    return name.removeprefix("The ")


_HEARD = re.compile(r"\b(?:TV|News|[Rr]adio|[Tt]elevision|Broadcasting|Tonight)\b")


def _sort(kind: str, name: str, form: str) -> str:
    if kind == "platform":
        return kind
    air = kind in ("station", "programme") or form in ("called", "owned", "show") or _HEARD.search(name)
    return "air" if air else "print"


def _marked(text: str, start: int, end: int, kind: str) -> bool:
    """Tell whether a name that is a common word too is marked as a name: quoted, or "the" or "on" before it."""
    before, after = text[max(0, start - 12) : start], text[end : end + 12]
    if kind == "programme":
        return before[-1:] in "\"“'‘" and after[:1] in "\"”'’,."
    return True


def _programme(text: str, start: int, end: int) -> tuple[Span, bool] | None:
    """Give the programme named behind its station: "Tarn TV's 'Lund Tonight'", "ABC's This Week"."""
    m = _OWN.match(text, start, end)
    if m is None:
        return None
    quoted = bool(m.group("open") and m.group("close"))
    name = re.sub(r"['’.,]+$", "", m.group("name"))
    known = [n for n in _prefixes(name) if names().kinds.get(n) == "programme"]
    if not quoted and known:
        name = known[0]
    if quoted or known or (_SHOWN.search(name) and text[start : start + 1] in "'’"):
        return Span(m.start("name"), m.start("name") + len(name)), quoted
    return None


_SHOWN = re.compile(r"^The\s|\b(?:Show|Tonight|Today|Live|Hour|Report|Morning|Week|File|Daily|News|Podcast|Sunday)$")


def _prefixes(name: str) -> Iterator[str]:
    words = name.split()
    for n in range(len(words), 0, -1):
        short = " ".join(words[:n])
        yield short
        yield re.sub(r"['’]s?$", "", short)


def is_outlet(name: str) -> bool:
    """Tell whether a name or phrase denotes an outlet or a programme: "Tarn Post", "international outlets"."""
    words = lexicon()
    low = re.sub(r"^(?:the|an?)\s+", "", re.sub(r"['’]s$", "", name.strip().lower()))
    parts = low.split()
    if not parts:
        return False
    if (
        low in words["outlets"]
        or (parts[0] in words["outlets"] and parts[0] != "time")
        or " ".join(parts[:2]) in words["outlets"]
    ):
        return True
    if parts[-1] in words["outlet nouns"]:
        return True
    return len(parts) > 1 and any(p in words["outlet words"] for p in parts) and parts[0] not in words.given
