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


def test_the_shelf_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    shelf = Shelf(Clock())
    for n in range(9):
        shelf.get(str(n), lambda n=n: n)
    assert list(shelf._kept) == ["6", "7", "8"]
