"""Texts that teach which words are names and whom words that speak point at.

Sources: our annotation of PolNeAR train, GAP, GUM and the NER sets of ../shared.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.resolve.entities import Cast
from onrecord.resolve.lexicon import PRONOUNS
from training.annotations import Mark, same_name

NAMES = ("none", "person", "organisation", "place", "other")  # what a word is part of the name of
Chars = tuple[int, int]
Name = tuple[int, int, int]  # start, end, index into NAMES


@dataclass
class Link:
    """Words that point at somebody, the words that may name him, and which of them do; all as characters of a text."""

    query: Chars
    candidates: list[Chars]
    right: list[bool]


def article_links(text: str, rows: list[dict[str, list[list[int]]]], marks: dict[int, Mark]) -> Iterator[Link]:
    """Link sources that are no names, and silent cues, to the mentions of their speakers."""
    cast = Cast(text)
    named = [(m.span.start, m.span.end, e.name) for m, e in zip(cast.mentions, cast.links, strict=True)]
    nominal = [
        (*rows[i]["source"][0], m.speaker) for i, m in marks.items() if rows[i]["source"] and m.speaker_type != "person"
    ]
    for i, mark in marks.items():
        if not mark.speaker or not mark.sure:
            continue
        source, cue = rows[i]["source"], rows[i]["cue"] or rows[i]["content"][:1]
        low = text[slice(*source[0])].lower() if source else ""
        inside = [n for a, b, n in named if source and a < source[0][1] and b > source[0][0]]
        wanted = mark.speaker.split(";")
        if low not in PRONOUNS and any(same_name(n, w) for n in inside for w in wanted):
            continue
        around = source[0] if source else cue[0]
        found = [((a, b), any(same_name(n, w) for w in wanted)) for a, b, n in named]
        if mark.speaker_type != "person" and low in PRONOUNS:
            found += [((a, b), s.casefold() == mark.speaker.casefold()) for a, b, s in nominal]
        found = [x for x in found if x[0][1] <= around[0] or x[0][0] >= around[1]]
        if any(r for _, r in found):
            yield Link((around[0], around[1]), [s for s, _ in found], [r for _, r in found])


# --- the sets of ../shared -------------------------------------------------------------------------------------------

_NER = {"PER": 1, "ORG": 2, "LOC": 3, "MISC": 4, "politician": 1, "person": 1, "politicalparty": 2, "organisation": 2,
        "location": 3, "country": 3, "misc": 4, "event": 4, "election": 4}  # fmt: skip
NER_FILES = (
    *(f"crossner_politics_{part}.tsv" for part in ("train", "dev", "test")),
    *("conllpp_train.tsv", "uner_en_ewt_dev.tsv", "wikigold.tsv", "wikineural_en_val.tsv.gz"),
)
_TIGHT = re.compile(r"[.,;:!?)\]}%]|'s|’s|n't|'re|'ve|'ll|'d|'m|''")
SENTENCES = 7  # a text


def named_texts(path: Path) -> Iterator[tuple[str, list[Name]]]:
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


def _joined(group: list[list[tuple[str, int]]]) -> tuple[str, list[Name]]:
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


def read_gap(folder: Path) -> Iterator[tuple[str, Link]]:
    """Give the texts of GAP in which one of the two names is whom the pronoun points at."""
    for path in sorted(folder.glob("gap_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            r = json.loads(line)
            if r["A_coref"] or r["B_coref"]:
                names = [(r[x + "_off"], r[x + "_off"] + len(r[x])) for x in "AB"]
                at = r["pron_off"]
                yield r["text"], Link((at, at + len(r["pronoun"])), names, [r["A_coref"], r["B_coref"]])


_ETYPES = {"person": 1, "organization": 2, "place": 3}
_OPEN, _CLOSE = re.compile(r"\((\d+)-([a-z]+)"), re.compile(r"(?<![-\w])(\d+)\)")
REACH = 1500  # characters back to look for what a word takes up


def read_gum(path: Path) -> tuple[str, list[Name], list[Link]]:
    """Give the text, the names and the links of a GUM file."""
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


def _gum_links(mentions: list[tuple[int, int, str, str, list[str]]]) -> Iterator[Link]:
    some = [m for m in mentions if m[3] in ("person", "organization", "place")]
    for a, b, number, kind, tags in some:
        if kind == "place" or not (tags == ["PRON"] or ("PROPN" not in tags and tags[0] == "DET")):
            continue
        found = [((x, y), n == number) for x, y, n, _, t in some if y <= a and a - x < REACH and t != ["PRON"]]
        if any(r for _, r in found):
            yield Link((a, b), [s for s, _ in found], [r for _, r in found])
