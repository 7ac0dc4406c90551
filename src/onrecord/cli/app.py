"""The commands: their options and help. What they do stands in the files beside this one."""

import gc
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import flags
from onrecord.cli.boundary import Status, guarded
from onrecord.cli.comparing import comparing
from onrecord.cli.correcting import correcting
from onrecord.cli.finding import finding
from onrecord.cli.keeping import keeping
from onrecord.cli.people import people
from onrecord.cli.serving import serving
from onrecord.cli.users import users
from onrecord.settings import load

app = typer.Typer(
    name="onrecord",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for commands in (keeping, finding, comparing, correcting, serving):
    app.add_typer(commands)
app.add_typer(people, name="people")
app.add_typer(users, name="users")

_READ_EXAMPLES = """[bold]Examples[/bold]

  onrecord read article.txt

  onrecord read --json articles.jsonl > statements.jsonl

  onrecord read --html marked.html --published 2026-03-28 news/

  curl -s https://example.org/story | onrecord read -

[bold]Exit status[/bold]

  0 done · 2 wrong use · 3 some inputs were skipped · 4 nothing could be read
"""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(100_000, 20, 20)  # starting makes many objects and no garbage: a tenth of the time goes otherwise
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal may lack a character of the article
    try:
        app()
    finally:
        gc.freeze()  # nor is there garbage to look for at the end


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


@app.callback()
def onrecord(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """Read the news and keep the record: who said what, when, through whom."""


@app.command(epilog=_READ_EXAMPLES)
@guarded
def read(
    inputs: flags.Inputs,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines: an object for each article.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV: a row for each statement.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT", help="Write one self-contained page of the marked articles.")
    ] = None,
    published: flags.Published = None,
    publisher: flags.Publisher = None,
    column: flags.Column = None,
    fetch: flags.Fetch = False,
    allow_private: flags.AllowPrivate = False,
    max_bytes: flags.MaxBytes = None,
    min_confidence: flags.MinConfidence = None,
    convert: flags.Convert = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", metavar="N", help="Processes. (default: 1)")] = None,
    quiet: flags.Quiet = False,
    color: flags.Color = None,
) -> Status:
    """Show who said what in news articles: marked in the text, and as a table."""
    from onrecord.cli.fetching import fetcher
    from onrecord.cli.reading import Form, Request, run

    settings = load({"max_bytes": max_bytes, "min_confidence": min_confidence, "jobs": jobs, "convert": convert})
    options = flags.ingest_options(settings, published, publisher, column)
    options = replace(options, fetcher=fetcher(settings, allow_private) if fetch else None)
    form = Form(as_json=as_json, as_csv=as_csv, html=html, color=color)
    return run(Request(tuple(inputs), settings, options, form, quiet))


@app.command()
@guarded
def models() -> Status:
    """List the models with their digests and sizes; ONRECORD_MODEL names another folder of weights."""
    from onrecord.cli.models import run

    return run(load())
