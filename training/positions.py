"""Pairs of statements with what the second changes in the first, from our own families and from the shared sets.

A family is one speaker on one issue, each statement with a code of the position that it takes (see data/families.md);
the codes of two give their label. The sets of natural language inference and of stance have three labels alone.
"""

import gzip
import json
import random
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from training.negation import negated, shortened

LABELS = ("reversal", "softened", "hardened", "conditional_change", "number_changed", "consistent", "unrelated")
COARSE = ("inconsistent", "consistent", "unrelated")
SWAPPED = {"softened": "hardened", "hardened": "softened"}
NLI = {"contradiction": "inconsistent", "entailment": "consistent", "neutral": "unrelated"}


@dataclass(frozen=True)
class Pair:
    earlier: str
    later: str
    label: str | None  # of LABELS; None where only the coarse one is known
    coarse: str  # of COARSE
    marks: tuple[str, str] = ("", "")  # the words of each that carry the position
    source: str = ""  # a family, or a set

    def swapped(self) -> "Pair":
        label = SWAPPED.get(self.label or "", self.label)
        return replace(self, earlier=self.later, later=self.earlier, label=label, marks=self.marks[::-1])


def coarse_of(label: str) -> str:
    return label if label in COARSE else "inconsistent"


def label_of(a: dict[str, Any], b: dict[str, Any]) -> str | None:
    """Give what the later statement b changes in a; None where the codes don't tell."""
    if a["aspect"] != b["aspect"]:
        return "unrelated"
    if a["aspect"] != "main":
        return None
    if a["sign"] != b["sign"]:
        return "reversal"
    if a["condition"] != b["condition"]:
        return "conditional_change"
    if a["number"] and b["number"] and a["number"] != b["number"]:
        return "number_changed"
    if a["strength"] != b["strength"]:
        return "softened" if b["strength"] < a["strength"] else "hardened"
    return "consistent"


def families(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted(paths) for line in path.read_text("utf-8").splitlines() if line]


def pairs_of(family: dict[str, Any]) -> Iterator[Pair]:
    """Give all pairs of a family, each in one order."""
    for a, b in combinations(family["statements"], 2):
        label = label_of(a, b)
        if label is None or (
            a["sign"] == b["sign"] == -1 and (a["strength"], a["condition"]) != (b["strength"], b["condition"])
        ):
            continue  # codes of strength are told against the base
        marks = (a["mark"], b["mark"]) if coarse_of(label) == "inconsistent" else ("", "")
        yield Pair(a["text"], b["text"], label, coarse_of(label), marks, family["family"])


def _how(statement: dict[str, Any]) -> tuple[int, str | None]:
    return statement["strength"], statement["condition"]


def own(found: list[dict[str, Any]], rng: random.Random, others: float = 0.5) -> list[Pair]:
    """Give the pairs of all families, in either order, and pairs across families of a domain (unrelated)."""
    made = [p for f in found for p in pairs_of(f)]
    by_domain = defaultdict(list)
    for f in found:
        by_domain[f["domain"]].append(f)
    for f in found:
        for _ in range(int(others * 4)):
            g = rng.choice(by_domain[f["domain"]] if len(by_domain[f["domain"]]) > 1 else found)
            if g is not f:
                a, b = rng.choice(f["statements"]), rng.choice(g["statements"])
                made.append(Pair(a["text"], b["text"], "unrelated", "unrelated", source=f["family"]))
    return [p.swapped() if rng.random() < 0.5 else p for p in made]


def turned(found: list[dict[str, Any]], rng: random.Random) -> list[Pair]:
    """Give the pairs of each family with one of its statements that is said the other way round.

    And both ways with themselves, nearly word for word: else whatever is so alike would be taken for a reversal.
    """
    made = []
    for f in found:
        other = [(s, n) for s in f["statements"] if (n := negated(s))]
        said, other_way = rng.choice(other) if other else (None, {})
        for s in f["statements"] if other else ():
            label = label_of(s, other_way)
            if label in ("reversal", "consistent", "unrelated") and (s is said or s["strength"] == 2):
                marks = (s["mark"], other_way["mark"]) if label == "reversal" else ("", "")
                made.append(Pair(s["text"], other_way["text"], label, coarse_of(label), marks, f["family"]))
        both = (said["text"], other_way["text"]) if said else ()
        made += [Pair(t, shortened(t, rng), "consistent", "consistent", source=f["family"]) for t in both]
    return [p.swapped() if rng.random() < 0.5 else p for p in made]


def balanced(pairs: list[Pair], rng: random.Random, most: int) -> list[Pair]:
    """Give at most so many pairs of each label and family."""
    kept: dict[tuple[str, str | None], list[Pair]] = defaultdict(list)
    for p in rng.sample(pairs, len(pairs)):
        if len(kept[p.source, p.label]) < most:
            kept[p.source, p.label].append(p)
    return [p for some in kept.values() for p in some]


# --- real statements, read ------------------------------------------------------------------------

WHITE_HOUSE = {"wh_turns": "wh_turns_2021_2025.jsonl.gz", "wh_docs": "wh_docs_2025_2026.jsonl.gz"}


