"""The commands that set then beside now: their options and help. What they do stands in comparing_work.py."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import flags
from onrecord.cli.boundary import Status, guarded
from onrecord.cli.finding import About, ActFlag, AsCsv, AsMarkdown, Limit, Page, Parquet, Since, Speaker, Until
from onrecord.types import LABELS

comparing = typer.Typer(rich_markup_mode="rich")

LabelName = Enum("LabelName", {label: label for label in LABELS})  # type: ignore[misc] # what typer completes

_JUDGES = """[bold]Judges[/bold]

  --judge own: the network that ships. --judge FOLDER: an ONNX cross-encoder for natural language inference of yours.

  --judge URL#MODEL: a chat endpoint such as Ollama (http://localhost:11434/v1#qwen3:8b); it is sent the two statements
  and their dates, nothing else. ONRECORD_JUDGE_KEY holds its key, ONRECORD_JUDGE_PRICE what a million tokens cost.
"""
_COMPARE = f"""[bold]Examples[/bold]

  onrecord compare "No plant will reopen." "The plant will run again from May."

  onrecord compare pairs.jsonl --json

{_JUDGES}"""
_REVERSALS = f"""[bold]Examples[/bold]

  onrecord reversals

  onrecord reversals --speaker "Ilse Brandt" --about harbour

  onrecord reversals --label softened --label hardened --json

{_JUDGES}"""

Judge = Annotated[str | None, typer.Option("--judge", metavar="JUDGE", help="Who compares: see below. (default: own)")]
Key = Annotated[str, typer.Argument(metavar="ID", help="Of a reversal; its beginning is enough.")]


@comparing.command(epilog=_COMPARE)
@guarded
def compare(
    earlier: Annotated[str, typer.Argument(metavar="EARLIER|FILE", help="What was said first; or pairs, JSON Lines.")],
    later: Annotated[str | None, typer.Argument(metavar="LATER", help="What was said later.")] = None,
    judge: Judge = None,
    as_json: flags.AsJson = False,
    quiet: flags.Quiet = False,
    color: flags.Color = None,
) -> Status:
    """Say what a later statement does to an earlier one of the same speaker, and show the words that clash."""
    from onrecord.cli.comparing_work import compare

    return compare(earlier, later, judge, as_json=as_json, quiet=quiet, color=color)


@comparing.command(epilog=_REVERSALS)
@guarded
def reversals(
    where: flags.Where = None,
    speaker: Speaker = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    act: ActFlag = None,
    label: Annotated[
        list[LabelName] | None, typer.Option("--label", help="Those of this label, however likely (repeatable).")
    ] = None,
    least: Annotated[
        float, typer.Option("--min-clash", min=0, max=1, metavar="P", help="Those at least so likely to clash.")
    ] = 0.5,
    judge: Judge = None,
    limit: Limit = 50,
    page: Page = 1,
    as_json: flags.AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    parquet: Parquet = None,
    color: flags.Color = None,
) -> Status:
    """List where a speaker's later words can't stand beside earlier ones: candidates for an editor, likeliest first."""
    from onrecord.cli.comparing_work import Wish, reversals
    from onrecord.cli.finding_work import Asked, Form

    wish = Wish(
        Asked(where, speaker, about, since, until, act and act.value),
        tuple(one.value for one in label or ()),
        least,
        judge,
    )
    return reversals(wish, limit, page, Form(as_json, as_csv, as_markdown, parquet, color))


@comparing.command(
    epilog=flags.examples(
        'onrecord timeline "Ilse Brandt" --about "harbour fees"',
        'onrecord timeline "Ilse Brandt" --about harbour --html harbour.html',
    )
)
@guarded
def timeline(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, an alias or an id.")],
    where: flags.Where = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    png: Annotated[Path | None, typer.Option("--png", metavar="OUT", help="Draw a picture.")] = None,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="OUT", help="Draw a picture that scales.")] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="OUT", help="Write a page.")] = None,
    limit: Limit = 200,
    as_json: flags.AsJson = False,
    color: flags.Color = None,
) -> Status:
    """Show somebody's positions on a matter in order, with what changed."""
    from onrecord.cli.comparing_work import timeline
    from onrecord.cli.finding_work import Asked

    asked = Asked(where, name, about, since, until)
    return timeline(asked, {"png": png, "svg": svg, "html": html}, limit, as_json, color)


@comparing.command(epilog=flags.examples("onrecord card 3f2a -o card.png", "onrecord card 3f2a -o card.svg"))
@guarded
def card(
    key: Key,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Its ending tells: .svg, .png, .html.")],
    where: flags.Where = None,
) -> Status:
    """Draw the then-and-now card of a reversal: both statements word for word, dates, outlets, what clashes."""
    from onrecord.cli.comparing_work import card

    return card(key, out, where)


@comparing.command(epilog=flags.examples("onrecord learn", "onrecord undo 9b1c"))
@guarded
def learn(where: flags.Where = None, by: flags.By = None) -> Status:
    """Let your verdicts on reversals move how likely others are held to be; `undo` takes it back."""
    from onrecord.cli.comparing_work import learn

    return learn(where, by)
