"""The search language: what the user types -> a query that SQLite and PostgreSQL answer alike.

    sanctions relief      both words, in any form: "sanction", "sanctioned", "sanctions"
    "sanctions relief"    these words in this form, one behind the other
    grain OR wheat        either; OR binds closer than a blank: ports grain OR wheat = ports (grain OR wheat)
    -oil  -"oil prices"   not this word in any form, not these words
    negotiat*  "air def*" words that begin so

Straight, curly and angle quotation marks are one; a mark that isn't closed reaches to the end. There are no brackets.
Case and accents don't count, nor does any sign that is not named here, nor "'s". A word with signs inside
("cease-fire", "U.S.") is found as the phrase of its parts.

Both databases see words only as this module makes them, in the texts and in the queries, so both find the same. Neither
folds, stems or drops words by rules of its own: their stemmers take "US", "used" and "U.S." for forms of one word.

    text --indexed--> a column   fts5(..., tokenize='ascii')    MATCH to_fts5(parse(typed))
                                 to_tsvector('simple', ...)     @@ to_tsquery('simple', to_tsquery(parse(typed)))

What is indexed is the words as they are, then the stems of those whose stem is another, each behind a 0: forms are
found by stem, phrases and beginnings by the words. Queries hold letters and digits in quotation marks, so nothing that
is typed is syntax to a database.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from onrecord.errors import UsageError

MOST_TYPED = 1_000  # characters of a query
MOST_READ = 100_000  # characters of a text: what comes later isn't found (PostgreSQL has room for 1 MB of words)
MOST_OF_WORD = 64  # characters: what comes later doesn't tell words apart (PostgreSQL refuses more than 2,046 bytes)
STEMMED = 3  # letters at least: "us" is no form of "u"

_QUOTES = '"“”„‟«»'
_TERM = re.compile(rf"([-−–]*)(?:[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|([^\s{_QUOTES}]+))")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b", re.IGNORECASE)
_WORD = re.compile(r"[0-9]+e[0-9]+|[^\W_]+")  # PostgreSQL takes "1e5" out of "1e5km"
_UNSEEN = frozenset({"Mn", "Cf"})  # accents, soft hyphens
_LONE_OR = re.compile(r"(?<!\+)\||\|(?!\+)")  # over the signs of the terms


@dataclass(frozen=True, slots=True)
class Term:
    """Words one behind the other."""

    words: tuple[str, ...]  # as `tokens` gives them
    exact: bool = False  # in this form only; several words always are
    begins: bool = False  # the last one is the beginning of a word


@dataclass(frozen=True, slots=True)
class Query:
    """What a statement must hold and what it may not."""

    wanted: tuple[tuple[Term, ...], ...]  # one of each group
    unwanted: tuple[Term, ...] = ()  # none of these


def parse(typed: str) -> Query:
    """Give the query that the user typed; raises UsageError where it names nothing to look for."""
    if len(typed) > MOST_TYPED:
        raise UsageError(f"A search of {len(typed):,} characters is too long. Give at most {MOST_TYPED:,}.")
    found = list(_terms(typed))
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
        raise UsageError(f"The search {typed.strip()!r} names {only}. Give at least one word to look for.")
    return Query(tuple(wanted), unwanted)


def to_fts5(query: Query) -> str:
    """Give one bracketed FTS5 expression; `column : ` before it bounds it to a column."""
    wanted = " AND ".join(_any(group, _fts5, " OR ") for group in query.wanted)
    return f"(({wanted}) NOT {_any(query.unwanted, _fts5, ' OR ')})" if query.unwanted else f"({wanted})"


def to_tsquery(query: Query) -> str:
    """Give one bracketed expression for `to_tsquery('simple', ...)`."""
    wanted = " & ".join(_any(group, _tsquery, " | ") for group in query.wanted)
    return f"({wanted} & !{_any(query.unwanted, _tsquery, ' | ')})" if query.unwanted else f"({wanted})"


def indexed(text: str) -> str:
    """Give what both databases index of a text: its words, then their stems."""
    words = tokens(text)
    return " ".join([*words, *sorted({f"0{stem(word)}" for word in words if stem(word) != word})])


def tokens(text: str) -> tuple[str, ...]:
    """Give the words of a text, without case, accents, signs and "'s"."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text[:MOST_READ]))
    bare = "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN).casefold()
    return tuple(word[:MOST_OF_WORD] for word in _WORD.findall(bare[:MOST_READ]))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Give what the forms of an English word share (Snowball)."""
    import snowballstemmer

    if len(word) < STEMMED or not word.isascii():
        return word
    return str(snowballstemmer.stemmer("english").stemWord(word))  # a new one each time: threads can't share it


_NONE = Term(())  # beside an OR


def _terms(typed: str) -> Iterator[tuple[str, Term]]:
    """Give each term with its sign: + wanted, - not, | an OR. What holds no word is passed over."""
    for match in _TERM.finditer(typed):
        minus, phrase, word = match.groups()
        part = word if phrase is None else phrase
        if word == "OR" and not minus:
            yield "|", _NONE
        elif words := tokens(part):
            begins = part.rstrip().endswith("*")
            yield "-" if minus else "+", Term(words, phrase is not None or begins or len(words) > 1, begins)


def _any(group: tuple[Term, ...], write: Callable[[Term], str], either: str) -> str:
    return "(" + either.join(write(form) for term in group for form in _forms(term)) + ")"


def _forms(term: Term) -> Iterator[Term]:
    """Give the exact terms that a term stands for: of a word in any form its stem, as a word and marked."""
    if term.exact:
        yield term
    else:
        yield from (Term((form,)) for form in (stem(term.words[0]), f"0{stem(term.words[0])}"))


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + " *" * term.begins


def _tsquery(term: Term) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in term.words) + ":*" * term.begins + ")"


# --- names ----------------------------------------------------------------------------------------

LONGEST = 100  # letters of a word of a name that count


def of_name(folded: str) -> list[str]:
    """Give the words of a folded name, each once, in their order."""
    return sorted({word[:LONGEST] for word in folded.split()})
