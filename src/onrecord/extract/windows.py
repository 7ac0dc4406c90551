"""Word pieces -> attribution drafts: cut windows, run the reader's two networks, read the parts of each anchor.

The first network tags every word; a word likely to open a cue is an anchor. The second network, given an anchor, says
what every word of the window is to that anchor: nothing, source, cue or content.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from onrecord.extract.pieces import Ints, Pieces
from onrecord.senses import Network, distance_bucket

Floats = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("source", "cue", "content")
B_CUE = TAGS.index("B-cue")


class Model(Protocol):
    """Weights with their tokenizer: what `onrecord.inference.load` gives."""

    @property
    def settings(self) -> dict[str, Any]:
        """Give the sizes and thresholds that go with the weights."""
        ...

    def encode(self, text: str) -> tuple[Ints, Ints, Ints]:
        """Cut a text into word pieces, as `Encode` says."""
        ...

    def network(self, name: str) -> Network:
        """Load the network of this name."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """What the networks say of one anchor; word ranges are half-open and count the article's words."""

    anchor: int
    score: float  # probability that the anchor opens a cue
    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    certainty: dict[str, float]  # per role, the mean probability of its words' tags (of "not this role" if it has none)


@dataclass(frozen=True, slots=True)
class _View:
    """What the networks say of one window: its anchors, log-probabilities (anchors, words, tags), its words' senses."""

    anchors: Ints
    opens: Floats
    log: Floats
    senses: Vectors
    offset: int  # words of the article before the window


class Reader:
    """The two networks and how to run them over an article of any length."""

    def __init__(self, model: Model) -> None:
        self._s = model.settings
        self._read, self._parts = model.network("reader"), model.network("parts")

    def drafts(self, p: Pieces, threshold: float) -> tuple[tuple[Draft, ...], Vectors]:
        """Give a draft for each word whose probability to open a cue is over the threshold, in order.

        With them comes what the encoder makes of each word of the article, (words, size).
        """
        seen = [v for window in self._windows(p) if (v := self._view(p, window, threshold)) is not None]
        views = [v for v in seen if len(v.anchors)]
        paths = iter(best_paths([v.log for v in views]))
        found = tuple(
            _draft(int(a), float(v.opens[a]), next(paths), scores, v.offset)
            for v in views
            for a, scores in zip(v.anchors, np.exp(v.log), strict=True)
        )
        return found, np.concatenate([v.senses for v in seen]) if seen else np.zeros((0, 1), dtype=np.float32)

    def _windows(self, p: Pieces) -> Iterator[tuple[int, int]]:
        """Give the windows' pieces, (start, end): side by side, cut between paragraphs."""
        start = 0
        while start < len(p.ids):
            end = window_end(p.paragraphs, start, int(self._s["window"]))
            yield start, end
            start = end

    def _view(self, p: Pieces, window: tuple[int, int], threshold: float) -> "_View | None":
        """Run the networks over one window; None where it has no word."""
        start, end = window
        firsts = np.flatnonzero(p.words[start:end])
        if not len(firsts):
            return None
        ids = np.concatenate([[self._s["cls"]], p.ids[start:end], [self._s["sep"]]])
        shapes = np.concatenate([[0], p.shapes[start:end], [0]])
        tags, parts = self._read(ids=ids, shapes=shapes, words=firsts + 1)
        opens = softmax(tags)[:, B_CUE]
        anchors = np.flatnonzero(opens > threshold)
        if not len(anchors):
            return _View(anchors, opens, np.zeros((0, len(firsts), len(TAGS))), parts, 0)
        log = log_softmax(self._logits(parts, anchors, p.paragraphs[start:end][firsts]))
        return _View(anchors, opens, log, parts, int(np.count_nonzero(p.words[:start])))

    def _logits(self, parts: npt.NDArray[Any], anchors: Ints, paragraphs: Ints) -> npt.NDArray[Any]:
        """Run the second network: (anchors, words, tags)."""
        word, times, anchor, by = np.split(parts, 4, axis=1)
        n = len(anchors)
        away = np.arange(len(word))[None] - anchors[:, None]
        clip = int(self._s["paragraphs"])
        blocks = np.clip(paragraphs[None] - paragraphs[anchors][:, None], -clip, clip) + clip
        return self._parts(
            word=np.repeat(word[None], n, axis=0),
            times=np.repeat(times[None], n, axis=0),
            anchor=anchor[anchors][:, None],
            by=by[anchors][:, None],
            distance=distance_bucket(away, int(self._s["near"]), int(self._s["far"])),
            paragraph=blocks,
        )[0]


