"""Web: the Fetcher that asks the network."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from urllib.parse import urljoin

from onrecord.errors import NotFetched
from onrecord.ingest.fetch import guard
from onrecord.ingest.fetch.guard import Resolve, Target
from onrecord.ingest.fetch.options import FetchOptions, Memory, Validators
from onrecord.ingest.fetch.pace import Pace
from onrecord.ingest.fetch.robots import Robots
from onrecord.ingest.fetch.transport import Answer, ask
from onrecord.ingest.options import Page

log = logging.getLogger("onrecord.fetch")

REDIRECTS = 5
TRIES = 3
MOST_WAIT = 60.0  # seconds that a server may ask us to wait; for more it is left for another time


class Web:
    """Asks web addresses: robots.txt is obeyed, hosts are given pauses, and every address is checked first."""

    def __init__(
        self,
        options: FetchOptions | None = None,
        memory: Memory | None = None,
        *,
        resolve: Resolve = guard.resolved,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._options = options or FetchOptions()
        self._memory, self._resolve, self._sleep = memory, resolve, sleep
        self._pace = Pace(sleep, clock)
        self._robots = Robots(self._options.token, lambda url: self._followed(url, lambda _: 0.0)[1], clock)

    def __call__(self, url: str) -> Page | None:
        """Give what an address holds; None where that is what was read last. Raises NotFetched, TooLarge."""
        target, answer = self._followed(url, self._robots.delay)
        if answer.status == 304:
            return None
        if not 200 <= answer.status < 300:
            raise NotFetched(_refusal(answer.status))
        page = Page(target.url, answer.data, answer.headers.get("Content-Type", "").partition(";")[0].strip().lower())
        version = Validators(answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
        if self._memory is None or version == Validators():
            return page
        return Page(page.url, page.data, page.media, partial(self._memory.put, target.url, version))

    def _followed(self, url: str, wanted: Callable[[Target], float]) -> tuple[Target, Answer]:
        """Give the answer where the redirects end, each of them checked as the first address is."""
        for _ in range(REDIRECTS + 1):
            target = guard.target(url, self._resolve, self._options.allow_private)
            answer = self._asked(target, max(self._options.delay, wanted(target)))
            location = answer.headers.get("Location")
            if answer.status not in (301, 302, 303, 307, 308) or not location:
                return target, answer
            url = _led_to(target, location)
        raise NotFetched(f"it leads on and on, over more than {REDIRECTS} addresses; give the one where it ends")

    def _asked(self, target: Target, delay: float) -> Answer:
        """Give the answer of a server; one that is busy is asked again, when it says or after longer and longer."""
        for tried in range(1, TRIES + 1):
            with self._pace.turn(target.host, delay):
                answer = ask(target, self._headers(target), self._options)
            log.info("GET %d %d %s", answer.status, len(answer.data), target.url)
            if answer.status not in (429, 503) or tried == TRIES:
                break
            wait = _retry_after(answer) or max(1.0, delay) * 2**tried
            if wait > MOST_WAIT:
                raise NotFetched(f"the server asks to wait {wait:.0f} seconds; try again later")
            self._sleep(wait)
        return answer

    def _headers(self, target: Target) -> dict[str, str]:
        known = self._memory.get(target.url) if self._memory else None
        said = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
        return {
            "User-Agent": self._options.user_agent,
            "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            **{name: value for name, value in said.items() if value},
        }


def _led_to(target: Target, location: str) -> str:
    try:
        return urljoin(target.url, location)
    except ValueError as error:
        raise NotFetched(f"it leads to what is no web address ({error}); check the address") from error


# Status -> what it says, and the remedy.
REFUSALS: dict[int, str] = {
    401: "it wants a login; save the page in your browser and give the file",
    402: "it wants to be paid for; save the page in your browser and give the file",
    403: "the server refuses programs; save the page in your browser and give the file",
    404: "there is no such page; check the address",
    410: "the page is gone; check the address",
    429: "the server is asked too often; try again later",
    451: "it is barred by law; save the page in your browser and give the file",
}


def _refusal(status: int) -> str:
    later = "try again later" if status >= 500 else "check the address"
    return f"status {status}: {REFUSALS.get(status, f'the server has no page for it; {later}')}"


def _retry_after(answer: Answer) -> float | None:
    """Give the seconds that a busy server asks to wait, which it writes as such or as a date."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
