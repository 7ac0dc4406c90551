"""How sure: a logistic model over the networks' own probabilities, fitted on articles not trained on.

The weights stand in the model's settings (`calibration`, written by training/calibrate.py). What they give is the
probability that content and source are right (content at a Jaccard index of 0.5 or more, source touched).
"""

from collections.abc import Mapping
from math import exp, log

from onrecord.extract.windows import Draft


def features(d: Draft) -> dict[str, float]:
    """Give what the confidence is worked out from."""
    return {
        "bias": 1.0,
        "anchor": _logit(d.score),
        "content": _logit(d.certainty["content"]),
        "source": _logit(d.certainty["source"]),
        "cue": _logit(d.certainty["cue"]),
        "no source": float(not d.source),
        "pieces": float(len(d.content) > 1),
        "short": float(sum(b - a for a, b in d.content) < 4),
    }


def confidence(d: Draft, weights: Mapping[str, float]) -> float:
    """Give the calibrated probability that the draft is right; without weights, the anchor's own probability."""
    if not weights:
        return round(d.score, 3)
    z = sum(weights.get(k, 0.0) * v for k, v in features(d).items())
    return round(1 / (1 + exp(-max(-30.0, min(30.0, z)))), 3)


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return log(p / (1 - p))
