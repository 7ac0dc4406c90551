"""A desk -> the application that serves it: who may pass, the pages, what people write, what is added."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from importlib.metadata import version
from importlib.resources import files

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from onrecord.web import adding, charts, failures, guard, pages, reviewing, signing, writing
from onrecord.web.desk import Desk
from onrecord.web.jobs import Jobs, Starter
from onrecord.web.waiting import comparing

AT_ONCE = 8  # pages that are worked on; more would only get in each other's way


def create(desk: Desk, start: Starter | None = None) -> FastAPI:
    """Give the application of a desk; `start` starts what adds articles (a process, where none is given)."""

    @asynccontextmanager
    async def opened(_app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = AT_ONCE
        try:
            with nullcontext() if desk.access.read_only else comparing(desk):
                yield
        finally:
            app.state.jobs.close()

    app = FastAPI(
        lifespan=opened,
        title="onrecord",
        summary="The record in the browser: who said what, when, through whom, and what became of it.",
        version=version("onrecord"),
        docs_url=None,  # these pages load scripts from elsewhere
        redoc_url=None,
    )
    app.state.desk = desk
    app.state.jobs = Jobs(desk.record.settings, desk.grew, start)
    for part in (pages, reviewing, charts, writing, adding, signing):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=str(files("onrecord.web") / "static")), name="static")
    failures.told(app)
    guard.watched(app, desk)
    return app
