"""`onrecord add` and its kin: inputs -> the record, with progress, and the skipped on standard error."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from onrecord import codec, ingest
from onrecord.cli.boundary import Status
from onrecord.cli.fetching import fetcher
from onrecord.cli.progress import Advance, steps
from onrecord.cli.reading import counted, one_line, skipped_lines, tell_columns
from onrecord.errors import NoRecord, UsageError
from onrecord.ingest.count import count
from onrecord.record import Added, Record
from onrecord.settings import Settings, without_password
from onrecord.types import Skipped

FEW = 8  # articles that one process reads before others have started


@dataclass(frozen=True, slots=True)
class Adding:
    """All that a run of `add` was asked for."""

    inputs: tuple[str, ...]
    settings: Settings
    options: ingest.IngestOptions
    as_json: bool = False
    quiet: bool = False
    fetch: bool = False
    allow_private: bool = False


@dataclass(slots=True)
class Outcome:
    """What came of a run."""

    arrivals: dict[str, int] = field(default_factory=dict)
    copies: int = 0  # articles that are near-duplicates of others
    statements: int = 0
    reversals: int = 0  # that were not there before
    skipped: list[Skipped] = field(default_factory=list)
    stopped: bool = False
    started: float = field(default_factory=time.perf_counter)

    def take(self, item: Added | Skipped) -> None:
        """Count what became of an article."""
        if isinstance(item, Skipped):
            self.skipped.append(item)
            return
        self.arrivals[item.arrival] = self.arrivals.get(item.arrival, 0) + 1
        self.copies += bool(item.copies)
        self.statements += item.statements

    @property
    def status(self) -> Status:
        """Give the exit status."""
        if self.stopped:
            return Status.INTERRUPTED
        if self.skipped:
            return Status.SOME_SKIPPED if self.arrivals else Status.NOTHING_DONE
        return Status.DONE

    def to_dict(self) -> codec.Json:
        """Give the last line of `add --json`."""
        articles = {
            "added": self.arrivals.get("new", 0),
            "known": self.arrivals.get("known", 0),
            "printed_again": self.arrivals.get("printed again", 0),
            "read_again": self.arrivals.get("printed before", 0),
            "near_duplicates": self.copies,
            "skipped": len(self.skipped),
        }
        seconds = round(time.perf_counter() - self.started, 3)
        return {"articles": articles, "statements": self.statements, "reversals": self.reversals, "seconds": seconds}


def add(asked: Adding) -> Status:
    """Read all inputs and keep what is found."""
    total = count(asked.inputs)
    record = Record(asked.settings.record, _with_jobs(asked.settings, total), create=True)
    options = replace(asked.options, fetcher=_fetcher(asked, record))
    outcome = Outcome()
    if not asked.quiet:
        tell_columns(asked.inputs, options)
    shown = not asked.quiet and sys.stderr.isatty() and total != 1
    with stopping() as stop:
        with steps("adding", total, "articles", shown) as advance:
            _run(record.add(ingest.articles(asked.inputs, options), stop), outcome, asked.as_json, lambda: advance(1))
        outcome.reversals = _compare(record, asked.quiet, stop)
        outcome.stopped = stop()
    _report(outcome, asked)
    return outcome.status


def reread(settings: Settings, as_json: bool, quiet: bool) -> Status:
    """Read anew what another run has read."""
    record = Record(settings.record, settings)
    outcome, stale = Outcome(), len(record.store.stale(record.run.id))
    record.settings = _with_jobs(settings, stale)
    with stopping() as stop:
        with steps("rereading", stale, "articles", not quiet and sys.stderr.isatty()) as advance:
            _run(record.reread(stop), outcome, as_json, lambda: advance(1))
        outcome.reversals = _compare(record, quiet, stop)
        outcome.stopped = stop()
    done = sum(outcome.arrivals.values())
    if as_json:
        _print({"articles": {"reread": done, "skipped": len(outcome.skipped)}, "statements": outcome.statements})
    _tell(f"Read {counted(done, 'article')} anew with {counted(outcome.statements, 'statement')}.", quiet)
    return outcome.status


def watch(asked: Adding, every: float) -> Status:
    """Keep what comes into folders and feeds until stopped."""
    from onrecord.ingest.watch import watched

    record = Record(asked.settings.record, asked.settings, create=True)
    options = replace(asked.options, fetcher=_fetcher(asked, record))
    outcome = Outcome()
    _tell(f"Watching {', '.join(asked.inputs)}. Press Ctrl-C to end.", asked.quiet)
    with stopping() as stop:
        for found in watched(asked.inputs, options, every, stop):
            for item in record.add(found, stop):
                outcome.take(item)
                if asked.as_json:
                    _print(_object(item))
                elif not (isinstance(item, Added) and item.arrival == "known"):
                    _tell(_line(item), asked.quiet)
            outcome.reversals += _compare(record, quiet=True, stop=stop)
    _report(outcome, asked)
    return Status.DONE


def skipped(settings: Settings, as_json: bool) -> Status:
    """List what could not be read."""
    found = Record(settings.record, settings).store.skipped()
    for item in found:
        if as_json:
            _print(_object(item))
        else:
            sys.stdout.write(f"{one_line(item.name)}: {one_line(item.reason)}\n")
    _tell("No input was skipped.", quiet=bool(found) or as_json)
    return Status.DONE


def check(settings: Settings, as_json: bool, quiet: bool) -> Status:
    """List what is not as it was kept."""
    record = Record(settings.record, settings)
    totals, faults = record.store.totals(), 0
    with steps("checking", totals["articles"], "articles", not quiet and sys.stderr.isatty()) as advance:
        for found in record.store.check():
            if isinstance(found, int):
                advance(found)
                continue
            faults += 1
            row = {"table": found.table, "id": found.id, "reason": found.reason}
            _print(row) if as_json else sys.stdout.write(f"{found.table} {found.id}: {one_line(found.reason)}\n")
    kept = f"{counted(totals['articles'], 'article')} with {counted(totals['statements'], 'statement')}"
    told = f"{counted(faults, 'fault')}. Restore a backup with `onrecord restore`." if faults else "all is whole."
    _tell(f"Checked {kept}: {told}", quiet)
    return Status.CHECK_FAILED if faults else Status.DONE


def backup(settings: Settings, file: Path, quiet: bool) -> Status:
    """Copy the record into a new file, which has its name only when it is whole."""
    if file.exists():
        raise UsageError(f"{file} is there already. Give another name, or remove it first.")
    if not file.absolute().parent.is_dir():
        raise UsageError(f"There is no folder {file.absolute().parent}. Make it first, or give another name.")
    begun = file.with_name(f".{file.name}.part")
    begun.unlink(missing_ok=True)
    try:
        rows = _copy(Record(settings.record, settings), Record(begun, settings, create=True), quiet, "backing up")
        begun.rename(file)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            begun.with_name(begun.name + ending).unlink(missing_ok=True)
    _tell(f"Wrote {file} ({rows:,} rows). Restore it with `onrecord restore {file}`.", quiet)
    return Status.DONE


def restore(settings: Settings, file: Path, quiet: bool) -> Status:
    """Copy a backup into an empty record."""
    if not file.is_file():
        raise NoRecord(f"There is no backup at {file}. Check the path.")
    rows = _copy(Record(file, settings), Record(settings.record, settings, create=True), quiet, "restoring")
    _tell(f"Restored {rows:,} rows. Verify them with `onrecord check`.", quiet)
    return Status.DONE


# --- parts ----------------------------------------------------------------------------------------


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether Ctrl-C was pressed, or the program told to end; the second time ends all."""
    asked = [False]

    def stop(_number: int, _frame: object) -> None:
        if asked[0]:
            raise KeyboardInterrupt
        asked[0] = True
        sys.stderr.write("\nStopping after the articles in hand. Press Ctrl-C again to stop at once.\n")

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked[0]
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run(items: Iterable[Added | Skipped], outcome: Outcome, as_json: bool, advance: Advance) -> None:
    for item in items:
        outcome.take(item)
        if as_json:
            _print(_object(item))
        advance()


