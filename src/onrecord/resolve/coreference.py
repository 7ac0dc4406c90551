"""What pronouns and descriptions point at: the nearest fitting name, group or source before them in the article."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from onrecord.resolve.entities import Cast, Entity
from onrecord.resolve.lexicon import FEMININE, MASCULINE, NEUTER, PLURAL, Gender, lexicon
from onrecord.text import index_of
from onrecord.types import Span, SpeakerType

# What speaks for a candidate, in paragraphs of distance. Set by hand on training articles.
WEIGHTS = {
    "paragraph": 1.0,  # each paragraph between
    "rank": 0.35,  # each other candidate between
    "source": -1.1,  # it is the source of a quotation
    "subject": -0.6,  # it opens a sentence
    "holder": -0.8,  # the pronoun stands inside its reported words
    "possessive": 0.5,  # "Moro's mayor"
    "no gender": 0.4,  # nothing tells its gender
    "reported": 0.5,  # it stands in somebody's indirect words
    "no name": 0.8,  # "a campaign aide"
}
_REACH = 5.0  # a candidate that costs more is none
_NUMBER = re.compile(r"\d[\d,.]*$")


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody that a source may point at."""

    name: str
    type: SpeakerType
    gender: Gender | None = None
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A referent at a place in the text."""

    span: Span
    referent: Referent
    source: bool = False


class Scene:
    """One article in the course of resolution: its names, its quoted stretches, the sources resolved so far."""

    def __init__(
        self,
        text: str,
        paras: Sequence[Span],
        quoted: Sequence[Span],
        reported: Sequence[Span],
        cast: Cast | None = None,
    ) -> None:
        self.text = text
        self.paras = paras
        self.quoted = quoted  # contents in quotation marks, in order of start
        self.reported = reported  # contents without, in order of start
        self.cast = cast or Cast(text)
        self.trail: list[Candidate] = []  # sources resolved so far

    def _within(self, stretches: Sequence[Span], span: Span, at: Span) -> bool:
        """Tell whether a span stands in one of the stretches in which the other does not."""
        last = bisect_right(stretches, span.start, key=lambda s: s.start)
        return any(s.holds(span) and not s.holds(at) for s in stretches[max(0, last - 4) : last])

    def holder(self, span: Span) -> Span | None:
        """Give the quoted stretch that holds a span."""
        at = bisect_right(self.quoted, span.start, key=lambda q: q.start)
        return next((q for q in reversed(self.quoted[max(0, at - 4) : at]) if q.holds(span)), None)

    def pronoun(self, word: str, at: Span) -> tuple[Referent, float] | None:
        """Give what he, she, they or it points at, with a confidence; None where nothing fits."""
        if word in PLURAL:
            found = [*self._sources(at, ("group", "organisation")), *self._groups(at)]
        elif word in NEUTER:
            found = [*self._sources(at, ("organisation", "document")), *self._bodies(at)]
        else:
            gender: Gender = "m" if word in MASCULINE else "f"
            found = [
                c for c in (*self._sources(at, ("person", "unnamed")), *self._people(at)) if _fits(c.referent, gender)
            ]
        return self._best(found, at, gendered=word in MASCULINE | FEMININE)

    def _best(self, found: list[Candidate], at: Span, *, gendered: bool) -> tuple[Referent, float] | None:
        """Rank candidates by distance and prominence; the margin over the next best one gives the confidence."""
        found.sort(key=lambda c: -c.span.start)
        costs: dict[str, tuple[float, Referent]] = {}
        for c in found:
            cost = self._cost(c, at, len(costs), gendered)
            if c.referent.name not in costs or cost < costs[c.referent.name][0]:
                costs[c.referent.name] = cost, c.referent
        ranked = sorted(costs.values(), key=lambda x: x[0])
        if not ranked or ranked[0][0] > _REACH:
            return None
        margin = ranked[1][0] - ranked[0][0] if len(ranked) > 1 else 2.0
        sure = 0.9 if margin >= 1 else 0.8 if margin >= 0.5 else 0.62
        return ranked[0][1], sure if gendered else sure - 0.25

    def _cost(self, c: Candidate, at: Span, rank: int, gendered: bool) -> float:
        here, there = index_of(self.paras, at.start), index_of(self.paras, c.span.start)
        cost = WEIGHTS["paragraph"] * (here - there) + WEIGHTS["rank"] * rank
        cost += WEIGHTS["source"] if c.source else 0
        cost += WEIGHTS["subject"] if _opens(self.text, c.span.start) else 0
        cost += WEIGHTS["possessive"] if self.text[c.span.end : c.span.end + 2] in ("'s", "’s") else 0
        cost += WEIGHTS["reported"] if self._within(self.reported, c.span, at) else 0
        cost += WEIGHTS["no name"] if c.referent.type == "unnamed" else 0
        return cost + (WEIGHTS["no gender"] if gendered and c.referent.gender is None else 0)

    def _sources(self, at: Span, types: tuple[str, ...]) -> Iterator[Candidate]:
        for c in reversed(self.trail[-12:]):
            if c.span.end <= at.start and c.referent.type in types and self._audible(c.span, at):
                yield c

    def _audible(self, span: Span, at: Span) -> bool:
        """Tell whether a name is spoken on the same level as the pronoun: not inside somebody else's quoted words."""
        held = self.holder(span)
        return held is None or held.holds(at)

    def _people(self, at: Span) -> Iterator[Candidate]:
        for m, e in self.cast.before(at.start):
            if (e.sort == "person" or (e.sort == "unknown" and self._spoke(e))) and self._audible(m.span, at):
                yield Candidate(m.span, referent(e))

    def _spoke(self, e: Entity) -> bool:
        return any(c.referent.entity is e for c in self.trail)

    def _bodies(self, at: Span) -> Iterator[Candidate]:
        for m, e in self.cast.before(at.start, 15):
            if e.sort in ("organisation", "place") and self._audible(m.span, at):
                yield Candidate(m.span, referent(e))

    def _groups(self, at: Span) -> Iterator[Candidate]:
        start = self.paras[max(0, index_of(self.paras, at.start) - 1)].start
        groups = list(plurals(self.text, Span(start, at.start)))
        joined = [c for c in joint(self, Span(start, at.start)) if not any(g.span.overlaps(c.span) for g in groups)]
        yield from (c for c in (*groups, *joined) if self._audible(c.span, at))

    def described(self, noun: str, modifiers: Sequence[str], before: int) -> tuple[Referent, float] | None:
        """Give the most recent person whose role and country fit "the French leader", with a confidence."""
        words = lexicon()
        wanted = _stands_for(noun)
        gender = words.nouns.get(noun)
        best: tuple[tuple[int, int], Entity] | None = None
        for e in self.cast.entities:
            if e.sort != "person" or (gender and e.gender and gender != e.gender):
                continue
            role = e.role_words()
            at = max((s.start for s in e.spans if s.start < before), default=-1)
            if not role & wanted or at < 0 or not _modified(role, modifiers):
                continue
            fits = sum(_has(role, m) for m in modifiers)
            score = (fits, at if fits == len(modifiers) else len(e.spans))
            best = max(best, (score, e), key=lambda x: x[0]) if best else (score, e)
        if best is None:
            return None
        exact = best[0][0] == len(modifiers)
        return referent(best[1]), 0.85 if exact and modifiers else 0.7 if exact else 0.6

    def main_person(self, before: int, modifiers: Sequence[str]) -> Referent | None:
        """Give the person whom the article has named most up to here, of the party where one is named."""
        party = {_PARTY_WORDS.get(m.lower(), m.lower()) for m in modifiers} & _PARTIES
        people = [e for e in self.cast.entities if e.sort == "person" and (e.full or " " in e.name)]
        people = [e for e in people if not (party and _parties(e) & (_PARTIES - party) and not _parties(e) & party)]
        members = [e for e in people if party & _parties(e)] or people
        counts = [(sum(s.start < before for s in e.spans), e) for e in members]
        most = max(counts, key=lambda c: c[0], default=None)
        return referent(most[1]) if most and most[0] > 1 else None

    def nearest(self, noun: str, at: Span) -> tuple[Referent, float] | None:
        """Give whom a description that fits nobody's role most likely takes up: who spoke or was named last."""
        gender = lexicon().nouns.get(noun)
        found = [c for c in (*self._sources(at, ("person", "unnamed")), *self._people(at)) if _fits(c.referent, gender)]
        same = [c for c in found if c.referent.type == "unnamed" and c.referent.name.endswith(noun)]
        named = [c for c in found if c.referent.type == "person"]
        got = self._best(same or named, at, gendered=gender is not None)
        return (got[0], min(0.5, got[1])) if got else None

    def document(self, noun: str, before: int) -> str | None:
        """Give the fuller name that the text gave a document before: "the poll" -> "Tarn University poll"."""
        others = [n for n in _SURVEYS if n != noun] if noun in _SURVEYS else []
        return self._document(noun, before) or next((d for n in others if (d := self._document(n, before))), None)

    def _document(self, noun: str, before: int) -> str | None:
        found = None
        for m in _titled(noun).finditer(self.text, 0, before):
            words = _SENTENCE_END.split(m.group())[-1].split()
            while words and (words[0].lower() in lexicon()["openers"] or words[0].lower() in lexicon()["months"]):
                words = words[1:]
            named = len(words) > 1 and (words[0][:1].isupper() or words[0].endswith("al"))
            found = " ".join(words) if named and not words[0].endswith(("'s", "’s")) else found
        return found

    def body(self, noun: str, before: int) -> tuple[Referent, float] | None:
        """Give the body last named with this head word: "the committee" -> "Tarn Planning Committee"."""
        for _, e in self.cast.before(before, 80):
            if e.sort in ("organisation", "unknown") and " " in e.name and e.name.casefold().split()[-1] == noun:
                return referent(e), 0.7
        named = (
            (c.referent, 0.65) for c in reversed(self.trail) if c.span.start < before and _ends_in(c.referent, noun)
        )
        return next(named, None) or self._of_sort(noun, before)

    def _of_sort(self, noun: str, before: int) -> tuple[Referent, float] | None:
        """Give the outlet, or the body, named last shortly before: "the newspaper" -> "Tarn Post"."""
        if noun not in _OUTLETS | _FREE_BODIES:
            return None
        words = lexicon()
        for m, e in self.cast.before(before, 12):
            low = e.name.casefold()
            parts = set(low.split())
            outlet = low in words["outlets"] or bool(parts & words["outlet words"])
            free = not outlet and not parts & _OFFICIAL and e.name.lower() not in words["organisations"]
            if e.sort == "organisation" and self._audible(m.span, Span(before, before)):
                if outlet and noun in _OUTLETS:
                    return referent(e), 0.5
                if free and noun in _FREE_BODIES:
                    return referent(e), 0.45
        return None


