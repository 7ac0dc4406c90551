"""A path or an address -> a database that is ready: its tables made, its version checked, its errors told in our words.

SQLite: write-ahead log, one writer at a time, who waits for the other. PostgreSQL: the same by an advisory lock.
"""

import errno
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, inspect, text

from onrecord.errors import MissingExtra, NoRecord, RecordDamaged, RecordError, RecordFull, RecordLocked, RecordVersion
from onrecord.store.schema import metadata
from onrecord.store.search import INDEXES

VERSION = "0005"  # of the tables: the newest of migrations/versions
WAIT = 120  # seconds for another writer to end
READERS = 10  # connections to a file that are kept open, once so many were needed at once
WRITER = 0x6F6E7265  # the advisory lock of those who write: "onre"

_ADDRESS = "postgresql://"
_ADDRESSES = ("postgresql:", "postgres:", "postgresql+psycopg:")  # that and what is written for it


def connect(where: str, *, create: bool = True) -> Engine:
    """Give the engine of a record: a path, or postgresql://...; raises RecordError, or MissingExtra."""
    postgres = where.startswith(_ADDRESSES)
    if not postgres:
        _check_path(Path(where), create)
    engine = _postgres(where) if postgres else _sqlite(Path(where))
    try:
        with told(where):
            _prepare(engine, where, create)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose changes all count when the block ends, or none does; one writer at a time."""
    with told(_place(engine)), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT}s'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITER})"))
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees the record as it is now, whatever others write meanwhile."""
    with told(_place(engine)), engine.connect() as connection:
        if engine.dialect.name == "postgresql":  # else each question would see what others changed since the last
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def _place(engine: Engine) -> str:
    return (engine.url.database or "") if engine.dialect.name == "sqlite" else str(engine.url)


# --- engines --------------------------------------------------------------------------------------


def _sqlite(path: Path) -> Engine:
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": WAIT}, pool_size=READERS, max_overflow=4 * READERS)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:  # noqa: ANN401 # the driver's own type
        connection.isolation_level = None  # the driver begins nothing by itself: see below
        for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "cache_size = -65536", "mmap_size = 1073741824"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(address: str) -> Engine:
    url = "postgresql+psycopg:" + address.partition(":")[2]
    try:
        return create_engine(url, connect_args={"connect_timeout": 10})
    except ImportError as error:
        raise MissingExtra(
            "A record on PostgreSQL needs its driver. Install it: pip install 'onrecord[postgresql]'."
        ) from error
    except (exc.ArgumentError, ValueError) as error:  # of what stands for a port, too
        raise NoRecord(
            f"{shown(address)} is no address of a database. Write postgresql://USER:PASSWORD@HOST/DATABASE."
        ) from error


def _check_path(path: Path, create: bool) -> None:
    if path.is_dir():
        raise NoRecord(f"{path} is a folder. Name a file in it: --record {path / 'onrecord.db'}.")
    if not path.exists() and not create:
        raise NoRecord(f"There is no record at {path}. Make one with `onrecord add`, or name another with --record.")
    if not path.absolute().parent.is_dir():
        raise NoRecord(f"There is no folder {path.absolute().parent}. Make it first, or name another with --record.")


# --- tables ---------------------------------------------------------------------------------------


def _prepare(engine: Engine, where: str, create: bool) -> None:
    """Make the tables of a new record; refuse what is no record, or one of another version."""
    found = _version(engine)
    if found is None:
        _make(engine, where, create)
    elif found != VERSION:
        from onrecord.store.migrations import upgrade

        upgrade(engine, found)


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _make(engine: Engine, where: str, create: bool) -> None:
    if not create:
        raise RecordDamaged(f"{shown(where)} holds no record. Make one with `onrecord add`, or name another file.")
    if engine.dialect.name == "sqlite":
        _log_ahead(engine)
    with writing(engine) as connection:
        tables = set(inspect(connection).get_table_names())
        if "alembic_version" in tables:  # another program was quicker
            return
        if tables & set(metadata.tables):
            raise RecordDamaged(f"{shown(where)} has tables of another program. Name another file or database.")
        metadata.create_all(connection)
        for statement in INDEXES[engine.dialect.name]:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": VERSION})


def _log_ahead(engine: Engine) -> None:
    """Let SQLite write its log ahead; it does not wait by itself for another program that makes the same record."""
    until = time.monotonic() + WAIT
    while True:
        try:
            with engine.connect() as connection:
                connection.connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


# --- errors ---------------------------------------------------------------------------------------

# What a database says -> what we raise and tell; the first that fits counts.
TOLD: tuple[tuple[str, type[RecordError], str], ...] = (
    ("disk is full", RecordFull, "The disk of {} is full. Free some space and run again: what was kept is whole."),
    ("No space left", RecordFull, "The disk of {} is full. Free some space and run again: what was kept is whole."),
    ("disk I/O error", RecordFull, "The disk of {} fails or is full. Check it and run again: what was kept is whole."),
    ("readonly database", RecordLocked, "{} may not be written. Change its permissions and those of its folder."),
    ("read-only transaction", RecordLocked, "{} may not be written. Ask its owner for the right to."),
    ("permission denied", RecordLocked, "{} may not be used by you. Ask its owner for the right to."),
    ("unable to open", RecordLocked, "{} can't be opened. Check that its folder exists and may be written."),
    ("lock timeout", RecordLocked, "{} is held by another program. Wait for it to end, or stop it, and run again."),
    ("is locked", RecordLocked, "{} is held by another program. Wait for it to end, or stop it, and run again."),
    ("not a database", RecordDamaged, "{} is no record. Name another file with --record."),
    ("malformed", RecordDamaged, "{} is damaged. Restore a backup: `onrecord restore BACKUP`."),
    ("no such table", RecordDamaged, "{} lacks a table. Restore a backup: `onrecord restore BACKUP`."),
    ("authentication failed", NoRecord, "The server of {} refuses the user or the password. Correct the address."),
    ("does not exist", NoRecord, "There is no database {}. Make it first with `createdb`."),
    ("connection", NoRecord, "The server of {} can't be reached. Check the address and that it runs."),
)


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what the database raises into a RecordError that says what to do."""
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error) as error:  # the driver's own: of what was asked past the engine
        said = str(getattr(error, "orig", None) or error)
        for words, kind, message in TOLD:
            if words.lower() in said.lower():
                raise kind(message.format(shown(where))) from error
        raise RecordError(
            f"{shown(where)} refused ({said.splitlines()[0]}). Run `onrecord check`; if that is clean, report this."
        ) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise RecordFull(TOLD[0][2].format(shown(where))) from error
        raise


def shown(where: str) -> str:
    """Give a record's place as it may be shown: a path, or an address without its password."""
    if not where.startswith(_ADDRESSES):
        return where
    rest = where.partition(":")[2].lstrip("/").partition("?")[0]
    user, at, host = rest.rpartition("@")
    return f"{_ADDRESS}{user.partition(':')[0]}{at}{host}"


__all__ = ["VERSION", "RecordVersion", "connect", "reading", "shown", "told", "writing"]
