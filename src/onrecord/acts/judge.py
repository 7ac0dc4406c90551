"""What kind of word a statement is, weighed: the rules' answers and the encoder's vectors go to a small network.

It was trained on articles that people annotated by one guide (training/README.md): act, mode and the sort of speaker.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from onrecord.acts.lexicon import Cue, lexicon
from onrecord.senses import Floats, Network, Senses, shares
from onrecord.types import Act, Article, Mode, Quotation, SpeakerType, Word

ACTS: tuple[Act, ...] = get_args(Act)
MODES: tuple[Mode, ...] = get_args(Mode)
TYPES: tuple[SpeakerType, ...] = get_args(SpeakerType)


@dataclass(frozen=True, slots=True)
class Judge:
    """Gives each quotation its act and mode, and how likely each sort of speaker is behind it."""

    network: Network  # rules (n, r), vectors (n, 5 * size) -> logits (n, acts + modes + types)

    def judge(
        self, article: Article, quotations: Sequence[Quotation], words: Sequence[Word], senses: Senses
    ) -> tuple[tuple[Word, ...], Floats]:
        """Give the words with act and mode as weighed, and the probabilities of TYPES, (quotations, types)."""
        if not quotations:
            return (), np.zeros((0, len(TYPES)), dtype=np.float32)
        rules = np.stack([told(article, q, w) for q, w in zip(quotations, words, strict=True)])
        vectors = np.stack([seen(q, senses) for q in quotations])
        logits = self.network(rules=rules, vectors=vectors)[0]
        a, m = len(ACTS), len(ACTS) + len(MODES)
        acts, modes = logits[:, :a].argmax(axis=1), logits[:, a:m].argmax(axis=1)
        weighed = tuple(
            replace(w, act=w.act if _firm(w, row) else ACTS[i], mode=MODES[j])
            for w, row, i, j in zip(words, rules, acts, modes, strict=True)
        )
        return weighed, shares(logits[:, m:])


_CUE_ACTS = len(ACTS) + len(MODES) + 2 + len(MODES)  # where `told` says which act the cue tells
# Acts that the rules know better where the two differ (three-fold over PolNeAR train), told by the cue or by the words
# reported. Threats are so rare there that the network can't have learned them.
_BY_CUE: frozenset[Act] = frozenset(("threaten", "deny", "demand", "predict"))
_BY_WORDS: frozenset[Act] = frozenset(("threaten", "commit", "predict"))


def _firm(word: Word, row: Floats) -> bool:
    by_cue = bool(row[_CUE_ACTS + ACTS.index(word.act)])
    return word.act in (_BY_CUE if by_cue else _BY_WORDS)


def told(article: Article, q: Quotation, word: Word) -> Floats:
    """Give what the rules say of a quotation, as numbers, (r,)."""
    text = article.text
    cue: Cue | None = lexicon().cue(" ".join(s.of(text) for s in q.cue))
    numbers = [
        *(float(word.act == x) for x in ACTS),
        *(float(word.mode == x) for x in MODES),
        float(word.condition is not None),
        float(cue is None),
        *(float(cue is not None and cue.mode == x) for x in MODES),
        *(float(cue is not None and cue.act == x) for x in ACTS),
        *(float(cue is not None and cue.otherwise == x) for x in ACTS),
        *(float(q.kind == x) for x in ("direct", "indirect", "mixed")),
        float(bool(q.source)),
        float(bool(q.cue)),
        math.log1p(sum(s.end - s.start for s in q.content)) / 6,
        float("?" in text[q.content[0].start : q.content[-1].end + 2]),
    ]
    return np.array(numbers, dtype=np.float32)


def seen(q: Quotation, senses: Senses) -> Floats:
    """Give the vectors of source, cue and content, and of the first words of content and cue, (5 * size,)."""
    cue = q.cue or q.content
    return np.concatenate(
        [senses.mean(q.source), senses.mean(cue), senses.mean(q.content), senses.first(q.content), senses.first(cue)]
    )
