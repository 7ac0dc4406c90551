"""What stands around the desk: whom it lets in, what it takes, and what each answer says to the browser.

request ──host, path, method, origin──▶ visitor ──rates, size, time──▶ the desk ──headers──▶ answer
"""

import asyncio
import re
from time import monotonic
from urllib.parse import urlencode

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web import failures, signing
from onrecord.web.desk import Desk
from onrecord.web.rates import Limits, Turnstile, address

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that don't know frame-ancestors
    "Referrer-Policy": "same-origin",  # "no-referrer" would take the Origin from our own forms, too
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
OPEN = ("/login", "/logout")  # to all, beside what stands in /static/
SMALL = 64_000  # bytes of a form
UPLOADS = 4  # files of the largest size that one form may bring

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:@/?#\s]+)(?::\d{1,5})?")
_TRICKS = re.compile(rb"%(?:2f|5c|2e|[01][0-9a-f]|7f)|[\\\x00-\x20]|//", re.IGNORECASE)


def watched(app: FastAPI, desk: Desk) -> None:
    """Put the guard around an application."""
    app.add_middleware(Guard, desk=desk)


class Guard:
    """Pure ASGI: nothing is held back on its way through, so that streams flow."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk
        self._search, self._add = Turnstile(desk.limits.search), Turnstile(desk.limits.add)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self._aside(scope, receive, send)
            return
        request, answer = Request(scope), _Answer(scope, send)
        try:
            passed = self._checked(request)
            if passed is not None:
                await passed(scope, receive, answer.send)
                return
            body = _Body(receive, self._most(request), self._desk.limits)
            asked = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
            await self._app(asked, body.receive, answer.send)
        except Exception as error:
            if answer.begun:
                raise
            await failures.answer(request, error)(scope, receive, answer.send)

    async def _aside(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the server's own messages through; nothing here speaks another language than HTTP."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _checked(self, request: Request) -> Response | None:
        """Raise HTTPException for what may not pass; give the answer to what goes no further; None for the rest."""
        _check_host(request, self._desk.hosts)
        _check_path(request)
        _check_method(request)
        _check_origin(request)
        _check_length(request, self._most(request))
        self._check_rate(request)
        return signing.by_token(request) or self._let_in(request)

    def _let_in(self, request: Request) -> Response | None:
        """Give the way to the door for who must sign in; raises HTTPException for what a visitor may not do."""
        path, access = request.url.path, self._desk.access
        if path in OPEN or path.startswith("/static/"):
            return None
        visitor = access.visitor(request)
        if not visitor.may_read:
            if _reads(request) and not failures.wants_json(request) and "HX-Request" not in request.headers:
                return RedirectResponse(f"/login?{urlencode({'next': _way(request)})}", 303)
            raise HTTPException(401, "Sign in first, at /login.", {"HX-Redirect": "/login"})
        if not visitor.may_write and not _reads(request):
            raise HTTPException(403, access.why_not)
        return None

    def _check_rate(self, request: Request) -> None:
        turnstile = self._turnstile(request)
        wait = turnstile.wait(address(request.client.host if request.client else None)) if turnstile else 0
        if wait:
            told = "That were many questions in a short time. Wait a little and ask again."
            raise HTTPException(429, told, {"Retry-After": str(int(wait) + 1)})

    def _turnstile(self, request: Request) -> Turnstile | None:
        if request.method == "POST" and request.url.path == "/add":
            return self._add
        return self._search if any(request.query_params.get(name) for name in ("q", "about")) else None

    def _most(self, request: Request) -> int:
        """Give how many bytes a request may bring."""
        return SMALL + (UPLOADS * self._desk.record.settings.max_bytes if request.url.path == "/add" else 0)


# --- what may pass --------------------------------------------------------------------------------


def _check_host(request: Request, hosts: tuple[str, ...]) -> None:
    """Refuse a request to another host: a foreign page whose name now leads here asks for that one (DNS rebinding)."""
    given = request.headers.getlist("Host")
    found = _HOST.fullmatch(given[0].lower()) if len(given) == 1 else None
    if found is None:
        raise HTTPException(400, "The request names no host, or one that can't be.")
    if found[1] not in (host.lower() for host in hosts):
        raise HTTPException(421, "This desk is not called so. Whoever runs it can give it this name: --name.")


def _check_path(request: Request) -> None:
    """Refuse what only those write who want to get elsewhere: hidden slashes and dots, control characters."""
    raw = request.scope.get("raw_path") or request.scope["path"].encode()
    parts = request.scope["path"].split("/")
    if _TRICKS.search(raw) or "." in parts or ".." in parts:
        raise HTTPException(404)
    if b"%00" in request.scope["query_string"]:
        raise HTTPException(400, "The address holds a character that can't be.")


def _check_method(request: Request) -> None:
    if request.method not in METHODS:
        raise HTTPException(405, headers={"Allow": ", ".join(METHODS)})


def _check_origin(request: Request) -> None:
    """Refuse what another site's page sends: to write anything, and to read in any way but by a link to here."""
    site, mode = request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode")
    foreign = site not in (None, "same-origin", "none")
    if _reads(request):
        if foreign and mode != "navigate":
            raise HTTPException(403, "Another site asks for this. Open the desk itself.")
        return
    origin, host = request.headers.get("Origin"), request.headers["Host"].lower()
    ways = (f"{request.url.scheme}://{host}", f"https://{host}")  # https may stand before us
    stranger = origin is not None and origin.lower() not in ways
    unknown = origin is None and site is None and "Cookie" in request.headers
    if stranger or unknown or (site is not None and site != "same-origin"):
        raise HTTPException(403, "This did not come from a page of this desk. Open the desk itself and do it there.")