def _compare(record: Record, quiet: bool, stop: Callable[[], bool]) -> int:
    """Compare what is new with what the same speakers said before; give how many reversals that adds.

    Nothing once `stop` says so: what waits is compared by the next command that needs it.
    """
    waiting = 0 if stop() else record.waiting()
    if not waiting:
        return 0
    new = record.store.waiting_statements()
    with steps("comparing", waiting, "statements", not quiet and sys.stderr.isatty()) as advance:
        for done in record.compare(stop):
            advance(done)
    return record.count_reversals(new)


def _with_jobs(settings: Settings, total: int | None) -> Settings:
    """Give the settings with a process for each core, where no number was asked for and there is enough to do."""
    if settings.jobs:
        return settings
    return replace(settings, jobs=1 if total is not None and total <= FEW else os.cpu_count() or 1)


def _fetcher(asked: Adding, record: Record) -> Any:  # noqa: ANN401 # the web's, or none
    return fetcher(asked.settings, asked.allow_private, record.memory) if asked.fetch else None


def _copy(source: Record, target: Record, quiet: bool, doing: str) -> int:
    rows = 0
    with steps(doing, source.store.rows(), "rows", not quiet and sys.stderr.isatty()) as advance:
        for more in source.store.copy_to(target.store):
            rows += more
            advance(more)
    for record in (source, target):
        record.store.close()
    return rows


def _report(outcome: Outcome, asked: Adding) -> None:
    found = outcome.to_dict()
    if asked.as_json:
        _print(found)
    articles, lines, where = found["articles"], [], without_password(asked.settings.record)
    if not asked.quiet:
        told = [
            f"{articles['known']:,} known" if articles["known"] else "",
            f"{articles['printed_again']:,} printed elsewhere too" if articles["printed_again"] else "",
            f"{articles['read_again']:,} read by an earlier printing" if articles["read_again"] else "",
            f"{articles['near_duplicates']:,} near copies of others" if articles["near_duplicates"] else "",
        ]
        also = "".join(f", {part}" for part in told if part)
        lines.append(
            f"Added {counted(articles['added'], 'article')} with {counted(outcome.statements, 'statement')}{also} "
            f"in {found['seconds']:,.1f} s to {where}."
        )
        if outcome.reversals:
            lines.append(f"{counted(outcome.reversals, 'new reversal')} to look at: `onrecord reversals`.")
    sys.stderr.write("".join(f"{line}\n" for line in [*lines, *skipped_lines(outcome.skipped)]))


def _line(item: Added | Skipped) -> str:
    if isinstance(item, Skipped):
        return f"{one_line(item.name)}: skipped, {one_line(item.reason)}"
    return f"{one_line(item.name)}: {item.arrival}, {counted(item.statements, 'statement')}"


def _object(item: Added | Skipped) -> codec.Json:
    if isinstance(item, Skipped):
        return {"name": item.name, "skipped": item.reason, "step": item.step}
    told = {"name": item.name, "arrival": item.arrival, "statements": item.statements, "copies": item.copies}
    return told | {"article": item.article}


def _print(data: codec.Json) -> None:
    sys.stdout.buffer.write(codec.to_line(data))
    sys.stdout.buffer.flush()


def _tell(line: str, quiet: bool) -> None:
    if not quiet:
        sys.stderr.write(f"{line}\n")
