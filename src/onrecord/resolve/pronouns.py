"""Sources that are pronouns: he, she, they, it, who, which, I and we."""

import re

from onrecord.resolve.case import UNRESOLVED, Answer, Case, author, same_sentence
from onrecord.resolve.coreference import Referent, phrase_start, referent
from onrecord.resolve.lexicon import FIRST, PRONOUNS, RELATIVE, SECOND
from onrecord.resolve.mentions import Mention
from onrecord.resolve.phrases import plain
from onrecord.resolve.turns import LABEL, labelled
from onrecord.text import index_of


def pronoun(case: Case) -> Answer | None:
    """Resolve a pronoun, whole or before a noun that adds nothing ("he himself", "both of whom")."""
    low = case.low.removeprefix("both of ").removeprefix("all of ").removeprefix("some of ")
    first, _, rest = low.partition(" ")
    word = first if rest in ("himself", "herself", "themselves", "itself", "too", "also") else low
    if word not in PRONOUNS:
        return None
    if word in FIRST:
        return first_person(case)
    if word in SECOND:
        return Answer(Referent(word, "group"), 0.4)
    if word in RELATIVE:
        return relative(case, word)
    got = case.scene.pronoun(word, case.span)
    return Answer(*got) if got else Answer(Referent(case.words.lower(), "unnamed"), UNRESOLVED)


def first_person(case: Case) -> Answer:
    """Read "I" inside quoted words as whoever says them, in the running text as the author."""
    if (holder := _holder(case)) is not None:
        return holder
    paras = case.scene.paras
    label = LABEL.match(case.article.text, paras[index_of(paras, case.span.start)].start, case.span.start)
    if label:
        return labelled(case, label.group(1))
    return Answer(author(case.article), 0.75)


def _holder(case: Case) -> Answer | None:
    """Give the speaker of the quoted words in which the source stands."""
    for j, q in enumerate(case.quotations):
        if j != case.i and j in case.found and q.kind != "indirect" and any(s.holds(case.span) for s in q.content):
            return Answer(case.found[j].referent, min(0.8, case.found[j].confidence))
    return None


_DETERMINED = re.compile(
    r".*(?<![\w'’-])((?:an?|the|some|any|many|those|one|two|three|most|several|other|few)\s(?:[\w'’.-]+\s){0,3}[\w'’.-]+),?\s$",
    re.IGNORECASE | re.DOTALL,
)
_OF_PEOPLE = ("who", "whom")
_LAST_WORD = re.compile(r"([\w'’.-]+),?\s$")


def relative(case: Case, word: str) -> Answer:
    """Take up the words just before "who" and "which"."""
    text, start = case.article.text, case.span.start
    stop = len(text[:start].rstrip(" ,—–-\n"))
    near = case.scene.cast.before(start, 12)
    for k, (m, e) in enumerate(near):
        if not same_sentence(text, m.span.end, start):
            break
        person = e.sort in ("person", "unknown")
        if word in _OF_PEOPLE and e.sort != "person" and k + 1 < len(near) and _from(text, near[k + 1][0].span.end, m):
            continue  # "Moro of Tarn, who"
        if m.span.end == stop and (person or word not in _OF_PEOPLE):
            thing = e.sort == "unknown" and word in ("which", "that")
            return Answer(Referent(e.name, "organisation", entity=e) if thing else referent(e), 0.9)
        if (
            person
            and word in _OF_PEOPLE
            and (_apposed(text[m.span.end : stop]) or _OF.fullmatch(text[m.span.end : stop]))
        ):
            return Answer(referent(e), 0.8)
    return _antecedent(text, start) or Answer(Referent(word, "unnamed"), UNRESOLVED)


_OF = re.compile(r"\s(?:of|from)\s[A-ZÀ-Þ][\w.]*(?:\s[A-ZÀ-Þ][\w.]*)?|\s\([A-Z]-[\w. ]+\)")


def _from(text: str, end: int, m: Mention) -> bool:
    """Tell whether only "of" stands between the end of a name and the next one."""
    return text[end : m.span.start].strip() in ("of", "from")


def _antecedent(text: str, start: int) -> Answer | None:
    """Give the phrase right before a relative: "a county commissioner who"."""
    floor = max(0, start - 60, text.rfind("\n", 0, start) + 1)
    if m := _DETERMINED.match(text[floor:start]):
        return plain(m.group(1), 0.5)
    last = _LAST_WORD.search(text, floor, start)
    return plain(text[phrase_start(text, last.start(1), floor) : last.end(1)], 0.5) if last else None


def _apposed(between: str) -> bool:
    """Tell whether only an apposition stands between a name and "who": ", the mayor of Tarn"."""
    return (
        between[:1] == ","
        and between.count(",") == 1
        and not re.search(r"\b(?:said|says|told|and|is|was|has)\b", between)
    )
