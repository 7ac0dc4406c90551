"""What the robots.txt of a site allows us (RFC 9309), asked once a day.

protego reads it, as in Scrapy: the longest rule wins and wildcards count, which the standard library does not know.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.errors import InputError, NotFetched
from onrecord.ingest.fetch.guard import Target
from onrecord.ingest.fetch.transport import Answer

if TYPE_CHECKING:
    from protego import Protego

KEPT = 24 * 3600.0  # seconds
KEPT_UNKNOWN = 600.0  # seconds, where it could not be read
MOST_BYTES = 500_000  # that are read of one, as the standard asks at least
MOST_DELAY = 30.0  # seconds between requests that are granted to a site which asks for more


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site says; no rules where its robots.txt could not be read, and why."""

    until: float  # when they are to be asked again
    said: "Protego | None"
    why: str = ""


class Robots:
    """Knows what sites allow."""

    def __init__(self, token: str, ask: Callable[[str], Answer], clock: Callable[[], float]) -> None:
        self._token, self._ask, self._clock = token, ask, clock
        self._known: dict[str, Rules] = {}

    def delay(self, target: Target) -> float:
        """Give the seconds that the site wants between requests; raises NotFetched where it does not want this one."""
        rules = self._rules(target.origin)
        if rules.said is None:
            raise NotFetched(
                f"whether programs may read it is not known, for its robots.txt can't be read: {rules.why}"
            )
        if not rules.said.can_fetch(target.url, self._token):
            raise NotFetched("its robots.txt asks programs to stay away; open it in a browser and save the page")
        return min(rules.said.crawl_delay(self._token) or 0.0, MOST_DELAY)

    def _rules(self, origin: str) -> Rules:
        known = self._known.get(origin)
        if known is None or known.until < self._clock():
            known = self._known[origin] = self._asked(origin)
        return known

    def _asked(self, origin: str) -> Rules:
        from protego import Protego

        try:
            answer = self._ask(f"{origin}/robots.txt")
        except InputError as error:
            return Rules(self._clock() + KEPT_UNKNOWN, None, str(error))
        if answer.status == 429 or answer.status >= 500:
            return Rules(self._clock() + KEPT_UNKNOWN, None, f"the server answers {answer.status}; try again later")
        text = answer.data[:MOST_BYTES].decode("utf-8", "replace") if answer.status < 300 else ""
        return Rules(self._clock() + KEPT, Protego.parse(text.removeprefix("\ufeff")))
