"""A record at volume: how fast it answers, how much room it takes, how long one more article takes.

    python benchmarks/record.py                                             20,000 statements on SQLite, a short try
    python benchmarks/record.py --statements 1000000                        the figures of docs/benchmarks.md
    python benchmarks/record.py --statements 1000000 --record postgresql://user@host/empty_database
    python benchmarks/record.py --polnear ../shared/polnear                 924 articles in with one command, and again

A record that is there already is measured as it is, so the second run is quick. The record is made by copying what
onrecord itself kept of real articles, see many.py. Searches go through `Record.statements`, as those of the command
line and of notebooks do: they include the 50 entries with their articles.
"""

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import many
import scoring
from run import OUT
from sqlalchemy import text

from onrecord import ingest
from onrecord.record import Record
from onrecord.settings import load
from onrecord.store import Wanted, opening
from onrecord.types import Act

TARGETS = {"median": 100, "p95": 300, "bytes": 2_000, "add": 1.0}
COMMONEST = 60  # words that count as common ones
AROUND = 120  # days at most before and after a statement's, where dates are asked for
LEAST = 4  # letters of a word that is looked for
_WORD = re.compile(rf"[A-Za-z]{{{LEAST},}}")

Query = tuple[str, Wanted, str | None]  # its kind, what is wanted, the speaker's name


def main() -> None:
    options = _options()
    if options.polnear:
        print_polnear(options)
        return
    record = made(options)
    print(f"{options.record}: {record.store.totals()}")
    print_times(record, options)
    print_room(record)
    print_add(options)


# --- the record -----------------------------------------------------------------------------------


def made(options: argparse.Namespace) -> Record:
    """Give the record that is measured, made where it isn't there."""
    record = Record(options.record, create=True)
    if not record.store.totals()["statements"]:
        begun = time.perf_counter()
        for held in many.fill(record.store, many.seed(_seed(options).store), options.statements, options.jobs):
            print(f"\r{held:,} statements, {time.perf_counter() - begun:.0f} s", end="", file=sys.stderr)
        print(file=sys.stderr)
    return record


def _seed(options: argparse.Namespace) -> Record:
    """Give what onrecord keeps of the real articles, read once."""
    record = Record(OUT / "seed.db", load({"jobs": options.jobs}), create=True)
    if not record.store.totals()["articles"]:
        print("reading the articles that are copied", file=sys.stderr)
        for _ in record.add(ingest.articles([str(options.shared / "polnear" / "train.jsonl")])):
            pass
    return record


# --- searches -------------------------------------------------------------------------------------


def print_times(record: Record, options: argparse.Namespace) -> None:
    """Print median and 95th percentile, in ms, of each kind of search and of all."""
    took: dict[str, list[float]] = {}
    found: Counter[str] = Counter()
    for kind, wanted, speaker in queries(record, options.queries, random.Random(options.seed)):
        begun = time.perf_counter()
        entries = record.statements(wanted, speaker)
        spent = (time.perf_counter() - begun) * 1000
        took.setdefault(kind, []).append(spent)
        found[kind] += len(entries)
        if options.slow and spent > options.slow:
            print(f"{spent:7.0f} ms  {kind}: {wanted} {speaker}")
    print("| search | searches | entries | median, ms | 95th percentile, ms |\n| --- | --- | --- | --- | --- |")
    for kind, times in took.items():
        print(_row(kind, times, found[kind]))
    print(_row("all", [t for times in took.values() for t in times], found.total()))
    print(f"aims: median under {TARGETS['median']} ms, 95th percentile under {TARGETS['p95']} ms")


def _row(kind: str, times: list[float], found: int) -> str:
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return f"| {kind} | {len(times)} | {found:,} | {statistics.median(times):.0f} | {p95:.0f} |"


def queries(record: Record, count: int, draw: random.Random) -> Iterator[Query]:
    """Give searches such as people type, made of what is in the record, the kinds in turn."""
    samples = _samples(record, draw)
    common = [
        word for word, _ in Counter(w.lower() for s in samples for w in _WORD.findall(s[0])).most_common(COMMONEST)
    ]
    makers: tuple[Callable[[], Query], ...] = (
        lambda: ("one common word", Wanted(about=draw.choice(common)), None),
        lambda: _of_words("two words", draw.choice(samples), draw, "{} {}"),
        lambda: _of_words("phrase", draw.choice(samples), draw, '"{} {}"'),
        lambda: _of_words("words, speaker", draw.choice(samples), draw, "{}"),
        lambda: _of_words("words, speaker, dates", draw.choice(samples), draw, "{}"),
        lambda: ("speaker", Wanted(), _called(draw.choice(samples)[1], draw)),
        lambda: _of_dates(draw.choice(samples), draw),
        lambda: _of_words("OR", draw.choice(samples), draw, "{} OR {}"),
        lambda: _of_words("minus", draw.choice(samples), draw, "{} -{}"),
    )
    for made in range(count):
        yield makers[made % len(makers)]()


Sample = tuple[str, str, date]  # words, speaker's name, day