def _check_length(request: Request, most: int) -> None:
    """Refuse what says of itself that it is too long, before any of it is taken."""
    length = request.headers.get("Content-Length", "0")
    if not length.isdecimal():
        raise HTTPException(400, "The request does not say how long it is.")
    if int(length) > most:
        raise _too_much(most)


def _reads(request: Request) -> bool:
    return request.method in ("GET", "HEAD", "OPTIONS")


def _way(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _too_much(most: int) -> HTTPException:
    return HTTPException(413, f"This takes at most {most // 1000:,} KB at once. Send less, or use `onrecord add`.")


# --- what goes through ----------------------------------------------------------------------------


class _Body:
    """What a request brings: counted, whatever it says of its length, and not waited for for ever."""

    def __init__(self, receive: Receive, most: int, limits: Limits) -> None:
        self._receive, self._most, self._limits = receive, most, limits
        self._begun, self._size, self._whole = monotonic(), 0, False

    async def receive(self) -> Message:
        """Give the next piece; raises HTTPException where it is too much, or takes too long."""
        if self._whole:  # now it only tells that the visitor has gone, which may be much later
            return await self._receive()
        try:
            async with asyncio.timeout(self._patience()):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408, "The request came too slowly. Send it again.") from None
        self._size += len(message.get("body", b""))
        if self._size > self._most:
            raise _too_much(self._most)
        self._whole = not message.get("more_body", False)
        return message

    def _patience(self) -> float:
        """Give the seconds that the next piece may take."""
        limits = self._limits
        left = limits.grace + self._size / limits.slowest - (monotonic() - self._begun)
        return max(0.0, min(limits.idle, left))


class _Answer:
    """What goes back: with the headers of the house, without a body where only the headers were asked for."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send, self._bare = send, scope["method"] == "HEAD"
        self._fleeting = not scope["path"].startswith("/static/")
        self.begun = False

    async def send(self, message: Message) -> None:
        """Send a piece on."""
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("Cache-Control", "no-store" if self._fleeting else "no-cache")
        elif self._bare:
            message = {**message, "body": b""}
        await self._send(message)
