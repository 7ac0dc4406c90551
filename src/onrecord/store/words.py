"""The search language: what the user types -> a query that SQLite and PostgreSQL answer alike.

    sanctions relief      both words, in any form: "sanction", "sanctioned", "sanctions"
    "sanctions relief"    these words one behind the other
    grain OR wheat        either; OR binds closer than a blank: ports grain OR wheat = ports (grain OR wheat)
    -oil  -"oil prices"   not this word, not these words
    negotiat*  "air def*" words that begin so

Straight, curly and angle quotation marks are one; a mark that isn't closed reaches to the end. There are no brackets.
A word with signs inside ("cease-fire", "U.S.") is found as the phrase of its parts; "'s" at the end of a lone word is
left off. Case and accents don't count, nor does any sign that is not named here.

The index (see `search`) folds, breaks and stems the words of these queries as it does those of the texts. Every word is
handed over in quotation marks and holds only letters and digits, so nothing that is typed is syntax to a database.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.errors import UsageError

SHORT = 2  # letters: see `search`
MOST_TYPED = 1_000  # characters of a query
MOST_OF_WORD = 500  # characters: PostgreSQL refuses words of more than 2,046 bytes

# A beginning may reach beyond the stem ("negotiat", but "negoti" is what "negotiation" is found by): whatever one of
# these endings makes of it is looked for too, and stemmed like any word. Examples: negotiat+ion, universi+ty, occup+y.
ENDINGS = ("e", "ed", "er", "ing", "ion", "ation", "ive", "or", "y", "ty", "al", "ic", "able", "ment", "ance", "ence")
LEAST_TO_END = 4  # letters of a beginning that endings are put to

_QUOTES = '"“”„‟«»'
_TERM = re.compile(rf"([-−–]*)(?:[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|([^\s{_QUOTES}]+))")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_LONE_OR = re.compile(r"(?<!\+)\||\|(?!\+)")  # over the signs of the terms


@dataclass(frozen=True, slots=True)
class Term:
    """Words one behind the other."""

    words: tuple[str, ...]  # letters and digits only
    begins: bool = False  # the last one is the beginning of a word


@dataclass(frozen=True, slots=True)
class Query:
    """What a statement must hold and what it may not."""

    wanted: tuple[tuple[Term, ...], ...]  # one of each group
    unwanted: tuple[Term, ...] = ()  # none of these


def parse(text: str) -> Query:
    """Give the query that the user typed; raises UsageError where it names nothing to look for."""
    if len(text) > MOST_TYPED:
        raise UsageError(f"A search of {len(text):,} characters is too long. Give at most {MOST_TYPED:,}.")
    found = list(_terms(text))
    if _LONE_OR.search("".join(sign for sign, _ in found)):
        raise UsageError('OR needs a word to look for on each side. Complete it, or put it in quotation marks: "OR".')
    wanted: list[tuple[Term, ...]] = []
    for (before, _), (sign, term) in pairwise([("", _NONE), *found]):
        if sign == "+" and before == "|":
            wanted[-1] = (*wanted[-1], term)
        elif sign == "+":
            wanted.append((term,))
    unwanted = tuple(term for sign, term in found if sign == "-")
    if not wanted:
        only = "only words to leave out" if unwanted else "no words"
        raise UsageError(f"The search {text.strip()!r} names {only}. Give at least one word to look for.")
    return Query(tuple(wanted), unwanted)


def to_fts5(query: Query) -> str:
    """Give one bracketed FTS5 expression; `text : ` before it bounds it to a column."""
    wanted = " AND ".join(_any(group, _fts5, " OR ") for group in query.wanted)
    return f"(({wanted}) NOT {_any(query.unwanted, _fts5, ' OR ')})" if query.unwanted else f"({wanted})"


def to_tsquery(query: Query) -> str:
    """Give one bracketed expression for `to_tsquery` with the configuration that the index was made with."""
    wanted = " & ".join(_any(group, _tsquery, " | ") for group in query.wanted)
    return f"({wanted} & !{_any(query.unwanted, _tsquery, ' | ')})" if query.unwanted else f"({wanted})"


_NONE = Term(())  # beside an OR


def _terms(text: str) -> Iterator[tuple[str, Term]]:
    """Give each term with its sign: + wanted, - not, | an OR. What holds no word is passed over."""
    for match in _TERM.finditer(unicodedata.normalize("NFC", text)):
        minus, phrase, word = match.groups()
        if word == "OR" and not minus:
            yield "|", _NONE
            continue
        typed = _POSSESSIVE.sub("", word) if phrase is None else phrase.rstrip()
        if words := tuple(w[:MOST_OF_WORD] for w in _WORD.findall(typed)):
            yield "-" if minus else "+", Term(words, begins=typed.endswith("*"))


def _any(group: tuple[Term, ...], write: Callable[[tuple[str, ...], bool], str], either: str) -> str:
    return "(" + either.join(write(words, begins) for term in group for words, begins in _forms(term)) + ")"


def _forms(term: Term) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Give the words as typed and, of a beginning, with each ending."""
    yield term.words, term.begins
    *before, last = term.words
    if term.begins and len(last) >= LEAST_TO_END:
        yield from (((*before, last + ending), False) for ending in ENDINGS)


def _fts5(words: tuple[str, ...], begins: bool) -> str:  # a writer is called from one place
    return f'"{" ".join(words)}"' + " *" * begins


def _tsquery(words: tuple[str, ...], begins: bool) -> str:  # as above
    folded = (_MARKS.sub("", unicodedata.normalize("NFD", word)) for word in words)
    kept = (f"'{word}0'" if len(word) <= SHORT and word.isalpha() else f"'{word}'" for word in folded)
    return "(" + " <-> ".join(kept) + ":*" * begins + ")"
