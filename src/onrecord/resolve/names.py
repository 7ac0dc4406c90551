"""Sources with a name in them: alone, joined to others, described, or as the owner of what speaks."""

import re

from onrecord.resolve.case import UNRESOLVED, Answer, Case, head_of
from onrecord.resolve.coreference import Referent, referent
from onrecord.resolve.entities import Entity
from onrecord.resolve.lexicon import FIRST, PRONOUNS, RELATIVE, SECOND, lexicon
from onrecord.resolve.mentions import Mention
from onrecord.resolve.phrases import campaign, definite, kind, many, plain
from onrecord.resolve.pronouns import first_person, relative
from onrecord.types import Span

_CUT = re.compile(r"[,;(—–:]|\s-\s|\b(?:who|whose|which|that|whom)\b")
_AFTER_NAME = re.compile(r"\s*(?:$|[,;(—–:]|-|(?:of|from|in|at|for|on|with|who|whose|and|himself|herself|as|the)\b)")
_LEADING = re.compile(r"^(?:(?:the|a|an|his|her|their|our|its|my|fellow|even|one|another)\s+)?", re.IGNORECASE)


def joint(case: Case) -> Answer | None:
    """Resolve several names: "Moro, Lind and Sato" -> "Ada Moro; Bo Lind; Cy Sato"."""
    if got := _sharing(case):
        return got
    parts = [p.strip() for p in re.split(r",\s+and\s+|,\s+|\s+and\s+", _BOTH.sub("", case.words)) if p.strip()]
    if len(parts) < 2:
        return None
    whole = {" ".join(m.span.of(case.article.text).split()): e for m, e in case.names}
    got_: list[Referent | None] = [_part(case, p, whole) for p in parts]
    lone = len(parts) == 2 and not parts[1][:1].isupper()  # "Moro and her aides"
    if " and " not in case.low or not got_[0] or not (all(got_) or lone) or _adjective(parts[0]):
        return None
    shown = [r.name if r else p for r, p in zip(got_, parts, strict=True)]
    return Answer(Referent("; ".join(shown), "group"), 0.85 if all(got_) else 0.7)


_BOTH = re.compile(r"^both\s+", re.IGNORECASE)
_SHARED = re.compile(
    r"^(?:[Tt]he\s)?([A-ZÀ-Þ][\w’'.-]+)\sand\s(?:the\s)?([A-ZÀ-Þ][\w’'.-]+)\s(campaigns|[A-ZÀ-Þ][\w’'-]+)(?=$|,)"
)


def _sharing(case: Case) -> Answer | None:
    """Resolve two who share a word: "Ada and Bo Moro", "the Moro and Lind campaigns"."""
    m = _SHARED.match(case.words)
    if m is None:
        return None
    first, second, last = m.groups()
    if last == "campaigns":
        return Answer(Referent(f"{first} campaign; {second} campaign", "group"), 0.85)
    given = lexicon().given
    if first.lower() not in given or second.lower() not in given:
        return None
    return Answer(Referent(f"{first} {last}; {second} {last}", "group"), 0.85)


def _adjective(words_: str) -> bool:
    """Tell whether the first of two joined words needs the noun of the second: "Democratic and Republican voters"."""
    words, low = lexicon(), words_.lower()
    bare_ = " " not in low
    return (
        bare_
        and (low in words["role modifiers"] or low in words["group nouns"] or low in words["role"])
        and (low not in words["organisations"] and low not in words["proper groups"])
    )


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
    if case.low.rstrip(".") in lexicon().honorifics and names:  # the reader stopped behind "Mr."
        return Answer(referent(names[-1][1]), 0.9)
    for m, e in names:
        before = text[start : m.span.start].strip()
        inside = m.span.start < cut
        if not before and _common(case, m):
            continue
        if m.span.end > case.span.end + 2 or not _speaks(text[m.span.end : case.span.end]):
            continue
        if e.sort == "unknown" and many(case.words):
            continue
        heads = not before or (inside and _described_by(before))
        if e.sort in ("person", "unknown") and (heads or _introduces(before)):
            return _person(case, m, e, before, base)
        if e.sort in ("organisation", "place") and inside and before.lower() in ("", "the"):
            return _body(case, m, e)
    return None


