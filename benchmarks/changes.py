"""How well changes of position are seen: pairs of statements, the seed article, our own examples.

`python benchmarks/changes.py` prints the figures; benchmarks/floors.json keeps them.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from scoring import ONRECORD, ROOT, Figures, scorer

_PAIRS = {
    "macro F1": "macro F1",
    "F1 of reversal": "F1 reversal",
    "average precision of clash": "average precision of clash",
}


def figures(shared: Path, folder: Path) -> dict[str, Figures]:
    """Give all figures; `folder` takes the outputs."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "pairs dev": pairs(shared, folder, "dev"),
        "political pairs dev": pairs(shared, folder, "political_dev"),
        "seed, reversals": seed(shared, folder),
        "examples, reversals": examples(shared, folder),
    }


def pairs(shared: Path, folder: Path, name: str) -> Figures:
    """Give the figures of `compare` on a file of pairs, in per cent."""
    gold, out = shared / "pairs" / f"{name}.jsonl", folder / f"pairs-{name}.jsonl"
    with out.open("wb") as file:
        subprocess.run([ONRECORD, "compare", "--json", gold], stdout=file, check=True, cwd=ROOT)
    scores = scorer(shared).pairs(str(gold), str(out))
    found = {key: float(scores[score]) for key, score in _PAIRS.items() if score in scores}
    touched = scores.get("evidence touches the clash")
    return found | ({"evidence": float(touched.split("%")[0])} if touched else {})


def seed(shared: Path, folder: Path) -> Figures:
    """Give whether the seed alone gives its one reversal: the sides found, and how many others are listed."""
    gold = json.loads((shared / "seed" / "gold.json").read_text(encoding="utf-8"))
    listed = _reversals([str(shared / "seed" / "article.txt")], folder / "seed.db", folder / "seed-reversals.jsonl")
    wanted = gold["reversals"][0]
    right = [r for r in listed if _is(r, wanted, gold)]
    return {"found": float(len(right)), "others": -float(len(listed) - len(right))}


def _is(found: dict[str, Any], wanted: dict[str, Any], gold: dict[str, Any]) -> bool:
    same = found["label"] == "reversal" and found["speaker"]["name"] == wanted["speaker"]
    texts = {s["id"]: " ".join(s["text"]["content"]) for s in gold["statements"]}
    sides = ("earlier", "later")
    return (
        same
        and found["days"] == wanted["days_between"]
        and all(_side(found[side], [texts[key] for key in wanted[side]]) for side in sides)
    )


def _side(found: dict[str, Any], texts: list[str]) -> bool:
    """Tell whether a side's words are those of one of the statements, and it names as many statements."""
    bag = set(found["text"].lower().split())
    near = any(len(bag & set(text.lower().split())) >= 0.5 * len(bag) for text in texts)
    return near and len(found["also"]) + 1 >= len(texts)


def examples(shared: Path, folder: Path) -> Figures:
    """Give how many planted reversals stand above all else, and how many decoys are called one."""
    planted = ROOT / "examples" / "planted.json"
    inputs = sorted(p.name for p in (ROOT / "examples").iterdir() if p.suffix in (".txt", ".html", ".jsonl"))
    out = folder / "examples-reversals.jsonl"
    _reversals(inputs, folder / "examples.db", out)
    scores = scorer(shared).reversals(str(planted), str(out))
    return {
        "above all else": float(scores["found in top n"].split(" of ")[0]),
        "found": float(scores["found at all"].split(" of ")[0]),
        "decoys": -float(scores["decoys called reversal"]),
    }


def _reversals(inputs: list[str], record: Path, out: Path) -> list[dict[str, Any]]:
    record.unlink(missing_ok=True)
    subprocess.run([ONRECORD, "add", "-q", "--record", record, *inputs], check=True, cwd=ROOT / "examples")
    with out.open("wb") as file:
        subprocess.run([ONRECORD, "reversals", "--json", "--record", record], stdout=file, check=True, cwd=ROOT)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name, found in figures(ROOT.parent / "shared", Path(folder)).items():
            sys.stdout.write(f"{name:24} {found}\n")
