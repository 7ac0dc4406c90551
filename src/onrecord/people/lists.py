"""A user's own table of people: a CSV whose columns are guessed from their names, every row checked."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from onrecord.days import first_day, last_day
from onrecord.errors import UsageError
from onrecord.people import offices
from onrecord.people.folding import plain

# what a column holds: the names that it goes by
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "person", "full name", "speaker", "who"),
    "office": ("office", "role", "position", "post", "title", "job", "function"),
    "place": ("place", "organisation", "organization", "body", "institution", "state", "company"),
    "since": ("since", "from", "start", "started", "start date", "begin", "term start"),
    "until": ("until", "to", "end", "ended", "end date", "term end"),
    "also": ("also", "aliases", "alias", "other names", "aka"),
    "country": ("country", "nation"),
    "party": ("party",),
    "gender": ("gender", "sex"),
    "type": ("type", "kind"),
    "id": ("id", "wikidata", "qid"),
    "family": ("family", "family name", "surname", "last name"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One checked line: a person, with a term where an office is given."""

    id: str
    name: str
    office: str = ""
    place: str = ""
    title: str = ""
    since: str = ""
    until: str = ""
    as_of: str = ""
    also: tuple[str, ...] = ()
    country: str = ""
    party: str = ""
    gender: str = ""
    type: str = "person"
    family: str = ""
    basis: str = "own"


@dataclass(frozen=True, slots=True)
class List:
    """A table as it was read: its rows, and which column was taken for what."""

    rows: tuple[Row, ...]
    columns: dict[str, str]
    unused: tuple[str, ...] = field(default=())


def read(path: Path) -> List:
    """Read a table of people. Raises UsageError that names every wrong line and what to do."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} can't be read as a table in UTF-8 ({error}). Save it as CSV in UTF-8.") from error
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    lines = csv.DictReader(text.splitlines(), delimiter=separator)
    columns, unused = guessed(lines.fieldnames or ())
    if "name" not in columns:
        found = ", ".join(lines.fieldnames or ()) or "none"
        raise UsageError(f"{path} has no column of names (its columns: {found}). Call one of them `name`.")
    rows, wrong = [], []
    for line in lines:
        number = lines.line_num
        row = {what: (line.get(column) or "").strip() for what, column in columns.items()}
        if told := _wrong(row):
            wrong.append(f"  line {number}: {told}")
        elif row["name"]:
            rows.append(_row(row))
    if wrong:
        raise UsageError("\n".join([f"{path} was not taken; correct these lines and add it again:", *wrong[:20]]))
    return List(tuple(rows), columns, unused)


def guessed(header: Iterable[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Give which column holds what, and the columns that hold nothing known."""
    by_name = {plain(column.replace("_", " ")): column for column in header if column}
    found: dict[str, str] = {}
    for what, names in COLUMNS.items():
        column = next((by_name[n] for n in names if n in by_name and by_name[n] not in found.values()), None)
        if column:
            found[what] = column
    return found, tuple(c for c in by_name.values() if c not in found.values())


def fields_of(row: Row) -> dict[str, Any]:
    """Give a row as it is kept in the user's file: what is empty is left out."""
    return {k: v for k, v in asdict(row).items() if v}


def _wrong(row: Mapping[str, str]) -> str | None:
    """Tell what is wrong with a line and what to do, None where it is right."""
    if not any(row.values()):
        return None
    if not row["name"]:
        return "it has no name; give one or remove the line"
    for column in ("since", "until"):
        if not _is_date(row.get(column, "")):
            return f"{column} is {row[column]!r}; write 2024-03-15, 2024-03 or 2024"
    since, until = first_day(row.get("since", "")), last_day(row.get("until", ""))
    if since and until and until < since:
        return f"it ends ({row['until']}) before it begins ({row['since']}); exchange them"
    if (since or until) and not row.get("office"):
        return "it has dates but no office; give the office, or leave the dates out"
    if row.get("type", "person") not in ("", "person", "organisation"):
        return f"type is {row['type']!r}; write person or organisation"
    return None


def _is_date(words: str) -> bool:
    try:
        first_day(words)
    except ValueError:
        return False
    return True


def _row(row: Mapping[str, str]) -> Row:
    """Give a line as a row; an office such as "mayor of Tarn" gives its place too."""
    place, words = row.get("place", ""), row.get("office", "")
    office, where = offices.canonical(words, place or row.get("country", "")), place or row.get("country", "")
    if words and not place:
        office, where = next(((o, p) for o, p in offices.readings(words) if p), (office, where))
    slug = plain(row["name"]).replace(" ", "-")
    return Row(
        id=row.get("id") or "-".join(w for w in ("own", slug) if w),
        name=row["name"],
        office=office if words else "",
        place=where if words else "",
        title=words,
        since=row.get("since", ""),
        until=row.get("until", ""),
        also=tuple(a.strip() for a in re.split(r"[|;]", row.get("also", "")) if a.strip()),
        country=row.get("country", ""),
        party=row.get("party", ""),
        gender=row.get("gender", "")[:1].lower(),
        type=row.get("type") or "person",
        family=row.get("family", ""),
    )
