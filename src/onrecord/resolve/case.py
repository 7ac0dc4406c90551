"""One source on its way to a speaker: what the rules ask of it, and what they answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.resolve.coreference import Referent, Scene
from onrecord.resolve.entities import Entity
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

    @property
    def names(self) -> list[tuple[Mention, Entity]]:
        """Give the names in the source's words."""
        return self.scene.cast.within(self.span)


def place(text: str, q: Quotation) -> Span:
    """Give the piece of the source that names somebody: the first with a letter; without source, the content."""
    worded = (s for s in q.source if any(c.isalpha() for c in s.of(text)))
    return next(worded, q.source[0] if q.source else q.content[0])


_LEAD = re.compile(r"^(?:according to|by|from|for|to|as|and|but|with|even|only|,|:|-|–|—)\s+", re.IGNORECASE)


def trimmed(words: str) -> str:
    """Give the words of a source without "by", "according to" and marks around them."""
    shown = " ".join(words.split()).strip(" ,;:-–—(")
    return _LEAD.sub("", shown)


_SPEECH_END = re.compile(r"[.!?]\s+[A-Z]|\n")


def same_sentence(text: str, a: int, b: int) -> bool:
    """Tell whether no sentence ends between two places."""
    return _SPEECH_END.search(text, a, b) is None
