"""Who of all that an article names is meant: the rules propose, a small trained network decides and says how surely.

For each source a handful of candidates is gathered: what the rules answer, the source's own words, the names around,
who spoke before. `features` describes each to the network, which was trained on articles that people annotated
(training/README.md); the share of its softmax is the confidence.
"""

import math
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Any, get_args

import numpy as np

from onrecord.people import People
from onrecord.resolve.case import KINDS, PRONOUN_KINDS, Answer, Case, author, head_of
from onrecord.resolve.coreference import Referent, Scene, referent
from onrecord.resolve.entities import Entity, gender_of
from onrecord.resolve.lexicon import Gender, lexicon
from onrecord.resolve.mentions import Sort
from onrecord.resolve.names import WAYS, spellings
from onrecord.resolve.phrases import VARIANTS, campaign, plain, variants
from onrecord.resolve.pronouns import first_person
from onrecord.senses import Floats, Ints, Network, Senses, distance_bucket, shares
from onrecord.text import index_of
from onrecord.types import Span, SpeakerType


@dataclass(slots=True)
class Choice:
    """Somebody who may be meant, and why he is considered."""

    referent: Referent
    role: str | None = None
    rule: str = ""  # the rule that answers with him
    sure: float = 0.0  # how sure that rule is
    literal: frozenset[str] = frozenset()  # how its name was cut from the source's own words, if it was
    inside: bool = False  # named in the source
    spoke: int | None = None  # how many other speakers have spoken since
    spoke_at: int | None = None  # where
    holder: bool = False  # the people table says that he holds the office that the source names


NEAREST, COMMONEST, EARLIER, BODIES = 6, 2, 4, 3  # candidates of each sort


def choices(case: Case, answer: Answer | None, rule: str, people: People | None = None) -> list[Choice]:
    """Give who may be meant, each once: the rule's answer first."""
    found: dict[str, Choice] = {}

    def add(who: Referent, **more: Any) -> None:  # noqa: ANN401 # fields of Choice
        key = who.name.casefold()
        known = found.setdefault(key, Choice(who))
        if known.referent.entity is None and who.entity is not None and known.referent.type == who.type:
            known.referent = who
        for k, v in more.items():
            setattr(known, k, v)

    if answer is not None:
        add(answer.referent, rule=rule, sure=answer.confidence, role=answer.role)
    if case.words and case.kind not in PRONOUN_KINDS:
        for _, e in case.names:
            add(referent(e), inside=True)
        sort = plain(case.words, 0.0).referent.type
        for cut, name in (*variants(case.words), *_with_lead(case)):
            key = campaign(name).casefold()
            add(
                Referent(campaign(name), sort if key == name.casefold() else "organisation"),
                literal=(found[key].literal if key in found else frozenset()) | {cut},
            )
        for way, who in spellings(case):
            key = who.name.casefold()
            add(who, literal=(found[key].literal if key in found else frozenset()) | {way})
        for who in _taken_up(case):
            add(who)
    if case.kind in ("first", "we"):
        add(first_person(case).referent)
    for e in _around(case.scene, case.span.start):
        add(referent(e))
    if people is not None and case.kind in ("the", "name", "other") and case.article.published:
        for who in _holders(case, people):
            add(who, holder=True)
    if case.kind in ("they", "we", "which"):
        for c in case.scene._groups(case.span):
            add(c.referent)
    seen: list[str] = []
    for c in reversed(case.scene.trail):
        if c.referent.name not in seen:
            add(c.referent, spoke=len(seen), spoke_at=c.span.start)
            seen.append(c.referent.name)
        if len(seen) == EARLIER:
            break
    if not case.quotation.source:
        add(Referent("", "unnamed"))
        add(author(case.article))
    return [c for c in found.values() if not (case.kind == "the" and _body_for_person(case, c))]


def _body_for_person(case: Case, choice: "Choice") -> bool:
    """Tell whether a person is a choice for a body: "the ministry" is nobody who happens to stand near."""
    words, noun = lexicon(), head_of(case.low).split(" ")[-1]
    body = noun in words["organisation heads"] and noun not in words["role"] | words["group nouns"]
    return body and choice.referent.type == "person" and not choice.inside and not choice.rule


def _with_lead(case: Case) -> list[tuple[str, str]]:
    """Give the source with the word before it that is mostly left out: "only two sailors"."""
    whole = " ".join(case.span.of(case.article.text).split()).strip(" ,;:-–—(")
    return [("whole", whole[0].lower() + whole[1:])] if whole.lower().startswith(("only ", "even ", "among ")) else []


