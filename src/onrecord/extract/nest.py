"""Quotations inside quotations: who is quoted by the one who is quoted, and which holds which."""

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.shelf import Shelf
from onrecord.types import Quotation, Span

RELAYS = re.compile(
    r"\b(?:sa(?:id|ys)|t(?:old|ells)|wr(?:ote|ites)|warn(?:ed|s)|announce[ds]|report(?:ed|s)|pledge[ds]|promise[ds]"
    r"|vow(?:ed|s)|commit(?:ted|s)|insist(?:ed|s)|den(?:ied|ies)|claim(?:ed|s)|admit(?:ted|s)|confirm(?:ed|s)|argue[ds]"
    r"|reject(?:ed|s)|demand(?:ed|s)|urge[ds]|threaten(?:ed|s)|predict(?:ed|s)|declare[ds]|accuse[ds]"
    r"|call(?:ed|s) (?:on|for)|stat(?:ed|es)|explain(?:ed|s)|refuse[ds]|rul(?:ed|es) out|added|asked|according to)\b"
)
_MARKS = "\"'“”‘’«»"
_PRONOUN = re.compile(
    r"(?:I|[Ww]e|[Yy]ou|[Mm]e|[Uu]s|[Mm]y|[Oo]ur|[Yy]our|[Ii]t|[Tt]hey|[Hh]e|[Ss]he|[Ww]ho|[Tt]hat|[Tt]his|[Ww]hat)\b"
)

# a source inside a quotation -> whether it names somebody other than the one quoted
EXAMPLES = {"Brandt": True, "the Harbour Board": True, "I": False, "we": False, "my sister": False, "people": False}


def names_another(source: str) -> bool:
    """Tell whether a source inside a quotation names somebody: at its mention of a name, not of a pronoun."""
    return not _PRONOUN.match(source) and any(w[:1].isupper() for w in source.split())


def within_marks(text: str, s: Span) -> Span:
    """Give the stretch without the quotation marks at its ends."""
    words = s.of(text)
    start = s.start + len(words) - len(words.lstrip(_MARKS))
    return Span(start, max(start, s.end - (len(words) - len(words.rstrip(_MARKS)))))


def relays_another(text: str, q: Quotation) -> bool:
    """Tell whether a quotation found inside another reports the words of somebody named."""
    return bool(q.source and q.cue) and names_another(q.source[0].of(text)) and bool(RELAYS.search(q.cue[0].of(text)))


def moved(q: Quotation, by: int) -> Quotation:
    """Give the quotation of a part of a text as one of the whole text."""
    source, cue, content = (
        tuple(Span(s.start + by, s.end + by) for s in part) for part in (q.source, q.cue, q.content)
    )
    return replace(q, source=source, cue=cue, content=content)


def parents(found: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Name, for each quotation, the smallest other one whose content holds its content, its cue and its source."""
    index, shelf, out = {id(q): i for i, q in enumerate(found)}, Shelf(found), []
    for q in found:
        own = (*q.content, *q.cue[:1], *q.source[:1])
        holders = [
            (h.extent.end - h.extent.start, index[id(h)])
            for h in shelf.near(q.content)
            if h is not q and h.content != q.content and all(any(c.holds(s) for c in h.content) for s in own)
        ]
        out.append(replace(q, parent=min(holders)[1]) if holders else q)
    return tuple(out)
