"""A PostgreSQL server of the tests' own: its data in a folder of its own, reached by a socket in that folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ACCOUNTS = ("postgres", "nobody")  # PostgreSQL refuses to run as root
MISSING = "PostgreSQL is missing: install it (Debian: apt-get install postgresql)"


def programs() -> Path | None:
    """Give the folder of initdb and pg_ctl, of the newest version; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """Start a server, and stop it at the end; gives the address of its databases, with {} for the name."""
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="onrecord-"))  # a socket's path may have 107 characters: pytest's have more
    if account:
        shutil.chown(folder, account)

    def run(program, *options):
        command = [programs / program, "-D", folder / "data", *options]
        with (folder / "said").open("a") as said:
            subprocess.run(command, user=account, cwd=folder, stdout=said, stderr=said, check=True)

    try:
        run("initdb", "--username=onrecord", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        run("pg_ctl", "--wait", "--options", f"-k {folder} -c listen_addresses='' -F", "start")
        try:
            yield f"postgresql://onrecord@/{{}}?host={folder}"
        finally:
            run("pg_ctl", "--wait", "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _account() -> str | None:
    """Give who runs the server; None where we are somebody already."""
    if os.getuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ACCOUNTS if name in known)
