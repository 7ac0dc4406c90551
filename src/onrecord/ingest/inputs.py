"""Inputs -> articles: what each names, what kind it is, and the reader for it. One bad input never stops the run."""

import glob
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from onrecord.errors import BrokenInput, InputError, TooLarge
from onrecord.ingest import html, jsonl, plain
from onrecord.ingest.decode import decode
from onrecord.ingest.facts import Facts, article, printable
from onrecord.ingest.options import IngestOptions
from onrecord.types import Article, Skipped

Kind = Literal["text", "html", "jsonl", "json"]

# Suffix -> kind. In a folder only these are read, but for .json and .md: there they are mostly something else, a
# README say. By name they are read.
SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
IN_FOLDERS = tuple(suffix for suffix in SUFFIXES if suffix not in (".json", ".md"))


def articles(inputs: Iterable[str], options: IngestOptions | None = None) -> Iterator[Article | Skipped]:
    """Give the articles of files, folders, globs and "-" (standard input), and a Skipped for what can't be read."""
    options = options or IngestOptions()
    for given in inputs:
        for name in _expanded(given):
            if isinstance(name, Skipped):
                yield name
            else:
                yield from _read(name, options)


def from_text(text: str, name: str = "text", options: IngestOptions | None = None) -> Article:
    """Give the article of a text at hand, with the facts that its head tells. Raises EmptyInput."""
    return article(printable(text), name, plain.facts(text), options or IngestOptions())


def _read(name: str, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give what one file or standard input holds; every failure becomes a Skipped."""
    try:
        if name == "-":
            yield from _of_stream(sys.stdin.buffer, name, None, options)
        else:
            with Path(name).open("rb") as stream:
                yield from _of_stream(stream, name, SUFFIXES.get(Path(name).suffix.lower()), options)
    except InputError as error:
        yield _skipped(name, str(error))
    except (OSError, ValueError) as error:
        yield _skipped(name, _why(error))


def _of_stream(stream: BinaryIO, name: str, kind: Kind | None, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the articles of a stream of known kind, or of the kind that its first line shows."""
    begun = b"" if kind else stream.readline(options.max_bytes + 1)
    kind = kind or sniff(begun)
    if kind == "jsonl":
        yield from jsonl.read(jsonl.lines_of(stream, options.max_bytes, begun), name, options)
        return
    _refuse_large(stream, options.max_bytes)
    data = begun + stream.read(max(0, options.max_bytes + 1 - len(begun)))
    if len(data) > options.max_bytes:
        raise _too_large(options.max_bytes)
    if kind == "json":
        yield from _of_json(data, name, options)
    else:
        yield _of_page(data, name, kind, options)


# --- kinds ----------------------------------------------------------------------------------------

# First bytes of an input beside its kind.
SNIFFED: tuple[tuple[bytes, Kind], ...] = (
    (b"<!DOCTYPE html><html>", "html"),
    (b'\xef\xbb\xbf\n <html lang="en">', "html"),
    (b'<?xml version="1.0"?><html>', "html"),
    (b"<!-- saved page --><html>", "html"),
    (b'<p class="lead">Three ports agreed.</p>', "html"),
    (b'{"id": 1, "text": "Three ports agreed."}', "jsonl"),
    (b'{"id": 1, "text": "Three po', "jsonl"),
    (b"{\n", "json"),
    (b'[{"text": "Three ports agreed."}]', "json"),
    (b"[\n", "json"),
    (b"Three ports agreed.", "text"),
    (b"<laughter> Three ports agreed.", "text"),
    (b"[Applause] Three ports agreed.", "text"),
    (b"", "text"),
)
_MARKUP = re.compile(
    rb"(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|\?xml[^>]*>\s*<(?:!doctype\s+html|html)"
    rb"|(?:html|head|body|meta|title|main|article|section|div|p|h[1-6]|script|table)(?:\s[^>]*)?>)",
    re.IGNORECASE | re.DOTALL,
)


def sniff(begun: bytes) -> Kind:
    """Give the kind of an input from its first bytes (its first line or more)."""
    start = begun[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16: the letters without their NULs
        start = start[2:].replace(b"\x00", b"").lstrip()
    if _MARKUP.match(start):
        return "html"
    if re.match(rb'\{\s*"', start):
        return "jsonl"
    return "json" if re.match(rb"\{\s*$|\[\s*(?:$|\{)", start) else "text"


def _of_page(data: bytes, name: str, kind: Kind, options: IngestOptions) -> Article:
    text = decode(data, markup=kind == "html")
    facts: Facts
    text, facts = html.read(text, options.max_bytes) if kind == "html" else (text, plain.facts(text))
    return article(text, name, facts, options)


def _of_json(data: bytes, name: str, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the articles of a JSON document, or of JSON Lines under the name .json."""
    try:
        yield from jsonl.read_document(data, name, options)
    except BrokenInput:
        if sniff(data) != "jsonl":
            raise
        yield from jsonl.read(data.splitlines(), name, options)


def _refuse_large(stream: BinaryIO, max_bytes: int) -> None:
    """Raise TooLarge for a file over the limit before it is read; what is no file on disk has no size yet."""
    try:
        size = os.fstat(stream.fileno()).st_size
    except OSError:
        return
    if size > max_bytes:
        raise _too_large(max_bytes)


def _too_large(max_bytes: int) -> TooLarge:
    return TooLarge(f"it is over the limit of {max_bytes:,} bytes; raise it with --max-bytes")


# --- what an input names --------------------------------------------------------------------------


def _expanded(given: str) -> Iterator[str | Skipped]:
    """Give the files that an input names: itself, those of a folder, or those that match a glob."""
    if given == "-" or os.path.lexists(given):
        yield from _in_folder(given) if Path(given).is_dir() else [given]
    elif re.match(r"https?://", given, re.IGNORECASE):
        yield _skipped(
            given, "it is a web address, and nothing is fetched from the network; save the page and give the file"
        )
    elif glob.has_magic(given):
        yield from _matching(given)
    else:
        yield _skipped(given, "there is no such file or folder; check the path")


def _in_folder(folder: str) -> Iterator[str | Skipped]:
    """Give the readable files below a folder in order of their paths; hidden files and other suffixes are left out."""
    unread: list[OSError] = []
    found: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=unread.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        visible = (Path(place, name) for name in files if not name.startswith("."))
        found.extend(path for path in visible if path.suffix.lower() in IN_FOLDERS)
    yield from map(str, sorted(found))
    yield from (_skipped(str(error.filename), _why(error)) for error in unread)
    if not found and not unread:
        yield _skipped(folder, f"the folder holds no {', '.join(IN_FOLDERS)}; name a file or another folder")


def _matching(pattern: str) -> Iterator[str | Skipped]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if "**" in pattern:  # it reaches into the folders by itself
        found = [path for path in found if not Path(path).is_dir()]
    for path in found:
        yield from _in_folder(path) if Path(path).is_dir() else [path]
    if not found:
        yield _skipped(pattern, "no file matches it; check the pattern")


def _skipped(name: str, reason: str) -> Skipped:
    return Skipped(printable(name), "ingest", reason)


def _why(error: OSError | ValueError) -> str:
    """Give the reason of an error of the operating system in plain words, with the remedy."""
    if isinstance(error, PermissionError):
        return "there is no permission to read it; change its permissions"
    if isinstance(error, FileNotFoundError):
        return "there is no such file (or it is a link that leads nowhere); check the path"
    cause = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return f"it can't be read ({cause}); check the path"
