"""A record in which speakers return to their issues in varying words, for compare.py.

    training/data/families ──a speaker's name, words around──▶ statements ──articles of five years──▶ rows

Each speaker has issues of its own (the more statements, the more issues: one for PER_ISSUE statements) and a position
on each, which a family says in several ways; ASTRAY of what it says is another position, or another aspect. The n-th
speaker is drawn with weight 1/(n + FLAT), so that of 100,000 statements of 2,000 speakers the most frequent one makes
some 1,500. A statement has about 25 words.
"""

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from typing import Any

import many
import scoring
from sqlalchemy import insert

from onrecord import codec, reports
from onrecord.people import folding
from onrecord.store import Store, opening
from onrecord.store.schema import articles, bands, entities, printings, runs, statements, waiting
from onrecord.store.words import indexed
from onrecord.types import Quotation, Span, Speaker, Statement, Word

FAMILIES = scoring.ROOT / "training" / "data" / "families"
DAYS = (date(2021, 1, 1), date(2025, 12, 31))
PER_ISSUE = 8  # statements of a speaker, for each issue of its
ASTRAY = 0.05  # of statements, those that need not fit the speaker's position
FLAT = 12  # what keeps the most frequent speakers from having most of all
AN_ARTICLE = 5  # statements of an article, about
AT_ONCE = 400  # articles in a transaction
SAME = ("aspect", "sign", "strength", "condition", "number")  # of what says one position
AROUND = (  # what speakers add
    "and the committee has known that since spring",
    "as the figures of the last quarter show",
    "and that goes for the whole of next year",
    "whatever the papers have made of it this week",
    "and the letter of Monday says nothing else",
    "as those who were in the room can tell",
    "and there is not much to be added to that",
    "which is what the members were told in June",
    "and the minutes of the meeting are open to all",
    "as the spokeswoman explained the day before",
    "and so it was written down at the time",
    "even if the talks go on until the autumn",
    "and everyone at the table understood it so",
    "as anybody can read in the report",
    "and that was clear from the first day on",
    "with all that follows for the coming months",
)
CUES = ("said", "told reporters", "argued", "announced", "insisted", "added")

Row = dict[str, Any]


@dataclass(frozen=True)
class Made:
    """What a record was filled with."""

    speakers: int  # that say something
    most: int  # statements of one


@dataclass(frozen=True)
class Family:
    """Statements on one issue."""

    names: tuple[str, str]  # of its speaker, the whole one and the last part
    positions: Sequence[Sequence[str]]  # each in several ways
    texts: Sequence[str]


@dataclass(frozen=True)
class Issue:
    """What one speaker holds on a matter."""

    family: Family
    position: Sequence[str]


def fill(store: Store, count: int, speakers: int) -> Made:
    """Put so many statements into an empty record; all of them wait to be compared."""
    draw = random.Random(count)
    people = names(speakers)
    weights = list(accumulate(1 / (n + FLAT) for n in range(1, speakers + 1)))
    turns = Counter(draw.choices(people, cum_weights=weights, k=count))
    said = [(name, text) for name in people for text in _said(name, turns[name])]
    draw.shuffle(said)
    with opening.writing(store._engine) as connection:
        connection.execute(insert(runs), [_run()])
        connection.execute(insert(entities), [_entity(name) for name in people])
    for rows in _rows(said, draw):
        _insert(store, rows)
    return Made(len(turns), max(turns.values()))


def article(draw: random.Random, speakers: int) -> str:
    """Give a new article in which some of the most frequent speakers return to their issues."""
    parts = []
    for name in draw.sample(names(speakers)[:20], 4):
        text = draw.choice(list(_said(name, PER_ISSUE, draw.random())))
        parts.append(f'"{text}," {name} said on Monday.')
    filler = " ".join(draw.sample([a + b for a in many.SYLLABLES.split() for b in many.SYLLABLES.split()], 200))
    return "Published: 2026-01-05\n\n" + "\n\n".join(parts) + f"\n\n{filler}.\n"  # no copy of the last one


@cache
def names(number: int) -> Sequence[str]:
    """Give invented speakers, the most frequent first: first names and surnames of the families' speakers."""
    draw = random.Random(7)
    whole = [f.names[0].split() for f in families() if len(f.names[0].split()) == 2 and f.names[0].istitle()]
    found = dict[str, None]()
    while len(found) < number:
        found[f"{draw.choice(whole)[0]} {draw.choice(whole)[1]}"] = None
    return list(found)


# --- what is said ---------------------------------------------------------------------------------


