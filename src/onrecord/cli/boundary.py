"""The one boundary: errors -> words on standard error and the exit status of the contract."""

import os
import sys
from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from typing import NoReturn, ParamSpec

from onrecord.errors import OnRecordError, UsageError

P = ParamSpec("P")


class Status(IntEnum):
    """Exit status, as in the contract."""

    DONE = 0
    CHECK_FAILED = 1
    WRONG_USE = 2
    SOME_SKIPPED = 3
    NOTHING_DONE = 4
    INTERRUPTED = 130


def guarded(command: Callable[P, Status]) -> Callable[P, None]:
    """Give the command so that it ends with its status and never with a traceback (but where ONRECORD_DEBUG is set)."""

    @wraps(command)
    def inner(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            status = command(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            _leave_quietly()
        except KeyboardInterrupt:
            _fail("Interrupted.", Status.INTERRUPTED)
        except Exception as error:
            if os.environ.get("ONRECORD_DEBUG"):
                raise
            _fail(_told(error), Status.WRONG_USE if isinstance(error, UsageError) else Status.NOTHING_DONE)
        sys.exit(status)

    return inner


def _told(error: Exception) -> str:
    if isinstance(error, OnRecordError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'A file'}: {error.strerror or error}. Check the path, its permissions and the disk."
    cause = f"{type(error).__name__}: {error}"
    return f"This is a fault of onrecord ({cause}). Set ONRECORD_DEBUG=1, run it again and report what it prints."


def _fail(message: str, status: Status) -> NoReturn:
    sys.stderr.write(f"onrecord: {message}\n")
    sys.exit(status)


def _leave_quietly() -> NoReturn:
    """End when the reader of our output has gone (`| head`): nothing more to write, nothing wrong."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(Status.DONE)
