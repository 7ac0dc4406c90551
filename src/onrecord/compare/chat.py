"""One question to an OpenAI-compatible chat endpoint: the answer's words, and what they cost.

    messages -> POST, anew after a pause where the server is busy or slow -> content

What is said here is sensitive: it goes over https, or over plain http to this machine and its own network alone, which
is checked on the connection itself before anything is sent. No redirect is followed, and no proxy asked.
"""

import ipaddress
import math
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any, cast

import msgspec

from onrecord.compare.choice import Endpoint
from onrecord.errors import ModelError

if TYPE_CHECKING:
    from urllib3 import HTTPConnectionPool
    from urllib3.response import HTTPResponse

Message = dict[str, str]  # role, content

PAUSES = (1.0, 4.0, 16.0)  # seconds before each further try, or longer where the server asks for it
MOST_PAUSE = 60.0  # seconds that a server may ask us to wait
CONNECT = 10.0  # seconds for a connection
MOST_BYTES = 1 << 18  # of an answer; ours have less than two thousand
CHUNK = 1 << 14
MOST_SAID = 200  # characters of a server's own words

# Fields that not every server or model takes; one that is refused is left out from then on.
OPTIONAL: dict[str, Any] = {
    "temperature": 0,
    "response_format": {"type": "json_object"},
    "max_tokens": 4096,  # models that think aloud need room; none may go on for ever
}

# Where plain http may lead: nobody outside listens there.
NEAR = tuple(
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8",  # this machine
        "::1/128",
        "10.0.0.0/8",  # private, RFC 1918
        "172.16.0.0/12",
        "192.168.0.0/16",
        "fc00::/7",  # private, RFC 4193
        "169.254.0.0/16",  # the same wire
        "fe80::/10",
        "100.64.0.0/10",  # a private overlay, RFC 6598
    )
)


@dataclass(frozen=True, slots=True)
class Usage:
    """What the answers cost so far."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    uncounted: int = 0  # answers whose tokens the server did not tell: then tokens and cost are a lower bound
    seconds: float = 0.0  # of waiting for answers, all requests added up
    cached: int = 0  # pairs that were answered before, without a request
    cost: Decimal | None = None  # in the currency of the price; None where the user set none


class Chat:
    """Asks one endpoint; several threads may use it at once."""

    def __init__(self, endpoint: Endpoint, sleep: Callable[[float], object] = time.sleep) -> None:
        self._endpoint, self._sleep = endpoint, sleep
        self._pool = _pool(endpoint)
        self._refused: frozenset[str] = frozenset()
        self._usage, self._lock = Usage(), Lock()

    @property
    def usage(self) -> Usage:
        """Give what the answers cost so far."""
        used, price = self._usage, self._endpoint.price
        if price is None:
            return used
        return replace(used, cost=(used.prompt_tokens * price[0] + used.completion_tokens * price[1]) / 1_000_000)

    def ask(self, messages: Sequence[Message]) -> str:
        """Give what the model says to the messages, "" where it says nothing; raises ModelError."""
        for pause in (*PAUSES, math.inf):
            answer = self._agreed(messages)
            if answer.status == 200:
                return self._content(answer)
            wait = max(pause, _retry_after(answer))
            if not answer.passing or wait > MOST_PAUSE:
                break
            self._sleep(wait)
        raise ModelError(f"{self._endpoint.name}: {_refusal(answer, self._endpoint.key)}.")

    def _agreed(self, messages: Sequence[Message]) -> "_Answer":
        """Give the answer to a request in fields that the server takes."""
        fields = {"model": self._endpoint.model, "messages": list(messages), "stream": False}
        optional = {name: value for name, value in OPTIONAL.items() if name not in self._refused}
        answer = self._posted({**fields, **optional})
        while answer.status in (400, 422) and optional:
            named = {name for name in optional if name.encode() in answer.data} or set(optional)
            optional = {name: value for name, value in optional.items() if name not in named}
            answer = self._posted({**fields, **optional})
        if answer.status == 200:  # else it was not the fields that it refused
            self._refused = frozenset(OPTIONAL) - frozenset(optional)
        return answer

    def _posted(self, body: Mapping[str, Any]) -> "_Answer":
        """Give the answer to one request; one that breaks off or comes too late has the status 0."""
        from urllib3.exceptions import HTTPError, NewConnectionError, SSLError

        parts, started = self._endpoint.parts, time.monotonic()
        try:
            response = self._pool.urlopen(
                "POST",
                parts.path + (f"?{parts.query}" if parts.query else ""),
                body=msgspec.json.encode(body),
                headers=_headers(self._endpoint),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            data = _body(cast("HTTPResponse", response), started + self._endpoint.timeout)
            return _Answer(response.status, response.headers, data)
        except SSLError as error:
            raise ModelError(f"{parts.netloc} has no safe connection ({_cause(error)}). Check the address.") from error
        except NewConnectionError as error:
            told = "Start the server, or check the address"
            raise ModelError(f"{parts.netloc} takes no connection ({_cause(error)}). {told}.") from error
        except (HTTPError, TimeoutError) as error:
            return _Answer(0, {}, _cause(error).encode())
        finally:
            self._count(requests=1, seconds=time.monotonic() - started)

    def _content(self, answer: "_Answer") -> str:
        try:
            completion = msgspec.json.decode(answer.data, type=_Completion)
        except msgspec.DecodeError as error:
            told = "Check that the address is that of an OpenAI-compatible API"
            raise ModelError(f"{self._endpoint.name} gives no answer of a chat ({error}). {told}.") from error
        used = completion.usage
        if used is None or used.prompt_tokens is None:
            self._count(uncounted=1)
        else:
            self._count(prompt_tokens=used.prompt_tokens, completion_tokens=used.completion_tokens or 0)
        return completion.choices[0].message.content or ""

    def _count(self, **more: float) -> None:
        with self._lock:
            self._usage = replace(self._usage, **{name: getattr(self._usage, name) + n for name, n in more.items()})


class _Said(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Said


class _Tokens(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Completion(msgspec.Struct):
    choices: Annotated[list[_Choice], msgspec.Meta(min_length=1)]
    usage: _Tokens | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int  # 0: none came
    headers: Mapping[str, str]  # by any spelling of their names
    data: bytes

    @property
    def passing(self) -> bool:
        """Tell whether another try may do better."""
        return self.status in (0, 408, 429) or self.status >= 500


def near(address: str) -> bool:
    """Tell whether a numeric address is this machine's or of its own network."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return any(ip in network for network in NEAR)


