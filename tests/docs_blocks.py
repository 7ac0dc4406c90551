"""The commands shown in README.md and docs/, with their real output: found, run, compared, refreshed.

A ```console block holds commands after `$ `, each with its output; a ```pycon block holds Python after `>>> `. In the
output a line of `...` alone stands for any number of lines. Commands other than onrecord are shown but not run.

    python tests/docs_blocks.py     put the real output into every block (also: make docs)
"""

import atexit
import contextlib
import doctest
import functools
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ (.*(?:\\\n.*)*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
FAULT = re.compile(r"Traceback \(most recent call last\)|[Tt]his is a fault of onrecord")
WIDTH = 100  # columns of the terminal that the docs show


@dataclass(frozen=True)
class Shown:
    """A command as the docs show it, and the output beneath it."""

    page: Path
    command: str
    output: str

    @property
    def runs(self) -> bool:
        return self.command.startswith("onrecord ")


def pages() -> list[Path]:
    return [p for p in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))) if p.exists()]


def commands() -> list[Shown]:
    """Give all commands of ```console blocks that are run."""
    shown = [Shown(page, m[1], m[2]) for page, body in blocks("console") for m in COMMAND.finditer(body)]
    return [s for s in shown if s.runs]


def blocks(kind: str) -> Iterator[tuple[Path, str]]:
    for page in pages():
        yield from ((page, m[2]) for m in BLOCK.finditer(page.read_text(encoding="utf-8")) if m[1] == kind)


@functools.cache
def record() -> str:
    """Give the record of the examples that the commands ask, made anew for each run of the docs."""
    place = Path(tempfile.mkdtemp(prefix="onrecord-docs-")) / "onrecord.db"
    atexit.register(shutil.rmtree, place.parent, ignore_errors=True)
    command = [str(Path(sys.executable).parent / "onrecord"), "add", "--quiet", "--record", str(place), "examples/"]
    subprocess.run(command, cwd=ROOT, check=True, timeout=300)
    return str(place)


def run(command: str) -> str:
    """Give what a terminal without colour would show, standard error included."""
    environment = {
        "ONRECORD_RECORD": record(),
        **{name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": str(WIDTH),
        "TERMINAL_WIDTH": str(WIDTH),
        "NO_COLOR": "1",
        "TERM": "dumb",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
    )
    return tidy(done.stdout.decode("utf-8"))


def run_python(body: str) -> str:
    """Give a ```pycon block with the real output after each example."""
    os.environ["ONRECORD_RECORD"] = record()
    names: dict[str, object] = {"__name__": "__console__"}
    out = []
    with contextlib.chdir(ROOT):
        for example in doctest.DocTestParser().get_examples(body):
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                try:
                    exec(compile(example.source, "<docs>", "single"), names)  # noqa: S102 - our own docs
                except Exception:
                    traceback.print_exc(file=printed)
            first, *rest = example.source.splitlines()
            out += [f">>> {first}", *(f"... {line}" for line in rest), *tidy(printed.getvalue()).splitlines()]
    return "\n".join(out) + "\n"


def tidy(output: str) -> str:
    """Give the output without spaces at line ends and empty lines around it."""
    lines = "\n".join(line.rstrip() for line in output.splitlines()).strip("\n")
    return f"{lines}\n" if lines else ""


def agrees(shown: str, real: str) -> bool:
    """Tell whether the shown output is the real one; a line of `...` stands for any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line + "\n") for line in tidy(shown).splitlines())
    return re.fullmatch(pattern, real) is not None


def shortened(shown: str, real: str) -> str:
    """Give the real output cut where the shown one was: as long a head before its `...`, as long a tail after."""
    if agrees(shown, real):
        return tidy(shown)
    lines, new = tidy(shown).splitlines(), real.splitlines()
    if "..." not in lines:
        return real
    head = lines.index("...")
    tail = lines[::-1].index("...")
    if head + tail >= len(new):
        return real
    return "\n".join([*new[:head], "...", *new[len(new) - tail :]]) + "\n"


def refresh(page: Path) -> bool:
    """Put real output into the page's blocks; tell whether that changed it."""
    old = page.read_text(encoding="utf-8")
    new = BLOCK.sub(lambda m: f"```{m[1]}\n{_block(page, m[1], m[2])}```", old)
    page.write_text(new, encoding="utf-8")
    return new != old


def _block(page: Path, kind: str, body: str) -> str:
    if kind == "pycon":
        return _refreshed(body, run_python(body))
    return COMMAND.sub(lambda m: _command(Shown(page, m[1], m[2])), body)


def _command(shown: Shown) -> str:
    output = _refreshed(shown.output, run(shown.command)) if shown.runs else shown.output
    return f"$ {shown.command}\n{output}"


def _refreshed(shown: str, real: str) -> str:
    """Give what is to be shown now; a traceback never gets into the docs."""
    if not FAULT.search(real):
        return shortened(shown, real)
    sys.stderr.write(f"Not refreshed, it fails; mend it and run again:\n{real}\n")
    return shown


if __name__ == "__main__":
    for each in pages():
        print(f"{each.relative_to(ROOT)}: {'refreshed' if refresh(each) else 'as it was'}")  # noqa: T201 - a script
