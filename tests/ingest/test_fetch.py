import gzip
import logging
import re
import shutil
import ssl
import subprocess
import time
from email.utils import formatdate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_in import PAGE, Reply, StandIn

from onrecord.errors import NotFetched, TooLarge, UsageError
from onrecord.ingest import IngestOptions, articles
from onrecord.ingest.fetch import FetchOptions, Validators, Web, guard, robots, transport, web


@pytest.fixture
def server():
    made = StandIn()
    yield made
    made.close()


class Remembered(dict):
    put = dict.__setitem__


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def fetcher(memory=None, clock=None, **options):
    clock = clock or Clock()
    options = FetchOptions(**{"allow_private": True, "timeout": 5, **options})
    return Web(options, memory, resolve=lambda *_: ["127.0.0.1"], sleep=clock.sleep, clock=clock)


# --- what may be asked ---


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.0x1/",
        "http://１２７.０.０.１/",
        "http://127.0.0.1./",
        "http://0.0.0.0/",
        "http://0/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://198.18.0.1/",
        "http://192.0.2.1/",
        "http://224.0.0.1/",
        "http://239.255.255.250/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[::ffff:0:7f00:1]/",
        "http://[64:ff9b::10.0.0.1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:db8::1]/",
        "http://[fc00::1]/",
        "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[ff02::1]/",
    ],
)
def test_an_address_inside_a_network_is_never_asked(address):
    with pytest.raises(NotFetched, match="inside a network"):
        guard.target(address, lambda *_: pytest.fail("a number needs no name server"), allow_private=False)


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.7", "::1", "fe80::1%eth0", "::ffff:169.254.169.254"])
def test_a_name_that_stands_for_one_inside_a_network_is_never_asked_even_beside_a_public_one(inside):
    with pytest.raises(NotFetched, match="inside a network"):
        guard.target("https://harbour.example/", lambda *_: ["93.184.215.14", inside], allow_private=False)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ftp://harbour.example/", "no scheme that is fetched"),
        ("file:///etc/passwd", "no scheme that is fetched"),
        ("gopher://harbour.example/", "no scheme that is fetched"),
        ("https:///path", "no name of a host"),
        ("https://harbour.example:22/", "port 22"),
        ("https://harbour.example:0/", "port 0"),
        ("https://harbour.example:99999/", "no web address"),
        ("https://harbour.example:x/", "no web address"),
        ("https://marta:secret@harbour.example/", "user name or password"),
        ("https://harbour.example\\@127.0.0.1/", "user name or password"),
        ("https://harbour.example\\.evil.example/", "no name of a host"),
        ("https://%31%32%37.0.0.1/", "no name of a host"),
        ("https://harbour example/", "no name of a host"),
        ("https://a..b.example/", "no name of a host"),
        ("https://[::1/", "no web address"),
        ("https://[::g]/", "no address|no web address"),
        ("https://1.2.3.4.5/", "no address"),
        ("https://0x7f.0.0.0xzz/", "no address|name"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused_with_the_reason(address, why):
    with pytest.raises(NotFetched, match=why):
        guard.target(address, lambda *_: [], allow_private=False)


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("https://Harbour.Example", "https://harbour.example/"),
        (" https://harbour.example:443/a b?q=“toll”#top\n", "https://harbour.example/a%20b?q=%E2%80%9Ctoll%E2%80%9D"),
        ("http://harbour.example:8080/a%20b?c=d&e=f", "http://harbour.example:8080/a%20b?c=d&e=f"),
        ("https://hafen-köln.example/", "https://xn--hafen-kln-67a.example/"),
        ("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"),
        ("https://93.184.215.14/", "https://93.184.215.14/"),
    ],
)
def test_an_address_of_the_web_is_brought_into_its_normal_form(address, normal):
    assert guard.target(address, lambda *_: ["93.184.215.14"], allow_private=False).url == normal


@given(st.sampled_from(("http://", "https://[", "https://127.0.0.1\\", "https://x@", "")), st.text())
def test_any_address_is_either_of_the_web_or_refused(start, rest):
    try:
        found = guard.target(start + rest, lambda *_: ["93.184.215.14"], allow_private=False)
    except NotFetched:
        return
    assert found.url.isascii()
    assert found.url.isprintable()
    assert all(map(guard.is_public, found.addresses))


def test_a_name_that_nobody_knows_is_told():
    def unknown(*_):
        raise OSError("Name or service not known")

    with pytest.raises(NotFetched, match=r"harbour\.example is not known"):
        guard.target("https://harbour.example/", unknown, allow_private=False)


