"""Lists of the record in other people's formats: JSON Lines, CSV, Parquet, Markdown and a table for the terminal.

    items --row--> flat rows, a cell for each column --> CSV, Parquet
                                                     --brief--> a few columns for people --> Markdown, terminal

Statements come as `Entry`, everything else as the objects that `--json` prints. A new list is a row of KINDS.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from onrecord import codec
from onrecord.errors import MissingExtra, UsageError
from onrecord.show import table
from onrecord.show.terminal import clean, percent, print_grid, print_wrapped
from onrecord.types import UNSURE_BELOW, Entry

if TYPE_CHECKING:
    from rich.console import Console

Item = Any  # an Entry, or an object as `--json` prints it
Row = table.Row
Name = Literal["statements", "speakers", "pledges", "totals", "reversals", "log"]

SHORT = 8  # characters of an id that are shown to people: commands take the beginning of an id
BATCH = 10_000  # rows that are in memory at once
TABLE_WIDTH = 180
LEAST = 30  # of a column of words

COUNTS = frozenset({"start", "end", "reports", "corrections", "statements", "days", "year", "pledges"})
SHARES = frozenset({"confidence", "speaker_confidence", "clash"})
FLAGS = frozenset({"unsure", "speaker_unsure", "negated", "dropped", "undone"})  # all other columns hold text


@dataclass(frozen=True, slots=True)
class Column:
    """A column for people; one without a width holds words and gets what is left."""

    name: str
    cell: Callable[[Row], str]
    width: int | None = None
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a list holds and how it is shown."""

    columns: tuple[str, ...]
    row: Callable[[Item], Row]
    brief: tuple[Column, ...]
    to_json: Callable[[Item], codec.Json] = dict
    called: str = ""  # where it isn't called by its name


def write_json(kind: Name, items: Iterable[Item], stream: IO[bytes]) -> None:
    """Write JSON Lines, an object for each item."""
    for item in items:
        stream.write(codec.to_line(KINDS[kind].to_json(item)))


def write_csv(kind: Name, items: Iterable[Item], stream: IO[bytes]) -> None:
    """Write CSV in UTF-8 (RFC 4180, lines end with a newline alone) with a header.

    A cell that a spreadsheet would run as a formula has an apostrophe before it, as in `read --csv`.
    """
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for cells in _with_header(kind, items):
        writer.writerow(cells)
        stream.write(line.getvalue().encode("utf-8", "replace"))
        line.seek(0)
        line.truncate()


