"""Article -> Quotations: the whole way on one screen; each step has its module."""

from dataclasses import dataclass, replace

import numpy as np

from onrecord.extract.confidence import confidence
from onrecord.extract.pieces import Pieces, pieces
from onrecord.extract.repair import adopt, best_of, kind_of, settle
from onrecord.extract.turns import turns
from onrecord.extract.windows import Draft, Model, Reader
from onrecord.text import Quoted, paragraphs, quoted
from onrecord.types import Article, Quotation, Span


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """How sure the reader must be."""

    threshold: float | None = None  # least probability that a word opens a cue; None: the model's own


class Extractor:
    """Finds the attributions of an article with a trained reader."""

    def __init__(self, model: Model, options: ExtractOptions | None = None) -> None:
        self._model, self._reader = model, Reader(model)
        threshold = options.threshold if options else None
        self._threshold = float(model.settings.get("threshold", 0.4)) if threshold is None else threshold
        self._calibration = model.settings.get("calibration", {})

    def quotations(self, article: Article) -> tuple[Quotation, ...]:
        """Give the quotations of an article, in order of their content; parents before their children."""
        text = article.text
        paras = paragraphs(text)
        if not paras:
            return ()
        marks = quoted(text, paras)
        p = pieces(text, self._model.encode, paras, marks)
        drafts = self._reader.drafts(p, self._threshold)
        read = [q for q in self._quotations(text, p, drafts, marks) if q.content]
        spoken = turns(text, paras)
        found = best_of(read, spoken)
        found = adopt(text, found, marks, paras)
        return parents(sorted(found, key=lambda q: (q.extent.start, -q.extent.end)))

    def _quotations(
        self, text: str, p: Pieces, drafts: tuple[Draft, ...], marks: tuple[Quoted, ...]
    ) -> list[Quotation]:
        firsts = np.flatnonzero(p.words)
        starts, ends = p.starts[firsts], p.ends[np.append(firsts[1:], len(p.ids)) - 1]
        made = []
        for d in drafts:
            source, cue, content = (
                tuple(Span(int(starts[a]), int(ends[b - 1])) for a, b in ranges)
                for ranges in (d.source, d.cue, d.content)
            )
            content = settle(text, content, marks)
            sure = confidence(d, self._calibration)
            made.append(Quotation(content, source, cue, kind_of(text, content, marks), None, sure))
        return made


def parents(found: list[Quotation]) -> tuple[Quotation, ...]:
    """Name, for each quotation, the smallest other one whose content holds its content and its cue or source."""
    out = []
    for i, q in enumerate(found):
        own = (*q.content, *q.cue[:1], *q.source[:1])
        holders = [
            (h.extent.end - h.extent.start, j)
            for j, h in enumerate(found)
            if j != i and h.content != q.content and all(any(c.holds(s) for c in h.content) for s in own)
        ]
        out.append(replace(q, parent=min(holders)[1]) if holders else q)
    return tuple(out)
