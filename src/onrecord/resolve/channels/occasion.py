"""Where a statement was made or printed first: the words beside its cue say so, or the occasion that still lasts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.resolve.channels.beside import Place, anchor, beside, called, known_by, leads
from onrecord.resolve.channels.names import mentions, words
from onrecord.resolve.layout import sentence_at
from onrecord.text import index_of
from onrecord.types import Quotation, Span, Via


def occasions(text: str, paras: Sequence[Span], quotations: Sequence[Quotation]) -> list[tuple[Via, ...]]:
    """Give each quotation's outlet, programme or platform: the one beside its cue, else the one that lasts."""
    found = [beside(text, paras, quotations, q) for q in quotations]
    lasting = _Lasting(text, paras, list(_scenes(text, paras, quotations)))
    chains: list[tuple[Via, ...]] = [()] * len(quotations)
    order = sorted(range(len(quotations)), key=lambda i: anchor(quotations[i]))
    for i in order:
        chains[i] = lasting.take(quotations[i], found[i])
    for i in _lead(text, paras, quotations, [(i, found[i], chains[i]) for i in order]):
        chains[i] = next(chains[k] for k in order if chains[k])
    return chains


_GAP = 3  # paragraphs without a statement of the speaker after which an occasion is over
_PRONOUN = re.compile(r"(?:[Ss]?[Hh]e|[Tt]hey|him|her|his|I|[Ww]e|[Tt]he [a-z][\w-]*(?: [a-z][\w-]*){0,2})")


_LEAD = 4  # paragraphs, the headline among them, whose first statements sum up what the next ones give in full


def _lead(
    text: str,
    paras: Sequence[Span],
    quotations: Sequence[Quotation],
    read: Sequence[tuple[int, Place, tuple[Via, ...]]],
) -> Iterator[int]:
    """Give the statements of the headline and the lead that sum up those of the article's first occasion."""
    first = next((k for k, (_, _, chain) in enumerate(read) if chain), 0)
    if not first or index_of(paras, anchor(quotations[read[first][0]])) > _LEAD or read[first][1].post:
        return
    known = known_by(text, quotations[read[first][0]])
    if not known:
        return
    for i, place, _ in read[:first]:
        q = quotations[i]
        if not place.elsewhere and known_by(text, q) & known and _spoken(text, q):
            yield i


def _scenes(
    text: str, paras: Sequence[Span], quotations: Sequence[Quotation]
) -> Iterator[tuple[int, Place, frozenset[str]]]:
    """Give sentences that set an occasion without a statement of their own: where they end, the ways, who is there."""
    taken = [s for q in quotations for s in (*q.content, *q.cue)]
    for para in paras:
        if not any(True for _ in words("scene").finditer(text, para.start, para.end)):
            continue
        for m in mentions(text, para.start, para.end):
            zone = sentence_at(text, paras, m.span.start)
            if any(s.overlaps(zone) for s in taken) or not words("scene").search(text, zone.start, zone.end):
                continue
            if m.kind != "platform" and leads(text, zone, m):
                yield zone.end, Place(m.links), called(text[zone.start : m.span.start])


@dataclass(slots=True)
class _Occasion:
    """Where somebody speaks, and the paragraph in which it was last heard."""

    links: tuple[Via, ...]
    post: bool
    para: int


@dataclass(slots=True)
class _Lasting:
    """The occasions at hand, by the names of who speaks there, while an article's statements are read in order."""

    text: str
    paras: Sequence[Span]
    scenes: list[tuple[int, Place, frozenset[str]]]  # in order of their ends
    by_name: dict[str, _Occasion] = field(default_factory=dict)
    last: _Occasion | None = None  # that of the last statement
    latest: _Occasion | None = None  # the last one named

    def take(self, q: Quotation, place: Place) -> tuple[Via, ...]:
        """Give a statement's ways, and keep or leave the occasion by it."""
        while self.scenes and self.scenes[0][0] <= anchor(q):
            end, scene, present = self.scenes.pop(0)
            self._keep(scene, present, index_of(self.paras, end - 1))
        here = index_of(self.paras, anchor(q))
        known = known_by(self.text, q)
        if place.links:
            self._keep(place, known, here)
            return place.links
        if not _spoken(self.text, q):
            return ()
        self.last = self._going_on(q, place, known, here)
        if self.last is None:
            return ()
        self.last.para = here
        self.by_name.update(dict.fromkeys(known, self.last))
        return self.last.links

    def _keep(self, place: Place, known: frozenset[str], here: int) -> None:
        self.last = self.latest = _Occasion(place.links, place.post, here)
        self.by_name.update(dict.fromkeys(known, self.last))

    def _going_on(self, q: Quotation, place: Place, known: frozenset[str], here: int) -> _Occasion | None:
        """Give the occasion that a statement without ways of its own goes on with."""
        zone = sentence_at(self.text, self.paras, anchor(q))
        cue = " ".join(s.of(self.text) for s in q.cue)
        if place.elsewhere or words("perfect").match(cue):
            for name in known:
                self.by_name.pop(name, None)
            return None
        own = next((self.by_name[n] for n in sorted(known) if n in self.by_name), None)
        if own is None and not known and self.last and self._pronoun(q):
            own = self.last
        if own is None and self.latest and words("same").search(self.text, zone.start, zone.end):
            own = self.latest
        if own is None and self.last and not self.last.post and words("turn").search(cue):
            own = self.last if here - self.last.para <= 1 else None
        if own is None or here - own.para > (1 if own.post or own is not self.latest else _GAP):
            return None
        return own if not own.post or not cue or words("more").search(cue) else None

    def _pronoun(self, q: Quotation) -> bool:
        return not q.source or bool(_PRONOUN.fullmatch(q.source[0].of(self.text)))


def _spoken(text: str, q: Quotation) -> bool:
    """Tell whether the words report speech: they stand in quotation marks, or the cue is a verb of speech."""
    cue = " ".join(s.of(text) for s in q.cue)
    return q.kind != "indirect" or not cue or bool(words("speech").search(cue))
