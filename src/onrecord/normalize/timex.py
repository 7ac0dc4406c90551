"""Time expressions of an article, found and normalised to TIMEX3 values.

One walk from left to right: at each word that an expression can start with, the rules of that word are tried and the
longest match is read against the scene (the anchors known so far); what was read becomes part of the scene. The rules
and their examples stand in timex_rules.py, the arithmetic in timex_values.py.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from onrecord.normalize.anchor import Scene
from onrecord.normalize.numbers import lowered
from onrecord.normalize.timex_rules import RULES
from onrecord.normalize.timex_values import Reading, Rule
from onrecord.normalize.timex_words import APPROXIMATORS, PARTS, SPACE, STARTS, any_of, compiled
from onrecord.text import paragraphs
from onrecord.types import Span, Timex

_WORD = re.compile(r"[a-z]+|['’]?\d+|[½¼¾]")
_LEFT_REACH = 40
_HEAD = 400  # how far into a text its own date is looked for, in characters
_AFTER_HEAD = re.compile(r"[^\S\n]*(?:$|\n|[-–—|:(]|,?[^\S\n]*(?:by\b|\d\d?:\d\d))", re.IGNORECASE)


_PART_ALONE = re.compile(r"(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?(?:morning|afternoon|evening|night)")


class _Ready(NamedTuple):
    rule: Rule
    pattern: re.Pattern[str]


def timexes(text: str, published: date | None) -> tuple[Timex, ...]:
    """Give all time expressions of an article in order, none overlapping.

    `published` is the article's date; None: a date that leads the text serves, and where there is none, what depends on
    it stays open ("XXXX-WXX-3").
    """
    low = lowered(text)
    scene = Scene(text, low, published or leading_date(text, low))
    found: list[Timex] = []
    for paragraph in paragraphs(text):
        scene.enter(paragraph)
        for timex in _in_paragraph(scene, paragraph):
            joined = _joined(found, timex, low)
            if joined is None:
                found.append(timex)
            else:
                found[-1] = joined
                _share_day(found, low)
    return tuple(found)


def leading_date(text: str, low: str) -> date | None:
    """Give the date that heads a text ("date 2025-03-28 ...", "Published: March 28, 2025"), None where none does."""
    for m in _heads().finditer(text, 0, _HEAD):
        scene = Scene(text, low, None, Span(0, len(text)))
        hit = _read_at(scene, m.end(), _word_at(low, m.end()), m.end())
        if hit is None or not hit[1].explicit:
            continue
        alone = _AFTER_HEAD.match(text, hit[0].end) is not None
        if m["named"] or alone or (m.end() == len(m.group()) and low[m.end() : m.end() + 4].isdigit()):
            return date.fromisoformat(hit[1].value[:10])
    return None


def _in_paragraph(scene: Scene, paragraph: Span) -> Iterator[Timex]:
    end = paragraph.start
    ready = _ready()
    for m in _WORD.finditer(scene.low, paragraph.start, paragraph.end):
        word = m.group()
        if m.start() < end or (word not in ready and not word[-1].isnumeric()):
            continue
        hit = _read_at(scene, m.start(), word, end)
        if hit is not None:
            span, reading = hit
            end = span.end
            if not reading.compares:
                scene.learn(span, reading.value, span.of(scene.text), explicit=reading.explicit)
            yield Timex(span, reading.type, reading.value, reading.mod)


def _read_at(scene: Scene, start: int, word: str, floor: int) -> tuple[Span, Reading] | None:
    """Give the longest reading that starts here, with what stands before it and belongs to it."""
    if not _starts_word(scene.low, start, word):
        return None
    key = word if word in _ready() else "'0" if word[0] in "'’" else "0"
    end = scene.paragraph.end
    matches = [(m, r.rule) for r in _ready().get(key, ()) if (m := r.pattern.match(scene.low, start, end))]
    for m, rule in sorted(matches, key=lambda x: -x[0].end()):
        cut = scene.low[m.end() - 1 : m.end() + 1]
        if not (len(cut) == 2 and cut.isalnum()) and (reading := rule.read(m, scene)):
            return _with_left(scene.low, m, rule, reading, floor)
    return None


def _starts_word(low: str, start: int, word: str) -> bool:
    """Tell whether no word or number is cut in two at the start ("1.2016", "a/2016", "x@now")."""
    former = low[start - 1 : start]
    return not (former.isalnum() or former in ("_", "@") or (former in (".", "/") and not word.isalpha()))


def _with_left(low: str, m: re.Match[str], rule: Rule, reading: Reading, floor: int) -> tuple[Span, Reading]:
    """Take in determiner, part and approximator before a match, as far as the rule lets them."""
    start, mod = m.start(), reading.mod
    if rule.left:
        flags = rule.left.replace("d", "") if "-" in m.group() else rule.left  # "the third-quarter loss"
        left = _left(flags).search(low, max(floor, start - _LEFT_REACH), start)
        if left is not None and left.end() == start:
            start = left.start()
            words = {k: re.sub(r"[\s-]+", " ", v) for k, v in left.groupdict().items() if v}
            mod = (
                PARTS.get(words.get("of") or words.get("part") or "")
                or APPROXIMATORS.get(words.get("about", ""))
                or mod
            )
    return Span(start, m.end()), reading._replace(mod=mod)


def _joined(found: list[Timex], timex: Timex, low: str) -> Timex | None:
    """Give a time of day and the date right behind it as one: "3 p.m. on Friday"."""
    if not found or found[-1].type != "TIME" or timex.type != "DATE" or len(timex.value) != 10:
        return None
    clock = found[-1]
    between = low[clock.span.end : timex.span.start]
    of_day = clock.value[11:13].isdigit() or _PART_ALONE.fullmatch(low, clock.span.start, clock.span.end)
    if of_day and clock.value[10:11] == "T" and re.fullmatch(r",?\s+(?:(?:on|of)\s+)?|,", between):
        return replace(clock, span=Span(clock.span.start, timex.span.end), value=timex.value + clock.value[10:])
    return None


def _share_day(found: list[Timex], low: str) -> None:
    """Give the first time of a range the day that stands behind the second: "10 a.m. to 2 p.m. Friday"."""
    if len(found) > 1 and found[-2].type == "TIME" and found[-2].value[11:13].isdigit():
        first, second = found[-2:]
        if re.fullmatch(r"\s*(?:[-–]|to|and|until|till)\s*", low[first.span.end : second.span.start]):
            found[-2] = replace(first, value=second.value[:10] + first.value[10:])


def _word_at(low: str, start: int) -> str:
    m = _WORD.match(low, start)
    return m.group() if m else "0"


@cache
def _ready() -> dict[str, tuple[_Ready, ...]]:
    """Give, for each word that can start an expression, the rules to try; "0" stands for figures, "'0" for '80."""
    table: dict[str, list[_Ready]] = {}
    for rule in RULES:
        ready = _Ready(rule, compiled(rule.pattern))
        words = {w for c in rule.starts.split() for w in STARTS[c]}
        words |= {"0"} if "digits" in rule.starts else set()
        words |= {"'0"} if "apostrophe" in rule.starts else set()
        for word in words:
            table.setdefault(word, []).append(ready)
    return {word: tuple(rules) for word, rules in table.items()}


