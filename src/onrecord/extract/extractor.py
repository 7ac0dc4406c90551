"""Article -> Quotations: the whole way on one screen; each step has its module."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.extract.confidence import confidence
from onrecord.extract.nest import RELAYS, moved, parents, relays_another, within_marks
from onrecord.extract.pieces import Pieces, pieces
from onrecord.extract.repair import adopt, best_of, kind_of, same, settle, settle_source
from onrecord.extract.shelf import Shelf
from onrecord.extract.turns import of_header, turns
from onrecord.extract.windows import Draft, Model, Reader
from onrecord.senses import Senses
from onrecord.text import Quoted, paragraphs, quoted
from onrecord.types import Article, Quotation, Span

DOUBTFUL = 0.12  # least probability that a word opens a cue, for its parts to be read at all


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """How sure the reader must be."""

    threshold: float | None = None  # least confidence of a quotation; None: the model's own


class Extractor:
    """Finds the attributions of an article with a trained reader."""

    def __init__(self, model: Model, options: ExtractOptions | None = None) -> None:
        self._model, self._reader = model, Reader(model)
        threshold = options.threshold if options else None
        self._threshold = float(model.settings.get("threshold", 0.4)) if threshold is None else threshold
        self._calibration = model.settings.get("calibration", {})

    def quotations(self, article: Article) -> tuple[Quotation, ...]:
        """Give the quotations of an article, in order of their content; parents before their children."""
        return self.read(article)[0]

    def read(self, article: Article) -> tuple[tuple[Quotation, ...], Senses]:
        """Give the quotations of an article, and what the reader made of its words."""
        text = article.text
        paras = paragraphs(text)
        if not paras:
            return (), Senses(np.zeros(0, dtype=np.int64), np.zeros((0, 1), dtype=np.float32))
        marks = quoted(text, paras)
        read, doubtful, senses = self._read_text(text, paras, marks)
        found = adopt(text, best_of(read, turns(text, paras)), doubtful, marks)
        shelf = Shelf(found)
        for outer in tuple(found):
            for q in self._inner(text, outer, marks):
                if not any(same(q, k) for k in shelf.near(q.content) if k is not outer):
                    found.append(q)
                    shelf.add(q)
        return parents(sorted(found, key=lambda q: (q.extent.start, -q.extent.end))), senses

    def _read_text(
        self, text: str, paras: Sequence[Span], marks: Sequence[Quoted]
    ) -> tuple[list[Quotation], list[Quotation], Senses]:
        """Give the quotations over the least confidence, the doubtful ones below it, and the words' senses."""
        p = pieces(text, self._model.encode, paras, marks)
        drafts, vectors = self._reader.drafts(p, DOUBTFUL)
        made = self._quotations(text, p, [d for d in drafts if d.content], marks)
        read = [q for q in made if not of_header(text, q)]
        least = self._threshold
        senses = Senses(p.starts[p.words], vectors)
        return [q for q in read if q.confidence > least], [q for q in read if q.confidence <= least], senses

    def _inner(self, text: str, outer: Quotation, marks: Sequence[Quoted]) -> list[Quotation]:
        """Read what stands in quotation marks once more, for whom it quotes in its turn."""
        turn = outer.kind == "direct"
        out = []
        for piece in outer.content:
            inside = within_marks(text, piece)
            words = inside.of(text)
            if (turn or kind_of(text, (piece,), marks) == "direct") and RELAYS.search(words):
                sure, _, _ = self._read_text(words, paragraphs(words), quoted(words))
                out += [moved(q, inside.start) for q in sure if relays_another(words, q)]
        return out

    def _quotations(self, text: str, p: Pieces, drafts: Sequence[Draft], marks: Sequence[Quoted]) -> list[Quotation]:
        if not drafts:
            return []
        firsts = np.flatnonzero(p.words)
        starts, ends = p.starts[firsts], p.ends[np.append(firsts[1:], len(p.ids)) - 1]
        made = []
        for d in drafts:
            source, cue, content = (
                tuple(Span(int(starts[a]), int(ends[b - 1])) for a, b in ranges)
                for ranges in (d.source, d.cue, d.content)
            )
            source, content = settle_source(text, source), settle(text, content, marks)
            sure = confidence(d, self._calibration)
            made.append(Quotation(content, source, cue, kind_of(text, content, marks), None, sure))
        return made
