"""A view (what a page shows, as plain data) -> two routes: the page in HTML, and the same data as JSON beside it."""

from collections.abc import Callable
from functools import wraps
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from onrecord.codec import Json
from onrecord.web import filters
from onrecord.web.access import visitor

View = Callable[..., Json]


def page(router: APIRouter, path: str, template: str) -> Callable[[View], View]:
    """Give a decorator that serves a view at a path in HTML, and at the path with `.json` as data.

    A view takes `request` and its own parameters, and gives the data. What htmx asks for is the part alone.
    """

    def served(view: View) -> View:
        @wraps(view)
        def html(request: Request, **given: Any) -> HTMLResponse:  # noqa: ANN401 # the view's own parameters
            return rendered(request, template, view(request, **given))

        name = view.__name__
        router.get(f"{'/front' if path == '/' else path}.json", name=f"{name}_json", tags=["data"])(view)
        router.get(path, response_class=HTMLResponse, name=name, tags=["pages"])(html)
        return view

    return served


def rendered(request: Request, template: str, data: Json, status: int = 200) -> HTMLResponse:
    """Give a page: a template filled with data; only its main part where htmx asks for that."""
    part = request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers
    layout = "part.html" if part else "base.html"
    text = _TEMPLATES.get_template(template).render(
        data, layout=layout, request=request, visitor=visitor(request), path=request.url.path
    )
    return HTMLResponse(text, status)


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(str(files("onrecord.web") / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters.FILTERS)
    made.globals.update(filters.GLOBALS)
    return made


_TEMPLATES = _environment()
