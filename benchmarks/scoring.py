"""Run `onrecord read --json` over the shared articles and score what it prints.

The scorer is ../shared/score/score.py, imported by its path: it reads the commands' JSON and nothing else of onrecord.
"""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pages

ROOT = Path(__file__).resolve().parents[1]
ONRECORD = Path(sys.executable).with_name("onrecord")

NESTED = {"s09": "s11", "s10": "s11"}  # seed: a report that an outlet quotes holds what a minister said

Figures = dict[str, float]

_PERCENT = {
    "attributed F1": "attributed (content>=0.5 and source)",
    "full tuple exact F1": "full tuple exact",
    "content>=0.5 F1": "content jaccard>=0.5",
}
_PIECES = {f"exact {role} pieces F1": f"exact {role} pieces" for role in ("source", "cue", "content")}


def floors_figures(shared: Path, folder: Path) -> dict[str, Figures]:
    """Give all figures that have floors, set by set; `folder` takes the outputs."""
    import changes  # which scores with what is here

    return {
        "polnear dev": polnear_dev(shared, folder),
        "speakers dev": speakers_dev(shared, folder),
        "styles": styles(shared, folder),
        "seed": seed(shared, folder),
        "pages": pages.figures(shared),
        **changes.figures(shared, folder),
    }


def polnear_dev(shared: Path, folder: Path) -> Figures:
    """Give the figures on the PolNeAR development articles, in per cent."""
    articles = shared / "polnear" / "dev.jsonl"
    return statements(shared, articles, read_json(articles, folder / "polnear-dev.jsonl"))


def speakers_dev(shared: Path, folder: Path) -> Figures:
    """Give who, when and what kind of word on the PolNeAR development articles, in per cent of what was found."""
    data = shared / "polnear"
    out = folder / "polnear-dev.jsonl"
    if not out.exists():
        read_json(data / "dev.jsonl", out)
    files = (data / "dev.speakers.jsonl", data / "dev.gold.jsonl", data / "dev.jsonl", out)
    scores = scorer(shared).speakers(*map(str, files))
    return {name: float(scores[key].split("%")[0]) for name, key in _SPEAKERS.items()}


_SPEAKERS = {
    "speaker": "speaker of matched",
    "speaker, named": "  of which named people",
    "speaker, pronoun": "  of which behind a pronoun",
    "type": "type",
    "mode": "mode",
    "act": "act",
}


def styles(shared: Path, folder: Path) -> Figures:
    """Give the figures on our own articles in other styles (tests/styles), which no model trains on."""
    own = _module(ROOT / "training" / "styles.py").read(ROOT / "tests" / "styles", turns=True)
    folder.mkdir(parents=True, exist_ok=True)
    articles = _lines(folder / "styles-in.jsonl", [{"id": a["id"], "text": a["text"]} for a in own])
    _lines(folder / "styles-in.gold.jsonl", [{"id": a["id"], "statements": a["statements"]} for a in own])
    return statements(shared, articles, read_json(articles, folder / "styles.jsonl"))


def seed(shared: Path, folder: Path) -> Figures:
    """Give how many of the seed article's statements, speakers, dates and amounts come out right, and the nesting."""
    gold = shared / "seed" / "gold.json"
    out = read_json(shared / "seed" / "article.txt", folder / "seed.jsonl")
    scores = scorer(shared).seed(str(gold), str(out))
    counts = {k: int(v.split(" of ")[0]) for k, v in scores.items() if isinstance(v, str) and " of " in v}
    return {**counts, "nested": _nested(json.loads(gold.read_text())["statements"], json.loads(out.read_text()))}


def statements(shared: Path, articles: Path, out: Path) -> Figures:
    """Score statements against the gold beside the articles; figures in per cent."""
    gold = articles.with_name(articles.name.replace(".jsonl", ".gold.jsonl"))
    scores = scorer(shared).statements(str(gold), str(articles), str(out))
    kinds = scores["recall>=0.5 by kind"]
    return {
        **{name: scores[key]["F1"] for name, key in (_PERCENT | _PIECES).items()},
        **{f"recall of {k}": float(kinds[k].split("%")[0]) for k in ("direct", "mixed", "indirect") if k in kinds},
    }


def read_json(articles: Path, out: Path) -> Path:
    """Keep what `onrecord read --json` prints for the articles; give the file it is kept in."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as file:
        subprocess.run([ONRECORD, "read", "--json", articles], stdout=file, check=True, cwd=ROOT)
    return out


def scorer(shared: Path) -> ModuleType:
    """Import the scorer from the shared data."""
    return _module(shared / "score" / "score.py")


def _lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _nested(gold: list[dict[str, Any]], reading: dict[str, Any]) -> int:
    """Count the statements that stand in another as `NESTED` says."""
    match = {g["id"]: _match(g["content"], reading["statements"]) for g in gold}
    pairs = [(match[child], match[parent]) for child, parent in NESTED.items()]
    return sum(bool(child and parent and child["parent"] == parent["id"]) for child, parent in pairs)


def _match(content: list[list[int]], found: list[dict[str, Any]]) -> dict[str, Any] | None:
    want = {i for start, end in content for i in range(start, end)}
    have = [({i for s in f["content"] for i in range(s["start"], s["end"])}, f) for f in found]
    likeness, best = max(((len(want & h) / len(want | h), n) for n, (h, _) in enumerate(have)), default=(0.0, 0))
    return have[best][1] if likeness >= 0.5 else None
