"""The body text of saved article pages against what people took for it: ours beside trafilatura's, in one run.

    python benchmarks/pages.py --shared ../shared            both sets
    python benchmarks/pages.py --shared ../shared --worst    and the pages where ours is furthest behind

Two sets, each with the measure that is usual for it:

    fundus      139 files of news outlets; words that both have, in any order, page by page
    benchmark   181 pages of article-extraction-benchmark; runs of four words, as its own evaluate.py counts them

Precision and recall are means over the pages, F1 is made of the two means. The rules of `onrecord.ingest` for what is
no part of an article were made on the first set; the second was only measured.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.ingest import html
from onrecord.ingest.decode import decode

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 20_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """One saved page and the body that it should give."""

    name: str
    data: bytes
    body: str


@dataclass(frozen=True, slots=True)
class Score:
    """What one reader made of one page."""

    precision: float
    recall: float


def main() -> int:
    """Print the figures of both sets; give 1 where ours are below trafilatura's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=lambda p: Path(p).resolve(), default=ROOT.parent / "shared")
    parser.add_argument("--worst", action="store_true", help="list the pages where ours is furthest behind")
    options = parser.parse_args()
    behind = False
    for name, (pages, words) in SETS.items():
        scores = {reader: [] for reader in READERS}
        for page in pages(options.shared / "data" / "web"):
            for reader, body in READERS.items():
                scores[reader].append((page.name, score(page.body, body(page.data), words)))
        for reader, found in scores.items():
            print(f"{name:10} {len(found):4} pages  {reader:12}", *(f"{k} {v:5.1f}" for k, v in means(found).items()))
        behind |= means(scores["onrecord"])["F1"] < means(scores["trafilatura"])["F1"]
        if options.worst:
            print(*worst(scores["onrecord"], scores["trafilatura"]), sep="\n")
    return 1 if behind else 0


def figures(shared: Path) -> dict[str, float]:
    """Give our F1 on each set, in per cent."""
    return {
        f"{name} F1": means([("", score(p.body, ours(p.data), words)) for p in pages(shared / "data" / "web")])["F1"]
        for name, (pages, words) in SETS.items()
    }


# --- pages ----------------------------------------------------------------------------------------


def fundus(web: Path) -> Iterator[Page]:
    """Give the pages of fundus; the expectations of an outlet are by version, and so are its pages."""
    for path in sorted((web / "fundus").glob("*/*.json")):
        files = sorted(path.parent.glob(f"{path.stem}_[0-9]*.html.gz"))
        expected = [item["body"] for _, item in sorted(json.loads(path.read_text()).items()) if item.get("body")]
        if len(files) == len(expected):
            for file, body in zip(files, expected, strict=True):
                yield Page(file.name.removesuffix(".html.gz"), gzip.decompress(file.read_bytes()), fundus_text(body))


def fundus_text(body: dict[str, Any]) -> str:
    """Give the words of fundus's summary, headings and paragraphs."""
    parts = [*body["summary"], *(p for s in body["sections"] for p in (*s["headline"], *s["paragraphs"]))]
    return "\n".join(parts)


def benchmark(web: Path) -> Iterator[Page]:
    """Give the pages of article-extraction-benchmark."""
    folder = web / "article_extraction_benchmark"
    for name, item in sorted(json.loads((folder / "ground-truth.json").read_text()).items()):
        yield Page(name, gzip.decompress((folder / f"{name}.html.gz").read_bytes()), item["articleBody"])


# --- readers --------------------------------------------------------------------------------------


def ours(data: bytes) -> str:
    """Give the body that onrecord reads; nothing where it finds none."""
    try:
        return html.read(decode(data, markup=True), LIMIT)[0]
    except InputError:
        return ""


def trafilatura_alone(data: bytes) -> str:
    """Give the body that trafilatura gives as it is shipped, without comments and tables."""
    import trafilatura

    return trafilatura.extract(data, include_comments=False, include_tables=False) or ""


# --- scores ---------------------------------------------------------------------------------------


def score(expected: str, found: str, run: int) -> Score:
    """Compare two texts by their runs of so many words."""
    want, have = runs(expected, run), runs(found, run)
    both = (want & have).total()
    return Score(both / (have.total() or 1), both / (want.total() or 1))


def runs(text: str, size: int) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))


def means(scores: list[tuple[str, Score]]) -> dict[str, float]:
    """Give precision, recall and F1 in per cent."""
    precision = sum(s.precision for _, s in scores) / len(scores)
    recall = sum(s.recall for _, s in scores) / len(scores)
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": round(100 * precision, 1), "recall": round(100 * recall, 1), "F1": round(100 * f1, 1)}


def worst(ours: list[tuple[str, Score]], theirs: list[tuple[str, Score]]) -> list[str]:
    """Give a line for each page where ours has the lower sum, the furthest behind first."""
    pairs = [
        (a.precision + a.recall - b.precision - b.recall, n, a, b) for (n, a), (_, b) in zip(ours, theirs, strict=True)
    ]
    return [
        f"  {d:+.3f} {n:40.40} ours {a.precision:.3f} {a.recall:.3f} trafilatura {b.precision:.3f} {b.recall:.3f}"
        for d, n, a, b in sorted(pairs, key=lambda pair: pair[:2])
        if d < 0
    ]


READERS: dict[str, Callable[[bytes], str]] = {"onrecord": ours, "trafilatura": trafilatura_alone}
SETS: dict[str, tuple[Callable[[Path], Iterator[Page]], int]] = {"fundus": (fundus, 1), "benchmark": (benchmark, 4)}

if __name__ == "__main__":
    sys.exit(main())
