"""How many articles the inputs seem to hold: for progress bars, cheaply."""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from onrecord.ingest.addresses import is_address
from onrecord.ingest.formats import PACKED, kind_of
from onrecord.ingest.inputs import _expanded
from onrecord.types import Skipped

CHUNK = 1 << 20  # bytes


def count(inputs: Iterable[str]) -> int | None:
    """Give the number of files, lines, rows, items and members; None where an input doesn't tell without being read."""
    total = 0
    for given in inputs:
        if given == "-" or is_address(given):
            return None
        for name in _expanded(given):
            found = 1 if isinstance(name, Skipped) else _of_file(Path(name))
            if found is None:
                return None
            total += found
    return total


def _of_file(path: Path) -> int | None:
    kind = kind_of(path.name)
    if kind in PACKED.values():
        kind = kind_of(path.stem)
        return 1 if kind in _ONE_EACH else None
    try:
        with path.open("rb") as stream:
            return _COUNTS.get(kind, _unknown)(stream)
    except Exception:  # what can't be counted can't be read: that gives one Skipped
        return 1


def _one(_: BinaryIO) -> int:
    return 1


def _unknown(_: BinaryIO) -> None:
    return None


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: stream.read(CHUNK), b"")


def _lines(stream: BinaryIO) -> int:
    return max(1, sum(chunk.count(b"\n") for chunk in _chunks(stream)))


def _items(stream: BinaryIO) -> int:
    return max(1, sum(len(_ITEM.findall(chunk)) for chunk in _chunks(stream)))


_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry|newsItem)[\s>]")


def _rows(stream: BinaryIO) -> int:
    """Give the number of line ends that are in no quotes, that of the header aside."""
    ends, quoted = 0, False
    for chunk in _chunks(stream):
        for i, part in enumerate(chunk.split(b'"')):
            quoted ^= i > 0
            ends += 0 if quoted else part.count(b"\n")
    return max(1, ends - 1)


def _parquet_rows(stream: BinaryIO) -> int:
    from pyarrow.parquet import ParquetFile

    rows: int = ParquetFile(stream).metadata.num_rows
    return rows


def _members(stream: BinaryIO) -> int | None:
    from onrecord.ingest.archives import is_article_file

    with zipfile.ZipFile(stream) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/") and is_article_file(name)]
    return len(names) if all(kind_of(name) in _ONE_EACH for name in names) else None


_ONE_EACH = ("text", "html")
_COUNTS: dict[str | None, Callable[[BinaryIO], int | None]] = {
    None: _one,
    "text": _one,
    "html": _one,
    "jsonl": _lines,
    "xml": _items,
    "csv": _rows,
    "parquet": _parquet_rows,
    "zip": _members,
}