def write_parquet(kind: Name, items: Iterable[Item], path: Path) -> None:
    """Write a Parquet file: COUNTS as 64-bit integers, SHARES as doubles, FLAGS as booleans, the rest as strings.

    Raises MissingExtra without pyarrow, UsageError where the file can't be written.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow. Install it: pip install 'onrecord[parquet]'") from error
    types = {"count": pa.int64(), "share": pa.float64(), "flag": pa.bool_(), "text": pa.string()}
    schema = pa.schema([(name, types[_type(name)]) for name in KINDS[kind].columns])
    try:
        with pq.ParquetWriter(path, schema) as writer:
            for rows in _batches(map(KINDS[kind].row, items)):
                writer.write_table(pa.Table.from_pylist([_valid(row) for row in rows], schema))
    except OSError as error:
        raise UsageError(f"{path} can't be written ({error}). Give a file in a folder that exists.") from error


def write_markdown(kind: Name, items: Iterable[Item], stream: IO[bytes]) -> None:
    """Write a Markdown table in UTF-8; what Markdown or HTML would take for a sign of its own is escaped."""
    columns = KINDS[kind].brief
    lines = [[column.name for column in columns], ["--:" if c.align == "right" else "---" for c in columns]]
    stream.writelines(_markdown_line(line) for line in lines)
    for row in map(KINDS[kind].row, items):
        stream.write(_markdown_line([_escaped(column.cell(row)) for column in columns]))


def show(kind: Name, items: Iterable[Item], out: "Console") -> None:
    """Print a table whose words wrap and are never cut; where it has no room for them, lines for each item."""
    columns = KINDS[kind].brief
    rows = [[clean(column.cell(row)) for column in columns] for row in map(KINDS[kind].row, items)]
    if not rows:
        out.print(f"No {KINDS[kind].called or kind} found.")
    elif widths := _widths(columns, rows, min(out.width, TABLE_WIDTH) - 2 * len(columns)):
        _print_table(columns, widths, rows, out)
    else:
        _print_stacked(columns, rows, out)


def _with_header(kind: Name, items: Iterable[Item]) -> Iterator[Iterable[Any]]:
    columns = KINDS[kind].columns
    yield columns
    for row in map(KINDS[kind].row, items):
        yield [table.guarded(row[name]) for name in columns]


def _type(name: str) -> str:
    return "count" if name in COUNTS else "share" if name in SHARES else "flag" if name in FLAGS else "text"


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _valid(row: Row) -> Row:
    """Give the row with lone surrogates, which no UTF-8 has, replaced."""
    return {k: v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for k, v in row.items()}


def _markdown_line(cells: Iterable[str]) -> bytes:
    return f"| {' | '.join(cells)} |\n".encode("utf-8", "replace")


def _escaped(words: str) -> str:
    signs = "".join(f"\\{c}" if c in "\\`*_[]<>|~#" else c for c in words)
    return " ".join(clean(signs).replace("&", "&amp;").split())


def _widths(columns: Sequence[Column], rows: list[list[str]], room: int) -> list[int]:
    """Give the columns' widths, the shorter columns of words as wide as they need; none where there is no room."""
    longest = [max(len(c.name), *(len(row[i]) for row in rows)) for i, c in enumerate(columns)]
    widths = [min(c.width or 0, most) for c, most in zip(columns, longest, strict=True)]
    of_words = sorted((i for i, c in enumerate(columns) if not c.width), key=lambda i: longest[i])
    left = room - sum(widths)
    for rank, i in enumerate(of_words):
        widths[i] = min(longest[i], left // (len(of_words) - rank))
        left -= widths[i]
    return widths if all(widths[i] >= min(longest[i], LEAST) for i in of_words) else []


def _print_stacked(columns: Sequence[Column], rows: list[list[str]], out: "Console") -> None:
    """Print, of each row, the short cells behind one another and each long one on its own."""
    from rich.text import Text

    wide = max(len(c.name) for c in columns if not c.width) + 2
    for number, row in enumerate(rows):
        if number:
            out.print()
        cells = [(c, cell) for c, cell in zip(columns, row, strict=True) if cell]
        print_wrapped(out, Text(" · ".join(f"{c.name} {cell}" for c, cell in cells if c.width), "dim"))
        for column, cell in cells:
            if not column.width:
                print_wrapped(out, Text(cell), first=f"  {column.name:<{wide}}")


def _print_table(columns: Sequence[Column], widths: list[int], rows: list[list[str]], out: "Console") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column, width in zip(columns, widths, strict=True):
        grid.add_column(column.name, justify=column.align, overflow="fold", width=width)
    for row in rows:
        grid.add_row(*map(Text, row))
    print_grid(out, grid)


# --- rows -----------------------------------------------------------------------------------------


def _statement_row(entry: Entry) -> Row:
    return {
        **table.of_article(entry.article),
        **table.of_statement(entry.statement, entry.article.text),
        "url": entry.article.url,
        "utterance": entry.utterance,
        "reports": entry.reports,
        "recorded": entry.recorded.isoformat(),
        "run": entry.run,
        "corrections": len(entry.corrections),
        "dropped": entry.dropped,
    }


def _flat(paths: Mapping[str, str]) -> Callable[[codec.Json], Row]:
    """Give the function that takes an object's cells from their places in it ("earlier.article.publisher")."""

    def row(item: codec.Json) -> Row:
        return {name: _cell(_at(item, path.split("."))) for name, path in paths.items()}

    return row


def _at(value: Any, path: list[str]) -> Any:  # noqa: ANN401 # anything that JSON has
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _cell(value: Any) -> str | int | float | bool | None:  # noqa: ANN401 # anything that JSON has
    """Give a value of JSON as one cell: of a list all, of an object what names it."""
    if isinstance(value, list):
        return "; ".join(str(_cell(inner)) for inner in value) or None
    if not isinstance(value, dict):
        return value if isinstance(value, str | int | float) else None
    if "currency" in value:
        return _money(value)
    if "title" in value and {"from", "until"} & value.keys():
        return _role(value)
    return next((_cell(value[key]) for key in ("name", "value", "text", "id") if value.get(key) is not None), None)


def _money(value: codec.Json) -> str:
    digits = value["amount"] if value.get("low") is None else f"{value['low']}-{value['high']}"
    return f"{digits} {value['currency']}" if value["currency"] else str(digits)


def _role(value: codec.Json) -> str:
    since, until = value.get("from") or "", value.get("until") or ""
    return f"{value['title']} ({since}/{until})" if since or until else str(value["title"])


# --- cells for people -----------------------------------------------------------------------------


def _plain(name: str) -> Callable[[Row], str]:
    return lambda row: "" if row[name] is None else str(row[name])


def _named(name: str) -> Callable[[Row], str]:
    return lambda row: str(row[f"{name}_name"] or row[name] or "")


def _id(name: str) -> Callable[[Row], str]:
    return lambda row: str(row[name] or "")[:SHORT]


def _day(row: Row) -> str:
    """Give when it was said; where that isn't known, when it was printed."""
    return str(row["said"] or (f"printed {row['published']}" if row["published"] else ""))


def _speaker(row: Row) -> str:
    if row["speaker"] is None:
        return "no speaker given"
    name = f"unsure: {row['speaker']}" if row["speaker_unsure"] else str(row["speaker"])
    return f"{name} ({row['role']})" if row["role"] else name


def _confidence(row: Row) -> str:
    return f"unsure, {percent(row['confidence'])}" if row["unsure"] else percent(row["confidence"])


def _clash(row: Row) -> str:
    share = float(row["clash"] or 0)
    return f"unsure, {percent(share)}" if share < UNSURE_BELOW else percent(share)


def _side(side: str) -> Callable[[Row], str]:
    return lambda row: ": ".join(str(x) for x in (row[f"{side}_said"], row[f"{side}_text"]) if x)


_ADDED = ("url", "utterance", "reports", "recorded", "run", "corrections", "dropped")

_SPEAKERS = {name: name for name in ("id", "name", "type", "roles", "statements", "first", "last")}
_SPEAKER = {"speaker": "speaker", "speaker_unsure": "speaker.unsure", "role": "speaker.role"}
_PLEDGES = {
    "statement": "statement",
    **_SPEAKER,
    **{name: name for name in ("said", "text", "money", "beneficiary", "condition", "deadline", "reports")},
}
_REVERSALS = {
    "id": "id",
    **_SPEAKER,
    "issue": "issue",
    "label": "label",
    "clash": "clash",
    "days": "days",
    **{
        f"{side}_{name}": f"{side}.{path}"
        for side in ("earlier", "later")
        for name, path in {
            "statement": "statement",
            "said": "said",
            "text": "text",
            "article": "article",
            "publisher": "article.publisher",
        }.items()
    },
    "why": "why",
    "judgement": "judgement",
}
_TOTALS = {name: name for name in ("speaker", "beneficiary", "currency", "year", "amount", "pledges")}
_LOG = {
    name: name
    for name in ("id", "at", "by", "change", "target", "target_name", "value", "value_name", "note", "undone")
}

KINDS: dict[Name, Kind] = {
    "statements": Kind(
        (*(name for name in table.COLUMNS if name != "number"), *_ADDED),
        _statement_row,
        (
            Column("id", _id("id"), SHORT),
            Column("when", _day, 18),
            Column("speaker", _speaker, 28),
            Column("act", _plain("act"), 8),
            Column("words", _plain("content")),
            Column("publisher", _plain("publisher"), 16),
            Column("reports", _plain("reports"), 7, "right"),
            Column("conf", _confidence, 11, "right"),
        ),
        codec.entry_to_dict,
    ),
    "speakers": Kind(
        tuple(_SPEAKERS),
        _flat(_SPEAKERS),
        (
            Column("id", _plain("id"), 18),
            Column("name", _plain("name")),
            Column("type", _plain("type"), 12),
            Column("roles", _plain("roles")),
            Column("statements", _plain("statements"), 10, "right"),
            Column("first", _plain("first"), 10),
            Column("last", _plain("last"), 10),
        ),
    ),
    "pledges": Kind(
        tuple(_PLEDGES),
        _flat(_PLEDGES),
        (
            Column("id", _id("statement"), SHORT),
            Column("said", _plain("said"), 10),
            Column("speaker", _speaker, 20),
            Column("words", _plain("text")),
            Column("money", _plain("money"), 18),
            Column("for", _plain("beneficiary"), 16),
            Column("if", _plain("condition"), 16),
            Column("by", _plain("deadline"), 10),
            Column("reports", _plain("reports"), 7, "right"),
        ),
    ),
    "totals": Kind(
        tuple(_TOTALS),
        _flat(_TOTALS),
        (
            Column("giver", _plain("speaker"), 28),
            Column("for", _plain("beneficiary")),
            Column("currency", _plain("currency"), 8),
            Column("year", _plain("year"), 4),
            Column("amount", lambda row: f"{Decimal(row['amount']):,f}", 24, "right"),
            Column("pledges", _plain("pledges"), 7, "right"),
        ),
        called="pledged amounts",
    ),
    "reversals": Kind(
        tuple(_REVERSALS),
        _flat(_REVERSALS),
        (
            Column("id", _id("id"), SHORT),
            Column("speaker", _speaker, 20),
            Column("label", _plain("label"), 18),
            Column("clash", _clash, 11, "right"),
            Column("earlier", _side("earlier")),
            Column("later", _side("later")),
            Column("judgement", _plain("judgement"), 9),
        ),
    ),
    "log": Kind(
        tuple(_LOG),
        _flat(_LOG),
        (
            Column("id", _id("id"), SHORT),
            Column("at", lambda row: str(row["at"])[:16].replace("T", " "), 16),
            Column("by", _plain("by"), 16),
            Column("change", _plain("change"), 9),
            Column("target", _named("target"), 18),
            Column("value", _named("value")),
            Column("note", _plain("note")),
            Column("undone", lambda row: "undone" * bool(row["undone"]), 6),
        ),
        called="judgements",
    ),
}
