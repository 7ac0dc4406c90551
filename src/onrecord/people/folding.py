"""Names as keys: spellings and transliterations of one name give one key.

`plain` takes away what a keyboard may lack (accents, case, dots, hyphens); `sound` goes on to what transliterations
differ in. Two names of one key are candidates for one person, never proof of it: an equal `plain` counts for more.
"""

import re
import unicodedata
from functools import cache, lru_cache

from onrecord.people.tables import rows

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h", "ə": "a"}
)
_APART = re.compile(r"[\s\-‐‑–—/]+")
_DROPPED = re.compile(r"[^a-z0-9 ]+")

_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "baroness",
        "baron",
        "hon",
        "rev",
        "reverend",
        "the",
        "sen",
        "senator",
        "rep",
        "representative",
        "gov",
        "governor",
        "congressman",
        "congresswoman",
        "president",
        "premier",
        "chancellor",
        "minister",
        "secretary",
        "general",
        "gen",
        "adm",
        "admiral",
        "col",
        "colonel",
        "lt",
        "judge",
        "justice",
        "ambassador",
        "mayor",
        "speaker",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "emir",
        "sheikh",
        "sultan",
        "ayatollah",
        "prime",
        "vice",
        "foreign",
        "chairman",
        "chairwoman",
        "former",
        "then",
        "ex",
        "acting",
    ]
)
_ARTICLES = frozenset(("al", "el", "ul", "ad", "ar", "as", "ash", "az", "an", "at"))
PARTICLES = frozenset(
    [
        "von",
        "van",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "bin",
        "ibn",
        "ben",
        "abu",
        "ter",
        "ten",
        "zu",
        "st",
    ]
)
SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


@lru_cache(maxsize=65536)
def plain(words: str) -> str:
    """Give words without case, accents, dots and hyphens: "Erdoğan" -> "erdogan", "Ban Ki-moon" -> "ban ki moon"."""
    low = unicodedata.normalize("NFKD", words.casefold().translate(_LETTERS))
    bare = "".join(c for c in low if not unicodedata.combining(c))
    return _DROPPED.sub("", _APART.sub(" ", bare.replace(".", ". "))).strip().replace("  ", " ")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Give the key under which the spellings of one word meet: "zelenskyy", "zelenskiy" -> "zelenski"."""
    for rule, becomes in _sounds():
        word = rule.sub(becomes, word)
    return word


@cache
def _sounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give the rules of sounds.tsv, in the order in which they are applied."""
    return tuple((re.compile(rule), becomes) for rule, becomes, *_ in rows("sounds"))


def parts(name: str) -> tuple[str, ...]:
    """Give the plain words of a name, without an Arabic article: "Bashar al-Assad" -> ("bashar", "assad")."""
    words = plain(name).split()
    kept = tuple(w for i, w in enumerate(words) if not (w in _ARTICLES and 0 <= i < len(words) - 1 and len(words) > 1))
    return kept or tuple(words)


def split_title(name: str) -> tuple[tuple[str, ...], tuple[str, ...], str | None]:
    """Give titles, words and suffix of a name: "Sen. John Kennedy Jr." -> (("sen",), ("john", "kennedy"), "jr")."""
    words = parts(name)
    first = 0
    while first < len(words) - 1 and words[first] in _TITLES:
        first += 1
    rest = words[first:]
    if len(rest) > 1 and rest[-1] in SUFFIXES:
        return words[:first], rest[:-1], rest[-1]
    return words[:first], rest, None
