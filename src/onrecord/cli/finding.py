"""The commands that ask the record: their options and help. What they do stands in finding_work.py."""

from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, get_args

import typer

from onrecord.cli import flags
from onrecord.cli.boundary import Status, guarded
from onrecord.types import Act

finding = typer.Typer(rich_markup_mode="rich")

ActName = Enum("ActName", {act: act for act in get_args(Act)})  # type: ignore[misc] # what typer completes

_STATEMENTS = """[bold]Examples[/bold]

  onrecord statements --speaker "Ilse Brandt" --about 'harbour "port fees" -strike'

  onrecord statements --since 2026-01-01 --act threaten --json

  onrecord statements --about "ferries OR ports" --csv > ferries.csv

[bold]Words[/bold]

  All must be there, in any form; "in quotation marks" as they stand; OR between two; - before what must not be there;
  * at the end of a beginning.
"""
_SPEAKERS = """[bold]Examples[/bold]

  onrecord speakers

  onrecord speakers --about tariffs --since 2026-01-01 --limit 20
"""
_PLEDGES = """[bold]Examples[/bold]

  onrecord pledges --about aid --since 2025-01-01

  onrecord pledges --sum
"""
Speaker = Annotated[str | None, typer.Option(metavar="NAME", help="Who said it: a name, an alias or an id.")]
About = Annotated[str | None, typer.Option(metavar="WORDS", help="What it says: see below.")]
Since = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Said (else printed) then or later.")
]
Until = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Said (else printed) then or before.")
]
ActFlag = Annotated[ActName | None, typer.Option("--act", help="What the speaker does by it.")]
PrintedBy = Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Who printed it.")]
Limit = Annotated[int, typer.Option(min=0, metavar="N", help="At most so many; 0: all.")]
Page = Annotated[int, typer.Option(min=1, metavar="N", help="Which page of so many.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
AsMarkdown = Annotated[bool, typer.Option("--md", help="Print a Markdown table.")]
Parquet = Annotated[Path | None, typer.Option("--parquet", metavar="OUT", help="Write a Parquet file.")]
Key = Annotated[str, typer.Argument(metavar="ID", help="Of a statement; its beginning is enough.")]


@finding.command(epilog=_STATEMENTS)
@guarded
def statements(
    where: flags.Where = None,
    speaker: Speaker = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    act: ActFlag = None,
    publisher: PrintedBy = None,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first, not those that fit best.")] = False,
    dropped: Annotated[bool, typer.Option("--dropped", help="Those that somebody said are no statements.")] = False,
    limit: Limit = 50,
    page: Page = 1,
    as_json: flags.AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    parquet: Parquet = None,
    color: flags.Color = None,
) -> Status:
    """List who said what: by speaker, words, date, act and publisher."""
    from onrecord.cli.finding_work import Asked, Form, statements, wanted

    asked = Asked(where, speaker, about, since, until, act and act.value, publisher)
    form = Form(as_json, as_csv, as_markdown, parquet, color)
    return statements(asked, wanted(asked, limit, page, newest=newest, dropped=dropped), form)


@finding.command(epilog=_SPEAKERS)
@guarded
def speakers(
    where: flags.Where = None,
    speaker: Speaker = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    act: ActFlag = None,
    publisher: PrintedBy = None,
    limit: Limit = 50,
    page: Page = 1,
    as_json: flags.AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    parquet: Parquet = None,
    color: flags.Color = None,
) -> Status:
    """List who speaks, with roles by date; those with most statements first."""
    from onrecord.cli.finding_work import Asked, Form, speakers, wanted

    asked = Asked(where, speaker, about, since, until, act and act.value, publisher)
    return speakers(asked, wanted(asked, limit, page), Form(as_json, as_csv, as_markdown, parquet, color))


@finding.command(epilog=_PLEDGES)
@guarded
def pledges(
    where: flags.Where = None,
    speaker: Speaker = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    publisher: PrintedBy = None,
    summed: Annotated[bool, typer.Option("--sum", help="Add them up by giver, beneficiary, currency, year.")] = False,
    limit: Limit = 50,
    page: Page = 1,
    as_json: flags.AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    parquet: Parquet = None,
    color: flags.Color = None,
) -> Status:
    """List what was pledged, each utterance once however many report it."""
    from onrecord.cli.finding_work import Asked, Form, pledges, wanted

    asked = Asked(where, speaker, about, since, until, None, publisher)
    form = Form(as_json, as_csv, as_markdown, parquet, color)
    return pledges(asked, wanted(asked, limit, page), form, summed)


@finding.command(epilog=flags.examples("onrecord show 3f2a", "onrecord show 3f2a --json"))
@guarded
def show(key: Key, where: flags.Where = None, as_json: flags.AsJson = False, color: flags.Color = None) -> Status:
    """Show one statement in its article, with everything known of it and where that comes from."""
    from onrecord.cli.finding_work import show

    return show(where, key, as_json, color)


@finding.command(epilog=flags.examples("onrecord wordings 3f2a"))
@guarded
def wordings(key: Key, where: flags.Where = None, as_json: flags.AsJson = False, color: flags.Color = None) -> Status:
    """Show how an utterance was worded in each report: who trimmed it, who changed a word."""
    from onrecord.cli.finding_work import wordings

    return wordings(where, key, as_json, color)