def test_the_connection_goes_to_the_address_that_was_checked_whatever_the_name_stands_for_later(server):
    server.replies["/"] = Reply()
    asked = []

    def changing(host, _):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["203.0.113.9"]

    target = guard.target(server.url("/", "harbour.example"), changing, allow_private=True)
    answer = transport.ask(target, {}, FetchOptions(timeout=5))
    assert (answer.status, asked) == (200, ["harbour.example"])
    assert server.headers[0]["Host"] == f"harbour.example:{server.port}"


def test_without_leave_not_even_the_first_byte_is_sent_inside_the_network(server):
    server.replies["/"] = Reply()
    with pytest.raises(NotFetched, match=r"port|inside a network"):
        Web(FetchOptions())(server.url("/"))
    assert server.asked == []


def test_each_redirect_is_checked_as_the_first_address_is(server, monkeypatch):
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")  # for once the stand-in is the web
    monkeypatch.setattr(guard, "USUAL_PORTS", {server.port})
    for n, place in enumerate(("http://10.0.0.1:{}/", "http://169.254.169.254:{}/", "http://[::1]:{}/", "file:///etc")):
        server.replies[f"/{n}"] = Reply(status=302, headers={"Location": place.format(server.port)})
        with pytest.raises(NotFetched, match=r"inside a network|no scheme"):
            fetcher(allow_private=False)(server.url(f"/{n}"))


# --- how it is asked ---


def test_a_page_comes_with_its_type_and_the_address_where_it_was_found(server):
    server.replies["/old"] = Reply(status=301, headers={"Location": "/new#top"})
    server.replies["/new"] = Reply(headers={"Content-Type": "text/HTML; charset=utf-8"})
    page = fetcher()(server.url("/old"))
    assert (page.url, page.media, page.data) == (server.url("/new"), "text/html", PAGE)


def test_we_say_who_we_are_and_send_nothing_that_is_not_ours(server):
    server.replies["/"] = Reply(headers={"Set-Cookie": "id=1"})
    fetch = fetcher()
    fetch(server.url("/"))
    fetch(server.url("/"))
    assert all(h["User-Agent"].startswith("onrecord ") for h in server.headers)
    assert not {"Cookie", "Referer", "Authorization"} & {name for h in server.headers for name in h}


def test_redirects_have_an_end(server):
    server.replies["/"] = Reply(status=302, headers={"Location": "/"})
    with pytest.raises(NotFetched, match="on and on"):
        fetcher()(server.url("/"))
    assert len(server.pages()) == web.REDIRECTS + 1


def test_a_redirect_to_what_is_no_address_is_told(server):
    server.replies["/"] = Reply(status=302, headers={"Location": "http://[::1"})
    with pytest.raises(NotFetched, match="no web address"):
        fetcher()(server.url("/"))


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410, 418, 451, 500, 502])
def test_a_refusal_is_told_with_its_status_and_a_remedy(server, status):
    server.replies["/"] = Reply(status=status)
    fetch = fetcher()
    if status == 204:
        assert fetch(server.url("/")).data == b""
        return
    with pytest.raises(NotFetched, match=rf"status {status}: .*; (try|check|save)"):
        fetch(server.url("/"))


def test_a_server_that_is_away_is_told():
    stand_in = StandIn()
    stand_in.close()
    with pytest.raises(NotFetched, match="try again later"):
        fetcher()(stand_in.url("/"))


def test_an_answer_that_breaks_off_is_no_page(server):
    server.replies["/"] = Reply(whole=False)
    with pytest.raises(NotFetched, match=r"can't be read from|broke off"):
        fetcher()(server.url("/"))


def test_a_server_that_keeps_silent_is_left(server):
    server.replies["/"] = lambda *_: time.sleep(0.6) or Reply()
    with pytest.raises(NotFetched, match="try again later"):
        fetcher(timeout=0.1)(server.url("/"))


def test_an_answer_that_comes_drop_by_drop_is_cut(server, monkeypatch):
    monkeypatch.setattr(transport, "PATIENCE", 0.1)
    server.replies["/"] = lambda *_: time.sleep(0.8) or Reply()
    begun = time.monotonic()
    with pytest.raises(NotFetched, match="try again later"):
        fetcher(timeout=1)(server.url("/"))
    assert time.monotonic() - begun < 0.7


