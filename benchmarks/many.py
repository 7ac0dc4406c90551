"""A record of as many statements as are asked for: copies of what onrecord itself kept of real articles.

    articles ──Record.add──▶ seed record ──rows──▶ copies: other words, speakers, days ──insert──▶ record

The rows are those that `add` wrote, in every table and column. What a copy changes: a share of the article's words
(each for another of the same length and about the same frequency, so all spans hold and the words are spread as
before), hence the ids and the bands of the sketch; the named speakers (3,000 invented ones, the n-th drawn with weight
1/n); the day, over ten years. Speakers whom only one article knows are others in each copy. Utterances are not joined
again.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial
from hashlib import blake2b
from itertools import accumulate, islice
from typing import Any

from sqlalchemy import insert, select, text

from onrecord import codec, reports
from onrecord.people import folding
from onrecord.store import Store, opening
from onrecord.store.keeping import name_rows
from onrecord.store.schema import articles, bands, entities, names, printings, runs, statements
from onrecord.store.words import indexed

SPEAKERS = 3_000
DAYS = (date(2016, 1, 1), date(2025, 12, 31))
COMMON = 150  # words that no copy changes
AT_ONCE = 50  # articles for a process
QUICK = ("cache_size = -1000000", "wal_autocheckpoint = 50000")  # while SQLite is filled
FORENAMES = "Ada Bo Cleo Dag Edda Finn Gro Hal Ilse Jens Kaja Lars Mina Nils Oda Per Runa Sven Tove Ulf"
SYLLABLES = "bran dal eke fal gris hol kan lund mar nor oster quill rav stro tarn vik"

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class Seed:
    """What onrecord kept of real articles: each article's rows, by table."""

    articles: Sequence[Rows]
    shared: frozenset[str]  # the speakers whom several articles know
    runs: Sequence[Row]

    @cached_property
    def groups(self) -> Sequence[Sequence[str]]:
        """Give the words that may stand for each other: as long, as capital, about as frequent."""
        counted = Counter(w for a in self.articles for w in _WORD.findall(a["articles"][0]["text"]))
        found = defaultdict(list)
        for rank, (word, number) in enumerate(counted.most_common()):
            if rank >= COMMON:
                found[len(word), word[0].isupper(), number.bit_length()].append(word)
        return list(found.values())


_WORD = re.compile(r"[A-Za-z]+")


def seed(store: Store) -> Seed:
    """Give what a record holds."""
    with opening.reading(store._engine) as connection:
        rows = {
            t.name: [dict(r) for r in connection.execute(select(t)).mappings()]
            for t in (articles, printings, statements, entities, runs)
        }
    by_article = defaultdict(lambda: defaultdict(list))
    for name, key in (("articles", "id"), ("printings", "article"), ("statements", "article")):
        for row in rows[name]:
            by_article[row[key]][name].append(row)
    known_in = Counter(s for a in by_article.values() for s in {r["found"] for r in a["statements"]})
    people = {row["id"]: row for row in rows["entities"]}
    for made in by_article.values():
        made["entities"] = [people[key] for key in sorted({r["found"] for r in made["statements"] if r["found"]})]
    kept = [dict(by_article[key]) for key in sorted(by_article) if by_article[key]["statements"]]
    return Seed(kept, frozenset(key for key, n in known_in.items() if n > 1), rows["runs"])


def fill(store: Store, source: Seed, count: int, jobs: int) -> Iterator[int]:
    """Put copies into an empty record until it holds so many statements; give from time to time how many it does."""
    with opening.writing(store._engine) as connection:
        for pragma in QUICK if connection.dialect.name == "sqlite" else ():
            connection.connection.execute(f"PRAGMA {pragma}")
        connection.execute(insert(runs), source.runs)
        connection.execute(insert(entities), speakers())
        connection.execute(insert(names), [w for row in speakers() for w in name_rows(row)])
    held = 0
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(source,)) as pool:
        for made in _in_turn(pool, _jobs(len(source.articles))):
            _insert(store, made)
            held += len(made["statements"])
            yield held
            if held >= count:
                break
        pool.shutdown(cancel_futures=True)
    with store._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if connection.dialect.name == "postgresql" else "PRAGMA optimize"))


def speakers() -> Sequence[Row]:
    """Give the invented speakers, the most frequent first."""
    draw = random.Random(7)
    names: dict[str, None] = {}
    while len(names) < SPEAKERS:
        surname = "".join(draw.sample(SYLLABLES.split(), draw.choice((2, 3))))
        names[f"{draw.choice(FORENAMES.split())} {surname.title()}"] = None
    return [
        {"id": _key("speaker", name), "name": name, "folded": folding.plain(name), "type": "person"} for name in names
    ]