def _taken_up(case: Case) -> list[Referent]:
    """Give the bodies, or the document, that a description without a name may take up: "the group", "a poll"."""
    words, noun = lexicon(), head_of(case.low).split(" ")[-1]
    if any(m.name.lower() not in words["role modifiers"] for m, _ in case.names):
        return []
    if noun in words["organisation nouns"] or noun in words["outlet nouns"]:
        near = dict.fromkeys(e for _, e in case.scene.cast.before(case.span.start, 80) if e.sort == "organisation")
        return [referent(e) for e in list(near)[:BODIES]]
    single = noun.removesuffix("s")
    if single in words["documents"] and (name := case.scene.document(single, case.span.start)):
        return [Referent(name, "document")]
    return []


def _holders(case: Case, people: People) -> list[Referent]:
    """Give those who hold the office that the source names, under the names that the article gives them."""
    head = head_of(case.low).split()
    if case.article.published is None or not head or head[-1] not in lexicon()["role"]:
        return []
    known = case.scene.cast.by_person
    held = people.holders(case.words, case.article.published)[:2]
    return [referent(known[p.id]) if p.id in known else Referent(p.name, "person", gender_of(p)) for p in held]


def _around(scene: Scene, at: int) -> list[Entity]:
    """Give the names nearest before a place, or after it where it stands early, and the commonest of the article."""
    near: list[Entity] = []
    for _, e in scene.cast.before(at, 30):
        if e not in near:
            near.append(e)
        if len(near) == NEAREST:
            break
    if len(near) < NEAREST:
        first = bisect_left(scene.cast.starts, at)
        for e in scene.cast.links[first : first + 8]:
            if e not in near and len(near) < NEAREST:
                near.append(e)
    return near + [e for e in scene.cast.by_weight[:COMMONEST] if e not in near]


RULE_NAMES = ("silent", "turn", "pronoun", "joint", "named", "possessed", "described", "words")
TYPES: tuple[SpeakerType, ...] = get_args(SpeakerType)
SORTS: tuple[Sort, ...] = get_args(Sort)
_ONE_RULE, _ONE_TYPE, _ONE_SORT = (
    {name: tuple(float(name == other) for other in names) for name in ("", *names)}
    for names in (RULE_NAMES, TYPES, SORTS)
)
_CUTS = (*VARIANTS, *WAYS)
_NO_CUT = (0.0,) * len(_CUTS)
_SUBJECT = re.compile(r'[.!?:”"’\n]\s*$')

PLAIN = 0.985  # how often a source that is nothing but somebody's name means him (PolNeAR train)


def _plain(case: Case, answer: Answer) -> bool:
    """Tell whether a source is only the name of a person whose family name no other of the article bears."""
    e, names = answer.referent.entity, case.names
    if e is None or e.sort != "person" or " " not in e.name or len(names) != 1:
        return False
    span = names[0][0].span
    covers = span.end >= case.span.end - 1 and span.start <= case.span.start + 1
    return covers and case.scene.cast.bearers[e.name.split()[-1]] == 1


