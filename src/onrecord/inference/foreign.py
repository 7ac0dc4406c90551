"""A folder with somebody else's cross-encoder, as optimum exports it -> a callable over pairs of texts.

config.json      what its labels are called (id2label)
tokenizer.json   how it cuts and joins two texts
model.onnx       the network; also in onnx/, or quantized
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.errors import ModelError
from onrecord.inference.bundle import Network
from onrecord.senses import Floats, Ints, shares

NETWORKS = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")  # the first found
MOST_PIECES = 512  # of two texts together
AT_ONCE = 16  # pairs in a batch
EXPORT = "optimum-cli export onnx --task text-classification --model NAME FOLDER"  # makes such a folder
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@dataclass(frozen=True)
class Foreign:
    """A network that reads two texts together and tells how likely each of its labels is."""

    name: str  # of the folder, with the digest of its files
    labels: tuple[str, ...]  # as its maker calls them
    tokenizer: Any  # tokenizers.Tokenizer, which joins two texts and cuts what is too long
    network: Network
    padding: int  # the piece that fills up a shorter pair

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Give the probabilities of the labels, (pairs, labels)."""
        encoded = self.tokenizer.encode_batch(list(pairs))
        found = np.zeros((len(pairs), len(self.labels)), dtype=np.float32)
        order = sorted(range(len(pairs)), key=lambda i: len(encoded[i]))
        for some in _batches(order):
            logits = np.asarray(self.network(**self._arrays([encoded[i] for i in some]))[self._output], np.float32)
            if logits.shape != (len(some), len(self.labels)):
                told = f"gives an array of {logits.shape} for {len(some)} pairs and {len(self.labels)} labels"
                raise ModelError(f"{self.name} {told}. Export it with `{EXPORT}`.")
            found[some] = shares(logits)
        return found

    def _arrays(self, batch: Sequence[Any]) -> dict[str, Ints]:
        shape = len(batch), max(len(encoding) for encoding in batch)
        arrays = {
            "input_ids": np.full(shape, self.padding, dtype=np.int64),
            "attention_mask": np.zeros(shape, dtype=np.int64),
            "token_type_ids": np.zeros(shape, dtype=np.int64),
        }
        for row, encoding in enumerate(batch):
            arrays["input_ids"][row, : len(encoding)] = encoding.ids
            arrays["attention_mask"][row, : len(encoding)] = 1
            arrays["token_type_ids"][row, : len(encoding)] = encoding.type_ids
        return {name: arrays[name] for name in self.network.inputs}

    @cached_property
    def _output(self) -> int:
        """Give the place of the labels among what the network gives; some give its inner states too."""
        return self.network.outputs.index("logits") if "logits" in self.network.outputs else 0


def foreign(folder: Path, threads: int = 1) -> Foreign:
    """Open a folder with a cross-encoder; raises ModelError where a part is missing, or is none of one."""
    config = _json(folder / "config.json")
    path = next((folder / name for name in NETWORKS if (folder / name).is_file()), None)
    if path is None:
        raise ModelError(f"{folder} holds no {NETWORKS[0]}. Make it with `{EXPORT}`.")
    labels = _labels(config, folder)
    tokenizer = _tokenizer(folder, config)
    network = Network(path, threads)
    unknown = sorted(set(network.inputs) - set(INPUTS))
    if unknown:
        raise ModelError(f"{path} wants {', '.join(unknown)}, which is unknown here. Export it with `{EXPORT}`.")
    padding = config.get("pad_token_id")
    name = f"{folder.resolve().name} {_digest(folder, path)}"
    return Foreign(name, labels, tokenizer, network, padding if isinstance(padding, int) else 0)


def _batches(order: Sequence[int]) -> Iterator[Sequence[int]]:
    return (order[start : start + AT_ONCE] for start in range(0, len(order), AT_ONCE))


def _labels(config: dict[str, Any], folder: Path) -> tuple[str, ...]:
    named = config.get("id2label")
    if not isinstance(named, dict) or not named or sorted(map(str, named)) != sorted(str(i) for i in range(len(named))):
        told = 'Write its labels there in their order, as {"0": "contradiction", "1": "entailment", "2": "neutral"}'
        raise ModelError(f"{folder}/config.json has no id2label. {told}.")
    return tuple(str(named[str(i)]) for i in range(len(named)))


def _tokenizer(folder: Path, config: dict[str, Any]) -> Any:  # noqa: ANN401 # tokenizers is imported late
    from tokenizers import Tokenizer

    path = folder / "tokenizer.json"
    if not path.is_file():
        told = "Save it there with `AutoTokenizer.from_pretrained(NAME, use_fast=True).save_pretrained(FOLDER)`"
        raise ModelError(f"{path} is missing. {told}.")
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(f"{path} can't be loaded ({error}). Export the model anew with `{EXPORT}`.") from error
    limits = [
        config.get("max_position_embeddings"),
        _json(folder / "tokenizer_config.json", {}).get("model_max_length"),
    ]
    tokenizer.enable_truncation(min([MOST_PIECES, *(n for n in limits if isinstance(n, int) and n > 0)]))
    tokenizer.no_padding()
    return tokenizer


def _json(path: Path, default: dict[str, Any] | None = None) -> dict[str, Any]:
    if default is not None and not path.is_file():
        return default
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        told = f"Name a folder made by `{EXPORT}`"
        raise ModelError(f"{path} can't be read ({error}). {told}.") from error
    return found if isinstance(found, dict) else {}


def _digest(folder: Path, network: Path) -> str:
    """Give the first 16 hexadecimal digits of the SHA-256 over all files that decide what the model says."""
    h = hashlib.sha256()
    weights = sorted(path for path in network.parent.glob(f"{network.name}*") if path.is_file())  # with its data
    for path in (*weights, folder / "config.json", folder / "tokenizer.json"):
        h.update(path.name.encode() + b"\0")
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                h.update(block)
    return h.hexdigest()[:16]
