"""An open input, as the readers of all formats take it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from onrecord.errors import TooLarge
from onrecord.ingest.options import IngestOptions
from onrecord.types import Article, Skipped


@dataclass(frozen=True, slots=True)
class Source:
    """One file, standard input, or a member of an archive, open for reading."""

    name: str  # that articles and skipped inputs are named after
    stream: BinaryIO
    begun: bytes = b""  # what was read of it already, to see what it is
    depth: int = 0  # of how many archives it is a member, one inside the other

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


class Reader(Protocol):
    """Reads one format."""

    def __call__(self, source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
        """Give the articles of an input in order, and a Skipped for each part that can't be read.

        Raises InputError where nothing of it can be.
        """
