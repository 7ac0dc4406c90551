"""The commands that fill a record and keep it whole: their options and help. What they do stands in keeping_work.py."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import flags
from onrecord.cli.boundary import Status, guarded
from onrecord.settings import load

keeping = typer.Typer(rich_markup_mode="rich")

_ADD = """[bold]Examples[/bold]

  onrecord add news/

  onrecord add --record years.db articles.jsonl archive.warc.gz export.xlsx --column text=Body

  onrecord add --fetch https://example.org/feed.xml

[bold]Exit status[/bold]

  0 done · 2 wrong use · 3 some inputs were skipped · 4 nothing could be done
"""
_WATCH = """[bold]Examples[/bold]

  onrecord watch inbox/

  onrecord watch --fetch --every 600 subscriptions.opml
"""
_RESTORE = """[bold]Examples[/bold]

  onrecord backup monday.db

  onrecord restore monday.db --record onrecord.db

  onrecord restore monday.db --record postgresql://me@localhost/shared
"""
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", metavar="N", help="Processes. (default: all cores)")]


@keeping.command(epilog=_ADD)
@guarded
def add(
    inputs: flags.Inputs,
    where: flags.Where = None,
    as_json: flags.AsJson = False,
    published: flags.Published = None,
    publisher: flags.Publisher = None,
    column: flags.Column = None,
    fetch: flags.Fetch = False,
    allow_private: flags.AllowPrivate = False,
    max_bytes: flags.MaxBytes = None,
    min_confidence: flags.MinConfidence = None,
    convert: flags.Convert = None,
    jobs: Jobs = None,
    quiet: flags.Quiet = False,
) -> Status:
    """Keep who said what in news articles; what is there already is not read again."""
    from onrecord.cli.keeping_work import Adding, add

    settings = load(
        {"record": where, "max_bytes": max_bytes, "min_confidence": min_confidence, "convert": convert, "jobs": jobs}
    )
    options = flags.ingest_options(settings, published, publisher, column)
    return add(Adding(tuple(inputs), settings, options, as_json, quiet, fetch, allow_private))


@keeping.command(epilog=_WATCH)
@guarded
def watch(
    inputs: flags.Inputs,
    where: flags.Where = None,
    every: Annotated[float, typer.Option(metavar="SECONDS", help="How long to wait between two looks.")] = 300,
    as_json: flags.AsJson = False,
    publisher: flags.Publisher = None,
    column: flags.Column = None,
    fetch: flags.Fetch = False,
    allow_private: flags.AllowPrivate = False,
    max_bytes: flags.MaxBytes = None,
    jobs: Jobs = None,
    quiet: flags.Quiet = False,
) -> Status:
    """Keep what comes into folders and feeds, until you press Ctrl-C."""
    from onrecord.cli.keeping_work import Adding, watch

    settings = load({"record": where, "max_bytes": max_bytes, "jobs": jobs})
    options = flags.ingest_options(settings, None, publisher, column)
    return watch(Adding(tuple(inputs), settings, options, as_json, quiet, fetch, allow_private), every)


@keeping.command(epilog=flags.examples("onrecord reread", "onrecord reread --convert EUR --record years.db"))
@guarded
def reread(
    where: flags.Where = None,
    as_json: flags.AsJson = False,
    min_confidence: flags.MinConfidence = None,
    convert: flags.Convert = None,
    jobs: Jobs = None,
    quiet: flags.Quiet = False,
) -> Status:
    """Read anew what other models or options have read; what people judged stays."""
    from onrecord.cli.keeping_work import reread

    settings = load({"record": where, "min_confidence": min_confidence, "convert": convert, "jobs": jobs})
    return reread(settings, as_json, quiet)


@keeping.command(epilog=flags.examples("onrecord skipped", "onrecord skipped --json"))
@guarded
def skipped(where: flags.Where = None, as_json: flags.AsJson = False) -> Status:
    """List the inputs that could not be read, and why."""
    from onrecord.cli.keeping_work import skipped

    return skipped(load({"record": where}), as_json)


@keeping.command(epilog=flags.examples("onrecord check"))
@guarded
def check(where: flags.Where = None, as_json: flags.AsJson = False, quiet: flags.Quiet = False) -> Status:
    """Verify every kept text against its hash and every span against its text; exit status 1 where one fails."""
    from onrecord.cli.keeping_work import check

    return check(load({"record": where}), as_json, quiet)


@keeping.command(epilog=_RESTORE)
@guarded
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; it must not exist.")],
    where: flags.Where = None,
    quiet: flags.Quiet = False,
) -> Status:
    """Copy the whole record into one file, from SQLite or PostgreSQL, while others may use it."""
    from onrecord.cli.keeping_work import backup

    return backup(load({"record": where}), file, quiet)


@keeping.command(epilog=_RESTORE)
@guarded
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup, or any record in a file.")],
    where: flags.Where = None,
    quiet: flags.Quiet = False,
) -> Status:
    """Fill an empty record from a backup."""
    from onrecord.cli.keeping_work import restore

    return restore(load({"record": where}), file, quiet)