def test_every_address_asked_is_logged(server, caplog):
    server.replies["/"] = Reply()
    with caplog.at_level(logging.INFO, "onrecord.fetch"):
        fetcher()(server.url("/"))
    assert caplog.messages == [f"GET 404 4 {server.url('/robots.txt')}", f"GET 200 {len(PAGE)} {server.url('/')}"]


# --- size ---


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}])
def test_a_page_over_the_limit_is_refused_packed_or_not(server, headers):
    body = b"x" * 5_000_000
    server.replies["/"] = Reply(gzip.compress(body) if headers else body, headers=headers)
    with pytest.raises(TooLarge, match="--max-bytes"):
        fetcher(max_bytes=1_000_000)(server.url("/"))
    assert len(fetcher(max_bytes=5_000_000)(server.url("/")).data) == 5_000_000


def test_a_packed_page_is_unpacked(server):
    server.replies["/"] = Reply(gzip.compress(PAGE), headers={"Content-Encoding": "gzip"})
    assert fetcher()(server.url("/")).data == PAGE


# --- robots.txt ---

ROBOTS = (
    b"User-agent: *\nDisallow: /private*/\nAllow: /private/open\nCrawl-delay: 7\n\nUser-agent: other\nDisallow: /\n"
)


@pytest.mark.parametrize(
    ("path", "allowed"), [("/", True), ("/private/a", False), ("/private-2/a", False), ("/private/open", True)]
)
def test_robots_txt_is_obeyed(server, path, allowed):
    server.replies |= {"/robots.txt": Reply(ROBOTS), path: Reply()}
    if allowed:
        assert fetcher()(server.url(path)).data == PAGE
    else:
        with pytest.raises(NotFetched, match=r"robots\.txt asks programs to stay away"):
            fetcher()(server.url(path))
        assert server.pages() == []


def test_robots_txt_may_name_us(server):
    server.replies["/robots.txt"] = Reply(b"User-agent: onrecord\nDisallow: /\n")
    with pytest.raises(NotFetched, match="stay away"):
        fetcher()(server.url("/"))


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_without_a_robots_txt_all_is_allowed_and_nothing_where_it_cannot_be_known(server, status, allowed):
    server.replies |= {"/robots.txt": Reply(status=status), "/": Reply()}
    if allowed:
        assert fetcher()(server.url("/"))
    else:
        with pytest.raises(NotFetched, match=r"robots\.txt can't be read"):
            fetcher()(server.url("/"))


def test_robots_txt_is_asked_once_a_day(server):
    server.replies["/"] = Reply()
    clock = Clock()
    fetch = fetcher(clock=clock)
    fetch(server.url("/"))
    fetch(server.url("/"))
    assert server.asked == ["/robots.txt", "/", "/"]
    clock.now += robots.KEPT + 1
    fetch(server.url("/"))
    assert server.asked[3:] == ["/robots.txt", "/"]


def test_a_redirect_does_not_lead_around_robots_txt(server):
    server.replies |= {"/robots.txt": Reply(ROBOTS), "/": Reply(status=302, headers={"Location": "/private/a"})}
    with pytest.raises(NotFetched, match="stay away"):
        fetcher()(server.url("/"))
    assert server.pages() == ["/"]


# --- pace ---


def test_a_host_is_given_a_pause_between_requests(server):
    server.replies["/"] = Reply()
    clock = Clock()
    fetch = fetcher(clock=clock, delay=2)
    fetch(server.url("/"))
    fetch(server.url("/"))
    assert clock.slept == [2, 2]
    fetch(server.url("/", "other.example"))
    assert clock.slept == [2, 2, 2]  # only after its own robots.txt


@pytest.mark.parametrize(("asked", "given"), [(b"7", 7), (b"0.2", 1), (b"900", robots.MOST_DELAY)])
def test_a_site_may_ask_for_longer_pauses_up_to_a_bound(server, asked, given):
    server.replies |= {"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: " + asked), "/": Reply()}
    clock = Clock()
    fetcher(clock=clock)(server.url("/"))
    assert clock.slept == [given]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_when_it_says(server, status):
    server.replies["/"] = lambda _, n: Reply() if n == 2 else Reply(status=status, headers={"Retry-After": "9"})
    clock = Clock()
    assert fetcher(clock=clock, delay=0)(server.url("/")).data == PAGE
    assert clock.slept == [9]


