"""Every word that stands on a card. Quotations are slices of the articles' texts, never altered.

A direct quotation stands as it is. For any other the whole sentence is shown, with who reports it. Of what is long,
only the sentences with the clashing words are shown. What is not the article's own, "[…]" where words are left out and
the quotation marks around a direct quotation, is a run of the tone "ours".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord import days
from onrecord.show.svg import Run
from onrecord.text import index_of, paragraphs, sentences
from onrecord.types import Entry, Kind, Label, Reversal, Side, Span, Verdict

State = Literal["candidate", "confirmed", "rejected"]

MOST_CHARACTERS = 600  # of one quotation
LEFT_OUT = "[…]"

NAMES: dict[Label, tuple[str, str]] = {
    "reversal": ("reversal", "the later words go against the earlier ones"),
    "softened": ("softening", "the later words are weaker than the earlier ones"),
    "hardened": ("hardening", "the later words are stronger than the earlier ones"),
    "conditional_change": ("change of conditions", "the two hold under different conditions"),
    "number_changed": ("change of number", "the later words give another figure"),
    "consistent": ("same position", "in other words"),
    "unrelated": ("another matter", "the two are about different things"),
}
KINDS: dict[Kind, str] = {
    "direct": "",
    "mixed": "Reported speech: only the words in quotation marks are the speaker's own.",
    "indirect": "Reported speech: these are the reporter's words, not the speaker's own.",
}
_STATES: dict[Verdict | None, State] = {
    None: "candidate",
    "unsure": "candidate",
    "confirmed": "confirmed",
    "rejected": "rejected",
}
_BEFORE: dict[State, str] = {"candidate": "possible ", "confirmed": "", "rejected": "rejected as "}
_MARKS = "\"'“”„‟‘’‚‛«»`´"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class SideText:
    """What stands on one side."""

    name: str  # "Then", "Now"
    when: str
    day: str | None  # for machines: of the saying, else None
    runs: tuple[Run, ...]
    kind: Kind
    outlet: str
    headline: str | None
    printed: str | None  # where that isn't what `when` says
    where: str  # to check it
    more: int  # other statements of this side

    @property
    def how(self) -> str:
        """Give whose words these are, where they aren't the speaker's own."""
        return KINDS[self.kind]

    @property
    def also(self) -> str:
        """Give how many other statements the record holds of this side; nothing where there is none."""
        return f"{counted(self.more, 'more statement')} of this in the record" if self.more else ""


@dataclass(frozen=True, slots=True)
class CardText:
    """What stands on a card."""

    key: str
    speaker: str
    role: str | None
    issue: str
    label: str
    meaning: str  # of the label, in plain words
    verdict: str
    state: State
    apart: str  # the time between the two; "" where it isn't known
    earlier: SideText
    later: SideText
    why: str
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """Give what the card shows, in one line."""
        return f"{self.speaker} on {self.issue}, then and now: {self.label} ({self.verdict})"


def card_text(reversal: Reversal) -> CardText:
    """Give what stands on a reversal's card."""
    speaker = reversal.speaker
    name, meaning = NAMES[reversal.label]
    return CardText(
        key=reversal.id,
        speaker=f"unsure: {speaker.name}" if speaker.unsure else speaker.name,
        role=speaker.role,
        issue=reversal.issue,
        label=_BEFORE[_STATES[reversal.judgement]] + name,
        meaning=meaning,
        verdict=verdict(reversal),
        state=_STATES[reversal.judgement],
        apart=""
        if reversal.days is None
        else f"{counted(reversal.days, 'day')} later"
        if reversal.days
        else "same day",
        earlier=_side("Then", reversal.earlier),
        later=_side("Now", reversal.later),
        why=reversal.why,
        notes=reversal.notes,
    )


def verdict(reversal: Reversal) -> str:
    """Give what an editor said of a reversal."""
    by = reversal.judged_by or "an editor"
    if reversal.judgement in ("confirmed", "rejected"):
        return f"{reversal.judgement} by {by}"
    doubt = f" ({by} is unsure)" if reversal.judgement == "unsure" else ""
    return f"candidate, not confirmed by an editor{doubt}"


def when(entry: Entry) -> str:
    """Give when a statement was made; where that isn't known, when it was printed."""
    said, published = said_day(entry), entry.article.published
    if said:
        return spelled(said)
    return f"printed {spelled(published.isoformat())}" if published else "date not known"


