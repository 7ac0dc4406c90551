"""Wikidata's office holders of about eighty countries, as EveryPolitician's scrapers took them in mid-2022."""

import re
from collections.abc import Iterator
from pathlib import Path

from onrecord.people.folding import plain
from onrecord.people.places import places
from training.people.raw import Raw
from training.people.sources import BEGIN, US, table

AS_OF = "2022-07-01"
COUNTRIES = {
    "bosnia-herzegovina": "Bosnia and Herzegovina",
    "czech": "Czech Republic",
    "uae": "United Arab Emirates",
    "us": US,
}
_LEFT_OUT = re.compile(
    r"^(?:judge|justice|supreme court justice|state secretary|undersecretary|lord of the treasury|principal private"
    r"|president of the province|vice president of the gen|justice of)|military cabinet|district executive"
    r"|^head of (?!government|state|the office|kyiv|the (?:republic|chechen|security|foreign))|vice governor"
    r"|city council|police chief|^vice[- ]president of the (?:house|national people)",
    re.IGNORECASE,
)
_ENVOY = re.compile(r"^(?:ambassador|high commissioner|permanent representative|consul)", re.IGNORECASE)
_POWERS = re.compile(
    r"to (?:the )?(?:US|United (?:States|Kingdom|Nations)|Russia|People|China|France|Germany|Ukraine|Israel|European"
    r"|NATO|Turkey|Iran|Japan|India)"
)
_BRITISH = re.compile(r"Minister|Secretary|Lord |Leader of|Attorney|Paymaster")
_ROYAL = ("monarch", "king", "queen", "emperor", "emir", "sultan")
_STYLE = re.compile(r",? (?:Baron(?:ess)?|Viscount|Earl) .*| \(.*\)")
_REALM = re.compile(r" of [A-Z][a-z]+( [A-Z][a-z]+)?$")

# a title's beginning, the place that it is of, its title there ("" for what follows the beginning)
_BODIES = (
    ("Speaker of the House", "US House", "Speaker"),
    ("White House ", "White House", ""),
    ("Director of the FBI", "FBI", "Director"),
    ("Director of the CIA", "CIA", "Director"),
    ("Chairman of the Joint Chiefs of Staff", "Joint Chiefs of Staff", "Chairman"),
    ("Administrator of the Environmental Protection Agency", "Environmental Protection Agency", "Administrator"),
)
_OF_STATE = re.compile(r"^(Governor|Lieutenant Governor|Mayor|Attorney General) of (.+)$")
_BANK = re.compile(
    r"(?:President|Governor) of (?:the )?(?:Central Bank|National Bank|Bank of |People's Bank|Reserve Bank)"
    r"|Governor of the .*Bank$"
)
_OFFICES = (
    (_BANK, "central bank governor"),
    (re.compile(r"Foreign Ministry Spoke|Spokes\w+ of the (?:Ministry of )?Foreign"), "foreign ministry spokesman"),
    (
        re.compile(
            r"Head of the Office of the President|Chief of Staff of the Presidential|Head of the Presidential A"
        ),
        "presidential chief of staff",
    ),
)


def wikidata(folder: Path) -> Iterator[Raw]:
    """Give the terms that are worth keeping; of envoys those to the powers, since 2000."""
    for r in table(folder, "ep_holders21.tsv"):
        country = COUNTRIES.get(r["country"]) or r["country"].replace("-", " ").title()
        title, since = r["position"], _day(r["start"])
        if not _kept(r, country):
            continue
        place, title = _whose(country, title)
        royal = title.lower() in _ROYAL
        steady = since >= "2013" or royal or title in ("President", "Prime Minister")
        yield Raw(
            name=(_REALM if royal else _STYLE).sub("", r["person"]),
            country=country,
            place=place,
            title=title,
            since=since,
            until=_day(r["end"]),
            as_of=max(AS_OF, since) if steady else since,  # an old term without an end is one whose end nobody noted
            basis="Wikidata",
            id=r["wikidata"],
            also=(r["enwiki"].split(" (")[0].split(",")[0],),
            gender=r["gender"][:1],
            rank=4,
        )


def _day(printed: str) -> str:
    """Give a date without what doesn't belong to it: "2014s" -> "2014"."""
    m = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", printed)
    return m[0] if m else ""


def _kept(r: dict[str, str], country: str) -> bool:
    title, since = r["position"], r["start"]
    if (r["end"] or since) < BEGIN or _LEFT_OUT.search(title) or r["country"] in ("world", "country"):
        return False
    if _ENVOY.match(title) and not (since >= "2000" and _POWERS.search(title)):
        return False
    if not plain(r["person"]).replace(" ", ""):  # in letters that are not Latin
        return False
    if country == "United Kingdom" and _BRITISH.search(title):
        return False  # the Institute for Government's own list is better
    return not (country == US and title in ("President", "Vice President"))


def _whose(country: str, title: str) -> tuple[str, str]:
    """Give the place of an office and its title there: "Governor of Ohio" is Ohio's."""
    m = _OF_STATE.match(title)
    for key in (f"{m[2]} (state)", m[2]) if m else ():
        place = places().get(key)
        if m and place and place.of == country and (place.kind == "city") == (m[1] == "Mayor"):
            return place.name, m[1]
    if country == US:
        for start, body, there in _BODIES:
            if title.startswith(start):
                return body, there or title.removeprefix(start)
    if re.match(r"(?:President|Head) of the Chechen Republic|Head of Chechnya", title):
        return "Chechnya", "Head"
    return country, next((office for rule, office in _OFFICES if rule.match(title)), title)
