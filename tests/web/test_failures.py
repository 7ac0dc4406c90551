import logging

import pytest
from fastapi import FastAPI, HTTPException
from knocking import TOKEN, stranger

from onrecord import errors
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.web import Desk, failures, guard, rendering
from onrecord.web.access import Access

SECRETS = ("/srv/secret/town.db", "postgresql://", "Traceback", "ZeroDivisionError", "failures.py", "hunter2")


@pytest.fixture
def failing(tmp_path):
    """A client of an application whose one page raises what it is told to; the record lies at a secret place."""
    path = str(tmp_path / "bare.db")
    desk = Desk(Record(path, Settings(record=path), create=True), Access.by_token("ana", TOKEN))

    def make(error):
        app = FastAPI()
        app.state.desk = desk

        @app.get("/page")
        @app.get("/page.json")
        def page(number: int = 1):
            assert number
            raise error

        failures.told(app)
        guard.watched(app, desk)
        return stranger(app)

    return make


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.NotInRecord("The record holds no statement 3f2a. See `onrecord statements`."), 404),
        (errors.UsageError("2026-99 is no day. Write a day, a month or a year."), 400),
        (errors.RecordLocked("/srv/secret/town.db is held by another program."), 503),
        (errors.RecordFull("The disk of postgresql://ana:hunter2@db/town is full."), 503),
        (errors.RecordDamaged("/srv/secret/town.db is damaged. Restore a backup."), 500),
        (errors.RecordError("/srv/secret/town.db refused (SELECT 1). Report this."), 500),
        (errors.ModelError("/srv/secret/town.db"), 500),
        (ZeroDivisionError("at /srv/secret/town.db with hunter2"), 500),
        (PermissionError(13, "Permission denied", "/srv/secret/town.db"), 500),
        (HTTPException(404), 404),
        (HTTPException(418), 418),
    ],
)
def test_an_error_becomes_a_status_and_a_sentence_and_tells_nothing_else(failing, error, status):
    client = failing(error)
    page, data = client.get("/page"), client.get("/page.json")
    assert page.status_code == data.status_code == status
    assert page.headers["Content-Type"].startswith("text/html")
    assert set(data.json()) == {"error"}
    assert data.json()["error"].endswith((".", "`"))
    for secret in SECRETS:
        assert secret not in page.text + data.text + str(page.headers) + str(data.headers)


def test_what_the_visitor_can_mend_is_told_in_the_errors_own_words(failing):
    told = "The record holds no statement <3f2a>. See others."
    client = failing(errors.NotInRecord(told))
    assert client.get("/page.json").json() == {"error": told}
    assert "no statement &lt;3f2a&gt;." in client.get("/page").text


def test_a_busy_record_says_when_to_try_again(failing):
    assert int(failing(errors.RecordLocked("x")).get("/page").headers["Retry-After"]) > 0


def test_what_is_our_fault_goes_to_the_log_whole(failing, caplog):
    with caplog.at_level(logging.ERROR, "onrecord.web"):
        failing(ZeroDivisionError("at /srv/secret/town.db")).get("/page?q=private")
    (entry,) = caplog.records
    assert "ZeroDivisionError: at /srv/secret/town.db" in caplog.text
    assert entry.getMessage() == "GET '/page' failed"  # not what was asked: it may be private


def test_what_is_the_visitors_fault_is_not_logged(failing, caplog):
    failing(errors.UsageError("x")).get("/page")
    assert not caplog.records


def test_a_value_that_can_not_be_is_named_and_not_repeated(failing):
    client = failing(ZeroDivisionError())
    for path in ("/page", "/page.json"):
        answer = client.get(path, params={"number": "<b>seven</b>"})
        assert answer.status_code == 422
        assert "seven" not in answer.text
        assert "number" in answer.text
    assert client.get("/page.json?number=x").json()["error"].startswith("number: Input should be a valid integer")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("text/html,application/xhtml+xml,application/json;q=0.5", "text/html"),
        ("*/*", "text/html"),
        ("", "text/html"),
    ],
)
def test_a_program_gets_data_and_a_browser_a_page(failing, accept, kind):
    answer = failing(errors.NotInRecord("Nothing here.")).get("/page", headers={"Accept": accept})
    assert answer.headers["Content-Type"].startswith(kind)


def test_a_page_is_given_even_where_no_page_can_be_made(failing, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("the templates are gone from /srv/secret/town.db")

    monkeypatch.setattr(rendering, "rendered", broken)
    answer = failing(errors.NotInRecord("No <statement>.")).get("/page")
    assert answer.status_code == 404
    assert "No &lt;statement&gt;." in answer.text
    assert "secret" not in answer.text
    assert "templates are gone" in caplog.text
