"""Sources without a name: "the French leader" is somebody known; "several officials" are their own words."""

import re
from functools import cache

from onrecord.resolve.case import Answer, Case, head_of
from onrecord.resolve.coreference import Referent, bare
from onrecord.resolve.lexicon import lexicon
from onrecord.types import SpeakerType

_ONE = re.compile(r"^(?:a|an|one|another|someone|somebody)\b", re.IGNORECASE)


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{'|'.join(sorted(lexicon()['amounts'], key=len, reverse=True))}|\d[\d,.]*)\b", re.IGNORECASE
    )


def many(words_: str) -> bool:
    """Tell whether a phrase opens with an amount: "several officials", "62 percent"."""
    return _amount().match(words_) is not None


def described(case: Case) -> Answer | None:
    """Resolve a definite description of somebody known: "the French leader", "the committee", "NATO chief"."""
    if not case.words or many(case.words) or _ONE.match(case.words):
        return None
    return definite(case, case.words)


def definite(case: Case, words_: str) -> Answer | None:
    """Find whom or what a description takes up: somebody with that role, or a body with that head word."""
    words = lexicon()
    phrase = head_of(words_).split(" and ")[0].strip()
    parts = [re.sub(r"['’]s$", "", w) for w in phrase.split()]
    if not parts:
        return None
    the = parts[0].lower() in ("the", "this", "that")
    if the and len(parts) == 3 and parts[1] in ("new", "latest", "recent"):
        parts.pop(1)  # "the new poll"
    noun = parts[-1].lower()
    if the and len(parts) == 2 and (noun in words["organisation nouns"] or noun in words["documents"]):
        if noun in words["documents"] and (name := case.scene.document(noun, case.span.start)):
            return Answer(Referent(name, "document"), 0.6)
        got = case.scene.body(noun, case.span.start)
        return Answer(*got) if got else None
    modifiers = [w for w in parts[the:-1] if w.lower() not in ("former", "then", "current", "own")]
    if noun not in words["role"] or not (the or (modifiers and modifiers[0][:1].isupper())):
        return None
    modifiers += [w.strip(",") for w in words_[len(phrase) :].split() if w[:1].isupper()][:2]
    if got := case.scene.described(noun, modifiers, case.span.start):
        return Answer(got[0], got[1], None if the else phrase)
    if noun in words["candidates"] and (main := case.scene.main_person(case.span.start, modifiers)):
        return Answer(main, 0.5)
    takes_up = the and phrase == words_.strip(" ,") and not words["offices"] & {w.lower() for w in parts}
    if the and parts[0] == "the" and parts[-1][:1].isupper() and noun not in ("democrat", "republican"):
        return None  # a name: "the Tarn Union Leader"
    if takes_up and (near := case.scene.nearest(noun, case.span)):
        return Answer(*near)
    return Answer(Referent(bare(words_.strip(" ,")), "unnamed"), 0.4) if the else None


def words(case: Case) -> Answer | None:
    """Answer with the words themselves: a group, an unnamed voice, a document or a body."""
    if not case.words:
        return None
    got = plain(case.words, 0.75)
    staff = campaign(got.referent.name)
    return got if staff == got.referent.name else Answer(Referent(staff, "organisation"), 0.75)


def plain(words_: str, sure: float) -> Answer:
    """Answer with the words of a source as its name, without article and relative clause."""
    core = _ADDED.split(words_, maxsplit=1)[0] if len(words_) > _LONG else words_
    head = head_of(_TIME.sub("", words_))
    sort = kind(words_, head)
    if sort == "document" and any(w[:1].isupper() for w in head.split()[1:]):
        core = _TIME.sub("", core)
        core = core if re.match(r"\s(?:of|by|from)\s", core[len(head) :]) else head_of(core)  # "... poll in December"
        core = _FRESH.sub("", core)
    return Answer(Referent(bare(core) or bare(words_) or words_.strip(), sort), sure)


_LONG = 25  # characters from which an addition is cut off
_ADDED = re.compile(
    r",?\s(?:who|whose|which)\b|\s(?:-|–|—)\s|\s?—|\s\((?![A-Z]-)"
    r"|,?\s(?:released|published|filed|reported|seen|being|previously)\s"
    r"|,\s(?!including\s(?!(?:[Tt]he\s)?[A-Z])|[A-Z][\w.]+(?:\s[A-Z]\w+)?,?$|(?:[\w'’-]+,?\s){1,4}and\s)"
)
_FRESH = re.compile(r"^(?:[Tt]he\s|[Aa]n?\s)?(?:new|newest|latest|recent|most recent)\s")


