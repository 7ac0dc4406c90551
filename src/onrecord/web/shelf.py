"""Answers that take long, kept: an old one is given at once while a new one is worked out."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar

MOST = 500  # answers that are kept
REST = 30  # times what it took, between two times that an answer is worked out behind the scenes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Answer:
    value: Any
    at: float  # when it was asked for
    turn: int  # see Shelf.clear
    cost: float  # seconds


class Shelf:
    """Keeps each answer for a while; what is older is given once more, and worked out anew behind the scenes.

    Each answer is worked out by one at a time, however many ask for it.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._kept: dict[str, _Answer] = {}
        self._busy: dict[str, Lock] = {}  # held by the one who works an answer out
        self._turn = 0  # of what people changed: what was begun before does not count after
        self._aged = float("-inf")  # what was asked for before this is old

    def get(self, key: str, make: Callable[[], T], fresh: float = 10.0) -> T:
        """Give an answer at most so many seconds older than the last time somebody asked after them."""
        kept = self._kept.get(key)
        if kept is None or kept.turn != self._turn:
            return self._made(key, make, kept)
        age = self._clock() - kept.at
        if (age > fresh or kept.at <= self._aged) and age >= REST * kept.cost:
            Thread(target=self._made, args=(key, make, kept), daemon=True).start()
        return kept.value  # type: ignore[no-any-return] # each key has its own type

    def clear(self) -> None:
        """Let no answer count: somebody changed the record, and wants to see it."""
        self._turn += 1

    def age(self) -> None:
        """Let all answers be old: the record grew, and who asks next need not wait for it."""
        self._aged = self._clock()

    def _made(self, key: str, make: Callable[[], T], old: _Answer | None) -> T:
        """Work an answer out; while somebody else does, give the old one, and wait where there is none."""
        with self._lock:
            busy = self._busy.setdefault(key, Lock())
        if not busy.acquire(blocking=old is None):
            return old.value  # type: ignore[no-any-return, union-attr] # there is one: else it would have waited
        try:
            kept = self._kept.get(key)
            if kept is not None and kept is not old and kept.turn == self._turn:
                return kept.value  # type: ignore[no-any-return] # somebody else was quicker
            at, turn = self._clock(), self._turn
            answer = make()
            self._keep(key, _Answer(answer, at, turn, self._clock() - at))
            return answer
        finally:
            busy.release()

    def _keep(self, key: str, answer: _Answer) -> None:
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = answer
            for oldest in list(self._kept)[:-MOST]:
                del self._kept[oldest]
                self._busy.pop(oldest, None)
