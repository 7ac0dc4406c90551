"""`onrecord users add`, `list`, `remove`: the file of those who may sign in at the desk."""

import getpass
import sys
from pathlib import Path

from onrecord import codec
from onrecord.cli.boundary import Status
from onrecord.errors import UsageError
from onrecord.web.users import Role, Users, users_file


def add(path: Path | None, name: str, role: Role, from_stdin: bool) -> Status:
    """Keep a user."""
    users = Users(path or users_file())
    known = users.get(name) is not None
    made = users.add(name, role, _piped() if from_stdin else _asked(name))
    sys.stderr.write(f"{'Changed' if known else 'Added'} {made.name}, {made.role}, in {users.path}.\n")
    return Status.DONE


def show(path: Path | None, as_json: bool) -> Status:
    """List the users."""
    users = Users(path or users_file())
    if not users and not as_json:
        sys.stderr.write(f"{users.path}: nobody yet. Add somebody: `onrecord users add NAME --role editor`.\n")
    for user in users:
        row = {"name": user.name, "role": user.role}
        if as_json:
            sys.stdout.buffer.write(codec.to_line(row))
        else:
            sys.stdout.write(f"{user.name}  {user.role}\n")
    return Status.DONE


def remove(path: Path | None, name: str) -> Status:
    """Remove a user."""
    users = Users(path or users_file())
    users.remove(name)
    sys.stderr.write(f"Removed {name} from {users.path}.\n")
    return Status.DONE


def _piped() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _asked(name: str) -> str:
    """Ask for a password twice; raises UsageError where the two differ, or nobody is there to ask."""
    if not sys.stdin.isatty():
        raise UsageError("Nobody is at the keyboard to be asked for a password. Pipe it in, with --password-stdin.")
    first = getpass.getpass(f"Password of {name}: ")
    if getpass.getpass("The same again: ") != first:
        raise UsageError("The two passwords differ. Begin again.")
    return first