def kind(whole: str, head: str) -> SpeakerType:
    """Say what sort of speaker a phrase denotes by its quantity and its head noun."""
    nouns = [w.strip(",'’”\"") for w in head.lower().split()]
    found = _kind_of(nouns[-1], whole) if nouns else None
    if found is None and head and all(w[:1].isupper() for w in head.split()):
        return "organisation" if any(n in lexicon()["organisation heads"] for n in nouns) else "person"
    inner = next((k for n in nouns if (k := _kind_of(n, "")) in ("group", "document", "organisation")), None)
    if found or inner or not nouns:
        return found or inner or "unnamed"
    if nouns[-1].endswith("s") and not nouns[-1].endswith("ss"):
        return "group"
    return "unnamed" if nouns[-1].endswith(("er", "or", "ist", "man", "ant", "ian")) else "document"


def _kind_of(noun: str, whole: str) -> SpeakerType | None:
    words = lexicon()
    single = noun.removesuffix("s")
    if noun in words["documents"] or (single in words["documents"] and noun not in words["group nouns"]):
        return "document"
    if many(whole) or noun in words["group nouns"] or noun in ("outlets", "media", "newspapers", "press"):
        return "group"
    if noun != single and (single in words["role"] or single in words["unnamed nouns"]):
        return "group"
    if noun in words["organisation nouns"] or noun in words["outlet nouns"]:
        return "organisation"
    return "unnamed" if noun in words["role"] or noun in words["unnamed nouns"] or _ONE.match(whole) else None


VARIANTS = ("whole", "clause", "participle", "time", "head", "stripped")
_CLAUSE = re.compile(r",?\s(?:who|whose|whom|which|that|where|when)\b|\s[(—–]|\s-\s")
_PARTICIPLE = re.compile(r",?\s(?:[a-z]{3,}(?:ed|ing)|by|led|made|given|written|taken|held|shown|known)\s")
_TIME = re.compile(
    r",?\s(?:out\s)?(?:(?:last|this|earlier|late|early|in|on|from|over|since)\s(?:the\s|this\s|last\s)?)?"
    r"(?:week|month|year|summer|spring|winter|fall|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday"
    r"|january|february|march|april|june|july|august|september|october|november|december|(?:19|20)\d\d)$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:the|a|an|this|that|these|those|both|one|another|new|newly|latest|recent|recently|most recent|separate"
    r"|national(?=\s[A-Z]))\s+)+",
    re.IGNORECASE,
)


def variants(words_: str) -> list[tuple[str, str]]:
    """Give shorter and shorter ways to write a source's own words, each with what was cut: see VARIANTS."""
    whole = words_.strip(" ,;:-–—")
    made = [("whole", whole)]
    for name, pattern in (("clause", _CLAUSE), ("participle", _PARTICIPLE)):
        made.append((name, pattern.split(made[-1][1], maxsplit=1)[0].strip(" ,")))
    made.append(("time", _TIME.sub("", made[-1][1])))
    made.append(("head", head_of(made[-1][1]).strip(" ,")))
    made += [("stripped", _LEADING.sub("", text)) for _, text in (made[-2], made[-1])]
    return [(name, bare(text)) for name, text in made if bare(text)]


_CAMPAIGN = re.compile(
    r"^(?:[A-ZÀ-Þ][\w’'.-]*\s){0,3}(?!Presidential|Election)(?P<name>[A-ZÀ-Þ][\w’'-]+?)['’]?(?:(?<=['’])s)?\s"
    r"(?:(?:[Pp]residential|election|re-election|primary)\s)?(?:[Cc]ampaign|CAMPAIGN|[Cc]amp)$"
)


def campaign(name: str) -> str:
    """Write a candidate's staff in one way: "Ada Moro's camp", "Moro presidential campaign" -> "Moro campaign"."""
    m = _CAMPAIGN.match(name)
    return f"{m.group('name')} campaign" if m and m.group("name")[:1].isupper() else name
