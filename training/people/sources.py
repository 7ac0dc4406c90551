"""Sources of ../shared/data/people that may be passed on, each as rows of one shape: Congress, Britain, nicknames."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from onrecord.people.folding import plain
from training.people.raw import Raw

BEGIN = "1990-01-01"  # terms that ended before are left out
CONGRESS_AS_OF = "2026-06-15"
UK_AS_OF = "2026-06-12"
HALF_A_YEAR = 200  # days between two versions of the list of members, and some
US = "United States"
STATES = dict(
    line.split("\t")
    for line in (Path(__file__).parent / "states.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
)


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """Give the rows of a source by column."""
    with (folder / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def congress(folder: Path) -> Iterator[Raw]:
    """Give the members of the US Congress since 2012; a term that runs on has no end yet."""
    for r in table(folder, "us_congress_terms.tsv"):
        state = STATES[r["state"]]
        senate = r["chamber"] == "sen"
        gone = r["as_of"] < "2026-06-01"  # not in the next version, half a year later
        ended = r["end"] <= r["as_of"] or (gone and days_between(r["as_of"], r["end"]) < HALF_A_YEAR)
        yield Raw(
            name=f"{r['nickname'] or r['first']} {r['last']}",
            country=US,
            place=state,
            title=f"U.S. {'Senator' if senate else 'Representative'} from {state}".replace(" (state)", ""),
            since=r["start"],
            until=r["end"] if ended else "",
            as_of=max(r["as_of"], r["start"]),
            basis="congress",
            id=r["wikidata"] or ("" if r["bioguide"] == "TODO" else f"bioguide-{r['bioguide']}"),
            also=(r["person"], f"{r['first']} {r['last']}"),
            family=r["last"],
            gender=r["gender"].lower(),
            party=r["party"],
            rank=3,
            office="senator" if senate else "representative",
            unsure=ended and r["end"] > r["as_of"],
        )


def days_between(start: str, end: str) -> int:
    """Give the days from one to the other."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def executive(folder: Path) -> Iterator[Raw]:
    """Give the presidents and vice presidents of the United States since Eisenhower."""
    for r in table(folder, "us_executive.tsv"):
        name = re.sub(r" (?:Jr\.|Sr\.)$", "", r["person"])
        yield Raw(
            name=name,
            country=US,
            place=US,
            title={"prez": "President", "viceprez": "Vice President"}[r["type"]],
            since=r["start"],
            until=r["end"] if r["end"] < CONGRESS_AS_OF else "",
            as_of=CONGRESS_AS_OF,
            basis="congress",
            id=r["wikidata"],
            also=(r["person"],),
            family=name.split()[-1],
            gender=r["gender"].lower(),
            party=r["party"],
        )


def leadership(folder: Path) -> Iterator[Raw]:
    """Give who led in the two houses of Congress."""
    for r in table(folder, "us_congress_leadership.tsv"):
        yield Raw(
            name=r["person"],
            country=US,
            place="US Senate" if r["chamber"] == "senate" else "US House",
            title=re.sub(r"^(?:Senate|House) | of the (?:House|Senate)$", "", r["title"]),
            since=r["start"],
            until="" if not r["end"] or r["end"] > CONGRESS_AS_OF else r["end"],
            as_of=CONGRESS_AS_OF,
            basis="congress",
            rank=0,
        )


def uk(folder: Path) -> Iterator[Raw]:
    """Give the ministers of the United Kingdom since 1979, whips left out."""
    for r in table(folder, "uk_ministers_ifg.tsv"):
        if (r["rank"] == "Parl." and "Whip" in r["post"]) or (r["end"] or "9") < BEGIN:
            continue
        first = r["rank"] in ("PM", "DPM", "SoS", "Parl. lead.")
        yield Raw(
            name=r["person"],
            country="United Kingdom",
            place="United Kingdom",
            title=_british(r["post"]),
            since=r["start"],
            until=r["end"],
            as_of=UK_AS_OF,
            basis="IfG",
            gender=r["gender"].lower(),
            rank=2,
            office="" if first else plain(r["post"]),  # a junior minister "for Europe" is no foreign minister
            family=r["short_name"] if r["short_name"] and r["short_name"] in r["person"] else "",
        )


def _british(post: str) -> str:
    """Give a cabinet post without the many names of its ministry."""
    m = re.match(r"Secretary of State for (Foreign|Health|Education|Justice)\b", post)
    return f"{m[1]} Secretary" if m else post


def nicknames(folder: Path) -> Iterator[tuple[str, str]]:
    """Give short forms of given names, a row for each name."""
    found: dict[str, set[str]] = defaultdict(set)
    with (folder / "nicknames.csv").open(encoding="utf-8") as stream:
        for r in csv.DictReader(stream):
            if r["relationship"] == "has_nickname":
                found[plain(r["name1"])].add(plain(r["name2"]))
    yield from ((name, " ".join(sorted(short))) for name, short in found.items())