_OUTLETS = frozenset(("newspaper", "paper", "network", "outlet", "magazine", "tabloid", "broadcaster"))
_FREE_BODIES = frozenset(("company", "firm", "organization", "organisation", "group", "foundation", "pac"))
_OFFICIAL = frozenset(
    ("party", "house", "senate", "congress", "department", "court", "committee", "government", "administration", "gop")
)
_SURVEYS = ("poll", "survey", "polling")
_UNNAMED = r"(?:in|a|an|the|of|called|that|this|by|on|new|latest|recent|to|from|with|and|said|for|released|separate)\s"
_SENTENCE_END = re.compile(r"(?<=\w{4}\.)\s")


@cache
def _titled(noun: str) -> re.Pattern[str]:
    return re.compile(rf"((?:[A-Z][\w./&’'-]*\s){{1,5}}(?:(?!{_UNNAMED})[a-z-]+\s){{0,2}}){noun}\b")


_PARTIES = frozenset(("democratic", "republican", "labour", "conservative"))
_PARTY_WORDS = {"gop": "republican", "democrat": "democratic", "tory": "conservative"}


def _parties(e: Entity) -> set[str]:
    return {_PARTY_WORDS.get(w, w) for w in e.role_words()} & _PARTIES


def referent(e: Entity) -> Referent:
    """Give the entity as somebody who may speak; a country speaks as a body."""
    sorts: dict[str, SpeakerType] = {"place": "organisation", "unknown": "person"}
    kind: SpeakerType = sorts.get(e.sort, e.sort)  # type: ignore[arg-type] # the other sorts are speaker types
    return Referent(e.name, kind, e.gender, e)


