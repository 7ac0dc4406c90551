"""What a page may be asked for, checked: the parameters that several pages share."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Path, Query

from onrecord import days
from onrecord.codec import Json
from onrecord.errors import UsageError
from onrecord.types import Act

AT_ONCE = 40  # of a list on one page
FURTHEST = 250  # pages of a list: further back is found by words or days

Words = Annotated[str, Query(max_length=300, description="Words to look for, as of `onrecord statements --about`.")]
Day = Annotated[str, Query(max_length=10, description="A day, a month or a year: 2026-03-14, 2026-03, 2026.")]
Page = Annotated[int, Query(ge=1, le=FURTHEST, description="The page of a long list.")]
ActName = Annotated[Act | Literal[""], Query(description="What the speaker does by it; any, where empty.")]
Key = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[\w.:-]+$", description="An id.")]
Text = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True, slots=True)
class Wish:
    """Words, days and the page of a list, as several pages take them."""

    about: Words = ""
    since: Day = ""
    until: Day = ""
    page: Page = 1

    @property
    def words(self) -> str | None:
        """Give the words; None for none."""
        return self.about.strip() or None

    @property
    def first(self) -> date | None:
        """Give the first day that is meant; raises UsageError."""
        return _day(self.since, 0)

    @property
    def last(self) -> date | None:
        """Give the last day that is meant; raises UsageError."""
        return _day(self.until, 1)

    @property
    def offset(self) -> int:
        """Give how many stand on the pages before."""
        return (self.page - 1) * AT_ONCE

    def told(self) -> Json:
        """Give it as the page shows it."""
        return {"about": self.about, "since": self.since, "until": self.until}


Wished = Annotated[Wish, Depends()]


def _day(words: str, end: int) -> date | None:
    if not words.strip():
        return None
    try:
        return (days.last_day if end else days.first_day)(words.strip())
    except ValueError as error:
        raise UsageError(f"{words} is no day. Write a day, a month or a year: 2026-03-14, 2026-03, 2026.") from error
