"""JSON Lines -> articles, a line at a time."""

import codecs
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.errors import BrokenInput, InputError, NotText, TooLarge
from onrecord.ingest.decode import refuse_known_binary
from onrecord.ingest.facts import printable
from onrecord.ingest.items import article_of
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.types import Article, Skipped

_BOM = codecs.BOM_UTF8


def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the article of every line; lines are streamed, their number is free."""
    yield from read_lines(lines_of(source.stream, options.max_bytes, source.begun), source.name, options)


def read_lines(lines: Iterable[bytes | InputError], name: str, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the article of every line, or why there is none; blank lines are passed over.

    A line without an id is named "NAME:LINE", counted from 1, and so is every skipped line. Raises NotText where the
    first line shows that the whole is no JSON Lines at all.
    """
    for number, line in enumerate(lines, 1):
        if number == 1 and isinstance(line, bytes):
            _refuse_other_files(line)
        if isinstance(line, bytes) and not line.removeprefix(_BOM if number == 1 else b"").strip():
            continue
        place = f"{name}:{number}"
        try:
            yield article_of(parse(line, first=number == 1), place, options)
        except InputError as error:
            yield Skipped(printable(place), "ingest", str(error))


def read_document(data: bytes, name: str, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the article of a .json file with one object, or those of a list of objects, named "NAME:PLACE" from 1."""
    _refuse_other_files(data)
    whole = parse(data, first=True)
    for number, item in enumerate(whole if isinstance(whole, list) else [whole], 1):
        place = f"{name}:{number}" if isinstance(whole, list) else name
        try:
            yield article_of(item, place, options)
        except InputError as error:
            yield Skipped(printable(place), "ingest", str(error))


def lines_of(stream: BinaryIO, max_bytes: int, begun: bytes = b"") -> Iterator[bytes | InputError]:
    """Give the lines of a stream, after what was read already; a line over the limit becomes a TooLarge."""
    while chunk := begun or stream.readline(max_bytes + 1):
        begun, line = b"", chunk
        if not line.endswith(b"\n") and len(line) <= max_bytes:
            line += stream.readline(max_bytes + 1 - len(line))
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line
            continue
        while (more := stream.readline(1 << 16)) and not more.endswith(b"\n"):
            pass
        yield TooLarge(f"the line is over the limit of {max_bytes:,} bytes; raise it with --max-bytes")


def _refuse_other_files(first: bytes) -> None:
    refuse_known_binary(first)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in first:
        raise NotText("it is not in UTF-8, as JSON Lines must be; save it as UTF-8 first")


def parse(line: bytes | InputError, *, first: bool) -> object:
    """Give the JSON value of a line. Raises BrokenInput with what is wrong, or the error that stands for the line."""
    import msgspec

    if isinstance(line, InputError):
        raise line
    data = line.removeprefix(_BOM) if first else line
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BrokenInput(f"it is not valid JSON ({error}); write one object a line, in UTF-8") from error
