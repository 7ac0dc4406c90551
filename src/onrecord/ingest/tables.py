"""Tables (.csv, .xlsx, .parquet) -> articles, a row at a time: a column of text or HTML, and columns of facts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from typing import Protocol, TypeVar

from onrecord.errors import BrokenInput, EmptyInput, InputError, OnRecordError, TooLarge
from onrecord.ingest.facts import printable
from onrecord.ingest.formats import kind_of, sniff
from onrecord.ingest.items import article_of
from onrecord.ingest.names import byline
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.ingest.tables_columns import columns_of
from onrecord.types import Article, Skipped

KINDS = ("csv", "xlsx", "parquet")
Cells = Sequence[object]
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the reader of its format opens it; rows are numbered as a spreadsheet shows them, the header too."""

    name: str
    header: Sequence[str]
    rows: Iterable[tuple[int, Cells | InputError]]  # an error stands for a row that can't be read


class Opener(Protocol):
    """What `tables` of a format's module is."""

    def __call__(self, source: Source, options: IngestOptions) -> Iterator[Table]:
        """Give the tables of an input: one, or the sheets of a workbook; raises InputError."""


def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the article of every row; rows are streamed, their number is free."""
    empty = True
    for table in _opener(source.kind or "csv")(source, options):
        empty = False
        try:
            columns = columns_of(table.header, options)
        except InputError as error:
            yield Skipped(printable(table.name), "ingest", str(error))
        else:
            yield from _articles(table, columns, options)
    if empty:
        raise EmptyInput("the table is empty; give one with a header and rows")


def guessed(path: str | Path, options: IngestOptions) -> dict[str, str]:
    """Give the column of each field, as a table on disk will be read; nothing for a file that is no table.

    Raises InputError, OSError and MissingExtra.
    """
    reason: InputError = EmptyInput("the table is empty; give one with a header and rows")
    with Path(path).open("rb") as stream:
        kind = kind_of(str(path)) or sniff(stream.readline(1000))
        stream.seek(0)
        if kind not in KINDS:
            return {}
        for table in _opener(kind)(Source(str(path), stream, kind=kind), options):
            try:
                return columns_of(table.header, options)
            except InputError as error:
                reason = error
    raise reason


def guarded(parts: Iterator[Part], what: str) -> Iterator[Part]:
    """Give the parts that a parser of other people's files finds; whatever it raises becomes BrokenInput."""
    try:
        yield from parts
    except OnRecordError:
        raise
    except Exception as error:  # damaged files and types that it doesn't know; one file never stops a run
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise BrokenInput(f"it can't be read ({why}) as {what}") from error


def _opener(kind: str) -> Opener:
    opener: Opener = import_module(f"onrecord.ingest.tables_{kind}").tables
    return opener


def _articles(table: Table, columns: dict[str, str], options: IngestOptions) -> Iterator[Article | Skipped]:
    places = {field: table.header.index(column) for field, column in columns.items()}
    for number, cells in table.rows:
        place = f"{table.name}:{number}"
        try:
            if isinstance(cells, InputError):
                raise cells
            if any(cell not in (None, "") for cell in cells):  # blank rows are passed over
                yield article_of(_item(cells, places, options), place, options)
        except InputError as error:
            yield Skipped(printable(place), "ingest", str(error))


def _item(cells: Cells, places: dict[str, int], options: IngestOptions) -> dict[str, object]:
    """Give a row as a record; a text that begins as a page does is one. Raises TooLarge and BrokenInput."""
    found = {field: cells[place] for field, place in places.items() if place < len(cells)}
    item: dict[str, object] = {"id": found.get("id"), "title": found.get("title"), "url": found.get("url")}
    item["publisher"] = found.get("publisher")
    item["published"] = day_words(found.get("published"))
    item["authors"] = authors_of(found.get("authors"))
    text, markup = _words(found.get("text"), options), _words(found.get("html"), options)
    if text and "html" not in places and sniff(text[:500].encode()) == "html":
        text, markup = "", text
    return {**item, "html": markup} if markup and not text else {**item, "text": text}


def _words(value: object, options: IngestOptions) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | bytes):
        raise BrokenInput(f"its text is no text but {type(value).__name__}; name its column with --column text=NAME")
    if len(value) > options.max_bytes:
        raise TooLarge(f"the row is over the limit of {options.max_bytes:,} bytes; raise it with --max-bytes")
    return printable(value) if isinstance(value, str) else value.decode("utf-8", "replace")


# Cells of a column of dates beside the day that they give; the numbers are those of Excel, Unix and pandas.
DAYS: tuple[tuple[object, str | None], ...] = (
    ("2025-03-28", "2025-03-28"),
    ("28 March 2025", "2025-03-28"),
    (date(2025, 3, 28), "2025-03-28"),
    (datetime(2025, 3, 28, 23, 30, tzinfo=timezone(timedelta(hours=-5))), "2025-03-28"),
    (45744, "2025-03-28"),  # days since the end of 1899, as Excel counts them
    (45744.99, "2025-03-28"),
    ("45744", "2025-03-28"),
    (20250328, "2025-03-28"),
    (1743157800, "2025-03-28"),  # seconds since 1970
    (1743157800.5, "2025-03-28"),
    (1743157800000, "2025-03-28"),  # thousandths
    (2025, None),
    ("03/04/2025", None),
    (True, None),
    (float("nan"), None),
    (None, None),
)
_NUMBER = re.compile(r"(\d{5}|\d{10}|\d{13})(?:\.\d*)?")
_UNITS = {5: (datetime(1899, 12, 30), 86400), 10: (datetime(1970, 1, 1), 1), 13: (datetime(1970, 1, 1), 0.001)}


def day_words(value: object) -> str | None:
    """Give a cell's date as words; a number is days since 1899, seconds or thousandths since 1970, or a date."""
    if isinstance(value, date):
        return value.isoformat()
    words = str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if m := _NUMBER.fullmatch(words):
        start, seconds = _UNITS[len(m[1])]
        return (start + timedelta(seconds=int(m[1]) * seconds)).date().isoformat()
    return words or None


# Cells of a column of authors beside the names in them.
AUTHORS: tuple[tuple[object, list[str]], ...] = (
    ("Marta Lindqvist", ["Marta Lindqvist"]),
    ("By Marta Lindqvist and Joel Aa", ["Marta Lindqvist", "Joel Aa"]),
    ("Marta Lindqvist; Joel Aa", ["Marta Lindqvist", "Joel Aa"]),
    ("['Marta Lindqvist', 'Joel Aa']", ["Marta Lindqvist", "Joel Aa"]),
    (["Marta Lindqvist", "Joel Aa"], ["Marta Lindqvist", "Joel Aa"]),
    ("the newsroom, as ever", ["the newsroom, as ever"]),
    (None, []),
)
_BY = re.compile(r"^\s*by:?\s", re.IGNORECASE)
_LISTED = re.compile(r"\s*\[.*\]\s*", re.DOTALL)
_IN_LIST = re.compile(r"'([^']+)'|\"([^\"]+)\"")


def authors_of(value: object) -> list[str]:
    """Give the names in a cell: a list, a list written as words, or a byline."""
    if isinstance(value, list | tuple):
        return [name for name in value if isinstance(name, str)]
    if not isinstance(value, str):
        return []
    words = value[:1000]
    if _LISTED.fullmatch(words):
        return [a or b for a, b in _IN_LIST.findall(words)]
    names: list[str] = []
    for part in words.split(";"):
        found = byline(f"By {_BY.sub('', part)}")
        names.extend(found.authors if found else [part])
    return [name for name in names if name.strip()]
