"""What the templates write with: quotations with their marks, days, numbers, plurals."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from onrecord.codec import Json
from onrecord.show.card_text import NAMES, spelled
from onrecord.show.reversal import VERDICTS
from onrecord.types import Act, Kind, Label, SpeakerType, Verdict

LEFT_OUT = Markup('<span class="ours" aria-label="words left out">[…]</span>')


def day(value: str | date | None) -> Markup:
    """Give a said date, a day or a moment as people read it, and as machines do."""
    if not value:
        return Markup('<span class="unknown">no date</span>')
    found = str(value)[:10] if isinstance(value, datetime) or len(str(value)) > 15 else str(value)
    return Markup('<time datetime="{}">{}</time>').format(found, spelled(found))


def marked(words: Sequence[Json], evidence: Sequence[Json]) -> Markup:
    """Give the words of spans as they stand, those of the evidence marked; what lies between is told to be left out."""
    return LEFT_OUT.join(_piece(span, evidence) for span in words) if words else Markup("")


def _piece(span: Json, evidence: Sequence[Json]) -> Markup:
    start, text, at = span["start"], span["text"], 0
    made = []
    for e in sorted(evidence, key=lambda e: e["start"]):
        first, end = max(e["start"] - start, at), min(e["end"] - start, len(text))
        if first < end:
            made += [escape(text[at:first]), Markup("<mark>{}</mark>").format(text[first:end])]
            at = end
    return Markup("").join([*made, escape(text[at:])])


def words(spans: Sequence[Json]) -> Markup:
    """Give the words of spans as they stand."""
    return marked(spans, ())


def percent(share: float) -> str:
    """Give a probability in whole per cent."""
    return f"{100 * share:.0f}%"


def number(value: float) -> str:
    """Give a number with its thousands apart."""
    return f"{value:,}"


def counted(value: int, one: str, many: str | None = None) -> str:
    """Give "1 article", "2,000 articles"."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def label(name: Label) -> str:
    """Give what a label is called."""
    return NAMES[name][0]


def meaning(name: Label) -> str:
    """Give what a label means, in plain words."""
    return NAMES[name][1]


def verdict(value: Verdict | None) -> str:
    """Give what an editor's verdict makes of a reversal."""
    return VERDICTS[value]


def linked(url: str | None) -> bool:
    """Tell whether an address may stand behind a link."""
    return bool(url) and str(url).startswith(("https://", "http://"))


def query(**given: Any) -> str:  # noqa: ANN401 # what a page was asked for
    """Give a question for an address: "?about=coal"; nothing of what is empty."""
    kept = {name: str(value) for name, value in given.items() if value not in (None, "", 0, False)}
    return f"?{urlencode(kept)}" if kept else ""


KINDS: dict[Kind, str] = {"direct": "the speaker's own words", "mixed": "partly quoted", "indirect": "reported speech"}
ACTS: dict[Act, str] = {
    "assert": "claim",
    "evaluate": "judgement",
    "commit": "pledge",
    "threaten": "threat",
    "demand": "demand",
    "deny": "denial",
    "predict": "forecast",
    "ask": "question",
    "report": "report",
}
TYPES: dict[SpeakerType, str] = {
    "person": "person",
    "organisation": "body",
    "group": "group",
    "unnamed": "not named",
    "author": "author",
    "document": "document",
}
FILTERS: dict[str, Callable[..., object]] = {
    f.__name__: f for f in (day, words, percent, number, counted, label, meaning, verdict)
}
GLOBALS: dict[str, object] = {
    "marked": marked,
    "linked": linked,
    "query": query,
    "KINDS": KINDS,
    "ACTS": ACTS,
    "TYPES": TYPES,
}