def _pool(endpoint: Endpoint) -> "HTTPConnectionPool":
    """Give the connections to an endpoint, made when first needed."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
    from urllib3.connection import HTTPConnection

    class Near(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            address = self.sock.getpeername()[0]
            if not near(address):
                self.close()
                told = "and what speakers said would go there unencrypted. Give an address of https"
                raise ModelError(f"{self.host} is at {address}, outside your own network, {told}.")

    parts = endpoint.parts
    host, timeout = parts.hostname or "", Timeout(connect=min(CONNECT, endpoint.timeout), read=endpoint.timeout)
    if parts.scheme == "https":
        return HTTPSConnectionPool(host, parts.port, timeout, maxsize=endpoint.at_once, ssl_context=_trust())
    pool = HTTPConnectionPool(host, parts.port, timeout, maxsize=endpoint.at_once)
    pool.ConnectionCls = Near
    return pool


def _trust() -> ssl.SSLContext:
    """Give the authorities of this machine, which may know the house's own, and those of the web."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _headers(endpoint: Endpoint) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "onrecord"}
    return headers | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {})


def _body(response: "HTTPResponse", until: float) -> bytes:
    """Give the bytes of an answer, read as they come; raises TimeoutError, and ModelError where they don't end."""
    data = bytearray()
    while chunk := response.read1(CHUNK):
        data += chunk
        if time.monotonic() > until:
            response.close()
            raise TimeoutError("it took too long")
        if len(data) > MOST_BYTES:
            response.close()
            told = "Check the address, or try another model"
            raise ModelError(f"The judge's answer is over {MOST_BYTES:,} bytes. {told}.")
    return bytes(data)


# Status -> what it says, and the remedy.
REFUSALS: dict[int, str] = {
    0: "no answer came; try again later",
    401: "it wants a key, or another one; set ONRECORD_JUDGE_KEY",
    402: "it wants to be paid first; settle that with its provider",
    403: "the key does not allow it; set ONRECORD_JUDGE_KEY to one that does",
    404: "there is no such address or model; check both",
    413: "the statements are too long for it; try another model",
    429: "it is asked too often; try again later",
}


def _refusal(answer: _Answer, key: str | None) -> str:
    said = _said(answer.data)
    if key:
        said = said.replace(key, "...")
    if 300 <= answer.status < 400:
        told = "it leads to another address, which is not followed; give the one where it ends"
    else:
        told = REFUSALS.get(answer.status, "try again later" if answer.passing else "check the address and the model")
    status = f"status {answer.status}" if answer.status else ""
    return ": ".join(filter(None, (status, said, told)))


def _said(data: bytes) -> str:
    """Give the words of a refusal, at most MOST_SAID of them."""
    words = data.decode("utf-8", "replace")
    try:
        error = msgspec.json.decode(data, type=_Refused).error
        words = error if isinstance(error, str) else error.message
    except msgspec.DecodeError:
        pass
    return plain(words, MOST_SAID)


def plain(words: str, most: int) -> str:
    """Give a stranger's words on one line, without what a terminal would obey, cut to so many characters."""
    words = "".join(c for c in " ".join(words.split()) if c.isprintable())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


class _Told(msgspec.Struct):
    message: str = ""


class _Refused(msgspec.Struct):
    error: _Told | str


def _retry_after(answer: _Answer) -> float:
    """Give the seconds that a busy server asks to wait, which it writes as such or as a date; 0 where it doesn't."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        return (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return 0.0


def _cause(error: Exception) -> str:
    """Give the cause in words, without the library's objects."""
    return plain(str(error).rpartition(": ")[2], MOST_SAID)
