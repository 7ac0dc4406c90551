"""What the desk is made of: the record, and who may do what with it."""

from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, Request

from onrecord.web.rates import Limits
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
    limits: Limits = field(default_factory=Limits)
    shelf: Shelf = field(default_factory=Shelf)
    woken: Event = field(default_factory=Event)  # there may be something to compare

    def changed(self) -> None:
        """Take note that somebody changed the record: who asks next sees it."""
        self.shelf.clear()
        self.woken.set()

    def grew(self) -> None:
        """Take note that something was added: it is seen soon."""
        self.shelf.age()
        self.woken.set()


def of(request: Request) -> Desk:
    """Give the desk that a request is made to."""
    return cast(Desk, request.app.state.desk)


Here = Annotated[Desk, Depends(of)]
