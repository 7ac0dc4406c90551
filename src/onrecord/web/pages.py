"""The pages that show the record: front, search, speakers, articles, pledges. Each view gives what its page shows."""

from datetime import date
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from onrecord import codec
from onrecord.codec import Json
from onrecord.errors import NotInRecord
from onrecord.people import folding
from onrecord.reversals import WantedReversals
from onrecord.store import KeptArticle, Voice, Wanted
from onrecord.web import asked, desk, marking, search
from onrecord.web.asked import AT_ONCE, Key
from onrecord.web.rendering import page
from onrecord.web.reviewing import listed
from onrecord.web.topics import topics

if TYPE_CHECKING:
    from onrecord.record import Record

router = APIRouter()

SLOWLY = 60.0  # seconds after which what the whole record holds is counted anew
FEW = 8  # of what the front page and a search show of a kind
MOST_SPEAKERS = 200  # whose statements one search looks through
RECENT = 300  # statements of a speaker from which the issues are taken


@page(router, "/", "front.html")
def front(request: Request) -> Json:
    """Give what came in lately, the likeliest new candidates, and who speaks most."""
    here = desk.of(request)
    record, shelf = here.record, here.shelf
    return {
        "totals": shelf.get("totals", record.store.totals, SLOWLY),
        "articles": [_kept(k) for k in record.store.latest(FEW)],
        "reversals": [r for r in listed(here) if r["judgement"] is None][: FEW - 2],
        "speakers": shelf.get("front/speakers", lambda: [_voice(v) for v in record.speakers(Wanted(limit=12))], SLOWLY),
    }


@page(router, "/search", "search.html")
def search_all(request: Request, q: asked.Words = "", page: asked.Page = 1) -> Json:
    """Give what words, names and days find."""
    record = desk.of(request).record
    question = search.read(q, lambda name: _named(record, name), date.today())
    wanted = Wanted(
        speakers=question.speakers[:MOST_SPEAKERS] or None,
        about=question.about,
        since=question.since,
        until=question.until,
        limit=AT_ONCE,
        offset=(page - 1) * AT_ONCE,
    )
    found = [] if question.name and not question.speakers else record.statements(wanted) if q.strip() else []
    return {
        "q": q,
        "understood": {
            "about": question.about,
            "name": question.name,
            "since": question.since and question.since.isoformat(),
            "until": question.until and question.until.isoformat(),
        },
        "speakers": _like(record, question.name or q, question.speakers)[:FEW],
        "statements": [codec.entry_to_dict(e) for e in found],
        **_paged(page, len(found)),
    }


@page(router, "/speakers", "speakers.html")
def speakers(request: Request, q: asked.Text = "", page: asked.Page = 1) -> Json:
    """Give who speaks, those with most statements first; those whose name begins so, where a beginning is given."""
    here = desk.of(request)
    if q.strip():
        found = _like(here.record, q)
    else:
        wanted = Wanted(limit=AT_ONCE, offset=(page - 1) * AT_ONCE)
        found = here.shelf.get(f"speakers/{page}", lambda: [_voice(v) for v in here.record.speakers(wanted)], SLOWLY)
    return {"q": q, "speakers": found, **_paged(page, 0 if q.strip() else len(found))}


@page(router, "/speakers/{key}", "speaker.html")
def speaker(
    request: Request,
    key: Key,
    wish: asked.Wished,
    act: asked.ActName = "",
) -> Json:
    """Give a person's portrait: roles, issues, changes of position, pledges, statements."""
    here = desk.of(request)
    record = here.record
    (key,) = record.ids_of(key)[:1]
    wanted = Wanted(
        speakers=(key,),
        about=wish.words,
        since=wish.first,
        until=wish.last,
        acts=(act,) if act else (),
        order="newest",
        limit=AT_ONCE,
        offset=wish.offset,
    )
    found = record.statements(wanted)
    return {
        "speaker": here.shelf.get(f"speaker/{key}", lambda: _portrait(record, key)),
        "asked": wish.told() | {"act": act},
        "count": record.count(wanted),
        "issues": here.shelf.get(f"issues/{key}", lambda: _issues(record, key), SLOWLY),
        "reversals": here.shelf.get(f"reversals/{key}", lambda: _reversals(record, key)),
        "pledges": [codec.pledge_to_dict(e) for e in record.pledges(Wanted(speakers=(key,), limit=FEW))],
        "statements": [codec.entry_to_dict(e) for e in found],
        **_paged(wish.page, len(found)),
    }


@page(router, "/articles", "articles.html")
def articles(request: Request, page: asked.Page = 1) -> Json:
    """Give the articles, those that came in last first."""
    found = desk.of(request).record.store.latest(AT_ONCE, (page - 1) * AT_ONCE)
    return {"articles": [_kept(k) for k in found], **_paged(page, len(found))}


