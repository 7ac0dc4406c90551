"""Make the tables of people and offices that ship: sources of ../shared + additions.tsv -> src/onrecord/people/data/.

    python -m training.people.build --shared ../shared

Rows that speak of one person are put together by Wikidata's item, else by name and country. Of one office of one place
the additions win over the sources from their first day on. Only sources that may be passed on are read (see README.md).
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from onrecord.people.folding import parts, plain, sound
from onrecord.people.offices import weight_of
from training.people import additions, sources, terms
from training.people.factbook import factbook
from training.people.raw import Raw, Someone
from training.people.wikidata import wikidata

DATA = Path(__file__).resolve().parents[2] / "src" / "onrecord" / "people" / "data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    folder = parser.parse_args().shared / "data" / "people"
    people = additions.people()
    raw = [*sources.congress(folder), *sources.executive(folder), *sources.leadership(folder)]
    raw += [*wikidata(folder), *sources.uk(folder)]
    registry = Registry(people)
    linked = [(registry.of(r), r) for r in [*raw, *additions.terms(), *factbook(folder)]]
    found = terms.settled([r.of(who.id) for who, r in linked])
    kept = {t.id for t in found} | {p.id for p in people}
    write("terms", ("place", "office", "since", "until", "as of", "id", "title", "basis"), (t.row() for t in found))
    someones = [s for s in registry.all if s.id in kept]
    write("people", ("id", "name", "other names", "family", "gender", "country", "party"), (s.row() for s in someones))
    write("names", ("key", "ids"), postings(someones))
    write("nicknames", ("name", "short forms"), sources.nicknames(folder))
    print(f"{len(someones):,} people, {len(found):,} terms")


SHARED = {"San Marino", "Andorra", "Bosnia and Herzegovina", "Switzerland"}  # with several heads at a time


class Registry:
    """All people, found by item or by name and country."""

    def __init__(self, hand_kept: Iterable[Someone]) -> None:
        self.all: list[Someone] = []
        self._by_id: dict[str, Someone] = {}
        self._by_name: dict[tuple[str, str], list[Someone]] = defaultdict(list)
        self._anywhere: dict[str, list[Someone]] = defaultdict(list)
        self._by_office: dict[tuple[str, str], list[tuple[str, Someone]]] = defaultdict(list)
        for someone in hand_kept:
            self._add(someone)

    def of(self, raw: Raw) -> Someone:
        """Give the one whom a row speaks of; a new one where nobody fits."""
        someone = self._by_id.get(raw.id) if raw.id else None
        someone = someone or self._named(raw) or self._in_that_office(raw) or self._add(raw.someone())
        if raw.id.startswith("Q") and not someone.id.startswith("Q"):
            someone.id, self._by_id[raw.id] = raw.id, someone
        someone.learn(raw)
        self._by_office[(raw.place, raw.office_name())].append((raw.since, someone))
        for name in (raw.name, *raw.also):
            self._index(someone, name)
        return someone

    def _named(self, raw: Raw) -> Someone | None:
        """Give the only one of this name and country (of any, where that isn't told) who isn't known to be another."""
        for key in _keys(raw.name, raw.family):
            named = self._by_name[(raw.country, key)] if raw.country else self._anywhere[key]
            same = [s for s in named if not (raw.id and (s.fixed or (_item(s.id) and not _may_be(raw, s))))]
            if same:
                return same[0] if len(same) == 1 else None
        return None

    def _in_that_office(self, raw: Raw) -> Someone | None:
        """Give who began in that office at about that time, where the names are alike: "Rohani" for "Rouhani"."""
        if raw.id or len(raw.since) < 10:
            return None
        head = raw.office_name() in ("president", "prime minister", "chancellor", "king") and raw.place not in SHARED
        for since, someone in self._by_office[(raw.place, raw.office_name())]:
            if len(since) == 10 and abs((date.fromisoformat(since) - date.fromisoformat(raw.since)).days) <= 60:
                heard = {sound(w) for n in (someone.name, *someone.also) for w in parts(n) if len(w) > 2}
                alike = max(
                    (SequenceMatcher(None, plain(n), plain(raw.name)).ratio() for n in (someone.name, *someone.also)),
                    default=0,
                )
                if (
                    (since == raw.since and head)
                    or alike > 0.75
                    or {sound(w) for w in parts(raw.family or raw.name) if len(w) > 2} & heard
                ):
                    return someone
        return None

    def _add(self, someone: Someone) -> Someone:
        if not someone.id:
            slug = plain(someone.name).replace(" ", "-")
            someone.id = next(
                s
                for s in (
                    slug,
                    f"{slug}-{plain(someone.country).replace(' ', '-')}",
                    *(f"{slug}-{n}" for n in range(2, 99)),
                )
                if s not in self._by_id
            )
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
            if someone not in self._anywhere[key]:
                self._anywhere[key].append(someone)


def _item(id: str) -> bool:
    return id.startswith(("Q", "bioguide-"))


def _may_be(raw: Raw, someone: Someone) -> bool:
    """Tell whether a former member of Congress whose item is not told may be the one of a row: in a high office."""
    high = weight_of(raw.office_name(), raw.place) >= 5 or raw.title.startswith(("ambassador", "Lieutenant Governor"))
    return someone.id.startswith("bioguide-") and raw.id.startswith("Q") and high


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
