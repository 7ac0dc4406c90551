"""Texts -> what they speak of most: the words, and pairs of words, that most of them share."""

from collections import Counter
from collections.abc import Iterable

from onrecord.compare.issue import terms

MOST = 14
LEAST = 3  # texts that share it


def topics(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Give what is spoken of, in the words of the texts, with in how many of them; the most frequent first."""
    told, written = Counter[str](), dict[str, Counter[str]]()
    for text in texts:
        found = dict(terms(text))
        told.update(found.keys())
        for stem, word in found.items():
            written.setdefault(stem, Counter())[word] += 1
    return [(written[stem].most_common(1)[0][0], n) for stem, n in told.most_common(MOST) if n >= LEAST]
