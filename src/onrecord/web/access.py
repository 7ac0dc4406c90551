"""Who may do what at a desk: by the token that was printed at its start, or by name and password."""

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.responses import Response

from onrecord.web import desk
from onrecord.web.rates import Rate, Turnstile, address
from onrecord.web.sessions import Sessions
from onrecord.web.users import Users

BY_ADDRESS, BY_NAME = Rate(20, 3), Rate(10, 10)  # tries to sign in
LONGEST_WAY = 2000  # characters of a path to come back to


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who makes a request."""

    name: str
    may_read: bool
    may_write: bool
    signed_in: bool


NOBODY = Visitor("", may_read=False, may_write=False, signed_in=False)


@dataclass(frozen=True, slots=True)
class Access:
    """The rule of a desk. With users everybody signs in; without, all may read and who has the token may write."""

    name: str = ""  # of the one who has the token
    token: str | None = None
    users: Users | None = None
    secure: bool = False  # served by https
    read_only: bool = False
    sessions: Sessions = field(default_factory=Sessions)
    tries_from: Turnstile = field(default_factory=lambda: Turnstile(BY_ADDRESS))
    tries_for: Turnstile = field(default_factory=lambda: Turnstile(BY_NAME))

    @classmethod
    def by_token(cls, name: str, token: str | None = None) -> "Access":
        """Let all read, and the one who has the token write under a name; without one a token is made."""
        return cls(name, token or secrets.token_urlsafe(24))

    @classmethod
    def by_users(cls, users: Users, *, secure: bool = False, read_only: bool = False) -> "Access":
        """Let users in, readers to read, editors to write."""
        return cls(users=users, secure=secure, read_only=read_only)

    @classmethod
    def nobody_writes(cls) -> "Access":
        """Let all read."""
        return cls(read_only=True)

    @property
    def cookie(self) -> str:
        """Give the cookie's name; browsers hold to what `__Host-` says of it: this host's alone, https alone."""
        return "__Host-onrecord_session" if self.secure else "onrecord_session"

    def visitor(self, request: Request) -> Visitor:
        """Give who makes a request."""
        session = self.sessions.of(request.cookies.get(self.cookie, ""))
        if self.users is None:
            return Visitor(session.name if session else "", True, session is not None, session is not None)
        user = self.users.get(session.name) if session else None
        if session is None or user is None or user.password != session.mark:  # removed, or given another password
            return NOBODY
        return Visitor(user.name, True, user.role == "editor" and not self.read_only, True)

    def opened(self, token: str) -> str | None:
        """Begin a session where the token is right; give what its cookie holds."""
        right = self.token is not None and hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode())
        return self.sessions.begin(self.name) if right else None

    def signed_in(self, name: str, password: str, host: str | None) -> str | None:
        """Begin a session where name and password are right; give what its cookie holds.

        Raises HTTPException (429) where there were too many tries, whether there is such a user or not.
        """
        if self.users is None:
            return None
        wait = max(self.tries_from.wait(address(host)), self.tries_for.wait(name.strip().casefold()))
        if wait:
            told = "There were too many tries to sign in. Wait a little and try again."
            raise HTTPException(429, told, {"Retry-After": str(int(wait) + 1)})
        user = self.users.signed(name, password)
        return self.sessions.begin(user.name, user.password) if user else None

    def give(self, response: Response, key: str, request: Request) -> None:
        """Set the cookie of a new session, and end the one before."""
        self.sessions.end(request.cookies.get(self.cookie, ""))
        response.set_cookie(self.cookie, key, path="/", secure=self.secure, httponly=True, samesite="strict")

    def take(self, response: Response, request: Request) -> None:
        """End a session, and take its cookie back."""
        self.sessions.end(request.cookies.get(self.cookie, ""))
        response.delete_cookie(self.cookie, path="/", secure=self.secure, httponly=True, samesite="strict")

    @property
    def why_not(self) -> str:
        """Say why somebody may not write, and what to do."""
        if self.read_only:
            return "This desk is for reading: nobody may write here."
        if self.users is not None:
            return "You may read, not write. Ask whoever keeps this desk to make you an editor."
        return "To write, open the address that `onrecord serve` printed at its start; it holds the token."


def visitor(request: Request) -> Visitor:
    """Give who makes a request."""
    return desk.of(request).access.visitor(request)


def writes(request: Request) -> Visitor:
    """Give who makes a request, one who may write; raises HTTPException (403)."""
    found = visitor(request)
    if not found.may_write:
        raise HTTPException(403, desk.of(request).access.why_not)
    return found


Writer = Annotated[Visitor, Depends(writes)]


def ours(way: str) -> str:
    """Give where to go on to: the way, if it is a path of this desk and nothing else; the front page otherwise."""
    plain = way.startswith("/") and not way.startswith("//") and "\\" not in way
    return way if plain and way.isprintable() and len(way) <= LONGEST_WAY else "/"
