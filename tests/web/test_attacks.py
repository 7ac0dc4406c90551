"""What somebody may try at a desk. docs/security.md lists the attacks, each with its test, here or elsewhere."""

import ast
import json
import re
import socket
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from threading import Event
from urllib.parse import quote, urlsplit

import pytest
from knocking import HOME, PASSWORD, TOKEN, browser, editor, opened, sign_in, some_users, stranger, ways
from town import Town

from onrecord import pipeline
from onrecord.ingest import from_text
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.store import Wanted
from onrecord.types import Article, Via
from onrecord.web import Desk, create
from onrecord.web.access import Access
from onrecord.web.jobs import CommandLine

SCRIPTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "</textarea></title></style><svg/onload=alert(1)>",
    "{{7*191}}${7*191}<%=7*191%>",
)
ALL = " ".join(SCRIPTS)
LINKS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
)
SECRETS = ("Traceback", ".py", "sqlite", "onrecord.db", "/tmp/", "/home/", "/root/", 'File "')  # noqa: S108 - looked for


# --- a record in which every word is hostile ------------------------------------------------------


class Hostile(Town):
    """Reads the town's news; names, roles and ways to the page are hostile."""

    def read(self, article):
        found = Town.read(self, article)
        return replace(found, statements=tuple(self._made(s) for s in found.statements))

    def _made(self, statement):
        who = replace(statement.speaker, name=ALL, role=ALL, confidence=0.3)
        return replace(statement, speaker=who, via=(Via(ALL, None),))


@pytest.fixture
def hostile(scripted, monkeypatch, tmp_path):  # noqa: ARG001 - it stands before the weights
    """A record of hostile articles, statements and judgements, with a reversal."""
    monkeypatch.setattr(pipeline, "pipeline", lambda _settings: Hostile())
    path = str(tmp_path / "hostile.db")
    record = Record(path, Settings(record=path), create=True)
    said = ("There will be no toll", "We give Larkhill the sum"), ("There will be a toll", "The valley gets nothing")
    list(record.add([_article(number, lines) for number, lines in enumerate(said)]))
    pledge = record.statements(Wanted(acts=("commit",)))[0].statement.id
    record.say("speaker", pledge, record.speaker_called(f"Eve {ALL}"), by=ALL, note=ALL)
    record.say("statement", pledge, "not a statement", by=ALL, note=ALL)
    list(record.compare())
    (reversal,) = record.reversals()
    record.say("verdict", reversal.id, "unsure", by=ALL, note=ALL)
    return record


def _article(number, lines):
    day = f"2026-05-0{number + 1}"
    text = (
        f"{ALL if number else SCRIPTS[0]}\n\n"
        f'Ilse Brandt said on {day}: "{lines[0]} on the new bridge {SCRIPTS[number]}."\n\n'
        f'Nils Oake said on {day} to commit 500 USD for Tarn Valley: "{lines[1]} {SCRIPTS[number]}."\n'
    )
    bare = from_text(text, ALL)
    facts = {"title": ALL, "publisher": ALL, "authors": (ALL, ALL), "url": LINKS[number] + ALL}
    return Article(bare.id, ALL, bare.text, published=date(2026, 5, number + 3), **facts)


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.words = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)


OURS = re.compile(
    r"html|head|meta|title|link|script|body|header|nav|main|footer|section|article|h[1-4]|p|div|span|a|b|i|em|strong|"
    r"code|kbd|small|cite|mark|blockquote|ul|ol|li|dl|dt|dd|br|hr|form|label|input|button|select|option|textarea|"
    r"fieldset|legend|output|meter|progress|details|summary|dialog|table|caption|thead|tbody|tr|th|td|time|figure|"
    r"figcaption"
)
LEADS = {"href", "src", "action", "formaction", "data-spec", "hx-get", "hx-post", "poster", "data", "xlink:href"}


def _harmless(text):
    """Fail where a page holds what is not ours: elements, scripts, handlers, styles, links to elsewhere."""
    page = Page(text)
    for tag, attributes in page.elements:
        assert OURS.fullmatch(tag), f"<{tag}> {attributes}"
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc")], attributes
        for name in LEADS & set(attributes):
            way = attributes[name] or ""
            assert re.match(r"/(?!/)|#|\?|$", way) or (tag == "a" and way.startswith(("https://", "http://"))), way
        assert tag != "script" or attributes["src"].startswith("/static/"), attributes
    assert "1337" not in text, "a template took what it shows for a template"
    return page


@pytest.fixture
def watched(hostile):
    """The editor's browser at a desk over that record."""
    app = create(Desk(hostile, Access.by_token(ALL, "token")))
    client = browser(app)
    client.get("/?token=token")
    return client


