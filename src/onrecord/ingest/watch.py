"""Watch folders, files, feeds and lists of feeds: give what is new in them, round after round.

Folders and files are looked at every few seconds: a file is read when it is new or was changed, and has kept its size
and time from one look to the next, for until then it may still be being written. Addresses, and with a fetcher the
files of feeds and lists, are asked at the user's pace: a page once, feeds and lists each time, if they are newer.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from onrecord.ingest.addresses import is_address
from onrecord.ingest.facts import printable
from onrecord.ingest.formats import kind_of, sniff
from onrecord.ingest.inputs import _expanded, articles
from onrecord.ingest.options import Fetcher, IngestOptions, Page
from onrecord.types import Article, Skipped

Round = Iterator[Article | Skipped]

LOOK = 2.0  # seconds between two looks at files; more where a look takes long
LONG_LOOK = 10  # times what a look takes, before the next
STEP = 0.2  # seconds between two questions whether to stop


def watched(inputs: Iterable[str], options: IngestOptions, every: float, stop: Callable[[], bool]) -> Iterator[Round]:
    """Give rounds of what is new, until told to stop; each holds something, and is to be used up before the next.

    Everything that is there at the beginning is new. `every` is the seconds from one question to an address to the
    next. No input, however bad, ends the watch: it becomes a Skipped, told once.
    """
    if options.fetcher:
        options = replace(options, fetcher=_PagesOnce(options.fetcher))
    places = [_place(given, options, every) for given in inputs]
    while not stop():
        found = chain.from_iterable(place.round() for place in places if place.due <= time.monotonic())
        if (first := next(found, None)) is not None:
            yield chain([first], found)
        _pause(min((place.due for place in places), default=0.0), stop)


def _pause(until: float, stop: Callable[[], bool]) -> None:
    while not stop() and (left := until - time.monotonic()) > 0:
        time.sleep(min(left, STEP))


class _Look(Protocol):
    """Gives all that there is at one place, or that was changed there; the next time is `pause` seconds later."""

    pause: float

    def __call__(self) -> Round: ...


@dataclass(slots=True)
class _Place:
    """One thing that is watched."""

    given: str
    look: _Look
    due: float = 0.0  # on the monotonic clock
    told: set[object] = field(default_factory=set)  # what came last time, so as not to tell it again

    def round(self) -> Round:
        """Give what did not come last time."""
        now = set[object]()
        for item in self._all():
            mark = item if isinstance(item, Skipped) else (item.name, item.id)
            now.add(mark)
            if mark not in self.told:
                yield item
        self.told = now or self.told  # where nothing is new, what came last still stands
        self.due = time.monotonic() + self.look.pause

    def _all(self) -> Round:
        try:
            yield from self.look()
        except Exception as error:  # one bad input never ends the watch
            cause = f"{type(error).__name__}: {error}"
            yield Skipped(printable(self.given), "ingest", f"this is a fault of onrecord ({cause}); please report it")


def _place(given: str, options: IngestOptions, every: float) -> _Place:
    listed = options.fetcher is not None and Path(given).is_file() and kind_of(given) == "xml"
    if is_address(given) or listed:
        return _Place(given, _Asked(given, options, every))
    return _Place(given, _Files(given, options))


# --- addresses ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Asked:
    """An address, or a file that leads to addresses: all of it each time."""

    given: str
    options: IngestOptions
    pause: float

    def __call__(self) -> Round:
        return articles([self.given], self.options)


class _PagesOnce:
    """A fetcher that fetches a page once; feeds and lists as often as they are asked for."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._fetched: set[str] = set()

    def __call__(self, url: str) -> Page | None:
        if url in self._fetched:
            return None
        found = self._fetcher(url)
        if found and sniff(found.data) in ("html", "text"):
            self._fetched.add(url)
        return found


# --- files ----------------------------------------------------------------------------------------

State = tuple[int, int]  # of a file: its size, and when it was changed, in nanoseconds


@dataclass(slots=True)
class _Files:
    """A file, a folder or a glob: the files that are new or changed, once they are whole."""

    given: str
    options: IngestOptions
    pause: float = LOOK
    read: dict[str, State] = field(default_factory=dict)
    last: dict[str, State] = field(default_factory=dict)  # as they were at the last look

    def __call__(self) -> Round:
        begun = time.monotonic()
        names = list(_expanded(self.given))
        now = {name: state for name in names if isinstance(name, str) and (state := _state(name))}
        self.pause = max(LOOK, LONG_LOOK * (time.monotonic() - begun))
        yield from (name for name in names if isinstance(name, Skipped) and not self._is_empty_folder(name))
        whole = {name for name, state in now.items() if state == self.last.get(name) or _is_old(state)}
        fresh = [name for name in now if name in whole and now[name] != self.read.get(name)]
        self.last = now
        self.read = {name: state for name, state in self.read.items() if name in now}
        for name in fresh:
            self.read[name] = now[name]
            yield from articles([name], self.options)

    def _is_empty_folder(self, skipped: Skipped) -> bool:
        """Tell whether it was skipped for having no file yet, which is well for a folder that is watched."""
        return skipped.name == printable(self.given) and os.access(self.given, os.R_OK | os.X_OK)


def _state(name: str) -> State | None:
    try:
        found = Path(name).stat()
    except (OSError, ValueError):  # gone meanwhile, or not to be seen: it is looked at again
        return None
    return found.st_size, found.st_mtime_ns


def _is_old(state: State) -> bool:
    """Tell whether a file was left alone for longer than a look takes."""
    return time.time() - state[1] / 1e9 > 2 * LOOK
