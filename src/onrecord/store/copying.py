"""A record copied whole into another: for backups, and from one database to the other."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, func, insert, select

from onrecord.errors import RecordError
from onrecord.store.schema import articles, metadata

AT_ONCE = 1000  # rows


def rows_of(connection: Connection) -> int:
    """Give how many rows there are to copy."""
    return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables)


def copy(source: Connection, target: Connection) -> Iterator[int]:
    """Copy all rows into an empty record; give from time to time how many more are there. Raises RecordError."""
    if target.scalar(select(articles.c.id).limit(1)):
        raise RecordError("The record to copy into is not empty. Name a new file or an empty database.")
    for table in metadata.sorted_tables:
        result = source.execution_options(stream_results=True).execute(select(table).order_by(*table.primary_key))
        for rows in result.mappings().partitions(AT_ONCE):
            target.execute(insert(table), [dict(row) for row in rows])
            yield len(rows)
        _count_on(target, table)


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number further rows behind those that were copied, as SQLite does by itself."""
    counted = table.autoincrement_column
    if counted is not None and connection.dialect.name == "postgresql":
        last = select(func.max(counted)).scalar_subquery()
        connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, counted.name), last)))
