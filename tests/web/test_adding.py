"""What is sent to the desk to be added: what becomes of names and texts, what the job tells, who may."""

import json
from contextlib import contextmanager
from threading import Event

import pytest
from knocking import TOKEN, browser, editor

from onrecord.web import Desk, adding, create
from onrecord.web.access import Access


class Scripted:
    """A run that prints what the test wants, and keeps what it was asked and what lay in its folder."""

    def __init__(self, lines=(), status=0, said=""):
        self.printed, self.status, self.said = lines, status, said
        self.hold, self.stopped = Event(), False
        self.hold.set()
        self.seen = {}

    def __call__(self, arguments, folder, settings):
        self.arguments, self.folder, self.settings = list(arguments), folder, settings
        self.seen = {p.name: p.read_bytes() for p in folder.iterdir()}
        return self

    def lines(self):
        for line in self.printed:
            self.hold.wait(10)
            if self.stopped:
                return
            yield json.dumps(line)

    def stop(self):
        self.stopped = True
        self.hold.set()

    def end(self):
        return self.status, self.said


ADDED = {"name": "fees.txt", "arrival": "new", "statements": 3, "copies": 0, "article": "abc"}
SKIPPED = {"name": "empty.txt", "skipped": "it is empty; give another file", "step": "ingest"}
SUMMARY = {"articles": {"added": 1, "known": 0, "near_duplicates": 0, "skipped": 1}, "statements": 3, "reversals": 1}


@contextmanager
def door(record, start=None):
    """Somebody who may write at a desk, which is closed at the end."""
    app = create(Desk(record, Access.by_token("ana", TOKEN)), start)
    try:
        yield editor(app)
    finally:
        app.state.jobs.close()


@pytest.fixture
def run():
    return Scripted([ADDED, SKIPPED, SUMMARY])


@pytest.fixture
def desk(town, run):
    """A desk at which one may write, whose runs are scripted."""
    with door(town, run) as client:
        yield client


def sent(desk, **given):
    """Send the form; give the address of the job."""
    answer = desk.post("/add", **given)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def ended(desk, job):
    """Give all events of a job, as they came."""
    blocks = desk.get(f"{job}/events").text.strip().split("\n\n")
    return [dict(line.split(": ", 1) for line in block.split("\n")) for block in blocks]


