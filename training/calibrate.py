"""Fit confidence and threshold: `python -m training.calibrate src/onrecord/models/reader`.

A logistic regression (Newton's method, L2 of 1.0) leads from the networks' own probabilities to "content at a Jaccard
index of 0.5 or more and source touched", on the train articles set aside. The threshold is where the mean of attributed
F1 and full tuple F1 is highest. Both are written into the model's settings, with the calibration error found by
five-fold cross-validation over articles.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.extract import Extractor
from onrecord.extract.confidence import features
from onrecord.extract.pieces import pieces
from onrecord.inference import load
from onrecord.text import paragraphs, quoted
from onrecord.types import Span
from training.data import polnear, split_tune
from training.evaluate import scorer

LOWEST = 0.1


def rows_of(extractor: Extractor, score: Any, shared: Path) -> list[tuple[int, float, dict[str, float], bool, bool]]:
    """(article, anchor score, features, right, exact) of every draft of the articles set aside."""
    out = []
    for k, d in enumerate(split_tune(polnear(shared / "polnear", "train"))[1]):
        paras = paragraphs(d.text)
        marks = quoted(d.text, paras)
        p = pieces(d.text, extractor._model.encode, paras, marks)
        drafts = [x for x in extractor._reader.drafts(p, LOWEST) if x.content]
        tk = score.words(d.text)

        def cover(spans: Any) -> Any:
            return score.cover(tk, [(s.start, s.end) if isinstance(s, Span) else tuple(s) for s in spans])  # noqa: B023

        found = [
            (cover(q.source), cover(q.cue), cover(q.content)) for q in extractor._quotations(d.text, p, drafts, marks)
        ]
        gold = [tuple(cover(s[r]) for r in ("source", "cue", "content")) for s in d.readings[0]]
        pairs = dict(score.best_match([f[2] for f in found], [g[2] for g in gold], 0.5))
        for i, (x, f) in enumerate(zip(drafts, found, strict=True)):
            g = gold[pairs[i]] if i in pairs else None
            right = g is not None and (bool(f[0] & g[0]) or not (f[0] or g[0]))
            out.append((k, x.score, features(x), right, f in gold))
    return out


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


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("model", type=Path)
    arg.add_argument("--shared", type=Path, default=Path("../shared"))
    o = arg.parse_args()
    extractor = Extractor(load(o.model))
    rows = rows_of(extractor, scorer(o.shared), o.shared)
    names = list(rows[0][2])
    x = np.array([[r[2][n] for n in names] for r in rows])
    y, exact, article = (np.array([r[i] for r in rows], dtype=float) for i in (3, 4, 0))
    folds = np.zeros(len(y))
    for f in range(5):
        held = article % 5 == f
        folds[held] = 1 / (1 + np.exp(-x[held] @ fit(x[~held], y[~held])))
    weights = fit(x, y)
    gold = sum(len(d.readings[0]) for d in split_tune(polnear(o.shared / "polnear", "train"))[1])
    best = (0.0, 0.0)
    for t in np.arange(LOWEST, 0.8, 0.02):
        kept = np.array([r[1] for r in rows]) > t
        f = [2 * hit[kept].sum() / (kept.sum() + gold) for hit in (y, exact)]
        best = max(best, (sum(f) / 2, float(t)))
        print(f"threshold {t:.2f}: attributed F1 {100 * f[0]:.1f}, full tuple {100 * f[1]:.1f}")
    kept = np.array([r[1] for r in rows]) > best[1]
    path = o.model / "model.json"
    settings = json.loads(path.read_text())
    settings["threshold"] = round(best[1], 2)
    settings["calibration"] = {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}
    settings["calibration_error"] = round(calibration_error(folds[kept], y[kept]), 4)
    path.write_text(json.dumps(settings, indent=1) + "\n")
    print(json.dumps(settings, indent=1))


if __name__ == "__main__":
    main()
