"""What waits to be compared, after a correction or a run that was stopped, is compared behind the scenes."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from onrecord.errors import OnRecordError
from onrecord.web.desk import Desk

log = logging.getLogger("onrecord.web")

MOST = 5_000  # statements that are compared beside the pages: about a minute's work


@contextmanager
def comparing(desk: Desk) -> Iterator[None]:
    """Compare what waits, now and whenever the desk is woken, while the block runs."""
    closed = Event()
    thread = Thread(target=_work, args=(desk, closed), daemon=True)
    desk.woken.set()
    thread.start()
    try:
        yield
    finally:
        closed.set()
        desk.woken.set()
        thread.join(10)


def _work(desk: Desk, closed: Event) -> None:
    while not closed.is_set():
        desk.woken.wait()
        desk.woken.clear()
        try:
            waiting = desk.record.waiting()
            if waiting > MOST:
                log.warning("%s statements wait to be compared. Let `onrecord reversals` do it first.", f"{waiting:,}")
            elif sum(desk.record.compare(closed.is_set)):
                desk.shelf.age()
        except OnRecordError as error:  # it waits for the next time
            log.warning("What waits could not be compared: %s", error)
