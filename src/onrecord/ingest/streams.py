"""Streams made of chunks of bytes, and how much may come out of an archive."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

from onrecord.errors import TooLarge

CHUNK = 1 << 16  # bytes read at a time
MOST_UNPACKED = 1_000_000_000  # bytes that any archive may unpack to: a year of a paper's text is less
MOST_RATIO = 100  # beyond that, unpacked bytes for a packed one: text packs 3 to 10 times, lists of links 30


class ArchiveBomb(TooLarge):
    """An archive unpacks to more than any archive of articles does; nothing more of it is read."""


@dataclass(slots=True)
class Allowance:
    """What an archive, with all archives inside it, has unpacked to so far; `packed` is its own size in bytes."""

    packed: int = 0
    unpacked: int = 0

    def take(self, size: int) -> None:
        """Count unpacked bytes; raises ArchiveBomb when they are too many."""
        self.unpacked += size
        if self.unpacked > max(MOST_UNPACKED, MOST_RATIO * self.packed):
            raise ArchiveBomb(
                f"it unpacks to over {MOST_UNPACKED:,} bytes and {MOST_RATIO} times its size, as an archive bomb does; "
                "unpack it yourself and give the files if it is none"
            )


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Give up to so many bytes; none at the end."""


def chunks(stream: Readable) -> Iterator[bytes]:
    """Give the rest of a stream, chunk by chunk."""
    return iter(lambda: stream.read(CHUNK), b"")


def stream_of(parts: Iterable[bytes]) -> BinaryIO:
    """Give a stream of the parts, which are asked for one by one; it can't be sought in and is no file on disk."""
    return cast(BinaryIO, io.BufferedReader(_Parts(iter(parts)), CHUNK))


class _Parts(io.RawIOBase):
    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # typeshed: any buffer
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = memoryview(part)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
