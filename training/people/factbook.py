"""Heads of state and government as the CIA World Factbook listed them, month by month, from 2015 to early 2026."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from onrecord.people.places import places
from training.people.raw import Raw
from training.people.sources import days_between, table

AS_OF = "2026-02-01"  # its text is frozen since
NAMES = {
    "Burma": "Myanmar",
    "Cabo Verde": "Cape Verde",
    "C&ocirc;te d'Ivoire": "Ivory Coast",
    "Cote d'Ivoire": "Ivory Coast",
    "Congo (Brazzaville)": "Republic of the Congo",
    "Czechia": "Czech Republic",
    "DRC": "Democratic Republic of the Congo",
    "Holy See (Vatican City)": "Vatican",
    "Laos&nbsp;": "Laos",
    "Macedonia": "North Macedonia",
    "Swaziland": "Eswatini",
    "The Bahamas": "Bahamas",
    "The Dominican": "Dominican Republic",
    "The Gambia": "Gambia",
    "Timor-Leste": "East Timor",
}
NOT_SOVEREIGN = ("United States", "Puerto Rico", "Hong Kong", "Greenland")  # the first has better sources
MONARCHIES = frozenset(
    (
        *("Bahrain", "Belgium", "Bhutan", "Cambodia", "Denmark", "Eswatini", "Jordan", "Lesotho", "Malaysia"),
        *("Morocco", "Netherlands", "Norway", "Saudi Arabia", "Spain", "Sweden", "Thailand", "Tonga"),
        "United Kingdom",
    )
)
ONE = ("President", "Prime Minister", "Premier", "Chancellor", "King", "Queen", "Emir")  # held by one at a time
MOST_BETWEEN = 75  # days from the last sight of one to the next one's start; beyond it others may have come between
MISPRINTS = {("Ilie Bolojan", "2005-06-23"): "2025-06-23"}

_TITLE = re.compile(
    r"^(?:(?:Acting|Interim|Transitional|Transition|Caretaker) )?"
    r"(?:President of the Swiss Confederation|President|Prime Minister|Premier|(?:Federal )?Chancellor|King|Queen"
    r"|Emperor|Amir|Emir|Sultan and Prime Minister Sultan|Supreme Leader|Vice President|First Vice President"
    r"|Deputy Prime Minister|Taoiseach \(Prime Minister\)|Prince|Pope|Grand Duke|Chief Executive|State Counsell?or)\s+"
)
_PLAIN = {
    "Federal Chancellor": "Chancellor",
    "Amir": "Emir",
    "Taoiseach (Prime Minister)": "Prime Minister",
    "Sultan and Prime Minister Sultan": "Sultan",
    "President of the Swiss Confederation": "President",
}
_PASSING = re.compile(r"^(?:Interim|Transitional|Transition|Caretaker) ")
_RANKS = re.compile(
    r"^(?:(?:Gen|Lt|Lt\. Gen|Maj|Brig|Col|Capt|Dr|Sir|Dame|Sheikh|Shaykh|Field Marshal|Ret|Crown Prince|Brig\. Gen)"
    r"\.?\s+)+"
)
_NO_NAME = re.compile(r"\b(?:of|and|since|the|represented)\b")


def factbook(folder: Path) -> Iterator[Raw]:
    """Give the holders whose rows tell title, name and day; an end is the next one's beginning."""
    found: dict[tuple[str, str], list[tuple[str, str, str, str]]] = defaultdict(list)
    for r in table(folder, "factbook_leaders.tsv"):
        country = NAMES.get(r["country"], r["country"])
        if country in places() and country not in NOT_SOVEREIGN and (read := _read(r["title_and_name"])) and r["since"]:
            title, name, family = read
            if title not in ("King", "Queen") or country in MONARCHIES:
                since = MISPRINTS.get((name, r["since"]), r["since"])
                found[(country, title)].append((since, r["last_seen"], name, family))
    for (country, title), listed in found.items():
        yield from _terms(country, title, sorted(listed))


def _read(printed: str) -> tuple[str, str, str] | None:
    """Give title, name and family name of "Prime Minister Ada MORO", None where that can't be told."""
    m = _TITLE.match(printed)
    if m is None or "," in printed:
        return None
    title = _PLAIN.get(m[0].strip(), m[0].strip())
    title = _PASSING.sub("Acting " if "President" in title else "", title)
    name, family = _name(_RANKS.sub("", printed[m.end() :]))
    return None if not family or _NO_NAME.search(name) else (title, name, family)


def _terms(country: str, title: str, listed: list[tuple[str, str, str, str]]) -> Iterator[Raw]:
    one = title in ONE
    for since, last, name, family in listed:
        after = next((s for s, _, _, f in listed if s > since and f != family and (one or s > last[:8])), "")
        until = after if one or last < "2026-05-01" else ""
        yield Raw(
            name=name,
            country=country,
            place=country,
            title=title,
            since=since,
            until=until,
            as_of=min(last, AS_OF),
            basis="Factbook",
            unsure=len(until) == 10 and days_between(last, until) > MOST_BETWEEN,
            family=family,
        )


def _name(words: str) -> tuple[str, str]:
    """Give name and family name where capitals mark it: "XI Jinping" -> ("Xi Jinping", "Xi")."""
    tokens = re.sub(r'\s*(?:\(.*?\)|".*?")', "", words).strip(" .;").split()
    upper = [t for t in tokens if t.isupper() and len(t.strip(".-'")) > 1 and t != "III"]
    return " ".join(_cased(t) if t in upper else t for t in tokens), " ".join(_cased(t) for t in upper)


def _cased(word: str) -> str:
    return "-".join(re.sub(r"(?<=')\w", lambda m: m[0].upper(), p.capitalize()) for p in word.split("-"))
