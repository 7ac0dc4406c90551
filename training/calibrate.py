"""Fit confidence and threshold: `python -m training.calibrate src/onrecord/models/reader`.

Both on the train articles set aside. A logistic regression (Newton's method, L2 of 1.0) leads from the networks' own
probabilities to "content at a Jaccard index of 0.5 or more and source touched"; its calibration error is found by
five-fold cross-validation over articles. The threshold on it is where the mean of attributed and content F1 of all that
the extractor gives is highest. What is found is written into the model's settings.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from onrecord.extract import Extractor
from onrecord.extract.confidence import features
from onrecord.extract.extractor import DOUBTFUL
from onrecord.extract.pieces import Pieces, pieces
from onrecord.extract.windows import Draft, Reader
from onrecord.inference import load
from onrecord.senses import Floats
from onrecord.text import paragraphs, quoted
from onrecord.types import Article, Quotation
from training.data import Document, polnear, split_tune
from training.evaluate import scorer


class Remembering:
    """A reader that reads each text once."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.kept = reader, {}

    def drafts(self, p: Pieces, threshold: float) -> tuple[tuple[Draft, ...], Floats]:
        key = p.ids.tobytes() + p.shapes.tobytes()
        if key not in self.kept:
            self.kept[key] = self.reader.drafts(p, threshold)
        return self.kept[key]


class Judge:
    """Compares quotations with the gold of the articles set aside, as the shared scorer does."""

    def __init__(self, shared: Path) -> None:
        self.score = scorer(shared)
        self.documents = split_tune(polnear(shared / "polnear", "train"))[1]
        self.gold = sum(len(d.readings[0]) for d in self.documents)

    def rights(self, d: Document, found: Sequence[Quotation]) -> list[tuple[bool, bool]]:
        """For each quotation: is its content right, and its source too."""
        tk = self.score.words(d.text)
        have = [[self.score.cover(tk, [(s.start, s.end) for s in r]) for r in (q.source, q.content)] for q in found]
        want = [[self.score.cover(tk, [tuple(s) for s in g[r]]) for r in ("source", "content")] for g in d.readings[0]]
        pairs = dict(self.score.best_match([h[1] for h in have], [w[1] for w in want], 0.5))
        return [
            (i in pairs, i in pairs and (bool(h[0] & want[pairs[i]][0]) or not (h[0] or want[pairs[i]][0])))
            for i, h in enumerate(have)
        ]


def fit(x: np.ndarray, y: np.ndarray, penalty: float = 1.0) -> np.ndarray:
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty * np.eye(len(w))
        w -= np.linalg.solve(hessian, x.T @ (p - y) + penalty * w)
    return w


def calibration_error(p: np.ndarray, y: np.ndarray) -> float:
    bins = np.minimum((p * 10).astype(int), 9)
    return float(sum(abs(p[bins == b].sum() - y[bins == b].sum()) for b in range(10)) / len(y))


def calibrate(extractor: Extractor, judge: Judge) -> tuple[dict[str, float], float]:
    """Give the weights of the confidence and its calibration error."""
    rows = []
    for k, d in enumerate(judge.documents):
        paras = paragraphs(d.text)
        marks = quoted(d.text, paras)
        p = pieces(d.text, extractor._model.encode, paras, marks)
        drafts = [x for x in extractor._reader.drafts(p, DOUBTFUL)[0] if x.content]
        rights = judge.rights(d, extractor._quotations(d.text, p, drafts, marks))
        rows += [(k, features(x), right) for x, (_, right) in zip(drafts, rights, strict=True)]
    names = list(rows[0][1])
    x = np.array([[r[1][n] for n in names] for r in rows])
    y, article = np.array([float(r[2]) for r in rows]), np.array([r[0] for r in rows])
    folds = np.zeros(len(y))
    for f in range(5):
        held = article % 5 == f
        folds[held] = 1 / (1 + np.exp(-x[held] @ fit(x[~held], y[~held])))
    weights = {n: round(float(w), 4) for n, w in zip(names, fit(x, y), strict=True)}
    return weights, calibration_error(folds, y)


def best_threshold(extractor: Extractor, judge: Judge) -> float:
    best = (0.0, 0.0)
    for t in np.arange(0.14, 0.5, 0.02):
        extractor._threshold = float(t)
        rights = [judge.rights(d, extractor.quotations(Article(d.id, d.id, d.text))) for d in judge.documents]
        n = sum(len(r) for r in rights) + judge.gold
        content, both = (2 * sum(x[i] for r in rights for x in r) / n for i in (0, 1))
        best = max(best, (content + both, float(t)))
        print(f"threshold {t:.2f}: F1 content {100 * content:.1f}, attributed {100 * both:.1f}", flush=True)
    return best[1]


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("model", type=Path)
    arg.add_argument("--shared", type=Path, default=Path("../shared"))
    o = arg.parse_args()
    extractor, judge = Extractor(load(o.model, threads=2)), Judge(o.shared)
    extractor._reader = Remembering(extractor._reader)
    extractor._calibration, error = calibrate(extractor, judge)
    path = o.model / "model.json"
    settings = json.loads(path.read_text())
    settings["calibration"], settings["calibration_error"] = extractor._calibration, round(error, 4)
    settings["threshold"] = round(best_threshold(extractor, judge), 2)
    path.write_text(json.dumps(settings, indent=1) + "\n")
    print(json.dumps(settings, indent=1))


if __name__ == "__main__":
    main()
