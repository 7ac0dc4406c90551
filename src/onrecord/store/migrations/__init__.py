"""Records of older versions are brought up to date: each version's step is a file of versions/, run by alembic.

A step and what went before it count together or not at all, so a record that could not be brought up to date is as it
was. New records are made at once from schema.py; versions/v0001_*.py is what the first version's were.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine

from onrecord.errors import RecordVersion

VERSIONS = Path(__file__).with_name("versions")


def upgrade(engine: Engine, found: str) -> None:
    """Bring a record from the version that was found to the newest; raises RecordVersion where that is not known."""
    from onrecord.store import opening

    with opening.writing(engine) as connection:  # another program may have been quicker: then nothing is left to do
        run(connection, found)


def run(connection: Connection, found: str | None = None, to: str = "head", versions: Path | None = None) -> None:
    """Run the steps up to a version on an open transaction; `found` is None where there are no tables yet."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", _plain(Path(__file__).parent))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", _plain(versions or VERSIONS))
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise RecordVersion(
            f"The record's tables are of version {found}, made by a later onrecord; this one knows those up to "
            f"{max(known)}. Bring it up to date: pip install --upgrade onrecord."
        )
    command.upgrade(config, to)


def _plain(path: Path) -> str:
    return str(path).replace("%", "%%")  # which a configuration would take for a name
