"""A progress bar on standard error: articles done, rate, time left."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from onrecord.ingest.count import count


@contextmanager
def progress(inputs: Sequence[str], shown: bool) -> Iterator[Callable[[], None]]:
    """Give a function to call after each article; it draws only where asked to and for more than one."""
    total = count(inputs) if shown else 0
    if total is not None and total < 2:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("reading", total=total, rate="")

        def advance() -> None:
            bar.advance(task)
            speed = bar.tasks[0].speed
            bar.update(task, rate=f"{speed:,.1f} articles/s" if speed else "")

        yield advance
