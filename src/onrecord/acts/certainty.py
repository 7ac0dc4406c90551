"""Whether the main claim of a statement is negated, and how sure its speaker makes it: apart from what he does by it.

    content --opening clause and side clauses off--> main claim --words of certainty.tsv--> negated, certainty

Of several marks the weakest counts; a condition leaves the claim open. The three degrees are those of FactBank
(Saurí and Pustejovsky 2009). "Denied [that it sailed]" stays not negated: the act tells that it was denied.
"""

import re
from dataclasses import dataclass
from functools import cache

from onrecord.acts.lexicon import examples
from onrecord.types import Certainty, Quotation


def certainty(text: str, q: Quotation, *, conditional: bool) -> tuple[bool, Certainty]:
    """Tell whether the main claim is negated, and whether it is certain, probable or possible."""
    claim = main_claim(text, q)
    found = _marks(claim, "!" if q.kind == "direct" else "*")
    if q.cue:
        found |= _of_cue(text[q.cue[0].start : q.cue[-1].end])
    if conditional or "possible" in found or claim.endswith("?"):
        return "not" in found, "possible"
    return "not" in found, "probable" if "probable" in found else "certain"


_LONGEST = 240  # characters of a content that tell its main claim
_SIDE = (
    r"(?:if|unless|when|while|although|though|because|after|before|since|once|as|until|despite|given|in|on|at|with"
    r"|without|by|for|from|regardless|asked|even)\b"
)
_OPENING = re.compile(rf"[\"“'‘(]*(?:(?:that|and|but|so|well|look|now|yes|you know),?\s)*(?:{_SIDE}[^,.;]+,\s)?")
_NAMES = r"(?<!\bno.)(?<!\bmr.)(?<!\bms.)(?<!\bmrs.)(?<!\bdr.)(?<!\bsen.)(?<!\bgov.)(?<!\b[a-z].)"
_CLAUSES = (  # words before a "that" that opens the claim itself
    "think think, believe say said says know hope sure clear possible likely fact feel expect doubt such seems appears"
    " believes thinks evidence chance possibility confident is was so"
)
_END = re.compile(
    rf"[;:—–]|[.!]{_NAMES}[\"”'’]*(?:\s|$)|\?"
    r"|,\s(?:and|but|which|who|whose|because|so|as|while|although|though|if|unless|when|where|saying|adding|not|nor|or)\b"
    r"|\s(?:because|which|who|whom|whose|if|unless|when|while|although|though|until|after|before|since|than|where"
    rf"|rather|that{''.join(f'(?<!{word} that)' for word in _CLAUSES.split())})\b",
)


def main_claim(text: str, q: Quotation) -> str:
    """Give the first clause of the content that is no side clause; with its question mark, where it has one."""
    content = " ".join([s.of(text) for s in q.content])[:_LONGEST] if len(q.content) > 1 else _first(text, q)
    low = content.lower()
    opening = _OPENING.match(low)
    start = opening.end() if opening else 0
    for m in _END.finditer(low, start + _SHORT):
        return content[start : m.end() if low[m.start()] == "?" else m.start()]
    return content[start:]


_SHORT = 4  # characters of a start that is no claim yet: "Well. ..."


def _first(text: str, q: Quotation) -> str:
    s = q.content[0]
    return text[s.start : min(s.end, s.start + _LONGEST)]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it tells of a claim; the ones that begin with `but` take it back."""

    tells: str  # "not", "possible", "probable"
    pattern: re.Pattern[str]
    but: re.Pattern[str] | None
    speech: str  # holds in all (""), in indirect ("*") or direct speech only ("!"), or tells by the cue ("@")


_WORDS = re.compile(r"[a-z]+")


def _marks(claim: str, speech: str) -> set[str]:
    table = rules()
    heads = table.keys() & set(_WORDS.findall(claim.lower()))
    return {
        r.tells
        for head in heads
        for r in table[head]
        if r.speech in ("", speech) and r.pattern.search(claim) and not (r.but and r.but.search(claim))
    }


def _of_cue(cue: str) -> set[str]:
    return {r.tells for r in rules()["-"] if r.pattern.search(cue)}


@cache
def rules() -> dict[str, list[Rule]]:
    """Give the table by head, those of the cue under "-" (read at the first call)."""
    rows = examples("certainty.tsv")
    table: dict[str, list[Rule]] = {}
    for kind, head, pattern, *_ in rows:
        if kind == "but":
            continue
        back = "|".join(row[2] for row in rows if row[:2] == ["but", head]) if kind == "not" else ""
        but = re.compile(back, re.IGNORECASE) if back else None
        name = kind.rstrip("*!@")
        rule = Rule(name, re.compile(pattern, re.IGNORECASE), but, kind[len(name) :])
        table.setdefault(head, []).append(rule)
    return table
