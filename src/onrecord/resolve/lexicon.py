"""The word lists of the resolution rules, read once from the files in `data/`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Gender = Literal["m", "f"]

MASCULINE = frozenset(("he", "him", "his", "himself"))
FEMININE = frozenset(("she", "her", "hers", "herself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
NEUTER = frozenset(("it", "its", "itself"))
RELATIVE = frozenset(("who", "whom", "which", "that", "whose"))
FIRST = frozenset(("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"))
SECOND = frozenset(("you", "your", "yours"))
PRONOUNS = MASCULINE | FEMININE | PLURAL | NEUTER | RELATIVE | FIRST | SECOND


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists, lower case; `genders` maps given names and nouns to "m", "f" or None (either)."""

    words: dict[str, frozenset[str]]  # by section of words.txt
    given: dict[str, Gender | None]
    honorifics: dict[str, Gender | None]
    nouns: dict[str, Gender]  # "spokeswoman" -> "f"
    countries: dict[str, str]  # any name, capital or adjective -> the country's name
    abbreviations: dict[str, str]  # "dnc" -> "Democratic National Committee"
    adjectives: frozenset[str]  # those of countries that are no names: "french"

    def __getitem__(self, section: str) -> frozenset[str]:
        """Give one section of words.txt."""
        return self.words[section]

    def country(self, word: str) -> str | None:
        """Give the country that a name, a capital or an adjective ("French", "Iranians") points at."""
        low = word.lower()
        return self.countries.get(low) or (self.countries.get(low[:-1]) if low.endswith("s") else None)


@cache
def lexicon() -> Lexicon:
    """Give the word lists (read at the first call)."""
    words = _sections("words.txt", ",")
    given = _sections("given_names.txt", None)
    return Lexicon(
        words=words,
        given=_gendered(given["m"], given["f"], given["u"]),
        honorifics=_gendered(words["honorific m"], words["honorific f"], words["honorific"]),
        nouns={**dict.fromkeys(words["role m"], "m"), **dict.fromkeys(words["role f"], "f")},
        abbreviations={short.lower(): name for short, name in (x.split("\t") for x in _lines("abbreviations.tsv"))},
        countries={word: name for word, name, _ in _countries()},
        adjectives=frozenset(word for word, _, adjective in _countries() if adjective),
    )


def _sections(name: str, separator: str | None) -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = {}
    for line in _lines(name):
        if line.startswith("["):
            current = found.setdefault(line[1 : line.index("]")], [])
        else:
            current.extend(w.strip() for w in line.split(separator))
    return {section: frozenset(w for w in words if w) for section, words in found.items()}


def _lines(name: str) -> list[str]:
    text = (files("onrecord.resolve") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _gendered(men: Iterable[str], women: Iterable[str], either: Iterable[str]) -> dict[str, Gender | None]:
    """Map each word to its gender; a word of both lists, or of `either`, may be of either."""
    table: dict[str, Gender | None] = dict.fromkeys(men, "m")
    for word in women:
        table[word] = None if word in table else "f"
    return {**table, **dict.fromkeys(either)}


def _countries() -> Iterable[tuple[str, str, bool]]:
    """Give each word for a country with the country's name and whether it is a mere adjective."""
    for line in _lines("countries.tsv"):
        name, adjectives, others = line.split("\t")
        names = {word.lower() for word in (name, *others.split("|"))}
        for word in (*names, *(a.lower() for a in _adjectives(adjectives))):
            yield word, name, word not in names
            yield word.rstrip("."), name, word not in names


def _adjectives(field: str) -> list[str]:
    """Split "Afghan" or "British English"; "North Korean" stays whole."""
    first, *rest = field.split(" ")
    return [field] if first in ("North", "South", "New") else [first, *rest]
