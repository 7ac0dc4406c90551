"""Articles with gold attributions -> windows of word pieces with word-level labels."""

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from onrecord.extract.pieces import Pieces, pieces
from onrecord.extract.windows import window_end
from onrecord.text import paragraphs, quoted

ROLES = ("source", "cue", "content")
TUNE_PER_PUBLISHER = 8  # train articles set aside, by publisher, for thresholds and calibration


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(x) for x in path.read_text(encoding="utf-8").splitlines() if x.strip()]


@dataclass
class Document:
    id: str
    publisher: str
    text: str
    readings: list[list[dict[str, list[list[int]]]]]  # one or several annotators' statements


def polnear(folder: Path, split: str) -> list[Document]:
    gold = {g["id"]: g["statements"] for g in lines(folder / f"{split}.gold.jsonl")}
    docs = [Document(a["id"], a["publisher"], a["text"], [gold[a["id"]]]) for a in lines(folder / f"{split}.jsonl")]
    others = folder / f"{split}.readings.jsonl"
    if others.exists():
        by_id = {d.id: d for d in docs}
        for r in lines(others):
            by_id[r["id"]].readings.append(r["statements"])
    return docs


def split_tune(docs: list[Document]) -> tuple[list[Document], list[Document]]:
    """Set aside the same articles each time: for thresholds and calibration, never trained on."""
    chosen: set[str] = set()
    for publisher in sorted({d.publisher for d in docs}):
        ids = sorted(d.id for d in docs if d.publisher == publisher)
        chosen |= set(random.Random(publisher).sample(ids, min(TUNE_PER_PUBLISHER, len(ids))))
    return [d for d in docs if d.id not in chosen], [d for d in docs if d.id in chosen]


class PieceEncoder:
    def __init__(self, path: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(path))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def __call__(self, text: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        e = self.tokenizer.encode(text, add_special_tokens=False)
        offsets = np.array(e.offsets, dtype=np.int64).reshape(-1, 2)
        return np.array(e.ids, dtype=np.int64), offsets[:, 0], offsets[:, 1]


def restyle(text: str, rng: random.Random) -> str:
    """Change quotation marks or line breaks, one character for one, so that offsets stay."""
    roll = rng.random()
    if roll < 0.12:
        text = text.translate(str.maketrans({"“": "‘", "”": "’", '"': "'"}))
    elif roll < 0.27:
        text = text.translate(str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"}))
    elif roll < 0.40 and '"' in text:
        marks = list(text)
        for q in quoted(text):
            if q.marks == "double" and q.closed and text[q.span.start] == '"' and text[q.span.end - 1] == '"':
                marks[q.span.start], marks[q.span.end - 1] = "“", "”"
        text = "".join(marks)
    elif roll < 0.44:
        text = text.translate(str.maketrans({"“": "«", "”": "»"}))
    if rng.random() < 0.12:
        text = text.replace("\n", " ")
    return text


def read_pieces(text: str, encode: PieceEncoder) -> Pieces:
    paras = paragraphs(text)
    return pieces(text, encode, paras, quoted(text, paras))


def word_labels(
    p: Pieces, statements: list[dict[str, list[list[int]]]]
) -> tuple[np.ndarray, list[tuple[int, np.ndarray]]]:
    """Give tags over the article's words, and for each statement (anchor word, tags of its own parts)."""
    starts = p.starts[p.words]
    firsts = np.flatnonzero(p.words)
    last = np.append(firsts[1:], len(p.ids)) - 1
    ends = p.ends[last]
    union = np.zeros(len(starts), dtype=np.int64)
    own = []
    for s in statements:
        tags = np.zeros(len(starts), dtype=np.int64)
        for k, role in ((2, "content"), (0, "source"), (1, "cue")):
            for a, b in s.get(role, []):
                hit = np.flatnonzero((starts < b) & (ends > a))
                if len(hit):
                    tags[hit] = 2 + 2 * k
                    tags[hit[0]] = 1 + 2 * k
        cue = np.flatnonzero(tags == 3)
        content = np.flatnonzero(tags == 5)
        if len(cue) or len(content):
            own.append((int(cue[0] if len(cue) else content[0]), tags))
            union = np.where(tags > 0, tags, union)
    for _, tags in own:  # a cue inside another's content stays visible
        union = np.where((tags == 3) | (tags == 4), tags, union)
    return union, own


@dataclass
class Window:
    ids: np.ndarray
    shapes: np.ndarray
    words: np.ndarray  # index of each word's first piece within the window (after [CLS])
    paragraphs: np.ndarray  # per word
    tags: np.ndarray  # per word
    anchors: np.ndarray  # (statements,) word index
    parts: np.ndarray  # (statements, words)


CLS, SEP = 101, 102
TITLE = 1  # letter case of a piece that opens with one capital


def capitalised(w: Window) -> np.ndarray:
    """Positions of words with a capital that are one piece long: mostly names and parts of names."""
    whole = w.words[np.append(np.diff(w.words) == 1, False)]
    return whole[(w.shapes[whole] // 9 == TITLE) & (w.ids[whole] > 1100)]


def rename(wins: list[Window], rng: random.Random, share: float) -> None:
    """Swap a share of each window's names for other articles' names, the same one throughout the window.

    The corpus talks of few people; this keeps the reader from knowing them by heart.
    """
    pool = np.concatenate([w.ids[capitalised(w)] for w in wins])
    for w in wins:
        where = capitalised(w)
        for name in np.unique(w.ids[where]):
            if rng.random() < share:
                w.ids[where[w.ids[where] == name]] = pool[rng.randrange(len(pool))]


def windows(
    p: Pieces, labels: tuple[np.ndarray, list[tuple[int, np.ndarray]]], size: int, rng: random.Random | None
) -> list[Window]:
    """Cut an article between paragraphs into windows of up to `size` pieces; with `rng`, of random sizes."""
    union, own = labels
    word_of = np.cumsum(p.words) - 1
    out = []
    hi = 0
    while hi < len(p.ids):
        lo, hi = hi, window_end(p.paragraphs, hi, size if rng is None else rng.randint(size // 2, size))
        firsts = np.flatnonzero(p.words[lo:hi])
        if not len(firsts):
            continue
        w0, w1 = word_of[lo + firsts[0]], word_of[lo + firsts[-1]] + 1
        inside = [(x - w0, t[w0:w1]) for x, t in own if w0 <= x < w1]
        out.append(Window(
            ids=np.concatenate([[CLS], p.ids[lo:hi], [SEP]]), shapes=np.concatenate([[0], p.shapes[lo:hi], [0]]),
            words=firsts + 1, paragraphs=p.paragraphs[lo:hi][firsts], tags=union[w0:w1],
            anchors=np.array([x for x, _ in inside], dtype=np.int64),
            parts=np.array([t for _, t in inside], dtype=np.int64).reshape(len(inside), w1 - w0),
        ))  # fmt: skip
    return out
