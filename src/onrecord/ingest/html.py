"""HTML -> body text and facts. The body is trafilatura's; facts come from JSON-LD, then meta tags, then guesses.

Left out of the body is what `leftovers` knows to be no part of the article.
In the text every paragraph, heading, list item and block quotation stands alone, with a blank line between.
"""

import logging
import re
import warnings
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache, reduce

from onrecord.errors import BrokenInput, InputError
from onrecord.ingest import plain
from onrecord.ingest.dates import date_in_url
from onrecord.ingest.facts import Facts, tidy
from onrecord.ingest.leftovers import plain_words, without_leftovers
from onrecord.ingest.metadata import Tree, from_json_ld, from_meta, parse_day, web_address


def read(markup: str, max_bytes: int) -> tuple[str, Facts]:
    """Give the body text of a page and what the page says of it. Raises BrokenInput without a page or body."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(markup, max_bytes)
    except InputError:
        raise
    except Exception as error:  # parsers of other people's pages fail in many ways; one page never stops a run
        raise BrokenInput(
            f"its HTML can't be parsed ({type(error).__name__}); save the article as text first"
        ) from error


def _read(markup: str, max_bytes: int) -> tuple[str, Facts]:
    tree = _tree(markup)
    found = _shown_title(tree, from_json_ld(tree), from_meta(tree))
    if not (found.title and found.published and found.authors and found.publisher):
        found = found.or_else(_guessed(tree, found.url))
    titles = {plain_words(h.text_content()) for h in tree.iter("h1")} | {plain_words(found.title or "")} - {""}
    text = "\n\n".join(without_leftovers(_body(_prepared(tree), max_bytes), titles))
    if not text:
        raise BrokenInput("no article body was found in its HTML; save the article as text first")
    return text, found.or_else(plain.facts(text))


def _tree(markup: str) -> Tree:
    _quiet_parsers()
    from trafilatura import load_html  # 0.1 s to import

    whole = f"<html><body>{markup}</body></html>"  # what trafilatura takes for a page
    tree = load_html(markup if _HTML_TAG.search(markup[:20_000]) else whole)
    tree = load_html(whole) if tree is None else tree
    if tree is None or not _ANY_TAG.search(markup):
        raise BrokenInput("there is no HTML in it; rename it to .txt if it is plain text")
    return tree


@cache
def _quiet_parsers() -> None:
    """Keep the parsers' warnings off standard error, where logging prints them when nobody handles them."""
    for name in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
        logging.getLogger(name).addHandler(logging.NullHandler())


