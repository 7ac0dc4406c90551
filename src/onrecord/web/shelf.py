"""Answers that take long, kept: an old one is given at once while a new one is worked out."""

from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar

MOST = 500  # answers that are kept

T = TypeVar("T")


class Shelf:
    """Keeps each answer for a while; what is older is given once more, and worked out anew behind the scenes."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._kept: dict[str, tuple[float, Any]] = {}
        self._working = set[str]()
        self._turn = 0  # of what people changed: what was begun before does not count after

    def get(self, key: str, make: Callable[[], T], fresh: float = 10.0) -> T:
        """Give an answer at most so many seconds older than the last time somebody asked after them."""
        kept = self._kept.get(key)
        if kept is None:
            return self._made(key, make)
        if self._clock() - kept[0] > fresh:
            self._work_out(key, make)
        return kept[1]  # type: ignore[no-any-return] # each key has its own type

    def clear(self) -> None:
        """Forget all answers: somebody changed the record, and wants to see it."""
        with self._lock:
            self._turn += 1
            self._kept.clear()

    def _made(self, key: str, make: Callable[[], T]) -> T:
        turn = self._turn
        answer = make()
        with self._lock:
            if turn == self._turn:
                self._kept.pop(key, None)
                self._kept[key] = self._clock(), answer
                for oldest in list(self._kept)[:-MOST]:
                    del self._kept[oldest]
        return answer

    def _work_out(self, key: str, make: Callable[[], T]) -> None:
        with self._lock:
            if key in self._working:
                return
            self._working.add(key)

        def work() -> None:
            try:
                self._made(key, make)
            finally:
                self._working.discard(key)

        Thread(target=work, daemon=True).start()
