"""What the people table speaks of: a person (or a body), the terms that it served, the role that it held on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

PersonType = Literal["person", "organisation"]
Status = Literal["held", "last known"]

LAST_KNOWN_DAYS = 5 * 366  # how long after our last word of an open term it is still shown, as last known


@dataclass(frozen=True, slots=True)
class Term:
    """One time in one office. Days are whole, both ends included."""

    office: str  # one name for all its titles: "foreign minister"
    place: str  # the country, state, city or body that it belongs to: "France", "NATO"
    title: str  # as its source prints it
    since: date | None  # None: before our sources begin
    until: date | None  # None: no end is known
    as_of: date  # the last day of which our source speaks; `until` where it tells the end
    basis: str  # where this comes from

    def status(self, on: date) -> Status | None:
        """Tell whether it is held on a day; None before it began, after it ended, long after our last word of it."""
        if (self.since and on < self.since) or (self.until and on > self.until):
            return None
        if on <= self.as_of:
            return "held"
        return "last known" if (on - self.as_of).days <= LAST_KNOWN_DAYS else None


@dataclass(frozen=True, slots=True)
class Role:
    """The role of a person on a day, as news writes it."""

    title: str  # "French President", "NATO Secretary General", "U.S. Senator from Texas"
    office: str
    place: str
    since: date | None
    until: date | None
    status: Status  # "last known": it may have ended since our source was written; never show it as current
    basis: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or a body, whom news names."""

    id: str  # Wikidata's item where a source gives it, else a readable name: "Q3052772", "ada-moro"
    name: str
    type: PersonType = "person"
    also: tuple[str, ...] = ()  # other names
    family: str = ""  # the family name, where it is known which part that is
    gender: str | None = None  # "m", "f"
    country: str | None = None
    party: str | None = None
    terms: tuple[Term, ...] = ()  # in order of since

    @property
    def names(self) -> tuple[str, ...]:
        """Give all names, the usual one first."""
        return (self.name, *self.also)
