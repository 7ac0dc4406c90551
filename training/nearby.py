"""Take the pairs that a record would have judged: real statements of one speaker that lie close together.

`python -m training.nearby --shared ../shared --out training/out/nearby.jsonl`

Among such pairs perhaps one in two hundred is a change of position, so that all can be taken for none: they show the judge
what real neighbours look like, which our own families, with as many changes as not, do not. They come from the PolNeAR
articles of the even half of the sorted ids and from White House lines of even number, put into a record of their own and
read with the weights that ship; on the odd ones is measured.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from onrecord import inference, ingest
from onrecord.compare import candidates as near
from onrecord.compare.candidates import Place
from onrecord.compare.cross import SentenceEncoder
from onrecord.compare.passages import passages
from onrecord.record import Record
from onrecord.settings import load
from training.positions import WHITE_HOUSE, rows

MANY = 10**9


def articles(shared: Path) -> Iterator[dict[str, Any]]:
    """Give articles that may be trained on, as lines of a file that onrecord reads."""
    yield from sorted(rows(shared / "polnear" / "train.jsonl"), key=lambda r: str(r["id"]))[::2]
    docs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for n, turn in enumerate(rows(shared / "data" / "whitehouse" / WHITE_HOUSE["wh_turns"])):
        if n % 2 == 0:
            docs[turn["doc"]].append(turn)
    for doc, turns in docs.items():
        text = "\n\n".join(f"{t['speaker']}: {t['text']}" for t in turns)
        yield {"id": doc, "published": turns[0]["date"], "title": turns[0]["title"], "text": text}


def pairs(record: Record, encoder: SentenceEncoder) -> Iterator[dict[str, Any]]:
    """Give the pairs of each speaker's passages: what a judge reads of both, the words said, their cosine."""
    store, nothing = record.store, np.zeros((0, encoder.width), dtype=np.float32)
    store.settle()
    for speaker, _ in store.waiting_speakers():
        due, _ = store.due(speaker, MANY)
        whole = store.whole(sorted({d.article for d in due}))
        read = {key: (article.text, passages(article, inside)) for key, (article, inside) in whole.items()}
        said = [
            (Place(d.id, i, d.article, d.id, d.day), p.reading(text), p.content(text))
            for d in due
            for text, found in (read[d.article],)
            for i, p in enumerate(found.get(d.id, ()))
        ]
        words = {(place.statement, place.passage): (reading, content) for place, reading, content in said}
        vectors = encoder.vectors([content for _, _, content in said])
        for a, b, cosine in near.candidates(([place for place, _, _ in said], vectors), ([], nothing)) if said else ():
            texts, contents = zip(words[a.statement, a.passage], words[b.statement, b.passage], strict=True)
            yield {"texts": texts, "contents": contents, "cosine": round(cosine, 3)}


def main() -> None:
    arg = argparse.ArgumentParser(description=__doc__)
    arg.add_argument("--shared", type=Path, default=Path("../shared"))
    arg.add_argument("--model", type=Path, default=Path("src/onrecord/models/judge"))
    arg.add_argument("--out", type=Path, required=True)
    o = arg.parse_args()
    with tempfile.TemporaryDirectory() as folder, o.out.open("w", encoding="utf-8") as out:
        lines = Path(folder) / "articles.jsonl"
        lines.write_text("".join(json.dumps(row) + "\n" for row in articles(o.shared)), encoding="utf-8")
        record = Record(Path(folder) / "record.db", load({}), create=True)
        read = sum(1 for _ in record.add(ingest.articles([str(lines)])))
        print(f"{read} articles read", flush=True)
        for row in pairs(record, SentenceEncoder(inference.load(o.model))):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