def _samples(record: Record, draw: random.Random, count: int = 5000) -> list[Sample]:
    """Give random statements whose speaker is a named person."""
    with opening.reading(record.store._engine) as connection:
        last = connection.scalar(text("SELECT max(number) FROM statements"))
        asked = text(
            "SELECT s.text, e.name, s.day FROM statements s JOIN entities e ON e.id = s.speaker "
            "WHERE s.number = :number AND e.type = 'person'"
        ).columns(day=many.statements.c.day.type)
        rows = (connection.execute(asked, {"number": draw.randint(1, last)}).one_or_none() for _ in range(count))
        return [(row[0], row[1], row[2]) for row in rows if row and len(_WORD.findall(row[0])) > 3]


def _of_words(kind: str, sample: Sample, draw: random.Random, form: str) -> Query:
    """Give a search for two words of a statement, in a form with a place for each; neighbours where it is a phrase."""
    found = re.findall(r"\w+", sample[0]) if kind == "phrase" else _WORD.findall(sample[0])
    start = draw.randrange(len(found) - 1)
    picked = found[start : start + 2] if kind == "phrase" else draw.sample(found, 2)
    wanted = Wanted(about=form.format(*picked))
    if "dates" in kind:
        before, after = (timedelta(draw.randrange(AROUND)) for _ in range(2))
        wanted = replace(wanted, since=sample[2] - before, until=sample[2] + after)
    return kind, wanted, _called(sample[1], draw) if "speaker" in kind else None


def _of_dates(sample: Sample, draw: random.Random) -> Query:
    since = sample[2] - timedelta(draw.randrange(30))
    until = since + timedelta(draw.choice((1, 7, 30, 365)))
    return "dates, act", Wanted(since=since, until=until, acts=(draw.choice(get_args(Act)),)), None


def _called(name: str, draw: random.Random) -> str:
    """Give the name as it is typed: whole, or the surname alone."""
    return draw.choice((name, name.split()[-1]))


# --- room, and one more article -------------------------------------------------------------------


def print_room(record: Record) -> None:
    """Print the bytes of a statement beyond the texts of the articles."""
    with opening.reading(record.store._engine) as connection:
        if connection.dialect.name == "postgresql":
            size = connection.scalar(text("SELECT pg_database_size(current_database())"))
            texts = connection.scalar(text("SELECT sum(octet_length(text)) FROM articles"))
        else:
            size = sum(
                p.stat().st_size for p in Path(record.store.where).parent.glob(f"{Path(record.store.where).name}*")
            )
            texts = connection.scalar(text("SELECT sum(length(CAST(text AS BLOB))) FROM articles"))
    number = record.store.totals()["statements"]
    beyond = (size - texts) / number
    print(f"{size:,} bytes, {texts:,} of them texts: {beyond:,.0f} a statement (aim: under {TARGETS['bytes']:,})")


def print_add(options: argparse.Namespace, runs: int = 3) -> None:
    """Print the seconds that one new article takes, from the start of the process to its end."""
    article, took = OUT / "one.txt", []
    command = [scoring.ONRECORD, "add", "--json", "--record", options.record, article]
    for _run in range(runs):
        filler = " ".join(random.sample([a + b for a in many.SYLLABLES.split() for b in many.SYLLABLES.split()], 200))
        article.write_text(f"Published: 2026-01-05\n\n{ARTICLE}{filler}.\n")  # no copy of the last one
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        took.append(time.perf_counter() - begun)
    print(f"add of one article, a new process each time: {statistics.median(took):.2f} s (aim: under {TARGETS['add']})")


ARTICLE = """The bridge at Larkhill opens in May

"The bridge opens in May," the mayor of Larkhill, Ilse Brandt, said on Monday. "It will cost 2 million euros."

Nils Oake, who leads the council's opposition, denied that the town could pay. He said the fees would have to rise by
half in June if no loan was found. According to the Port Courier, the ministry had promised a loan last year.

"""


# --- the articles of PolNeAR ----------------------------------------------------------------------


def print_polnear(options: argparse.Namespace) -> None:
    """Print what one command makes of the 924 articles, and what the same command does the second time."""
    inputs = [options.polnear / "train.jsonl", options.polnear / "dev.jsonl"]
    command = [scoring.ONRECORD, "add", "--json", "--jobs", str(options.jobs), "--record", options.record, *inputs]
    took = []
    for turn in ("first", "second"):
        begun = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        took.append(time.perf_counter() - begun)
        print(f"{turn}: {took[-1]:.1f} s  {json.loads(done.stdout.splitlines()[-1])}")
    print(f"{took[0] / took[1]:.0f} times as fast (at least 20); {Record(options.record).store.totals()}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=lambda p: Path(p).resolve(), default=scoring.ROOT.parent / "shared")
    parser.add_argument("--record", help="a path, or postgresql://...; default: benchmarks/out/record-N.db")
    parser.add_argument("--statements", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=315)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slow", type=float, help="print the searches that take more than so many ms")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--polnear", type=Path, help="the folder with train.jsonl and dev.jsonl")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    name = "polnear" if options.polnear else str(options.statements)
    options.record = options.record or str(OUT / f"record-{name}.db")
    return options


if __name__ == "__main__":
    main()