class Ranker:
    """Chooses among candidates; holds what is computed once for an article."""

    def __init__(self, nets: "Nets", people: People | None, senses: Senses, types: Floats, scene: Scene) -> None:
        self._nets, self._people, self._senses, self._scene, self._types = nets, people, senses, scene, types
        cast = scene.cast
        spans = [m.span for m in cast.mentions]
        means = np.stack([senses.mean([s]) for s in spans]) if spans else np.zeros((0, 1), np.float32)
        names = nets.names(means) if spans else np.zeros((0, 5), np.float32)
        self._pointers = nets.pointer(vectors=means)[0] if spans else means
        self._index = {id(e): k for k, e in enumerate(cast.entities)}
        owner = np.array([self._index[id(e)] for e in cast.links], dtype=np.int64)
        self._names = np.zeros((len(cast.entities), 5), np.float32)
        np.add.at(self._names, owner, names)
        self._names /= np.maximum(np.bincount(owner, minlength=len(cast.entities)), 1)[:, None]
        self._starts = [s.start for s in spans]
        self._words = np.searchsorted(senses.starts, self._starts)
        self._shape = [_shape(scene.text, s) for s in spans]
        self._para: dict[int, int] = {}
        self._of: dict[int, list[int]] = {}
        for k, o in enumerate(owner):
            self._of.setdefault(int(o), []).append(k)

    def answer(self, case: Case, answer: Answer | None, rule: str) -> Answer | None:
        """Give the likeliest candidate as an answer; None where nobody seems to be meant."""
        if answer is not None and rule == "named" and _plain(case, answer):
            return replace(answer, confidence=PLAIN)
        found = choices(case, answer, rule, self._people)
        if not found:
            return None
        best, share = self.choose(case, found)
        return Answer(found[best].referent, share, found[best].role)

    def choose(self, case: Case, found: list[Choice]) -> tuple[int, float]:
        """Give the index of the likeliest candidate and its share."""
        of_all = shares(self._nets.speaker(features=self.features(case, found))[0])
        best = int(of_all.argmax())
        return best, float(of_all[best])

    def features(self, case: Case, found: list[Choice]) -> Floats:
        """Give (candidates, FEATURES): what speaks for each."""
        links = self._links(case, found)
        own = _case_features(case)
        words = _Words.of(case)
        rows = [[*own, *self._features(case, c, k, words), *links[k]] for k, c in enumerate(found)]
        return np.array(rows, dtype=np.float32)

    def _links(self, case: Case, found: list[Choice]) -> list[tuple[float, float, float]]:
        """Give for each candidate how strongly the encoder's vectors tie the source to its last mentions."""
        query = self._senses.mean(case.quotation.source[:1] or case.quotation.cue[:1] or case.quotation.content[:1])
        at = case.span.start if case.quotation.source else (case.quotation.cue or case.quotation.content)[0].start
        which: list[int] = []
        owner: list[int] = []
        for k, c in enumerate(found):
            mentions = self._mentions(c)
            cut = bisect_left(mentions, at, key=self._starts.__getitem__)
            own = mentions[max(0, cut - 3) : cut] or mentions[cut : cut + 1]
            which += [m for m in own if not _overlaps(self._scene.cast.mentions[m].span, case)]
            owner += [k] * (len(which) - len(owner))
        best = np.full(len(found), -8.0)
        last = np.full(len(found), -8.0)
        if which:
            here = int(np.searchsorted(self._senses.starts, at))
            pointer = self._nets.pointer(vectors=query[None])[0]
            away = self._words[which] - here
            scores = self._nets.links(pointer, self._pointers[which], away)
            for k, s in zip(owner, scores, strict=True):
                best[k] = max(best[k], s)
                last[k] = s
        share = np.exp(best - best.max())
        share /= share.sum()
        return [(float(b) / 4, float(x) / 4, float(s)) for b, x, s in zip(best, last, share, strict=True)]

    def _paragraph(self, offset: int) -> int:
        if offset not in self._para:
            self._para[offset] = index_of(self._scene.paras, offset)
        return self._para[offset]

    def _mentions(self, c: Choice) -> list[int]:
        e = c.referent.entity
        return self._of.get(self._index.get(id(e), -1), []) if e is not None else []

    def _features(self, case: Case, c: Choice, rank: int, words: "_Words") -> list[float]:
        who = c.referent
        return [
            float(bool(c.rule)),
            c.sure,
            *_ONE_RULE[c.rule],
            *([float(v in c.literal) for v in _CUTS] if c.literal else _NO_CUT),
            float(bool(c.literal)),
            float(c.inside),
            float(not who.name),
            float(c.holder),
            float(who.entity is not None and who.entity.person is not None),
            *_ONE_TYPE[who.type],
            float(self._types[case.i][TYPES.index(who.type)]),
            *_gender(case, who),
            *self._spoken(case, c),
            *self._placed(case, c, rank),
            *_words_shared(words, who),
        ]

    def _spoken(self, case: Case, c: Choice) -> list[float]:
        if c.spoke is None or c.spoke_at is None:
            return [0.0, 0.0, 0.0, *_beside(case, c)]
        gap = self._paragraph(case.span.start) - self._paragraph(c.spoke_at)
        return [1 / (1 + c.spoke), float(c.spoke == 0), 1 / (1 + abs(gap)), *_beside(case, c)]

    def _placed(self, case: Case, c: Choice, rank: int) -> list[float]:
        """Say where the candidate is named: how near, how often, how prominently."""
        e, scene = c.referent.entity, self._scene
        mentions = self._mentions(c)
        if e is None or not mentions:
            return [0.0] * PLACED
        at, text = case.span.start, scene.text
        cut = bisect_left(mentions, at, key=self._starts.__getitem__)
        nearest = mentions[cut - 1 if cut else 0]
        near = scene.cast.mentions[nearest].span
        gap = abs(self._paragraph(at) - self._paragraph(near.start))
        since = abs(bisect_left(scene.cast.starts, at) - nearest)
        return [
            1.0,
            float(cut > 0),
            1 / (1 + gap),
            math.log1p(abs(at - near.start)) / 8,
            1 / since if since else 1.0,
            float(cut > 0 and _STOP.search(text, near.end, at) is None),
            *self._shape[nearest],
            float(scene._within(scene.reported, near, case.span)),
            float(scene._audible(near, case.span)),
            math.log1p(cut) / 3,
            math.log1p(len(mentions)) / 3,
            len(mentions) / (1 + len(scene.cast.mentions)),
            float(self._paragraph(self._starts[mentions[0]]) < 2),
            float(" " in e.name),
            float(e.full),
            *_ONE_SORT[e.sort],
            *self._names[self._index[id(e)]],
            1 / (1 + rank),
        ]