def window_end(paragraphs: Ints, start: int, size: int) -> int:
    """Give where the window that starts here ends: after the last paragraph that fits, else in the middle of one."""
    end = min(len(paragraphs), start + size)
    if end == len(paragraphs):
        return end
    breaks = np.flatnonzero(paragraphs[start + 1 : end + 1] != paragraphs[start:end])
    return start + 1 + int(breaks[-1]) if len(breaks) else end


def softmax(logits: npt.NDArray[Any]) -> Floats:
    """Probabilities over the last axis."""
    return np.exp(log_softmax(logits))


def log_softmax(logits: npt.NDArray[Any]) -> Floats:
    """Log-probabilities over the last axis."""
    x = logits.astype(np.float64)
    x -= x.max(axis=-1, keepdims=True)
    return np.asarray(x - np.log(np.exp(x).sum(axis=-1, keepdims=True)))


def best_paths(logs: list[Floats]) -> list[Ints]:
    """Give the best legal tag path of every row; most rows' likeliest tags are legal as they stand."""
    paths = [row for log in logs for row in log.argmax(axis=-1)]
    rows = [row for log in logs for row in log]
    broken = [i for i, path in enumerate(paths) if not _legal(path)]
    if broken:
        padded = np.full((len(broken), max(len(rows[i]) for i in broken), len(TAGS)), -30.0)
        padded[..., 0] = 0.0
        for k, i in enumerate(broken):
            padded[k, : len(rows[i])] = rows[i]
        for i, path in zip(broken, viterbi(padded), strict=True):
            paths[i] = path[: len(rows[i])]
    return paths


def _legal(path: Ints) -> bool:
    before = np.concatenate([[0], path[:-1]])
    inside = (path > 0) & (path % 2 == 0)
    return not bool((inside & (before != path) & (before != path - 1)).any())


def viterbi(log: Floats) -> Ints:
    """Best legal tag path for each row of (rows, words, tags): an I follows a B or an I of its role alone."""
    rows, words, tags = log.shape
    best, back = log[:, 0].copy(), np.zeros((words, rows, tags), dtype=np.int64)
    inside = np.arange(2, tags, 2)
    best[:, inside] = -np.inf
    index = np.arange(rows)
    for t in range(1, words):
        top = best.argmax(axis=1)
        score = np.repeat(best[index, top][:, None], tags, axis=1)
        back[t] = top[:, None]
        goes_on = best[:, inside] > best[:, inside - 1]
        back[t][:, inside] = np.where(goes_on, inside, inside - 1)
        score[:, inside] = np.maximum(best[:, inside], best[:, inside - 1])
        best = score + log[:, t]
    path = np.zeros((rows, words), dtype=np.int64)
    path[:, -1] = best.argmax(axis=1)
    for t in range(words - 1, 0, -1):
        path[:, t - 1] = back[t, index, path[:, t]]
    return path


def _draft(anchor: int, score: float, path: Ints, p: Floats, offset: int) -> Draft:
    ranges: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
    said = np.flatnonzero(path)
    for i in said:
        if path[i] % 2 == 1:
            ranges[ROLES[(path[i] - 1) // 2]].append((int(i) + offset, int(i) + offset + 1))
        else:
            own = ranges[ROLES[(path[i] - 1) // 2]]
            own[-1] = (own[-1][0], int(i) + offset + 1)
    chosen = p[said, path[said]]
    roles = (path[said] - 1) // 2
    certainty = {
        role: float(chosen[roles == k].mean()) if ranges[role] else float(1 - p[:, 2 * k + 1].max())
        for k, role in enumerate(ROLES)
    }
    source, cue, content = (tuple(ranges[r]) for r in ROLES)
    return Draft(anchor + offset, score, source, cue, content, certainty)
