"""Then and now at volume: how long it takes to compare years of statements from nothing, and one article more.

    python benchmarks/compare.py --sizes 2000 --speakers 40                 a short try, with where the time goes
    python benchmarks/compare.py --sizes 25000,50000,100000                 the figures of docs/benchmarks.md
    python benchmarks/compare.py --sizes 100000 --part 3000                 a sample of a large record, as it would go

The record holds made-up articles whose statements come from the families of training/data, see spoken.py; they are put
into its tables, nothing is read. Then `Comparing` does what `Record.compare` does, its parts timed from outside.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from unittest.mock import patch

import scoring
import spoken
from run import OUT

from onrecord import comparing
from onrecord.compare import candidates as near
from onrecord.compare.cross import CrossEncoder, SentenceEncoder
from onrecord.record import Record
from onrecord.settings import load
from onrecord.store import Store

AIMS = {"minutes": 30, "add": 1.0, "compare": 1.0}
RUNS = 5  # of each command

F = TypeVar("F", bound=Callable[..., Any])


def main() -> None:
    options = _options()
    took = {size: print_compared(size, options) for size in options.sizes}
    print_growth(took)
    if not options.part:
        print_commands(_where(options.sizes[-1], options), options)


# --- all from nothing -----------------------------------------------------------------------------


def print_compared(size: int, options: argparse.Namespace) -> float:
    """Print what comparing a record from nothing takes, and where; give milliseconds a statement."""
    where = _where(size, options)
    for ending in ("", "-wal", "-shm"):
        where.with_name(where.name + ending).unlink(missing_ok=True)
    record = Record(where, load({"threads": options.threads}), create=True)
    made = spoken.fill(record.store, size, options.speakers)
    print(f"{size:,} statements of {made.speakers:,} speakers; the most frequent has {made.most:,}")
    watch = Watch()
    begun, cpu = time.perf_counter(), time.process_time()
    with watch.on():
        done = _compared(record, options.part)
    seconds, busy = time.perf_counter() - begun, time.process_time() - cpu
    _print_whole(done, seconds, busy, record)
    _print_counts(watch.counts, done)
    _print_parts(watch.seconds, seconds, done)
    return seconds / done * 1000


def _compared(record: Record, part: int | None) -> int:
    """Compare what waits, or a part of it; give how many statements were."""
    done = 0
    for number in record.compare():
        done += number
        if part and done >= part:
            break
    return done


def _print_whole(done: int, seconds: float, busy: float, record: Record) -> None:
    each = seconds / done * 1000
    print(f"{done:,} compared in {seconds:.1f} s, {each:.1f} ms a statement, {done / seconds:.0f} a second")
    print(f"processor: {busy / done * 1000:.1f} ms a statement, {busy / seconds:.2f} of {os.cpu_count()} cores")
    print(f"100,000 at this speed: {each * 100 / 60:.0f} minutes (aim: under {AIMS['minutes']})")
    print(f"pairs kept: {record.store.totals()['pairs']:,}")


def _print_counts(counts: Counter[str], done: int) -> None:
    print("| what | number | a statement |\n| --- | --- | --- |")
    for name, number in counts.items():
        print(f"| {name} | {number:,} | {number / done:.2f} |")


def _print_parts(parts: dict[str, float], seconds: float, done: int) -> None:
    print("| part | seconds | share | ms a statement |\n| --- | --- | --- | --- |")
    for name, took in [*parts.items(), ("the rest", seconds - sum(parts.values()))]:
        print(f"| {name} | {took:.1f} | {took / seconds:.0%} | {took / done * 1000:.2f} |")


def print_growth(took: dict[int, float]) -> None:
    """Print how much longer one statement takes in a larger record; 1.00 where growth is linear."""
    for small, large in pairwise(took):
        print(f"{small:,} to {large:,}: {took[large] / took[small]:.2f} times the time of a statement")


# --- where the time goes --------------------------------------------------------------------------


class Watch:
    """Times and counts the parts of a comparison while it runs."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.counts: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def on(self) -> Iterator[None]:
        """Let the parts be timed for a while; parts do not hold each other."""
        parts = (
            (Store, "settle", "questions: what waits"),
            (Store, "waiting_statements", "questions: what waits"),
            (Store, "due", "questions: statements and vectors"),
            (Store, "whole", "questions: articles"),
            (comparing, "passages", "passages"),
            (SentenceEncoder, "vectors", "encoder"),
            (CrossEncoder, "judge", "judge"),
            (Store, "put_compared", "writing"),
        )
        patches = [patch.object(owner, name, self._timed(getattr(owner, name), part)) for owner, name, part in parts]
        patches.append(patch.object(near, "candidates", self._timed(_all(near.candidates), "candidates")))
        patches.append(patch.object(CrossEncoder, "_run", self._passes(CrossEncoder._run)))
        for one in patches:
            one.start()
        try:
            yield
        finally:
            for one in reversed(patches):
                one.stop()

    def _timed(self, function: F, part: str) -> F:
        @wraps(function)
        def timed(*given: Any, **named: Any) -> Any:  # noqa: ANN401 # whatever the function takes and gives
            begun = time.perf_counter()
            found = function(*given, **named)
            self.seconds[part] = self.seconds.get(part, 0) + time.perf_counter() - begun
            self._count(part, found)
            return found

        return timed  # type: ignore[return-value] # of the same form

    def _passes(self, function: F) -> F:
        @wraps(function)
        def passed(judge: CrossEncoder, a: Any, b: Any) -> Any:  # noqa: ANN401 # pieces, and what is said of them
            with self._lock:  # several threads judge
                self.counts["passes of the judge"] += 1
                self.counts["pieces that it read"] += len(a.ids) + len(b.ids) + 3
            return function(judge, a, b)

        return passed  # type: ignore[return-value] # of the same form

    def _count(self, part: str, found: Any) -> None:  # noqa: ANN401 # of any part
        if part == "encoder":
            self.counts["passages"] += len(found)
        elif part == "candidates":
            self.counts["pairs judged"] += len(found)
            of_each = Counter((new.statement, new.passage) for new, _, _ in found)
            self.counts["passages with a pair"] += len(of_each)
            self.counts[f"passages cut at {near.MOST} pairs"] += sum(n >= near.MOST for n in of_each.values())