_STOP = re.compile(r"[.!?\n]")


def _shape(text: str, span: Span) -> tuple[float, float]:
    """Say whether a name opens a sentence, and whether it stands in the possessive."""
    opens = _SUBJECT.search(text[max(0, span.start - 3) : span.start] or "\n") is not None
    return float(opens), float(text[span.end : span.end + 2] in ("'s", "’s"))


PLACED = 16 + len(SORTS) + 5 + 1


@dataclass(frozen=True, slots=True)
class Nets:
    """The trained networks behind the resolution."""

    name: Network  # vectors (n, size) -> logits (n, 5): no name, a person's, a body's, a place's, another
    pointer: Network  # vectors (n, size) -> pointers (n, p)
    link: Network  # query (1, p), candidate (n, p), distance (n,) -> scores (n,)
    speaker: Network  # features (n, f) -> scores (n,)
    day: Network  # features (n, f) -> scores (n,)
    day_again: Network  # features (n, f) -> scores (n,)
    day_share: float = 0.55  # least share of a day among all days and none, for it to be given

    def names(self, vectors: Floats) -> Floats:
        """Give the probabilities that words are no name, a person's, a body's, a place's or another, (n, 5)."""
        return shares(self.name(vectors=vectors)[0])

    def links(self, query: Floats, candidates: Floats, away: Ints) -> Floats:
        """Give how strongly one source is tied to some names, `away` words further on, (n,); all by pointers."""
        return np.asarray(self.link(query=query, candidate=candidates, distance=distance_bucket(away))[0])


def _overlaps(span: Span, case: Case) -> bool:
    return any(span.overlaps(s) for s in case.quotation.source)


def _case_features(case: Case) -> list[float]:
    q = case.quotation
    return [
        *(float(case.kind == k) for k in KINDS),
        *(float(q.kind == k) for k in ("direct", "indirect", "mixed")),
        float(bool(q.cue)),
        math.log1p(case.words.count(" ")) if case.words else 0.0,
        float(bool(q.source) and q.content[0].start < q.source[0].start),
        float(case.scene.holder(case.span) is not None),
    ]


def _gender(case: Case, who: Referent) -> list[float]:
    """Say whether the candidate's gender agrees with the source's, contradicts it, or is not known."""
    wanted: Gender | None = "m" if case.kind == "he" else "f" if case.kind == "she" else None
    if wanted is None and case.kind in ("the", "one", "other"):
        wanted = lexicon().nouns.get(head_of(case.low).split(" ")[-1])
    if wanted is None:
        return [0.0, 0.0, 0.0]
    return [float(who.gender == wanted), float(who.gender not in (None, wanted)), float(who.gender is None)]


def _beside(case: Case, c: Choice) -> list[float]:
    """Say whether the candidate speaks the quotation before, the one after, and the one around this one."""
    out = []
    for j in (case.i - 1, case.i + 1, case.quotation.parent):
        got = case.found.get(j) if j is not None else None
        out.append(float(got is not None and got.referent.name == c.referent.name))
    return out


def _words_shared(own: "_Words", who: Referent) -> list[float]:
    """Say which words of the source are in the candidate's name and in its roles."""
    if not own.all:
        return [0.0] * 5
    name = [w.strip(".") for w in who.name.lower().split()]
    roles = who.entity.role_words() if who.entity else set()
    return [
        sum(w in name for w in own.telling) / max(1, len(own.telling)),
        float(bool(name) and name[-1] in own.all),
        sum(w in roles for w in own.telling) / max(1, len(own.telling)),
        float(own.head in roles),
        float(bool(name) and name == own.all),
    ]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a source that is no pronoun, lower case."""

    all: list[str]
    telling: list[str]
    head: str

    @classmethod
    def of(cls, case: Case) -> "_Words":
        if case.kind in PRONOUN_KINDS or not case.words:
            return cls([], [], "")
        mine = [w.strip(".,'’\"”“").removesuffix("'s").removesuffix("’s") for w in case.low.split()]
        return cls(mine, [w for w in mine if w not in _SMALL], head_of(case.low).split(" ")[-1])


_SMALL = frozenset(("the", "a", "an", "of", "in", "for", "and", "at", "on", "his", "her", "their", "its"))
