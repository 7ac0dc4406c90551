from knocking import Clock

from onrecord.web import sessions as module
from onrecord.web.sessions import IDLE, LONGEST, Sessions


def test_a_session_is_found_by_what_its_cookie_holds():
    sessions = Sessions()
    one, other = sessions.begin("ana"), sessions.begin("bo")
    assert sessions.of(one).name == "ana"
    assert sessions.of(other).name == "bo"
    assert sessions.of("") is None
    assert sessions.of(one[:-1]) is None


def test_what_the_cookie_holds_is_not_kept():
    sessions = Sessions()
    key = sessions.begin("ana")
    assert key not in repr(vars(sessions))
    assert key.encode() not in b"".join(sessions._kept)


def test_a_session_ends_when_its_owner_leaves():
    sessions = Sessions()
    key = sessions.begin("ana")
    sessions.end(key)
    assert sessions.of(key) is None


def test_a_session_that_nobody_uses_ends_after_hours():
    clock = Clock()
    sessions = Sessions(clock)
    key = sessions.begin("ana")
    clock.now += IDLE - 1
    assert sessions.of(key)
    clock.now += IDLE - 1
    assert sessions.of(key)
    clock.now += IDLE + 1
    assert sessions.of(key) is None


def test_a_session_ends_after_a_week_however_much_it_is_used():
    clock = Clock()
    sessions = Sessions(clock)
    key, begun = sessions.begin("ana"), clock.now
    while clock.now - begun <= LONGEST:
        assert sessions.of(key)
        clock.now += IDLE / 2
    assert sessions.of(key) is None


def test_sessions_do_not_fill_the_memory_and_those_in_use_stay(monkeypatch):
    monkeypatch.setattr(module, "MOST", 5)
    sessions = Sessions()
    used = sessions.begin("ana")
    for _ in range(20):
        sessions.begin("bo")
        assert sessions.of(used)
    assert len(sessions._kept) == 5