def _all(function: Callable[..., Iterator[Any]]) -> Callable[..., list[Any]]:
    @wraps(function)
    def found(*given: Any) -> list[Any]:  # noqa: ANN401 # whatever the function takes
        return list(function(*given))

    return found


# --- commands -------------------------------------------------------------------------------------


def print_commands(where: Path, options: argparse.Namespace) -> None:
    """Print the seconds of `read` and of `add` of one article, in turns, and of `compare`: new processes, medians."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", scoring.ROOT / "src"], check=True)
    article, read, add = OUT / "spoken.txt", [], []
    for turn in range(options.runs):
        article.write_text(spoken.article(random.Random(f"{where.stat().st_size} {turn}"), options.speakers))
        read.append(_seconds("read", "--json", article))
        add.append(_seconds("add", "--json", "--record", where, article))
    more = statistics.median(add) - statistics.median(read)
    print(f"read of one article: {_spread(read)}; add: {_spread(add)}")
    print(f"adding beyond reading: {more:.2f} s (aim: under {AIMS['add']})")
    pair = ("No plant will reopen while I am in office.", "The plant at Larkhill will run again from May.")
    took = [_seconds("compare", "--json", *pair) for _ in range(options.runs)]
    print(f"compare of two sentences: {_spread(took)} (aim: under {AIMS['compare']})")


def _seconds(*command: str | Path) -> float:
    free = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    subprocess.run([scoring.ONRECORD, *command], check=True, capture_output=True, env=free)
    return time.perf_counter() - begun


def _spread(took: list[float]) -> str:
    return f"{statistics.median(took):.2f} s ({min(took):.2f} to {max(took):.2f})"


# --- options --------------------------------------------------------------------------------------


def _where(size: int, options: argparse.Namespace) -> Path:
    return Path(options.folder) / f"compare-{size}.db"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=lambda s: [int(n) for n in s.split(",")], default=[2000], help="of statements")
    parser.add_argument("--speakers", type=int, default=2000)
    parser.add_argument("--part", type=int, help="stop after so many, of speakers as they come")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--runs", type=int, default=RUNS, help="of each command")
    parser.add_argument("--folder", type=Path, default=OUT, help="for the records")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    return options


if __name__ == "__main__":
    main()
