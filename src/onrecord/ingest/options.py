"""What the user may set about reading inputs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from onrecord.errors import UsageError

MAX_BYTES = 20_000_000
FIELDS = ("text", "html", "id", "published", "publisher", "title", "url", "authors")  # of an article, in a table


def _nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a web address gave: a page, a feed, a sitemap, ..."""

    url: str  # where it was found, after all redirects
    data: bytes
    media: str = ""  # its type as the server names it: "text/html"
    remember: Callable[[], None] = _nothing  # to be called when all of it was read: then it is new no more


class Fetcher(Protocol):
    """Asks the network, on the user's word; onrecord.ingest.fetch has the real one."""

    def __call__(self, url: str) -> Page | None:
        """Give what a web address holds; None where that is not new. Raises NotFetched, TooLarge."""


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """The user's word on the inputs; it wins over what an input says of itself.

    `max_bytes` bounds a file, a page, standard input, a line of JSON Lines or a row of a table (these are streamed:
    their number is free).
    """

    published: date | None = None
    publisher: str | None = None
    max_bytes: int = MAX_BYTES
    fetcher: Fetcher | None = None  # without one, nothing is asked of the network
    columns: Mapping[str, str] = field(default_factory=dict)  # field -> column, for tables whose header isn't guessed

    def __post_init__(self) -> None:
        if self.max_bytes < 1:
            raise UsageError(f"--max-bytes is {self.max_bytes}; give a number of bytes above 0")
        if unknown := next((name for name in self.columns if name not in FIELDS), None):
            raise UsageError(f"--column {unknown}=... names no field of an article; give one of {', '.join(FIELDS)}")