_HTML_TAG = re.compile(r"<html", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[a-z!?][^<>]*>", re.IGNORECASE)


# --- guesses --------------------------------------------------------------------------------------

# Where a date is one that the article speaks of, unless the block is marked as one of dates; JSON-LD was read already.
_NOT_DATED = "//script | //p | //li | //td | //blockquote | //footer | //aside"
_DATED = re.compile(r"date|time|publish|posted|byline|author|stamp|meta", re.IGNORECASE)
_HEADER_CHARACTERS = 150


def _guessed(tree: Tree, url: str | None) -> Facts:
    """Give trafilatura's view of title, authors and site, and htmldate's of the date; these go last."""
    from trafilatura import extract_metadata

    document = extract_metadata(
        deepcopy(tree), default_url=url, date_config={"extensive_search": False}, extensive=False
    )
    return Facts(
        title=tidy(document.title),
        published=_marked_date(tree, url),
        publisher=tidy(document.sitename),
        url=web_address(document.url),
        authors=tuple(filter(None, map(tidy, (document.author or "").split(";")))),
    )


def _marked_date(tree: Tree, url: str | None) -> date | None:
    """Give the date that the page shows as its own: in its address, its head, or marked up outside of the prose."""
    from htmldate import find_date

    if url and (day := date_in_url(url)):
        return day
    bare = deepcopy(tree)
    for node in bare.xpath(_NOT_DATED):
        if not _may_date(node):
            node.drop_tree()
    return parse_day(find_date(bare, extensive_search=False, original_date=True, url=url))


def _may_date(node: Tree) -> bool:
    """Tell whether a block holds a date of the page: by its tags and classes, or as a header line."""
    if node.tag in ("script", "footer", "aside", "blockquote"):
        return False
    if node.find(".//time") is not None:
        return True
    if any(_DATED.search(f"{part.get('class')} {part.get('id')}") for part in node.iter()):
        return True
    words = node.text_content().strip()
    return len(words) <= _HEADER_CHARACTERS and plain.facts(words).published is not None


def _shown_title(tree: Tree, *stated: Facts) -> Facts:
    """Give the facts, the first ones first; the title is the stated one that the page shows as a heading, if any."""
    shown = {plain_words(heading.text_content()) for heading in tree.iter("h1")}
    title = next((f.title for f in stated if f.title and plain_words(f.title) in shown), None)
    found = reduce(Facts.or_else, stated)
    if found.title and found.publisher:  # "Three ports agree - Harbour Post"
        found = replace(found, title=re.sub(rf"\s+[-–—|:]\s+{re.escape(found.publisher)}$", "", found.title))
    return replace(found, title=title or found.title)


# --- body -----------------------------------------------------------------------------------------

_INLINE = frozenset(("hi", "ref", "del", "code", "span", "graphic"))
_BREAK_IN_SENTENCE = re.compile(r"(?<=[^\s.!?:”\"])\s*\r(?=\s*[a-z])")


def _body(tree: Tree, max_bytes: int) -> list[str]:
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG, Extractor

    options = Extractor(config=DEFAULT_CONFIG, comments=False, tables=False, output_format="python")
    options.max_file_size = max_bytes
    document = bare_extraction(tree, options=options)
    body = getattr(document, "body", None)
    return [] if body is None else list(_paragraphs(body))


def _paragraphs(body: Tree) -> Iterator[str]:
    """Give the paragraphs of trafilatura's tree; a block ends one, and so does a line break outside of a sentence."""
    pieces = _BREAK_IN_SENTENCE.sub(" ", "".join(_pieces(body))).replace("\r", "\n").split("\n")
    return (words for words in (" ".join(piece.split()) for piece in pieces) if words)


def _pieces(element: Tree) -> Iterator[str]:
    """Give the text in order without recursion, each block between newlines; a line break is a carriage return."""
    waiting = [(element, True)]
    while waiting:
        node, begins = waiting.pop()
        inline = node.tag in _INLINE
        if node.tag == "lb":
            yield "\r" + _flat(node.tail)
        elif begins:
            yield ("" if inline else "\n") + (_flat(node.text) if isinstance(node.tag, str) else "")
            waiting.append((node, False))
            waiting.extend((child, True) for child in reversed(node))
        else:
            yield ("" if inline else "\n") + (_flat(node.tail) if node is not element else "")


def _flat(words: str | None) -> str:
    return (words or "").replace("\n", " ").replace("\r", " ")


def _prepared(tree: Tree) -> Tree:
    """Give the tree as trafilatura reads it best: pointers gone, the parts of a body in one, spoken marks written."""
    for node in tree.xpath("//p[a]"):
        if _is_pointer(node):
            node.drop_tree()
    _join_parts(tree)
    return _with_spoken_marks(tree)


_LEAST_POINTER = 4  # words


def _is_pointer(node: Tree) -> bool:
    """Tell whether a paragraph or list item is nothing but a link to another article: a headline, no sentence."""
    words, links = node.text_content().split(), node.xpath(".//a")
    linked = sum(len(link.text_content().split()) for link in links)
    return len(links) == 1 and len(words) >= _LEAST_POINTER and linked == len(words) and words[-1][-1].isalnum()


_LEAST_PART = 3  # paragraphs


def _join_parts(tree: Tree) -> None:
    """Put a body that is cut up by advertisements into one: boxes of one class, each with paragraphs of its own."""
    parts: dict[str, list[Tree]] = {}
    for box in tree.xpath("//div[@class] | //section[@class]"):
        if len(box.findall("p")) >= _LEAST_PART:
            parts.setdefault(box.get("class"), []).append(box)
    if len(parts) == 1 and len(tree.xpath("//h1")) <= 1:
        first, *others = next(iter(parts.values()))
        for other in others:
            first.extend(list(other))


def _with_spoken_marks(tree: Tree) -> Tree:
    """Give the tree with the quotation marks that a browser draws around <q> written out, and the tags gone."""
    for node in list(tree.iter("q")):
        node.text = "“" + (node.text or "")
        if len(node):
            node[-1].tail = (node[-1].tail or "") + "”"
        else:
            node.text += "”"
        node.drop_tag()
    return tree
