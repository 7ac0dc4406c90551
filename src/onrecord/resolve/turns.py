"""Sources without words of their own: floating quotations, "..., adding that", and the labels of turns."""

import re
from collections.abc import Sequence

from onrecord.resolve.case import Answer, Case, author, same_sentence
from onrecord.resolve.coreference import Referent, referent
from onrecord.resolve.lexicon import lexicon
from onrecord.text import index_of
from onrecord.types import Quotation, Span


def silent(case: Case) -> Answer | None:
    """Answer where no source stands: "adding that" has its sentence's speaker, a paragraph its neighbour's."""
    if case.quotation.source:
        return None
    cue = case.quotation.cue[0].of(case.article.text).lower() if case.quotation.cue else ""
    if cue.split(" ")[0].endswith("ing") and case.quotation.cue:
        earlier = [c for c in case.scene.trail if c.source and c.span.end <= case.quotation.cue[0].start]
        if earlier and same_sentence(case.article.text, earlier[-1].span.end, case.quotation.cue[0].start):
            return Answer(earlier[-1].referent, 0.6)
    return floating(case) or Answer(Referent("", "unnamed"), 0.0)


def floating(case: Case) -> Answer | None:
    """Give a quotation without source or cue the speaker of the one just before it, or after it."""
    q = case.quotation
    if q.source or q.cue or q.kind == "indirect":
        return None
    paras = case.scene.paras
    here = index_of(paras, q.extent.start)
    label = LABEL.match(case.article.text, paras[here].start, q.extent.start + 1)
    if label:
        return labelled(case, label.group(1))
    for step, sure in ((-1, 0.7), (1, 0.5)):
        j = _neighbour(case.quotations, case.i, step)
        if j is not None and j in case.found and case.quotations[j].kind != "indirect":
            there = index_of(paras, case.quotations[j].extent.end - 1 if step < 0 else case.quotations[j].extent.start)
            if abs(here - there) <= 1:
                return Answer(case.found[j].referent, min(sure, case.found[j].confidence))
    return None


def _neighbour(quotations: Sequence[Quotation], i: int, step: int) -> int | None:
    """Give the index of the quotation on the same level whose content lies next to this one's."""
    mine, parent = quotations[i].extent, quotations[i].parent
    side = [
        (q.extent.start, j)
        for j, q in enumerate(quotations)
        if j != i and q.parent == parent and (q.extent.start - mine.start) * step > 0
    ]
    if not side:
        return None
    return (max if step < 0 else min)(side)[1]


LABEL = re.compile(r"\s*(Q|A|[A-ZÀ-Þ][\w.'’-]*(?:\s(?:of\s|the\s)?[A-ZÀ-Þ][\w.'’-]*){0,5})\s?:\s")


def turn(case: Case) -> Answer | None:
    """Read the label of a turn: "MR. MORO:", "Q:"."""
    after = case.article.text[case.span.end : case.span.end + 2].lstrip()
    if not case.words or not (after.startswith(":") or case.span.of(case.article.text).rstrip().endswith(":")):
        return None
    return labelled(case, case.words) if case.words.isupper() else None


def labelled(case: Case, label: str) -> Answer:
    """Answer with whom a turn's label names: "MR. MORO" -> "Ada Moro" where the article names her so."""
    words = lexicon()
    parts = [w for w in label.split() if w.lower().rstrip(".") not in words.honorifics]
    if label in _ASKS:
        return Answer(author(case.article), 0.75)
    if label in _ANSWERS and (guest := _guest(case)):
        return Answer(guest, 0.7)
    if label in _ANSWERS or not parts:
        return Answer(Referent(label, "unnamed"), 0.5)
    known = case.scene.cast.named(" ".join(parts)) or case.scene.cast.named(parts[-1])
    if known and not known.name.isupper():
        return Answer(referent(known), 0.95)
    if parts[-1].lower() in words["nameless labels"]:
        return Answer(Referent(" ".join(parts).lower(), "unnamed"), 0.5)
    loud = [p.isupper() and (len(p) > 3 or len(parts) > 1) for p in parts]
    name = " ".join(p.capitalize() if up else p for p, up in zip(parts, loud, strict=True))
    return Answer(Referent(name, "person"), 0.9)


_ASKS, _ANSWERS = ("Q", "QUESTION"), ("A", "ANSWER")
_FIRST_TURN = re.compile(r"^\s*(?:Q|QUESTION)\s?:\s", re.MULTILINE)


def _guest(case: Case) -> Referent | None:
    """Give whom an interview in questions and answers is with: who is named first in full before the first question."""
    asked = _FIRST_TURN.search(case.article.text)
    if asked is None:
        return None
    named = (e for m, e in case.scene.cast.within(Span(0, asked.start())) if e.sort == "person" and " " in e.name)
    return next((referent(e) for e in named), None)
