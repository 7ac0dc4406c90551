"""The commands: their options and help. What they do stands in the files beside this one."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.boundary import Status, guarded
from onrecord.cli.people import people
from onrecord.settings import load

app = typer.Typer(
    name="onrecord",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(people, name="people")

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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal may lack a character of the article
    app()


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
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files (.txt .html .jsonl), folders, globs, or - for standard input."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines: an object for each article.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV: a row for each statement.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT", help="Write one self-contained page of the marked articles.")
    ] = None,
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="When it was printed, where the text doesn't say."),
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Who printed it.")] = None,
    max_bytes: Annotated[
        int | None, typer.Option(metavar="N", help="Skip inputs that are larger. (default: 20000000)")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(metavar="P", help="Leave out statements that are less sure, from 0 to 1.")
    ] = None,
    convert: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE", help="Give amounts of money in this currency too, by the ECB's rates (repeatable)."
        ),
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", metavar="N", help="Processes. (default: 1)")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
    color: Annotated[bool | None, typer.Option("--color/--no-color", help="(default: as the terminal can)")] = None,
) -> Status:
    """Show who said what in news articles: marked in the text, and as a table."""
    from onrecord.cli.reading import Form, Request, run
    from onrecord.ingest import IngestOptions

    settings = load(
        {"max_bytes": max_bytes, "min_confidence": min_confidence, "jobs": jobs, "convert": convert or None}
    )
    options = IngestOptions(published.date() if published else None, publisher, settings.max_bytes)
    form = Form(as_json=as_json, as_csv=as_csv, html=html, color=color)
    return run(Request(tuple(inputs), settings, options, form, quiet))


@app.command()
@guarded
def models() -> Status:
    """List the models with their digests and sizes; ONRECORD_MODEL names another folder of weights."""
    from onrecord.cli.models import run

    return run(load())
