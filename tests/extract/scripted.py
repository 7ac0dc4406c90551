"""A scripted stand-in for the reader's weights: it finds `NAME said WORDS.` by rule, through the same two networks."""

import re

import numpy as np

NEAR, FAR = 8, 16
HEAD = 4


class ScriptedModel:
    """Every run of letters or digits, and every symbol, is one piece; "said" opens a cue.

    The word before the cue is its source, all words after it up to a full stop are its content.
    """

    settings = {"cls": 1, "sep": 2, "near": NEAR, "far": FAR, "paragraphs": 2, "window": 60}  # noqa: RUF012 # never changed

    def __init__(self):
        self.vocabulary = {"said": 10, ".": 11}

    def encode(self, text):
        found = list(re.finditer(r"\w+|[^\w\s]", text))
        ids = [self.vocabulary.setdefault(m.group().lower(), len(self.vocabulary) + 10) for m in found]
        starts, ends = [m.start() for m in found], [m.end() for m in found]
        return tuple(np.array(x, dtype=np.int64) for x in (ids, starts, ends))

    def network(self, name):
        return {"reader": self._read, "parts": self._parts}[name]

    def _read(self, ids, shapes, words):
        """Give tag logits, and as projections whether a word is a full stop (first column) and its id (last)."""
        assert len(ids) == len(shapes)
        tags = np.zeros((len(words), 7), dtype=np.float32)
        tags[:, 0] = 4
        tags[ids[words] == 10, 3] = 9
        parts = np.zeros((len(words), 4 * HEAD), dtype=np.float32)
        parts[ids[words] == 11, 0] = 1
        parts[:, -1] = ids[words]
        return [tags, parts]

    def _parts(self, word, times, anchor, by, distance, paragraph):  # noqa: ARG002 # the names are the seam
        away = distance - FAR
        logits = np.zeros((*away.shape, 7), dtype=np.float32)
        logits[..., 0] = 3
        logits[away == -1, 1] = 9
        logits[away == 0, 3] = 9
        for row, (stops, steps, blocks) in enumerate(zip(word[..., 0] > 0, away, paragraph - 2, strict=True)):
            after = [i for i in range(len(steps)) if steps[i] > 0 and blocks[i] == 0]
            end = next((i for i in after if stops[i]), after[-1] + 1 if after else 0)
            for k, i in enumerate(i for i in after if i < end):
                logits[row, i, 5 if k == 0 else 6] = 9
        return [logits]
