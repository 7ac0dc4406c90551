"""What goes wrong -> what the visitor is told: a status, a sentence in HTML or JSON, and nothing of what is inside."""

import logging
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from markupsafe import escape
from starlette.exceptions import HTTPException as AnyHTTPException

from onrecord.errors import NotInRecord, OnRecordError, RecordFull, RecordLocked, UsageError

log = logging.getLogger("onrecord.web")

TITLES = {
    400: "This can't be",
    401: "Please sign in",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not this way",
    408: "Too slow",
    413: "Too much",
    421: "Another address",
    422: "Something is missing or wrong",
    429: "Too many questions",
    503: "Busy",
}
MESSAGES = {  # where whoever raised it gave no words of ours
    404: "There is no such page. Start at the front page, or search.",
    405: "This address can't be asked in this way.",
}
REFUSED = "The request can't be answered as it is."
FAULT = "Something went wrong on our side. Try again; if it stays so, whoever runs this desk finds more in its log."


@dataclass(frozen=True, slots=True)
class Failure:
    """What a visitor is told."""

    status: int
    message: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Give it in a few words."""
        return TITLES.get(self.status, "Something went wrong")


def told(app: FastAPI) -> None:
    """Let an application answer what its routes raise; what nobody foresaw is caught by the guard around it."""
    for kind in (OnRecordError, AnyHTTPException, RequestValidationError):
        app.add_exception_handler(kind, answer)


def answer(request: Request, error: Exception) -> Response:
    """Give the answer to a request that failed; what is our fault goes to the log whole."""
    failure = _failure(error)
    if failure.status >= 500:
        log.error("%s %r failed", request.method, request.url.path, exc_info=error)
    if wants_json(request):
        return JSONResponse({"error": failure.message}, failure.status, failure.headers)
    response = _page(request, failure)
    response.headers.update(failure.headers)
    return response


def wants_json(request: Request) -> bool:
    """Tell whether a program asks, rather than a browser."""
    accepted = request.headers.get("Accept", "")
    return request.url.path.endswith(".json") or ("application/json" in accepted and "text/html" not in accepted)


def _failure(error: Exception) -> Failure:
    match error:
        case AnyHTTPException(status_code=status, detail=detail, headers=headers):
            unsaid = detail in ("", HTTPStatus(status).phrase)
            plain = MESSAGES.get(status, FAULT if status >= 500 else REFUSED)
            return Failure(status, plain if unsaid else detail, dict(headers or {}))
        case RequestValidationError():
            return Failure(422, _wrong(error))
        case NotInRecord():
            return Failure(404, str(error))
        case UsageError():
            return Failure(400, str(error))
        case RecordLocked() | RecordFull():
            why = "is full" if isinstance(error, RecordFull) else "is held by another program, or may not be written"
            return Failure(503, f"The record {why}. Try again in a little while.", {"Retry-After": "5"})
        case _:
            return Failure(500, FAULT)


def _wrong(error: RequestValidationError) -> str:
    """Give which values can't be and why, not the values themselves."""
    return "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors()[:5]) + "."


def _page(request: Request, failure: Failure) -> HTMLResponse:
    from onrecord.web.rendering import rendered  # it needs the desk, which may be what fails

    told = {"status": failure.status, "title": failure.title, "message": failure.message}
    try:
        return rendered(request, "failure.html", told, failure.status)
    except Exception:  # whatever it is: the visitor gets the plain words
        log.exception("The page of a failure could not be made")
        title, message = escape(failure.title), escape(failure.message)
        return HTMLResponse(f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{message}</p>", failure.status)
