"""A folder with a tiny cross-encoder, made without any library of ONNX: its few bytes of protobuf are written here.

The network: logits = the sum over all pieces of a row of its table, a piece of the second text counted twice.
"""

import json

import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers, processors

VOCABULARY = {"[UNK]": 0, "[PAD]": 1, "[CLS]": 2, "[SEP]": 3, "open": 4, "shut": 5, "bridge": 6}
TABLE = np.zeros((len(VOCABULARY), 3), dtype=np.float32)
TABLE[1] = 50, -50, 50  # padding: what must never count
TABLE[4], TABLE[5], TABLE[6] = (1, 0, 0), (0, 2, 0), (0, 0, 0.5)

FLOAT, INT64 = 1, 7  # element types of ONNX


def varint(n):
    out = b""
    while n > 127:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])


def field(number, value):
    """A field of protobuf: a number, or bytes (words, a message)."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def node(kind, inputs, output, *attributes):
    given = b"".join(field(1, name) for name in inputs)
    return field(1, given + field(2, output) + field(4, kind) + b"".join(field(5, a) for a in attributes))


def number(name, value):
    return field(1, name) + field(3, value) + field(20, 2)


def constant(name, array):
    kind = FLOAT if array.dtype == np.float32 else INT64
    dims = b"".join(field(1, size) for size in array.shape)
    return field(5, dims + field(2, kind) + field(8, name) + field(9, array.tobytes()))


def named(place, name, kind, *dims):
    shape = b"".join(field(1, field(2, dim) if isinstance(dim, str) else field(1, dim)) for dim in dims)
    return field(place, field(1, name) + field(2, field(1, field(1, kind) + field(2, shape))))


def network(inputs=("input_ids", "attention_mask", "token_type_ids"), output="logits"):
    """The bytes of the model; without token_type_ids all pieces count once."""
    weight = "token_type_ids" in inputs
    graph = (
        node("Gather", ("table", inputs[0]), "rows")
        + (node("Add", inputs[1:3], "counts") if weight else node("Identity", inputs[1:2], "counts"))
        + node("Cast", ("counts",), "weights", number("to", FLOAT))
        + node("Unsqueeze", ("weights", "last"), "columns")
        + node("Mul", ("rows", "columns"), "weighed")
        + node("ReduceSum", ("weighed", "second"), output, number("keepdims", 0))
        + node("ReduceSum", ("weighed", "second"), "inner", number("keepdims", 1))
        + field(2, "tiny")
        + constant("table", TABLE)
        + constant("last", np.array([2]))
        + constant("second", np.array([1]))
        + b"".join(named(11, name, INT64, "batch", "pieces") for name in inputs)
        + named(12, "inner", FLOAT, "batch", 1, 3)
        + named(12, output, FLOAT, "batch", 3)
    )
    return field(1, 8) + field(7, graph) + field(8, field(1, "") + field(2, 13))


def tokenizer():
    made = Tokenizer(models.WordLevel(VOCABULARY, unk_token="[UNK]"))  # noqa: S106 # no password
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    return made


def write(folder, where="model.onnx", **config):
    """Write the folder as an exporter would."""
    (folder / where).parent.mkdir(exist_ok=True)
    (folder / where).write_bytes(network())
    tokenizer().save(str(folder / "tokenizer.json"))
    labels = {"0": "contradiction", "1": "entailment", "2": "neutral"}
    (folder / "config.json").write_text(json.dumps({"id2label": labels, "pad_token_id": 1, **config}))
    return folder
