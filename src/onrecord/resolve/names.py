"""Sources with a name in them: alone, joined to others, described, or as the owner of what speaks."""

import re

from onrecord.resolve.case import Answer, Case, head_of
from onrecord.resolve.coreference import Referent, bare, referent
from onrecord.resolve.entities import Entity
from onrecord.resolve.lexicon import FIRST, PRONOUNS, RELATIVE, SECOND, lexicon
from onrecord.resolve.mentions import Mention
from onrecord.resolve.phrases import definite, kind, many
from onrecord.resolve.pronouns import first_person
from onrecord.types import Span

_CUT = re.compile(r"[,;(—–:]|\s-\s|\b(?:who|whose|which|that|whom)\b")
_AFTER_NAME = re.compile(r"\s*(?:$|[,;(—–:]|-|(?:of|from|in|at|for|on|with|who|whose|and|himself|herself|as|the)\b)")
_LEADING = re.compile(r"^(?:(?:the|a|an|his|her|their|our|its|my|fellow|even|one|another)\s+)?", re.IGNORECASE)


def joint(case: Case) -> Answer | None:
    """Resolve several names: "Moro, Lind and Sato" -> "Ada Moro; Bo Lind; Cy Sato"."""
    parts = [p.strip() for p in re.split(r",\s+and\s+|,\s+|\s+and\s+", case.words) if p.strip()]
    if len(parts) < 2:
        return None
    whole = {" ".join(m.span.of(case.article.text).split()): e for m, e in case.names}
    got: list[Referent | None] = [_part(case, p, whole) for p in parts]
    lone = len(parts) == 2 and not parts[1][:1].isupper()  # "Moro and her aides"
    if " and " not in case.low or not got[0] or not (all(got) or lone):
        return None
    shown = [r.name if r else p for r, p in zip(got, parts, strict=True)]
    return Answer(Referent("; ".join(shown), "group"), 0.85 if all(got) else 0.7)


def _part(case: Case, words_: str, whole: dict[str, Entity]) -> Referent | None:
    """Resolve one of several joined sources: a name or a pronoun."""
    low = words_.lower()
    if low in PRONOUNS - FIRST - SECOND - RELATIVE:
        got = case.scene.pronoun(low, Span(case.span.start, case.span.start + 1))
        return got[0] if got else None
    short = re.split(r"\s(?:of|\()", words_)[0]
    entity = whole.get(_LEADING.sub("", words_)) or whole.get(words_) or whole.get(short)
    return referent(entity) if entity else None


def named(case: Case) -> Answer | None:
    """Find the name that a source is about: "former aide Ada Moro", "Ada Moro of Tarn", "his rival, Moro"."""
    text, start = case.article.text, case.span.start
    base = " ".join(case.span.of(text).split())
    names = [(m, e) for m, e in case.names if m.span.start >= start - 1 or (m.role and m.span.end <= case.span.end + 1)]
    cut = _first_cut(case)
    for m, e in names:
        before = text[start : m.span.start].strip()
        inside = m.span.start < cut
        if m.span.end > case.span.end + 2 or not _speaks(text[m.span.end : case.span.end]):
            continue
        if e.sort == "unknown" and many(case.words):
            continue
        last = before.split()[-1].lower() if before else ""
        heads = not last or (inside and last not in lexicon()["person prepositions"])
        if e.sort in ("person", "unknown") and (heads or _introduces(before)):
            return _person(case, m, e, before, base)
        if e.sort in ("organisation", "place") and inside and before.lower() in ("", "the"):
            return Answer(referent(e), 0.93)
    return None


def _first_cut(case: Case) -> int:
    """Give where the head of the source ends: at its first comma, bracket, dash or relative."""
    text = case.article.text
    for m in _CUT.finditer(text, case.span.start, case.span.end):
        if not any(n.span.start < m.start() < n.span.end for n, _ in case.names):
            return m.start()
    return case.span.end


def _speaks(after: str) -> bool:
    """Tell whether a name is the head of the source: what follows it only adds to it ("of Tarn", ", 45,")."""
    return after in ("’s", "'s", "’", "'") or _AFTER_NAME.match(after) is not None


