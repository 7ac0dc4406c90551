"""What the user may set about reading inputs."""

from dataclasses import dataclass
from datetime import date

from onrecord.errors import UsageError

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """The user's word on the inputs; it wins over what an input says of itself.

    `max_bytes` bounds a file, standard input, or one line of JSON Lines (lines are streamed: their number is free).
    """

    published: date | None = None
    publisher: str | None = None
    max_bytes: int = MAX_BYTES

    def __post_init__(self) -> None:
        if self.max_bytes < 1:
            raise UsageError(f"--max-bytes is {self.max_bytes}; give a number of bytes above 0")
