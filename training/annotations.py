"""Our own annotation of PolNeAR train: who speaks, what kind of word, when said (training/data/annotations.tsv)."""

import re
from dataclasses import dataclass
from pathlib import Path

WORD = re.compile(r"\w+")
_DROP = frozenset(
    [
        "the",
        "a",
        "an",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sen",
        "rep",
        "gov",
        "president",
        "senator",
        "governor",
        "jr",
        "sr",
        "s",
    ]
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader noted of one gold attribution (the fields of ../shared/polnear/GUIDE.md)."""

    speaker: str
    speaker_type: str
    mode: str
    act: str
    said_on: str | None
    sure: bool
    condition: tuple[int, int] | None  # characters of the article
    via: tuple[str, ...]
    role: str | None


def annotations(path: Path) -> dict[str, dict[int, Mark]]:
    """Give the marks of each article, by its id and the number of the attribution in train.gold.jsonl."""
    found: dict[str, dict[int, Mark]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rows = found.setdefault(line[1:-1], {})
        else:
            rows.update([_mark(line)])
    return found


def _mark(line: str) -> tuple[int, Mark]:
    i, speaker, kind, mode, act, said, sure, condition, via, role = line.split("\t")
    some = lambda x: None if x == "-" else x  # noqa: E731
    span = tuple(map(int, condition.split(":"))) if condition != "-" else None
    links = () if via == "-" else tuple(v.strip() for v in via.split(";"))
    speaker = "" if speaker == "-" else speaker
    return int(i), Mark(speaker, kind, mode, act, some(said), sure == "1", span, links, some(role))  # type: ignore[arg-type]


def same_name(a: str | None, b: str | None) -> bool:
    """Tell whether two names may be one speaker's: same last name and no other given name, or the same words."""
    x, y = ([w for w in WORD.findall((n or "").lower()) if w not in _DROP] for n in (a, b))
    if not x or not y:
        return x == y
    return set(x) == set(y) or (x[-1] == y[-1] and (len(x) == 1 or len(y) == 1 or x[0] == y[0]))
