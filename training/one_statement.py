"""How far one statement of a pair gives its label away: it should not.

`python -m training.one_statement --families training/data/families`

Softmax regression over the words and word pairs of the later statement alone (of the earlier, of both), trained on the
pairs of all families but the held out ones. Guessing by the labels' shares gives the floor.
"""

import argparse
import random
import re
import zlib
from itertools import pairwise
from pathlib import Path

import torch
from torch.nn import functional as F

from training.judge import macro_f1
from training.positions import LABELS, Pair, balanced, families, held_out, own

BUCKETS = 1 << 16
EPOCHS = 6


def words(text: str, side: str) -> list[int]:
    found = re.findall(r"\w+", text.lower())
    return [zlib.crc32(f"{side} {w}".encode()) % BUCKETS for w in (*found, *map(" ".join, pairwise(found)))]


def bags(pairs: list[Pair], sides: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Word buckets of all pairs one behind the other, and where each begins."""
    rows = [
        [*(words(p.earlier, "a") if "a" in sides else []), *(words(p.later, "b") if "b" in sides else [])]
        for p in pairs
    ]
    starts = torch.tensor([0, *(len(r) for r in rows[:-1])]).cumsum(0)
    return torch.tensor([w for r in rows for w in r]), starts


def score(train: list[Pair], test: list[Pair], sides: str) -> dict[str, float]:
    torch.manual_seed(1)
    model = torch.nn.EmbeddingBag(BUCKETS, len(LABELS), mode="mean")
    torch.nn.init.zeros_(model.weight)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    rng = random.Random(1)
    for _ in range(EPOCHS):
        rng.shuffle(train)
        for i in range(0, len(train), 512):
            some = train[i : i + 512]
            truth = torch.tensor([LABELS.index(p.label or "") for p in some])
            loss = F.cross_entropy(model(*bags(some, sides)), truth)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        said = [LABELS[i] for i in model(*bags(test, sides)).argmax(1)]
    return macro_f1([p.label or "" for p in test], said, LABELS)


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("--families", type=Path, default=Path("training/data/families"))
    o = arg.parse_args()
    rng = random.Random(3)
    found = families(o.families.glob("*.jsonl"))
    train = balanced(own([f for f in found if not held_out(f["family"], 10)], rng), rng, 8)
    test = balanced(own([f for f in found if held_out(f["family"], 10)], rng), rng, 4)
    truth = [p.label or "" for p in test]
    guessed = rng.sample(truth, len(truth))
    for name, figures in (
        ("guessing", macro_f1(truth, guessed, LABELS)),
        *(
            (f"{told} statement", score(list(train), test, sides))
            for told, sides in (("later", "b"), ("earlier", "a"), ("each", "ab"))
        ),
    ):
        print(f"{name:18}", {k: round(v, 1) for k, v in figures.items()})


if __name__ == "__main__":
    main()
