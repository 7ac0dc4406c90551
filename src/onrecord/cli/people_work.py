"""What the commands of `onrecord people` do: ask the table, or put an entry at the end of the user's file."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from onrecord.cli.boundary import Status
from onrecord.errors import UsageError
from onrecord.people import People, Person, Role, lists, own

_MANY = 10  # people shown for one name


@dataclass(frozen=True, slots=True)
class Asked:
    """The table that is asked, the day, and how the answer is printed."""

    people: People
    on: date
    as_json: bool

    @classmethod
    def of(cls, path: Path, on: datetime | None, as_json: bool) -> "Asked":
        """Give the table with the user's own people, on that day or today."""
        return cls(People.load((path,)), on.date() if on else date.today(), as_json)


def find_people(name: str, hint: str | None, asked: Asked) -> Status:
    """Print whom a name may mean."""
    return _print(asked.people.named(name, asked.on, hint), f"Nobody is known by {name!r}.", asked)


def find_holders(office: str, country: str | None, asked: Asked) -> Status:
    """Print who held an office."""
    found = asked.people.holders(office, asked.on, country)
    return _print(
        found, f"No holder of {office!r} is known on {asked.on}. Name the country too, or add your own.", asked
    )


def add_table(table: Path, path: Path, check: bool) -> Status:
    """Put the rows of a table into the user's file, and say what its columns were taken for."""
    read = lists.read(table)
    taken = ", ".join(f"{column} as {what}" if column != what else what for what, column in read.columns.items())
    _say(f"Columns: {taken}." + (f" Not used: {', '.join(read.unused)}." if read.unused else ""))
    if not check:
        _append(path, ({"do": "add", "row": lists.fields_of(row)} for row in read.rows))
    _say(f"{'Would add' if check else 'Added'} {len(read.rows)} {'entry' if len(read.rows) == 1 else 'entries'}.")
    for row in read.rows[:_MANY]:
        office = (
            f", {row.title or row.office} ({row.place or 'no place'}) {row.since or '?'} to {row.until or '?'}"
            if row.office
            else ""
        )
        sys.stdout.write(f"{row.name} [{row.id}]{office}\n")
    return Status.DONE


def add_alias(name: str, other: str, path: Path) -> Status:
    """Give somebody another name."""
    person = _one(name, path)
    _append(path, [{"do": "alias", "id": person.id, "name": other}])
    _say(f"{other!r} now names {_short(person)}.")
    return Status.DONE


def merge_two(kept: str, other: str, path: Path) -> Status:
    """Make two people one."""
    first, second = _one(kept, path), _one(other, path)
    if first.id == second.id:
        raise UsageError(f"{kept!r} and {other!r} are one already: {_short(first)}. Give two different ids.")
    _append(path, [{"do": "merge", "id": first.id, "other": second.id}])
    _say(f"{_short(second)} is now one with {_short(first)}.")
    return Status.DONE


def keep_apart(name: str, id: str, path: Path) -> Status:
    """Say that a name doesn't mean somebody."""
    people = People.load((path,))
    person = next((p for p in people.named(name) if p.id == id), None)
    if person is None:
        raise UsageError(f"{name!r} doesn't mean {id!r} anyway. `onrecord people find` shows the ids.")
    _append(path, [{"do": "split", "name": name, "id": id}])
    _say(f"{name!r} no longer means {_short(person)}.")
    return Status.DONE


def take_back(number: int | None, path: Path) -> Status:
    """Take back one entry, the last standing one where none is named."""
    standing = own.standing(own.entries(path))
    entry = next((e for e in reversed(standing) if number in (None, e["n"])), None)
    if entry is None:
        which = f"no entry {number}" if number else "no entry"
        raise UsageError(f"{path} has {which} that could be taken back. `onrecord people log` lists them.")
    _append(path, [{"do": "undo", "entry": entry["n"]}])
    _say(f"Took back {_told(entry)}.")
    return Status.DONE


def show_log(path: Path) -> Status:
    """List all entries."""
    entries = own.entries(path)
    kept = {e["n"] for e in own.standing(entries)}
    _say(
        f"{path}: {len(entries)} entries."
        if entries
        else f"{path}: nothing in it yet. `onrecord people add` begins it."
    )
    for entry in entries:
        gone = "" if entry["n"] in kept or entry["do"] == "undo" else "  (taken back)"
        sys.stdout.write(f"{entry['n']:>4}  {entry.get('at', '')[:10]:<10}  {_told(entry)}{gone}\n")
    return Status.DONE


def _print(found: Iterable[Person], nobody: str, asked: Asked) -> Status:
    people = list(found)
    if not people:
        _say(nobody)
        return Status.NOTHING_DONE
    for person in people if asked.as_json else people[:_MANY]:
        role = asked.people.role(person, asked.on)
        sys.stdout.write((_as_json(person, role) if asked.as_json else _line(person, role)) + "\n")
    if len(people) > _MANY and not asked.as_json:
        _say(f"... and {len(people) - _MANY} more; give a fuller name, a day or a --hint.")
    return Status.DONE


def _line(person: Person, role: Role | None) -> str:
    held = (
        _held(role)
        if role
        else f"no role known on that day; {_last(person)}"
        if person.terms
        else person.country or person.type
    )
    return f"{_short(person)}  {held}"


def _held(role: Role) -> str:
    dates = f"since {role.since or 'long'}" + (f", until {role.until}" if role.until else "")
    return f"{role.title} ({dates}{'; last known, may have ended' if role.status == 'last known' else ''})"


def _last(person: Person) -> str:
    term = max(person.terms, key=lambda t: t.until or t.as_of)
    return f"{term.title or term.office}, {term.place}, {term.since or ''} to {term.until or 'unknown'}"


def _as_json(person: Person, role: Role | None) -> str:
    fields: dict[str, Any] = {**asdict(person), "role": asdict(role) if role else None}
    return json.dumps(fields, ensure_ascii=False, default=str)


def _one(name: str, path: Path) -> Person:
    """Give the one whom a name or an id means."""
    people = People.load((path,))
    found = people.get(name) or people.identify(name)
    if found is None:
        several = [_short(p) for p in people.named(name)[:_MANY]]
        if not several:
            raise UsageError(f"Nobody is known by {name!r}. Add them first: onrecord people add FILE.csv.")
        raise UsageError(f"{name!r} may be {', '.join(several)}. Give the id instead of the name.")
    return found


def _append(path: Path, entries: Iterable[Mapping[str, Any]]) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    own.append(path, ({**e, "at": at} for e in entries))


def _told(entry: Mapping[str, Any]) -> str:
    match entry["do"]:
        case "add":
            row = entry["row"]
            office = f", {row.get('title') or row['office']}" if row.get("office") else ""
            return f"add {row['name']}{office}"
        case "alias":
            return f"alias {entry['name']!r} of {entry['id']}"
        case "merge":
            return f"merge {entry['other']} into {entry['id']}"
        case "split":
            return f"split {entry['name']!r} from {entry['id']}"
        case _:
            return f"undo {entry['entry']}"


def _short(person: Person) -> str:
    return f"{person.name} [{person.id}]"


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
