"""`onrecord serve`: what must hold before the desk opens, and the server itself."""

import ipaddress
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli.boundary import Status
from onrecord.errors import UsageError
from onrecord.record import Record
from onrecord.settings import load, without_password

if TYPE_CHECKING:
    from onrecord.web.access import Access

OWN = ("localhost", "127.0.0.1", "[::1]")  # names of this machine, for itself


@dataclass(frozen=True, slots=True)
class Serving:
    """How the desk is opened."""

    where: str | None
    host: str
    port: int
    read_only: bool
    browser: bool
    users: Path | None
    names: tuple[str, ...]
    certificate: Path | None
    key: Path | None

    def __post_init__(self) -> None:
        """Refuse what does not go together."""
        if bool(self.certificate) != bool(self.key):
            raise UsageError("https needs both: give --certificate and --key.")
        for path in (self.certificate, self.key):
            if path and not path.is_file():
                raise UsageError(f"There is no file {path}. Check the path.")

    @property
    def scheme(self) -> str:
        """Give http or https."""
        return "https" if self.certificate else "http"

    @property
    def own(self) -> bool:
        """Tell whether only this machine reaches it."""
        return self.host == "localhost" or _is_loopback(self.host)


def serve(asked: Serving) -> Status:
    """Serve until stopped."""
    from onrecord.web import Desk, create

    settings = load({"record": asked.where})
    record = Record(settings.record, settings, create=asked.where is None and not asked.read_only)
    access = _access(asked)
    bound = _bound(asked)
    port = bound.getsockname()[1]
    shown = f"[{asked.host}]" if ":" in asked.host else asked.host
    hosts = tuple(dict.fromkeys((*OWN, *asked.names, *(() if shown in ("0.0.0.0", "[::]") else (shown,)))))  # noqa: S104 # compared, not bound
    app = create(Desk(record, access, hosts))
    address = f"{asked.scheme}://{asked.names[0] if asked.names else 'localhost' if asked.own else shown}:{port}/"
    _tell(asked, access, address, without_password(settings.record))
    _run(app, asked, bound)
    return Status.DONE


def _access(asked: Serving) -> "Access":
    from onrecord.cli.correcting_work import user
    from onrecord.web.access import Access
    from onrecord.web.users import Users, users_file

    if asked.own and asked.users is None:
        return Access.nobody_writes() if asked.read_only else Access.by_token(user())
    users = Users(asked.users or users_file())
    if not users:
        raise UsageError(
            f"Others reach {asked.host}, so they must sign in, and there are no users yet. Add one: "
            "`onrecord users add NAME --role editor`; or leave --host out."
        )
    return Access.by_users(users, secure=asked.scheme == "https", read_only=asked.read_only)


def _bound(asked: Serving) -> socket.socket:
    """Give the socket, bound: so that a port which is taken is told at once."""
    family = socket.AF_INET6 if ":" in asked.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((asked.host, asked.port))
        made.listen()  # who opens the address as soon as it is told waits, and is not refused
    except OSError as error:
        made.close()
        reason = error.strerror or str(error)
        raise UsageError(
            f"{asked.host}, port {asked.port}, can't be had ({reason}). Give another with --port, or 0 for any."
        ) from error
    return made


def _tell(asked: Serving, access: "Access", address: str, record: str) -> None:
    token = f"?token={access.token}" if access.token else ""
    told = [f"The desk of {record}: {address}{token}"]
    if token:
        told.append("This address lets you write; keep it to yourself.")
    if asked.read_only:
        told.append("Nobody may write.")
    if not asked.own and asked.scheme == "http":
        told.append("Passwords go over the network unencrypted: give --certificate and --key, or put https before it.")
    sys.stderr.write("\n".join([*told, "Press Ctrl-C to close it.", ""]))
    sys.stderr.flush()
    if asked.browser:
        import webbrowser

        webbrowser.open(f"{address}{token}")


def _run(app: object, asked: Serving, bound: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,  # type: ignore[arg-type] # an ASGI application
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        h11_max_incomplete_event_size=64_000,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=3,
        ssl_certfile=asked.certificate,
        ssl_keyfile=asked.key,
    )
    sys.setswitchinterval(0.001)  # a page that takes long holds up the quick ones less
    with suppress(KeyboardInterrupt):  # that is how it is closed
        uvicorn.Server(config).run(sockets=[bound])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
