"""additions.people.tsv and additions.terms.tsv: what we add by hand where the sources stop."""

import csv
from collections.abc import Iterator
from pathlib import Path

from training.people.raw import Raw, Someone

HERE = Path(__file__).parent
AS_OF = "2025-12-31"


def people() -> list[Someone]:
    """Give the people with a name, an item or other names of their own."""
    return [
        Someone(
            r["id"],
            r["name"],
            r["country"],
            r["other names"].split("|") if r["other names"] else [],
            r["family"],
            r["gender"],
            r["party"],
            9,
            bool(r["id"]),
        )
        for r in _rows("additions.people.tsv")
    ]


def terms() -> Iterator[Raw]:
    """Give the terms; one without an end is known to run on the day in its column `as of` only."""
    by_name = {r["name"]: r for r in _rows("additions.people.tsv")}
    for r in _rows("additions.terms.tsv"):
        own = by_name.get(r["name"], {})
        yield Raw(
            name=r["name"],
            country=own.get("country", r["country"]),
            place=r["place"],
            title=r["office"],
            since=r["since"],
            until=r["until"],
            as_of=r["as of"] or AS_OF,
            basis=r["basis"],
            id=own.get("id", ""),
            rank=5,
            hand=True,
        )


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))
