"""Offices: the many words for one office, whose it is, and how news writes it.

"the French president", "France's foreign minister", "NATO chief", "Speaker of the House" -> (office, place)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.people import places
from onrecord.people.folding import plain
from onrecord.people.places import Place
from onrecord.people.tables import rows

HEADS = frozenset(("leader", "chief", "head", "boss", "top official"))  # whatever office heads a place
_VAGUE = HEADS | {"chair", "manager", "commander"}  # name an office only together with a place

_FORMER = re.compile(r"\b(?:former|ex|late|then|onetime|one time|would be|next|future|previous|shadow)\b")
_SMALL = re.compile(r"^(?:the|of|for|in|at|to|from|s)\b\s*|\s*\b(?:the|of|for|in|at|to|from|s)$")
_LOW = frozenset(("of", "the", "for", "to", "and", "in"))
_LESSER = re.compile(
    r"deputy|deputies|vice|assistant|junior|under|parliamentary|lord commissioner|state secretary|whip"
)


@dataclass(frozen=True, slots=True)
class Office:
    """One office and the ways to write it."""

    name: str
    title: str
    weight: int  # how much it says of its holder: 10 head of state, 9 of government, 5 senator, ...


@cache
def known() -> dict[tuple[str, str], Office]:
    """Map (words, place or "") to the office that they name there; what only "head" means is left to the place."""
    table = [(Office(name, title, int(weight)), place, words) for name, place, title, weight, words in rows("offices")]
    found = {(office.name, place): office for office, place, _ in table}
    found |= {(_spelt(name), place): office for (name, place), office in found.items()}
    for office, place, words in table:
        for word in (_spelt(w) for w in words.split("|") if w):
            if place or word not in _VAGUE:
                found.setdefault((word, place), office)
    return found


@lru_cache(maxsize=16384)
def canonical(words: str, place: str) -> str:
    """Give the one name of an office: "Minister for Foreign Affairs" -> "foreign minister"."""
    low = _spelt(words)
    if found := _looked_up(low, place):
        return found
    for rule, becomes in _wordings("office"):
        low = rule.sub(becomes, low).strip()
        if found := _looked_up(low, place):
            return found
    return low


def is_known(office: str) -> bool:
    """Tell whether this is the one name of an office that we keep words for."""
    return office in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(o.name for o in known().values())


def weight_of(office: str, place: str) -> int:
    """Give how much an office says of its holder, 0 to 10."""
    table = known()
    if found := table.get((office, place)) or table.get((office, "")):
        return found.weight
    if _LESSER.search(office):
        return 3
    return 6 if office.endswith(("minister", "secretary")) else 3


def title_of(office: str, place: str, printed: str) -> str:
    """Give an office as news writes it there: "Secretary of State" for the US foreign minister.

    One that begins with = is whole: "=Bank of England Governor" needs no "British" in front.
    """
    table = known()
    found = table.get((office, place)) or table.get((office, ""))
    if found and found.name == office:
        return found.title
    if office.endswith(" minister") or printed == printed.lower():
        return " ".join(w if w in _LOW else w.capitalize() for w in (printed or office).split())
    return printed


def is_former(words: str) -> bool:
    """Tell whether the words speak of an office that is held no longer, or not yet."""
    return _FORMER.search(plain(words)) is not None


@lru_cache(maxsize=4096)
def readings(words: str, country: str | None = None) -> tuple[tuple[str, str], ...]:
    """Give the (office, place) pairs that words may mean, best first; none for "former president"."""
    if is_former(words):
        return ()
    return tuple(dict.fromkeys(_readings(_tokens(words), country)))


def anywhere(words: str) -> tuple[tuple[str, str], ...]:
    """Give the places where words name an office of that place only: "secretary of state" is one of the US."""
    low = _spelt(words)
    return tuple((office.name, place) for (word, place), office in known().items() if word == low and place)


def rest_of(asked: str, place: str) -> str:
    """Give the office in (plain) words that name a place of the user's own: "tarn valley mayor" -> "mayor"."""
    return canonical(_trimmed(asked.replace(place, " ").replace("  ", " ").strip()), "")


def _readings(tokens: list[str], country: str | None) -> Iterator[tuple[str, str]]:
    for start, end, these in places.find(tokens):
        rest = _trimmed(" ".join([*tokens[:start], *tokens[end:]]))
        for place in sorted(these, key=lambda p: not (country and country in (p.name, p.of))):
            named_in = bool(place.head) and place.head in " ".join(
                tokens[start:end]
            )  # "UN High Commissioner for Refugees"
            yield from _offices(rest or (place.head if named_in else ""), place)
    rest = _trimmed(" ".join(tokens))
    for place in places.by_word().get(plain(country or ""), ()):
        yield from _offices(rest, place)
    only = anywhere(rest)
    if len(only) > 1:  # "foreign secretary" is what Britain calls its own
        only = tuple(o for o in only if plain(title_of(*o, "")) == _spelt(rest))
    if len(only) == 1 and not _looked_up(_spelt(rest), ""):
        yield only[0]
    yield canonical(rest, ""), ""


def _offices(rest: str, place: Place) -> Iterator[tuple[str, str]]:
    """Give the offices of one place that the words may mean; those of its country come later."""
    if not rest:
        return
    if rest in HEADS and place.head:
        yield place.head, place.name
    yield canonical(rest, place.name), place.name
    if place.name.endswith(" campaign"):
        yield canonical(f"campaign {rest}", place.name), place.name
    if (
        place.head
        and place.kind == "body"
        and rest in ("chair", "president", "director", "secretary general", "governor")
    ):
        yield place.head, place.name
    if (
        place.kind == "body"
        and place.of
        and " bank" in f" {place.name.lower()}"
        and rest in ("governor", "president", *HEADS)
    ):
        yield "central bank governor", place.of
    if place.kind == "body" and place.of and rest in HEADS:
        yield place.head, place.of
    if place.kind in ("body", "city") and place.of:
        yield canonical(rest, place.of), place.of


def _tokens(words: str) -> list[str]:
    spaced = re.sub(r"['’]s?\b", " ", words.replace("U.S.", "US").replace("U.N.", "UN").replace("U.K.", "UK"))
    return [t for t in plain(spaced).split() if t]


def _trimmed(rest: str) -> str:
    while (cut := _SMALL.sub("", rest).strip()) != rest:
        rest = cut
    return rest


@lru_cache(maxsize=16384)
def _spelt(words: str) -> str:
    """Give the plain words in one spelling: "defense" as "defence", "chairwoman" as "chair"."""
    low = plain(words)
    for rule, becomes in _wordings("spelling"):
        low = rule.sub(becomes, low).strip()
    return low


@cache
def _wordings(kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give the rules of wordings.tsv of one kind, in order: "spelling" ones before anything is looked up."""
    return tuple((re.compile(row[1]), row[2]) for row in rows("wordings") if row[0] == kind)


def _looked_up(low: str, place: str) -> str | None:
    table = known()
    found = table.get((low, place)) or table.get((low, ""))
    return found.name if found else None
