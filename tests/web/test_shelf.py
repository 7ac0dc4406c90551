from concurrent.futures import ThreadPoolExecutor
from threading import Event

from onrecord.web import shelf as module
from onrecord.web.shelf import Shelf


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_an_answer_is_made_once_while_it_is_fresh():
    made = []
    shelf = Shelf(Clock())
    for _ in range(3):
        assert shelf.get("a", lambda: made.append(1) or len(made)) == 1


def test_an_old_answer_is_given_at_once_and_a_new_one_made_behind_the_scenes():
    clock, done = Clock(), Event()
    shelf = Shelf(clock)
    shelf.get("a", lambda: "old")
    clock.now = 60

    def anew():
        done.set()
        return "new"

    assert shelf.get("a", anew, fresh=10) == "old"
    assert done.wait(5)
    for _ in range(500):
        if (found := shelf.get("a", anew, fresh=1000)) == "new":
            break
    assert found == "new"


def test_what_was_begun_before_a_change_does_not_count_after_it():
    shelf = Shelf(Clock())

    def make():
        shelf.clear()  # somebody writes meanwhile
        return "before"

    assert shelf.get("a", make) == "before"
    assert shelf.get("a", lambda: "after") == "after"


def test_many_who_ask_at_once_let_one_work():
    shelf, made, go = Shelf(Clock()), [], Event()

    def make():
        made.append(1)
        go.wait(5)
        return "answer"

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(shelf.get, "a", make) for _ in range(8)]
        go.set()
        assert {a.result() for a in asked} == {"answer"}
    assert made == [1]


def test_who_asks_while_another_works_after_a_change_has_the_old_answer():
    shelf, begun, go = Shelf(Clock()), Event(), Event()
    shelf.get("a", lambda: "old")
    shelf.clear()

    def make():
        begun.set()
        go.wait(5)
        return "new"

    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(shelf.get, "a", make)
        begun.wait(5)
        assert shelf.get("a", lambda: "another") == "old"
        go.set()
        assert writer.result() == "new"
    assert shelf.get("a", lambda: "another") == "new"


def test_what_grew_old_is_given_once_more():
    shelf, done = Shelf(Clock()), Event()
    shelf.get("a", lambda: "old")
    shelf.age()
    assert shelf.get("a", lambda: done.set() or "new") == "old"
    assert done.wait(5)


def test_the_shelf_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    shelf = Shelf(Clock())
    for n in range(9):
        shelf.get(str(n), lambda n=n: n)
    assert list(shelf._kept) == ["6", "7", "8"]
