"""What is added at the desk: one run of the command line after the other, each in a process of its own.

files, text, a link ──Jobs.put──▶ queue ──`onrecord add --json`──▶ lines ──▶ the job's items, as they come

A process of its own reads without holding up the pages, and can be stopped. It is told where the record is through its
environment, for an address may hold a password.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Literal, Protocol

from onrecord.codec import Json
from onrecord.settings import Settings, without_password

MOST = 50  # jobs that are remembered
POLITE = 10  # who reads pages goes first
TOLD = 2_000  # characters of what a process that failed said

State = Literal["waiting", "running", "done", "stopped", "failed"]
OVER: tuple[State, ...] = ("done", "stopped", "failed")


class Run(Protocol):
    """A run of the command line."""

    def lines(self) -> Iterator[str]:
        """Give what it prints, as it prints it, until it ends."""

    def stop(self) -> None:
        """Ask it to end after the article in hand."""

    def end(self) -> tuple[int, str]:
        """Wait for it; give its exit status and what it said on standard error."""


Starter = Callable[[Sequence[str], Path, Settings], Run]  # arguments, the folder to run in, settings -> a run


@dataclass(slots=True)
class Job:
    """What somebody adds, and what became of it so far."""

    who: str
    names: tuple[str, ...]  # of the inputs, as they are shown
    arguments: tuple[str, ...]  # of `onrecord add`
    folder: Path  # with what was sent; it goes when the job is over
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))
    state: State = "waiting"
    items: list[Json] = field(default_factory=list)  # what became of each article
    summary: Json | None = None
    error: str | None = None
    run: Run | None = None
    stopping: bool = False  # somebody asked for its end

    @property
    def over(self) -> bool:
        """Tell whether nothing more comes."""
        return self.state in OVER

    def to_dict(self) -> Json:
        """Give it as the page shows it."""
        return {
            "id": self.id,
            "who": self.who,
            "names": list(self.names),
            "begun": self.begun.isoformat(),
            "state": self.state,
            "items": list(self.items),
            "summary": self.summary,
            "error": self.error,
        }


class Jobs:
    """The jobs of a desk: one runs at a time, the others wait in turn."""

    def __init__(self, settings: Settings, over: Callable[[], None], start: Starter | None = None) -> None:
        """Begin with none; `over` is called when one ends, `start` starts a run (a process, where none is given)."""
        self._settings, self._over, self._start = settings, over, start or CommandLine
        self._jobs: dict[str, Job] = {}
        self._queue = SimpleQueue[Job | None]()
        self._closed = False
        self._turn = Lock()  # between whoever stops a job and its beginning
        self._worker = Thread(target=self._work, daemon=True)
        self._worker.start()

    def put(self, job: Job) -> Job:
        """Let a job wait its turn; the oldest that are over are forgotten."""
        self._jobs[job.id] = job
        for old in [j for j in list(self._jobs.values()) if j.over][: max(0, len(self._jobs) - MOST)]:
            self._jobs.pop(old.id, None)
        self._queue.put(job)
        return job

    def get(self, key: str) -> Job | None:
        """Give a job by its id."""
        return self._jobs.get(key)

    def all(self) -> list[Job]:
        """Give all jobs, the latest first."""
        return list(self._jobs.values())[::-1]

    def stop(self, job: Job) -> None:
        """End a job after the article in hand; one that waits does not begin."""
        with self._turn:
            job.stopping = True
            if job.state == "waiting":
                job.state = "stopped"
            elif job.run is not None and not job.over:
                job.run.stop()

    def close(self) -> None:
        """Stop all."""
        self._closed = True
        for job in self.all():
            self.stop(job)
        self._queue.put(None)
        self._worker.join(20)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                if not self._closed and self._begun(job):
                    self._do(job)
            except Exception as error:  # the next job must have its turn
                job.error, job.state = f"{type(error).__name__}: the run could not be started. Try again.", "failed"
            finally:
                shutil.rmtree(job.folder, ignore_errors=True)
                self._over()

    def _begun(self, job: Job) -> bool:
        with self._turn:
            if job.state == "waiting":
                job.state = "running"
            return job.state == "running"

    def _do(self, job: Job) -> None:
        run = self._start(job.arguments, job.folder, self._settings)
        with self._turn:
            job.run = run
            if job.stopping:  # while it was being started
                run.stop()
        for line in run.lines():
            told = json.loads(line)
            if "name" in told:
                job.items.append(told)
            else:
                job.summary = told
        status, said = run.end()
        if job.stopping:
            job.state = "stopped"
            return
        if job.summary is None:
            where = _environment(self._settings)["ONRECORD_RECORD"]
            told = said[-TOLD:].strip().replace(without_password(where), "The record")  # where it is tells nobody here
            job.error = told or f"It ended with status {status}. Look at the log of the desk."
        job.state = "done" if job.summary else "failed"


class CommandLine:
    """A run of `onrecord add` in a process of its own."""

    def __init__(self, arguments: Sequence[str], folder: Path, settings: Settings) -> None:
        command = [sys.executable, "-P", "-m", "onrecord.cli", "add", "--json", "--quiet", *arguments]
        self._told = folder / ".told"
        with self._told.open("w", encoding="utf-8") as told:
            self._process = subprocess.Popen(  # noqa: S603 # our own command, its inputs named by us
                command,
                cwd=folder,
                env=os.environ | _environment(settings),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=told,
                text=True,
                encoding="utf-8",
            )
        with suppress(OSError, AttributeError):  # a system that knows no such thing
            os.setpriority(os.PRIO_PROCESS, self._process.pid, POLITE)

    def lines(self) -> Iterator[str]:
        """Give what it prints, as it prints it, until it ends."""
        if self._process.stdout is not None:
            with self._process.stdout as lines:
                yield from lines

    def stop(self) -> None:
        """Ask it to end after the article in hand."""
        self._process.terminate()

    def end(self) -> tuple[int, str]:
        """Wait for it; give its exit status and what it said on standard error."""
        return self._process.wait(), self._told.read_text("utf-8", "replace")


def _environment(settings: Settings) -> dict[str, str]:
    """Give the settings as environment; the folder of the run is not that of the desk, so paths are whole."""
    where = settings.record if "://" in settings.record else str(Path(settings.record).absolute())
    found = {"RECORD": where, "MAX_BYTES": str(settings.max_bytes), "MIN_CONFIDENCE": str(settings.min_confidence)}
    paths = {"PEOPLE": settings.people, "MODEL": settings.model}
    found |= {name: str(path.absolute()) for name, path in paths.items() if path}
    if settings.convert:
        found["CONVERT"] = ",".join(settings.convert)
    return {f"ONRECORD_{name}": value for name, value in found.items()}
