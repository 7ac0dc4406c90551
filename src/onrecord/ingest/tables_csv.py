"""Tables as text (.csv, .tsv): any delimiter, any encoding; a row that can't be read takes no other with it."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from onrecord.errors import BrokenInput, InputError
from onrecord.ingest.decode import encoding_of, refuse_known_binary
from onrecord.ingest.jsonl import lines_of
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.ingest.streams import CHUNK, chunks, stream_of
from onrecord.ingest.tables import Table
from onrecord.ingest.tables_columns import DELIMITERS, known

SAMPLE = 1 << 18  # bytes that show encoding and delimiter
MOST_GIVEN_BACK = 4  # characters that are gone through again, for each of the file: all broken rows take linear time

Rows = Iterator[tuple[int, list[str] | InputError]]


def tables(source: Source, options: IngestOptions) -> Iterator[Table]:
    """Give the table of a text; its first row with words is the header. Raises NotText, BrokenInput."""
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))  # it is 131,072; rows are bounded by _Lines
    stream = source.rest()
    sample = stream.read(SAMPLE)
    refuse_known_binary(sample)
    codec = encoding_of(sample[: sample.rfind(b"\n") + 1] or sample) if sample.strip() else "utf-8"
    delimiter = _delimiter(sample.decode(codec, "replace"), options)
    whole = stream_of(chain([sample], chunks(stream)))
    lines = _Lines(_decoded(whole, codec, "cp1252" if sample.isascii() else codec, options), options.max_bytes)
    rows = enumerate(_rows(lines, delimiter), 1)
    for _, header in rows:
        if isinstance(header, InputError):
            raise header
        if any(cell.strip() for cell in header):
            yield Table(source.name, header, _of_width(len(header), rows))
            return


def _delimiter(text: str, options: IngestOptions) -> str:
    """Give the delimiter that makes the most known names of columns, then the most columns, of the header."""

    def weight(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
        try:
            header = next((row for row in rows if any(cell.strip() for cell in row)), [])
        except csv.Error:
            return (0, 0)
        return known(header, options), len(header)

    return max(DELIMITERS, key=weight)


def _of_width(width: int, rows: Rows) -> Rows:
    """Give the rows; one with more or fewer cells than the header is an error, for nobody can tell which is which."""
    for number, cells in rows:
        if isinstance(cells, InputError) or len(cells) == width or not any(cells):
            yield number, cells
        else:
            told = f"it has {len(cells):,} cells where the header has {width:,}; quote the cells that hold a delimiter"
            yield number, BrokenInput(told)


# --- rows -----------------------------------------------------------------------------------------


def _rows(lines: "_Lines", delimiter: str) -> Iterator[list[str] | InputError]:
    """Give the cells of every row; of one that can't be read, all lines but its first are read again as rows."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin_row()
        try:
            yield next(reader)
        except StopIteration:
            return
        except (csv.Error, _BrokenRow) as error:
            lost = lines.give_back()
            more = f" (the {lost:,} lines after it are left out too)" if lost else ""
            told = (
                str(error)
                if isinstance(error, _BrokenRow)
                else f"its quotes don't match ({error}); double those inside"
            )
            yield BrokenInput(told + more)


class _BrokenRow(Exception):
    """A row can't be read; the message is the reason."""


class _Lines:
    """The lines for the csv module; those of the row in hand are kept, so that they can be given back."""

    def __init__(self, lines: Iterator[str | InputError], limit: int) -> None:
        self._lines = lines
        self._limit = limit
        self._row: list[str] = []
        self._again: deque[str] = deque()
        self._left = limit  # characters of the row in hand
        self._fresh = self._given_back = 0  # characters of the file

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._next()
        self._row.append(line)
        self._left -= len(line)
        if self._left < 0:
            raise _BrokenRow(f"the row is over the limit of {self._limit:,} bytes; raise it with --max-bytes")
        return line

    def _next(self) -> str:
        line = next(self._lines)
        if isinstance(line, InputError):
            raise _BrokenRow(str(line))
        self._fresh += len(line)
        return line

    def begin_row(self) -> None:
        """Forget the row before."""
        self._row, self._left = [], self._limit

    def give_back(self) -> int:
        """Take all lines of the row but its first for the lines to come; give the number of those that are lost."""
        again = self._row[1:]
        size = sum(map(len, again))
        if self._given_back + size > MOST_GIVEN_BACK * self._fresh:
            return len(again)
        self._given_back += size
        self._again.extendleft(reversed(again))
        return 0


# --- lines ----------------------------------------------------------------------------------------

_AFTER_BARE_CR = re.compile(r"(?<=\r)(?!\n)")


def _decoded(stream: BinaryIO, codec: str, fallback: str, options: IngestOptions) -> Iterator[str | InputError]:
    """Give the lines as text, without a byte order mark; one that is in another encoding is read in the fallback's."""
    if codec.startswith(("utf-16", "utf-32")):  # their line ends aren't those of bytes
        stream, codec = _as_utf8(stream, codec), "utf-8"
    begun = False
    for line in lines_of(stream, options.max_bytes):
        if isinstance(line, InputError):
            yield line
            continue
        try:
            text = line.decode(codec)
        except UnicodeDecodeError:
            text = line.decode(fallback, "replace")
        text, begun = text if begun else text.removeprefix("\ufeff"), True
        if "\r" in text.removesuffix("\r\n"):  # the line ends of old Macs
            yield from filter(None, _AFTER_BARE_CR.split(text))
        else:
            yield text


def _as_utf8(stream: BinaryIO, codec: str) -> BinaryIO:
    text = io.TextIOWrapper(stream, codec, "replace", newline="")
    return stream_of(part.encode() for part in iter(lambda: text.read(CHUNK), ""))
