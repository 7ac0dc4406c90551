"""The same work done by onrecord and by its peers, in one process tree and one run, on one core.

    python benchmarks/run.py --shared ../shared                 all of it; writes the tables of docs/benchmarks.md
    python benchmarks/run.py --shared ../shared --articles 5    a short try, printed only

The job is a file of articles in, a file of JSON out. Its speed is the words of the articles (runs of \\w, as the scorer
counts them) by the processor seconds of the whole process, less those of the same command over one short article: that
is the start-up, given apart. The systems take turns, so that a slow moment of the machine hits all; medians count.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import scoring
import tables
from measure import Cost, median, one_core, run

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"
PEERS = scoring.ROOT / ".venvs" / "peers"
ONE_ARTICLE = {
    "id": "one",
    "published": "2026-01-05",
    "text": '"The bridge opens in May," the mayor of Larkhill said.\n',
}


@dataclass(slots=True)
class System:
    """One system under comparison: its command, to which the articles' path is added, and what it cost."""

    name: str
    command: list[str | Path]
    startup: list[Cost] = field(default_factory=list)
    job: list[Cost] = field(default_factory=list)
    scores: scoring.Figures = field(default_factory=dict)


def main() -> None:
    """Measure all, keep the raw figures in benchmarks/out/, write or print the tables."""
    options = _options()
    OUT.mkdir(exist_ok=True)
    systems, missing = all_systems()
    articles, words = take_articles(options.shared / "polnear", options.articles)
    with one_core() as core:
        compare(systems, articles, options.runs)
        own = {} if options.articles else alone(articles)
    for system in systems:
        system.scores = scoring.statements(options.shared, articles, OUT / f"{_slug(system.name)}.jsonl")
    result = {
        "machine": machine(core),
        "words": words,
        "articles": options.articles or len(articles.read_text().splitlines()),
        "runs": options.runs,
        "missing": missing,
        "systems": [asdict(s) | {"medians": medians(s, words)} for s in systems],
        "alone": own,
    }
    (OUT / "result.json").write_text(json.dumps(result, indent=2, default=str) + "\n")
    text = tables.markdown(result)
    print(text)
    if not options.articles:
        tables.into(scoring.ROOT / "docs" / "benchmarks.md", text)


def compare(systems: Sequence[System], articles: Path, runs: int) -> None:
    """Let the systems take turns: start-up, then the job."""
    one = OUT / "one.jsonl"
    one.write_text(json.dumps(ONE_ARTICLE) + "\n")
    for turn in range(runs):
        for system in systems:
            print(f"run {turn + 1} of {runs}: {system.name}", file=sys.stderr)
            system.startup.append(run([*system.command, one], OUT / "startup.jsonl"))
            system.job.append(run([*system.command, articles], OUT / f"{_slug(system.name)}.jsonl"))


def medians(system: System, words: int) -> dict[str, float]:
    """Give what one system reached: words per second of processor and of wall time, start-up seconds, megabytes."""
    startup, job = median(system.startup), median(system.job)
    return {
        "words per cpu second": words / max(1e-9, job.cpu - startup.cpu),
        "words per second": words / max(1e-9, job.wall - startup.wall),
        "startup cpu": startup.cpu,
        "startup wall": startup.wall,
        "megabytes": job.megabytes,
    }


def alone(articles: Path, runs: int = 5) -> dict[str, float]:
    """Give what only onrecord is measured for: help, first result of a cold start, memory over 1,000 articles."""
    example = min((scoring.ROOT / "examples").glob("*.txt"), key=lambda p: p.stat().st_size)
    command = scoring.ONRECORD
    thousand = OUT / "thousand.jsonl"
    rows = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines()]
    copies = enumerate(islice(cycle(rows), 1000))
    thousand.write_text("".join(json.dumps(row | {"id": f"{n}-{row['id']}"}) + "\n" for n, row in copies))
    print("help, first result, 1,000 articles", file=sys.stderr)
    return {
        "help": median(run([command, "--help"], OUT / "help.txt") for _ in range(runs)).wall,
        "first result": median(
            run([command, "read", "--json", example], OUT / "first.jsonl") for _ in range(runs)
        ).first,
        "thousand megabytes": run([command, "read", "--json", thousand], OUT / "thousand.out.jsonl").megabytes,
    }


def all_systems() -> tuple[list[System], list[str]]:
    """Give the systems that can run here, and a sentence for each that can't."""
    ours = System("onrecord", [scoring.ONRECORD, "read", "--json"])
    try:
        python = peers_python()
    except (subprocess.CalledProcessError, OSError) as error:
        return [ours], [f"textacy on spaCy small could not be installed here: {error}"]
    peer: list[str | Path] = [python, HERE / "peer_textacy.py"]
    return [
        ours,
        System("textacy, whole articles", [*peer, "whole"]),
        System("textacy, each paragraph alone", [*peer, "paragraphs"]),
    ], []


def peers_python() -> Path:
    """Give the Python of the peers' environment, made on first use and again when peers.txt changed."""
    python = PEERS / "bin" / "python"
    pins = (HERE / "peers.txt").read_text()
    stamp = PEERS / "peers.txt"
    if not stamp.exists() or stamp.read_text() != pins:
        print(f"installing the peers into {PEERS}", file=sys.stderr)
        venv.create(PEERS, with_pip=True)
        pip: list[str | Path] = [python, "-m", "pip", "install", "-qq", "-r", HERE / "peers.txt"]
        subprocess.run(pip, check=True, stdout=sys.stderr)
        stamp.write_text(pins)
    return python


def take_articles(folder: Path, count: int | None) -> tuple[Path, int]:
    """Copy the first articles and their gold to benchmarks/out/; give the path and the number of words."""
    rows = (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines()[:count]
    names = {json.loads(row)["id"] for row in rows}
    gold = (folder / "dev.gold.jsonl").read_text(encoding="utf-8").splitlines()
    articles = OUT / "articles.jsonl"
    articles.write_text("\n".join(rows) + "\n", encoding="utf-8")
    (OUT / "articles.gold.jsonl").write_text("\n".join(g for g in gold if json.loads(g)["id"] in names) + "\n")
    return articles, sum(len(re.findall(r"\w+", json.loads(row)["text"])) for row in rows)


def machine(core: int | None) -> dict[str, str | int | None]:
    """Tell what the figures were measured on."""
    info = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*:\s*(.+)", info.read_text()) if info.exists() else None
    return {
        "processor": model[1] if model else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "core used": core,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "date": datetime.now(UTC).date().isoformat(),
    }


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=lambda p: Path(p).resolve(), default=scoring.ROOT.parent / "shared")
    parser.add_argument("--runs", type=int, default=3, help="turns of each system (at least 3 for figures that count)")
    parser.add_argument("--articles", type=int, help="only the first N articles, and nothing written to the docs")
    return parser.parse_args()


if __name__ == "__main__":
    main()
