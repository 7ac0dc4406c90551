"""A statement of a family said the other way round: `not` put into the words that carry its position, or taken out.

    will reopen the mine  <->  will not reopen the mine

The judge learns from few families that differ in one small word alone, and then reads over it. Only auxiliaries inside
the marked words are touched, and none beside words on whose scope the sense would hang (all, only, if, until ...).
"""

import random
import re
from typing import Any

_PUT = re.compile(
    r"\b(will|would|can|must|should|is|are|was|were|(?:has|have|had)(?= \w+(?:ed|en|ne|id)\b))(?= \w)(?! not\b)",
    re.I,
)
_OUT = re.compile(
    r"\b(will|would|can|must|should|is|are|was|were|has|have|had|do|does|did)(?: not\b|n[’']t\b)"
    r"|\b(ca|wo)n[’']t\b|\b(can)not\b",
    re.I,
)
_SCOPE = re.compile(
    r"\b(all|any\w*|only|if|unless|until|till|every\w*|each|both|either|neither|nor|no|none|nobody|nothing|never|nowhere|hardly|"
    r"without|less|more|but|because|than|yet|still|longer|far|even|just)\b|[?;:]|, (and|as)\b",
    re.I,
)
_TURNS = re.compile(r"^\W*(not|no|never|without|un\w+|will|would|can|must|should)\b|n[’']t\b|cannot|\d", re.I)
_WHOLE = {"wo": "will", "ca": "can"}


def negated(statement: dict[str, Any]) -> dict[str, Any] | None:
    """Give the statement with the other sign; None where one small word would not do."""
    plain = statement["aspect"] == "main" and statement["strength"] == 2
    if not plain or statement["condition"] or statement["number"]:
        return None
    text, mark = statement["text"], statement["mark"]
    start = text.find(mark)
    if start < 0 or _SCOPE.search(text) or text.count(",") > 1:
        return None
    there = list(_OUT.finditer(mark))
    if len(there) == 1:
        said = mark[: there[0].start()] + _said(there[0]) + mark[there[0].end() :]
    elif not there and (at := _PUT.search(mark)) and " not " not in f" {mark} ":
        said = f"{mark[: at.end()]} not{mark[at.end() :]}"
    else:
        return None
    text = text[:start] + said + text[start + len(mark) :]
    return {**statement, "text": text, "mark": said, "sign": -statement["sign"]}


def shortened(text: str, rng: random.Random, share: float = 0.12) -> str:
    """Give the text without some of its words, but with all that decide which way it goes."""
    words = text.split()
    return " ".join(w for w in words if _TURNS.search(w) or rng.random() >= share)


def _said(found: re.Match[str]) -> str:
    word = next(g for g in found.groups() if g)
    whole = _WHOLE.get(word.lower(), word)
    return whole.capitalize() if word[0].isupper() else whole