@page(router, "/articles/{key}", "article.html")
def article(request: Request, key: Key) -> Json:
    """Give an article whole, with its statements, where it was printed and what copies it."""
    record = desk.of(request).record
    found = record.store.article(key)
    if found is None:
        raise NotInRecord(f"The record holds no article {key}. See `onrecord statements` for those it holds.")
    entries = record.store.of_article(key)
    copies = [record.store.article(copy) for copy in record.store.copies(key)[:FEW]]
    return {
        "article": codec.article_to_dict(found),
        "text": found.text,
        "statements": [codec.entry_to_dict(e) for e in entries],
        "rows": marking.rows(found.text, [e.statement for e in entries if not e.dropped]),
        "printings": [codec.printing_to_dict(p) for p in record.store.printings(key)],
        "copies": [codec.article_to_dict(copy) for copy in copies if copy],
    }


@router.get("/statements/{key}", tags=["pages"], status_code=303, response_class=RedirectResponse)
def statement(request: Request, key: Key) -> RedirectResponse:
    """Lead to a statement in its article."""
    found = desk.of(request).record.statement(key)
    return RedirectResponse(f"/articles/{found.article.id}#s-{found.statement.id}", 303)


@router.get("/statements/{key}.json", tags=["data"])
def statement_json(request: Request, key: Key) -> Json:
    """Give a statement with everything known of it."""
    store = desk.of(request).record.store
    entry = desk.of(request).record.statement(key)
    others = [e for e in store.utterance(entry.utterance) if e.statement.id != entry.statement.id]
    return codec.shown_to_dict(entry, others, store.printings(entry.article.id), store.run(entry.run))


@page(router, "/pledges", "pledges.html")
def pledges(
    request: Request,
    wish: asked.Wished,
    speaker: asked.Text = "",
) -> Json:
    """Give what was pledged, with sums, conditions and deadlines, and what it adds up to."""
    here = desk.of(request)
    record = here.record
    named = _named(record, speaker.strip()) if speaker.strip() else None
    wanted = Wanted(
        speakers=named and named[:MOST_SPEAKERS],
        about=wish.words,
        since=wish.first,
        until=wish.last,
        order="newest",
        limit=AT_ONCE,
        offset=wish.offset,
    )
    found = record.pledges(wanted) if named != () else []
    return {
        "asked": {"speaker": speaker} | wish.told(),
        "pledges": [codec.pledge_to_dict(e) for e in found],
        "today": date.today().isoformat(),
        **_paged(wish.page, len(found)),
    }


@page(router, "/about", "about.html")
def about(request: Request) -> Json:
    """Give what made the record: version and models."""
    run = desk.of(request).record.run
    return {"version": run.version, "models": dict(run.models)}


# --- parts ----------------------------------------------------------------------------------------


def _kept(kept: KeptArticle) -> Json:
    return codec.article_to_dict(kept.article) | {
        "recorded": kept.recorded.isoformat(),
        "statements": kept.statements,
    }


def _voice(voice: Voice) -> Json:
    return {
        "id": voice.id,
        "name": voice.name,
        "type": voice.type,
        "statements": voice.statements,
        "first": voice.first and voice.first.isoformat(),
        "last": voice.last and voice.last.isoformat(),
    }


def _portrait(record: "Record", key: str) -> Json:
    """Give the object of a speaker, of whom a correction may have left no statement."""
    voices = record.speakers(Wanted(speakers=(key,)))
    known = record.store.speaker(key)
    bare = Voice(key, known.name if known else key, known.type if known else "person", 0, None, None)
    return record.speaker_to_dict(voices[0] if voices else bare)


def _named(record: "Record", name: str) -> tuple[str, ...]:
    """Give who is called so; nobody where nobody is."""
    try:
        return record.ids_of(name)
    except NotInRecord:
        return ()


def _like(record: "Record", name: str, known: tuple[str, ...] = ()) -> list[Json]:
    """Give the speakers of these ids, and those one of whose names begins so; those with most statements first."""
    merged = record.store.merges()
    begun = record.store.called_like(folding.plain(name) or name.casefold().strip(), AT_ONCE)
    ids = tuple(dict.fromkeys((*known[:AT_ONCE], *(merged.get(key, key) for key in begun))))
    return [_voice(v) for v in record.speakers(Wanted(speakers=ids, limit=AT_ONCE))] if ids else []


def _reversals(record: "Record", speaker: str) -> list[Json]:
    return [codec.reversal_to_dict(r) for r in record.reversals(WantedReversals(limit=FEW), speaker)]


def _issues(record: "Record", key: str) -> list[Json]:
    """Give what somebody speaks of most, in words of the latest statements."""
    latest = record.store.texts(Wanted(speakers=(key,), once=True, order="newest", limit=RECENT))
    return [{"words": words, "statements": n} for words, n in topics(latest)]


def _paged(page: int, found: int) -> Json:
    """Give where a page stands in its list, and whether there may be more."""
    return {"page": page, "more": found == AT_ONCE and page < asked.FURTHEST}
