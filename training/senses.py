"""What the encoder learns besides attributions: names, kinds of word, and whom words that speak point at.

A `Lesson` is one text with the windows that the encoder reads and the questions asked of its words. All word indices
count the words of the whole text. Sources: our annotation of PolNeAR train, GAP, GUM and the NER sets of ../shared.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import numpy as np

from onrecord.resolve.entities import Cast
from onrecord.resolve.lexicon import PRONOUNS
from onrecord.types import Act, Mode, SpeakerType
from training.annotations import Mark, same_name
from training.data import Document, PieceEncoder, Window, read_pieces, windows, word_labels

ACTS, MODES, TYPES = get_args(Act), get_args(Mode), get_args(SpeakerType)
NAMES = ("none", "person", "organisation", "place", "other")  # what a word is part of the name of
Words = np.ndarray  # indices of words


@dataclass
class Asked:
    """One attribution's words and the answers: indices into ACTS, MODES, TYPES."""

    source: Words
    cue: Words
    content: Words
    answers: tuple[int, int, int]


@dataclass
class Link:
    """Words that point at somebody, the words that may name him, and which of them do."""

    query: Words
    candidates: list[Words]
    right: list[bool]


@dataclass
class Lesson:
    windows: list[Window]
    attributions: bool = False  # its tags and parts are gold
    names: np.ndarray | None = None  # (words,) indices into NAMES
    asked: list[Asked] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


class Lessons:
    """Makes lessons of each kind; window sizes are random where `rng` is given."""

    def __init__(self, encode: PieceEncoder, size: int) -> None:
        self.encode, self.size = encode, size

    def _read(self, text: str, statements: list[dict[str, list[list[int]]]], rng: random.Random | None):  # noqa: ANN202
        p = read_pieces(text, self.encode)
        wins = windows(p, word_labels(p, statements), self.size, rng)
        starts = p.starts[p.words]
        return wins, starts

    def article(self, d: Document, marks: dict[int, Mark], text: str, rng: random.Random | None) -> Lesson:
        """A PolNeAR article in the first annotator's reading, with what we noted of its statements."""
        wins, starts = self._read(text, d.readings[0], rng)
        lesson = Lesson(wins, attributions=True)
        rows = d.readings[0]
        for i, mark in marks.items():
            part = {k: covered(starts, rows[i].get(k, [])) for k in ("source", "cue", "content")}
            if not len(part["content"]):
                continue
            answers = ACTS.index(mark.act), MODES.index(mark.mode), TYPES.index(mark.speaker_type)
            lesson.asked.append(Asked(**part, answers=answers))
        lesson.links = list(article_links(d.text, rows, marks, starts))
        return lesson

    def gap(self, row: dict[str, object]) -> Lesson | None:
        """A pronoun of GAP with its two candidates."""
        if not (row["A_coref"] or row["B_coref"]):
            return None
        wins, starts = self._read(str(row["text"]), [], None)
        at = lambda name, off: covered(starts, [[off, off + len(name)]])  # noqa: E731
        names = [at(row["A"], row["A_off"]), at(row["B"], row["B_off"])]
        query = at(row["pronoun"], row["pron_off"])
        return Lesson(wins, links=[Link(query, names, [bool(row["A_coref"]), bool(row["B_coref"])])])

    def named(self, text: str, spans: list[tuple[int, int, int]]) -> Lesson:
        """A text with names: (start, end, index into NAMES)."""
        wins, starts = self._read(text, [], None)
        return Lesson(wins, names=name_tags(starts, spans))

    def gum(self, path: Path) -> Lesson:
        """A document of GUM: names, and pronouns and descriptions with what they take up."""
        text, names, links = read_gum(path)
        wins, starts = self._read(text, [], None)
        made = [
            Link(covered(starts, [q]), [covered(starts, [c]) for c, _ in cands], [r for _, r in cands])
            for q, cands in links
        ]
        return Lesson(wins, names=name_tags(starts, names), links=made)


def covered(starts: np.ndarray, spans: list[list[int]]) -> Words:
    """Give the words that begin in the spans."""
    found = [np.arange(np.searchsorted(starts, a), np.searchsorted(starts, b)) for a, b in spans]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def name_tags(starts: np.ndarray, spans: list[tuple[int, int, int]]) -> np.ndarray:
    tags = np.zeros(len(starts), dtype=np.int64)
    for a, b, kind in spans:
        tags[np.searchsorted(starts, a) : np.searchsorted(starts, b)] = kind
    return tags


def article_links(
    text: str, rows: list[dict[str, list[list[int]]]], marks: dict[int, Mark], starts: np.ndarray
) -> Iterator[Link]:
    """Link sources that are no names, and silent cues, to the mentions of their speakers."""
    cast = Cast(text)
    named = [(m.span.start, m.span.end, e.name) for m, e in zip(cast.mentions, cast.links, strict=True)]
    nominal = [
        (*rows[i]["source"][0], m.speaker, m.speaker_type)
        for i, m in marks.items()
        if rows[i]["source"] and m.speaker_type != "person"
    ]
    for i, mark in marks.items():
        if not mark.speaker or not mark.sure:
            continue
        source, cue = rows[i]["source"], rows[i]["cue"] or rows[i]["content"][:1]
        words = text[slice(*source[0])] if source else ""
        low = words.lower()
        inside = [n for a, b, n in named if source and a < source[0][1] and b > source[0][0]]
        wanted = mark.speaker.split(";")
        if low not in PRONOUNS and any(same_name(n, w) for n in inside for w in wanted):
            continue
        query = covered(starts, source[:1] or cue[:1])
        around = source[0] if source else cue[0]
        found = [((a, b), any(same_name(n, w) for w in wanted)) for a, b, n in named]
        if mark.speaker_type != "person" and low in PRONOUNS:
            found += [((a, b), s.casefold() == mark.speaker.casefold()) for a, b, s, _ in nominal]
        found = [x for x in found if x[0][1] <= around[0] or x[0][0] >= around[1]]
        if any(r for _, r in found) and len(query):
            yield Link(query, [covered(starts, [list(s)]) for s, _ in found], [r for _, r in found])


