"""Who speaks: from the words of a source to a person, a body, a group or an unnamed voice of the article."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Protocol

from onrecord.people import People, Person, folding
from onrecord.resolve.case import UNRESOLVED, Answer, Case, place
from onrecord.resolve.coreference import Candidate, Scene
from onrecord.resolve.entities import Cast
from onrecord.resolve.layout import paragraphs
from onrecord.resolve.names import joint, named, possessed
from onrecord.resolve.phrases import described, words
from onrecord.resolve.pronouns import pronoun
from onrecord.resolve.turns import floating, silent, turn
from onrecord.types import Article, Quotation, Span, Speaker, SpeakerType


class Weighing(Protocol):
    """Sets a rule's answer against all others whom the article names."""

    def answer(self, case: Case, answer: Answer | None, rule: str) -> Answer | None:
        """Give the likeliest answer; None where nobody seems to be meant."""
        ...


Weigh = Callable[[Scene], Weighing]


def resolve(
    article: Article, quotations: Sequence[Quotation], people: People | None = None, weigh: Weigh | None = None
) -> tuple[Speaker | None, ...]:
    """Give the speaker of each quotation, None where the text gives none.

    Sources are read in the order of the text; each rule either answers or passes the source on to the next, then
    `weigh` may set the answer against all others whom the article names. Without it the rules decide.
    """
    paras = paragraphs(article.text) or (Span(0, len(article.text)),)
    cast = Cast(article.text, people, article.published)
    scene = Scene(article.text, paras, _contents(quotations, quoted=True), _contents(quotations, quoted=False), cast)
    ranker = weigh(scene) if weigh else None
    found: dict[int, Answer] = {}
    order = sorted(range(len(quotations)), key=lambda i: place(article.text, quotations[i]).start)
    for i in order:
        case = Case(article, scene, quotations, i, found)
        rule, answer = next(((r, a) for r in RULES if (a := r(case))), (None, None))
        if ranker:
            answer = ranker.answer(case, answer, rule.__name__ if rule else "")
        if answer is None or not answer.referent.name:
            continue
        found[i] = answer
        if answer.confidence > UNRESOLVED and len(answer.referent.name) > 2:
            scene.trail.append(Candidate(case.span, answer.referent, source=bool(quotations[i].source)))
    for i in reversed(order):  # a floating quotation whose speaker is named only afterwards
        if i not in found and (answer := floating(Case(article, scene, quotations, i, found))):
            found[i] = answer
    places = [place(article.text, q).start for q in quotations]
    return tuple(_speaker(article, found[i], places[i], people) if i in found else None for i in range(len(quotations)))


Rule = Callable[[Case], Answer | None]
RULES: tuple[Rule, ...] = (silent, turn, pronoun, joint, named, possessed, described, words)


def _contents(quotations: Sequence[Quotation], *, quoted: bool) -> list[Span]:
    kept = (s for q in quotations if (q.kind != "indirect") == quoted for s in q.content)
    return sorted(kept, key=lambda s: s.start)


def _speaker(article: Article, a: Answer, at: int, people: People | None) -> Speaker:
    """Give the speaker behind an answer.

    Its id is that of the people table, else one for a full name of a person or a body's name in all articles, else one
    for the words throughout this article ("Smith", "officials" may be others elsewhere).
    """
    name, entity, kind = a.referent.name, a.referent.entity, a.referent.type
    known = _known(article, a, people)
    role = a.role or (entity.role_at(at) if entity else None)
    return Speaker(known.id if known else _own_id(article, name, kind), name, kind, role, round(a.confidence, 2))


def _own_id(article: Article, name: str, kind: SpeakerType) -> str:
    words = folding.parts(name)[len(folding.split_title(name)[0]) :]  # without titles, case and accents
    full = name[:1].isupper() and (kind == "organisation" or (kind == "person" and len(words) > 1))
    key = f"{kind}\0{' '.join(words)}" if full and words else f"{article.id}\0{name.casefold()}"
    return blake2b(key.encode(errors="replace"), digest_size=8).hexdigest()


def _known(article: Article, a: Answer, people: People | None) -> Person | None:
    """Give whom the people table knows by this name: the holder of an office whom the article doesn't name, too."""
    entity = a.referent.entity
    if entity and (entity.person or entity.sort != "unknown"):
        return entity.person
    if people is None or a.referent.type != "person" or " " not in a.referent.name:
        return None
    found = people.identify(a.referent.name, article.published, a.role)
    if found is None or found.type != "person" or (a.referent.gender and found.gender not in (None, a.referent.gender)):
        return None
    return found
