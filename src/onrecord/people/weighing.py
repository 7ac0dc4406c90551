"""How likely each of several people is meant: by the name, by what they held on that day, by the words beside it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.people import offices, places
from onrecord.people.folding import plain
from onrecord.people.matching import FAMILY
from onrecord.people.nouns import Person, Term

CLEAR = 15  # how far the first must lead the second to be the one who is meant
CLEAR_ALONE = 14  # the same where only a family name is given
ELSEWHERE = -25  # the words beside the name speak of another country, state or party
AT_LEAST = 2.5  # what the offices of somebody must add, where no words speak for them
NEVER_HELD = -15  # they name an office that the person never held
_PARTIES = {
    "republican": "republican",
    "gop": "republican",
    "democrat": "democrat",
    "democratic": "democrat",
    "libertarian": "libertarian",
    "labour": "labour",
    "conservative": "conservative",
    "tory": "conservative",
}
_NEAR = ((0, 1.0), (2, 0.8), (6, 0.6), (12, 0.4), (30, 0.2))  # years from the term, share of its worth


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a name may mean."""

    person: Person
    fitting: int  # how well the name fits, see matching.py
    told: int  # what the words beside it say: above 0 for, below 0 against
    weight: float  # all together


def candidate(person: Person, fitting: int, on: date | None, words: str) -> Candidate:
    """Weigh one person."""
    told = _told(person, on, words) if words else 0
    return Candidate(person, fitting, told, fitting + told + max((_standing(t, on) for t in person.terms), default=0.0))


def told_apart(found: tuple[Candidate, ...]) -> Person | None:
    """Give the first where it clearly leads; a family name alone needs words beside it, or a very high office.

    Somebody whose offices lie long before or after that day is more likely a namesake of the one who is meant.
    """
    if not found or found[0].told < 0 or _out_of_time(found[0]):
        return None
    first, rest = found[0], found[1:]
    alone = first.fitting <= FAMILY
    if alone and first.told <= 0 and max((worth(t) for t in first.person.terms), default=0) < 9:
        return None
    clear = not rest or first.weight - rest[0].weight >= (CLEAR_ALONE if alone else CLEAR)
    return first.person if clear else None


def _out_of_time(one: Candidate) -> bool:
    return bool(one.person.terms) and one.told <= 0 and one.weight - one.fitting - one.told < AT_LEAST


def worth(term: Term) -> int:
    """Give how much a term says of its holder, 0 to 10."""
    return offices.weight_of(term.office, term.place)


def _standing(term: Term, on: date | None) -> float:
    """Give what an office adds on a day: all while it is held, less with the years before and after."""
    full = 3.0 * worth(term)
    if on is None:
        return 0.7 * full
    until = term.until or term.as_of
    apart = (
        max((term.since - on).days * 2 if term.since else 0, (on - until).days if not term.status(on) else 0, 0) / 366
    )
    return full * next((share for years, share in _NEAR if apart <= years), 0.0)


def _told(person: Person, on: date | None, words: str) -> int:
    """Give what the words beside a name say for or against a person."""
    here, offices_named, party = _read(words)
    held = [(t, 1.0 if on is None or t.status(on) else 0.6) for t in person.terms]
    score = max((40 * share for t, share in held if (t.office, t.place) in offices_named), default=0.0)
    if not score:
        score = max((15 * share for t, share in held if t.office in {o for o, _ in offices_named}), default=0.0)
    asked = {o for o, _ in offices_named if offices.is_known(o)}
    if not score and asked and held:
        score = NEVER_HELD
    homes = {person.country, *(t.place for t in person.terms)} | {_country(t.place) for t in person.terms}
    if here:
        score += 20 if any(p in homes for p in here) else ELSEWHERE if homes - {None} else 0
    if party and person.party:
        score += 15 if party in plain(person.party) else ELSEWHERE
    return round(score)


def _country(place: str) -> str | None:
    found = places.places().get(place)
    return found.of or None if found else None


@lru_cache(maxsize=1024)
def _read(words: str) -> tuple[frozenset[str], frozenset[tuple[str, str]], str | None]:
    """Give the places, the offices and the party that words speak of; "former" is passed over."""
    tokens = [
        t for t in plain(words.replace("’s", "").replace("'s", "")).split() if t not in ("former", "ex", "then", "late")
    ]
    here = frozenset(p.name for _, _, these in places.find(tokens) for p in these)
    told = " ".join(tokens)
    named = {*offices.readings(told), *offices.anywhere(told), *((offices.canonical(t, ""), "") for t in tokens)}
    party = next((_PARTIES[t] for t in tokens if t in _PARTIES), None)
    return here, frozenset(named), party
