"""What the tests share: where the repository, the examples and the shared data lie."""

import os
from itertools import count
from pathlib import Path

import postgres
import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True)  # the same examples each time: a red CI is the change's doing
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def examples(root) -> Path:
    """The folder of example articles, written for this project."""
    return root / "examples"


@pytest.fixture(scope="session")
def shared(root) -> Path:
    """The folder of data that may not be copied here; the test skips where it is missing."""
    folder = Path(os.environ.get("ONRECORD_SHARED", root.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing: put the shared data there or name it with ONRECORD_SHARED")
    return folder


@pytest.fixture(scope="session")
def postgres_server():
    """The address of a PostgreSQL server started for the tests, with {} for the database; skips where there is none."""
    pytest.importorskip("psycopg", reason="psycopg is missing: pip install 'onrecord[postgresql]'")
    programs = postgres.programs()
    if programs is None:
        pytest.skip(postgres.MISSING)
    with postgres.running(programs) as address:
        yield address


@pytest.fixture
def postgres_database(postgres_server):
    """Gives the address of a new, empty database at each call; they are dropped at the end."""
    import psycopg

    names = (f"record{number}" for number in count())
    made = []

    def make():
        made.append(next(names))
        with psycopg.connect(postgres_server.format("postgres"), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {made[-1]}")
        return postgres_server.format(made[-1])

    yield make
    with psycopg.connect(postgres_server.format("postgres"), autocommit=True) as server:
        for name in made:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def new_record(request, tmp_path):
    """Gives the place of a new record at each call, on each database."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_database")
    numbers = count()
    return lambda: str(tmp_path / f"record{next(numbers)}.db")