def said_day(entry: Entry) -> str | None:
    """Give the value of the day, month, ... of saying; None where it names none."""
    said = entry.statement.said
    return said.value.partition("T")[0] if said and days.span_of(said.value) else None


def spelled(value: str) -> str:
    """Give "2025-03-14" as "14 March 2025" and "2025-03" as "March 2025"; other values as they are."""
    first, last = days.span_of(value) or (date.min, date.max)
    if first == last:
        return f"{first.day} {_MONTHS[first.month - 1]} {first.year}"
    if len(value) == 7 and value[5:].isdigit():
        return f"{_MONTHS[first.month - 1]} {first.year}"
    return value


def counted(number: int, thing: str) -> str:
    """Give "1 day", "2 days"."""
    return f"{number} {thing}{'s' * (number != 1)}"


def runs(side: Side) -> Iterator[Run]:
    """Give the words that are shown of a side, the clashing ones marked, and the signs between them."""
    text = side.entry.article.text
    whole = _whole(side)
    shown = _shortened(text, whole, side.evidence)
    at = whole[0].start
    unmarked = side.entry.statement.quotation.kind == "direct" and whole == _words(side) and text[at] not in _MARKS
    yield from [Run("“", "ours")] * unmarked
    for span in shown:
        if between := _between(text[at : span.start], first=span is shown[0]):
            yield Run(between, "ours")
        yield from _marked(text, span, side.evidence)
        at = span.end
    if text[at : whole[-1].end].strip():
        yield Run(f" {LEFT_OUT}", "ours")
    yield from [Run("”", "ours")] * unmarked


def _side(name: str, side: Side) -> SideText:
    entry, article = side.entry, side.entry.article
    said = said_day(entry)
    return SideText(
        name=name,
        when=when(entry),
        day=said,
        runs=tuple(runs(side)),
        kind=entry.statement.quotation.kind,
        outlet=article.publisher or "outlet not known",
        headline=article.title,
        printed=f"printed {spelled(article.published.isoformat())}" if said and article.published else None,
        where=article.url or f"{article.name}, statement {entry.statement.id}",
        more=len(side.also),
    )


def _whole(side: Side) -> tuple[Span, ...]:
    """Give the stretches to show: the words of a direct quotation, of another the sentences that it stands in."""
    words = _words(side)
    direct = side.entry.statement.quotation.kind == "direct"
    if direct and all(any(word.holds(e) for word in words) for e in side.evidence):
        return words
    wanted = (*words, *side.evidence)
    return tuple(s for s in _sentences(side.entry.article.text, wanted) if any(s.overlaps(w) for w in wanted)) or words


def _words(side: Side) -> tuple[Span, ...]:
    return tuple(sorted(side.quoted))


def _sentences(text: str, wanted: Sequence[Span]) -> Iterator[Span]:
    """Give the sentences of the paragraphs from the first to the last of the stretches."""
    paras = paragraphs(text)
    first, last = (index_of(paras, at) for at in (min(s.start for s in wanted), max(s.end for s in wanted) - 1))
    for para in paras[first : last + 1]:
        yield from sentences(text, para)


def _shortened(text: str, whole: Sequence[Span], evidence: Sequence[Span]) -> Sequence[Span]:
    """Give the stretches, of what is too long only the sentences with the clashing words."""
    if sum(span.end - span.start for span in whole) <= MOST_CHARACTERS:
        return whole
    every = [s for span in whole for s in sentences(text, span)]
    return [s for s in every if any(s.overlaps(e) for e in evidence)] or every[:1]


def _between(words: str, first: bool) -> str:
    """Give the sign for what is not shown before a stretch."""
    left_out = any(c.isalnum() for c in words)
    return f"{LEFT_OUT} " if first and left_out else f" {LEFT_OUT} " if left_out else "" if first else " "


def _marked(text: str, span: Span, evidence: Sequence[Span]) -> Iterator[Run]:
    at = span.start
    for mark in sorted(evidence):
        start, end = max(mark.start, at), min(mark.end, span.end)
        if start < end:
            yield Run(text[at:start])
            yield Run(text[start:end], "marked")
            at = end
    yield Run(text[at : span.end])
