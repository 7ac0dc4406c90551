"""The command that opens the desk: its options and help. What it does stands in serving_work.py."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import flags
from onrecord.cli.boundary import Status, guarded

serving = typer.Typer(rich_markup_mode="rich")


@serving.command(
    epilog=flags.examples(
        "onrecord serve",
        "onrecord serve --record build/demo.db --open",
        "onrecord serve --read-only --port 9000",
        "onrecord users add ana --role editor; onrecord serve --host 0.0.0.0 --name desk.example.org",
    )
)
@guarded
def serve(
    where: flags.Where = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8420,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody may write.")] = False,
    browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    users: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who may sign in: see `onrecord users`. (default: your own file)"),
    ] = None,
    names: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME", help="A name by which others reach it (repeatable).")
    ] = None,
    certificate: Annotated[Path | None, typer.Option(metavar="FILE", help="For https, with --key.")] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="Of the certificate.")] = None,
) -> Status:
    """Open the desk: the record in the browser, on this machine."""
    from onrecord.cli.serving_work import Serving, serve

    return serve(Serving(where, host, port, read_only, browser, users, tuple(names or ()), certificate, key))
