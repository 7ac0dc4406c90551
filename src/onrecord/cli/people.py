"""`onrecord people`: its commands, their options and help. What they do stands in people_work.py."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.boundary import Status, guarded
from onrecord.settings import load, people_file

people = typer.Typer(
    no_args_is_help=True, rich_markup_mode="rich", help="Who holds which office when; add your own people."
)

OwnFile = Annotated[
    Path | None, typer.Option("--people", metavar="FILE", help="Your own people. (default: see `people log`)")
]
On = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="On which day. (default: today)")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON Lines.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="A name, or an id.")]


def _file(given: Path | None) -> Path:
    return people_file(load({"people": given}))


_FIND = """[bold]Examples[/bold]

  onrecord people find Zelensky

  onrecord people find "George Bush" --on 1990-05-01

  onrecord people find Johnson --on 2020-05-01 --hint "Wisconsin senator" --json
"""


@people.command(epilog=_FIND)
@guarded
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, in full or in part, in any spelling.")],
    on: On = None,
    hint: Annotated[str, typer.Option(metavar="WORDS", help="Words beside the name: a role, a country, a party.")] = "",
    as_json: AsJson = False,
    own: OwnFile = None,
) -> Status:
    """Show whom a name may mean, the likeliest first, with the role held on that day."""
    from onrecord.cli.people_work import Asked, find_people

    return find_people(name, hint or None, Asked.of(_file(own), on, as_json))


_HOLDER = """[bold]Examples[/bold]

  onrecord people holder "the French president" --on 2016-05-01

  onrecord people holder "NATO's secretary general" --on 2020-01-01

  onrecord people holder "foreign minister" --country Ukraine
"""


@people.command(epilog=_HOLDER)
@guarded
def holder(
    office: Annotated[
        str, typer.Argument(metavar="OFFICE", help='An office as news writes it: "Speaker of the House".')
    ],
    on: On = None,
    country: Annotated[str, typer.Option(metavar="NAME", help="Whose office it is, where the words don't say.")] = "",
    as_json: AsJson = False,
    own: OwnFile = None,
) -> Status:
    """Show who held an office on a day; "last known" where our sources end before that day."""
    from onrecord.cli.people_work import Asked, find_holders

    return find_holders(office, country or None, Asked.of(_file(own), on, as_json))


_ADD = """The table needs a column of names; it may have office, place (or organisation), since, until, also (other names, with | between them), country, party, gender, type (person or organisation) and id. Dates are 2024-03-15, 2024-03 or 2024.

[bold]Examples[/bold]

  onrecord people add council.csv

  onrecord people add council.csv --check
"""  # noqa: E501 - help text wraps itself


@people.command(epilog=_ADD)
@guarded
def add(
    table: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV or TSV table of people.")],
    check: Annotated[bool, typer.Option("--check", help="Only show what would be added.")] = False,
    own: OwnFile = None,
) -> Status:
    """Add people and their offices from a table; every line is checked first."""
    from onrecord.cli.people_work import add_table

    return add_table(table, _file(own), check)


@people.command(epilog='[bold]Example[/bold]\n\n  onrecord people alias "Volodymyr Zelenskyy" "Ze"')
@guarded
def alias(
    name: Name,
    other: Annotated[str, typer.Argument(metavar="ALIAS", help="Another name of the same one.")],
    own: OwnFile = None,
) -> Status:
    """Give somebody another name."""
    from onrecord.cli.people_work import add_alias

    return add_alias(name, other, _file(own))


@people.command(epilog="[bold]Example[/bold]\n\n  onrecord people merge Q22316 own-john-kerry")
@guarded
def merge(
    kept: Annotated[str, typer.Argument(metavar="A", help="Who stays: a name or an id.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Who is the same one: a name or an id.")],
    own: OwnFile = None,
) -> Status:
    """Make two entries one: B's names and offices become A's."""
    from onrecord.cli.people_work import merge_two

    return merge_two(kept, other, _file(own))


@people.command(epilog='[bold]Example[/bold]\n\n  onrecord people split "John Kennedy" Q9696')
@guarded
def split(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that two people share.")],
    person: Annotated[str, typer.Argument(metavar="ID", help="Whom it doesn't mean in your articles: an id.")],
    own: OwnFile = None,
) -> Status:
    """Keep namesakes apart: the name no longer means that one."""
    from onrecord.cli.people_work import keep_apart

    return keep_apart(name, person, _file(own))


@people.command(epilog="[bold]Examples[/bold]\n\n  onrecord people undo\n\n  onrecord people undo 3")
@guarded
def undo(
    entry: Annotated[int | None, typer.Argument(metavar="[N]", help="The number that `people log` shows.")] = None,
    own: OwnFile = None,
) -> Status:
    """Take back the last entry of your file, or the one of that number."""
    from onrecord.cli.people_work import take_back

    return take_back(entry, _file(own))


@people.command(epilog="[bold]Example[/bold]\n\n  onrecord people log")
@guarded
def log(own: OwnFile = None) -> Status:
    """List the entries of your file, those taken back too, and where it lies."""
    from onrecord.cli.people_work import show_log

    return show_log(_file(own))
