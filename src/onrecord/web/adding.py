"""Adding at the desk: files, pasted text or a link -> a job; its progress as server-sent events."""

import asyncio
import json
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Annotated, cast

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, StreamingResponse

from onrecord import codec
from onrecord.codec import Json
from onrecord.errors import NotInRecord, UsageError
from onrecord.ingest.addresses import is_address
from onrecord.web.access import Writer, writes
from onrecord.web.asked import Key
from onrecord.web.jobs import Job, Jobs
from onrecord.web.rendering import page

router = APIRouter()

MOST_FILES = 200
MOST_TEXT = 300_000  # characters that are pasted; a part of a form has 1 MB at most
HEARTBEAT = 15.0  # seconds without news after which a sign of life is sent
LOOKS = 0.2  # seconds between two looks at a job

_NAMED = re.compile(r"[^\w .,()+-]+")  # what a file's name is kept without
_LONGEST_NAME = 120  # bytes
_RESERVED = ("pasted.jsonl", "onrecord.toml")  # the second: of settings, which the run would take for its own

Few = Annotated[str, Form(max_length=300)]


@dataclass(frozen=True, slots=True)
class Sent:
    """What the form brings beside files."""

    text: Annotated[str, Form(max_length=MOST_TEXT)] = ""
    link: Annotated[str, Form(max_length=2000)] = ""
    title: Few = ""
    publisher: Few = ""
    published: Annotated[str, Form(max_length=10)] = ""
    url: Annotated[str, Form(max_length=2000)] = ""

    @property
    def options(self) -> list[str]:
        """Give what is known of all that is added, as options of the command line; raises UsageError."""
        found = []
        if day := self.published.strip():
            try:
                found.append(f"--published={date.fromisoformat(day)}")
            except ValueError as error:
                raise UsageError(f"{day} is no day. Write it so: 2026-03-14.") from error
        if publisher := self.publisher.strip():
            found.append(f"--publisher={publisher}")
        return found


def of(request: Request) -> Jobs:
    """Give the jobs of the desk."""
    return cast(Jobs, request.app.state.jobs)


@page(router, "/add", "add.html")
def add(request: Request) -> Json:
    """Give what is being added, and what was lately."""
    writes(request)
    return {"jobs": [job.to_dict() for job in of(request).all()]}


@router.post("/add", status_code=303, response_class=RedirectResponse, tags=["writing"])
def put(
    request: Request,
    visitor: Writer,
    sent: Annotated[Sent, Depends()],
    files: Annotated[list[UploadFile] | None, File(description="Of any kind that `onrecord add` reads.")] = None,
) -> RedirectResponse:
    """Add files, a pasted text and what a link leads to."""
    options = sent.options
    named = [file for file in files or () if file.filename]
    if len(named) > MOST_FILES:
        raise UsageError(f"These are {len(named)} files. Send {MOST_FILES} at most at a time, or put them into a zip.")
    if not (named or sent.text.strip() or sent.link.strip()):
        raise UsageError("There is nothing to add. Choose files, paste a text, or give a link.")
    folder = Path(tempfile.mkdtemp(prefix="onrecord-"))  # of this user alone
    try:
        inputs, shown = _inputs(folder, named, sent)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    job = of(request).put(Job(visitor.name, tuple(shown), (*options, *inputs), folder))
    return RedirectResponse(f"/add/{job.id}", 303)


@router.get("/add/{key}/events", tags=["data"], response_class=StreamingResponse)
async def events(request: Request, key: Key) -> StreamingResponse:
    """Give what became of each article as it comes (server-sent events `item`, at last `end`)."""
    writes(request)
    job = _job(request, key)
    seen = request.headers.get("Last-Event-ID", "")
    return StreamingResponse(
        _told(request, job, int(seen) + 1 if seen.isdecimal() and len(seen) < 9 else 0),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


@router.post("/add/{key}/stop", status_code=303, response_class=RedirectResponse, tags=["writing"])
def stop(request: Request, key: Key, visitor: Writer) -> RedirectResponse:  # noqa: ARG001 # who may not write is refused
    """End a job after the article in hand."""
    job = _job(request, key)
    of(request).stop(job)
    return RedirectResponse(f"/add/{job.id}", 303)


@page(router, "/add/{key}", "job.html")
def progress(request: Request, key: Key) -> Json:
    """Give what became of what somebody added, so far."""
    writes(request)
    return {"job": _job(request, key).to_dict()}


# --- parts ----------------------------------------------------------------------------------------


def _job(request: Request, key: str) -> Job:
    found = of(request).get(key)
    if found is None:
        raise NotInRecord("There is no such job: it was forgotten, or the desk was opened anew. See what was added.")
    return found


def _inputs(folder: Path, files: Sequence[UploadFile], sent: Sent) -> tuple[list[str], list[str]]:
    """Put what was sent into a folder; give the inputs for the command line, and how they are shown."""
    inputs: list[str] = []
    shown: list[str] = []
    for file in files:
        name = _own(file.filename or "", [*inputs, *_RESERVED])
        with (folder / name).open("xb") as out:
            shutil.copyfileobj(file.file, out)
        inputs.append(name)
        shown.append(name)
    if sent.text.strip():
        facts = {"title": sent.title, "publisher": sent.publisher, "published": sent.published, "url": sent.url}
        known = {name: value.strip() for name, value in facts.items() if value.strip()}
        name = sent.title.strip() or "pasted text"
        (folder / "pasted.jsonl").write_bytes(codec.to_line({"id": name, "text": sent.text} | known))
        inputs.append("pasted.jsonl")
        shown.append(name)
    if link := sent.link.strip():
        if not is_address(link) or not link.isprintable() or " " in link:
            raise UsageError("This is no link. Give one that begins with https:// or http://.")
        inputs.append(link)
        shown.append(link)
    fetch = ["--fetch"] if sent.link.strip() else []  # only public addresses, see ingest.fetch
    return [*fetch, "--", *inputs], shown


def _own(name: str, taken: Sequence[str]) -> str:
    """Give a file's own name as one of a file here: no way to another folder, no pattern, no hidden file."""
    last = _NAMED.sub("_", re.split(r"[\\/]", name)[-1]).encode()[-_LONGEST_NAME:]
    plain = last.decode("utf-8", "ignore").lstrip(" .-") or "file"
    number = 2
    while (found := plain if number == 2 else f"{number - 1}-{plain}").casefold() in {n.casefold() for n in taken}:
        number += 1
    return found


async def _told(request: Request, job: Job, seen: int) -> AsyncIterator[str]:
    """Give a job's items as events: those that were, then each as it comes; a comment as a sign of life."""
    last = monotonic()
    while True:
        over = job.over  # before the items are looked at: none comes after
        for number, item in enumerate(job.items[seen:], seen):
            yield f"id: {number}\nevent: item\ndata: {json.dumps(item)}\n\n"
            seen, last = number + 1, monotonic()
        if over:
            yield f"event: end\ndata: {json.dumps({'state': job.state})}\n\n"
            return
        if await request.is_disconnected():
            return
        if monotonic() - last > HEARTBEAT:
            yield ": still there\n\n"
            last = monotonic()
        await asyncio.sleep(LOOKS)
