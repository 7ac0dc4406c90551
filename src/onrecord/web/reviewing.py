"""The pages on which an editor judges: reversals, one reversal then and now, the desk with what waits for a verdict."""

from collections.abc import Sequence
from dataclasses import replace
from math import log2
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from onrecord import codec
from onrecord.codec import Json
from onrecord.errors import NotInRecord
from onrecord.reversals import WantedReversals
from onrecord.store import Wanted
from onrecord.types import UNSURE_BELOW, Entry, Judgement, Label
from onrecord.web import asked, desk, marking
from onrecord.web.asked import AT_ONCE, Key
from onrecord.web.rendering import page

if TYPE_CHECKING:
    from onrecord.record import Record

router = APIRouter()

QUEUE = 500  # reversals that the desk looks at
SLOWLY = 60.0  # seconds after which they are looked for anew, where nobody here wrote
LATEST = 400  # statements among which the desk looks for unsure ones
LAST = 20  # judgements that can be undone from the desk
SAMPLES = 12  # reports of an utterance, or statements of a side, that are shown

FORMS = {"svg": "image/svg+xml", "png": "image/png"}
Form = Literal["svg", "png"]
Order = Literal["likely", "doubtful"]


@page(router, "/reversals", "reversals.html")
def reversals(
    request: Request,
    wish: asked.Wished,
    speaker: asked.Text = "",
    label: Annotated[list[Label] | None, Query(max_length=7)] = None,
) -> Json:
    """Give the reversals that are asked for, the likeliest first."""
    here = desk.of(request)
    wanted = WantedReversals(
        about=wish.words,
        since=wish.first,
        until=wish.last,
        labels=tuple(label or ()),
        limit=AT_ONCE,
        offset=wish.offset,
    )
    if replace(wanted, offset=0) == WantedReversals(limit=AT_ONCE) and not speaker.strip() and wish.offset < QUEUE:
        found = listed(here)[wish.offset : wish.offset + AT_ONCE]
    else:
        found = here.shelf.get(f"{wanted} {speaker}", lambda: _found(here.record, wanted, speaker.strip()), SLOWLY)
    return {
        "asked": {"speaker": speaker, "label": label or []} | wish.told(),
        "reversals": found,
        "page": wish.page,
        "more": len(found) == AT_ONCE,
    }


@router.get("/reversals/{key}/card.{form}", tags=["cards"], response_class=Response)
def card(request: Request, key: Key, form: Annotated[Form, Path()]) -> Response:
    """Give the then-and-now card for sharing."""
    from onrecord.show import card as drawing

    found = desk.of(request).record.reversal(key)
    name = f'inline; filename="onrecord-{found.id[:12]}.{form}"'
    return Response(drawing.draw(found, form), media_type=FORMS[form], headers={"Content-Disposition": name})


@page(router, "/reversals/{key}", "reversal.html")
def reversal(request: Request, key: Key) -> Json:
    """Give a reversal then and now: both sides with their reports, the verdicts on it, and its neighbours."""
    here = desk.of(request)
    found = here.record.reversal(key)
    sides = {"earlier": found.earlier, "later": found.later}
    waiting = [r["id"] for r in _queue(here, "likely")]
    return {
        "reversal": codec.reversal_to_dict(found),
        "statements": {name: codec.entry_to_dict(side.entry) for name, side in sides.items()},
        "wordings": {name: _wordings(here.record, side.entry) for name, side in sides.items()},
        "also": {name: _also(here.record, side.also) for name, side in sides.items()},
        "history": [codec.judgement_to_dict(j) for j in here.record.store.judgements() if j.target == found.id],
        "next": _after(waiting, found.id),
    }


@page(router, "/desk", "desk.html")
def queue(request: Request, order: Order = "likely") -> Json:
    """Give what waits for a verdict, how far the work is, and what was said last."""
    here = desk.of(request)
    waiting = _queue(here, order)
    judged = len(listed(here)) - len(waiting)
    return {
        "order": order,
        "reversals": waiting[:AT_ONCE],
        "waiting": len(waiting),
        "judged": judged,
        "unsure": here.shelf.get("unsure", lambda: _unsure(here.record), SLOWLY),
        "last": [
            codec.judgement_to_dict(j) | {"page": _page_of(here.record, j)}
            for j in reversed(here.record.store.judgements()[-LAST:])
        ],
    }


# --- parts ----------------------------------------------------------------------------------------


def _found(record: "Record", wanted: WantedReversals, speaker: str) -> list[Json]:
    try:
        return [codec.reversal_to_dict(r) for r in record.reversals(wanted, speaker or None)]
    except NotInRecord:  # nobody is called so
        return []


def listed(here: desk.Desk) -> list[Json]:
    """Give the reversals that the desk looks at, the likeliest first; of what others add, after a while."""
    wanted = WantedReversals(limit=QUEUE)
    return here.shelf.get("listed", lambda: [codec.reversal_to_dict(r) for r in here.record.reversals(wanted)], SLOWLY)


def _queue(here: desk.Desk, order: Order) -> list[Json]:
    """Give the reversals without a verdict, by how likely they are, or by doubt and weight."""
    found = [r for r in listed(here) if r["judgement"] is None]
    return sorted(found, key=_doubt, reverse=True) if order == "doubtful" else found


def _doubt(reversal: Json) -> float:
    """Give how much a verdict would tell: most where the judge is least sure and many have printed it."""
    clash = min(max(reversal["clash"], 0.001), 0.999)
    doubt = -clash * log2(clash) - (1 - clash) * log2(1 - clash)
    reports = reversal["earlier"]["reports"] + reversal["later"]["reports"]
    return float(doubt * log2(2 + reports))


def _unsure(record: "Record") -> list[Json]:
    """Give the latest statements of which the machine is unsure and nobody has said anything."""
    latest = record.statements(Wanted(limit=LATEST, order="newest"))
    return [codec.entry_to_dict(e) for e in latest if _is_unsure(e)][:AT_ONCE]


def _is_unsure(entry: Entry) -> bool:
    speaker = entry.statement.speaker
    doubtful = entry.statement.quotation.unsure or speaker is None or speaker.confidence < UNSURE_BELOW
    return doubtful and not entry.corrections


def _wordings(record: "Record", entry: Entry) -> list[Json]:
    """Give in which words an utterance was printed, and by whom; nothing where one article alone has it."""
    found = record.store.utterance(entry.utterance)[:SAMPLES]
    return marking.wordings(found) if len(found) > 1 else []


def _also(record: "Record", keys: Sequence[str]) -> list[Json]:
    found = record.store.entries_by_id(list(keys)[:SAMPLES])
    return [codec.entry_to_dict(found[key]) for key in keys if key in found]


def _after(waiting: Sequence[str], key: str) -> Json:
    """Give the one before and the one after in the queue; the first where it isn't in it."""
    at = waiting.index(key) if key in waiting else -1
    before = waiting[at - 1] if at > 0 else None
    return {"before": before, "after": waiting[at + 1] if at + 1 < len(waiting) else None}


def _page_of(record: "Record", judgement: Judgement) -> str | None:
    """Give where the target of a judgement is shown."""
    if judgement.change == "undo" or judgement.target == "reversals":
        return None
    if judgement.change == "merge":
        return f"/speakers/{judgement.target}"
    place = "statements" if record.store.entry(judgement.target) else "reversals"
    return f"/{place}/{judgement.target}"
