"""What the user may set about fetching, and what is remembered from one run to the next."""

from dataclasses import dataclass
from typing import Protocol

from onrecord.errors import UsageError
from onrecord.ingest.options import MAX_BYTES


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How addresses are asked; times are in seconds."""

    delay: float = 1.0  # between two requests to one host
    timeout: float = 20.0  # for a connection, and for each wait on it
    max_bytes: int = MAX_BYTES  # of a page, also when unpacked
    allow_private: bool = False  # addresses inside the own network too, on any port
    user_agent: str = "onrecord (+https://github.com/onrecord/onrecord)"

    def __post_init__(self) -> None:
        for name, value, least in (("delay", self.delay, 0), ("timeout", self.timeout, 0.1)):
            if not least <= value <= 3600:
                raise UsageError(f"the {name} of fetching can't be {value}; give seconds from {least} to 3600")
        if self.max_bytes < 1:
            raise UsageError(f"--max-bytes is {self.max_bytes}; give a number of bytes above 0")
        if not self.user_agent.isprintable() or not self.user_agent.isascii() or not self.token:
            raise UsageError(f"the user agent can't be {self.user_agent!r}; give a name in ASCII")

    @property
    def token(self) -> str:
        """Give the name that robots.txt knows us by."""
        return self.user_agent.partition("/")[0].partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server says of the version of a page, to be asked whether there is a newer one (RFC 9110)."""

    etag: str | None = None
    modified: str | None = None  # the Last-Modified header, as it came


class Memory(Protocol):
    """Remembers the version of each page that was read.

    What is put must be kept no earlier than the articles that were read from the page: else a run that is killed
    between the two would never see them again.
    """

    def get(self, url: str) -> Validators | None:
        """Give the version that was read last; None where none was."""

    def put(self, url: str, validators: Validators) -> None:
        """Remember the version that was read."""
