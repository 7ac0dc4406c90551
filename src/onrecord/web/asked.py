"""What a page may be asked for, checked: the parameters that several pages share."""

from datetime import date
from typing import Annotated, Literal

from fastapi import Query

from onrecord import days
from onrecord.errors import UsageError
from onrecord.types import Act

AT_ONCE = 40  # of a list on one page
FURTHEST = 250  # pages of a list: further back is found by words or days

Words = Annotated[str, Query(max_length=300, description="Words to look for, as of `onrecord statements --about`.")]
Day = Annotated[str, Query(max_length=10, description="A day, a month or a year: 2026-03-14, 2026-03, 2026.")]
Page = Annotated[int, Query(ge=1, le=FURTHEST, description="The page of a long list.")]
ActName = Annotated[Act | Literal[""], Query(description="What the speaker does by it; any, where empty.")]
Text = Annotated[str, Query(max_length=300)]


def since(words: str) -> date | None:
    """Give the first day that is meant; None for no words. Raises UsageError."""
    return _day(words, 0)


def until(words: str) -> date | None:
    """Give the last day that is meant; None for no words. Raises UsageError."""
    return _day(words, 1)


def _day(words: str, end: int) -> date | None:
    if not words.strip():
        return None
    try:
        return (days.last_day if end else days.first_day)(words.strip())
    except ValueError as error:
        raise UsageError(f"{words} is no day. Write a day, a month or a year: 2026-03-14, 2026-03, 2026.") from error
