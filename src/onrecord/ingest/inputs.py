"""Inputs -> articles: what each names, what kind it is, and the reader for it. One bad input never stops the run."""

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from onrecord.errors import InputError, MissingExtra
from onrecord.ingest import plain
from onrecord.ingest.addresses import is_address, read_address
from onrecord.ingest.facts import article, printable
from onrecord.ingest.formats import IN_FOLDERS, is_read_in_folders, kind_of, reader, sniff
from onrecord.ingest.options import MAX_BYTES, IngestOptions
from onrecord.ingest.source import Source
from onrecord.types import Article, Skipped


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
            yield from read_source(Source(name, sys.stdin.buffer), None, options)
        elif is_address(name):
            yield from read_address(name, options)
        else:
            with Path(name).open("rb") as stream:
                yield from read_source(Source(name, stream), kind_of(name), options)
    except (InputError, MissingExtra) as error:
        yield _skipped(name, str(error))
    except (OSError, ValueError) as error:
        yield _skipped(name, _why(error))


def read_source(source: Source, kind: str | None, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the articles of an open input of known kind, or of the kind that its first line shows; raises InputError."""
    if kind is None:
        source = replace(source, begun=source.stream.readline(options.max_bytes + 1))
        kind = sniff(source.begun)
    yield from reader(kind)(replace(source, kind=kind), options)


# --- what an input names --------------------------------------------------------------------------


def _expanded(given: str) -> Iterator[str | Skipped]:
    """Give the files that an input names: itself, those of a folder, or those that match a glob."""
    if given == "-" or os.path.lexists(given):
        yield from _in_folder(given) if Path(given).is_dir() else [given]
    elif is_address(given):
        yield given
    elif glob.has_magic(given):
        yield from _matching(given)
    else:
        yield _skipped(given, "there is no such file or folder; check the path")


def _in_folder(folder: str) -> Iterator[str | Skipped]:
    """Give the readable files below a folder in order of their paths; hidden files and other suffixes are left out.

    Of .json files those that hold articles are read.
    """
    unread: list[OSError] = []
    found: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=unread.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        visible = (Path(place, name) for name in files if not name.startswith("."))
        found.extend(path for path in visible if is_read_in_folders(path.name) or _is_news(path))
    yield from map(str, sorted(found))
    yield from (_skipped(str(error.filename), _why(error)) for error in unread)
    if not found and not unread:
        yield _skipped(folder, f"the folder holds no {', '.join(IN_FOLDERS)}; name a file or another folder")


def _is_news(path: Path) -> bool:
    """Tell whether a .json file of a folder holds articles."""
    if path.suffix.lower() != ".json":
        return False
    from onrecord.ingest import documents

    try:
        return path.stat().st_size <= MAX_BYTES and documents.is_news(path.read_bytes())
    except OSError:
        return False


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
