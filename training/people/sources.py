"""The sources of ../shared/data/people that may be passed on, each as rows of one shape."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from onrecord.people.folding import plain
from onrecord.people.places import places
from training.people.raw import Raw

BEGIN = "1990-01-01"  # terms that ended before are left out
WIKIDATA_AS_OF = "2022-07-01"
FACTBOOK_AS_OF = "2026-02-01"
STATES = dict(p.split() for p in ["AL Alabama", "AK Alaska", "AZ Arizona", "AR Arkansas", "CA California", "CO Colorado", "CT Connecticut", "DE Delaware", "FL Florida", "GA Georgia_(state)", "HI Hawaii", "ID Idaho", "IL Illinois", "IN Indiana", "IA Iowa", "KS Kansas", "KY Kentucky", "LA Louisiana", "ME Maine", "MD Maryland", "MA Massachusetts", "MI Michigan", "MN Minnesota", "MS Mississippi", "MO Missouri", "MT Montana", "NE Nebraska", "NV Nevada", "NH New_Hampshire", "NJ New_Jersey", "NM New_Mexico", "NY New_York", "NC North_Carolina", "ND North_Dakota", "OH Ohio", "OK Oklahoma", "OR Oregon", "PA Pennsylvania", "RI Rhode_Island", "SC South_Carolina", "SD South_Dakota", "TN Tennessee", "TX Texas", "UT Utah", "VT Vermont", "VA Virginia", "WA Washington", "WV West_Virginia", "WI Wisconsin", "WY Wyoming", "DC District_of_Columbia", "PR Puerto_Rico", "GU Guam", "VI Virgin_Islands", "AS American_Samoa", "MP Northern_Mariana_Islands"])  # fmt: skip
COUNTRIES = {
    "bosnia-herzegovina": "Bosnia and Herzegovina",
    "czech": "Czech Republic",
    "uae": "United Arab Emirates",
    "us": "United States",
}
FACTBOOK_NAMES = {
    "Burma": "Myanmar", "Cabo Verde": "Cape Verde", "C&ocirc;te d'Ivoire": "Ivory Coast", "Cote d'Ivoire": "Ivory Coast",
    "Congo (Brazzaville)": "Republic of the Congo", "Czechia": "Czech Republic", "DRC": "Democratic Republic of the Congo",
    "Holy See (Vatican City)": "Vatican", "Laos&nbsp;": "Laos", "Macedonia": "North Macedonia", "Swaziland": "Eswatini",
    "The Bahamas": "Bahamas", "The Dominican": "Dominican Republic", "The Gambia": "Gambia", "Timor-Leste": "East Timor",
}  # fmt: skip


def _table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def congress(folder: Path) -> Iterator[Raw]:
    """Give the members of the US Congress since 2012; a term that runs on has no end yet."""
    for r in _table(folder, "us_congress_terms.tsv"):
        state = STATES[r["state"]].replace("_", " ")
        senate = r["chamber"] == "sen"
        title = f"U.S. Senator from {state}" if senate else f"U.S. Representative from {state}"
        gone = r["as_of"] < "2026-06-01"  # not in the next version, half a year later
        ended = r["end"] <= r["as_of"] or (gone and _days(r["as_of"], r["end"]) < 200)
        yield Raw(
            f"{r['nickname'] or r['first']} {r['last']}", "United States", state, title.replace(" (state)", ""), r["start"],
            r["end"] if ended else "", r["as_of"], "congress", r["wikidata"] or f"bioguide-{r['bioguide']}",
            (r["person"], f"{r['first']} {r['last']}"), r["last"], r["gender"].lower(), r["party"], rank=3,
            office="senator" if senate else "representative", unsure=ended and r["end"] > r["as_of"],
        )  # fmt: skip


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def executive(folder: Path) -> Iterator[Raw]:
    """Give the presidents and vice presidents of the United States since Eisenhower."""
    for r in _table(folder, "us_executive.tsv"):
        title = {"prez": "President", "viceprez": "Vice President"}[r["type"]]
        ended = r["end"] < "2026-06-15"
        name = re.sub(r" (?:Jr\.|Sr\.)$", "", r["person"])
        yield Raw(
            name, "United States", "United States", title, r["start"], r["end"] if ended else "", "2026-06-15",
            "congress", r["wikidata"], (r["person"],), name.split()[-1], r["gender"].lower(), r["party"],
        )  # fmt: skip


def leadership(folder: Path) -> Iterator[Raw]:
    """Give who led in the two houses of Congress."""
    for r in _table(folder, "us_congress_leadership.tsv"):
        place = "US Senate" if r["chamber"] == "senate" else "US House"
        title = re.sub(r"^(?:Senate|House) | of the (?:House|Senate)$", "", r["title"])
        open_ = not r["end"] or r["end"] > "2026-06-15"
        yield Raw(
            r["person"], "United States", place, title, r["start"], "" if open_ else r["end"], "2026-06-15",
            "congress", rank=0,
        )  # fmt: skip


_LEFT_OUT = re.compile(
    r"^(?:judge|justice|supreme court justice|state secretary|undersecretary|lord of the treasury|principal private|"
    r"president of the province|vice president of the gen|head of the .*military cabinet|justice of)|military cabinet|"
    r"^head of (?!government|state|the office|kyiv|the (?:republic|chechen|security|foreign))|district executive|"
    r"vice governor|city council|police chief|^vice[- ]president of the (?:house|national people)",
    re.IGNORECASE,
)
_AMBASSADOR = re.compile(r"^(?:ambassador|high commissioner|permanent representative|consul)", re.IGNORECASE)
_POWERS = re.compile(
    r"to (?:the )?(?:US|United (?:States|Kingdom|Nations)|Russia|People|China|France|Germany|Ukraine|Israel|European|NATO|Turkey|Iran|Japan|India)"
)
_US_OF = re.compile(r"^(Governor|Lieutenant Governor|Mayor|Attorney General) of (.+)$")


def wikidata(folder: Path) -> Iterator[Raw]:
    """Give the holders of offices that Wikidata knew in mid-2022, of about eighty countries."""
    for r in _table(folder, "ep_holders21.tsv"):
        country = COUNTRIES.get(r["country"]) or r["country"].replace("-", " ").title()
        title, since, until = r["position"], r["start"], r["end"]
        if (until or since) < BEGIN or _LEFT_OUT.search(title) or r["country"] in ("world", "country"):
            continue
        if _AMBASSADOR.match(title) and not (since >= "2000" and _POWERS.search(title)):
            continue
        if not r["person"].isascii() and not plain(r["person"]).replace(" ", ""):
            continue
        if country == "United Kingdom" and re.search(r"Minister|Secretary|Lord |Leader of|Attorney|Paymaster", title):
            continue  # the Institute for Government's own list is better
        if country == "United States" and title in ("President", "Vice President"):
            continue
        place, title = _whose(country, title)
        royal = title.lower() in ("monarch", "king", "queen", "emperor", "emir", "sultan")
        yield Raw(
            re.sub(r" of [A-Z][a-z]+( [A-Z][a-z]+)?$", "", r["person"]) if royal else re.sub(r",? (?:Baron(?:ess)?|Viscount|Earl) .*| \(.*\)", "", r["person"]), country, place, title, since, until,
            WIKIDATA_AS_OF if since >= "2013" or title in ("President", "Prime Minister", "King") else since,
            "Wikidata", r["wikidata"], (r["enwiki"].split(" (")[0].split(",")[0],), gender=r["gender"][:1],
            rank=4,
        )  # fmt: skip


def _whose(country: str, title: str) -> tuple[str, str]:
    """Give the place of an office and its title there: "Governor of Ohio" is Ohio's."""
    m = _US_OF.match(title)
    if m:
        name = m[2].replace("New York City", "New York City")
        for key in (f"{name} (state)", name):
            place = places().get(key)
            if place and place.of == country and (place.kind == "city") == (m[1] == "Mayor"):
                return place.name, m[1]
    if country == "United States":
        for start, place_name in (("Speaker of the House", "US House"), ("White House ", "White House"), ("Director of the FBI", "FBI"), ("Director of the CIA", "CIA"),
                                  ("Chairman of the Joint Chiefs of Staff", "Joint Chiefs of Staff"),
                                  ("Administrator of the Environmental Protection Agency", "Environmental Protection Agency")):  # fmt: skip
            if title.startswith(start):
                rest = title.removeprefix(start) if start.endswith(" ") else title.split(" ")[0]
                return place_name, rest
    if re.match(
        r"(?:President|Governor) of (?:the )?(?:Central Bank|National Bank|Bank of |People's Bank|Reserve Bank)|Governor of the .*Bank$",
        title,
    ):
        return country, "central bank governor"
    if re.match(r"(?:President|Head) of the Chechen Republic|Head of Chechnya", title):
        return "Chechnya", "Head"
    if re.match(r"Foreign Ministry Spoke|Spokes\w+ of the (?:Ministry of )?Foreign", title):
        return country, "foreign ministry spokesman"
    if re.match(
        r"Head of the Office of the President|Chief of Staff of the Presidential|Head of the Presidential Admin", title
    ):
        return country, "presidential chief of staff"
    return country, title


