"""The desk at volume: how quickly its pages come while many read at once and an `add` runs.

    python benchmarks/desk.py                                        20,000 statements, 5 readers, a short try
    python benchmarks/desk.py --statements 1000000 --readers 20      the figures of docs/benchmarks.md

The record is that of record.py (made where it isn't there) with made-up pairs of its statements as reversals. Each
reader goes from page to page, follows what the page before led to, and reads it for a while (`--reads` seconds, drawn
anew each time). Meanwhile files of 30 articles are added at the desk, one after the other, each by an `onrecord add` in
a process of its own.
A time is that of a whole response, headers and body, over a connection that is kept open.
"""

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count, pairwise
from pathlib import Path
from urllib.parse import quote, urlsplit

from record import made
from run import OUT
from sqlalchemy import delete, func, select

from onrecord.codec import statement_from_body
from onrecord.record import Record
from onrecord.store import Pair, comparing, opening
from onrecord.store.schema import pairs, statements, waiting
from onrecord.types import LABELS

AIM = 150  # ms, of the 95th percentile
SHARES = {"/": 2, "search": 3, "speaker": 3, "article": 3, "reversal": 3, "/reversals": 1, "/speakers": 1}
SHARES |= {"/pledges": 1, "/desk": 1, "/articles": 1, "names": 1}
WORDS = [
    "economy",
    "tax",
    "war",
    "health care",
    "police",
    "border",
    "jobs",
    "school",
    "election since 2012",
    "oil 2014",
]
AT_ONCE, EDGE = 30, "edge-of-the-form"  # articles that are added by one form; what stands between its parts
LINK = re.compile(r'href="/(speakers|articles|reversals)/([\w-]+)')


def main() -> None:
    options = _options()
    record = made(options)
    with_reversals(record, options.pairs, random.Random(options.seed))
    print(f"{options.record}: {record.store.totals()}")
    record.store.close()
    with served(options.record) as address:
        place = urlsplit(address).netloc
        warm = Reader(place, 0, 0.0, random.Random(0))
        for page in SHARES:
            warm.visit(page)
        with adding(address, options) as added:
            readers = [Reader(place, n, options.reads, random.Random(options.seed + n)) for n in range(options.readers)]
            read_all(readers, options.seconds)
        print(f"{added.articles} articles were added meanwhile")
    print_times(readers, options)


# --- the record -----------------------------------------------------------------------------------


def with_reversals(record: Record, wanted: int, draw: random.Random) -> None:
    """Let nothing wait, and put in so many made-up pairs of one speaker's statements."""
    c = statements.c
    with opening.writing(record.store._engine) as connection:
        connection.execute(delete(waiting))
        held = connection.scalar(select(func.count()).select_from(pairs)) or 0
        if held >= wanted:
            return
        some = select(c.id, c.speaker, c.article, c.body).where(c.speaker.is_not(None), c.id == c.utterance)
        last = connection.scalar(select(func.max(c.number))) or 0
        numbers = draw.sample(range(1, last + 1), min(last, 6 * wanted))
        rows = []
        for first in range(0, len(numbers), 900):
            rows += connection.execute(some.where(c.number.in_(numbers[first : first + 900]))).all()
        rows.sort(key=lambda row: row.speaker)
        two = [(a, b) for a, b in pairwise(rows) if a.speaker == b.speaker and a.article != b.article]
        for a, b in two[::2][:wanted]:
            comparing.put_pairs(connection, a.speaker, [_pair(a, b, draw)])


def _pair(a, b, draw):  # noqa: ANN001, ANN202 # rows
    label, clash = draw.choice(LABELS[:5]), round(draw.betavariate(1, 2), 4)
    words = tuple(tuple(statement_from_body(row.body).quotation.content) for row in (a, b))
    marked = tuple(spans[:1] for spans in words)
    return Pair(a.id, b.id, label, clash, (1 / 7,) * 7, words, marked, "The later words differ.", "made up")


# --- who reads, who adds --------------------------------------------------------------------------


