"""Who speaks: from the words of a source to a person, a body, a group or an unnamed voice of the article."""

from collections.abc import Callable, Sequence
from hashlib import blake2b

from onrecord.resolve.case import UNRESOLVED, Answer, Case, place
from onrecord.resolve.coreference import Candidate, Scene
from onrecord.resolve.layout import paragraphs
from onrecord.resolve.names import joint, named, possessed
from onrecord.resolve.phrases import described, words
from onrecord.resolve.pronouns import pronoun
from onrecord.resolve.ranking import Nets, Ranker
from onrecord.resolve.turns import floating, silent, turn
from onrecord.senses import Senses
from onrecord.types import Article, Quotation, Span, Speaker


def resolve(
    article: Article, quotations: Sequence[Quotation], senses: Senses | None = None, nets: Nets | None = None
) -> tuple[Speaker | None, ...]:
    """Give the speaker of each quotation, None where the text gives none.

    Sources are read in the order of the text; each rule either answers or passes the source on to the next, then the
    trained ranking weighs the answer against all others whom the article names. Without networks the rules decide.
    """
    paras = paragraphs(article.text) or (Span(0, len(article.text)),)
    scene = Scene(article.text, paras, _contents(quotations, quoted=True), _contents(quotations, quoted=False))
    ranker = Ranker(nets, senses, scene) if nets and senses else None
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
    return tuple(_speaker(article, found[i], places[i]) if i in found else None for i in range(len(quotations)))


Rule = Callable[[Case], Answer | None]
RULES: tuple[Rule, ...] = (silent, turn, pronoun, joint, named, possessed, described, words)


def _contents(quotations: Sequence[Quotation], *, quoted: bool) -> list[Span]:
    kept = (s for q in quotations if (q.kind != "indirect") == quoted for s in q.content)
    return sorted(kept, key=lambda s: s.start)


def _speaker(article: Article, a: Answer, at: int) -> Speaker:
    """Give the speaker behind an answer; its id is the same for one name throughout one article."""
    key = f"{article.id}\0{a.referent.name.casefold()}".encode(errors="replace")
    role = a.role or (a.referent.entity.role_at(at) if a.referent.entity else None)
    name = a.referent.name
    return Speaker(blake2b(key, digest_size=8).hexdigest(), name, a.referent.type, role, round(a.confidence, 2))
