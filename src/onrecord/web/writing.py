"""What people write at the desk: verdicts, corrections, that one of these does not count, what the ranking learns."""

from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, BeforeValidator, Field

from onrecord import codec
from onrecord.errors import UsageError
from onrecord.store import DROPPED, RESTORED
from onrecord.types import Act, Change, Judgement, Verdict
from onrecord.web import asked, desk
from onrecord.web.access import LONGEST_WAY, Writer, ours

router = APIRouter(tags=["writing"])

VALUES: dict[Change, tuple[str, ...]] = {
    "verdict": get_args(Verdict),
    "act": get_args(Act),
    "statement": (DROPPED, RESTORED),
}


def _typed(words: object) -> object:
    """Give what a form brings as it was typed: forms end lines in their own way."""
    return words.replace("\r\n", "\n").strip() if isinstance(words, str) else words


_NO_CONTROLS = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
Way = Annotated[str, Field(max_length=LONGEST_WAY)]


class Said(BaseModel):
    """What somebody says of a reversal or a statement."""

    change: Literal["verdict", "speaker", "said", "act", "statement"]
    target: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]
    value: Annotated[str, BeforeValidator(_typed), Field(min_length=1, max_length=300, pattern=_NO_CONTROLS)]
    note: Annotated[str, BeforeValidator(_typed), Field(max_length=2000, pattern=_NO_CONTROLS)] = ""
    next: Way = "/"


@router.post("/judgements", status_code=303, response_class=RedirectResponse)
def judge(request: Request, said: Annotated[Said, Form()], visitor: Writer) -> Response:
    """Keep a verdict on a reversal or a statement, or a correction: who said it, when, as what, or that nobody did."""
    record = desk.of(request).record
    if said.value not in VALUES.get(said.change, (said.value,)):
        raise UsageError(f"{said.change} can't be that. Give one of: {', '.join(VALUES[said.change])}.")
    if said.change != "verdict":
        record.statement(said.target)  # raises where there is none: before a new speaker is made for it
    value = record.speaker_called(said.value) if said.change == "speaker" else said.value
    made = record.say(said.change, said.target, value, by=visitor.name, note=said.note or None)
    return _done(request, made, said.next)


@router.post("/judgements/{key}/undo", status_code=303, response_class=RedirectResponse)
def undo(request: Request, key: asked.Key, visitor: Writer, next: Annotated[Way, Form()] = "/") -> Response:
    """Keep that a judgement does not count; it stays in the history."""
    return _done(request, desk.of(request).record.undo(key, by=visitor.name), next)


@router.post("/learn", status_code=303, response_class=RedirectResponse)
def learn(request: Request, visitor: Writer, next: Annotated[Way, Form()] = "/") -> Response:
    """Let the verdicts move the ranking."""
    from onrecord.compare.ranking import LEAST

    _, made = desk.of(request).record.learn(visitor.name)
    if made is None:
        raise UsageError(f"There are too few verdicts to learn from. Confirm or reject at least {LEAST} reversals.")
    return _done(request, made, next)


def _done(request: Request, made: Judgement, next: str) -> Response:
    """Go on to the next page; to a script tell what was kept."""
    desk.of(request).changed()
    if request.headers.get("HX-Request") == "true":
        return JSONResponse({"judgement": codec.judgement_to_dict(made)}, headers={"HX-Trigger": "judged"})
    return RedirectResponse(ours(next), 303)
