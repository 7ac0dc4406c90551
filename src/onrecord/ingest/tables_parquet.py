"""Parquet files -> their rows, batch by batch, by pyarrow (an extra: it weighs 40 MB)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.errors import BrokenInput, InputError, MissingExtra
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.ingest.tables import Cells, Table, guarded
from onrecord.ingest.tables_columns import columns_of

if TYPE_CHECKING:
    from pyarrow import Array
    from pyarrow.parquet import ParquetFile

BATCH = 64  # rows read at a time
BUFFER = 1 << 20  # bytes of a column read at a time; without it, a whole row group is
_REMEDY = "parquet; write it anew, or as .csv"


def tables(source: Source, options: IngestOptions) -> Iterator[Table]:
    """Give the one table; of its columns only those in use are read. Raises MissingExtra and BrokenInput."""
    yield from guarded(_table(source, options), _REMEDY)


def _table(source: Source, options: IngestOptions) -> Iterator[Table]:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise MissingExtra("Parquet files need pyarrow. Install it: pip install 'onrecord[parquet]'") from error
    with source.seekable() as stream:
        file = ParquetFile(stream, pre_buffer=False, buffer_size=BUFFER)
        header = [str(name) for name in file.schema_arrow.names]
        yield Table(source.name, header, guarded(_rows(file, header, options), _REMEDY))


def _rows(
    file: "ParquetFile", header: Sequence[str], options: IngestOptions
) -> Iterator[tuple[int, Cells | InputError]]:
    """Give the rows as wide as the header, empty but for the columns in use; they are numbered as if it were row 1."""
    used = list(columns_of(header, options).values())
    places = [header.index(name) for name in used]
    number = 1
    for batch in file.iter_batches(BATCH, columns=used):
        columns = [_in_days(batch.column(name)) for name in used]
        for i in range(batch.num_rows):
            yield (number := number + 1), _cells(len(header), places, [column[i] for column in columns])


def _in_days(column: "Array") -> "Array":
    """Give a column with its times, if it holds such, cut to what a datetime can hold."""
    from pyarrow import timestamp, types

    return column.cast(timestamp("s", column.type.tz), safe=False) if types.is_timestamp(column.type) else column


def _cells(width: int, places: Sequence[int], values: Sequence[Any]) -> Cells | InputError:
    cells: list[object] = [None] * width
    try:
        for place, value in zip(places, values, strict=True):
            cells[place] = value.as_py()
    except (ValueError, OverflowError) as error:
        return BrokenInput(f"a cell of it can't be read ({error}); write the table anew, its words in UTF-8")
    return cells
