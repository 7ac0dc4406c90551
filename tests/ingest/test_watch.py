import os
import time

import pytest

from onrecord.errors import NotFetched
from onrecord.ingest import IngestOptions, watch
from onrecord.ingest.options import Page
from onrecord.types import Article, Skipped

ENTRY = "<entry><id>{0}</id><title>{0}</title>{1}</entry>"
WHOLE = "<content>Three ports agreed on toll {0}.</content>"
LINK = "<link href='https://harbour.example/{0}'/>"
PAGE = b"<html><body><p>Three ports agreed on Monday.</p><p>It was time.</p></body></html>"


def feed(*names, of=WHOLE):
    entries = "".join(ENTRY.format(name, of.format(name)) for name in names)
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour Post</title>{entries}</feed>".encode()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(watch, "LOOK", 0.01)
    monkeypatch.setattr(watch, "STEP", 0.01)


class Watching:
    """A watch whose rounds are taken one by one; a round that should not come ends the test by its time."""

    def __init__(self, *inputs, fetcher=None, every=0.01):
        self.until = 0.0
        inputs = [str(given) for given in inputs]
        self.rounds = watch.watched(
            inputs, IngestOptions(fetcher=fetcher), every, lambda: time.monotonic() > self.until
        )

    def names(self, seconds=3.0):
        self.until = time.monotonic() + seconds
        return [item.name.rpartition("/")[2] for item in next(self.rounds, ())]


def old(path, text):
    """Write a file that was left alone for an hour."""
    path.write_text(text)
    hour_ago = time.time() - 3600
    os.utime(path, (hour_ago, hour_ago))


# --- folders and files ---


def test_what_is_there_at_the_beginning_is_given_and_then_only_what_comes(tmp_path):
    old(tmp_path / "a.txt", "One.")
    old(tmp_path / "b.txt", "Two.")
    watching = Watching(tmp_path)
    assert watching.names() == ["a.txt", "b.txt"]
    (tmp_path / "c.txt").write_text("Three.")
    assert watching.names() == ["c.txt"]
    (tmp_path / "a.txt").write_text("One more.")
    assert watching.names() == ["a.txt"]
    (tmp_path / "notes.docx").write_text("no text")
    assert watching.names(seconds=0.1) == []


def test_a_file_that_is_being_written_is_left_until_it_keeps_still(tmp_path, monkeypatch):
    monkeypatch.setattr(watch, "LOOK", 60)  # so that none of it is old
    look = watch._Files(str(tmp_path), IngestOptions())
    path = tmp_path / "a.txt"
    for words in ("Three", "Three ports", "Three ports agreed."):
        path.write_text(words)
        assert list(look()) == []
    [article] = look()
    assert article.text == "Three ports agreed."
    assert list(look()) == []


def test_an_empty_folder_is_no_fault_but_one_that_is_missing_is(tmp_path):
    empty, missing = tmp_path / "empty", tmp_path / "missing"
    empty.mkdir()
    watching = Watching(empty, missing)
    assert watching.names() == ["missing"]
    missing.mkdir()
    for folder in (missing, empty):
        old(folder / "a.txt", "One.")
    assert watching.names() + watching.names(seconds=0.1) == ["a.txt", "a.txt"]


def test_a_bad_file_is_told_once_and_ends_nothing(tmp_path):
    old(tmp_path / "a.txt", "")
    old(tmp_path / "b.txt", "One.")
    watching = Watching(tmp_path)
    assert watching.names() == ["a.txt", "b.txt"]
    assert watching.names(seconds=0.1) == []


