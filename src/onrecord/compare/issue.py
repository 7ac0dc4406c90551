"""What two positions are about, in words of one of them: the stretch that holds most of what they share."""

import re
from functools import lru_cache

from onrecord.types import Span

MOST_WORDS = 6

_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*\w*")
_COMMON = frozenset(
    (
        "a an the and or but nor so if as at by for from in into of off on onto out over per than that then there this "
        "those these to up upon via with without within about above across after against along among around before "
        "behind below beneath beside between beyond despite down during except inside like near outside since through "
        "toward towards under until till while because although though whether which who whom whose what when where why "
        "how i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself "
        "himself herself itself themselves be is are was were been being am do does did doing done have has had having "
        "will would shall should can could may might must ought need not no never none nothing nobody neither any some "
        "all both each every either many much more most few less least several such own same other another one two "
        "said say says saying told tell tells added asked called insisted warned argued wrote promised vowed pledged "
        "denied admitted conceded announced according also again already always ever even just only now still yet very "
        "too here today yesterday tomorrow week month year years time going go get got make made making take taken put "
        "let want wants wanted think thinks thought believe believes know knows people thing things way really well "
        "first last next new good back come came mr mrs ms dr president minister prime senator governor secretary chief"
    ).split()
)


def issue(earlier: str, later: str) -> str:
    """Give a few words of the earlier text, else of the later one, that name what both speak of."""
    shared = _stems(earlier) & _stems(later)
    if not shared:
        return _rarest(earlier)
    found = [best for text in (earlier, later) if (best := _best(text, shared))]
    return max(found, key=lambda b: b[0])[1] if found else _rarest(earlier)


def _best(text: str, shared: set[str]) -> tuple[float, str] | None:
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
        kept = [w for w in run.split() if w.lower() not in _COMMON]
        best = max(best, " ".join(kept[:4]), key=len)
    return best or " ".join(text.split()[:4])


def _stems(text: str) -> set[str]:
    return {s for m in _WORD.finditer(text) if (s := _stem(m.group()))}


def _stem(word: str) -> str:
    """Give the stem of a word that means something; nothing of the others."""
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    return "" if plain in _COMMON or len(plain) < 3 else _stemmed(plain)


@lru_cache(4096)
def _stemmed(word: str) -> str:
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))