def _introduces(before: str) -> bool:
    """Tell whether the words before a name are a description of it: "the group's president, radio host"."""
    told, comma, rest = before.rstrip(" —–-").rpartition(",")
    if not comma and before[-1:] in ("—", "–", "-"):
        told, comma, rest = before.rstrip(" —–-"), ",", ""
    head = re.split(r"\s(?:of|for|at|in)\s", told)[0].split()
    plain = not any(w.lower() in lexicon()["person prepositions"] for w in rest.split())
    return bool(comma) and plain and bool(head) and head[-1].lower() in lexicon()["role"]


def _person(case: Case, m: Mention, e: Entity, before: str, base: str) -> Answer:
    """Answer with a person; a lone capitalised word after "the" is a body, "the Moros" are a family."""
    words = lexicon()
    if e.sort == "unknown":
        last = e.name.lower().split()[-1]
        if before.lower() == "the" and case.scene.cast.named(e.name.removesuffix("s")):
            return Answer(Referent(e.name, "group", entity=e), 0.9)
        if before.lower() == "the" or last in words["documents"]:
            return Answer(Referent(e.name, "organisation", entity=e), 0.75)
        if last in words["role"]:
            return definite(case, base) or Answer(Referent(e.name, "unnamed"), 0.5)
    sure = 0.97 if m.name == e.name and " " in e.name else 0.93 if e.full or e.sort == "person" else 0.8
    return Answer(referent(e), sure, m.role or _role_in(before))


def _role_in(before: str) -> str | None:
    """Give the words before a name as its role, where they are one: "master of ceremonies"."""
    if not before or len(before) > 60 or re.search(r"['’]s|^(?:the|an?|and)$", before, re.IGNORECASE):
        return None
    return _LEADING.sub("", before).strip(" ,") or None


_POSSESSIVE = re.compile(r"^((?:his|her|their|its|my|our)|.+?(?:['’]s|s['’]))\s+(.+)$", re.IGNORECASE)


def possessed(case: Case) -> Answer | None:
    """Resolve somebody's campaign, aides or views: "his campaign" -> "Moro campaign", "her criticism" -> "Ada Moro"."""
    m = _POSSESSIVE.match(case.words)
    if m is None or _CUT.search(m.group(1)):
        return None
    owner = _owner(case, m.group(1))
    if owner is None or owner[0].type == "author":
        return None
    who, sure = owner
    thing = head_of(m.group(2)).split(" and ")[0]
    head = thing.split(" ")[-1].lower()
    if head in _BODIES:
        joiner = " " if head in _NAMED_AFTER else "’s "
        return Answer(Referent(f"{who.name.split(' ')[-1]}{joiner}{thing}", "organisation"), sure * 0.9)
    if head in lexicon()["role"] and (known := _relation(case, who, head)):
        return known
    if head in lexicon()["attitudes"]:
        return Answer(who, sure * 0.9)
    shown = f"{who.name}’s {thing}" if m.group(1).lower() in PRONOUNS else bare(case.words)
    return Answer(Referent(shown, kind(case.words, thing)), sure * 0.8)


_NAMED_AFTER = frozenset(("campaign", "administration", "team", "camp"))  # "Moro campaign", not "Moro’s campaign"
_BODIES = _NAMED_AFTER | {"foundation", "office", "company", "party"}


def _owner(case: Case, words_: str) -> tuple[Referent, float] | None:
    """Give who owns what speaks: the name or pronoun before it."""
    low = words_.lower()
    if low in FIRST:
        got = first_person(case)
        return got.referent, got.confidence
    if low in PRONOUNS:
        return case.scene.pronoun(low, Span(case.span.start, case.span.start + len(words_)))
    entity = next((e for _, e in case.names), None)
    return (referent(entity), 0.85) if entity else None


def _relation(case: Case, owner: Referent, head: str) -> Answer | None:
    """Find the person whose role names the owner: "her spokesman" where "Bo Lind, a spokesman for Ada Moro" stands."""
    last = owner.name.split(" ")[-1].lower()
    for e in case.scene.cast.entities:
        words = e.role_words()
        if e.sort == "person" and e is not owner.entity and head in words and last in words:
            return Answer(referent(e), 0.75)
    return None
