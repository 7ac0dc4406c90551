"""A record that can't be opened is told in our words, and no password is shown."""

import re
import threading

import pytest

from onrecord.errors import NoRecord, RecordDamaged, RecordError, RecordLocked
from onrecord.store import opening


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ilse:s3cret@127.0.0.1:1/news",
        "postgresql://ilse:s3cret@127.0.0.1:port/news",
        "postgresql://ilse:s3cret@127.0.0.1:s3cret@/news",
        "postgresql://127.0.0.1:1/news?user=ilse&password=s3cret",
        "postgres://ilse:s3cret@no-such-host.invalid/news",
        "postgresql:ilse:s3cret@host",
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(address):
    with pytest.raises(RecordError) as told:
        opening.connect(address)
    assert "s3cret" not in str(told.value)
    assert str(told.value).endswith(".")


def test_what_is_shown_of_an_address_names_who_and_where():
    assert opening.shown("postgresql://ilse:s3cret@db.example:5432/news?sslmode=require") == (
        "postgresql://ilse@db.example:5432/news"
    )
    assert opening.shown("kept/on record.db") == "kept/on record.db"


def test_a_database_that_is_not_there_says_how_to_make_it(postgres_server):
    with pytest.raises(NoRecord, match=r"There is no database .*nowhere.*createdb"):
        opening.connect(postgres_server.format("nowhere"))


def test_an_empty_place_is_no_record_unless_one_is_made(new_record):
    where = new_record()
    with pytest.raises(RecordError, match=re.escape("onrecord add")):
        opening.connect(where, create=False)
    opening.connect(where).dispose()
    opening.connect(where, create=False).dispose()


def test_tables_of_another_program_are_left_alone(postgres_database):
    import psycopg

    where = postgres_database()
    with psycopg.connect(where) as other:
        other.execute("CREATE TABLE articles (headline text)")
    with pytest.raises(RecordDamaged, match="another program"):
        opening.connect(where)


def test_programs_that_make_one_record_at_once_all_have_it(new_record):
    where, start, told = new_record(), threading.Barrier(4), []

    def make():
        start.wait()
        try:
            engine = opening.connect(where)
            told.append(opening._version(engine))
            engine.dispose()
        except Exception as error:
            told.append(error)

    makers = [threading.Thread(target=make) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert told == [opening.VERSION] * 4


def test_who_waits_too_long_for_another_writer_is_told(new_record, monkeypatch):
    monkeypatch.setattr(opening, "WAIT", 1)
    where = new_record()
    first, second = opening.connect(where), opening.connect(where)
    with (
        opening.writing(first),
        pytest.raises(RecordLocked, match="held by another program"),
        opening.writing(second),
    ):
        pass
    first.dispose()
    second.dispose()