@cache
def families() -> Sequence[Family]:
    """Give the families of the training data that say a position in several ways."""
    lines = (line for path in sorted(FAMILIES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    made = [_family(json.loads(line)) for line in lines]
    return [family for family in made if family.positions]


def _family(data: Row) -> Family:
    same = defaultdict[tuple[Any, ...], list[str]](list)
    for s in data["statements"]:
        same[tuple(s.get(name) for name in SAME)].append(_clause(s["text"]))
    whole = data["speaker"]
    return Family(
        (whole, whole.split()[-1]),
        [texts for texts in same.values() if len(texts) > 1],
        [text for texts in same.values() for text in texts],
    )


def _clause(text: str) -> str:
    """Give a text as a part of a longer sentence: without quotation marks and the point at its end."""
    plain = re.sub(r"[\"“”]", "", text)
    return re.sub(r"[.!?;:] ", ", ", plain).rstrip(" .!?,")


def _said(name: str, number: int, seed: float = 0.0) -> Iterator[str]:
    """Give what a speaker says so many times, each time on one of its issues."""
    issues = _issues(name, number)
    draw = random.Random(f"{name} {number} {seed}")
    for _ in range(number):
        yield _words(draw.choice(issues), name, draw)


def _issues(name: str, number: int) -> list[Issue]:
    draw = random.Random(name)
    some = draw.sample(families(), min(len(families()), 1 + number // PER_ISSUE))
    return [Issue(f, draw.choice(f.positions)) for f in some]


def _words(issue: Issue, name: str, draw: random.Random) -> str:
    """Give a text of an issue with the speaker's name instead of the family's, and with words around it."""
    text = draw.choice(issue.family.texts if draw.random() < ASTRAY else issue.position)
    for old, new in zip(issue.family.names, (name, name.split()[-1]), strict=True):
        text = text.replace(old, new)
    return f"{text}, {draw.choice(AROUND)}"


# --- rows -----------------------------------------------------------------------------------------


def _rows(said: Sequence[tuple[str, str]], draw: random.Random) -> Iterator[dict[str, list[Row]]]:
    made, articles_made, start = defaultdict[str, list[Row]](list), 0, 0
    while start < len(said):
        end = start + draw.randint(1, 2 * AN_ARTICLE - 1)
        for table, rows in _article(f"Report {articles_made}\n\n", said[start:end], draw).items():
            made[table] += rows
        start, articles_made = end, articles_made + 1
        if articles_made % AT_ONCE == 0:
            yield made
            made = defaultdict(list)
    yield made


def _article(text: str, said: Sequence[tuple[str, str]], draw: random.Random) -> dict[str, list[Row]]:
    """Give the rows of an article that begins with a text and goes on with what was said."""
    places = []
    for name, words in said:
        cue = draw.choice(CUES)
        source = Span(len(text), len(text) + len(name))
        verb = Span(source.end + 1, source.end + 1 + len(cue))
        text += f"{name} {cue} that {words}.\n\n"
        places.append((Span(verb.end + len(" that "), len(text) - len(".\n\n")), source, verb))
    key = blake2b(text.encode(), digest_size=16).hexdigest()
    day = DAYS[0] + timedelta(draw.randrange((DAYS[1] - DAYS[0]).days))
    facts = {"name": key[:8], "title": None, "published": day, "publisher": None, "url": None, "authors": "[]"}
    now = datetime.now(UTC)
    where = _Article(key, text, day)
    found = [_statement(where, i, name, place) for i, ((name, _), place) in enumerate(zip(said, places, strict=True))]
    return {
        "articles": [facts | {"id": key, "text": text, "run": "made-up", "recorded": now}],
        "printings": [facts | {"id": key[:24], "article": key, "recorded": now}],
        "bands": [{"band": band, "article": key} for band in sorted(set(reports.sketch(text).bands))],
        "statements": found,
        "waiting": [{"statement": row["id"]} for row in found],
    }


@dataclass(frozen=True)
class _Article:
    key: str
    text: str
    day: date


def _statement(where: _Article, i: int, name: str, place: tuple[Span, Span, Span]) -> Row:
    """Give the row of the i-th statement of an article; place: of content, source and cue."""
    content, source, cue = ((span,) for span in place)
    quotation = Quotation(content, source, cue, kind="indirect", parent=None, confidence=0.9)
    speaker = Speaker(_id(name), name, "person", None, 0.9)
    own = blake2b(f"{where.key} {i}".encode(), digest_size=8).hexdigest()
    word = Word("said", "assert", None, None)
    body = codec.statement_to_body(Statement(own, quotation, None, speaker, None, (), word, (), ()))
    words = place[0].of(where.text)
    return {
        "id": own,
        "article": where.key,
        "place": i,
        "text": words,
        "indexed": indexed(words),
        "body": body,
        "found": speaker.id,
        "speaker": speaker.id,
        "kind": "indirect",
        "act": "assert",
        "first_day": None,
        "last_day": None,
        "day": where.day,
        "dropped": False,
        "utterance": own,
        "recorded": datetime.now(UTC),
    }


def _id(name: str) -> str:
    """Give the id that reading gives a full name."""
    return blake2b(f"person\0{' '.join(folding.parts(name))}".encode(), digest_size=8).hexdigest()


def _entity(name: str) -> Row:
    return {"id": _id(name), "name": name, "folded": folding.plain(name), "type": "person"}


def _run() -> Row:
    return {"id": "made-up", "version": "0", "models": "[]", "options": "[]", "recorded": datetime.now(UTC)}


def _insert(store: Store, made: dict[str, list[Row]]) -> None:
    with opening.writing(store._engine) as connection:
        for table in (articles, printings, bands, statements, waiting):
            if made[table.name]:
                connection.execute(insert(table), made[table.name])
