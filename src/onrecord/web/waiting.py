"""What waits to be compared, after a correction or a run that was stopped, is compared behind the scenes."""

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING

from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from onrecord.record import Record
    from onrecord.web.shelf import Shelf

log = logging.getLogger("onrecord.web")


class Comparer:
    """Compares what waits whenever it is woken, one turn at a time."""

    def __init__(self, record: "Record", shelf: "Shelf") -> None:
        self._record, self._shelf, self._woken, self._closed = record, shelf, Event(), False
        self._thread = Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin, with what waits already."""
        self._woken.set()
        self._thread.start()

    def wake(self) -> None:
        """Look again: something changed."""
        self._woken.set()

    def close(self) -> None:
        """End after the pairs in hand."""
        self._closed = True
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(10)

    def _work(self) -> None:
        while not self._closed:
            self._woken.wait()
            self._woken.clear()
            try:
                if any([True for _ in self._record.compare(lambda: self._closed)]):
                    self._shelf.clear()
            except OnRecordError as error:  # it waits for the next time
                log.warning("What waits could not be compared: %s", error)
