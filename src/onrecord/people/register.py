"""People and offices with their dates: who a name may be, who held an office, which role somebody had on a day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from onrecord.days import first_day, last_day
from onrecord.people import offices, own, places, tables
from onrecord.people.folding import plain
from onrecord.people.matching import FAMILY_HEARD, Query, fit
from onrecord.people.nouns import Person, Role, Term
from onrecord.people.weighing import Candidate, candidate, told_apart, worth

_BODY = "body:"  # how the id of a body begins


class People:
    """The people and offices that ship, with those that the user added. Nothing is read before it is asked for."""

    def __init__(self, added: own.Own) -> None:
        self._own = added
        self._candidates = lru_cache(maxsize=8192)(self._find)
        self._person = lru_cache(maxsize=8192)(self._make)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> "People":
        """Give the table that ships, and over it the user's own files (own.py says of which kinds).

        Raises UsageError for a file of the user that can't be read.
        """
        return cls(own.read(extra))

    def named(self, name: str, on: date | None = None, hint: str | None = None) -> tuple[Person, ...]:
        """Give all whom a name may mean, the likeliest first.

        `on` (the said or published day) and `hint` (the words beside the name: "Texas senator") only order them.
        """
        return tuple(c.person for c in self._candidates(name.strip(), on, hint))

    def identify(self, name: str, on: date | None = None, hint: str | None = None) -> Person | None:
        """Give the one whom a name means, None where it may be several or nobody is known by it."""
        return told_apart(self._candidates(name.strip(), on, hint))

    def holder(self, office: str, on: date, country: str | None = None) -> Person | None:
        """Give who held an office on a day: "the French president", "NATO's secretary general", "Speaker of the House".

        None where nobody or more than one is known. On the day of a change it is the new one. Where the sources end
        before that day it is the last known one: `role` then says so.
        """
        found = self.holders(office, on, country)
        return found[0] if len(found) == 1 else None

    def holders(self, office: str, on: date, country: str | None = None) -> tuple[Person, ...]:
        """Give all who held an office on a day, such as the two senators of a state."""
        for one, place in (*self._own.readings(office), *offices.readings(office, country)):
            if found := self._holding(one, place, on):
                return found
        return ()

    def role(self, person: Person, on: date) -> Role | None:
        """Give the weightiest role that a person held on a day, None outside all its terms.

        A role that may have ended since our source was written has the status "last known".
        """
        held = [(t, status) for t in person.terms if (status := t.status(on))]
        if not held:
            return None
        term, status = max(held, key=lambda h: (h[1] == "held", worth(h[0]), h[0].since or date.min))
        return Role(title_of(term, person.party), term.office, term.place, term.since, term.until, status, term.basis)

    def roles(self, person: Person) -> tuple[Role, ...]:
        """Give all roles of a person in order of their beginning, each as it is known on its last day, else today."""
        terms = sorted(person.terms, key=lambda t: (t.since or date.min, t.until or date.max))
        return tuple(
            Role(title_of(t, person.party), t.office, t.place, t.since, t.until, status, t.basis)
            for t in terms
            if (status := t.status(t.until or date.today()))
        )

    def get(self, id: str) -> Person | None:
        """Give the person of an id, None where nobody has it."""
        return self._person(self._own.merged.get(id, id))

    def _find(self, name: str, on: date | None, hint: str | None) -> tuple[Candidate, ...]:
        """Give the people whom a name fits, the likeliest first."""
        query = Query.of(name)
        fitting = [(p, n) for p in self._possible(query, name) if (n := fit(query, p))]
        best = max((n for _, n in fitting), default=0)
        words = " ".join((*query.titles, hint or "")).strip()
        found = (candidate(p, n, on, words) for p, n in fitting if n >= FAMILY_HEARD or best < FAMILY_HEARD)
        return tuple(sorted(found, key=lambda c: (-c.weight, c.person.id)))

    def _possible(self, query: Query, name: str) -> Iterable[Person]:
        """Give the people who share a sound with a name, the bodies of that name among them."""
        ids = dict.fromkeys(i for key in query.keys for i in self._ids_of(key))
        ids |= dict.fromkeys(self._own.aliases.get(plain(name), ()))
        bodies = places.by_word().get(plain(name).removeprefix("the "), ())
        ids |= dict.fromkeys(f"{_BODY}{p.name}" for p in bodies if p.kind == "body")
        not_meant = self._own.kept_apart.get(plain(name), frozenset())
        people = (self.get(i) for i in ids if i not in not_meant)
        return {p.id: p for p in people if p}.values()

    def _ids_of(self, key: str) -> Iterable[str]:
        for row in tables.starting(tables.lines("names"), key):
            yield from row[1].split(" ")
        yield from self._own.ids_of(key)

    def _make(self, id: str) -> Person | None:
        person = _body(id) if id.startswith(_BODY) else self._listed(id) or self._own.people.get(id)
        if person is None:
            return None
        others = [
            o
            for i, into in self._own.merged.items()
            if into == id and (o := self._listed(i) or self._own.people.get(i))
        ]
        return self._own.completed(person, others)

    def _listed(self, id: str) -> Person | None:
        row = next(tables.starting(tables.lines("people"), id), None)
        return (
            _person(row, [_term(tables.lines("terms")[at]) for at in self._terms_by_person.get(id, ())])
            if row
            else None
        )

    @cached_property
    def _terms_by_person(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for at, line in enumerate(tables.lines("terms")):
            found[line.split("\t", 6)[5]].append(at)
        return found

    @cached_property
    def _places_by_office(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for line in tables.lines("terms"):
            place, office, _ = line.split("\t", 2)
            found[office].add(place)
        return found

    def _holding(self, office: str, place: str, on: date) -> tuple[Person, ...]:
        """Give who held an office of a place on a day; the last known one where nobody is known to."""
        if not place:
            where = self._places_by_office.get(office, set())
            if len(where) != 1:
                return ()
            place = min(where)
        ids = {row[5] for row in tables.starting(tables.lines("terms"), f"{place}\t{office}")}
        people = {p.id: p for i in sorted(ids | self._own.holders_of(office, place)) if (p := self.get(i))}
        terms = [
            (p, t) for p in people.values() for t in p.terms if (t.office, t.place) == (office, place) and t.status(on)
        ]
        sure = [(p, t) for p, t in terms if t.status(on) == "held"]
        last = sorted(terms, key=lambda h: h[1].as_of)[-1:]
        staying = [h for h in sure if h[1].until != on] or sure or last
        return tuple({p.id: p for p, _ in staying}.values())


def title_of(term: Term, party: str | None = None) -> str:
    """Give a term's office as news writes it: "French President", "Texas Governor", "U.S. Senator from Ohio"."""
    if term.office.endswith("presidential candidate"):
        whose = {"Democrat": "Democratic"}.get(party or "", party or "")
        return f"{whose} {offices.title_of(term.office, '', term.title)}".strip()
    place = places.places().get(term.place)
    title = offices.title_of(term.office, term.place, term.title)
    if place is None:
        return title if not term.place or plain(term.place) in plain(title) else f"{term.place} {title}"
    if title.startswith("="):
        return title[1:]
    if term.office.startswith("campaign ") and place.name.endswith(" campaign"):
        return f"{place.name.removesuffix(' campaign')} {title}"
    if term.office in ("senator", "representative"):
        return f"{title} from {place.label}"
    low = plain(title)
    names = (plain(w) for w in (place.label, place.name.split(" (")[0], *place.adjectives))
    return title if any(n in low for n in names) else f"{place.label} {title}"


def _body(id: str) -> Person | None:
    place = places.places().get(id.removeprefix(_BODY))
    return Person(id, place.name, "organisation", place.also, country=place.of or None) if place else None


def _person(row: tuple[str, ...], terms: Iterable[Term]) -> Person:
    id, name, also, family, gender, country, party = row
    others = tuple(a for a in also.split("|") if a)
    ordered = tuple(sorted(terms, key=lambda t: t.since or date.min))
    return Person(id, name, "person", others, family, gender or None, country or None, party or None, ordered)


@lru_cache(maxsize=4096)
def _term(line: str) -> Term:
    """Read a line of terms.tsv; where only month or year is known, the days that are sure."""
    place, office, since, until, as_of, _, title, basis = line.split("\t")
    end = first_day(until)
    return Term(office, place, title, last_day(since), end, first_day(as_of) or end or date.min, basis)
