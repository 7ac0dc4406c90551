"""The people, bodies and places of one article: the mentions that point at the same one, under its fullest name."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from onrecord.people import People, Person
from onrecord.resolve.lexicon import Gender, lexicon
from onrecord.resolve.mentions import Mention, Sort, mentions
from onrecord.types import Span

_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\.?$")
_DOTTED = re.compile(r"(?!U\.[SKN]\.)(?:[A-Z]\.){3,}")  # "F.B.I."
_ACRONYM = re.compile(r"\s+\(([A-Z][A-Z.&]{1,8})\)")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that the article names; `roles` with the place where each is given."""

    name: str
    sort: Sort
    gender: Gender | None = None
    roles: list[tuple[int, str]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    full: bool = False  # a given name or a title says that it is a person
    person: Person | None = None  # the one of the people table, where no other may be meant
    known: frozenset[str] = frozenset()  # words of the offices that the table gives, lower case

    def role_at(self, offset: int) -> str | None:
        """Give the role that the text last gave before the offset, else the first that it gives later."""
        before = [r for at, r in self.roles if at <= offset]
        return max(before, key=len) if before else self.roles[0][1] if self.roles else None

    def role_words(self) -> set[str]:
        """Give all words of all roles, those of the people table included, lower case."""
        return {w.strip(".,'’").lower() for _, r in self.roles for w in r.split()} | self.known


class Cast:
    """All entities of an article, found by place or by name."""

    def __init__(self, text: str, people: People | None = None, on: date | None = None) -> None:
        self.text = text
        self.mentions = _trimmed(mentions(text))
        if people is not None:
            self.mentions = [_famous(m, people, on) for m in self.mentions]
        self.entities: list[Entity] = []
        self._people: dict[str, list[Entity]] = defaultdict(list)
        self._named_first: dict[str, list[Entity]] = defaultdict(list)
        self._others: dict[str, Entity] = {}
        self._counts: Counter[str] = Counter(m.name for m in self.mentions)
        self._alone = {m.name.casefold() for m in self.mentions if " " not in m.name}
        self._first: dict[str, int] = {}
        for m in self.mentions:
            self._first.setdefault(m.name, m.span.start)
        links: dict[int, Entity] = {}
        order = sorted((self._surety(m), -m.name.count(" "), i) for i, m in enumerate(self.mentions))
        for surety, _, i in order:  # full names first, then "Mr. Moro", then what may be either
            links[i] = self._link(self.mentions[i], surety)
        self.links = [links[i] for i in range(len(self.mentions))]
        self.starts = [m.span.start for m in self.mentions]
        for m, e in zip(self.mentions, self.links, strict=True):
            _note(e, m)
        if people is not None:
            for e in self.entities:
                if e.sort == "person":
                    _recognise(e, people, on)

    def within(self, span: Span) -> list[tuple[Mention, Entity]]:
        """Give the names that overlap a stretch, in order."""
        low = bisect_left(self.starts, span.start - 80)
        high = bisect_left(self.starts, span.end)
        return [(self.mentions[i], self.links[i]) for i in range(low, high) if self.mentions[i].span.overlaps(span)]

    def before(self, offset: int, limit: int = 40) -> list[tuple[Mention, Entity]]:
        """Give the names that end before the offset, nearest first."""
        high = bisect_right(self.starts, offset)
        found = [(self.mentions[i], self.links[i]) for i in range(max(0, high - limit), high)]
        return [pair for pair in reversed(found) if pair[0].span.end <= offset]

    def named(self, name: str) -> Entity | None:
        """Give the entity that a name, in full or in part, points at."""
        bare = fold(_SUFFIX.sub("", name.strip()))
        last = bare.split()[-1] if bare else ""
        people = (e for e in self._people.get(last, ()) if bare in (last, fold(e.name)))
        return next(people, None) or self._others.get(bare)

    @cached_property
    def by_weight(self) -> list[Entity]:
        """Give the entities, the one named most first."""
        return sorted(self.entities, key=lambda e: -len(e.spans))

    @cached_property
    def by_person(self) -> dict[str, Entity]:
        """Give the entities that the people table knows, by its ids."""
        return {e.person.id: e for e in self.entities if e.person}

    @cached_property
    def bearers(self) -> Counter[str]:
        """Count the people who bear each family name."""
        return Counter(e.name.split()[-1] for e in self.entities if e.sort == "person")

    def _link(self, m: Mention, surety: int) -> Entity:
        if m.sort in ("person", "unknown") and (person := self._person(m)):
            return person
        if surety < 2:
            return self._new_person(m)
        key = m.name.casefold()
        if _DOTTED.fullmatch(m.name):
            key = key.replace(".", "")
        if m.name.isupper() or m.sort == "place" or key == "fed":
            short = m.name.replace(".", "") if _DOTTED.fullmatch(m.name) else m.name
            whole = lexicon().abbreviations.get(key.replace(".", ""), short)
            key = key if whole == short else whole.casefold()
        else:
            whole = m.name
        if key not in self._others:
            self._others[key] = Entity(whole, m.sort)
            self.entities.append(self._others[key])
            acronym = _ACRONYM.match(self.text, m.span.end)
            if acronym and m.sort != "person" and " " in m.name:
                self._others[acronym.group(1).casefold()] = self._others[key]
            if m.sort != "person" and (first := initials(m.name)):
                self._others.setdefault(first, self._others[key])
        return self._others[key]

    def _surety(self, m: Mention) -> int:
        """Give 0 for a person's name in full, 1 for a part of one with a title, 2 for what may be anything.

        Two or three unknown words are a full name where the last of them stands alone elsewhere.
        """
        if " " not in m.name or m.sort not in ("person", "unknown"):
            return 1 if m.sort == "person" else 2
        parts = _SUFFIX.sub("", m.name).split()
        if m.sort == "person":
            return 0 if len(parts) > 1 else 1
        known = m.sort == "unknown" and 1 < len(parts) < 4 and parts[-1].casefold() in self._alone
        return 0 if known and parts[0].casefold() not in self._alone and not lexicon().country(parts[0]) else 2

    def _new_person(self, m: Mention) -> Entity:
        entity = Entity(m.name, "person", m.gender, full=not m.bare or " " in m.name)
        self.entities.append(entity)
        self._people[_last(m.name)].append(entity)
        if m.name.count(" ") == 1:
            self._named_first[fold(m.name).split()[0]].append(entity)
        return entity

    def _person(self, m: Mention) -> Entity | None:
        """Give the person known under this full name, or the one whom a surname or a given name alone points at."""
        parts = fold(_SUFFIX.sub("", m.name) if " " in m.name else m.name).split()
        if not parts:
            return None
        same = [e for e in self._people.get(parts[-1], ()) if _agree(e, m, parts)]
        if not same and len(parts) == 1 and m.role is None and not m.bare:  # "Ms. Gao" is "Gao Junlan"
            same = [e for e in self._named_first.get(parts[0], ()) if _agree(e, m, fold(e.name).split()[:1])]
        if same:
            return max(same, key=lambda e: self._weight(e, m))
        if len(parts) == 1 and parts[0] in lexicon().given:
            known = [
                e for people in self._people.values() for e in people if e.name.casefold().startswith(parts[0] + " ")
            ]
            return known[0] if len({e.name for e in known}) == 1 else None
        return None

    def _weight(self, e: Entity, m: Mention) -> tuple[bool, bool, int, int]:
        """Say how likely a name in part is this person's: of its gender, named before, often named, named early."""
        first = self._first.get(e.name, m.span.start)
        gendered = m.gender is not None and e.gender == m.gender
        return gendered, first <= m.span.start, self._counts[e.name], -first


def _trimmed(found: list[Mention]) -> list[Mention]:
    """Take off a word before a full name that stands without it elsewhere: "Celebrating Ann Moro" of a headline."""
    known = {m.name for m in found if m.sort == "person" and m.name.count(" ") == 1}
    return [_without_first(m, known) for m in found]


def _without_first(m: Mention, known: set[str]) -> Mention:
    first, _, rest = m.name.partition(" ")
    given = lexicon().given
    if rest.count(" ") != 1 or rest not in known or first.lower() in given or "." in first:
        return m
    gender = m.gender or given.get(rest.split(" ")[0].lower())
    return replace(m, name=rest, sort="person", gender=gender)


def _famous(m: Mention, people: People, on: date | None) -> Mention:
    """Take a full name that the people table knows for a person's, though no word says so."""
    if m.sort != "unknown" or not 1 <= m.name.count(" ") <= 2 or (found := people.identify(m.name, on)) is None:
        return m
    same = found.type == "person" and fold(found.name).split()[0] == fold(m.name).split()[0]
    return replace(m, sort="person", gender=gender_of(found)) if same else m


def initials(name: str) -> str | None:
    """Give the initials of a body's name of three words or more: "Tarn Planning Committee" -> "tpc"."""
    first = [w[0] for w in name.split() if w[:1].isupper()]
    return "".join(first).casefold() if len(first) > 2 else None


def fold(name: str) -> str:
    """Give a name as names are compared: without case and accents ("François" -> "francois")."""
    if name.isascii():
        return name.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


def _last(name: str) -> str:
    return fold(_SUFFIX.sub("", name)).split()[-1]


def _agree(e: Entity, m: Mention, parts: Sequence[str]) -> bool:
    """Tell whether a name of these words may be the entity's: same given name or initial, no other gender."""
    if m.gender and e.gender and m.gender != e.gender:
        return False
    whole = fold(e.name).split()
    first = whole[0]
    if len(parts) == 1:
        return m.sort == "person" or e.full
    if len(whole) > len(parts) and whole[-len(parts) :] == list(parts):  # "Suu Kyi" of "Aung San Suu Kyi"
        return True
    return first == parts[0] or first.rstrip(".") == parts[0][:1] or parts[0].rstrip(".") == first[:1]


def _note(e: Entity, m: Mention) -> None:
    """Add to the entity what this mention tells of it."""
    e.spans.append(m.span)
    e.gender = e.gender or m.gender
    if e.sort == "person" and e.name.isupper() and not m.name.isupper() and fold(e.name) == fold(m.name):
        e.name = m.name  # "ANN MORO" of a transcript
    if m.sort == "person" and e.sort == "person" and len(m.name) > len(e.name) and " " not in e.name:
        e.name = m.name
    if m.role:
        e.roles.append((m.span.start, m.role))


def gender_of(person: Person) -> Gender | None:
    """Give a person's gender where the people table knows it."""
    return "m" if person.gender == "m" else "f" if person.gender == "f" else None


def _recognise(e: Entity, people: People, on: date | None) -> None:
    """Add to a person what the people table knows: the full name, the gender, the offices held up to that day."""
    found = people.identify(e.name, on, " ".join(r for _, r in e.roles) or None)
    if found is None or found.type != "person" or (e.gender and found.gender and e.gender != found.gender):
        return
    e.person, e.gender = found, e.gender or gender_of(found)
    if " " not in e.name:
        e.name = found.name
    begun = [t for t in found.terms if on is None or t.since is None or t.since <= on]
    words = " ".join(f"{t.title} {t.office} {t.place}" for t in begun)
    e.known = frozenset(w.strip(".,'’()").lower() for w in f"{words} {found.party or ''} {found.country or ''}".split())