def _common(case: Case, m: Mention) -> bool:
    """Tell whether the name that opens a source is a common noun with more to come: "Supporters of Moro"."""
    words, low = lexicon(), m.name.lower()
    after = case.article.text[m.span.end : case.span.end]
    first, _, rest = (m.role or "").lower().partition(" ")
    if rest.startswith(("of", "for")) and first != first.removesuffix("s") and first.removesuffix("s") in words["role"]:
        return True
    plain_ = low in words["documents"] or low in words["group nouns"] or low.removesuffix("s") in words["role"]
    plain_ = plain_ or low in words["amounts"] or low in words["organisation nouns"] or low in words["outlet nouns"]
    return plain_ and " " not in low and low not in words["proper groups"] and re.match(r",?\s[a-z]", after) is not None


_TAIL = re.compile(
    r"(?:\s(?:for|on|and)(?:\sthe)?\s(?:[A-Z0-9$][\w.’'-]*)(?:,?\s[A-Z][\w’'-]*)*)+(?=$|[,;—–(]|\s[-a-z])"
)


def _body(case: Case, m: Mention, e: Entity) -> Answer:
    """Answer with a body, with all of its name: "Tarn Court of Appeals for the 3rd Circuit"."""
    staff = campaign(e.name)
    if staff != e.name and (whose := case.scene.cast.named(staff.split(" ")[0])) and whose.sort == "person":
        return Answer(Referent(staff, "organisation"), 0.9)
    tail = _TAIL.match(case.article.text, m.span.end, case.span.end)
    if tail is None or e.name != m.name or not _one_name(tail.group()):
        return Answer(referent(e), 0.93)
    return Answer(Referent(" ".join((e.name + tail.group()).split()), "organisation", entity=e), 0.9)


def _one_name(tail: str) -> bool:
    """Tell whether words with "and" still belong to one body: "... and Harbour Services", not "... and Sen. Moro"."""
    words = lexicon()
    rest = tail.split(" and ", 1)[1].lower().split() if tail.startswith(" and ") else []
    return not rest or rest[-1] in words["organisation heads"]


def _described_by(before: str) -> bool:
    """Tell whether the words before a name describe it, and do not make it a part of something else."""
    words = lexicon()
    lows = [w.strip(",").lower() for w in _OPENING.sub("", before).split()]
    while lows and lows[-1] in ("the", "a", "an"):
        lows.pop()
    if not lows:
        return True
    if lows[-1] == "and" and len(lows) > 1 and lows[-2] in words["role"]:
        return True  # "novelist and mayor Ada Moro"
    if lows[-1] in words["person prepositions"] or any(w in _AGENTS for w in lows):
        return False
    first = next((i for i, w in enumerate(lows) if w in ("of", "for", "on", "about", "from", "at", "in")), 0)
    noun = lows[first - 1] if first else ""
    return not (
        noun in words["documents"] or noun in words["group nouns"] or noun.removesuffix("s") in words["documents"]
    )


_OPENING = re.compile(r"^(?:by|from|according to|for|to|but|and|as)\s+", re.IGNORECASE)
_AGENTS = frozenset(("by", "led", "including", "leaving", "backs", "backing", "supporting", "opposing"))


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
    head = re.split(r"\s(?:of|for|at|in|by|from|with|on)\s", told)[0].split()
    lows = {w.lower() for w in rest.split()}
    plain = not lows & (lexicon()["person prepositions"] | RELATIVE)
    if not (comma and plain and head):
        return False
    noun = head[-1].lower()
    of_many = told.lower().startswith("one of ") and re.search(r"(\w+)s$", told)
    return noun in lexicon()["role"] or bool(of_many and of_many.group(1).lower() in lexicon()["role"])