# --- the sets of ../shared -------------------------------------------------------------------------------------------

_NER = {"PER": 1, "ORG": 2, "LOC": 3, "MISC": 4, "politician": 1, "person": 1, "politicalparty": 2, "organisation": 2,
        "location": 3, "country": 3, "misc": 4, "event": 4, "election": 4}  # fmt: skip
NER_FILES = ("conllpp_train.tsv", "crossner_politics_train.tsv", "crossner_politics_dev.tsv", "crossner_politics_test.tsv",
             "uner_en_ewt_dev.tsv", "wikigold.tsv", "wikineural_en_val.tsv.gz")  # fmt: skip
_TIGHT = re.compile(r"[.,;:!?)\]}%]|'s|’s|n't|'re|'ve|'ll|'d|'m|''")
SENTENCES = 7  # a text


def named_texts(path: Path) -> Iterator[tuple[str, list[tuple[int, int, int]]]]:
    """Give texts of a few sentences from a token-and-tag file, with the spans of their names."""
    group: list[list[tuple[str, int]]] = []
    for sentence in _sentences(path):
        group.append(sentence)
        if len(group) == SENTENCES:
            yield _joined(group)
            group = []


def _sentences(path: Path) -> Iterator[list[tuple[str, int]]]:
    rows: list[tuple[str, int]] = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as f:
        for line in f:
            if line.strip():
                token, tag = line.rstrip("\n").split("\t")[0], line.rstrip("\n").split("\t")[-1]
                rows.append((token, _NER.get(tag.split("-", 1)[-1], 0)))
            elif rows:
                yield rows
                rows = []
    if rows:
        yield rows


def _joined(group: list[list[tuple[str, int]]]) -> tuple[str, list[tuple[int, int, int]]]:
    text, spans = "", []
    for sentence in group:
        for k, (token, kind) in enumerate(sentence):
            if text and text[-1] not in "\n([$" and not (k and _TIGHT.fullmatch(token)):
                text += " "
            shown = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(token, token)
            if kind:
                spans.append((len(text), len(text) + len(shown), kind))
            text += shown
        if len(sentence) < 4:  # a headline, a dateline
            text += "\n"
    return text, spans


def gap_rows(folder: Path) -> list[dict[str, object]]:
    """Give the rows of all three parts of GAP."""
    return [
        json.loads(x) for p in sorted(folder.glob("gap_*.jsonl")) for x in p.read_text(encoding="utf-8").splitlines()
    ]


_ETYPES = {"person": 1, "organization": 2, "place": 3}
_OPEN, _CLOSE = re.compile(r"\((\d+)-([a-z]+)"), re.compile(r"(?<![-\w])(\d+)\)")
REACH = 1500  # characters back to look for what a word takes up


def read_gum(path: Path):  # noqa: ANN201
    """Give (text, spans of names, links) of a GUM file; a link is (span, [(candidate span, whether right)])."""
    text, names, mentions = "", [], []
    stack: list[tuple[str, str, int, list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar"):
            text = text.rstrip(" ") + "\n" if text else text
        cells = line.split("\t")
        if len(cells) != 10 or not cells[0].isdigit():
            continue
        start = len(text)
        text += cells[1]
        entity = next((x[7:] for x in cells[9].split("|") if x.startswith("Entity=")), "")
        for number, kind in _OPEN.findall(entity):
            stack.append((number, kind, start, []))
        for s in stack:
            s[3].append(cells[3])
        if cells[3] == "PROPN" and stack:
            names.append((start, len(text), _ETYPES.get(stack[-1][1], 4)))
        single = re.findall(r"\((\d+)-[^()]*\)", entity)
        for number in [*single, *_CLOSE.findall(re.sub(r"\(\d+-[^()]*\)", "", entity))]:
            k = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][0] == number), None)
            if k is not None:
                number, kind, a, tags = stack.pop(k)
                mentions.append((a, len(text), number, kind, tags))
        if "SpaceAfter=No" not in cells[9]:
            text += " "
    return text, names, list(_gum_links(mentions))


def _gum_links(mentions: list[tuple[int, int, str, str, list[str]]]):  # noqa: ANN202
    some = [m for m in mentions if m[3] in ("person", "organization", "place")]
    for a, b, number, kind, tags in some:
        if kind == "place" or not (tags == ["PRON"] or ("PROPN" not in tags and tags[0] == "DET")):
            continue
        found = [([x, y], n == number) for x, y, n, _, t in some if y <= a and a - x < REACH and t != ["PRON"]]
        if any(r for _, r in found):
            yield [a, b], found
