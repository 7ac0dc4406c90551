"""Run exported weights over an annotated set and score them with the shared scorer.

`python -m training.evaluate src/onrecord/models/reader --set tune`
tune: the train articles set aside; dev and styles (our own articles in tests/styles): for checking.
"""

import argparse
import importlib.util
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from training.data import Document, polnear, split_tune
from training.styles import read as read_styles


def scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "score" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(shared: Path, name: str) -> list[Document]:
    if name == "styles":
        own = read_styles("tests/styles", turns=True)
        return [Document(a["id"], "styles", a["text"], [a["statements"]]) for a in own]
    if name == "dev":
        return polnear(shared / "polnear", "dev")
    train, tune = split_tune(polnear(shared / "polnear", "train"))
    return tune if name == "tune" else train[:80]


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("model", type=Path)
    arg.add_argument("--shared", type=Path, default=Path("../shared"))
    arg.add_argument("--set", default="tune", choices=["tune", "dev", "train", "styles"])
    arg.add_argument("--threshold", type=float)
    o = arg.parse_args()
    from onrecord.extract import ExtractOptions, Extractor
    from onrecord.inference import load
    from onrecord.types import Article

    options = ExtractOptions() if o.threshold is None else ExtractOptions(threshold=o.threshold)
    extractor = Extractor(load(o.model), options)
    docs = documents(o.shared, o.set)
    with tempfile.TemporaryDirectory() as t:
        gold, articles, out = (Path(t) / x for x in ("gold.jsonl", "articles.jsonl", "out.jsonl"))
        gold.write_text("".join(json.dumps({"id": d.id, "statements": d.readings[0]}) + "\n" for d in docs))
        articles.write_text("".join(json.dumps({"id": d.id, "text": d.text}) + "\n" for d in docs))
        started = time.process_time()
        rows = []
        for d in docs:
            found = extractor.quotations(Article(id=d.id, name=d.id, text=d.text))
            statements = [
                {r: [[s.start, s.end] for s in getattr(q, r)] for r in ("source", "cue", "content")} for q in found
            ]
            rows.append({"article": {"name": d.id}, "statements": statements})
        seconds = time.process_time() - started
        out.write_text("".join(json.dumps(r) + "\n" for r in rows))
        for key, value in scorer(o.shared).statements(gold, articles, out).items():
            print(f"{key:40}", value)
    words = sum(len(d.text.split()) for d in docs)
    print(f"{words} words, {words / seconds:.0f} words per CPU second", file=sys.stderr)


if __name__ == "__main__":
    main()