def _person(case: Case, m: Mention, e: Entity, before: str, base: str) -> Answer:
    """Answer with a person; a lone capitalised word after "the" is a body, "the Moros" are a family."""
    words = lexicon()
    if e.sort == "unknown":
        last = e.name.lower().split()[-1]
        if before.lower() == "the" and case.scene.cast.named(e.name.removesuffix("s")):
            both = [
                p.name for p in case.scene.cast.entities if p.sort == "person" and p.name.endswith(" " + e.name[:-1])
            ]
            return Answer(Referent("; ".join(both) if len(both) == 2 else e.name, "group", entity=e), 0.9)
        if before.lower() == "the" or last in words["documents"]:
            return Answer(Referent(e.name, "organisation", entity=e), 0.75)
        if last in words["role"]:
            return definite(case, base) or Answer(Referent(e.name, "unnamed"), 0.5)
    if " " not in e.name and (kin := _relative_of(case, e)):
        return Answer(kin, 0.8, m.role)
    sure = 0.97 if m.name == e.name and " " in e.name else 0.93 if e.full or e.sort == "person" else 0.8
    return Answer(referent(e), sure, m.role or _role_in(before))


_KIN = re.compile(
    r"(?P<owner>[A-ZÀ-Þ][\w’'-]+?|\bhis|\bher)(?:['’]s?)?\s(?:\w+\s){0,2}?"
    r"(?P<kin>son|daughter|wife|husband|brother|sister),?\s$",
    re.IGNORECASE,
)


def _relative_of(case: Case, e: Entity) -> Referent | None:
    """Give a relative named by a given name alone the family's name: "Moro's daughter, Ida," -> "Ida Moro"."""
    text = case.article.text
    if e.name.lower() not in lexicon().given:
        return None
    for s in e.spans:
        m = _KIN.search(text, max(0, s.start - 50), s.start) if s.start <= case.span.end else None
        if m is None:
            continue
        if m.group("owner").lower() in ("his", "her"):
            got = case.scene.pronoun(m.group("owner").lower(), Span(m.start(), m.start() + 3))
            owner = got[0].name if got and got[0].type == "person" else ""
        else:
            known = case.scene.cast.named(m.group("owner"))
            owner = known.name if known and known.sort == "person" else ""
        if " " in owner:
            return Referent(f"{e.name} {owner.split(' ')[-1]}", "person", e.gender, e)
    return None


def _role_in(before: str) -> str | None:
    """Give the words before a name as its role, where they are one: "master of ceremonies"."""
    if not before or len(before) > 60 or re.search(r"['’]s|^(?:the|an?|and)$", before, re.IGNORECASE):
        return None
    return _LEADING.sub("", before).strip(" ,") or None


_POSSESSIVE = re.compile(r"^((?:his|her|their|its|my|our|whose)|.+?(?:['’]s|s['’]))\s+(.+)$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s(?:by|about|of|from|on|at|in|to|for|with|released|and|between|close|familiar|than)\s")


def possessed(case: Case) -> Answer | None:
    """Resolve somebody's campaign, aides or views: "his campaign" -> "Moro campaign", "her criticism" -> "Ada Moro"."""
    m = _POSSESSIVE.match(case.words)
    if m is None or (case.low[:5] != "whose" and _CUT.search(m.group(1))) or _BETWEEN.search(m.group(1)):
        return None
    owner = _owner(case, m.group(1))
    if owner is None or owner[0].type == "author":
        return None
    who, sure = owner
    thing = head_of(m.group(2)).split(" and ")[0]
    head = thing.split(" ")[-1].lower()
    if apposed := _apposed(case, head):
        return apposed
    if head in _BODIES and who.type == "person":
        return Answer(Referent(_staff(case, who, thing, head), "organisation"), sure * 0.9)
    if head in lexicon()["role"] and (known := _relation(case, who, head)):
        return known
    if head in lexicon()["attitudes"]:
        return Answer(who, sure * 0.9)
    if m.group(1).lower() not in PRONOUNS:
        return plain(case.words, sure * 0.8)
    return Answer(Referent(f"{who.name}’s {thing}", kind(case.words, thing)), sure * 0.8)


