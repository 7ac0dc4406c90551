"""Transcripts: where paragraphs open with `Q:`, `MS. ABARA:` or `The Minister:`, each turn is its speaker's."""

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.types import Quotation, Span

CONFIDENCE = 0.97  # of a turn's speaker and words: 101 of 102 turns of our own articles in other styles were right

# paragraph -> the label that the pattern finds in it (None: no label)
EXAMPLES: dict[str, str | None] = {
    "Q: Will the harbour reopen?": "Q",
    "Q. Will the harbour reopen?": "Q",
    "MS. ABARA: It will.": "MS. ABARA",
    "Tove Lindqvist: It will.": "Tove Lindqvist",
    "The Minister of Ports (Mr. Odhiambo): It will.": "The Minister of Ports (Mr. Odhiambo)",
    "Ana Reis (Northern League): Will the minister give way?": "Ana Reis (Northern League)",
    "Ms OKORO-LUND (Eastport) (10:14): When?": "Ms OKORO-LUND (Eastport) (10:14)",
    "**THE PRESIDENT:** It will.": "THE PRESIDENT",
    "The result was clear: nobody had won.": None,
    "He said: nobody had won.": None,
    "Published: 3 March 2024": None,
}

_LABEL = re.compile(
    r"[*_]{0,2}(?P<label>Q|A|QUESTION|ANSWER|(?:[A-Z][\w.'’-]*)"
    r"(?:,? (?:(?:[A-Z(][\w.'’-]*\)?,?)|of|for|the|and|de|van|von|bin|al)){0,9}"
    r"(?: \([^()\n]{1,40}\)){0,2})"
    r"(?:[*_]{0,2}:[*_]{0,2}|(?<=\b[QA])\.)(?=\s)\s*"
)
_HEADERS = re.compile(
    r"(?:Published|Updated|Date|Title|Headline|Source|Publisher|URL|By|Photo|Note|Read more)$", re.IGNORECASE
)
_ASIDE = re.compile(r"[(\[][^)\]]{0,80}[)\]]$")


def label(paragraph: str) -> re.Match[str] | None:
    """Find the speaker's label that opens a paragraph, up to the first word of the turn."""
    m = _LABEL.match(paragraph)
    return m if m and not _HEADERS.match(m["label"]) else None


def of_header(text: str, quotation: Quotation) -> bool:
    """Tell whether what introduces the words is the colon of a header: "Source: The Tarn Gazette" is nobody's word."""
    cue = quotation.cue[0] if quotation.cue else None
    if cue is None or cue.of(text) != ":":
        return False
    line = text[text.rfind("\n", 0, cue.start) + 1 : cue.start]
    return _HEADERS.match(line.strip()) is not None


def turns(text: str, paras: Sequence[Span]) -> tuple[Quotation, ...]:
    """Give every turn of a transcript as a direct quotation; nothing where the text is none.

    A transcript has three labels or more, one of them repeated (or both Q and A), on a quarter of its paragraphs.
    Paragraphs without a label go on with the turn, up to the last label; asides in brackets belong to nobody.
    """
    found = [(i, m) for i, p in enumerate(paras) if (m := label(p.of(text)))]
    labels = Counter(m["label"] for _, m in found)
    if len(found) < 3 or len(labels) < 2 or max(labels.values()) < 2 or len(found) < 0.25 * (len(paras) - found[0][0]):
        return ()
    ends = [i for i, _ in found[1:]] + [found[-1][0] + 1]
    made = (_turn(text, paras[i:end], m) for (i, m), end in zip(found, ends, strict=True))
    return tuple(q for q in made if q is not None)


def _turn(text: str, paras: Sequence[Span], m: re.Match[str]) -> Quotation | None:
    start = paras[0].start
    first = Span(start + m.end(), paras[0].end)
    content = tuple(p for p in (first, *paras[1:]) if p.start < p.end and not _ASIDE.match(p.of(text)))
    if not content:
        return None
    source = Span(start + m.start("label"), start + m.end("label"))
    colon = text.find(":", source.end, first.start)
    cue = (Span(colon, colon + 1),) if colon >= 0 else ()
    return Quotation(content, (source,), cue, "direct", None, CONFIDENCE)
