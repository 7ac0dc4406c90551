"""Map a function over articles: in this process, or over processes. Ordered, and flat in memory."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord.errors import EngineError

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

IN_FLIGHT = 4  # items handed out per worker: enough to keep it busy, few enough to hold

_function: Callable[[Any], Any] | None = None  # of a worker process, set once when it starts


def map(prepare: Callable[[], Callable[[T], R]], items: Iterable[T], jobs: int = 1) -> Iterator[R]:
    """Give the function's result for each item, in the order of the items.

    `prepare` makes the function (loads its model) once for each process; for more than one job it must be picklable, as
    the items and the results must. Items are taken as they are needed. Raises EngineError when a worker dies; what the
    function raises comes through.
    """
    if jobs <= 1:
        function = prepare()
        for item in items:
            yield function(item)
    else:
        yield from _over_processes(prepare, items, jobs)


def _over_processes(prepare: Callable[[], Callable[[T], R]], items: Iterable[T], jobs: int) -> Iterator[R]:
    from concurrent.futures import ProcessPoolExecutor  # 15 ms to import, for whoever has one article
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # "spawn": a fork would copy the threads of a model runtime in an undefined state
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(prepare,))
    flying: deque[Future[R]] = deque()
    try:
        for item in items:
            flying.append(pool.submit(_call, item))
            if len(flying) >= jobs * IN_FLIGHT:
                yield flying.popleft().result()
        while flying:
            yield flying.popleft().result()
        pool.shutdown()
    except BrokenProcessPool as error:
        raise EngineError("A worker process died, perhaps for want of memory. Run again with fewer --jobs.") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _start(prepare: Callable[[], Callable[[Any], Any]]) -> None:
    global _function
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _function = prepare()


def _call(item: Any) -> Any:  # noqa: ANN401 # any function, any item
    assert _function is not None  # noqa: S101 # _start ran first
    return _function(item)
