"""Whether a name may be a person's, and how well it fits.

In order: the words as they stand; other spellings of them; a given name's short form; initials; a family name alone.
"""

from dataclasses import dataclass
from functools import cache

from onrecord.people.folding import PARTICLES, parts, sound, split_title
from onrecord.people.nouns import Person
from onrecord.people.tables import lines, rows

SAME, SPELT, SHORT, INITIAL, FAMILY, FAMILY_HEARD, GIVEN = 100, 92, 85, 80, 60, 46, 30  # how well a name fits


@dataclass(frozen=True, slots=True)
class Query:
    """A name taken apart: titles before it, its words, a suffix such as "jr"."""

    titles: tuple[str, ...]
    words: tuple[str, ...]
    suffix: str | None

    @classmethod
    def of(cls, name: str) -> "Query":
        """Take a name apart: "Sen. John Kennedy Jr."."""
        return cls(*split_title(name))

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the keys under which the person may be found: the sounds of its words."""
        return tuple(dict.fromkeys(sound(w) for w in self.words if w not in PARTICLES and len(w) > 1))


def fit(query: Query, person: Person) -> int:
    """Give how well a name fits a person, 0 for not at all."""
    if query.titles and query.titles[-1] in ("mr", "mrs", "ms", "miss", "sir", "dame"):
        wanted = "m" if query.titles[-1] in ("mr", "sir") else "f"
        if person.gender and person.gender != wanted:
            return 0
    fits = {name: _fit(query, name, _family(name, person)) for name in person.names}
    best = max(fits.values())
    return 0 if best < SAME and _other_middle(query, person, best) else best


def _other_middle(query: Query, person: Person, best: int) -> bool:
    """Tell whether a middle name is asked for that speaks against the person: "George W. Bush" isn't George H. W."""
    if best <= FAMILY or len(query.words) < 3:
        return False
    agreed = False
    for name in person.names:
        family = _family(name, person)
        mine, asked = _given(split_title(name)[1], family), _given_of_query(query.words, family) or ()
        if len(asked) > 1 and len(mine) > 1 and _first_fit(asked[0], mine[0]):
            if _middles_agree(asked[1:], mine[1:]):
                return False
            agreed = True
    return agreed


def _fit(query: Query, name: str, family: tuple[str, ...]) -> int:
    _, words, suffix = split_title(name)
    if query.suffix in ("jr", "iii", "iv") and suffix is not None and suffix != query.suffix:
        return 0
    if query.suffix == "jr" and suffix is None:
        return 0
    if query.words == words or sorted(query.words) == sorted(words):
        return SAME
    if len(query.words) == 1 or query.words == family:
        return _alone(query.words, family, words)
    mine, asked = _given(words, family), _given_of_query(query.words, family)
    if asked is None or not mine:
        return SPELT if _sounds(query.words) == _sounds(words) else 0
    return _given_fit(asked, mine, query.words[-len(family) :] == family or query.words[: len(family)] == family)


def _alone(asked: tuple[str, ...], family: tuple[str, ...], words: tuple[str, ...]) -> int:
    """Fit a family name alone; a given name alone fits badly."""
    if asked == family or (len(asked) == 1 and asked[0] == family[-1]):
        return FAMILY
    if len(family) > 1 and asked == family[:1]:
        return FAMILY_HEARD
    if _sounds(asked) == _sounds(family) or (len(asked) == 1 and sound(asked[0]) == sound(family[-1])):
        return FAMILY_HEARD
    return GIVEN if len(asked) == 1 and asked[0] == words[0] and len(words) > 1 else 0


def _given_fit(asked: tuple[str, ...], mine: tuple[str, ...], spelt: bool) -> int:
    """Fit given names where the family names agree."""
    loss = 0 if spelt else SAME - SPELT
    first = _first_fit(asked[0], mine[0])
    if not first and len(mine) > 1:  # "Mitt" of "Willard Mitt", "Boris" of "Alexander Boris"
        first = _first_fit(asked[0], mine[1]) - 8
    if first <= 0 and len(asked) > 1 and "".join(asked) == "".join(mine):
        first = SAME
    if first <= 0 or not _middles_agree(asked[1:], mine[1:]):
        return 0
    lacks = 15 if asked[1:] and not mine[1:] else 2 if mine[1:] and not asked[1:] else 0  # a middle name
    return max(1, first - loss - lacks)


def _first_fit(asked: str, mine: str) -> int:
    if asked == mine:
        return SAME
    if len(asked) == 1 or len(mine) == 1:
        return INITIAL if asked[0] == mine[0] else 0
    if sound(asked) == sound(mine) or mine in variants().get(asked, ()):
        return SPELT
    return SHORT if mine in short_forms().get(asked, ()) or asked in short_forms().get(mine, ()) else 0


def _middles_agree(asked: tuple[str, ...], mine: tuple[str, ...]) -> bool:
    """Tell whether middle names or initials may be the same: "W." and "Walker", not "W." and "Herbert Walker"."""
    return all(
        a == b or ((len(a) == 1 or len(b) == 1) and a[0] == b[0]) for a, b in zip(asked, mine, strict=False)
    ) and (not asked or not mine or len(asked) <= len(mine) or len(mine) == 1)


def _family(name: str, person: Person) -> tuple[str, ...]:
    """Give the family name's words as this name has them; its last word where the name has another one."""
    family, words = parts(person.family), split_title(name)[1]
    for start in range(len(words) - len(family) + 1 if family else 0):
        if words[start : start + len(family)] == family:
            return family
    return words[-1:]


def _given(words: tuple[str, ...], family: tuple[str, ...]) -> tuple[str, ...]:
    """Give the words that are not the family name, wherever that stands."""
    if words[-len(family) :] == family:
        return words[: -len(family)]
    return words[len(family) :] if words[: len(family)] == family else tuple(w for w in words if w not in family)


def _given_of_query(asked: tuple[str, ...], family: tuple[str, ...]) -> tuple[str, ...] | None:
    """Give the given names of what is asked, None where it lacks the family name."""
    heard = _sounds(family)
    size = len(heard)
    if _sounds(asked[-size:]) == heard:
        return asked[:-size] or None
    if _sounds(asked[:size]) == heard and size < len(asked):
        return asked[size:]
    if size > 1 and sound(asked[-1]) == heard[-1]:  # "Leyen" for "von der Leyen"
        return asked[:-1]
    return None


def _sounds(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sound(w) for w in words)


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """Map a given name to its short forms: "robert" -> "bob", "rob", "bobby"."""
    return {name: frozenset(short.split()) for name, short in rows("nicknames")}


@cache
def variants() -> dict[str, frozenset[str]]:
    """Map a given name to its other spellings: "mohammed" -> "muhammad", "mohamed"."""
    groups = [frozenset(line.split()) for line in lines("given_names")]
    return {name: group for group in groups for name in group}
