"""Records of older versions are brought up to date with all that they hold; those of later ones are refused."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from onrecord.errors import RecordVersion
from onrecord.store import migrations, opening

LATER = """
from alembic import op
from sqlalchemy import Column, Text

revision = "9999"
down_revision = "0005"


def upgrade():
    op.add_column("skipped", Column("remedy", Text))
    op.execute("UPDATE skipped SET remedy = 'try again'")
"""


@pytest.fixture
def engine_at():
    """Gives the engine of a place, whatever is there."""
    engines = []

    def make(where):
        engines.append(opening._postgres(where) if "://" in where else opening._sqlite(Path(where)))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def later(tmp_path):
    """A folder of versions with one more than we know."""
    folder = tmp_path / "100% versions"
    folder.mkdir()
    for version in migrations.VERSIONS.glob("v*.py"):
        (folder / version.name).write_text(version.read_text())
    (folder / "v9999_later.py").write_text(LATER)
    return folder


CATALOGUES = {  # of tables, columns, indexes, constraints, triggers
    "sqlite": ["SELECT name, sql FROM sqlite_master"],
    "postgresql": [
        "SELECT attrelid::regclass::text, attnum, attname, atttypid::regtype, attnotnull, attstattarget,"
        " pg_get_expr(adbin, adrelid) FROM pg_attribute LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)"
        " WHERE attnum > 0 AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    ],
}


def described(engine):
    """All that the database knows of its tables, that of versions left out."""
    with engine.connect() as connection:
        rows = [tuple(row) for asked in CATALOGUES[engine.dialect.name] for row in connection.execute(text(asked))]
    return sorted((row for row in rows if "alembic_version" not in row[0]), key=repr)


def keep_a_skipped_input(connection):
    row = "'1', 'broken.txt', 'ingest', 'it is empty', '2026-03-24 10:00:00+00:00'"
    connection.execute(text(f"INSERT INTO skipped (id, name, step, reason, recorded) VALUES ({row})"))  # noqa: S608


def test_all_steps_from_nothing_make_the_tables_of_a_new_record(new_record, engine_at):
    new, stepped = opening.connect(new_record()), engine_at(new_record())
    with opening.writing(stepped) as connection:
        migrations.run(connection)
    assert described(stepped) == described(new)
    assert opening._version(stepped) == opening.VERSION
    new.dispose()


def test_an_older_record_is_brought_up_to_date_with_its_rows(new_record, engine_at, later, monkeypatch):
    where = new_record()
    with opening.writing(engine_at(where)) as connection:
        migrations.run(connection, to="0001")
        keep_a_skipped_input(connection)
    monkeypatch.setattr(opening, "VERSION", "9999")
    monkeypatch.setattr(migrations, "VERSIONS", later)
    for _ in range(2):  # the second time nothing is left to do
        opening.connect(where, create=False).dispose()
    with opening.reading(engine_at(where)) as connection:
        assert connection.execute(text("SELECT name, remedy FROM skipped")).all() == [("broken.txt", "try again")]
        assert connection.execute(text("SELECT version_num FROM alembic_version")).all() == [("9999",)]


def test_a_record_that_cannot_be_brought_up_to_date_is_as_it_was(new_record, engine_at, later):
    engine = engine_at(new_record())
    (later / "v9999_later.py").write_text(f'{LATER}    op.drop_table("nowhere")\n')
    with opening.writing(engine) as connection:
        migrations.run(connection, to="0001")
        keep_a_skipped_input(connection)
    before = described(engine)
    with pytest.raises(DBAPIError), engine.connect().execution_options(writes=True) as connection, connection.begin():
        migrations.run(connection, "0001", versions=later)
    assert described(engine) == before
    assert opening._version(engine) == "0001"


def test_a_record_of_a_later_version_is_refused_and_left_alone(new_record, engine_at):
    where = new_record()
    engine = opening.connect(where)
    with opening.writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    engine.dispose()
    with pytest.raises(RecordVersion, match=r"0099.*pip install --upgrade onrecord"):
        opening.connect(where)
    assert opening._version(engine_at(where)) == "0099"
