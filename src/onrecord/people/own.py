"""What a user adds to the table: people and terms, other names, "these two are one", "this name is not that one".

It is kept in one file of JSON Lines to which is only ever added: an entry is taken back by a later one, never erased.
A table of people (.csv, .tsv) can be read in its place.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.days import first_day, last_day
from onrecord.errors import UsageError
from onrecord.people import lists, offices
from onrecord.people.folding import PARTICLES, parts, plain, sound
from onrecord.people.nouns import Person, Term


@dataclass(slots=True)
class Own:
    """What all entries of a user add up to."""

    people: dict[str, Person] = field(default_factory=dict)  # new ones; of known ones only the terms that were added
    aliases: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # plain name -> ids
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # id -> other names
    merged: dict[str, str] = field(default_factory=dict)  # id -> the id that it is one with
    kept_apart: dict[str, frozenset[str]] = field(default_factory=dict)  # plain name -> ids that it doesn't mean
    keys: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # sound -> ids

    def take(self, entry: Mapping[str, Any]) -> None:
        """Take one entry of the file."""
        match entry["do"]:
            case "add":
                self._add(lists.Row(**entry["row"]))
            case "alias":
                self._alias(entry["id"], entry["name"])
            case "merge":
                self._merge(entry["id"], entry["other"])
            case "split":
                key = plain(entry["name"])
                self.kept_apart[key] = self.kept_apart.get(key, frozenset()) | {entry["id"]}

    def ids_of(self, key: str) -> Sequence[str]:
        """Give the ids of added people that sound like this."""
        return self.keys.get(key, ())

    def holders_of(self, office: str, place: str) -> set[str]:
        """Give the ids of added people who ever held an office."""
        return {p.id for p in self.people.values() for t in p.terms if (t.office, t.place) == (office, place)}

    def readings(self, words: str) -> tuple[tuple[str, str], ...]:
        """Give the (office, place) pairs of added terms that words name: "Tarn Valley's mayor"."""
        asked = plain(words.replace("’s", "").replace("'s", ""))
        pairs = {(t.office, t.place) for p in self.people.values() for t in p.terms}
        return tuple(sorted(p for p in pairs if plain(p[1]) in asked and p[0] == offices.rest_of(asked, plain(p[1]))))

    def completed(self, person: Person, others: Iterable[Person] = ()) -> Person:
        """Give a person with the names and terms that were added, and those of the ones merged into it."""
        added = [*others, *([self.people[person.id]] if person.id in self.people else [])]
        also = [*person.also, *self.names.get(person.id, ()), *(n for o in added for n in o.names)]
        terms = {*person.terms, *(t for o in added for t in o.terms)}
        if not added and len(also) == len(person.also):
            return person
        kept = tuple(dict.fromkeys(n for n in also if n != person.name))
        return replace(person, also=kept, terms=tuple(sorted(terms, key=lambda t: t.since or date.min)))

    def _add(self, row: lists.Row) -> None:
        known = self.people.get(row.id)
        person = known or Person(row.id, row.name, "organisation" if row.type == "organisation" else "person")
        term = Term(
            row.office,
            row.place,
            row.title,
            first_day(row.since),
            last_day(row.until),
            last_day(row.as_of) or last_day(row.until) or date.max,
            row.basis,
        )
        self.people[row.id] = replace(
            person,
            also=tuple(dict.fromkeys((*person.also, *row.also))),
            family=person.family or row.family,
            gender=row.gender or person.gender,
            country=row.country or person.country,
            party=row.party or person.party,
            terms=(*person.terms, term) if row.office else person.terms,
        )
        for name in (row.name, *row.also):
            self.aliases[plain(name)].append(row.id)
            self._index(row.id, name)

    def _alias(self, id: str, name: str) -> None:
        self.names[id].append(name)
        self.aliases[plain(name)].append(id)
        self._index(id, name)

    def _merge(self, id: str, other: str) -> None:
        self.merged = {k: id if v == other else v for k, v in self.merged.items()} | {other: id}

    def _index(self, id: str, name: str) -> None:
        for word in parts(name):
            if word not in PARTICLES and len(word) > 1 and id not in self.keys[sound(word)]:
                self.keys[sound(word)].append(id)


def read(paths: Sequence[Path]) -> Own:
    """Give what the user's files add up to; a file that isn't there yet adds nothing.

    Raises UsageError for a file that can't be read, with the line.
    """
    found = Own()
    for path in paths:
        if path.suffix.lower() in (".csv", ".tsv"):
            for row in lists.read(path).rows:
                found.take({"do": "add", "row": lists.fields_of(row)})
        elif path.is_file():
            for entry in standing(entries(path)):
                found.take(entry)
    return found


def entries(path: Path) -> list[dict[str, Any]]:
    """Give all entries of the user's file, taken back or not, each with its number `n`."""
    found = []
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            found.append({**entry, "n": number, "do": entry["do"]})
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"{path}, line {number} is damaged. Remove that line, or name another file with --people."
            ) from error
    return found


def standing(all_entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Give the entries that were not taken back."""
    back: set[int] = set()
    for entry in reversed(all_entries):
        if entry["do"] == "undo" and entry["n"] not in back:
            back.add(entry["entry"])
    return [e for e in all_entries if e["do"] != "undo" and e["n"] not in back]


def append(path: Path, new: Iterable[Mapping[str, Any]]) -> None:
    """Put entries at the end of the user's file, which is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.writelines(json.dumps(dict(entry), ensure_ascii=False) + "\n" for entry in new)