_NAMED_AFTER = frozenset(("campaign", "administration", "team", "camp"))  # "Moro campaign", not "Moro’s campaign"
_BODIES = _NAMED_AFTER | {"foundation", "office", "company", "party"}
_CAMPAIGNS = frozenset(("team", "camp"))


def _staff(case: Case, who: Referent, thing: str, head: str) -> str:
    """Name a person's staff: "Moro campaign", also for the camp and the team of a candidate; "Ada Moro’s office"."""
    last = who.name.split(" ")[-1]
    if head in _CAMPAIGNS and re.search(r"(?i)\b(?:campaign|candidate|nominee|primary)", case.article.text):
        return f"{last} campaign"
    return f"{last} {thing}" if head in _NAMED_AFTER else f"{who.name}’s {thing}"


def spellings(case: Case) -> list[tuple[str, Referent]]:
    """Give other ways to name somebody's people, each with its way: see WAYS."""
    m = _POSSESSIVE.match(case.words)
    owner = _owner(case, m.group(1)) if m else None
    if m is None or owner is None:
        team = case.low.split(" ")[-1] in _STAFFS or case.low.startswith("team ")
        people = [e for _, e in case.names if e.sort in ("person", "unknown")] if team else []
        return [("campaign", Referent(f"{e.name.split(' ')[-1]} campaign", "organisation")) for e in people]
    name, last = owner[0].name, owner[0].name.split(" ")[-1]
    thing = head_of(m.group(2))
    shown = zip(WAYS, (f"{last} {thing}", f"{last}’s {thing}", f"{name}’s {thing}", thing), strict=False)
    sort = kind(case.words, thing)
    staff = [f"{last} campaign"] if thing.split(" ")[-1].lower() in _STAFFS else []
    return [(w, Referent(s, sort)) for w, s in shown] + [("campaign", Referent(s, "organisation")) for s in staff]


# How the owner is written: "Moro aides", "Moro’s aides", "Ada Moro’s aides", "aides"; "Moro campaign" for her team.
WAYS = ("joined", "surname", "full name", "left out", "campaign")
_STAFFS = frozenset(("team", "camp", "campaign", "forces", "operation", "side", "staff"))


def _apposed(case: Case, head: str) -> Answer | None:
    """Give the body that a comma sets beside what is owned: "Ada Moro's group, Piers for Tarn,"."""
    words = lexicon()
    if head not in words["organisation nouns"] and head not in words["outlet nouns"]:
        return None
    text = case.article.text
    for m, e in case.names:
        if re.fullmatch(
            rf".*\b{re.escape(head)},\s(?:the\s)?", text[case.span.start : m.span.start], re.IGNORECASE | re.DOTALL
        ):
            return Answer(
                Referent(" ".join(_to_comma(text[m.span.start : case.span.end]).split()), "organisation", entity=e),
                0.85,
            )
    return None


def _to_comma(words_: str) -> str:
    return words_.split(",")[0]


def _owner(case: Case, words_: str) -> tuple[Referent, float] | None:
    """Give who owns what speaks: the name or pronoun before it."""
    low = words_.lower()
    if low in FIRST:
        got = first_person(case)
        return got.referent, got.confidence
    if low == "whose":
        got = relative(case, "who")
        return (got.referent, got.confidence) if got.confidence > UNRESOLVED else None
    if low in PRONOUNS:
        return case.scene.pronoun(low, Span(case.span.start, case.span.start + len(words_)))
    end = case.article.text.find(words_.split(" ")[-1], case.span.start) + len(words_.split(" ")[-1])
    entity = next((e for m, e in case.names if end - 2 <= m.span.end <= end), None)
    return (referent(entity), 0.85) if entity else None


def _relation(case: Case, owner: Referent, head: str) -> Answer | None:
    """Find the person whose role names the owner: "her spokesman" where "Bo Lind, a spokesman for Ada Moro" stands."""
    last = owner.name.split(" ")[-1].lower()
    for e in case.scene.cast.entities:
        words = e.role_words()
        if e.sort == "person" and e is not owner.entity and head in words and last in words:
            return Answer(referent(e), 0.75)
    return None
