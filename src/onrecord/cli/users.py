"""`onrecord users`: its commands, their options and help. What they do stands in users_work.py."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import flags
from onrecord.cli.boundary import Status, guarded

users = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Who may sign in at the desk, where others reach it: see `onrecord serve --host`.",
)


class Role(StrEnum):
    """What a user may do."""

    reader = "reader"
    editor = "editor"


UsersFile = Annotated[
    Path | None, typer.Option("--users", metavar="FILE", help="The file of users. (default: beside your own settings)")
]
Name = Annotated[str, typer.Argument(metavar="NAME")]


@users.command(
    epilog=flags.examples(
        "onrecord users add ana --role editor", "pass show desk | onrecord users add bo --role reader --password-stdin"
    )
)
@guarded
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="A reader reads; an editor also judges, corrects and adds.")],
    from_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Take the password from standard input, its first line.")
    ] = False,
    file: UsersFile = None,
) -> Status:
    """Let somebody sign in; a name that is there gets the new password and role, and must sign in again."""
    from onrecord.cli.users_work import add

    return add(file, name, role.value, from_stdin)


@users.command(name="list", epilog=flags.examples("onrecord users list"))
@guarded
def list_(file: UsersFile = None, as_json: flags.AsJson = False) -> Status:
    """List who may sign in, with their roles."""
    from onrecord.cli.users_work import show

    return show(file, as_json)


@users.command(epilog=flags.examples("onrecord users remove bo"))
@guarded
def remove(name: Name, file: UsersFile = None) -> Status:
    """Let somebody in no longer; who is signed in is out at once."""
    from onrecord.cli.users_work import remove

    return remove(file, name)
