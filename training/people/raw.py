"""A row of a source in one shape, and the person that rows add up to."""

from dataclasses import dataclass, field

from onrecord.people.folding import PARTICLES, parts, plain
from onrecord.people.offices import canonical, title_of

FAMILY_FIRST = {"China", "Taiwan", "South Korea", "North Korea", "Vietnam", "Hong Kong", "Cambodia", "Singapore"}


@dataclass(slots=True)
class Raw:
    """One term as a source gives it."""

    name: str
    country: str  # of the person
    place: str  # of the office
    title: str
    since: str
    until: str
    as_of: str
    basis: str
    id: str = ""
    also: tuple[str, ...] = ()
    family: str = ""
    gender: str = ""
    party: str = ""
    rank: int = 1  # of the source's name for the person: the higher wins
    office: str = ""  # its one name, where the title doesn't give it
    unsure: bool = False  # whether the term lasted to its foreseen end
    hand: bool = False  # of additions.tsv, which wins over other sources

    def someone(self) -> "Someone":
        return Someone(self.id, self.name, self.country)

    def office_name(self) -> str:
        return self.office or canonical(self.title, self.place)

    def of(self, person: str) -> "Held":
        return Held(
            self.place,
            self.office_name(),
            self.since,
            self.until,
            self.as_of,
            person,
            self.title,
            self.basis,
            self.hand,
            self.unsure,
        )


@dataclass(slots=True)
class Held:
    """One term of a known person."""

    place: str
    office: str
    since: str
    until: str
    as_of: str
    id: str
    title: str
    basis: str
    hand: bool = False
    unsure: bool = False  # whether it lasted to the end that was foreseen

    def row(self) -> tuple[str, ...]:
        return (
            self.place,
            self.office,
            self.since,
            self.until,
            self.as_of if not self.until or (self.as_of < self.until[:10] and self.unsure) else "",
            self.id,
            self._title(),
            self.basis,
        )

    def _title(self) -> str:
        """Give the title as printed, where it can't be made from the office."""
        return "" if title_of(self.office, self.place, "") else self.title


@dataclass(slots=True, eq=False)
class Someone:
    """A person as all rows together tell."""

    id: str
    name: str
    country: str
    also: list[str] = field(default_factory=list)
    family: str = ""
    gender: str = ""
    party: str = ""
    rank: int = 0
    fixed: bool = False  # its id is given by hand: no row with another item is about it

    def learn(self, raw: Raw) -> None:
        """Take what a row adds; the name of the better source wins, the others are kept as other names."""
        if raw.rank > self.rank:
            self.name, old, self.rank = raw.name, self.name, raw.rank
            self.also.append(old)
            self.family = raw.family or self.family
        self.also += [n for n in (raw.name, *raw.also) if n]
        self.family = self.family or raw.family
        self.gender = self.gender or raw.gender
        self.party = raw.party or self.party

    def row(self) -> tuple[str, ...]:
        also = {plain(n): n for n in reversed(self.also) if plain(n) != plain(self.name)}
        return (
            self.id,
            self.name,
            "|".join(sorted(also.values())),
            self.surname(),
            self.gender,
            self.country,
            self.party,
        )

    def surname(self) -> str:
        if self.family:
            return self.family
        words = self.name.split()
        if len(words) == 1 or (words[-1].isupper() and words[-1].strip("IVX") == ""):
            return self.name  # "Pelé", "Charles III"
        if words[-1].rstrip(".").lower() in ("jr", "sr"):
            words = [w.rstrip(",") for w in words[:-1]]
        if self.country in FAMILY_FIRST and len(words[0]) > 1 and not words[0].endswith("."):
            return words[0]
        at = len(words) - 1
        while at > 1 and words[at - 1].lower().strip(".") in PARTICLES:
            at -= 1
        return " ".join(words[at:])

    def key_words(self) -> set[str]:
        """Give the plain words by which the person is looked up: family name, last of each name, mononym."""
        words = set(parts(self.surname()))
        for name in (self.name, *self.also):
            found = [p for p in parts(name) if p not in ("jr", "sr", "ii", "iii", "iv")]
            words |= set(found[-1:])
            if self.country in FAMILY_FIRST or len(parts(self.surname())) == len(found):
                words |= set(found[:1])
        return {w for w in words if w not in PARTICLES and len(w) > 1}