def uk(folder: Path) -> Iterator[Raw]:
    """Give the ministers of the United Kingdom since 1979, whips left out."""
    for r in _table(folder, "uk_ministers_ifg.tsv"):
        if (r["rank"] == "Parl." and "Whip" in r["post"]) or (r["end"] or "9") < BEGIN:
            continue
        title = (
            re.sub(r" for Foreign(?:,| and) Commonwealth.*", " for Foreign Affairs", r["post"])
            if r["post"].startswith("Secretary of State")
            else r["post"]
        )
        if r["post"].startswith("Secretary of State for Health"):
            title = "Health Secretary"
        elif r["post"].startswith("Secretary of State for Education"):
            title = "Education Secretary"
        elif r["post"].startswith("Secretary of State for Justice"):
            title = "Justice Secretary"
        yield Raw(
            r["person"], "United Kingdom", "United Kingdom", title, r["start"], r["end"], "2026-06-12",
            "IfG", gender=r["gender"].lower(), rank=2,
            office="" if r["rank"] in ("PM", "DPM", "SoS", "Parl. lead.") else plain(title),
            family=r["short_name"] if r["short_name"] and r["short_name"] in r["person"] else "",
        )  # fmt: skip


_MISPRINTS = {("Ilie Bolojan", "2005-06-23"): "2025-06-23"}
_TITLE = re.compile(
    r"^(?:(?:Acting|Interim|Transitional|Transition|Caretaker) )?(?:President of the Swiss Confederation|President|Prime Minister|Premier|"
    r"(?:Federal )?Chancellor|King|Queen|Emperor|Amir|Emir|Sultan and Prime Minister Sultan|Supreme Leader|Vice President|First Vice President|"
    r"Deputy Prime Minister|Taoiseach \(Prime Minister\)|Prince|Pope|Grand Duke|Chief Executive|State Counsell?or)\s+"
)
_PLAIN_TITLES = {"Federal Chancellor": "Chancellor", "Amir": "Emir", "Taoiseach (Prime Minister)": "Prime Minister",
                 "Sultan and Prime Minister Sultan": "Sultan", "President of the Swiss Confederation": "President"}  # fmt: skip
