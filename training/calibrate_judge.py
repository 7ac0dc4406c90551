"""Fit what the judge's probabilities mean, on pairs that it was not trained on, and write it into its model.json.

`python -m training.calibrate_judge src/onrecord/models/judge --shared ../shared`

The probability of a clash is that of two statements which somebody puts side by side: a logistic regression on held out
families, sets and real pairs. Errors are cross-validated.
"""

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from onrecord import inference
from onrecord.compare.cross import CrossEncoder
from onrecord.compare.judge import CLASHING
from onrecord.types import LABELS, Position
from training.positions import Pair, balanced, families, held_out, own, read, written

HOLD = 10  # as judge.py holds out
FOLDS = 10


def logistic(x: np.ndarray, y: np.ndarray, pull: float = 0.3) -> np.ndarray:
    """x (pairs, features), y (pairs,) of 0 and 1 -> weights; the first feature, which is 1, is not pulled."""
    w, keep = np.zeros(x.shape[1]), pull * np.eye(x.shape[1])
    keep[0, 0] = 1e-6
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + keep, x.T @ (p - y) + keep @ w)
        w = w - step
        if np.abs(step).max() < 1e-9:
            break
    return w


def crossed(x: np.ndarray, y: np.ndarray, groups: Sequence[str]) -> np.ndarray:
    """Probabilities of pairs by weights fitted on those of other groups."""
    names = sorted(set(groups))
    random.Random(1).shuffle(names)
    fold = {name: i % FOLDS for i, name in enumerate(names)}
    of = np.array([fold[g] for g in groups])
    out = np.zeros(len(y))
    for k in range(FOLDS):
        if (of == k).any():
            w = logistic(x[of != k], y[of != k])
            out[of == k] = 1 / (1 + np.exp(-x[of == k] @ w))
    return out


def error(p: np.ndarray, y: np.ndarray) -> float:
    """Expected calibration error over ten bins."""
    bins = np.minimum((p * 10).astype(int), 9)
    return float(sum(abs(p[bins == b].sum() - y[bins == b].sum()) for b in range(10)) / len(y))


def average_precision(p: np.ndarray, y: np.ndarray) -> float:
    hits = y[np.argsort(-p, kind="stable")]
    return float((hits.cumsum() / np.arange(1, len(hits) + 1))[hits > 0].mean()) if hits.any() else 0.0


def logit(p: np.ndarray) -> np.ndarray:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def raw(judge: CrossEncoder, pairs: Sequence[Pair]) -> np.ndarray:
    """(pairs, 2): one, and the log-odds of the clashing labels."""
    seen = judge.seen([(Position(p.earlier), Position(p.later)) for p in pairs])
    clashing = np.array([sum(s.labels[LABELS.index(k)] for k in CLASHING) for s in seen])
    return np.stack([np.ones(len(pairs)), logit(clashing)], axis=1)


def told(name: str, p: np.ndarray, y: np.ndarray) -> None:
    best = y[np.argsort(-p, kind="stable")]
    top = ", ".join(f"{n}: {100 * best[:n].mean():.0f}%" for n in (10, 30, 100) if n <= len(best))
    print(
        f"{name}: {len(y)} pairs, {int(y.sum())} yes; error {error(p, y):.3f}, "
        f"AP {100 * average_precision(p, y):.1f}, top {top}"
    )


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("model", type=Path)
    arg.add_argument("--shared", type=Path, default=Path("../shared"))
    arg.add_argument("--data", type=Path, default=Path("training/data"))
    o = arg.parse_args()
    path = o.model / "model.json"
    settings = json.loads(path.read_text())
    settings["clash"] = {}
    path.write_text(json.dumps(settings, indent=1) + "\n")
    bundle = inference.load(o.model)
    judge = CrossEncoder(bundle)
    rng = random.Random(7)
    held = [f for f in families((o.data / "families").glob("*.jsonl")) if held_out(f["family"], HOLD)]
    pairs = balanced(own(held, rng), rng, 4)
    every = written((o.data / "pairs_written").glob("*.jsonl")) + read(o.shared, o.data / "pairs_read.jsonl")
    pairs += [p for p in every if held_out(p.source, HOLD)]
    x, y = raw(judge, pairs), np.array([float(p.label in CLASHING) for p in pairs])
    told("clash", crossed(x, y, [p.source for p in pairs]), y)
    w = logistic(x, y)
    settings["clash"] = {"bias": round(w[0], 4), "labels": round(w[1], 4)}
    path.write_text(json.dumps(settings, indent=1) + "\n")
    print(settings["clash"])


if __name__ == "__main__":
    main()
