"""One source on its way to a speaker: what the rules ask of it, and what they answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from onrecord.resolve.coreference import Referent, Scene
from onrecord.resolve.entities import Entity
from onrecord.resolve.lexicon import FEMININE, MASCULINE, NEUTER, PLURAL, RELATIVE, lexicon
from onrecord.resolve.mentions import Mention
from onrecord.types import Article, Quotation, Span

UNRESOLVED = 0.2  # the confidence of a pronoun that points at nobody


@dataclass(frozen=True, slots=True)
class Answer:
    """A rule's answer: who it is, how sure, and the role that the source itself gives."""

    referent: Referent
    confidence: float
    role: str | None = None


class Case:
    """One source to resolve, with what is known so far."""

    def __init__(
        self, article: Article, scene: Scene, quotations: Sequence[Quotation], i: int, found: dict[int, Answer]
    ) -> None:
        self.article, self.scene, self.quotations, self.i, self.found = article, scene, quotations, i, found
        self.quotation = quotations[i]
        self.span = place(article.text, self.quotation)
        self.words = trimmed(self.span.of(article.text)) if self.quotation.source else ""
        self.low = self.words.lower()
        self.kind = kind_of(self.words, named=bool(self.words) and bool(self.names))

    @cached_property
    def names(self) -> list[tuple[Mention, Entity]]:
        """Give the names in the source's words."""
        return self.scene.cast.within(self.span)


def place(text: str, q: Quotation) -> Span:
    """Give the piece of the source that names somebody: the first with a letter; without source, the content."""
    worded = (s for s in q.source if any(c.isalpha() for c in s.of(text)))
    return next(worded, q.source[0] if q.source else q.content[0])


_LEAD = re.compile(
    r"^(?:according to|by|from|for|to|as|and|but|with|even|only|among|while|that(?=\s[A-Z])|,|:|-|–|—)\s+",
    re.IGNORECASE,
)
_SELF = re.compile(r"(?<!\bhe)(?<!\bshe)(?<!\bit)(?<!\bthey)\s(?:himself|herself|itself|themselves)$", re.IGNORECASE)


def trimmed(words: str) -> str:
    """Give the words of a source without "by", "according to" and marks around them."""
    shown = " ".join(words.split()).strip(" ,;:-–—(")
    shown = _LEAD.sub("", shown)
    return _SELF.sub("", shown) if shown.count(" ") else shown


def author(article: Article) -> Referent:
    """Give who wrote the article: the byline, else the outlet."""
    name = "; ".join(_byline(a) for a in article.authors) or article.publisher or "the author"
    return Referent(name, "author")


def _byline(words: str) -> str:
    shown = re.sub(r"^by\s+", "", words.strip(), flags=re.IGNORECASE)
    return shown.title() if shown.isupper() else shown


_SPEECH_END = re.compile(r"[.!?]\s+[A-Z]|\n")


def same_sentence(text: str, a: int, b: int) -> bool:
    """Tell whether no sentence ends between two places."""
    return _SPEECH_END.search(text, a, b) is None


@cache
def _head_end() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(sorted(lexicon()['after head']))})\b|[,;(—–:]|\s-\s")


def head_of(words_: str) -> str:
    """Give a phrase up to its head noun: "officials of the port" -> "officials"."""
    return _head_end().split(words_, maxsplit=1)[0]


KINDS = ("he", "she", "they", "it", "which", "first", "we", "none", "name", "the", "one", "many", "other")
PRONOUN_KINDS = frozenset(("he", "she", "they", "it", "which", "first", "we"))


def kind_of(words: str, named: bool) -> str:
    """Say what sort of words a source is: a pronoun by its kind, a name, "the ...", "a ...", several, other words."""
    low = words.lower()
    first = low.split(" ")[0] if low else ""
    if not low:
        return "none"
    for kind, group in (("he", MASCULINE), ("she", FEMININE), ("they", PLURAL), ("it", NEUTER), ("which", RELATIVE)):
        if low in group or (first in group and low.endswith(("self", "selves", "too", "also"))):
            return kind
    if low in _ME:
        return "first"
    if low in _WE:
        return "we"
    if named:
        return "name"
    if first in ("the", "this", "that"):
        return "the"
    if first in ("a", "an", "one", "another"):
        return "one"
    head = head_of(low).split(" ")[-1]
    return "many" if head.endswith("s") or head in lexicon()["group nouns"] else "other"


_ME = frozenset(("i", "me", "my", "mine", "myself"))
_WE = frozenset(("we", "us", "our", "ours", "ourselves", "you", "your", "yours"))
