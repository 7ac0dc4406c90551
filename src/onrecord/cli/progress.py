"""A progress bar on standard error: articles done, rate, time left."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from onrecord.ingest.count import count

Advance = Callable[[], None]


@contextmanager
def progress(inputs: Sequence[str], shown: bool, doing: str = "reading") -> Iterator[Advance]:
    """Give a function to call after each article; it draws only where asked to and for more than one."""
    total = count(inputs) if shown else 0
    with steps(doing, total, "articles", shown and (total is None or total > 1)) as advance:
        yield lambda: advance(1)


@contextmanager
def steps(doing: str, total: int | None, what: str, shown: bool) -> Iterator[Callable[[int], None]]:
    """Give a function to call with the number of things done since; it draws where asked to."""
    if not shown:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(doing, total=total, rate="")

        def advance(more: int) -> None:
            bar.advance(task, more)
            speed = bar.tasks[0].speed
            bar.update(task, rate=f"{speed:,.1f} {what}/s" if speed else "")

        yield advance