# --- copies ---------------------------------------------------------------------------------------

_source: Seed
_invented: Sequence[Row]
_named: set[str]
_weights = list(accumulate(1 / n for n in range(1, SPEAKERS + 1)))


def _start(source: Seed) -> None:
    global _source, _invented, _named
    _source, _invented = source, speakers()
    _named = {row["id"] for row in _invented}


def _jobs(number: int) -> Iterator[tuple[int, range]]:
    turn = 0
    while True:
        yield from ((turn, range(i, min(i + AT_ONCE, number))) for i in range(0, number, AT_ONCE))
        turn += 1


def _in_turn(pool: ProcessPoolExecutor, jobs: Iterator[tuple[int, range]]) -> Iterator[Rows]:
    flying = [pool.submit(_copies, job) for job in islice(jobs, 6)]
    while True:
        yield flying.pop(0).result()
        flying.append(pool.submit(_copies, next(jobs)))


def _copies(job: tuple[int, range]) -> Rows:
    turn, which = job
    made: Rows = defaultdict(list)
    for i in which:
        for table, rows in _copy(_source.articles[i], random.Random(f"{turn} {i}"), _mapping(turn)).items():
            made[table] += rows
    return dict(made)


_mappings: dict[int, dict[str, str]] = {}


def _mapping(turn: int) -> dict[str, str]:
    if turn not in _mappings:
        _mappings.clear()
        draw = random.Random(turn)
        _mappings[turn] = {}
        for group in _source.groups:
            _mappings[turn] |= zip(group, draw.sample(group, len(group)), strict=True)
    return _mappings[turn]


def _copy(old: Rows, draw: random.Random, other: dict[str, str]) -> Rows:
    first = old["articles"][0]
    words = _WORD.sub(lambda m: other.get(m[0], m[0]), first["text"])
    key = blake2b(words.encode(), digest_size=16).hexdigest()
    day = DAYS[0] + timedelta(draw.randrange((DAYS[1] - DAYS[0]).days))
    later = day - (first["published"] or day)
    who = {row["id"]: _speaker(row, key, draw) for row in old["entities"]}
    ids = {row["id"]: _key(key, row["id"]) for row in old["statements"]}
    facts = {"published": day, "name": f"{first['name']}-{key[:6]}"}
    change = partial(_statement, words=words, ids=ids, who=who, later=later)
    return {
        "articles": [first | facts | {"id": key, "text": words}],
        "printings": [r | facts | {"id": _key(key, r["id"]) + "0" * 8, "article": key} for r in old["printings"]],
        "bands": [{"band": band, "article": key} for band in sorted(set(reports.sketch(words).bands))],
        "entities": [row for row in who.values() if row["id"] not in _named],
        "statements": [change(row) | {"article": key} for row in old["statements"]],
    }


def _speaker(row: Row, key: str, draw: random.Random) -> Row:
    if row["id"] in _source.shared:
        return draw.choices(_invented, cum_weights=_weights)[0]
    return row | {"id": _key(key, row["id"])}


def _statement(old: Row, words: str, ids: dict[str, str], who: dict[str, Row], later: timedelta) -> Row:
    was = codec.statement_from_body(old["body"])
    speaker = who.get(old["found"], {"id": None})
    days = {name: old[name] and old[name] + later for name in ("first_day", "last_day", "day")}
    exact = was.said and old["first_day"] and old["first_day"] == old["last_day"]
    body = replace(
        was,
        id=ids[was.id],
        parent=ids.get(was.parent or ""),
        speaker=was.speaker and replace(was.speaker, id=speaker["id"], name=speaker["name"]),
        said=replace(was.said, value=str(days["first_day"])) if exact else was.said,
    )
    content = " ".join(span.of(words) for span in was.quotation.content)
    new = {"id": body.id, "utterance": body.id, "text": content, "indexed": indexed(content)}
    new |= {"body": codec.statement_to_body(body), "found": speaker["id"], "speaker": speaker["id"]}
    return {name: value for name, value in old.items() if name != "number"} | days | new


def _key(*parts: str) -> str:
    return blake2b(";".join(parts).encode(), digest_size=8).hexdigest()


# --- rows -----------------------------------------------------------------------------------------


def _insert(store: Store, made: Rows) -> None:
    with opening.writing(store._engine) as connection:
        for table in (articles, printings, bands, entities, statements):
            if made[table.name]:
                connection.execute(insert(table), made[table.name])
        named = [word for row in made["entities"] for word in name_rows(row)]
        if named:
            connection.execute(insert(names), named)
