"""Run a command on one core and tell what it cost: processor time, wall time, peak memory."""

import contextlib
import os
import statistics
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

ONE_THREAD = {
    "ONRECORD_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    **{f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "RAYON")},
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took; `first` is the wall time until its first line of output."""

    cpu: float  # seconds, user and system, of the process and all its children
    wall: float  # seconds
    first: float  # seconds
    megabytes: float  # peak resident memory of the largest process


@contextlib.contextmanager
def one_core() -> Iterator[int | None]:
    """Keep this process and all that it starts on one core; gives its number, or None where the system can't."""
    if not hasattr(os, "sched_setaffinity"):
        yield None
        return
    before = os.sched_getaffinity(0)
    core = max(before)  # the last: systems put their own work on the first
    os.sched_setaffinity(0, {core})
    try:
        yield core
    finally:
        os.sched_setaffinity(0, before)


def run(command: Sequence[str | Path], out: Path) -> Cost:
    """Run the command with standard output to `out` and give its cost; an error of the command is raised."""
    out.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **ONE_THREAD}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    with process.stdout as pipe, out.open("wb") as file:
        first = _drain(pipe, file)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [str(c) for c in command])
    return Cost(usage.ru_utime + usage.ru_stime, wall, first - start, usage.ru_maxrss / 1024)


def median(costs: Iterable[Cost]) -> Cost:
    """Give the median of each column on its own."""
    rows = [asdict(c) for c in costs]
    return Cost(**{key: statistics.median(r[key] for r in rows) for key in rows[0]})


def _drain(pipe: IO[bytes], file: IO[bytes]) -> float:
    """Copy the pipe to the file; give the time at which the first line was whole."""
    file.write(pipe.readline())
    first = time.perf_counter()
    for chunk in iter(lambda: pipe.read(1 << 20), b""):
        file.write(chunk)
    return first
