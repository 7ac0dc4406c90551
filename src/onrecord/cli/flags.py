"""Options that several commands share."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import UsageError
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.ingest import IngestOptions

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Files (text, HTML, JSON Lines, tables, feeds, web archives, zip, NewsML-G2, ninjs), folders, globs, web "
        "addresses (with --fetch), or - for standard input.",
    ),
]
Where = Annotated[
    str | None,
    typer.Option("--record", metavar="PATH|URL", help="The record: a file, or postgresql://... (default: onrecord.db)"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON Lines.")]
Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="When it was printed, where the text doesn't say."),
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who printed it.")]
MaxBytes = Annotated[int | None, typer.Option(metavar="N", help="Skip inputs that are larger. (default: 20000000)")]
MinConfidence = Annotated[
    float | None, typer.Option(metavar="P", help="Leave out statements that are less sure, from 0 to 1.")
]
Convert = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", help="Give amounts of money in this currency too, by the ECB's rates (repeatable)."),
]
Column = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="FIELD=NAME", help="Which column of a table holds a field: text=Body (repeatable)."
    ),
]
Fetch = Annotated[bool, typer.Option("--fetch", help="Fetch web addresses, and the pages that feeds link to.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="With --fetch: also addresses inside your own network.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]
Color = Annotated[bool | None, typer.Option("--color/--no-color", help="(default: as the terminal can)")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who says so. (default: your user name)")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why.")]


def examples(*lines: str) -> str:
    """Give what stands at the end of a command's help."""
    return "\n\n".join(["[bold]Examples[/bold]" if len(lines) > 1 else "[bold]Example[/bold]", *lines])


def ingest_options(
    settings: Settings, published: datetime | None, publisher: str | None, column: list[str] | None
) -> "IngestOptions":
    """Give the options of reading inputs; raises UsageError."""
    from onrecord.ingest import IngestOptions

    pairs = [pair.partition("=") for pair in column or ()]
    if wrong := next((field for field, sign, name in pairs if not (sign and name)), None):
        raise UsageError(f"--column {wrong} names no column. Write it as --column text=Body.")
    day = published.date() if published else None
    return IngestOptions(day, publisher, settings.max_bytes, columns={field: name for field, _, name in pairs})
