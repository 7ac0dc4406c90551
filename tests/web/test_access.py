import os

import pytest
from knocking import HOME, PASSWORD, TOKEN, Clock, browser, editor, opened, sign_in, some_users, stranger, ways

from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.web import Desk, create
from onrecord.web.access import BY_ADDRESS, BY_NAME, Access, ours
from onrecord.web.rates import Rate, Turnstile
from onrecord.web.sessions import IDLE, Sessions


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A record that holds nothing."""
    path = str(tmp_path_factory.mktemp("bare") / "bare.db")
    return Record(path, Settings(record=path), create=True)


@pytest.fixture
def users(tmp_path):
    return some_users(tmp_path)


@pytest.fixture
def shared_desk(bare, users):
    """The application of a desk at which everybody signs in."""
    return create(Desk(bare, Access.by_users(users)))


def _may_write(client):
    """Whether the record itself is asked, which finds too few verdicts."""
    return client.post("/learn").status_code == 400


# --- by the token ---------------------------------------------------------------------------------


def test_without_the_token_everything_can_be_read_and_nothing_written(bare):
    client = browser(opened(bare))
    assert client.get("/speakers").status_code == 200
    answer = client.post("/learn")
    assert answer.status_code == 403
    assert "holds the token" in answer.text


def test_the_token_opens_a_session_and_leaves_the_address(bare):
    client = browser(opened(bare))
    answer = client.get(f"/search?q=f%C3%A4hre+1&token={TOKEN}&page=1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/search?q=f%C3%A4hre+1&page=1"
    assert TOKEN not in answer.text
    assert _may_write(client)


def test_the_cookie_is_for_this_host_alone_and_no_script_reads_it(bare):
    cookie = browser(opened(bare)).get(f"/?token={TOKEN}").headers["Set-Cookie"]
    parts = {part.strip() for part in cookie.split(";")}
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= parts
    assert not [part for part in parts if part.startswith("Domain")]
    assert TOKEN not in cookie


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "\ud83d", "ü" * 24])
def test_a_wrong_token_opens_nothing(bare, token):
    client = browser(opened(bare))
    answer = client.get("/", params={"token": token.encode("utf-8", "replace")})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert not _may_write(client)


def test_a_token_is_long_and_never_the_same():
    made = {Access.by_token("ana").token for _ in range(50)}
    assert len(made) == 50
    assert min(map(len, made)) >= 32


def test_where_nobody_writes_no_token_helps(bare):
    app = create(Desk(bare, Access.nobody_writes()))
    client = browser(app)
    assert client.get("/speakers").status_code == 200
    for token in ("", "None", TOKEN):
        client.get(f"/?token={token}")
        answer = client.post("/learn")
        assert answer.status_code == 403
        assert "nobody may write" in answer.text


# --- by name and password -------------------------------------------------------------------------


def test_who_has_not_signed_in_sees_nothing(shared_desk):
    client = stranger(shared_desk)
    for path in ways(shared_desk, "get"):
        if path != "/login":
            answer = client.get(path)
            assert answer.status_code == (401 if path.endswith(".json") else 303), path
            assert path.endswith(".json") or answer.headers["Location"].startswith("/login?next=%2F"), path
    assert client.get("/openapi.json").status_code == 401
    assert client.get("/nowhere").status_code == 303  # nor what there is and what not
    assert client.get("/static/desk.css").status_code == 200
    assert client.get("/login").status_code == 200


def test_whoever_signs_in_comes_back_to_where_he_wanted_to_go(shared_desk):
    asked = browser(shared_desk).get("/search?q=fees&page=2")
    assert asked.headers["Location"] == "/login?next=%2Fsearch%3Fq%3Dfees%26page%3D2"
    page = browser(shared_desk).get(asked.headers["Location"])
    assert 'value="/search?q=fees&amp;page=2"' in page.text
    client = sign_in(shared_desk, "bo", next="/search?q=fees&page=2")
    assert client.answer.headers["Location"] == "/search?q=fees&page=2"
    assert client.get("/search?q=fees&page=2").status_code == 200


def test_a_part_of_a_page_that_is_asked_for_after_the_session_ended_leads_to_the_door(shared_desk):
    answer = browser(shared_desk).get("/speakers", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login")


def test_a_reader_reads_and_an_editor_writes(shared_desk):
    reader, writer = sign_in(shared_desk, "bo"), sign_in(shared_desk, "ana")
    for client in (reader, writer):
        assert client.get("/speakers").status_code == 200
    assert _may_write(writer)
    assert reader.post("/learn").status_code == 403
    assert "make you an editor" in reader.post("/learn").text


def test_no_editor_writes_at_a_desk_for_reading(bare, users):
    app = create(Desk(bare, Access.by_users(users, read_only=True)))
    assert sign_in(app, "ana").get("/speakers").status_code == 200
    assert sign_in(app, "ana").post("/learn").status_code == 403


def test_the_token_means_nothing_where_users_sign_in(shared_desk):
    for token in ("", "None", TOKEN):
        assert stranger(shared_desk).get(f"/?token={token}").headers["Location"].startswith("/login")


def test_one_message_stands_for_all_that_may_be_wrong(shared_desk):
    answers = [sign_in(shared_desk, *tried).answer for tried in (("ana", "wrong word"), ("eve", PASSWORD), ("eve", ""))]
    assert {answer.status_code for answer in answers[:2]} == {403}
    assert answers[0].text == answers[1].text
    assert "Name or password is wrong" in answers[0].text
    assert not any("Set-Cookie" in answer.headers for answer in answers)


def test_a_name_that_nobody_has_takes_as_long_as_a_wrong_password(users, monkeypatch):
    checked, verify = [], type(users._hasher).verify

    def counted(hasher, kept, password):
        checked.append(kept)
        return verify(hasher, kept, password)

    monkeypatch.setattr(type(users._hasher), "verify", counted)
    users.signed("ana", "wrong word")
    users.signed("eve", "wrong word")
    known, unknown = checked
    assert unknown not in [user.password for user in users]
    assert known.rsplit("$", 2)[0] == unknown.rsplit("$", 2)[0]  # the same work


def test_each_sign_in_begins_a_new_session_and_ends_the_one_before(shared_desk):
    client = sign_in(shared_desk, "ana")
    first = client.cookies["onrecord_session"]
    client.post("/login", data={"name": "ana", "password": PASSWORD})
    second = client.cookies["onrecord_session"]
    assert first != second
    assert _with_cookie(shared_desk, second).get("/speakers").status_code == 200
    assert _with_cookie(shared_desk, first).get("/speakers").status_code == 303


def test_whoever_leaves_is_out(shared_desk):
    client = sign_in(shared_desk, "ana")
    key = client.cookies["onrecord_session"]
    answer = client.post("/logout")
    assert answer.status_code == 303
    assert "onrecord_session" not in client.cookies
    assert _with_cookie(shared_desk, key).get("/speakers").status_code == 303


def test_who_is_removed_or_gets_another_password_or_role_is_out_or_has_it_at_once(shared_desk, users):
    reader, writer = sign_in(shared_desk, "bo"), sign_in(shared_desk, "ana")
    users.remove("bo")
    assert reader.get("/speakers").status_code == 303
    users.add("bo", "reader", PASSWORD)
    assert reader.get("/speakers").status_code == 303  # another one of that name
    users.add("ana", "reader", "another password")
    assert writer.get("/speakers").status_code == 303


def test_a_session_ends_when_nobody_uses_it(bare, users):
    clock = Clock()
    app = create(Desk(bare, Access(users=users, sessions=Sessions(clock))))
    client = sign_in(app, "ana")
    clock.now += IDLE + 1
    assert client.get("/speakers").status_code == 303


def test_passwords_can_not_be_tried_out_from_one_address(bare, users):
    clock = Clock()
    app = create(Desk(bare, Access(users=users, tries_from=Turnstile(Rate(3, 10), clock))))
    for name in ("ana", "bo", "eve"):
        assert sign_in(app, name, "wrong word").answer.status_code == 403
    answer = sign_in(app, "ana").answer  # the right one, too
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "11"
    clock.now += 10
    assert sign_in(app, "ana").answer.status_code == 303


def test_passwords_of_one_name_can_not_be_tried_out_from_many_addresses(bare, users):
    app = create(Desk(bare, Access(users=users, tries_for=Turnstile(Rate(3, 10), Clock()))))
    told = set()
    for name in ("ana", "eve"):  # whether there is such a user or not
        tries = [sign_in(app, tried, "wrong word").answer for tried in (name, name.upper(), f" {name} ", name)]
        assert [answer.status_code for answer in tries] == [403, 403, 403, 429]
        told.add(tries[-1].text)
    assert len(told) == 1


def test_the_rates_of_signing_in_leave_room_for_people_and_none_for_machines():
    for rate in (BY_ADDRESS, BY_NAME):
        assert rate.burst >= 10
        assert 86400 / rate.every < 30_000  # tries a day


def test_over_https_the_cookie_is_bound_to_https_and_this_host(bare, users):
    app = create(Desk(bare, Access.by_users(users, secure=True)))
    client = browser(app)
    client.base_url = HOME.replace("http:", "https:")
    client.headers["Origin"] = str(client.base_url)
    answer = client.post("/login", data={"name": "ana", "password": PASSWORD})
    assert answer.headers["Set-Cookie"].startswith("__Host-onrecord_session=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert client.get("/speakers").status_code == 200
    key = client.cookies["__Host-onrecord_session"]
    assert stranger(app, Cookie=f"onrecord_session={key}").get("/speakers").status_code == 303


def test_a_broken_file_of_users_lets_nobody_in_and_tells_nobody_where_it_is(shared_desk, users, caplog):
    client = sign_in(shared_desk, "ana")
    users.path.write_text("{")
    os.utime(users.path, ns=(1, 1))
    for answer in (client.get("/speakers"), sign_in(shared_desk, "ana").answer):
        assert answer.status_code == 500
        assert str(users.path.parent) not in answer.text
    assert str(users.path) in caplog.text


def _with_cookie(app, key):
    return stranger(app, Cookie=f"onrecord_session={key}")


# --- ways of ours ---------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["/", "/speakers", "/search?q=a+b&page=2", "/articles/a#s-b", "/speakers/é"])
def test_a_path_of_ours_is_gone_on_to(way):
    assert ours(way) == way


@pytest.mark.parametrize(
    "way",
    [
        "",
        "speakers",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\r\nSet-Cookie: a=b",
        " /speakers",
        "\x00/",
        "/a\x00",
        "/a\u2028b",
        "/" + "a" * 2000,
        "@evil.example",
        ".evil.example",
    ],
)
def test_anything_else_leads_to_the_front_page(way):
    assert ours(way) == "/"


def test_whoever_signs_in_is_sent_nowhere_else(shared_desk):
    for way in ("//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"):
        assert sign_in(shared_desk, "ana", next=way).answer.headers["Location"] == "/"
        page = browser(shared_desk).get("/login", params={"next": way})
        assert "evil.example" not in page.text
        assert "javascript:" not in page.text


def test_an_editor_by_the_token_writes_under_the_machines_user(bare):
    client = editor(opened(bare))
    assert ">ana<" in client.get("/speakers").text
