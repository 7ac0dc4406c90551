"""What the desk is made of: the record, and who may do what with it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, Request

from onrecord.web.shelf import Shelf

if TYPE_CHECKING:
    from onrecord.record import Record
    from onrecord.web.access import Access


@dataclass(frozen=True, slots=True)
class Desk:
    """One open desk."""

    record: "Record"
    access: "Access"
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")  # the names under which it may be asked for
    shelf: Shelf = field(default_factory=Shelf)


def of(request: Request) -> Desk:
    """Give the desk that a request is made to."""
    return cast(Desk, request.app.state.desk)


Here = Annotated[Desk, Depends(of)]