@contextmanager
def served(record: str) -> Iterator[str]:
    """Give the address of a desk over a record, in a process of its own."""
    command = [sys.executable, "-m", "onrecord.cli", "serve", "--record", record, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            line = server.stderr.readline() if server.stderr else ""
            found = re.search(r"http://\S+", line)
            if not found:
                raise SystemExit(f"the desk did not open: {line}")
            time.sleep(1)
            yield found[0]
        finally:
            server.terminate()


@dataclass
class Added:
    """What was added while others read."""

    articles: int = 0
    done: threading.Event = field(default_factory=threading.Event)


@contextmanager
def adding(address: str, options: argparse.Namespace) -> Iterator[Added]:
    """Add articles, ever new ones, as long as the block runs."""
    added = Added()
    worker = threading.Thread(target=_add, args=(added, address, options))
    worker.start()
    try:
        yield added
    finally:
        added.done.set()
        worker.join()


def _add(added: Added, address: str, options: argparse.Namespace) -> None:
    texts = [json.loads(line) for line in (options.shared / "polnear" / "dev.jsonl").read_text("utf-8").splitlines()]
    headers = {"Origin": f"http://{urlsplit(address).netloc}", "Content-Type": f"multipart/form-data; boundary={EDGE}"}
    netloc, query = urlsplit(address).netloc, urlsplit(address).query
    writer = HTTPConnection(netloc, timeout=60)
    writer.request("GET", f"/?{query}")
    answer = writer.getresponse()
    answer.read()
    headers["Cookie"] = (answer.headers["Set-Cookie"] or "").partition(";")[0]
    for number in count():
        if added.done.is_set():
            return
        first = number * AT_ONCE % len(texts)
        fresh = ({**t, "text": f"{t['text']}\n\nNo. {time.time_ns()}"} for t in texts[first : first + AT_ONCE])
        writer.request("POST", "/add", _form("more.jsonl", "".join(json.dumps(t) + "\n" for t in fresh)), headers)
        answer = writer.getresponse()
        answer.read()
        if answer.status != 303:
            raise SystemExit(f"adding: {answer.status}")
        job, state = answer.headers["Location"], "waiting"
        while state in ("waiting", "running"):
            time.sleep(0.5)
            writer.request("GET", f"{job}.json", headers=headers)
            state = json.loads(writer.getresponse().read())["job"]["state"]
        writer.request("GET", f"{job}.json", headers=headers)
        added.articles += len(json.loads(writer.getresponse().read())["job"]["items"])


def _form(name: str, text: str) -> bytes:
    """Give a form with one file, as a browser sends it."""
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    return f"{head}{text}\r\n--{EDGE}--\r\n".encode()


class Reader:
    """One who goes from page to page."""

    def __init__(self, address: str, number: int, reads: float, draw: random.Random) -> None:
        self.connection = HTTPConnection(address, timeout=60)
        self.number, self.reads, self.draw = number, reads, draw
        self.known: dict[str, list[str]] = {"speakers": [], "articles": [], "reversals": []}
        self.took: dict[str, list[float]] = {}
        self.sizes: dict[str, int] = {}

    def read(self, until: float) -> None:
        kinds, weights = list(SHARES), list(SHARES.values())
        while time.monotonic() < until:
            self.visit(self.draw.choices(kinds, weights)[0])
            time.sleep(self.draw.expovariate(1 / self.reads) if self.reads else 0)

    def visit(self, kind: str) -> None:
        path = self._path(kind)
        begun = time.perf_counter()
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        body = answer.read()
        self.took.setdefault(kind, []).append((time.perf_counter() - begun) * 1000)
        self.sizes[kind] = max(self.sizes.get(kind, 0), len(body))
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        for place, key in LINK.findall(body.decode()):
            self.known[place] = [key, *self.known[place][:199]]

    def _path(self, kind: str) -> str:
        if kind == "search":
            return f"/search?q={quote(self.draw.choice(WORDS))}"
        if kind == "names":
            return f"/speakers?q={self.draw.choice('abcdefghijklmnoprst')}{self.draw.choice('aeiou')}"
        if kind.startswith("/"):
            return kind
        keys = self.known[f"{kind}s"]
        return f"/{kind}s/{self.draw.choice(keys)}" if keys else "/"


def read_all(readers: list[Reader], seconds: float) -> None:
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=reader.read, args=(until,)) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def print_times(readers: list[Reader], options: argparse.Namespace) -> None:
    """Print median and 95th percentile of each kind of page and of all, in ms, and its size."""
    print("| page | times asked | median, ms | 95th percentile, ms | at most, KB |\n| --- | --- | --- | --- | --- |")
    kinds = {kind: [t for reader in readers for t in reader.took.get(kind, [])] for kind in SHARES}
    kinds["all"] = [t for some in kinds.values() for t in some]
    for kind, times in kinds.items():
        if len(times) > 1:
            p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
            size = max((reader.sizes.get(kind, 0) for reader in readers), default=0) / 1000
            told = f"{size:.0f}" if size else ""
            print(f"| {kind} | {len(times)} | {statistics.median(times):.0f} | {p95:.0f} | {told} |")
    print(f"aim: 95th percentile under {AIM} ms with {options.readers} readers")


def _options() -> argparse.Namespace:
    arg = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arg.add_argument("--record", default=str(OUT / "desk.db"))
    arg.add_argument("--statements", type=int, default=20_000)
    arg.add_argument("--pairs", type=int, default=20_000, help="made-up reversals in the record")
    arg.add_argument("--readers", type=int, default=5)
    arg.add_argument("--reads", type=float, default=1.0, help="mean seconds between a page and the next click")
    arg.add_argument("--seconds", type=float, default=60)
    arg.add_argument("--jobs", type=int, default=2)
    arg.add_argument("--seed", type=int, default=1)
    arg.add_argument("--shared", type=Path, default=Path("../shared"))
    return arg.parse_args()


if __name__ == "__main__":
    main()