def test_a_folder_that_goes_away_ends_nothing(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    old(folder / "a.txt", "One.")
    watching = Watching(folder)
    assert watching.names() == ["a.txt"]
    (folder / "a.txt").unlink()
    folder.rmdir()
    assert watching.names() == ["inbox"]


def test_a_fault_of_our_own_is_told_and_ends_nothing(tmp_path, monkeypatch):
    def fails(*_):
        raise KeyError("toll")

    old(tmp_path / "a.txt", "One.")
    watching = Watching(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(watch, "articles", fails)
        watching.until = time.monotonic() + 3
        [found] = next(watching.rounds)
        assert found == Skipped(str(tmp_path), "ingest", found.reason)
        assert "please report it" in found.reason
    old(tmp_path / "b.txt", "Two.")
    assert watching.names() == ["b.txt"]


# --- feeds ---


class Scripted:
    """A fetcher whose pages change by the script; None is one that is not new."""

    def __init__(self, **pages):
        self.pages = {f"https://harbour.example/{path}": script for path, script in pages.items()}
        self.asked = []

    def __call__(self, url):
        self.asked.append(url.rpartition("/")[2])
        script = self.pages.get(url)
        data = script.pop(0) if isinstance(script, list) and len(script) > 1 else script[0] if script else b""
        if data == b"":
            raise NotFetched("there is no such page; check the address")
        return data and Page(url, data, "text/html")


def test_a_feed_is_asked_again_and_again_and_gives_what_is_new_in_it():
    fetcher = Scripted(feed=[feed("1", "2"), None, feed("1", "2"), feed("2", "3"), None, feed("2", "3", "4"), None])
    watching = Watching("https://harbour.example/feed", fetcher=fetcher)
    assert [watching.names(), watching.names(), watching.names()] == [["1", "2"], ["3"], ["4"]]
    assert watching.names(seconds=0.1) == []


def test_a_feed_is_asked_at_the_pace_that_the_user_sets():
    fetcher = Scripted(feed=[feed("1")])
    watching = Watching("https://harbour.example/feed", fetcher=fetcher, every=3600)
    assert watching.names() == ["1"]
    assert watching.names(seconds=0.1) == []
    assert fetcher.asked == ["feed"]


def test_a_page_that_a_feed_leads_to_is_fetched_once():
    fetcher = Scripted(feed=[feed("1", of=LINK), feed("1", "2", of=LINK)], **{"1": [PAGE], "2": [PAGE]})
    watching = Watching("https://harbour.example/feed", fetcher=fetcher)
    assert [watching.names(), watching.names()] == [["1"], ["2"]]
    watching.names(seconds=0.1)
    assert [fetcher.asked.count(path) for path in ("1", "2")] == [1, 1]


def test_a_feed_that_fails_is_told_once_and_asked_again():
    watching = Watching("https://harbour.example/feed", fetcher=Scripted(feed=[b"", b"", b"", feed("1")]))
    assert [watching.names(), watching.names()] == [["feed"], ["1"]]


def test_the_feeds_of_a_list_are_asked_whether_the_list_changed_or_not(tmp_path):
    old(tmp_path / "feeds.opml", "<opml><body><outline xmlUrl='https://harbour.example/feed'/></body></opml>")
    watching = Watching(tmp_path / "feeds.opml", fetcher=Scripted(feed=[feed("1"), feed("1", "2")]))
    assert [watching.names(), watching.names()] == [["1"], ["2"]]


def test_without_a_fetcher_an_address_is_told_once_with_the_flag():
    watching = Watching("https://harbour.example/feed")
    watching.until = time.monotonic() + 3
    [found] = next(watching.rounds)
    assert "--fetch" in found.reason
    assert watching.names(seconds=0.1) == []


# --- the end ---


def test_the_watch_ends_when_told_in_the_middle_of_a_round_or_of_a_wait(tmp_path):
    for name in ("a.txt", "b.txt"):
        old(tmp_path / name, "One.")
    stopped = []
    rounds = watch.watched([str(tmp_path)], IngestOptions(), 3600, lambda: bool(stopped))
    assert isinstance(next(next(rounds)), Article)
    stopped.append(True)
    assert next(rounds, None) is None
    begun = time.monotonic()
    assert Watching("https://harbour.example/feed", fetcher=Scripted(feed=[None]), every=3600).names(seconds=0.05) == []
    assert time.monotonic() - begun < 1
