"""Articles written with their quotations marked: <s0>source</s0> <c0>cue</c0> <q0>content</q0>."""

import re
from collections import defaultdict
from datetime import date

import pytest

from onrecord.types import Article, Quotation, Span

TAG = re.compile(r"<(/?)([scq])(\d+)>")


def parse(marked: str) -> tuple[str, tuple[Quotation, ...]]:
    plain, opened, parts, last = "", {}, defaultdict(list), 0
    for m in TAG.finditer(marked):
        plain += marked[last : m.start()]
        last = m.end()
        key = m.group(2), int(m.group(3))
        if m.group(1):
            parts[key].append(Span(opened.pop(key), len(plain)))
        else:
            opened[key] = len(plain)
    plain += marked[last:]
    count = 1 + max((i for _, i in parts), default=-1)
    contents = [tuple(parts["q", i]) for i in range(count)]
    return plain, tuple(
        Quotation(
            contents[i],
            tuple(parts["s", i]),
            tuple(parts["c", i]),
            "direct" if contents[i][0].of(plain)[:1] in "\"“'" else "indirect",
            next((j for j in range(count) if j != i and contents[j][0].holds(contents[i][0])), None),
            0.9,
        )
        for i in range(count)
    )


@pytest.fixture
def marked():
    def make(text: str, published: date | None = date(2025, 3, 28), **more) -> tuple[Article, tuple[Quotation, ...]]:
        plain, quotations = parse(text)
        return Article("a1", "a.txt", plain, published=published, **more), quotations

    return make