@cache
def _left(flags: str) -> re.Pattern[str]:
    """Give the pattern of what may stand before a match: approximator, "the end of", determiner, "early"."""
    of = any_of([w for w in PARTS if " " in w])
    part = any_of([w for w in PARTS if " " not in w])
    det = rf"(?:(?:the|this){SPACE})?" if "d" in flags.lower() else ""
    about = rf"(?:\b(?P<about>{any_of(APPROXIMATORS)}){SPACE})?" if "a" in flags else ""
    parts = rf"(?:\b(?P<of>{of}){SPACE})?" if "p" in flags else ""
    adjective = rf"(?:(?P<part>{part})(?:{SPACE}|-))?" if "p" in flags else ""
    return re.compile(rf"(?<![\w-])(?:{about}{parts}{det}{adjective})$")


@cache
def _heads() -> re.Pattern[str]:
    """Give the pattern of what may stand before a date that heads a text."""
    named = r"(?P<named>(?i:date|dated|published|first published|posted|updated)\b:?[^\S\n]*(?:on[^\S\n]+)?)"
    dateline = r"[A-Z][A-Z'. ]{2,30},[^\S\n](?:[A-Z][\w.]+,?[^\S\n])??"
    return re.compile(rf"(?m)^[^\S\n]*(?:{named}|{dateline})?(?=\w)")
