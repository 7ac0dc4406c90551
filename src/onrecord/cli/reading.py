"""`onrecord read`: inputs -> readings -> what was asked for, with progress and the skipped on standard error."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from onrecord import ingest, pipeline
from onrecord.cli.boundary import Status
from onrecord.cli.output import CsvWriter, JsonWriter, PageWriter, TerminalWriter, Writer
from onrecord.cli.progress import progress
from onrecord.errors import OnRecordError, UsageError
from onrecord.reading import Reading
from onrecord.settings import Settings
from onrecord.types import Skipped


@dataclass(frozen=True, slots=True)
class Form:
    """What is made of the readings."""

    as_json: bool = False
    as_csv: bool = False
    html: Path | None = None
    color: bool | None = None

    def __post_init__(self) -> None:
        """Refuse two forms on one standard output."""
        if self.as_json and self.as_csv:
            raise UsageError("--json and --csv both go to standard output. Give one of them.")

    def writers(self) -> list[Writer]:
        """Give the writers, those of standard output first."""
        pages: list[Writer] = [PageWriter(self.html)] if self.html else []
        if self.as_json:
            return [JsonWriter(sys.stdout.buffer), *pages]
        if self.as_csv:
            return [CsvWriter(sys.stdout.buffer), *pages]
        return pages or [TerminalWriter(sys.stdout, self.color)]

    @property
    def on_terminal(self) -> bool:
        """Tell whether the readings scroll by on a terminal, where a progress bar would disturb."""
        return sys.stdout.isatty() and (self.as_json or self.as_csv or not self.html)


@dataclass(frozen=True, slots=True)
class Request:
    """All that a run of `read` was asked for."""

    inputs: tuple[str, ...]
    settings: Settings
    options: ingest.IngestOptions
    form: Form = Form()
    quiet: bool = False


@dataclass(slots=True)
class Outcome:
    """What came of a run."""

    articles: int = 0
    statements: int = 0
    words: int = 0
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def status(self) -> Status:
        """Give the exit status."""
        if not self.articles:
            return Status.NOTHING_DONE
        return Status.SOME_SKIPPED if self.skipped else Status.DONE


def run(request: Request) -> Status:
    """Read all inputs and write what was asked for; tell of the skipped at the end."""
    started, outcome = time.perf_counter(), Outcome()
    writers = request.form.writers()
    for reading in _readings(request, outcome):
        for writer in writers:
            writer.add(reading)
    if outcome.articles:
        for writer in writers:
            writer.close()
    _report(request, outcome, time.perf_counter() - started)
    return outcome.status


def _readings(request: Request, outcome: Outcome) -> Iterator[Reading]:
    """Give the readings as they come, counting them and keeping the skipped."""
    shown = sys.stderr.isatty() and not request.quiet and not request.form.on_terminal
    if not request.quiet:
        tell_columns(request.inputs, request.options)
    articles = ingest.articles(request.inputs, request.options)
    with progress(request.inputs, shown) as advance:
        for item in pipeline.readings(articles, request.settings):
            if isinstance(item, Skipped):
                outcome.skipped.append(item)
            else:
                outcome.articles += 1
                outcome.statements += len(item.statements)
                outcome.words += len(item.article.text.split())
                yield item
            advance()


def _report(request: Request, outcome: Outcome, seconds: float) -> None:
    lines = []
    several = outcome.articles + len(outcome.skipped) > 1
    if not request.quiet and several and outcome.articles:
        rate = outcome.words / max(seconds, 1e-9)
        lines.append(
            f"Read {counted(outcome.articles, 'article')} with {counted(outcome.statements, 'statement')} "
            f"in {seconds:,.1f} s ({rate:,.0f} words a second)."
        )
    if request.form.html and outcome.articles and not request.quiet:
        lines.append(f"Wrote {request.form.html}.")
    lines += skipped_lines(outcome.skipped, several=several)
    sys.stderr.write("".join(f"{line}\n" for line in lines))


def tell_columns(inputs: Sequence[str], options: ingest.IngestOptions) -> None:
    """Say which columns of the named tables are read as what, before they are."""
    from onrecord.ingest import formats

    for name in inputs:
        if formats.READERS.get(formats.kind_of(name) or "") == "tables" and Path(name).is_file():
            from onrecord.ingest import tables, tables_columns

            with suppress(OnRecordError, OSError):  # told when it is read
                columns = tables.guessed(name, options)
                sys.stderr.write(f"Columns of {one_line(name)}: {one_line(tables_columns.shown(columns))}\n")


def skipped_lines(skipped: Sequence[Skipped], *, several: bool = True) -> list[str]:
    """Give what is told of the inputs that could not be read."""
    if not skipped:
        return []
    head = f"Skipped {counted(len(skipped), 'input')}:" if several else "Skipped:"
    return [head, *(f"  {one_line(s.name)}: {one_line(s.reason)}" for s in skipped)]


def counted(number: int, noun: str) -> str:
    """Give a number with its noun: "1 article", "2,000 articles"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def one_line(words: str) -> str:
    """Give words that a terminal shows on one line, whatever is in them."""
    return "".join(c if c.isprintable() else "\ufffd" for c in words)
