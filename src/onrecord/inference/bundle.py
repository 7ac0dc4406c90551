"""Load a folder of weights: networks, tokenizer and settings, with the digest that says which they are."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.errors import ModelError

FORMAT = 1  # version of the folder's layout; see training/export.py


class Network:
    """One ONNX graph on the CPU: named arrays in, the graph's outputs out, in their order."""

    def __init__(self, path: Path, threads: int) -> None:
        import onnxruntime  # type: ignore[import-untyped,unused-ignore] # ships no types

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC  # fused when exported
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as e:  # onnxruntime raises its own untyped errors
            raise ModelError(f"{path} can't be loaded ({e}): install onrecord again, or name another model") from e

    @property
    def inputs(self) -> tuple[str, ...]:
        """Give the names of the arrays that the graph wants."""
        return tuple(entry.name for entry in self._session.get_inputs())

    @property
    def outputs(self) -> tuple[str, ...]:
        """Give the names of the arrays that it gives."""
        return tuple(entry.name for entry in self._session.get_outputs())

    def __call__(self, **arrays: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
        """Run the graph once."""
        outputs: list[npt.NDArray[Any]] = self._session.run(None, arrays)
        return outputs


@dataclass(frozen=True)
class Bundle:
    """A folder of weights; its networks and its tokenizer are loaded when first asked for."""

    folder: Path
    settings: dict[str, Any]
    threads: int = 1

    def network(self, name: str) -> Network:
        """Load the graph `name`.onnx of this folder."""
        path = self.folder / f"{name}.onnx"
        if not path.is_file():
            raise ModelError(f"{path} is missing: install onrecord again, or name another model")
        return Network(path, self.threads)

    @cached_property
    def digest(self) -> str:
        """Give the first 16 hexadecimal digits of the SHA-256 over all files that decide what the model says."""
        h = hashlib.sha256()
        for path in sorted(p for p in self.folder.iterdir() if p.suffix in {".onnx", ".json"}):
            h.update(path.name.encode() + b"\0" + path.read_bytes())
        return h.hexdigest()[:16]

    def encode(self, text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Give (ids, starts, ends) of the word pieces of a text, each of shape (pieces,), without special pieces."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        return np.array(encoding.ids, dtype=np.int64), offsets[:, 0], offsets[:, 1]

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401 # tokenizers is imported late
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        except Exception as e:  # tokenizers raises bare Exception
            raise ModelError(f"{self.folder}/tokenizer.json can't be loaded ({e}): install onrecord again") from e
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def shipped(name: str) -> Path:
    """Give the folder of a model that ships with onrecord."""
    return Path(__file__).resolve().parent.parent / "models" / name


def load(folder: Path, threads: int = 1) -> Bundle:
    """Open a folder of weights; nothing heavy is loaded yet."""
    path = folder / "model.json"
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as e:
        raise ModelError(f"{path} can't be read ({e}): name a folder made by training/export.py") from e
    if settings.get("format") != FORMAT:
        found = settings.get("format")
        raise ModelError(f"{path} is of format {found}, this onrecord reads {FORMAT}: export the model again")
    return Bundle(folder, settings, threads)
