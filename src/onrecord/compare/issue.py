"""What two positions are about, in words of one of them: the stretch that holds most of what they share."""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from onrecord.types import Span

MOST_WORDS = 6

_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*\w*")


@lru_cache(1)
def _common() -> frozenset[str]:
    """Give the words that name no issue."""
    return frozenset(files("onrecord.compare").joinpath("common.txt").read_text("utf-8").split())


def issue(earlier: str, later: str) -> str:
    """Give a few words of the earlier text, else of the later one, that name what both speak of."""
    shared = stems(earlier) & stems(later)
    if not shared:
        return _rarest(earlier)
    found = [best for text in (earlier, later) if (best := _best(text, shared))]
    return max(found, key=lambda b: b[0])[1] if found else _rarest(earlier)


def _best(text: str, shared: frozenset[str]) -> tuple[float, str] | None:
    words = [Span(*m.span()) for m in _WORD.finditer(text)]
    stems = [_stem(w.of(text)) for w in words]
    best: tuple[float, str] | None = None
    for i, first in enumerate(stems):
        if first not in shared:
            continue
        for j in range(i, min(i + MOST_WORDS, len(words))):
            if stems[j] not in shared:
                continue
            between = text[words[i].start : words[j].end]
            if re.search(r"[.;:!?\"“”()]", between):
                break
            inside = {s for s in stems[i : j + 1] if s in shared}
            score = len(inside) - 0.25 * (j - i + 1 - len(inside))
            if best is None or score > best[0]:
                best = score, " ".join(between.split())
    return best


def _rarest(text: str) -> str:
    """Give the longest run of words that mean something."""
    runs = re.split(r"[^\w\s'’-]", text)
    best = ""
    for run in runs:
        kept = [w for w in _WORD.findall(run) if w.lower() not in _common()]
        best = max(best, " ".join(kept[:4]), key=len)
    return best or " ".join(text.split()[:4])


@lru_cache(20_000)  # a statement stands in many pairs
def stems(text: str) -> frozenset[str]:
    """Give the stems of the words that mean something."""
    return frozenset(stem for stem, _ in terms(text))


def terms(text: str) -> Iterator[tuple[str, str]]:
    """Give the words that mean something, each with its stem before it."""
    return ((stem, m.group()) for m in _WORD.finditer(text) if (stem := _stem(m.group())))


def _stem(word: str) -> str:
    """Give the stem of a word that means something; nothing of the others."""
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    return "" if plain in _common() or (len(plain) < 3 and not word.isupper()) else _stemmed(plain)  # "EU"


@lru_cache(100_000)
def _stemmed(word: str) -> str:
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))
