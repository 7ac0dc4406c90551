"""Countries, states, cities and bodies: the words that name them, and the office that heads each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.people.folding import plain
from onrecord.people.tables import rows


@dataclass(frozen=True, slots=True)
class Place:
    """What an office belongs to: a country, a US state, a city, or a body such as NATO."""

    name: str
    kind: str  # "country", "region", "state", "city", "body"
    adjectives: tuple[str, ...]  # "French"; empty where news uses the name: "NATO"
    also: tuple[str, ...]
    head: str  # the office that "leader" or "chief" stands for; "" where none does
    of: str  # the country of a region, a state, a city or a body; "" for the others

    @property
    def words(self) -> tuple[str, ...]:
        """Give all words that name it."""
        return (self.name, *self.adjectives, *self.also)

    @property
    def label(self) -> str:
        """Give the word that stands before an office: "French", "NATO", "U.S."."""
        if self.kind == "body":
            return next((w for w in self.also if w.isupper() and len(w) <= 5), self.name.removeprefix("US "))
        if self.name == "United States":
            return "U.S."
        if self.adjectives and self.kind in ("country", "region"):
            return self.adjectives[0]
        return self.name.split(" (")[0]


@cache
def places() -> dict[str, Place]:
    """Give all places by name; a state or city of a country's name stands under "Georgia (state)"."""
    found: dict[str, Place] = {}
    for row in rows("places"):
        name, kind, adjectives, also, head, of = row
        found[name] = Place(name, kind, _split(adjectives), _split(also), head, of)
    return found


@cache
def by_word() -> dict[str, tuple[Place, ...]]:
    """Map each word, folded, to the places that it may name: "georgian", "u s", "washington"."""
    found: dict[str, list[Place]] = {}
    for place in places().values():
        for word in {plain(w).removeprefix("the ") for w in (_bare(place.name), *place.words)}:
            found.setdefault(word, []).append(place)
    return {word: tuple(these) for word, these in found.items()}


def find(words: Iterable[str]) -> tuple[tuple[int, int, tuple[Place, ...]], ...]:
    """Give the stretches of (folded) words that name places, longest first: (start, end, places)."""
    tokens = list(words)
    known = by_word()
    stretches = ((a, b) for a in range(len(tokens)) for b in range(a + 1, min(len(tokens), a + 7) + 1))
    found = [(a, b, these) for a, b in stretches if (these := known.get(_phrase(tokens[a:b])))]
    return tuple(sorted(found, key=lambda f: (f[0] - f[1], f[0])))


def _phrase(tokens: list[str]) -> str:
    return " ".join([*tokens[:-1], tokens[-1].removesuffix("'s").removesuffix("'")])


def _bare(name: str) -> str:
    return name.split(" (")[0]


def _split(field: str) -> tuple[str, ...]:
    return tuple(w for w in field.split("|") if w)