def _keys(record):
    entries = record.statements(Wanted(limit=None))
    return {
        "reversal": record.reversals()[0].id,
        "articles": sorted({e.article.id for e in entries}),
        "speakers": sorted({e.statement.speaker.id for e in entries}),
    }


def _pages(record):
    keys = _keys(record)
    plain = ("/", "/search?q=toll", "/speakers", "/reversals", "/articles", "/pledges", "/desk", "/add", "/login")
    return [
        *plain,
        "/search?q=" + quote(ALL),
        f"/reversals/{keys['reversal']}",
        *(f"/articles/{key}" for key in keys["articles"]),
        *(f"/speakers/{key}" for key in keys["speakers"]),
    ]


def test_a_script_kept_in_the_record_is_shown_as_words(hostile, watched):
    shown = 0
    for path in _pages(hostile):
        answer = watched.get(path)
        assert answer.status_code == 200, path
        shown += any(SCRIPTS[0] in words for words in _harmless(answer.text).words)
    assert shown >= 8  # they do stand there, as words


def test_a_script_in_a_part_of_a_page_is_shown_as_words(hostile, watched):
    for path in _pages(hostile):
        _harmless(watched.get(path, headers={"HX-Request": "true"}).text)


def test_a_link_of_an_article_leads_to_the_web_or_is_none(hostile, watched):
    for key in _keys(hostile)["articles"]:
        links = [a["href"] for tag, a in Page(watched.get(f"/articles/{key}").text).elements if tag == "a"]
        assert links
        assert not [link for link in links if "alert" in link]


def test_a_script_kept_in_the_record_is_data_to_programs(hostile, watched):
    keys = _keys(hostile)
    paths = ["/front.json", "/speakers.json", "/articles.json", "/desk.json", f"/reversals/{keys['reversal']}.json"]
    paths += [f"/charts/speakers/{key}/positions.vl.json" for key in keys["speakers"]]
    for path in paths:
        answer = watched.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "script" in answer.text


def test_a_script_kept_in_the_record_is_drawn_as_words_on_a_card(hostile, watched):
    answer = watched.get(f"/reversals/{_keys(hostile)['reversal']}/card.svg")
    assert answer.status_code == 200
    assert not re.search(r"<(?:script|img|foreignObject|iframe|use)\b|<[^>]*\son\w+=", answer.text)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_chart_leads_to_statements_alone(hostile, watched):
    for key in _keys(hostile)["speakers"]:
        text = watched.get(f"/charts/speakers/{key}/positions.vl.json").text
        assert not re.search(r'"(?:href|url)":\s*"(?!/)', text)


def test_a_script_in_what_is_asked_for_is_shown_as_words(watched):
    asked = 0
    for path, parameters in _get_parameters(watched.app):
        for name, place in parameters:
            for script in (*SCRIPTS, *LINKS):
                filled = path.replace(f"{{{name}}}", quote(script, safe="")) if place == "path" else path
                filled = re.sub(r"\{[^}]+\}", "a", filled)
                answer = watched.get(filled, params={name: script} if place == "query" else None)
                assert answer.status_code < 500, (filled, answer.text)
                if answer.headers.get("Content-Type", "").startswith("text/html"):
                    _harmless(answer.text)
                    asked += 1
    assert asked > 100


def test_a_script_in_a_form_is_shown_as_words(watched, hostile):
    key = _keys(hostile)["reversal"]
    good = {"change": "verdict", "target": key, "value": "unsure", "note": "", "next": "/"}
    for name in good:
        for script in (*SCRIPTS, *LINKS):
            answer = watched.post("/judgements", data=good | {name: script})
            _harmless(answer.text)
            assert urlsplit(answer.headers.get("Location", "/")).netloc == ""
            assert answer.headers.get("Location", "/").startswith("/")


def test_a_script_in_a_users_name_is_refused_and_shown_as_words(hostile, tmp_path):
    app = create(Desk(hostile, Access.by_users(some_users(tmp_path))))
    for script in SCRIPTS:
        answer = sign_in(app, script[:64]).answer
        assert answer.status_code == 403
        _harmless(answer.text)
    users = some_users(tmp_path / "edited")  # by hand, around the check
    users.path.write_text(users.path.read_text().replace('"ana"', '"<script>alert(1)</script>"'))
    client = sign_in(create(Desk(hostile, Access.by_users(users))), "<script>alert(1)</script>")
    assert client.answer.status_code == 303
    assert "<script>alert(1)</script>" in _harmless(client.get("/speakers").text).words


def _get_parameters(app):
    document = app.openapi()
    for path, methods in document["paths"].items():
        if "get" in methods:
            yield path, [(p["name"], p["in"]) for p in methods["get"].get("parameters", ())]


# --- requests that others make in an editor's name ------------------------------------------------


def _writing_paths(app):
    found = ways(app, "post")
    assert {"/judgements", "/judgements/a/undo", "/learn", "/add", "/login", "/logout"} <= set(found)
    return found


