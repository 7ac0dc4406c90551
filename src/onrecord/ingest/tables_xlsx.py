"""Workbooks (.xlsx) -> their sheets as tables, row by row, by openpyxl.

Not by calamine, which is faster: it holds a sheet as one block, and a cell far out makes it end the whole process.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import BinaryIO

from onrecord.errors import TooLarge
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.ingest.tables import Cells, Table, guarded

BATCH = 64  # rows read at a time
MOST_UNPACKED = 100_000_000  # bytes that any workbook may unpack to; a larger one may do so to:
MOST_RATIO = 100  # times its size
MOST_STRINGS = 500_000_000  # bytes of the strings that cells share, which are held whole; so are styles and the like:
MOST_OF_A_PART = 50_000_000


def tables(source: Source, options: IngestOptions) -> Iterator[Table]:  # noqa: ARG001 - as all formats have it
    """Give the sheets that hold words; the first row with some is the header. Raises TooLarge and BrokenInput."""
    yield from guarded(_sheets(source), "a workbook; save it as .xlsx or .csv anew")


def _sheets(source: Source) -> Iterator[Table]:
    from openpyxl import load_workbook  # 0.2 s to import

    with source.seekable() as file:
        unpacked = _refuse_bombs(file)
        if source.allowance:
            source.allowance.take(unpacked)
        with _quiet():
            book = load_workbook(file, read_only=True, data_only=True)
        for sheet in book.worksheets:
            name = source.name if len(book.worksheets) == 1 else f"{source.name}/{sheet.title}"
            sheet.reset_dimensions()  # what it states may be wrong, or wide enough to pad every row with 16,384 cells
            yield from _table(name, _rows(sheet.iter_rows(values_only=True)))


def _table(name: str, rows: Iterator[tuple[int, Cells]]) -> Iterator[Table]:
    for _, cells in rows:
        if any(isinstance(cell, str) and cell.strip() for cell in cells):
            header = ["" if cell is None else str(cell) for cell in cells]
            yield Table(name, header, guarded(rows, "a workbook; save it as .xlsx or .csv anew"))
            return


def _rows(rows: Iterator[Cells]) -> Iterator[tuple[int, Cells]]:
    number = 0
    while True:
        with _quiet():
            some = list(islice(rows, BATCH))
        if not some:
            return
        for cells in some:
            yield (number := number + 1), cells


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep openpyxl's warnings of styles and extensions that it doesn't know to itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _refuse_bombs(file: BinaryIO) -> int:
    """Give the sum of the sizes that the parts state, beyond which zipfile reads nothing of them; raises TooLarge."""
    with zipfile.ZipFile(file) as archive:
        sizes = {part.filename.lower(): part.file_size for part in archive.infolist()}
    strings = sum(size for name, size in sizes.items() if "sharedstrings" in name)
    held = [size for name, size in sizes.items() if name.endswith(("xml", "rels")) and not _STREAMED.search(name)]
    most = max(MOST_UNPACKED, MOST_RATIO * file.seek(0, 2))
    unpacked = sum(sizes.values())
    if unpacked > most or strings > MOST_STRINGS or max(held, default=0) > MOST_OF_A_PART:
        raise TooLarge("it unpacks to more than a workbook of articles does; save it as .csv")
    return unpacked


_STREAMED = re.compile("sharedstrings|worksheets/")
