"""The tables of the act rules, read once: cue words with all their forms, patterns of content, word lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from onrecord.types import Act, Mode

_WORD = re.compile(r"[a-z][a-z'’-]*")
_LONGEST = 4  # words of the longest cue phrase


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue word tells: mode, act (None: the content decides), and the act where the content tells nothing."""

    mode: Mode
    act: Act | None
    otherwise: Act | None

    @property
    def always(self) -> bool:
        """Tell whether the mode holds whoever the source is."""
        return self.mode != "document"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, lower case."""

    cues: dict[str, Cue]  # by lemma or phrase
    lemmas: dict[str, str]  # form -> lemma
    contents: tuple[tuple[Act, re.Pattern[str]], ...]
    evaluating: frozenset[str]
    documents: frozenset[str]
    written: frozenset[str]

    def cue(self, words: str) -> Cue | None:
        """Give what the first known cue in these words tells; of two that start together the longer one counts."""
        tokens = _WORD.findall(words.lower())
        for i, token in enumerate(tokens):
            lemma = self.lemmas.get(token, token)
            for size in range(min(_LONGEST, len(tokens) - i), 0, -1):
                for head in (lemma, token):
                    found = self.cues.get(" ".join((head, *tokens[i + 1 : i + size])))
                    if found:
                        return found
        return None


@cache
def lexicon() -> Lexicon:
    """Give the tables (read at the first call)."""
    rows = [line.split("\t") for line in _lines("cues.tsv")]
    words = _sections("words.txt")
    return Lexicon(
        cues={lemma: _cue(mode, act) for lemma, mode, act, _ in rows},
        lemmas={form: lemma.split(" ")[0] for lemma, *_ in rows for form in forms(lemma.split(" ")[0])},
        contents=tuple(
            (cast(Act, row[0]), re.compile(row[1])) for row in (x.split("\t") for x in _lines("contents.tsv"))
        ),
        evaluating=words["evaluate"],
        documents=words["documents"],
        written=words["written"],
    )


def examples(name: str) -> list[list[str]]:
    """Give the rows of a table with their examples, for the tests."""
    return [line.split("\t") for line in _lines(name)]


def _cue(mode: str, act: str) -> Cue:
    fallback = cast(Act, act[:-1]) if act.endswith("?") else None
    return Cue(cast(Mode, mode), None if act == "-" or fallback else cast(Act, act), fallback)


def _lines(name: str) -> list[str]:
    text = (files("onrecord.acts") / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _sections(name: str) -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = {}
    for line in _lines(name):
        if line.startswith("["):
            current = found.setdefault(line[1 : line.index("]")], [])
        else:
            current.extend(w.strip() for w in line.split(","))
    return {section: frozenset(w for w in words if w) for section, words in found.items()}


_IRREGULAR = {
    "be": "is are was were been being",
    "beg": "begged begging",
    "cast": "cast",
    "deny": "denies denied",
    "feel": "felt",
    "find": "found",
    "forecast": "forecast",
    "go": "went gone",
    "know": "knew known",
    "plead": "pled",
    "read": "read",
    "say": "said",
    "see": "saw seen",
    "seek": "sought",
    "shoot": "shot",
    "show": "shown",
    "speak": "spoke spoken",
    "swear": "swore sworn",
    "take": "took taken",
    "tell": "told",
    "think": "thought",
    "understand": "understood",
    "write": "wrote written",
}
_DOUBLED = frozenset(("slam", "rip", "commit", "plan", "rebut", "dub", "beg", "refer"))


def forms(verb: str) -> Iterator[str]:
    """Give the forms of a verb: "deny" -> deny, denies, denied, denying."""
    yield verb
    yield from _IRREGULAR.get(verb, "").split()
    if verb.endswith("y") and verb[-2] not in "aeou":
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    elif verb.endswith("e") and verb not in ("be", "see", "agree", "disagree"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing")
    else:
        stem = verb + verb[-1] if verb in _DOUBLED else verb
        plural = "es" if verb.endswith(("s", "sh", "ch", "x")) or verb == "go" else "s"
        yield from (verb + plural, stem + ("d" if verb.endswith("e") else "ed"), stem + "ing")
