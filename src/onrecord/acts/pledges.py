"""Who is to have what a commitment pledges, and the amount: "to send [$2bn] in aid to [Ukraine]".

    content --a verb of giving or helping, "to", "for"--> the words after it --name or group of people--> beneficiary
    content, amounts --those that compare or recall off--> the first one, or the one that is new --> amount

The word lists and patterns are data in `pledges.tsv`, each with an example and a counterexample.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.acts.lexicon import examples
from onrecord.types import Money, Quotation, Span


def beneficiary(text: str, q: Quotation) -> Span | None:
    """Give the words for whom the pledged thing is; None where none are named."""
    words = rules().words
    for piece in q.content:
        tokens = list(_TOKEN.finditer(text, piece.start, min(piece.end, piece.start + _LONGEST)))
        lows = [m.group().lower() for m in tokens]
        for i, low in enumerate(lows):
            if low not in words["leads"] or (
                low == "for" and not words["other for"].isdisjoint(lows[max(0, i - 2) : i])
            ):
                continue
            names = low not in words["to"] or not words["gives"].isdisjoint(lows[max(0, i - _BACK) : i])
            at = i + 2 if low == "behalf" else i + 1
            if low == "to" and not _is_no_verb(tokens[at : at + 1]):
                continue
            last = _somebody(text, tokens, lows, at, names=names)
            if last and (low not in words["dative"] or _OBJECT.match(text, tokens[last].end())):
                return Span(tokens[at].start(), tokens[last].end())
    return None


def amount(text: str, q: Quotation, money: Sequence[Money]) -> Money | None:
    """Give the amount that is pledged: one in the content that neither compares nor recalls nor restates."""
    inside = [m for m in money if m.restates is None and any(s.holds(m.span) for s in q.content)]
    pledged = [m for m in inside if not _compares(text, m.span)]
    new = (m for m in pledged if _NEW.search(text, max(0, m.span.start - 24), m.span.start + 12))
    return next(new, pledged[0] if pledged else None)


_LONGEST = 300  # characters of a content that may name whom it is for
_BACK = 10  # words before a "to" or "for" in which somebody gives something
_TOKEN = re.compile(r"(?:[A-Z]\.){1,3}|(?:Mrs?|Ms|Dr|Sen|Gov|Gen|St)\.|[\w’'$€£-]+(?:,\d{3})*")
_OBJECT = re.compile(r"\s(?!(?:to|for|in|by|from|into|and|on|at)\b)[\w$€£]")
_NEW = re.compile(r"\b(?:another|additional|extra|new|further|more)\s", re.IGNORECASE)


def _compares(text: str, span: Span) -> bool:
    before, after = rules().before, rules().after
    return bool(before.search(text, max(0, span.start - 30), span.start) or after.match(text, span.end, span.end + 45))


_MOST = 7  # words of a beneficiary
_GROUP = re.compile(r"[a-z]{3,}(?:ers|ors|ists|ians|ees|men|ents)$")
_ADJECTIVE = re.compile(r".*(?:['’]s|s['’]|an|ish|ese|ic)$")


def _somebody(text: str, tokens: Sequence[re.Match[str]], lows: Sequence[str], at: int, *, names: bool) -> int | None:
    """Give the last of the words from here that name somebody: a name, or a group of people with what goes before."""
    words, last = rules().words, None
    for k in range(at, min(at + _MOST, len(lows))):
        low = lows[k]
        if k > at and text[tokens[k - 1].end() : tokens[k].start()] != " ":
            break
        if low == "of" or low == "and":
            if last != k - 1 or k + 1 == len(lows) or (low == "and" and not _human(tokens[k + 1].group(), names=names)):
                break
        elif low in words["stop"] or low[0] in "$€£" or (low.endswith("ing") and low not in words["ing"]):
            break
        elif _human(tokens[k].group(), names=names or lows[k - 1] == "of") or (
            last == k - 1 and low in words["modifiers"]
        ):
            last = k
        elif last == k - 1 and (_ADJECTIVE.match(lows[k - 1]) or lows[k - 1] in words["modifiers"]):
            return None  # "American jobs", "Norland's coast"
        elif last is not None and low not in words["openers"]:
            break
    return None if last is None or lows[last].endswith(("'s", "’s")) else last


def _is_no_verb(first: Sequence[re.Match[str]]) -> bool:
    """Tell whether the word after a "to" opens no infinitive."""
    words, word = rules().words, first[0].group() if first else "be"
    return not word[0].islower() or _human(word, names=False) or word in words["openers"] or word in words["ing"]


def _human(word: str, *, names: bool) -> bool:
    words, low = rules().words, word.lower()
    if names and word[0].isupper() and low not in words["no name"]:
        return True
    return low in words["people"] or (_GROUP.match(low) is not None and low not in words["no group"])


@dataclass(frozen=True, slots=True)
class Rules:
    """The word lists by name, and what makes an amount no pledge."""

    words: dict[str, frozenset[str]]
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def rules() -> Rules:
    """Give the table (read at the first call)."""
    rows = examples("pledges.tsv")
    words = {row[1]: frozenset(row[2].split()) for row in rows if row[0] == "words"}
    words["leads"] = words["dative"] | words["help"] | words["to"]
    nots = [row[2] for row in rows if row[0] == "not"]
    return Rules(
        words,
        before=re.compile("|".join(p for p in nots if not p.startswith("<M>")), re.IGNORECASE),
        after=re.compile("|".join(p[3:] for p in nots if p.startswith("<M>")), re.IGNORECASE),
    )
