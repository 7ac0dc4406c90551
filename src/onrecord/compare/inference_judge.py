"""InferenceJudge: a network for natural language inference, the user's own, compares two statements.

    pairs -> each in both orders -> the network's labels -> ours -> both orders averaged -> Comparison

Contradiction is read as a reversal, entailment as consistent, neutral as unrelated; a network that knows our own labels
is taken at its word.
"""

import re
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from onrecord.compare.judge import CHANGED, CLASHING, Pair, mirrored
from onrecord.compare.why import why
from onrecord.errors import ModelError
from onrecord.types import LABELS, Comparison, Label, Position, Span

Floats = npt.NDArray[np.float32]
Evidence = Callable[[Position, Position], tuple[tuple[Span, ...], tuple[Span, ...]]]

# A network's word for a label, in lower case and without signs -> our label. Our own are known too.
WORDS: dict[str, Label] = {
    "contradiction": "reversal",
    "contradict": "reversal",
    "contradicts": "reversal",
    "contradictory": "reversal",
    "contradicted": "reversal",
    "inconsistent": "reversal",
    "conflict": "reversal",
    "refutes": "reversal",
    "refuted": "reversal",
    "disagree": "reversal",
    "entailment": "consistent",
    "entail": "consistent",
    "entails": "consistent",
    "entailed": "consistent",
    "supports": "consistent",
    "supported": "consistent",
    "agree": "consistent",
    "neutral": "unrelated",
    "notenoughinfo": "unrelated",
    "nei": "unrelated",
    "unknown": "unrelated",
    **{label.replace("_", ""): label for label in LABELS},
}


class PairReader(Protocol):
    """A network that reads two texts together; inference.foreign gives one from a folder."""

    @property
    def name(self) -> str:
        """Give the model's name, with its digest."""
        ...

    @property
    def labels(self) -> Sequence[str]:
        """Give its labels, as its maker calls them."""
        ...

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Give the probabilities of the labels, (pairs, labels)."""
        ...


class InferenceJudge:
    """Asks a cross-encoder in both orders; raises ModelError where its labels are not known.

    `clash` is the network's own probability of a contradiction, not calibrated. Such a network has no evidence of its
    own: the clashing words are those that `evidence` finds in a pair that changed.
    """

    def __init__(self, reader: PairReader, evidence: Evidence) -> None:
        self.name = reader.name
        self._reader, self._evidence = reader, evidence
        self._ours = _mapped(reader)

    def judge(self, pairs: Sequence[Pair]) -> list[Comparison]:
        """Give an answer for each pair, in order; raises ModelError where there is none to be had."""
        if not pairs:
            return []
        texts = [(earlier.text, later.text) for earlier, later in pairs]
        found = self._reader([*texts, *((b, a) for a, b in texts)]) @ self._ours
        return [
            self._comparison(pair, there, mirrored(back.tolist()))
            for pair, there, back in zip(pairs, found[: len(pairs)], found[len(pairs) :], strict=True)
        ]

    def _comparison(self, pair: Pair, there: Floats, back: Sequence[float]) -> Comparison:
        probabilities = tuple((float(a) + b) / 2 for a, b in zip(there, back, strict=True))
        label = LABELS[int(np.argmax(probabilities))]
        earlier, later = self._evidence(*pair) if label in CHANGED else ((), ())
        clash = sum(p for p, one in zip(probabilities, LABELS, strict=True) if one in CLASHING)
        return Comparison(label, min(1.0, clash), probabilities, earlier, later, why(label, pair, earlier, later))


def _mapped(reader: PairReader) -> Floats:
    """Give which of our labels each of the network's stands for: ones and zeros, (labels, LABELS)."""
    ours = [WORDS.get(re.sub(r"[\W_]", "", label.lower())) for label in reader.labels]
    unknown = [label for label, one in zip(reader.labels, ours, strict=True) if one is None]
    told = 'Write into id2label of its config.json which is "contradiction", which "entailment" and which "neutral"'
    if unknown:
        raise ModelError(f"{reader.name} has labels that say nothing here: {', '.join(unknown)}. {told}.")
    if not set(CLASHING) & set(ours) or len(set(ours)) < 2:
        raise ModelError(f"{reader.name} tells no contradiction from the rest ({', '.join(reader.labels)}). {told}.")
    return np.array([[one == label for label in LABELS] for one in ours], dtype=np.float32)
