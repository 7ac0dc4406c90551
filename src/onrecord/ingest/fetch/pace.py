"""One request at a time to a host, and a pause after each."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class _Host:
    lock: Lock = field(default_factory=Lock)
    answered: float = float("-inf")


class Pace:
    """Gives the turns."""

    def __init__(self, sleep: Callable[[float], object], clock: Callable[[], float]) -> None:
        self._sleep, self._clock = sleep, clock
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """Wait until the host was left alone for so many seconds, and keep others from it meanwhile."""
        kept = self._hosts[host]
        with kept.lock:
            wait = kept.answered + delay - self._clock()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                kept.answered = self._clock()