def read(shared: Path, path: Path, *, unsure: bool = False, without: str = "") -> list[Pair]:
    """Give the pairs of real statements that were labelled by reading (see data/pairs_read.md): words from the sets.

    Those of one source can be left out, to measure on it.
    """
    texts: dict[tuple[str, Any], str] = {}
    for source, name in WHITE_HOUSE.items():
        texts |= {(source, n): r["text"] for n, r in enumerate(rows(shared / "data" / "whitehouse" / name))}
    texts |= {("polnear", r["id"]): r["text"] for r in rows(shared / "polnear" / "train.jsonl")}
    made = []
    for r in rows(path):
        if (r["sure"] or unsure) and r["source"] != without:
            (a, x), (b, y) = (
                _words(texts[r["source"], r[s]["doc"]], r[s], r["marks"][s]) for s in ("earlier", "later")
            )
            made.append(Pair(a, b, r["label"], coarse_of(r["label"]), (x, y), f"read:{r['id']}"))
    return made


def written(paths: Iterable[Path]) -> list[Pair]:
    """Give the pairs of our own sets in the voices of transcripts and campaign reports (see data/pairs_written.md)."""
    made = []
    for row in (r for path in sorted(paths) for r in rows(path)):
        texts = {s["key"]: s["text"] for s in row["statements"]}
        for a, b, label, x, y in row["pairs"]:
            made.append(Pair(texts[a], texts[b], label, coarse_of(label), (x, y), f"written:{row['set']}"))
    return made


def held_out(source: str, every: int) -> bool:
    """Tell whether the pairs of a source are kept for measuring: one in so many, the same in every run."""
    return every > 0 and zlib.crc32(source.encode()) % every == 0


def _words(text: str, at: dict[str, Any], mark: list[int] | None) -> tuple[str, str]:
    words = " ".join(text[at["start"] : at["end"]].split())
    return words, " ".join(text[mark[0] : mark[1]].split()) if mark else ""


# --- the shared sets ------------------------------------------------------------------------------

MOST_WORDS = 90  # of both texts
SETS = {  # name -> at most so many
    "mnli_dev.jsonl.gz": 20_000,
    "snli_dev_test.jsonl.gz": 14_000,
    "anli_dev.jsonl": 3_200,
    "breaking_nli.jsonl": 2_000,
    "cannot_antonym_nan.jsonl": 4_000,
    "cannot_wikifactcheck.jsonl": 6_000,
    "commitmentbank.jsonl": 400,
    "conjnli_dev.jsonl": 700,
    "fever_dev.jsonl.gz": 5_000,
    "fever_symmetric.jsonl": 1_500,
    "covidfact.jsonl": 3_000,
    "fm2.jsonl": 1_500,
    "fracas.jsonl": 400,
    "glue_diagnostic.jsonl": 1_200,
    "healthver.jsonl": 3_000,
    "climate_fever.jsonl": 3_000,
    "sick.jsonl": 6_000,
    "rte3_3way.jsonl": 800,
}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def inference(shared: Path, rng: random.Random) -> list[Pair]:
    made = []
    for name, most in SETS.items():
        found = [r for r in rows(shared / "data" / "nli" / name) if r.get("label") in NLI and r["a"] and r["b"]]
        some = rng.sample(found, min(most, len(found)))
        short = (r for r in some if len(r["a"].split()) + len(r["b"].split()) <= MOST_WORDS)
        made += [Pair(r["a"], r["b"], None, NLI[r["label"]], source=name) for r in short]
    return made


def stances(shared: Path, rng: random.Random, most: int = 24) -> list[Pair]:
    """Give pairs of texts on one target: of one mind, or not; and texts on another target that share words with it.

    At most so many pairs of a target: a third hold the target itself. The source is "stance:" and the target.
    """
    by_target: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in ("ibm_claim_stance.jsonl", "perspectrum.jsonl"):
        for r in rows(shared / "data" / "stance" / name):
            if r["label"] in ("favor", "against"):
                by_target[r["target"]][r["label"]].append(r["text"].strip())
    texts = [(target, t) for target, sides in by_target.items() for said in sides.values() for t in said]
    made = []
    for target, sides in by_target.items():
        told = [(t, side) for side, said in sides.items() for t in said]
        some = [((target, "favor"), other) for other in rng.sample(told, min(most // 3, len(told)))]
        some += [tuple(rng.sample(told, 2)) for _ in range(most // 3) if len(told) > 1]
        for (a, x), (b, y) in some:
            made.append(Pair(a, b, None, "consistent" if x == y else "inconsistent", source=f"stance:{target}"))
        for a, _ in rng.sample([(target, "favor"), *told], min(most // 6, len(told))):
            words = _long(a)
            others = [(len(_long(t) & words), t) for other, t in rng.sample(texts, 40) if other != target]
            _, b = max(others)
            made.append(Pair(a, b, None, "unrelated", source=f"stance:{target}"))
    return [p.swapped() if rng.random() < 0.5 else p for p in made]


def _long(text: str) -> set[str]:
    return {w for w in text.lower().split() if len(w) > 4}
