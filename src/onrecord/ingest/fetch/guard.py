"""A web address -> where to connect to, or why that may not be.

The name is resolved here, once, every address that it stands for is checked, and the connection goes to one of these
very addresses: a name server that answers otherwise the next time (DNS rebinding) changes nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from onrecord.errors import NotFetched

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

PORTS = {"http": 80, "https": 443}
USUAL_PORTS = frozenset((80, 443, 8080, 8443))

# Networks of IPv6 that carry an address of IPv4: how many bits stand before it.
CARRIERS: tuple[tuple[ipaddress.IPv6Network, int], ...] = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 96),  # mapped
    (ipaddress.IPv6Network("64:ff9b::/96"), 96),  # NAT64, RFC 6052
    (ipaddress.IPv6Network("2002::/16"), 16),  # 6to4
)


@dataclass(frozen=True, slots=True)
class Target:
    """A checked web address."""

    scheme: str
    host: str  # in ASCII
    port: int
    path: str  # with the query, as it is sent
    addresses: tuple[str, ...]  # numeric, all allowed

    @property
    def origin(self) -> str:
        """Give the address without its path; the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """Give the address in its normal form, without the fragment."""
        return self.origin + self.path


def target(url: str, resolve: Resolve, allow_private: bool) -> Target:
    """Give where a web address leads to; raises NotFetched where it may not be asked, or its name is unknown."""
    parts = _parts(url)
    host, port = _host(parts), _port(parts, allow_private)
    addresses = tuple(dict.fromkeys(_addresses(host, port, resolve)))
    inside = [] if allow_private else [address for address in addresses if not is_public(address)]
    if inside:
        raise NotFetched(
            f"{host} is at {inside[0]}, inside a network and not on the web; allow private addresses if you mean it"
        )
    path = quote(parts.path or "/", safe=_SENT) + (f"?{quote(parts.query, safe=_SENT)}" if parts.query else "")
    return Target(parts.scheme, host, port, path, addresses)


def is_public(address: str) -> bool:
    """Tell whether a numeric address is one of the open internet, also under the address that it carries."""
    ip: IP = ipaddress.ip_address(address)
    for network, before in CARRIERS:
        if isinstance(ip, ipaddress.IPv6Address) and ip in network:
            ip = ipaddress.IPv4Address(int(ip) >> (128 - before - 32) & 0xFFFFFFFF)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def resolved(host: str, port: int) -> list[str]:
    """Give the numeric addresses of a name, as the system knows them; raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


_SENT = "%/:=&?~+!$,;'@()*[]|"  # stand as they are in a path or query; all else beyond letters and digits is encoded
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_.])?")
_NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)\.?")


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError as error:
        raise NotFetched(f"it is no web address ({error}); check it") from error
    if parts.scheme not in PORTS:
        raise NotFetched(f"{parts.scheme or 'it'} is no scheme that is fetched; give an address of http or https")
    if parts.username is not None or parts.password is not None:
        raise NotFetched("it holds a user name or password, which are never sent on; leave them out")
    return parts


def _host(parts: SplitResult) -> str:
    """Give the host in ASCII: a name, or a number in any form made an address."""
    host = parts.hostname or ""
    if ":" in host:
        return _ipv6(host)
    try:
        host = host.encode("idna").decode("ascii").lower() if not host.isascii() else host
    except UnicodeError as error:
        raise NotFetched(f"{host!r} is no name of a host ({error}); check the address") from error
    if not _HOST.fullmatch(host) or ".." in host:
        raise NotFetched(f"{host!r} is no name of a host; check the address")
    if not _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return host
    try:  # decimal, octal, hexadecimal, and fewer than four parts, as browsers take them
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError as error:
        raise NotFetched(f"{host!r} is no address; check it") from error


def _ipv6(host: str) -> str:
    try:
        return str(ipaddress.IPv6Address(host.partition("%")[0]))
    except ValueError as error:
        raise NotFetched(f"{host!r} is no address; check it") from error


def _port(parts: SplitResult, any_port: bool) -> int:
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    if not any_port and port not in USUAL_PORTS:
        raise NotFetched(f"port {port} is not one of the web; give an address on {sorted(USUAL_PORTS)}")
    return port


def _addresses(host: str, port: int, resolve: Resolve) -> Sequence[str]:
    if ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]):
        return (host,)
    try:
        found = [address.partition("%")[0] for address in resolve(host, port)]
    except (OSError, UnicodeError) as error:
        raise NotFetched(f"the name {host} is not known ({error}); check the address, and your connection") from error
    if not found:
        raise NotFetched(f"the name {host} has no address; check it")
    return found
