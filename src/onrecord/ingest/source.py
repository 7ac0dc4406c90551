"""An open input, as the readers of all formats take it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Protocol, cast

from onrecord.errors import TooLarge
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.streams import Allowance, chunks, stream_of
from onrecord.types import Article, Skipped


@dataclass(frozen=True, slots=True)
class Source:
    """One file, standard input, or a member of an archive, open for reading."""

    name: str  # that articles and skipped inputs are named after
    stream: BinaryIO
    begun: bytes = b""  # what was read of it already, to see what it is
    depth: int = 0  # of how many archives it is a member, one inside the other
    kind: str | None = None  # as its name or its first bytes show it
    allowance: Allowance | None = None  # of the outermost archive that it is a member of

    def whole(self, max_bytes: int) -> bytes:
        """Give all its bytes; raises TooLarge over the limit, for a file on disk before it is read."""
        try:
            known = os.fstat(self.stream.fileno()).st_size
        except (OSError, AttributeError):  # no file on disk: it has no size yet
            known = 0
        data = b"" if known > max_bytes else self.begun + self.stream.read(max(0, max_bytes + 1 - len(self.begun)))
        if max(known, len(data)) > max_bytes:
            raise TooLarge(f"it is over the limit of {max_bytes:,} bytes; raise it with --max-bytes")
        return data

    def rest(self) -> BinaryIO:
        """Give a stream of all its bytes, those read already too; to be asked for once."""
        return stream_of(chain([self.begun], chunks(self.stream))) if self.begun else self.stream

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """Give its bytes as a file that can be sought in: itself, or a nameless copy that goes away when it is left."""
        try:
            self.stream.fileno()
            self.stream.seek(0)
        except OSError:  # a pipe, or a member of an archive
            with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
                for chunk in chunks(self.rest()):
                    copy.write(chunk)
                copy.seek(0)
                yield cast(BinaryIO, copy)
        else:
            yield self.stream


_IN_MEMORY = 1 << 24  # bytes of a copy, before it goes to a temporary file


class Reader(Protocol):
    """Reads one format."""

    def __call__(self, source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
        """Give the articles of an input in order, and a Skipped for each part that can't be read.

        Raises InputError where nothing of it can be.
        """
