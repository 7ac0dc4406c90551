"""How many articles the inputs seem to hold: for progress bars, cheaply."""

from collections.abc import Iterable
from pathlib import Path

from onrecord.ingest.formats import kind_of
from onrecord.ingest.inputs import _expanded
from onrecord.types import Skipped

CHUNK = 1 << 20  # bytes


def count(inputs: Iterable[str]) -> int | None:
    """Give the number of files, and of lines for JSON Lines; None where standard input is among them."""
    total = 0
    for given in inputs:
        if given == "-":
            return None
        total += sum(1 if isinstance(name, Skipped) else _of_file(Path(name)) for name in _expanded(given))
    return total


def _of_file(path: Path) -> int:
    if kind_of(path.name) != "jsonl":
        return 1
    try:
        with path.open("rb") as stream:
            lines = sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(CHUNK), b""))
    except OSError:
        return 1
    return max(1, lines)
