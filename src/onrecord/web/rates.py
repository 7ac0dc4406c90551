"""How often somebody may ask: so many at once, and one more after each while."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Network
from threading import Lock
from time import monotonic

MOST = 10_000  # of those who ask, remembered


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, then one more every so many seconds."""

    burst: int
    every: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What one address may ask of a desk, and how long a request may take to come in."""

    search: Rate = Rate(60, 0.2)
    add: Rate = Rate(20, 3)
    idle: float = 20.0  # seconds between two pieces of a request
    grace: float = 30.0  # seconds for a request, whatever its size ...
    slowest: float = 16_000.0  # ... and bytes in each further second


class Turnstile:
    """Lets pass by a rate, each key for itself (a token bucket, kept as the moment at which it is full again)."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._full, self._lock = dict[str, float](), Lock()

    def wait(self, key: str) -> float:
        """Let one pass and give 0; else give the seconds after which it may try again."""
        with self._lock:
            now = self._clock()
            full = max(now, self._full.pop(key, now))
            wait = full - now - (self._rate.burst - 1) * self._rate.every
            self._full[key] = full if wait > 0 else full + self._rate.every
            if len(self._full) > MOST:
                self._forget(now)
            return max(wait, 0.0)

    def _forget(self, now: float) -> None:
        """Forget those whose bucket is full; where there are none, who asked longest ago."""
        kept = {key: full for key, full in self._full.items() if full > now}
        self._full = dict(list(kept.items())[-MOST:])


def address(host: str | None) -> str:
    """Give whom an address counts as: of IPv6 the network, for whoever has one address there has them all."""
    try:
        return str(IPv6Network(f"{host}/64", strict=False))
    except ValueError:
        return host or ""
