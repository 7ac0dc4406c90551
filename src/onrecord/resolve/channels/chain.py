"""Through whom a statement reached the page: outlets, agencies, programmes and platforms that the text names."""

import re
from collections.abc import Iterator, Sequence

from onrecord.resolve.channels.names import is_outlet
from onrecord.resolve.channels.occasion import occasions
from onrecord.resolve.channels.page import scoped
from onrecord.resolve.layout import paragraphs
from onrecord.text import index_of
from onrecord.types import Article, Quotation, Span, Via


def resolve(article: Article, quotations: Sequence[Quotation]) -> tuple[tuple[Via, ...], ...]:
    """Give the chain of each quotation, outermost link first; empty where the text names none."""
    text = article.text.replace("\u00a0", " ")
    paras = paragraphs(article.text)
    if not paras:
        return tuple(() for _ in quotations)
    page = scoped(text, article.authors, paras)
    chains: list[tuple[Via, ...]] = []
    for q, occasion in zip(quotations, occasions(text, paras, quotations), strict=True):
        scopes = [(scope, via) for scope, via in page if scope.holds(q.extent)]
        links = [
            *_quoted_by(text, quotations, q),
            *_introduced(text, paras, quotations, q, any(scope.start > 0 for scope, _ in scopes)),
            *(via for _, via in scopes),
            *occasion,
        ]
        chains.append(_once(links))
    return tuple(chains)


def _once(links: Sequence[Via]) -> tuple[Via, ...]:
    """Give each link once: where one name is part of another ("Post", "Tarn Post"), the fuller one."""
    kept: list[Via] = []
    for via in links:
        low = f" {via.name.casefold()} "
        if any(low in f" {k.name.casefold()} " for k in kept):
            continue
        kept = [k for k in kept if f" {k.name.casefold()} " not in low]
        kept.append(via)
    return tuple(kept)


_RELAYING = re.compile(
    r"\b(?:report(?:s|ed|ing)?|quot(?:es?|ed)|cit(?:es?|ed)|writes?|wrote|according to|highlight(?:s|ed)?|note[sd]?"
    r"|says?|said|shows?|publish(?:es|ed)?|carr(?:y|ies|ied)|broadcast|air(?:s|ed)?)\b",
    re.IGNORECASE,
)


def _quoted_by(text: str, quotations: Sequence[Quotation], q: Quotation) -> Iterator[Via]:
    """Give the outer quotation's source where it is an outlet, and its outer one's."""
    parent = q.parent
    seen: set[int | None] = set()
    while parent not in seen and parent is not None and 0 <= parent < len(quotations):
        outer = quotations[parent]
        seen.add(parent)
        if outer is q:
            return
        if outer.source and is_outlet(outer.source[0].of(text)):
            yield Via(_shown(outer.source[0].of(text)), outer.source[0])
        parent = outer.parent


def _introduced(
    text: str, paras: Sequence[Span], quotations: Sequence[Quotation], q: Quotation, clipped: bool
) -> Iterator[Via]:
    """Give who introduced a passage with a colon: "Tarn Post has highlighted ...:" and what follows."""
    here = index_of(paras, q.extent.start)
    if here == 0 or not text[paras[here - 1].start : paras[here - 1].end].endswith(":"):
        return
    above = paras[here - 1]
    for other in quotations:
        if not (other.source and other.cue and above.holds(other.source[0]) and above.holds(other.cue[0])):
            continue
        name = other.source[0].of(text)
        if _RELAYING.search(other.cue[0].of(text)) and (clipped or is_outlet(name)):
            yield Via(_shown(name), other.source[0])


def _shown(words: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", words.strip(), flags=re.IGNORECASE)