def joint(scene: Scene, window: Span) -> Iterator[Candidate]:
    """Give names joined by "and": "Tarn and Westmark" -> one candidate of two names."""
    pairs = scene.cast.within(window)
    for (a, first), (b, second) in pairwise(pairs):
        between = scene.text[a.span.end : b.span.start].split()
        if (
            between in (["and"], ["and", "the"])
            and first is not second
            and first.sort in ("person", "place", "organisation")
        ):
            yield Candidate(Span(a.span.start, b.span.end), Referent(f"{first.name}; {second.name}", "group"))


def plurals(text: str, window: Span) -> Iterator[Candidate]:
    """Give noun phrases that name groups: "leaders of nearly 30 countries"."""
    groups, end = lexicon()["group nouns"] - lexicon()["no group alone"], window.start
    for m in _PHRASE_WORD.finditer(text, window.start, window.end):
        if m.start() < end or m.group().lower() not in groups:
            continue
        tail = _tail().match(text, m.end(), window.end)
        start = phrase_start(text, m.start(), window.start)
        end = tail.end() if tail else m.end()
        yield Candidate(Span(start, end), Referent(bare(text[start:end]), "group"))


_PHRASE_WORD = re.compile(r"[A-Za-z][\w-]+")
_MODIFIER = re.compile(r"([A-Za-z][\w'’-]*)\s$")
_ARTICLES = re.compile(r"^(?:the|an?|this|that|these|those)\s+", re.IGNORECASE)