def test_no_form_of_another_site_writes(town):
    app = opened(town)
    client = editor(app)
    for path in _writing_paths(app):
        for origin in ("https://evil.example", "null", HOME + ".evil.example", "http://127.0.0.1:9"):
            answer = client.post(path, headers={"Origin": origin, "Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403, path
            assert "Set-Cookie" not in answer.headers
    assert town.store.judgements() == []
    assert client.post("/learn").status_code == 400  # the session is there all the while


def test_no_link_writes(town):
    app = opened(town)
    client = editor(app)
    for path in _writing_paths(app):
        assert client.get(path).status_code in (200, 405), path
    assert town.store.judgements() == []
    assert client.post("/learn").status_code == 400


def test_nobody_writes_without_the_right_to(town, tmp_path):
    reader = sign_in(create(Desk(town, Access.by_users(some_users(tmp_path)))), "bo")
    for client in (browser(opened(town)), browser(create(Desk(town, Access.nobody_writes()))), reader):
        for path in _writing_paths(client.app):
            if path not in ("/login", "/logout"):
                assert client.post(path).status_code == 403, path
                assert client.post(path + "/").status_code in (403, 404), path
    assert town.store.judgements() == []


def test_a_session_that_somebody_else_chose_is_not_taken_over(town, tmp_path):
    app = create(Desk(town, Access.by_users(some_users(tmp_path))))
    client = browser(app)
    client.cookies.set("onrecord_session", "chosen-by-eve", domain="127.0.0.1")
    client.post("/login", data={"name": "ana", "password": PASSWORD})
    assert stranger(app, Cookie="onrecord_session=chosen-by-eve").get("/speakers").status_code == 303
    token = browser(opened(town))
    token.cookies.set("onrecord_session", "chosen-by-eve", domain="127.0.0.1")
    assert "chosen-by-eve" not in editor(token.app).get("/?token=the-token-of-these-tests").headers["Set-Cookie"]


def test_a_page_can_not_be_put_into_another_ones_frame(town):
    headers = stranger(opened(town)).get("/desk").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_a_name_that_now_leads_here_reads_nothing(town):
    rebound = stranger(opened(town), Host="evil.example:8420", Origin="http://evil.example:8420")
    for path in ("/", "/front.json", "/openapi.json", "/static/desk.js", "/search?q=toll"):
        answer = rebound.get(path)
        assert answer.status_code == 421
        assert "toll" not in answer.text
    assert rebound.post("/learn", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 421


def test_no_header_can_be_slipped_into_an_answer(town):
    client = editor(opened(town))
    for way in ("/a\r\nX-Evil: 1", "/a%0d%0aX-Evil:%201", "/a\nX-Evil: 1", "/\u010d\u010aX-Evil: 1"):
        data = {"change": "verdict", "target": town.reversals()[0].id, "value": "unsure", "next": way}
        for answer in (client.post("/judgements", data=data), client.get("/login", params={"next": way})):
            assert "X-Evil" not in answer.headers
            assert "\r" not in answer.headers.get("Location", "")


# --- what is added ---------------------------------------------------------------------------------


class Noted:
    """Stands for a run of the command line: notes what it was asked, and gives what it is told to."""

    def __init__(self, items=()):
        self.items, self.asked = items, []
        self.over = Event()

    def __call__(self, arguments, folder, _settings):
        self.asked.append((list(arguments), sorted(path.name for path in folder.iterdir())))
        return self

    def lines(self):
        yield from (json.dumps(item) for item in self.items)

    def stop(self):
        """Nothing runs."""

    def end(self):
        self.over.set()
        return 4, ALL


def _adds(record, noted, **sent):
    """What the desk answers to what is sent, and the job's page once it is over."""
    client = editor(create(Desk(record, Access.by_token("ana", TOKEN)), noted))
    answer = client.post("/add", **sent)
    if answer.status_code == 303:
        assert noted.over.wait(10)
        for _ in range(100):
            page = client.get(answer.headers["Location"])
            if "/stop" not in page.text:
                return answer, page
    return answer, client.get("/add")


NAMES = (
    "../../evil.txt",
    "/etc/passwd",
    "C:\\temp\\evil.txt",
    "--fetch",
    "-",
    "..",
    ".hidden",
    "onrecord.toml",
    "OnRecord.TOML",
    "pasted.jsonl",
    "http:evil.example",
    "*",
    "x" * 400 + ".txt",
    *SCRIPTS,
)


def test_the_name_of_an_added_file_is_only_a_name(town):
    noted = Noted()
    files = [("files", (name, b"words")) for name in NAMES]
    answer, page = _adds(town, noted, files=files)
    assert answer.status_code == 303
    ((arguments, there),) = noted.asked
    assert arguments[0] == "--"
    assert sorted(arguments[1:]) == there
    assert len(there) == len(NAMES)
    assert all(re.fullmatch(r"[\w(][\w .,()+-]*", name) and len(name) < 140 for name in there), there
    assert "onrecord.toml" not in [name.casefold() for name in there]  # it would be taken for settings
    _harmless(page.text)


def test_an_added_file_can_not_stand_for_a_part_of_the_program(tmp_path):
    for name in ("typer.py", "onrecord.py", "json.py", "sitecustomize.py"):
        (tmp_path / name).write_text("open('taken', 'w')")
    run = CommandLine(("--help",), tmp_path, Settings(record=str(tmp_path / "town.db")))
    assert "Usage" in "".join(run.lines())
    assert run.end()[0] == 0
    assert not (tmp_path / "taken").exists()


def test_a_script_in_what_is_added_or_skipped_is_shown_as_words(town):
    items = [{"name": ALL, "skipped": ALL}, {"name": ALL, "article": "a", "arrival": "new", "statements": 1}]
    data = dict.fromkeys(("text", "title", "publisher"), ALL) | {"url": LINKS[0], "link": "https://evil.example/<b>"}
    answer, page = _adds(town, Noted(items), data=data)
    assert answer.status_code == 303
    assert SCRIPTS[0] in " ".join(_harmless(page.text).words)


def test_a_run_that_failed_does_not_tell_where_the_record_is(town):
    noted = Noted()
    noted.end = lambda: (noted.over.set(), (4, f"onrecord: {town.store.where} is held by another program."))[1]
    _, page = _adds(town, noted, data={"text": "words"})
    assert "The record is held by another program." in page.text
    assert town.store.where not in page.text


def test_only_an_address_of_the_web_is_taken_for_a_link(town):
    for link in (*LINKS, "file:///etc/passwd", "ftp://evil.example/", "--allow-private", "/etc/passwd"):
        noted = Noted()
        answer, page = _adds(town, noted, data={"link": link})
        assert answer.status_code == 400, link
        assert noted.asked == []
        _harmless(answer.text)
        _harmless(page.text)


def test_a_link_is_fetched_by_the_rules_for_public_addresses(town):
    noted = Noted()
    _adds(town, noted, data={"link": "https://post.example/story"})
    assert noted.asked == [(["--fetch", "--", "https://post.example/story"], [])]  # never --allow-private


def test_nothing_inside_the_network_is_asked_for_a_link(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.setblocking(False)
        link = f"http://127.0.0.1:{inside.getsockname()[1]}/"
        run = CommandLine(("--fetch", "--", link), tmp_path, Settings(record=str(tmp_path / "town.db")))
        told = "".join(run.lines())
        run.end()
        assert "skipped" in told
        with pytest.raises(BlockingIOError):
            inside.accept()


def test_nothing_is_fetched_that_nobody_gave_a_link_to(town):
    noted = Noted()
    _adds(
        town, noted, data={"text": "See https://post.example/story"}, files={"files": ("a.txt", b"https://x.example")}
    )
    ((arguments, _),) = noted.asked
    assert "--fetch" not in arguments


# --- what answers tell ----------------------------------------------------------------------------


def test_no_answer_tells_what_is_inside(town, monkeypatch):
    client = stranger(opened(town))

    def broken(*_args, **_given):
        raise OSError(5, "Input/output error", town.store.where)

    for name in ("latest", "voices", "entries", "article", "judgements", "speaker", "totals", "pairs"):
        monkeypatch.setattr(type(town.store), name, broken)
    failed = 0
    for path, parameters in _get_parameters(client.app):
        answer = client.get(re.sub(r"\{[^}]+\}", "abc", path), params={n: "a" for n, p in parameters if p == "query"})
        failed += answer.status_code == 500
        if "openapi" not in path:
            for secret in (*SECRETS, town.store.where):
                assert secret not in answer.text, path
    assert failed > 5


def test_the_pages_load_nothing_from_elsewhere(hostile, watched):
    for path in _pages(hostile):
        for tag, attributes in Page(watched.get(path).text).elements:
            for name in ("src", "srcset", "data"):
                assert attributes.get(name, "/").startswith("/"), (path, tag)
            assert tag != "link" or attributes["href"].startswith("/")


# --- the table ------------------------------------------------------------------------------------


def test_each_attack_that_the_docs_list_has_its_test(root):
    _, _, table = (root / "docs" / "security.md").read_text("utf-8").partition("| attack |")
    rows = [line for line in table.splitlines()[2:] if line.startswith("| ")]
    assert len(rows) > 20
    for row in rows:
        named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", row)
        assert named, f"no test stands beside: {row}"
        for file, test in named:
            tree = ast.parse((root / "tests" / file).read_text("utf-8"))
            there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
            assert test in there, f"{file} has no {test}"