def test_a_busy_server_that_says_nothing_is_asked_after_longer_and_longer_and_not_for_ever(server):
    server.replies["/"] = Reply(status=503)
    clock = Clock()
    with pytest.raises(NotFetched, match="status 503"):
        fetcher(clock=clock)(server.url("/"))
    assert len(server.pages()) == web.TRIES
    assert clock.slept == [1, 2, 4]


@pytest.mark.parametrize("after", ["3600", formatdate(time.time() + 3600, usegmt=True)])
def test_a_server_that_wants_a_long_wait_is_left_for_another_time(server, after):
    server.replies["/"] = Reply(status=429, headers={"Retry-After": after})
    with pytest.raises(NotFetched, match=r"asks to wait 3\d\d\d seconds; try again later"):
        fetcher()(server.url("/"))
    assert len(server.pages()) == 1


# --- what is new ---


def test_a_page_is_remembered_when_it_was_read_and_then_asked_for_only_if_it_is_new(server):
    def versioned(headers, _):
        known = headers.get("If-None-Match") == '"v1"' and headers.get("If-Modified-Since")
        return Reply(status=304) if known else Reply(headers={"ETag": '"v1"', "Last-Modified": "Fri, 28 Mar 2025"})

    server.replies["/"] = versioned
    memory = Remembered()
    fetch = fetcher(memory)
    page = fetch(server.url("/"))
    assert memory == {}
    assert fetch(server.url("/")) is not None
    page.remember()
    assert memory == {server.url("/"): Validators('"v1"', "Fri, 28 Mar 2025")}
    assert fetch(server.url("/")) is None


def test_a_page_without_a_version_is_not_remembered(server):
    server.replies["/"] = Reply()
    memory = Remembered()
    fetcher(memory)(server.url("/")).remember()
    assert memory == {}


def test_a_list_of_feeds_leads_over_its_feeds_to_their_pages_and_then_to_what_is_new_alone(server):
    def versioned(body):
        return lambda headers, _: Reply(body, 304 if "If-None-Match" in headers else 200, {"ETag": '"v1"'})

    rss = f"<rss><channel><item><link>{server.url('/toll')}</link></item></channel></rss>"
    server.replies["/feeds.opml"] = Reply(
        f"<opml><body><outline xmlUrl='{server.url('/feed')}'/></body></opml>".encode()
    )
    server.replies |= {"/feed": versioned(rss.encode()), "/toll": versioned(PAGE)}
    options = IngestOptions(fetcher=fetcher(Remembered()))
    [article] = articles([server.url("/feeds.opml")], options)
    assert (article.name, article.text[:29]) == (server.url("/toll"), "Three ports agreed on Monday.")
    assert list(articles([server.url("/feeds.opml")], options)) == []
    assert server.pages() == ["/feeds.opml", "/feed", "/toll", "/feeds.opml", "/feed"]


# --- safe connections ---


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """The key and certificate of harbour.example, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is missing: install it to test safe connections")
    folder = tmp_path_factory.mktemp("certificate")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=harbour.example "
        "-addext subjectAltName=DNS:harbour.example -keyout key.pem -out certificate.pem"
    )
    subprocess.run(command.split(), check=True, capture_output=True, cwd=folder)
    return folder


def test_a_safe_connection_is_to_the_name_and_by_trusted_authorities_alone(server, certificate, monkeypatch):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    server.wrap(context)
    server.replies["/"] = Reply()
    address = server.url("/", "harbour.example").replace("http:", "https:")
    with pytest.raises(NotFetched, match="no safe connection"):
        fetcher()(address)
    monkeypatch.setattr(transport, "_trust", lambda: ssl.create_default_context(cafile=certificate / "certificate.pem"))
    assert fetcher()(address).data == PAGE
    with pytest.raises(NotFetched, match="no safe connection"):
        fetcher()(address.replace("harbour", "other"))


# --- the room ---


@pytest.mark.parametrize("options", [{"delay": -1}, {"timeout": 0}, {"max_bytes": 0}, {"user_agent": "Ü"}])
def test_options_that_cannot_be_are_refused(options):
    with pytest.raises(UsageError):
        FetchOptions(**options)


def test_only_the_transport_and_the_endpoint_of_a_judge_import_the_http_library(root):
    sources = {path: path.read_text("utf-8") for path in (root / "src").rglob("*.py")}
    importers = {path.name for path, text in sources.items() if re.search(r"^\s*(?:import|from) urllib3", text, re.M)}
    assert importers == {"transport.py", "chat.py"}
