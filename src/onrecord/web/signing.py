"""Coming in and leaving: by the token in an address, by name and password."""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from onrecord.codec import Json
from onrecord.web import desk
from onrecord.web.access import LONGEST_WAY, Access, ours
from onrecord.web.rendering import rendered
from onrecord.web.users import LONGEST

router = APIRouter(tags=["signing in"])

WRONG = "Name or password is wrong."

Way = Annotated[str, Query(max_length=LONGEST_WAY, description="The path to go on to.")]


def by_token(request: Request) -> Response | None:
    """Give what answers an address that holds the token: the same without it, and a cookie; None where it holds none.

    Raises HTTPException (403) where the token is wrong.
    """
    access = desk.of(request).access
    given = request.query_params.get("token")
    if access.token is None or given is None or request.method != "GET":
        return None
    key = access.opened(given)
    if key is None:
        raise HTTPException(403, "This token is not the one of this desk. Take the address that it printed last.")
    rest = urlencode([(name, value) for name, value in request.query_params.multi_items() if name != "token"])
    response = RedirectResponse(quote(request.url.path) + (f"?{rest}" if rest else ""), 303)
    access.give(response, key, request)
    return response


@router.get("/login", response_class=HTMLResponse)
def login(request: Request, next: Way = "/") -> HTMLResponse:
    """Show how to come in."""
    return rendered(request, "login.html", _shown(desk.of(request).access, next))


@router.post("/login", status_code=303, response_class=RedirectResponse)
def sign_in(
    request: Request,
    name: Annotated[str, Form(max_length=64)],
    password: Annotated[str, Form(max_length=LONGEST)],
    next: Annotated[str, Form(max_length=LONGEST_WAY)] = "/",
) -> Response:
    """Let a user in; one answer for all that may be wrong."""
    access = desk.of(request).access
    key = access.signed_in(name, password, request.client.host if request.client else None)
    if key is None:
        return rendered(request, "login.html", _shown(access, next, WRONG), 403)
    response = RedirectResponse(ours(next), 303)
    access.give(response, key, request)
    return response


@router.post("/logout", status_code=303, response_class=RedirectResponse)
def leave(request: Request) -> Response:
    """End the session."""
    response = RedirectResponse("/", 303)
    desk.of(request).access.take(response, request)
    return response


def _shown(access: Access, next: str, failed: str | None = None) -> Json:
    return {"users": access.users is not None, "next": ours(next), "failed": failed, "why_not": access.why_not}
