import asyncio
import re

import pytest
from fastapi import FastAPI, Request, UploadFile
from fastapi.responses import StreamingResponse
from knocking import HOME, TOKEN, browser, editor, opened, stranger

from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.web import Desk, failures, guard
from onrecord.web.access import Access
from onrecord.web.rates import Limits, Rate


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A record that holds nothing."""
    path = str(tmp_path_factory.mktemp("bare") / "bare.db")
    return Record(path, Settings(record=path, max_bytes=50_000), create=True)


@pytest.fixture(scope="module")
def app(bare):
    return opened(bare)


@pytest.fixture
def small(bare):
    """An application of a few routes behind the guard: what it lets through is counted."""

    def make(**given):
        desk = Desk(bare, Access.by_token("ana", TOKEN), **given)
        app = FastAPI()
        app.state.desk = desk

        @app.post("/taken")
        async def taken(request: Request):
            return {"bytes": len(await request.body())}

        @app.post("/add")
        async def add(files: list[UploadFile]):
            return {"bytes": sum(f.size for f in files)}

        @app.get("/broken")
        def broken():
            raise ZeroDivisionError(f"of {bare.store.where}")

        @app.get("/stream")
        def stream():
            return StreamingResponse(iter(["data: 1\n\n", "data: 2\n\n"]), media_type="text/event-stream")

        failures.told(app)
        guard.watched(app, desk)
        return app

    return make


# --- hosts and origins ----------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1:8420", "localhost", "LOCALHOST:1", "[::1]:8420"])
def test_the_desk_answers_to_its_names(app, host):
    assert stranger(app).get("/speakers", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8420", "192.0.2.1"])
def test_the_desk_does_not_answer_to_another_name(app, host):
    answer = stranger(app).get("/speakers", headers={"Host": host})
    assert answer.status_code == 421
    assert "Brandt" not in answer.text


@pytest.mark.parametrize("host", ["", "localhost@evil.example", "localhost/evil", "localhost:port", "a b"])
def test_a_host_that_can_not_be_is_refused(app, host):
    assert stranger(app).get("/speakers", headers={"Host": host}).status_code == 400


def test_two_hosts_are_refused(app):
    answer = stranger(app).get("/speakers", headers=[("Host", "localhost"), ("Host", "evil.example")])
    assert answer.status_code == 400


def test_the_desk_answers_to_a_name_that_it_was_given(bare):
    app = opened(bare, hosts=("Desk.example",))
    assert stranger(app).get("/speakers", headers={"Host": "desk.example"}).status_code == 200
    assert stranger(app).get("/speakers").status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8421"},  # another server of this machine
        {"Origin": "http://localhost:8420"},  # this one, by another name than it was asked by
        {"Origin": "http://127.0.0.1:8420.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": HOME, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {},  # a cookie, and not a word of where it comes from
    ],
)
def test_what_another_site_sends_is_not_written(bare, app, headers):
    cookies = editor(app).cookies
    client = stranger(app)
    client.cookies = cookies
    answer = client.post("/learn", headers=headers)
    assert answer.status_code == 403
    assert "did not come from a page of this desk" in answer.text
    assert bare.store.judgements() == []


@pytest.mark.parametrize("headers", [{"Origin": HOME}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": HOME.upper()}])
def test_what_our_own_pages_send_is_written(app, headers):
    client = stranger(app)
    client.cookies = editor(app).cookies
    assert client.post("/learn", headers=headers).status_code == 400  # too few verdicts, says the record itself


def test_a_server_with_https_may_stand_before_the_desk(app):
    client = stranger(app)
    client.cookies = editor(app).cookies
    assert client.post("/learn", headers={"Origin": HOME.replace("http:", "https:")}).status_code == 400


@pytest.mark.parametrize("mode", ["no-cors", "cors", "same-origin", "websocket"])
def test_another_sites_page_can_not_read_or_measure_what_is_here(app, mode):
    for path in ("/front.json", "/search?q=fees", "/static/desk.css"):
        headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode}
        assert stranger(app).get(path, headers=headers).status_code == 403


def test_a_link_from_another_site_leads_here(app):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert stranger(app).get("/", headers=headers).status_code == 200


def test_no_page_of_another_site_is_told_that_it_may_read(app):
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for method in ("GET", "OPTIONS", "POST"):
        found = stranger(app).request(method, "/judgements", headers=asked).headers
        assert not [name for name in found if name.lower().startswith("access-control-")]


# --- paths and methods ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/static/..%2f..%2fpyproject.toml",
        "/static/%2e%2e/%2e%2e/desk.py",
        "/static/..%5c..%5cdesk.py",
        "/static/../../desk.py",
        "/static/./desk.css",
        "/articles/%00",
        "/articles/a%0d%0aSet-Cookie:%20a=b",
        "/articles/..",
        "//evil.example/",
        "/static//etc/passwd",
        "/%2F/evil.example",
        "/static/%252e%252e%252fdesk.py",
        "/static/desk.css%00.png",
    ],
)
def test_a_path_leads_nowhere_else(app, path):
    answer = asyncio.run(_asked(app, path))
    assert answer["status"] in (400, 404)
    assert b"import" not in answer["body"]
    assert not [value for name, value in answer["headers"] if name == b"set-cookie"]


def test_a_zero_in_what_is_asked_for_is_refused(app):
    assert stranger(app).get("/search?q=a%00b").status_code == 400


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PUT", "PATCH", "DELETE", "PROPFIND", "get"])
def test_other_methods_are_refused(app, method):
    answer = asyncio.run(_asked(app, "/speakers", method))
    assert answer["status"] == 405
    assert b"127.0.0.1" not in answer["body"]  # TRACE would give the headers back


def test_head_gives_the_headers_of_get_and_no_body(app):
    got, head = stranger(app).get("/speakers"), stranger(app).head("/speakers")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Length"] == got.headers["Content-Length"]
    assert stranger(app).head("/nowhere").status_code == 404


def test_options_is_answered_with_what_there_is(app):
    answer = stranger(app).options("/speakers")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_websocket_is_refused(app):
    sent = []

    async def send(message):
        sent.append(message)

    for path in ("/", "/static/desk.css"):
        scope = {"type": "websocket", "path": path, "headers": [], "query_string": b""}
        asyncio.run(app(scope, None, send))
    assert sent == [{"type": "websocket.close", "code": 1008}] * 2


STALLS = None  # in a body: nothing comes from here on


async def _asked(app, path, method="GET", body=(), headers=(), *, pause=0):
    """The answer to a request that is sent as it is written here, with no client that would mend it."""
    from urllib.parse import unquote

    pieces, sent = list(body), []

    async def receive():
        await asyncio.sleep(60 if not pieces or pieces[0] is STALLS else pause)
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message):
        sent.append(message)

    raw, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": unquote(raw),
        "raw_path": raw.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"127.0.0.1:8420"), *headers],
        "scheme": "http",
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8420),
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
    }
    await app(scope, receive, send)
    start = sent[0]
    return {"status": start["status"], "headers": start["headers"], "body": b"".join(m["body"] for m in sent[1:])}


# --- headers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/front.json", "/static/desk.css", "/nowhere", "/nowhere.json", "/search?about"])
def test_every_answer_says_what_a_browser_may_do_with_it(app, path):
    headers = stranger(app).get(path).headers
    for name, value in guard.HEADERS.items():
        assert headers[name] == value
    assert "Server" not in headers
    assert headers["Cache-Control"] == ("no-cache" if path.startswith("/static/") else "no-store")


@pytest.mark.parametrize("host", ["evil.example", "", "127.0.0.1"])
def test_what_is_refused_says_it_too(app, host):
    answer = stranger(app).post("/learn", headers={"Host": host})
    assert answer.status_code in (400, 403, 421)
    assert all(answer.headers[name] == value for name, value in guard.HEADERS.items())


def test_an_error_of_ours_says_it_too(small):
    answer = stranger(small()).get("/broken")
    assert answer.status_code == 500
    assert all(answer.headers[name] == value for name, value in guard.HEADERS.items())


def test_the_policy_allows_no_script_but_our_files():
    policy = dict(part.strip().split(" ", 1) for part in guard.HEADERS["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert not re.search(r"unsafe|http|\*", str(policy))


def test_a_stream_flows_piece_by_piece(small):
    sent = asyncio.run(_pieces(small(), "/stream"))
    assert [m["body"] for m in sent if m["type"] == "http.response.body"][:2] == [b"data: 1\n\n", b"data: 2\n\n"]


async def _pieces(app, path):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False} if not sent else await asyncio.sleep(60)

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"localhost")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    await app(scope | {"scheme": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}}, receive, send)
    return sent


# --- size, time, rate -----------------------------------------------------------------------------


def _came_in(app):
    client = browser(app)
    assert client.get(f"/?token={TOKEN}").status_code == 303
    return client


def test_a_form_may_bring_so_much_and_no_more(small):
    client = _came_in(small())
    assert client.post("/taken", content=b"x" * guard.SMALL).json() == {"bytes": guard.SMALL}
    answer = client.post("/taken", content=b"x" * (guard.SMALL + 1))
    assert answer.status_code == 413
    assert "at most 64 KB" in answer.text


def test_files_may_be_larger_but_not_endless(small, bare):
    client = _came_in(small())
    most = guard.UPLOADS * bare.settings.max_bytes + guard.SMALL
    assert client.post("/add", files={"files": b"x" * (guard.SMALL + 1)}).status_code == 200
    assert client.post("/add", files={"files": b"x" * (most + 1)}).status_code == 413


@pytest.mark.parametrize("length", [b"10", b"0", None])
def test_a_request_that_lies_about_its_length_is_counted(small, length):
    app = small()
    pieces = [b"x" * 20_000] * 10
    headers = [(b"origin", HOME.encode()), _cookie(app)] + ([(b"content-length", length)] if length else [])
    assert asyncio.run(_asked(app, "/taken", "POST", pieces, headers))["status"] == 413


@pytest.mark.parametrize("length", [b"-1", b"ten", b"1_0", b"9" * 30])
def test_a_length_that_can_not_be_is_refused(small, length):
    app = small()
    headers = [(b"origin", HOME.encode()), _cookie(app), (b"content-length", length)]
    assert asyncio.run(_asked(app, "/taken", "POST", [b""], headers))["status"] in (400, 413)


def _cookie(app):
    return b"cookie", f"onrecord_session={_came_in(app).cookies['onrecord_session']}".encode()


def test_a_request_that_stops_coming_is_let_go(small):
    app = small(limits=Limits(idle=0.05))
    headers = [(b"origin", HOME.encode()), _cookie(app)]
    answer = asyncio.run(_asked(app, "/taken", "POST", [b"x", STALLS], headers))
    assert answer["status"] == 408
    assert b"too slowly" in answer["body"]


def test_a_request_that_comes_drop_by_drop_is_let_go(small):
    app = small(limits=Limits(idle=10, grace=0.1, slowest=1000))
    headers = [(b"origin", HOME.encode()), _cookie(app)]
    assert asyncio.run(_asked(app, "/taken", "POST", [b"x"] * 1000, headers, pause=0.01))["status"] == 408
    quick = asyncio.run(_asked(app, "/taken", "POST", [b"x" * 1000] * 20, headers, pause=0.01))  # 100 KB a second
    assert quick["status"] == 200


def test_one_address_may_search_so_often(small):
    client = stranger(small(limits=Limits(search=Rate(3, 60))))
    statuses = [client.get("/search?q=fees").status_code for _ in range(5)]
    assert statuses == [404, 404, 404, 429, 429]  # there is no such page in this small one
    answer = client.get("/speakers/x.json?about=fees")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert "Wait a little" in answer.json()["error"]
    assert client.get("/stream?q=").status_code == 200


def test_one_address_may_add_so_often(small):
    client = _came_in(small(limits=Limits(add=Rate(2, 60))))
    statuses = [client.post("/add", files={"files": b"x"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
