"""One plain sentence that says what changed: its words are the statements' own, its frame is the label's."""

import re
from collections.abc import Sequence

from onrecord.compare.judge import Pair
from onrecord.types import Label, Span

MOST_CHARACTERS = 90  # of the words of one side

_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|refus\w+|reject\w+|rul\w+ out|den(?:y|ies|ied)"
    r"|oppos\w+|against)\b|n['’]t\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<!\w)\d[\d.,]*(?!\w)(?:\s?(?:%|(?:per cent|percent|million|billion|trillion)\b))?|(?<!\w)\d[\d.,]*(?:bn|m)\b",
    re.IGNORECASE,
)

FRAMES: dict[Label, str] = {
    "reversal": "First {a}, then {b}: the two cannot both stand.",
    "softened": "{a} became the weaker {b}.",
    "hardened": "{a} became the stronger {b}.",
    "conditional_change": "{a} and {b} hold under different conditions.",
    "number_changed": "{a} became {b}: another figure.",
    "consistent": "{a} and {b} say the same at bottom.",
    "unrelated": "{a} and {b} are about different matters.",
}
DENIED, AFFIRMED = (
    "The later words deny what the earlier ones affirm: first {a}, then {b}.",
    ("The later words affirm what the earlier ones deny: first {a}, then {b}."),
)


def why(label: Label, pair: Pair, earlier: Sequence[Span], later: Sequence[Span]) -> str:
    """Give the sentence; the evidence is in the positions' texts."""
    a, b = (_words(p.text, spans) for p, spans in zip(pair, (earlier, later), strict=True))
    frame = FRAMES[label]
    if label == "reversal":
        denies = [bool(_NEGATION.search(words)) for words in (a, b)]
        frame = DENIED if denies == [False, True] else AFFIRMED if denies == [True, False] else frame
    if label == "number_changed":
        a, b = _figures(a, b)
    return frame.format(a=f"“{a}”", b=f"“{b}”")


def _words(text: str, spans: Sequence[Span]) -> str:
    whole = " […] ".join(span.of(text) for span in spans) or text
    whole = " ".join(whole.replace("“", "'").replace("”", "'").replace('"', "'").split())
    return whole if len(whole) <= MOST_CHARACTERS else f"{whole[:MOST_CHARACTERS].rsplit(' ', 1)[0]} …"


def _figures(a: str, b: str) -> tuple[str, str]:
    """Give the first figures that differ, where each side has one."""
    x, y = ([m.group().strip(" .,") for m in _NUMBER.finditer(words)] for words in (a, b))
    differing = [n for n in x if n not in y], [n for n in y if n not in x]
    return (differing[0][0], differing[1][0]) if all(differing) else (a, b)