def test_files_are_read_under_their_own_names(desk, run):
    job = sent(desk, files=[("files", ("Fees of March.txt", b"text")), ("files", ("two.html", b"<p>"))])
    assert [e["event"] for e in ended(desk, job)] == ["item", "item", "end"]
    assert run.arguments == ["--", "Fees of March.txt", "two.html"]
    assert run.seen == {"Fees of March.txt": b"text", "two.html": b"<p>"}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/etc/passwd", "passwd"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("...", "file"),
        ("a*b?[c].txt", "a_b_c_.txt"),
        ("https://example.org/x.txt", "x.txt"),
        ("<script>.txt", "_script_.txt"),
        ("naïve Übung.txt", "naïve Übung.txt"),
        ("x" * 500 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_a_files_name_leads_nowhere_else(name, kept):
    assert adding._own(name, []) == kept


def test_a_name_of_any_letters_fits_into_a_folder(desk, run):
    name = "報" * 110 + ".txt"
    ended(desk, sent(desk, files=[("files", (name, b"text"))]))
    assert list(run.seen.values()) == [b"text"]
    assert run.arguments[-1].endswith("報.txt")


def test_files_of_one_name_do_not_overwrite_each_other(desk, run):
    ended(desk, sent(desk, files=[("files", ("a.txt", text)) for text in (b"1", b"2", b"3")]))
    assert run.seen == {"a.txt": b"1", "2-a.txt": b"2", "3-a.txt": b"3"}


def test_a_pasted_text_keeps_its_facts(desk, run):
    form = {"text": "Ada said: “No.”", "title": "No", "publisher": "Post", "published": "2026-03-14"}
    ended(desk, sent(desk, data=form))
    assert run.arguments == ["--published=2026-03-14", "--publisher=Post", "--", "pasted.jsonl"]
    assert json.loads(run.seen["pasted.jsonl"]) == {"id": "No", **form}


def test_a_link_is_fetched_and_nothing_but_a_link(desk, run):
    ended(desk, sent(desk, data={"link": "https://example.org/story"}))
    assert run.arguments == ["--fetch", "--", "https://example.org/story"]
    for link in ("file:///etc/passwd", "/etc/passwd", "ftp://example.org/", "https://a b", "javascript:alert(1)"):
        assert desk.post("/add", data={"link": link}).status_code == 400


def test_nothing_and_a_day_that_is_none_are_refused_with_what_to_do(desk):
    assert "Choose files, paste a text, or give a link." in desk.post("/add", data={"text": "  "}).text
    assert "2026-03-14" in desk.post("/add", data={"text": "x", "published": "soon"}).text


def test_the_page_of_a_job_tells_what_was_kept_and_what_was_skipped_and_why(desk):
    job = sent(desk, data={"text": "x"})
    ended(desk, job)
    page = desk.get(job).text
    assert "it is empty; give another file" in page
    assert 'href="/articles/abc"' in page
    assert "1 new candidate" in page
    assert desk.get(f"{job}.json").json()["job"]["summary"] == SUMMARY


def test_events_go_on_where_they_broke_off(desk):
    job = sent(desk, data={"text": "x"})
    ended(desk, job)
    again = desk.get(f"{job}/events", headers={"Last-Event-ID": "0"}).text
    assert "fees.txt" not in again
    assert "empty.txt" in again


def test_what_was_sent_is_gone_when_the_job_is_over(desk, run):
    ended(desk, sent(desk, data={"text": "x"}))
    desk.app.state.jobs.close()
    assert not run.folder.exists()


def test_a_job_can_be_stopped(desk, run):
    run.hold.clear()
    job = sent(desk, data={"text": "x"})
    assert desk.post(f"{job}/stop").status_code == 303
    assert ended(desk, job)[-1]["data"] == '{"state": "stopped"}'
    desk.app.state.jobs.close()
    assert run.stopped or not run.seen  # it was running, or had not begun


def test_a_job_that_is_stopped_while_it_starts_reads_nothing(town, run):
    begun, go = Event(), Event()

    def start(*given):
        begun.set()
        go.wait(10)
        return run(*given)

    with door(town, start) as client:
        job = sent(client, data={"text": "x"})
        assert begun.wait(10)
        assert client.post(f"{job}/stop").status_code == 303
        go.set()
        assert [e["event"] for e in ended(client, job)] == ["end"]
        assert client.get(f"{job}.json").json()["job"]["state"] == "stopped"
    assert run.stopped


def test_a_run_that_fails_is_told_and_the_next_has_its_turn(town):
    failing = Scripted([], 4, "onrecord: The disk is full. Free some space.\n")
    with door(town, failing) as client:
        job = sent(client, data={"text": "x"})
        assert ended(client, job)[-1]["data"] == '{"state": "failed"}'
        assert "The disk is full. Free some space." in client.get(job).text
        failing.printed = [SUMMARY]
        assert ended(client, sent(client, data={"text": "x"}))[-1]["data"] == '{"state": "done"}'


def test_a_program_that_cannot_be_started_does_not_end_the_queue(town):
    def start(*_):
        raise OSError("no more processes")

    with door(town, start) as client:
        for _ in range(2):
            assert ended(client, sent(client, data={"text": "x"}))[-1]["data"] == '{"state": "failed"}'


def test_who_may_not_write_neither_adds_nor_looks_on(town, run):
    with door(town, run) as writer:
        client = browser(writer.app)
        for path in ("/add", "/add.json", "/add/abc", "/add/abc/events"):
            assert client.get(path).status_code == 403
        assert client.post("/add", data={"text": "x"}).status_code == 403
    assert not run.seen


def test_an_unknown_job_is_told(desk):
    assert desk.get("/add/feed").status_code == 404
    assert desk.get("/add/feed/events").status_code == 404


@pytest.mark.slow
def test_a_text_is_read_by_a_real_process_into_the_record(tmp_path, monkeypatch):
    from onrecord.record import Record
    from onrecord.settings import Settings

    monkeypatch.chdir(tmp_path)
    record = Record("desk.db", Settings(record="desk.db"), create=True)
    with door(record) as client:
        text = 'HARLOW BAY - "There will be no rise in bus fares," Mayor Petra Kolm told reporters on Monday.'
        job = sent(client, data={"text": text, "title": "Fares", "published": "2026-05-05"})
        assert ended(client, job)[-1]["data"] == '{"state": "done"}'
        found = client.get(f"{job}.json").json()["job"]
        assert found["summary"]["articles"]["added"] == 1
        page = client.get(f"/articles/{found['items'][0]['article']}").text
        assert "Petra Kolm" in page
