"""`onrecord serve`: what it refuses, and what it tells before it waits for visitors."""

import socket

import pytest

from onrecord.cli import serving_work

WRONG, NOTHING = 2, 4


@pytest.fixture
def serve(kept, monkeypatch):
    """Runs `onrecord serve` as far as the server, which is not started."""
    started = []

    def run(app, _asked, bound):
        started.append(app)
        bound.close()

    monkeypatch.setattr(serving_work, "_run", run)

    def serve(*options):
        started.clear()
        return kept("serve", "--port", "0", *options)

    serve.started = started
    return serve


def test_it_tells_the_address_with_a_token_that_lets_one_write(serve):
    ended = serve()
    assert ended.status == 0
    assert "http://localhost:" in ended.err
    assert "/?token=" in ended.err
    assert "keep it to yourself" in ended.err
    assert len(serve.started) == 1


def test_read_only_it_tells_no_token(serve):
    ended = serve("--read-only")
    assert ended.status == 0
    assert "token" not in ended.err
    assert "Nobody may write" in ended.err


def test_it_listens_nowhere_else_without_users(serve):
    ended = serve("--host", "0.0.0.0")  # noqa: S104 # refused
    assert ended.status == WRONG
    assert "onrecord users add" in ended.err
    assert not serve.started


def test_a_port_that_is_taken_is_told_with_the_remedy(serve):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ended = serve("--port", str(other.getsockname()[1]))
    assert ended.status == WRONG
    assert "--port, or 0 for any" in ended.err
    assert not serve.started


@pytest.mark.parametrize("option", ["--certificate", "--key"])
def test_https_needs_certificate_and_key(serve, tmp_path, option):
    (tmp_path / "one.pem").write_text("")
    ended = serve(option, "one.pem")
    assert ended.status == WRONG
    assert "give --certificate and --key" in ended.err


def test_a_record_that_is_named_and_missing_is_an_error(serve, tmp_path):
    ended = serve("--record", "elsewhere.db")
    assert ended.status in (WRONG, NOTHING)
    assert "elsewhere.db" in ended.err
    assert not (tmp_path / "elsewhere.db").exists()
    assert not serve.started


def test_the_default_record_is_made_where_there_is_none(serve, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert serve().status == 0
    assert (tmp_path / "empty" / "onrecord.db").exists()
