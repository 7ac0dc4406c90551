"""One request and its answer: beside compare/chat.py the only importer of the HTTP library, which is urllib3.

urllib3, for it connects to the address that was checked while it speaks to the name, unpacks no further than asked, and
trafilatura has it with it. It takes no proxy from the environment, follows nothing and keeps no cookies here.
"""

import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from threading import Event, Timer
from typing import TYPE_CHECKING

from onrecord.errors import NotFetched, TooLarge
from onrecord.ingest.fetch.guard import Target
from onrecord.ingest.fetch.options import FetchOptions

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.response import HTTPResponse

CHUNK = 1 << 16  # bytes
PATIENCE = 15  # times the timeout: how long an answer may take that comes drop by drop


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]  # by any spelling of their names
    data: bytes


def ask(target: Target, headers: Mapping[str, str], options: FetchOptions) -> Answer:
    """Give the answer to a GET; the bytes are unpacked. Raises NotFetched, TooLarge."""
    from urllib3.exceptions import HTTPError, SSLError  # 90 ms to import

    try:
        with _connected(target, options) as connection, _patience(connection, options) as late:
            host = target.origin.partition("://")[2]
            connection.request("GET", target.path, headers={"Host": host, **headers}, preload_content=False)
            response = connection.getresponse()
            return Answer(response.status, response.headers, _body(response, late, options))
    except (SSLError, ssl.SSLError) as error:
        raise NotFetched(f"no safe connection to {target.host} ({error}); check the address") from error
    except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        raise NotFetched(f"{target.host} can't be read from ({_cause(error)}); try again later") from error


def _body(response: "HTTPResponse", late: Event, options: FetchOptions) -> bytes:
    """Give the unpacked bytes, read as they come."""
    most = options.max_bytes
    announced = response.headers.get("Content-Length", "")
    data = bytearray()
    while len(data) <= most and not (announced.isdecimal() and int(announced) > most):
        chunk = response.read1(CHUNK, decode_content=True)
        if late.is_set():
            raise NotFetched(f"its answer took over {PATIENCE * options.timeout:.0f} seconds; try again later")
        if not chunk:
            break
        data += chunk
    else:
        raise TooLarge(f"it is over the limit of {most:,} bytes; raise it with --max-bytes")
    if response.length_remaining:
        raise NotFetched("its answer broke off before the end; try again later")
    return bytes(data)


@contextmanager
def _connected(target: Target, options: FetchOptions) -> Iterator["HTTPConnection"]:
    """Give a connection to the first of the target's addresses that takes one."""
    from urllib3.exceptions import HTTPError

    failed: Exception | None = None
    for address in target.addresses:
        connection = _connection(target, address, options)
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            failed = failed or error
            continue
        try:
            yield connection
        finally:
            connection.close()
        return
    raise failed or OSError("it has no address")


def _connection(target: Target, address: str, options: FetchOptions) -> "HTTPConnection":
    from urllib3.connection import HTTPConnection, HTTPSConnection

    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=options.timeout)
    return HTTPSConnection(
        address,
        target.port,
        timeout=options.timeout,
        ssl_context=_trust(),
        server_hostname=target.host,  # which the certificate must name
    )


@cache
def _trust() -> ssl.SSLContext:
    import certifi

    return ssl.create_default_context(cafile=certifi.where())


@contextmanager
def _patience(connection: "HTTPConnection", options: FetchOptions) -> Iterator[Event]:
    """Give an event that is set, with the connection cut, when the whole answer takes too long."""
    late = Event()

    def cut() -> None:
        late.set()
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(PATIENCE * options.timeout, cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _cause(error: Exception) -> str:
    """Give the cause in words, without the library's objects."""
    inner = error.args[-1] if error.args else error
    return f"{inner}" if isinstance(inner, str) else f"{type(error).__name__}: {inner}"
