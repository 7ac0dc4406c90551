"""Words as they are compared: what differs between two outlets' house styles folded away, each with its place.

    "They won’t get $2bn … [from us]"  ──fold──▶  they will not get dollars 2 billion

Case, marks, contractions, figures and a few spellings are folded. Brackets and ellipses are the reporter's own, so they
are no words; fillers ("uh") are dropped, as careful reporters do.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from onrecord.types import Span

Words = tuple[str, ...]

NOT = "not"

_TOKEN = re.compile(
    r"""
      \[(?![^\W_]\])[^\]]{0,80}\] | \(\s*\.{2,}\s*\)  # the reporter's own: [Lind], [...]
    | [$€£%]
    | \d+(?:[.,]\d+)*                                 # 30,000
    | (?:[^\W\d_]\.){2,}                              # U.S.
    | e-mails? \b
    | (?:\[[^\W_]\])? [^\W\d_]+ (?:['’][^\W\d_]+)*    # [T]he, don't
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUOTED = re.compile(r"""["“”„].*?(?:["“”]|$)|''.*?(?:''|$)|«.*?(?:»|$)|(?<!\w)[‘'].*?(?:[’'](?!\w)|$)""", re.DOTALL)
_TAIL = re.compile(r"^(.*?)(n't|'(?:re|ve|ll|d|m|s))$")
_TAILS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am", "'s": "is"}
_HEADS = {"ca": "can", "wo": "will", "sha": "shall"}  # can't, won't, shan't
_IS = frozenset(
    ("it", "he", "she", "that", "there", "here", "what", "who", "where", "how")
)  # before 's: any other owns
_ENDING = re.compile(r"(?<=[^\W\d_]{3})(?:ings?|ed|es|e|s)$")


@dataclass(frozen=True, slots=True)
class Token:
    """One folded word and where it stands."""

    word: str
    span: Span


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of words.txt."""

    function: frozenset[str]
    negation: frozenset[str]
    filler: frozenset[str]
    variants: dict[str, tuple[str, ...]]
    stock: re.Pattern[str]  # formulas, in a string of folded words


def fold(text: str) -> tuple[Token, ...]:
    """Give the words of a text as they are compared."""
    known = lexicon()
    return tuple(
        Token(word, span)
        for match in _TOKEN.finditer(text)
        for token in _parts(match)
        if token.word not in known.filler
        for word, span in ((w, token.span) for w in known.variants.get(token.word, (token.word,)))
    )


@dataclass(frozen=True, slots=True)
class Folded:
    """The words of a statement as two reports of it are compared."""

    words: Words
    content: frozenset[str]  # stems of the words that carry content
    claim: Words  # the same in their order, with NOT for each negation
    names: frozenset[str]  # those of the claim that are written with a capital
    quoted: tuple[bool, ...]  # for each word, whether it stands in quotation marks; all do where there are none


@lru_cache(maxsize=16384)
def folded(text: str) -> Folded:
    """Give the words of a statement as two reports of it are compared."""
    tokens = fold(text)
    words = tuple(token.word for token in tokens)
    marked = [m.span() for m in _QUOTED.finditer(text)] or [(0, len(text))]
    quoted = tuple(any(start <= token.span.start < end for start, end in marked) for token in tokens)
    known = lexicon()
    claim = tuple(NOT if w in known.negation else stem(w) for w in words if w not in known.function)
    names = frozenset(stem(token.word) for token in tokens if token.span.of(text)[0].isupper())
    return Folded(words, content(words), claim, names, quoted)


def content(words: Words) -> frozenset[str]:
    """Give the stems of the words that carry content: figures too, function words, negation and stock formulas not."""
    known = lexicon()
    rest = known.stock.sub(" ", f" {' '.join(words)} ").split()
    return frozenset(stem(w) for w in rest if w not in known.function and w not in known.negation)


def weighty(word: str) -> bool:
    """Tell whether a word is a figure or a negation: with another one the claim is another."""
    return word[0].isdigit() or word == NOT or word in lexicon().negation


def stem(word: str) -> str:
    """Give a word without its ending, in which direct and indirect speech differ: "attacks", "attacked" -> "attack"."""
    return _ENDING.sub("", word)


@cache
def lexicon() -> Lexicon:
    """Give the lists (read at the first call)."""
    lists = _sections("words.txt")
    variants = dict(pair.split(" = ") for pair in lists["variants"] + lists["numbers"])
    stock = sorted(lists["stock"], key=len, reverse=True)
    return Lexicon(
        function=frozenset(lists["function"]),
        negation=frozenset(lists["negation"]),
        filler=frozenset(lists["filler"]),
        variants={short: tuple(long.split()) for short, long in variants.items()},
        stock=re.compile(f"(?<= )(?:{'|'.join(map(re.escape, stock))})(?= )"),
    )


def _parts(match: re.Match[str]) -> Iterator[Token]:
    """Give the words that one match holds: none for the reporter's own, two for a contraction."""
    raw, (start, end) = match.group(), match.span()
    if raw[0] == "(" or (raw[0] == "[" and raw[-1] == "]"):
        return
    word = unicodedata.normalize("NFKC", raw).casefold().replace("’", "'").replace("[", "").replace("]", "")
    word = "u.s" if raw == "US" else word.rstrip(".")
    if word[0].isdigit():
        word = word.replace(",", "")
    tail = _TAIL.match(word) if "'" in word else None
    if not tail or not tail[1]:
        yield Token(word.strip("'"), Span(start, end))
        return
    head, cut = tail[1], end - len(tail[2])
    yield Token(_HEADS.get(head, head) if tail[2] == "n't" else head, Span(start, cut if tail[2] != "'s" else end))
    if tail[2] != "'s" or head in _IS:
        yield Token(_TAILS[tail[2]], Span(cut, end))


def _sections(name: str) -> dict[str, list[str]]:
    """Give the lists of a file by the names in brackets above them."""
    lists: dict[str, list[str]] = {}
    for line in (files("onrecord.reports") / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            found = lists.setdefault(line[1 : line.index("]")], [])
        elif line and not line.startswith("#"):
            found += [item.strip() for item in line.split(",") if item.strip()]
    return lists
