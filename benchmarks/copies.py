"""Near-duplicate articles: what bands and sketches find, against all pairs compared in full, and what it costs.

    python benchmarks/copies.py --shared ../shared           the figures
    python benchmarks/copies.py --shared ../shared --pairs   and the pairs on both sides of the threshold, to be read

Real copies: all pairs of the PolNeAR articles (train and dev) are compared run by run, without a sketch. Made copies:
each article of 100 words or more is trimmed, given another lead, cut and reordered, or reworded, and must be found as a
candidate (a band in common) and be a copy; every figure is a share of these articles.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

import scoring

from onrecord.reports import Overlap, Sketch, is_copy, overlap, similarity, sketch

LEAD = (
    "A short lead of the house stands here in place of the agency's own, written by somebody who was not there. It "
    "says in other words what had happened and why readers of this paper may care, before the rest runs on."
)
MADE_FROM = 100  # words


def main() -> None:
    """Print the figures, and the pairs where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=lambda p: Path(p).resolve(), default=scoring.ROOT.parent / "shared")
    parser.add_argument("--pairs", action="store_true", help="list the copies and the 20 nearest pairs that are none")
    options = parser.parse_args()
    texts = articles(options.shared)
    cost(list(texts.values()))
    sketches = {name: sketch(text) for name, text in texts.items()}
    every = brute(texts)
    real(texts, sketches, every)
    for name, make in MADE.items():
        made(name, make, texts, sketches)
    if options.pairs:
        listed(texts, every)


def articles(shared: Path) -> dict[str, str]:
    files = (shared / "polnear" / f"{part}.jsonl" for part in ("train", "dev"))
    lines = (json.loads(line) for file in files for line in file.read_text("utf-8").splitlines())
    return {line["id"]: line["text"] for line in lines}


def cost(texts: list[str]) -> None:
    sketch(texts[0])
    words = sum(len(text.split()) for text in texts)
    steps = {"sketch": lambda t: sketch(t), "sketch and bands": lambda t: sketch(t).bands}
    for name, step in steps.items():
        began = time.process_time()
        for text in texts:
            step(text)
        spent = time.process_time() - began
        print(f"{name}: {1000 * spent / len(texts):.2f} ms an article of {words / len(texts):.0f} words")
    began = time.process_time()
    for a, b in pairwise(texts):
        is_copy(a, b)
    print(f"is_copy: {1000 * (time.process_time() - began) / (len(texts) - 1):.2f} ms a pair")


def brute(texts: dict[str, str]) -> dict[tuple[str, str], Overlap]:
    """Give the overlap of all pairs that share anything to speak of; runs are counted here as strings."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name, text in texts.items():
        words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
        for run in {" ".join(words[i : i + 4]) for i in range(len(words) - 3)}:
            holders[run].append(name)
    shared = Counter(pair for names in holders.values() for pair in combinations(names, 2))
    return {(a, b): overlap(texts[a], texts[b]) for (a, b), count in shared.items() if count >= 5}


def real(texts: dict[str, str], sketches: dict[str, Sketch], every: dict[tuple[str, str], Overlap]) -> None:
    copies = {(a, b) for a, b in every if is_copy(texts[a], texts[b])}
    bands: dict[int, list[str]] = defaultdict(list)
    for name, found in sketches.items():
        for band in found.bands:
            bands[band].append(name)
    candidates = {pair for names in bands.values() for pair in combinations(names, 2)}
    print(f"{len(texts)} articles, {len(texts) * (len(texts) - 1) // 2:,} pairs")
    print(f"copies among all pairs: {len(copies)}; of these candidates: {len(copies & candidates)}")
    print(
        f"candidates that are none: {len(candidates - copies)}, {len(candidates - copies) / len(texts):.2f} an article"
    )
    for low, high in ((0.05, 0.1), (0.1, 0.2), (0.2, 1.01)):
        there = {pair for pair, found in every.items() if low <= found.jaccard < high}
        print(f"  Jaccard {low} to {min(high, 1)}: {len(there & candidates)} of {len(there)} pairs are candidates")
    errors = sorted(abs(similarity(sketches[a], sketches[b]) - found.jaccard) for (a, b), found in every.items())
    print(f"error of similarity: median {errors[len(errors) // 2]:.3f}, largest {errors[-1]:.3f}")


def made(
    name: str, make: Callable[[list[str], Random], str], texts: dict[str, str], sketches: dict[str, Sketch]
) -> None:
    draw, tried, candidates, found = Random(0), 0, 0, 0  # the same copies in each run
    for key, text in texts.items():
        if len(text.split()) < MADE_FROM:
            continue
        copy = make([p for p in text.split("\n") if p.strip()], draw)
        tried += 1
        candidate = bool(set(sketch(copy).bands) & set(sketches[key].bands))
        candidates += candidate
        found += candidate and is_copy(text, copy)
    print(f"{name:38} candidates {candidates / tried:.4f}  found {found / tried:.4f}  of {tried}")


def trimmed(share: float) -> Callable[[list[str], Random], str]:
    def make(paragraphs: list[str], draw: Random) -> str:  # noqa: ARG001 # a cut is no chance
        words = "\n".join(paragraphs).split(" ")
        return " ".join(words[: int(share * len(words))])

    return make


def led_anew(paragraphs: list[str], draw: Random) -> str:  # noqa: ARG001 # nor is a lead
    return "\n".join([LEAD, *(paragraphs[2:] or paragraphs[-1:])])


def led_and_trimmed(paragraphs: list[str], draw: Random) -> str:
    return LEAD + "\n" + trimmed(0.5)(paragraphs[1:] or paragraphs, draw)


def reordered(paragraphs: list[str], draw: Random) -> str:
    kept = draw.sample(paragraphs, max(1, round(0.7 * len(paragraphs))))
    return "\n".join(kept)


def reworded(every: int) -> Callable[[list[str], Random], str]:
    def make(paragraphs: list[str], draw: Random) -> str:
        words = "\n".join(paragraphs).split(" ")
        return " ".join(f"{word}x" if draw.randrange(every) == 0 else word for word in words)

    return make


MADE: dict[str, Callable[[list[str], Random], str]] = {
    "trimmed to half": trimmed(0.5),
    "trimmed to a third": trimmed(1 / 3),
    "trimmed to a fifth": trimmed(0.2),
    "another lead": led_anew,
    "another lead, trimmed to half": led_and_trimmed,
    "three paragraphs in ten cut, reordered": reordered,
    "one word in twenty changed": reworded(20),
    "one word in ten changed": reworded(10),
}


def listed(texts: dict[str, str], every: dict[tuple[str, str], Overlap]) -> None:
    def held(pair: tuple[str, str]) -> float:
        return max(every[pair].of_a, every[pair].of_b)

    copies = {pair for pair in every if is_copy(*(texts[name] for name in pair))}
    for title, pairs in (("copies", copies), ("nearest that are none", set(every) - copies)):
        print(f"{title}:")
        for pair in sorted(pairs, key=lambda p: (-held(p), p))[: 30 if pairs is copies else 20]:
            print(f"  {every[pair].jaccard:.2f} {held(pair):.2f} {every[pair].shared:5} {' | '.join(pair)}")


if __name__ == "__main__":
    main()