def bare(words: str) -> str:
    """Give a phrase without its article, in lower case but for the capitals inside it."""
    whole = " ".join(words.split()).strip(" ,;:-–—“”\"'")
    shown = _ARTICLES.sub("", whole)
    first = shown.split(" ")[0]
    common = any(first.lower() in lexicon()[section] for section in _COMMON)
    common = common and first.lower() not in lexicon()["proper groups"] and not lexicon().country(first)
    if first.lower() in lexicon()["role modifiers"] and shown[len(first) + 1 :][:1].isupper():
        common = False  # "New Tarn officials", "Supreme Court"
    return shown[:1].lower() + shown[1:] if shown == whole and common and first[1:].islower() else shown


_COMMON = ("openers", "group nouns", "role", "role modifiers", "documents", "unnamed nouns", "organisation nouns")


@cache
def _tail() -> re.Pattern[str]:
    ends = "|".join(sorted(lexicon()["tail ends"]))
    return re.compile(rf"\sof\s(?:(?!\b(?:{ends})\b)[^,.;:()\"“”\n–—]){{2,90}}(?<!\s)")


def phrase_start(text: str, start: int, floor: int) -> int:
    """Walk back over the modifiers of a noun, its article included."""
    words = lexicon()
    for _ in range(4):
        m = _MODIFIER.search(text, max(floor, start - 25), start)
        if m is None:
            break
        low = m.group(1).lower()
        if (
            low in words["role modifiers"]
            or words.country(low)
            or (m.group(1)[0].isupper() and low not in words["openers"])
            or _QUANTITY.fullmatch(low)
        ):
            start = m.start(1)
        else:
            return m.start(1) if low in ("the", "these", "those") else start
    return start


_QUANTITY = re.compile(
    r"some|many|several|most|other|two|three|four|five|six|few|all|both|top|key|senior|young|old|local|\d+"
)


def _fits(r: Referent, gender: Gender | None) -> bool:
    return gender is None or r.gender in (None, gender)


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip()
    return not before or before[-1] in '.!?"”:' or text[max(0, start - 1) : start] == "\n"


def _stands_for(noun: str) -> set[str]:
    """Give the role words that a noun may stand for: "leader" -> president, minister, ..."""
    words = lexicon()
    wanted = {noun, noun.removeprefix("ex-")}
    if noun in ("leader", "chief", "head", "boss", "premier"):
        wanted |= words["leaders"]
    for section in ("candidates", "lawmakers", "tycoons"):
        if noun in words[section]:
            wanted |= words[section]
    short = {
        "senator": "sen",
        "governor": "gov",
        "representative": "rep",
        "congressman": "rep",
        "congresswoman": "rep",
        "spokesperson": "spokesman",
    }
    return wanted | ({short[noun]} if noun in short else set())


def _modified(role: set[str], modifiers: Sequence[str]) -> bool:
    """Tell whether no modifier contradicts the role: another country does."""
    words = lexicon()
    theirs = {c for w in role if (c := words.country(w))}
    for m in modifiers:
        country = words.country(m)
        if country and theirs and country not in theirs:
            return False
        if not country and m.isupper() and m.lower() not in role:
            return False
    return True


def _has(role: set[str], modifier: str) -> bool:
    words = lexicon()
    country = words.country(modifier)
    return modifier.lower() in role or (country is not None and any(words.country(w) == country for w in role))


def _ends_in(r: Referent, noun: str) -> bool:
    return r.type in ("organisation", "document") and " " in r.name and r.name.casefold().split()[-1] == noun
