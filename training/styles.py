"""Read the hand-written style articles: inline markup to clean text with exact offsets.

    === id                     starts an article
    {s1|...} {q1|...} {c1|...} source, cue, content of statement 1 (a part in pieces repeats its mark; marks may nest)
    {t1|:}                     the colon after a speaker's label in a transcript: a cue only if asked for

Run as a script it checks the folders named (or `data/styles`), prints counts and ends with status 1 on a fault.
"""

import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

PARTS = {"s": "source", "q": "cue", "t": "cue", "c": "content"}
ABBREVIATIONS = (".S.", ".N.", "Jr.", "Sr.", "Inc.", "Co.", "Okla.")
_TOKEN = re.compile(r"\{(?:([sqtc])(\d+)\|)?|\}")
_HEAD = re.compile(r"^=== *(\S+) *$", re.MULTILINE)


class MarkupError(ValueError):
    """Broken markup; the message names the place and what to mend."""


def read(folder: Path | str, *, turns: bool = False) -> list[dict[str, Any]]:
    """Give the folder's articles as {"id", "text", "statements"}; with `turns`, the colon after a label is a cue."""
    articles = [a for path in sorted(Path(folder).glob("*.txt")) for a in read_file(path, turns=turns)]
    twice = [i for i, n in Counter(a["id"] for a in articles).items() if n > 1]
    if twice:
        raise MarkupError(f"{folder}: article ids used twice: {', '.join(twice)}; rename one of each.")
    return articles


def read_file(path: Path, *, turns: bool = False) -> list[dict[str, Any]]:
    """Give the articles of one file, in order."""
    before, *rest = _HEAD.split(path.read_text(encoding="utf-8"))
    if before.strip() or not rest:
        raise MarkupError(f"{path}: text before the first '=== id' line, or none at all; start the file with one.")
    return [
        parse(f"{path.stem}/{name}", body.strip("\n") + "\n", turns=turns)
        for name, body in zip(rest[::2], rest[1::2], strict=True)
    ]


def parse(name: str, marked: str, *, turns: bool = False) -> dict[str, Any]:
    """Give one article's clean text and its statements; offsets are half-open, in code points of the clean text."""
    text, spans, stack, at = "", [], [], 0
    for token in _TOKEN.finditer(marked):
        text, at = text + marked[at : token.start()], token.end()
        where = f"{name}, near {marked[max(0, token.start() - 40) : token.end() + 40]!r}"
        if token[1]:
            stack.append((token[1], int(token[2]), len(text)))
        elif token[0] == "{":
            raise MarkupError(f"{where}: '{{' opens no mark; write {{s1|, {{q1|, {{c1| or {{t1|, or drop the brace.")
        elif not stack:
            raise MarkupError(f"{where}: '}}' closes nothing; remove it.")
        else:
            part, number, start = stack.pop()
            spans.append((number, part, start, len(text)))
            _check_span(text[start:], where)
    text += marked[at:]
    if stack:
        raise MarkupError(f"{name}: {{{stack[-1][0]}{stack[-1][1]}| is never closed; add its '}}'.")
    return {"id": name, "text": text, "statements": _statements(name, spans, turns=turns)}


def _check_span(words: str, where: str) -> None:
    if words != words.strip() or not words:
        raise MarkupError(f"{where}: a mark is empty or begins or ends with a blank; move the brace.")
    if "\n\n" in words:
        raise MarkupError(f"{where}: a mark runs over two paragraphs; close it and open it again in each.")


def _statements(name: str, spans: list[tuple[int, str, int, int]], *, turns: bool) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for number, part, start, end in sorted(spans, key=lambda s: (s[2], s[3])):
        statement = found.setdefault(number, {"source": [], "cue": [], "content": []})
        if part != "t" or turns:
            statement[PARTS[part]].append([start, end])
    for number, statement in found.items():
        if not statement["content"]:
            raise MarkupError(f"{name}: statement {number} has no content; mark one with {{c{number}|...}}.")
    return [found[n] for n in sorted(found)]


def faults(article: dict[str, Any]) -> list[str]:
    """Give what looks wrong in an article though its markup is sound: parts that overlap, odd ends, lone content."""
    found = []
    text = article["text"]
    for statement in article["statements"]:
        pieces = sorted((a, b, part) for part, spans in statement.items() for a, b in spans)
        for (a, b, one), (c, d, other) in pairwise(pieces):
            if c < b:
                found.append(f"{one} {text[a:b]!r} overlaps {other} {text[c:d]!r}")
        for part in ("source", "cue", "content"):
            found += [f"{part} ends oddly: {text[a:b]!r}" for a, b in statement[part] if _odd(part, text, a, b)]
        if not statement["source"] and not statement["cue"]:
            found.append(f"neither source nor cue: {[text[a:b] for a, b in statement['content']]}")
    return found


def _odd(part: str, text: str, start: int, end: int) -> bool:
    words = text[start:end]
    inside_word = (start and text[start - 1].isalnum() and words[0].isalnum()) or text[end : end + 1].isalnum()
    if part == "content":
        unmarked = not re.search(r"[\"'“”‘’«»„‹›]", words) and text.count("\n", 0, start) and words[-1] in ",;"
        return bool(inside_word or unmarked)
    wrong_end = ".;" if part == "source" else ",.;"  # an apposition before its cue keeps its closing comma
    return bool(inside_word or (words[-1] in wrong_end and not words.endswith(ABBREVIATIONS)))


def _report(folder: Path) -> int:
    articles, bad = read(folder), 0
    shapes = Counter(
        "+".join(p for p in ("source", "cue", "content") if s[p]) for a in articles for s in a["statements"]
    )
    words = sum(len(a["text"].split()) for a in articles)
    print(f"{folder}: {len(articles)} articles, {words} words, {sum(shapes.values())} statements, {dict(shapes)}")
    for article in articles:
        for fault in faults(article):
            bad += 1
            print(f"  {article['id']}: {fault}")
    return bad


def main() -> None:
    """Check the folders named on the command line, or the one beside this file."""
    folders = [Path(f) for f in sys.argv[1:]] or [Path(__file__).parent / "data" / "styles"]
    if sum(_report(folder) for folder in folders):
        sys.exit(1)


if __name__ == "__main__":
    main()
