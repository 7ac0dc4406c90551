"""Make the tables of people and offices that ship: sources of ../shared + additions.tsv -> src/onrecord/people/data/.

    python -m training.people.build --shared ../shared

Rows that speak of one person are put together by Wikidata's item, else by name and country. Of one office of one place
the additions win over the sources from their first day on. Only sources that may be passed on are read (see README.md).
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from onrecord.people.folding import parts, plain, sound
from training.people import additions, sources, terms
from training.people.raw import Raw, Someone

DATA = Path(__file__).resolve().parents[2] / "src" / "onrecord" / "people" / "data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    folder = parser.parse_args().shared / "data" / "people"
    people = additions.people()
    raw = [*sources.congress(folder), *sources.executive(folder), *sources.leadership(folder)]
    raw += [*sources.wikidata(folder), *sources.uk(folder), *sources.bodies(folder)]
    registry = Registry(people)
    linked = [(registry.of(r), r) for r in [*raw, *additions.terms(), *sources.factbook(folder)]]
    found = terms.settled([r.of(who.id) for who, r in linked])
    kept = {t.id for t in found} | {p.id for p in people}
    write("terms", ("place", "office", "since", "until", "as of", "id", "title", "basis"), (t.row() for t in found))
    someones = [s for s in registry.all if s.id in kept]
    write("people", ("id", "name", "other names", "family", "gender", "country", "party"), (s.row() for s in someones))
    write("names", ("key", "ids"), postings(someones))
    write("nicknames", ("name", "short forms"), sources.nicknames(folder))
    print(f"{len(someones):,} people, {len(found):,} terms")


class Registry:
    """All people, found by item or by name and country."""

    def __init__(self, hand_kept: Iterable[Someone]) -> None:
        self.all: list[Someone] = []
        self._by_id: dict[str, Someone] = {}
        self._by_name: dict[tuple[str, str], list[Someone]] = defaultdict(list)
        for someone in hand_kept:
            self._add(someone)

    def of(self, raw: Raw) -> Someone:
        """Give the one whom a row speaks of; a new one where nobody fits."""
        someone = self._by_id.get(raw.id) if raw.id else None
        someone = someone or self._named(raw) or self._add(raw.someone())
        if raw.id and not someone.id.startswith("Q"):
            someone.id, self._by_id[raw.id] = raw.id, someone
        someone.learn(raw)
        for name in (raw.name, *raw.also):
            self._index(someone, name)
        return someone

    def _named(self, raw: Raw) -> Someone | None:
        """Give the only one of this name and country who isn't known to be another one."""
        for key in _keys(raw.name, raw.family):
            same = [s for s in self._by_name[(raw.country, key)] if not (raw.id and s.id.startswith("Q"))]
            if same:
                return same[0] if len(same) == 1 else None
        return None

    def _add(self, someone: Someone) -> Someone:
        if not someone.id:
            slug = plain(someone.name).replace(" ", "-")
            someone.id = next(s for s in (slug, f"{slug}-{plain(someone.country)}", *(f"{slug}-{n}" for n in range(2, 99))) if s not in self._by_id)
        self._by_id[someone.id] = someone
        self.all.append(someone)
        for name in (someone.name, *someone.also):
            self._index(someone, name)
        return someone

    def _index(self, someone: Someone, name: str) -> None:
        for key in _keys(name, someone.family):
            these = self._by_name[(someone.country, key)]
            if someone not in these:
                these.append(someone)


def _keys(name: str, family: str) -> list[str]:
    """Give the full name, then its first and last word, as keys."""
    words = [sound(w) for w in parts(name)]
    last = [sound(w) for w in parts(family)][-1:] or words[-1:]
    rest = [w for w in words if w not in last] or words
    return list(dict.fromkeys([" ".join(sorted(words)), " ".join(sorted({*rest[:1], *last}))]))


def postings(someones: Iterable[Someone]) -> Iterable[tuple[str, str]]:
    """Give for each sounded word that may stand for somebody alone the ids, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for someone in someones:
        for word in someone.key_words():
            found[sound(word)].add(someone.id)
    return [(key, " ".join(sorted(ids))) for key, ids in found.items()]


def write(name: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    lines = sorted("\t".join(row) for row in rows)
    text = "\n".join(["# " + "\t".join(columns), *lines])
    (DATA / f"{name}.tsv").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
