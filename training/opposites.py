"""Pairs that turn on polarity alone, composed from a lexicon of opposite actions (data/opposites.tsv).

A phrase of either way in a frame that affirms or denies it has a sign; the signs of two give the label. Where a middle
exists (kind "scalar"), not to do the one thing is not to do the other, and such pairs are left out.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.positions import Pair

NAMES = (
    "Harlan Voss",
    "Ines Okafor",
    "the minister",
    "the chairman",
    "Prime Minister Lena Drury",
    "the mayor",
    "she",
    "he",
    "the governor",
    "Senator Pell",
    "the chief executive",
    "the union leader",
    "Tomas Brandt",
    "the coach",
    "Adaeze Lindqvist",
)
WHO = ("we", "the government", "the board", "the council", "the party", "the club", "my administration", "the ministry")
AFFIRM = (
    "{W} will {v}.",
    "“{W} will {v},” {n} said.",
    "{n} said {w} would {v}.",
    "{n} promised to {v}.",
    "{n} wants to {v}.",
    "It is time to {v}, {n} said.",
    "{n} confirmed plans to {v}.",
    "{n} came out in favour of {g}.",
    "{W} must {v}.",
    "{n} has signed the order to {v}.",
    "{W} should {v}.",
    "{n} said {w} had decided to {v}.",
    "{n} defended the decision to {v}.",
    "“{W} are going to {v}, and {w} make no apology for it,” {n} told reporters.",
    "{n} pushed for a vote to {v}.",
    "{n} said the right thing to do was to {v}.",
    "{n} announced that {w} would {v} before the summer.",
    "{n} backs {g}.",
)
DENY = (
    "{W} will not {v}.",
    "“{W} will never {v},” {n} said.",
    "{n} said {w} would not {v}.",
    "{n} refused to {v}.",
    "{n} ruled out {g}.",
    "{n} said there were no plans to {v}.",
    "It would be wrong to {v}, {n} said.",
    "{n} opposes {g}.",
    "{n} dropped the plan to {v}.",
    "{n} denied that {w} would {v}.",
    "“{W} have no intention of {g},” {n} told reporters.",
    "{W} should not {v}.",
    "{n} dismissed calls to {v}.",
    "{n} said nobody was going to {v}.",
    "{n} vetoed the motion to {v}.",
    "{n} warned against {g}.",
    "{n} said it made no sense to {v}.",
    "{n} has struck from the budget every plan to {v}.",
)


@dataclass(frozen=True)
class Entry:
    binary: bool
    thing: str
    ways: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Said:
    text: str
    way: int  # 0 or 1
    affirmed: bool
    phrase: str  # as it stands in the text


def entries(path: Path) -> list[Entry]:
    found = []
    for line in path.read_text("utf-8").splitlines()[1:]:
        kind, thing, one, other = line.split("\t")
        ways = tuple(tuple(p.strip() for p in side.split(";") if p.strip()) for side in (one, other))
        found.append(Entry(kind == "binary", thing, (ways[0], ways[1])))
    return found


def composed(found: list[Entry], rng: random.Random, each: int = 12) -> Iterator[Pair]:
    """Give so many pairs of each entry, and one of two entries in the same words (unrelated)."""
    for entry in found:
        made = 0
        while made < each:
            a, b = _said(entry, rng), _said(entry, rng)
            label = label_of(entry, a, b)
            if label and a.text != b.text:
                marks = (a.phrase, b.phrase) if label == "reversal" else ("", "")
                yield Pair(a.text, b.text, label, _coarse(label), marks, f"opposites:{entry.thing}")
                made += 1
        other = rng.choice(found)
        if other is not entry:
            a, b = _said(entry, rng), _said(Entry(other.binary, other.thing, entry.ways), rng)
            yield Pair(a.text, b.text, "unrelated", "unrelated", source=f"opposites:{entry.thing}")


def label_of(entry: Entry, a: Said, b: Said) -> str | None:
    if a.way == b.way:
        return "consistent" if a.affirmed == b.affirmed else "reversal"
    if a.affirmed and b.affirmed:
        return "reversal"
    if not entry.binary:
        return None
    return "reversal" if a.affirmed == b.affirmed else "consistent"


def _coarse(label: str) -> str:
    return "inconsistent" if label == "reversal" else label


def _said(entry: Entry, rng: random.Random) -> Said:
    way, affirmed = rng.randrange(2), rng.random() < 0.55
    phrase = rng.choice(entry.ways[way]).replace("_", entry.thing)
    frame, who, name = rng.choice(AFFIRM if affirmed else DENY), rng.choice(WHO), rng.choice(NAMES)
    gerund = ing(phrase)
    if who != "we":
        frame = frame.replace("{W} are", "{W} is").replace("{w} make", "it makes").replace("{W} have", "{W} has")
    text = frame.format(v=phrase, g=gerund, n=name, w=who, W=who[:1].upper() + who[1:])
    text = text[:1].upper() + text[1:]
    return Said(text, way, affirmed, gerund if gerund in text else phrase)


def ing(phrase: str) -> str:
    """Give the phrase with its first verb as a gerund."""
    verb, _, rest = phrase.partition(" ")
    if "-" in verb:
        head, _, tail = verb.rpartition("-")
        return f"{head}-{ing(tail)} {rest}".strip()
    if verb.endswith("ie"):
        made = verb[:-2] + "ying"
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        made = verb[:-1] + "ing"
    elif (
        re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb) and not verb.endswith(("w", "x", "y"))
    ) or verb in DOUBLED:
        made = verb + verb[-1] + "ing"
    else:
        made = verb + "ing"
    return f"{made} {rest}".strip()


DOUBLED = frozenset("admit commit permit refer prefer transfer begin expel compel control equip regret submit".split())  # noqa: SIM905 # read more easily
