"""A piece of HTML that is all body (an entry of a feed) -> its text, a blank line between paragraphs.

Nothing is weighed as boilerplate here: what a feed gives as an article's content is all kept, but for what is not text.
"""

from typing import Any

from onrecord.errors import BrokenInput

# Elements that are left out with all that is in them, and those that words run through.
NOT_TEXT = (
    *("audio", "button", "canvas", "figure", "form", "iframe", "noscript", "object", "script", "style", "svg"),
    *("template", "video"),
)
# fmt: off
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
))
# fmt: on

# HTML beside its text.
FRAGMENTS: tuple[tuple[str, str], ...] = (
    (
        "<p>Three ports agreed.</p>\n<p>“We will\npay,” <b>she</b> said.</p>",
        "Three ports agreed.\n\n“We will pay,” she said.",
    ),
    ("Three ports agreed.<br><br/>She <a href='/'>said</a> no.", "Three ports agreed.\n\nShe said no."),
    ("<ul><li>A toll<li>A <q>fair</q> one</ul>", "A toll\n\nA “fair” one"),
    ("<p>We pay.<script>alert(1)</script></p><figure><img><figcaption>A port</figcaption></figure>", "We pay."),
    ("Ports &amp; tolls &ldquo;rise&rdquo;", "Ports & tolls “rise”"),
    ("<!-- kept by hand --><img src='/a.png'>", ""),
    ("Three ports agreed.", "Three ports agreed."),
    ("", ""),
)


def text_of(markup: str) -> str:
    """Give the text; "" where there is none. Raises BrokenInput for what can't be parsed."""
    from lxml import etree  # 35 ms to import

    data = f"<div>{markup}</div>".replace("\x00", "").encode("utf-8", "replace")
    try:
        tree = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenInput(f"its HTML can't be parsed ({error}); save the article as text first") from error
    if tree is None:
        return ""
    etree.strip_elements(tree, *NOT_TEXT, with_tail=False)
    pieces = (_piece(event, element) for event, element in etree.iterwalk(tree, events=("start", "end")))
    paragraphs = (" ".join(words.split()) for words in "".join(pieces).split(_BREAK))
    return "\n\n".join(filter(None, paragraphs))


_BREAK = "\u2029"  # the paragraph separator


def _piece(event: str, element: Any) -> str:  # noqa: ANN401 # lxml ships no types
    """Give the words after a tag, with the break that a block makes and the marks that browsers draw around <q>."""
    before, after = ("“", "”") if element.tag == "q" else ("", "") if element.tag in INLINE else (_BREAK, _BREAK)
    return before + (element.text or "") if event == "start" else after + (element.tail or "")
