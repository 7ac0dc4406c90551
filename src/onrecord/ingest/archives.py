"""Zip archives and packed files -> the articles of what they hold, read in place: a member's name is only a name."""

import bz2
import gzip
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO

from onrecord.errors import BrokenInput, InputError, MissingExtra, NotText, TooLarge
from onrecord.ingest.formats import is_read_in_folders, kind_of
from onrecord.ingest.inputs import read_source
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.ingest.streams import Allowance, ArchiveBomb, Readable, chunks, stream_of
from onrecord.types import Article, Skipped

MOST_DEPTH = 3  # archives one inside the other: an archive of packed files in an archive; more is a trick
MOST_DIRECTORY = 1 << 25  # bytes of a zip archive's list of members, which is held whole: 350,000 articles


def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the articles of an archive's members in order of their names, or those of a packed file."""
    if source.depth >= MOST_DEPTH:
        raise BrokenInput(f"it lies in {MOST_DEPTH} archives, one inside the other; unpack them and give the files")
    yield from (_of_zip if source.kind == "zip" else _of_packed)(source, options)


# --- packed files -------------------------------------------------------------------------------------

UNPACKERS: dict[str | None, Callable[[BinaryIO], Readable]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream),
    "bzip2": bz2.BZ2File,
}


def _of_packed(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the articles of the one file inside, which goes by the name of the packed one."""
    allowance, packed = source.allowance, source.rest()
    if allowance is None:
        allowance = Allowance()
        packed = stream_of(_weighed(packed, allowance))
    inside = stream_of(_unpacked(lambda: UNPACKERS[source.kind](packed), allowance))
    kind = kind_of(PurePath(source.name).stem)
    yield from read_source(Source(source.name, inside, depth=source.depth + 1, allowance=allowance), kind, options)


def _weighed(stream: BinaryIO, allowance: Allowance) -> Iterator[bytes]:
    for chunk in chunks(stream):
        allowance.packed += len(chunk)
        yield chunk


def _unpacked(opened: Callable[[], Readable], allowance: Allowance) -> Iterator[bytes]:
    """Give what is inside, chunk by chunk, as far as the allowance goes; raises BrokenInput where it is damaged."""
    try:
        for chunk in chunks(opened()):
            allowance.take(len(chunk))
            yield chunk
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        why = str(error) or type(error).__name__
        raise BrokenInput(f"it can't be unpacked ({why}); get a whole copy of it, or unpack it first") from error


# --- zip archives ---------------------------------------------------------------------------------

# A member that shows that a zip archive is a document -> what it is then.
DOCUMENTS: dict[str, str] = {
    "word/document.xml": "a Word document (.docx)",
    "ppt/presentation.xml": "a presentation (.pptx)",
    "mimetype": "an OpenDocument or an e-book (.odt, .epub)",
}
_WORKBOOK = "xl/workbook.xml"
_ENCRYPTED = 1  # of a member's flags


def _of_zip(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    with source.seekable() as file, _opened(file) as archive:
        names = archive.NameToInfo
        if _WORKBOOK in names:
            whole = Source(source.name, file, depth=source.depth, allowance=source.allowance)
            yield from read_source(whole, "xlsx", options)
            return
        if document := next((what for name, what in DOCUMENTS.items() if name in names), None):
            raise NotText(f"it looks like {document}; save it as text or HTML first")
        allowance = source.allowance or Allowance(packed=file.seek(0, 2))
        for shown, member in _members(archive):
            inside = stream_of(_unpacked(_opener(archive, member), allowance))
            yield from _of_member(
                Source(f"{source.name}/{shown}", inside, depth=source.depth + 1, allowance=allowance), member, options
            )


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    if _directory_bytes(file) > MOST_DIRECTORY:
        raise TooLarge("its list of members is too long; unpack it and give the folder")
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error, OverflowError) as error:
        raise BrokenInput(f"it is no whole zip archive ({error}); get a whole copy of it") from error


def _directory_bytes(file: BinaryIO) -> int:
    """Give the length of the list of members as the archive's end states it, in the old form and in that of zip64."""
    size = file.seek(0, 2)
    file.seek(max(0, size - (1 << 16) - 100))
    end = file.read()
    stated = [0]
    for mark, place, form in ((b"PK\x05\x06", 12, "<L"), (b"PK\x06\x06", 40, "<Q")):
        found = end.rfind(mark)
        if 0 <= found <= len(end) - place - 8:
            stated.append(struct.unpack_from(form, end, found + place)[0])
    return min(size, max(stated))


def _members(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Give the members that a folder would be read for, by name; later ones of one name are numbered."""
    found, seen = [], Counter[str]()
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        if not member.is_dir() and is_article_file(member.filename):
            name = "".join(c if c.isprintable() else "\ufffd" for c in member.filename)
            seen[name] += 1
            found.append((name if seen[name] == 1 else f"{name} ({seen[name]})", member))
    if not found:
        raise BrokenInput("the archive holds no file that is read from a folder; unpack it and name the file")
    return found


def is_article_file(name: str) -> bool:
    """Tell whether a member is of a kind that is read from folders, not hidden, and none of macOS's own."""
    parts = re.split(r"[/\\]", name)
    hidden = any((part.startswith(".") and part.strip(".")) or part == "__MACOSX" for part in parts)
    return not hidden and is_read_in_folders(parts[-1])


def _opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], Readable]:
    return lambda: archive.open(member)


def _of_member(source: Source, member: zipfile.ZipInfo, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give what a member holds; every failure but a bomb becomes a Skipped, and the others are read."""
    try:
        if member.flag_bits & _ENCRYPTED:
            raise BrokenInput("it is encrypted; unpack it with its password first")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # zipfile unpacks others at a gulp
            raise BrokenInput("it is packed with neither deflate nor nothing, as zip archives are; unpack it first")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise BrokenInput("it is a link, and links in archives lead nowhere; give the file itself")
        yield from read_source(source, kind_of(member.filename), options)
    except ArchiveBomb:
        raise
    except (InputError, MissingExtra) as error:
        yield Skipped(source.name, "ingest", str(error))
    except (OSError, ValueError) as error:
        yield Skipped(source.name, "ingest", f"it can't be read ({error}); unpack it and give the file")
