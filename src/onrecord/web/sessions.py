"""Who has shown that he may come in, for how long: kept in memory, under the hash of what the cookie holds."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from time import monotonic

IDLE = 12 * 3600.0  # seconds without a request
LONGEST = 7 * 24 * 3600.0  # seconds, whatever happens
MOST = 1000  # at once; the one that was used longest ago ends first


@dataclass(frozen=True, slots=True)
class Session:
    """One visitor's."""

    name: str
    mark: str  # it ends where this is no longer true of the name: a password's hash
    begun: float
    seen: float


class Sessions:
    """The sessions of a desk; they end with it."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._kept: dict[bytes, Session] = {}  # the one that was used last stands last

    def begin(self, name: str, mark: str = "") -> str:
        """Begin one; give what the cookie holds, always a new one."""
        key, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._kept[_hashed(key)] = Session(name, mark, now, now)
            if len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]
        return key

    def of(self, key: str) -> Session | None:
        """Give the session of a cookie; None where there is none, or it has ended."""
        with self._lock:
            found, now = self._kept.pop(_hashed(key), None), self._clock()
            if found is None or now - found.seen > IDLE or now - found.begun > LONGEST:
                return None
            self._kept[_hashed(key)] = Session(found.name, found.mark, found.begun, now)
            return found

    def end(self, key: str) -> None:
        """End the session of a cookie."""
        with self._lock:
            self._kept.pop(_hashed(key), None)


def _hashed(key: str) -> bytes:
    return sha256(key.encode("utf-8", "replace")).digest()