_RANKS = re.compile(
    r"^(?:(?:Gen|Lt|Lt\. Gen|Maj|Brig|Col|Capt|Dr|Sir|Dame|Sheikh|Shaykh|Field Marshal|Ret|Crown Prince|Brig\. Gen)\.?\s+)+"
)


def factbook(folder: Path) -> Iterator[Raw]:
    """Give heads of state and government of all countries, as the World Factbook listed them from 2015 to early 2026."""
    found: dict[tuple[str, str], list[tuple[str, str, str, str, str]]] = defaultdict(list)
    for r in _table(folder, "factbook_leaders.tsv"):
        country = FACTBOOK_NAMES.get(r["country"], r["country"])
        place = places().get(country)
        m = _TITLE.match(r["title_and_name"])
        if (
            not place
            or not m
            or not r["since"]
            or country in ("United States", "Puerto Rico", "Hong Kong", "Greenland")
            or ("," in r["title_and_name"])
        ):
            continue
        title = _PLAIN_TITLES.get(m[0].strip(), m[0].strip())
        title = re.sub(
            r"^(Interim|Transitional|Transition|Caretaker) ", "Acting " if "President" in title else "", title
        )
        name, family = _name(_RANKS.sub("", r["title_and_name"][m.end() :]))
        if not family or re.search(r"\b(?:of|and|since|the|represented)\b", name):
            continue
        if title in ("King", "Queen") and country not in _MONARCHIES:
            continue
        since = _MISPRINTS.get((name, r["since"]), r["since"])
        found[(country, title)].append((since, r["last_seen"], name, family, r["title_and_name"]))
    for (country, title), listed in found.items():
        for since, last, name, family, _ in sorted(listed):
            one = title in _ONE
            after = next(
                (s for s, _, n, f, _ in sorted(listed) if s > since and f != family and (one or s > last[:8])), ""
            )
            gone = last < "2026-05-01" or one
            yield Raw(
                name, country, country, title, since, after if gone and after else "", min(last, FACTBOOK_AS_OF),
                "Factbook", family=family, rank=1,
            )  # fmt: skip


_ONE = ("President", "Prime Minister", "Premier", "Chancellor", "King", "Queen", "Emir")  # held by one at a time
_MONARCHIES = {"United Kingdom", "Spain", "Netherlands", "Belgium", "Sweden", "Norway", "Denmark", "Jordan", "Saudi Arabia",
               "Morocco", "Bahrain", "Thailand", "Cambodia", "Malaysia", "Bhutan", "Eswatini", "Lesotho", "Tonga"}  # fmt: skip


def _name(words: str) -> tuple[str, str]:
    """Give name and family name where capitals mark it: "XI Jinping" -> ("Xi Jinping", "Xi")."""
    words = re.sub(r'\s*(?:\(.*?\)|".*?")', "", words).strip(" .;")
    tokens = words.split()
    upper = [t for t in tokens if t.isupper() and len(t.strip(".-'")) > 1 and t != "III"]
    shown = [_cased(t) if t in upper else t for t in tokens]
    return " ".join(shown), " ".join(_cased(t) for t in upper)


def _cased(word: str) -> str:
    return "-".join(re.sub(r"(?<=')\w", lambda m: m[0].upper(), p.capitalize()) for p in word.split("-"))


def nicknames(folder: Path) -> Iterator[tuple[str, str]]:
    """Give short forms of given names, a row for each name."""
    found: dict[str, set[str]] = defaultdict(set)
    with (folder / "nicknames.csv").open(encoding="utf-8") as stream:
        for r in csv.DictReader(stream):
            if r["relationship"] == "has_nickname":
                found[plain(r["name1"])].add(plain(r["name2"]))
    yield from ((name, " ".join(sorted(short))) for name, short in found.items())
