"""The record's database behind one door."""

import weakref
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, func, select

from onrecord.store import browsing, checking, comparing, copying, correcting, finding, keeping, opening
from onrecord.store.browsing import Kept as KeptArticle
from onrecord.store.checking import Fault
from onrecord.store.comparing import Compared, Due, Known
from onrecord.store.comparing import Kept as KeptPair
from onrecord.store.comparing import Wanted as WantedPairs
from onrecord.store.correcting import Correction
from onrecord.store.finding import Voice, Wanted
from onrecord.store.grouping import Likeness
from onrecord.store.keeping import Arrival, Found, Kept
from onrecord.store.rows import batches
from onrecord.store.schema import (
    articles,
    copies,
    entities,
    feeds,
    judgements,
    pairs,
    printings,
    runs,
    skipped,
    statements,
    waiting,
)
from onrecord.types import Act, Article, Entry, Judgement, Printing, Run, Skipped, Span, Speaker, Statement

T = TypeVar("T")


class Store:
    """Keeps articles with what was found in them; each call is one transaction."""

    def __init__(self, where: str, likeness: Likeness, *, create: bool = False) -> None:
        """Open the record at a path or an address; raises RecordError, or MissingExtra."""
        self.where = where
        self._likeness = likeness
        self._engine = opening.connect(where, create=create)
        weakref.finalize(self, self._engine.dispose)  # SQLite then takes its log into the file

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # --- keeping ---

    def arrival(self, article: Article) -> Arrival:
        """Tell whether an article is there, and whether it must be read."""
        return self._read(lambda connection: keeping.arrival(connection, article))

    def keep(self, found: Found, *, anew: bool = False) -> Kept:
        """Keep an article with what was found in it; `anew` replaces what is there."""
        return self._write(lambda connection: keeping.keep(connection, found, self._likeness, anew=anew))

    def print_again(self, article: Article) -> Kept:
        """Keep where a text that is there was found too."""
        return self._write(lambda connection: keeping.print_again(connection, article))

    def skip(self, item: Skipped) -> None:
        """Keep that an input could not be read, and why."""
        self._write(lambda connection: keeping.skip(connection, item))

    def validators(self, url: str) -> tuple[str | None, str | None] | None:
        """Give ETag and Last-Modified of a page as it was read last; None where it never was."""
        asked = select(feeds.c.etag, feeds.c.modified).where(feeds.c.id == keeping.hashed(url))
        row = self._read(lambda connection: connection.execute(asked).one_or_none())
        return (row.etag, row.modified) if row else None

    def put_validators(self, url: str, etag: str | None, modified: str | None) -> None:
        """Keep ETag and Last-Modified of a page that was read."""
        row = {"id": keeping.hashed(url), "url": url, "etag": etag, "modified": modified, "fetched": datetime.now(UTC)}
        self._write(lambda connection: keeping.put(connection, feeds, row))

    # --- finding ---

    def entries(self, wanted: Wanted) -> list[Entry]:
        """Give the statements that are asked for, in order."""
        return self._read(lambda connection: finding.entries(connection, wanted))

    def texts(self, wanted: Wanted) -> list[str]:
        """Give the words alone of the statements that are asked for, by day."""
        return self._read(lambda connection: finding.texts(connection, wanted))

    def entry(self, key: str) -> Entry | None:
        """Give a statement by its id."""
        found = self._read(lambda connection: finding.entries_of(connection, statements.c.id == key))
        return found[0] if found else None

    def statements_like(self, key: str, most: int) -> list[str]:
        """Give the id of a statement, else those that begin so, in their order."""
        c = statements.c.id
        asked = select(c).where(c >= key, c < f"{key}g").order_by(c).limit(most)  # ids are hexadecimal
        found = list(self._read(lambda connection: connection.scalars(asked).all()))
        return [key] if key in found else found

    def utterance(self, key: str) -> list[Entry]:
        """Give the statements that report an utterance."""
        which = statements.c.utterance == key, ~statements.c.dropped
        return self._read(lambda connection: finding.entries_of(connection, *which))

    def of_article(self, key: str) -> list[Entry]:
        """Give all statements of an article, in their order."""
        return self._read(lambda connection: finding.entries_of(connection, statements.c.article == key))

    def count(self, wanted: Wanted) -> int:
        """Give how many statements are asked for, whatever the limit."""
        return self._read(lambda connection: finding.count(connection, wanted))

    def voices(self, wanted: Wanted) -> list[Voice]:
        """Give who speaks, those with most statements first."""
        return self._read(lambda connection: finding.voices(connection, wanted))

    def months(self, speaker: str) -> list[tuple[str, Act, int]]:
        """Give how many statements a speaker made by month and act, in order."""
        return self._read(lambda connection: finding.months(connection, speaker))

    def named(self, folded: str) -> list[str]:
        """Give the ids of the speakers of a folded name."""
        return self._read(lambda connection: finding.named(connection, folded))

    def speaker(self, key: str) -> Speaker | None:
        """Give a speaker by id, without role."""
        return self._read(lambda connection: finding.speaker(connection, key))

    def latest(self, limit: int, offset: int = 0) -> list[KeptArticle]:
        """Give the articles that came in last, the latest first."""
        return self._read(lambda connection: browsing.latest(connection, limit, offset))

    def called_like(self, folded: str, limit: int) -> list[str]:
        """Give the ids of speakers one of whose names begins so."""
        return self._read(lambda connection: browsing.called_like(connection, folded, limit))

    def article(self, key: str) -> Article | None:
        """Give an article by id."""
        return self._read(lambda connection: finding.article(connection, key))

    def printings(self, key: str) -> list[Printing]:
        """Give where an article was printed, the first place first."""
        return self._read(lambda connection: finding.printings_of(connection, key))

    def copies(self, key: str) -> list[str]:
        """Give the ids of an article's near-duplicates."""
        c = copies.c
        asked = select(c.second).where(c.first == key).union(select(c.first).where(c.second == key))
        return sorted(self._read(lambda connection: connection.scalars(asked).all()))

    def run(self, key: str) -> Run | None:
        """Give what made something."""
        row = self._read(lambda c: c.execute(select(runs).where(runs.c.id == key)).one_or_none())
        if row is None:
            return None
        pairs = tuple[tuple[str, str], ...]
        models, options = (msgspec.json.decode(given, type=pairs) for given in (row.models, row.options))
        return Run(row.id, row.version, models, options)

    def stale(self, run: str) -> list[str]:
        """Give the ids of the articles that another run read."""
        asked = select(articles.c.id).where(articles.c.run != run).order_by(articles.c.id)
        return list(self._read(lambda connection: connection.scalars(asked).all()))

    def skipped(self) -> list[Skipped]:
        """Give the inputs that could not be read."""
        asked = select(skipped.c.name, skipped.c.step, skipped.c.reason).order_by(skipped.c.recorded, skipped.c.id)
        return [Skipped(*row) for row in self._read(lambda connection: connection.execute(asked).all())]

    def totals(self) -> dict[str, int]:
        """Give how many rows each table holds."""
        tables = (articles, printings, copies, statements, entities, judgements, skipped, runs, pairs)
        return self._read(
            lambda c: (
                {t.name: c.scalar(select(func.count()).select_from(t)) or 0 for t in tables}
                | {"utterances": c.scalar(select(func.count(statements.c.utterance.distinct()))) or 0}
            )
        )

    # --- correcting ---

    def judge(self, correction: Correction) -> Judgement:
        """Keep what somebody says; raises NotInRecord where there is no such target."""
        return self._write(lambda connection: correcting.judge(connection, correction, self._likeness))

    def merges(self) -> dict[str, str]:
        """Give who is taken for whom: id of a speaker -> the one whom he was merged into at last."""
        return self._read(correcting.merges)

    def judgements(self) -> list[Judgement]:
        """Give all that people said, in order."""
        return self._read(lambda connection: correcting.given(connection))

    def corrected(self) -> list[tuple[Statement, Entry]]:
        """Give the statements that people corrected, as they were found and as they are now."""
        return self._read(finding.corrected)

    # --- comparing ---

    def waiting_statements(self) -> dict[str, list[str]]:
        """Give the statements that wait to be compared, by their ids, of each speaker."""
        return self._read(comparing.waiting_statements)

    def settle(self) -> None:
        """Take those from the waiting that are not compared."""
        if self._read(lambda c: c.scalar(select(waiting.c.statement).limit(1))):
            self._write(comparing.settle)

    def due(self, speaker: str, most: int) -> tuple[list[Due], list[Known]]:
        """Give some of a speaker's statements that wait, and all that were compared."""
        return self._read(lambda c: (comparing.due(c, speaker, most), comparing.known(c, speaker)))

    def whole(self, ids: Sequence[str]) -> dict[str, tuple[Article, list[Statement]]]:
        """Give articles with all their statements in order."""
        return self._read(lambda connection: comparing.whole(connection, ids))

    def put_compared(self, compared: Compared) -> bool:
        """Keep what became of statements; False where they must be compared anew."""
        return self._write(lambda connection: comparing.put(connection, compared))

    def pairs(self, wanted: WantedPairs) -> list[KeptPair]:
        """Give the pairs that are asked for, the likeliest to clash first."""
        return self._read(lambda connection: comparing.kept(connection, wanted))

    def pairs_near(self, key: str) -> list[KeptPair]:
        """Give the pairs whose id begins so with all that may be one change of mind with them."""
        return self._read(lambda connection: comparing.near(connection, key))

    def judged_places(self) -> dict[str, dict[str, tuple[str, Span]]]:
        """Give where the statements of judged pairs stand: judgement -> side -> article and extent."""
        return self._read(comparing.judged_places)

    def entries_by_id(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Give statements by their ids."""
        return self._read(
            lambda c: {
                entry.statement.id: entry
                for some in batches(ids)
                for entry in finding.entries_of(c, statements.c.id.in_(some))
            }
        )

    def ids_about(self, about: str) -> set[str]:
        """Give the ids of the statements that hold these words."""
        return self._read(lambda connection: finding.ids(connection, Wanted(about=about, limit=None)))

    def get(self, key: str) -> str | None:
        """Give what a judge answered once."""
        return self._read(lambda connection: comparing.answer(connection, key))

    def put(self, key: str, answer: str, model: str) -> None:
        """Keep what a judge answers."""
        self._write(lambda connection: comparing.put_answer(connection, key, answer, model))

    # --- trust ---

    def check(self) -> Iterator[Fault | int]:
        """Give each fault of the record, and from time to time the number of articles that were checked since."""
        with opening.reading(self._engine) as connection:
            yield from checking.faults(connection)

    def copy_to(self, other: "Store") -> Iterator[int]:
        """Copy everything into an empty record; give from time to time how many more rows are there."""
        with opening.reading(self._engine) as source, opening.writing(other._engine) as target:
            yield from copying.copy(source, target)

    def rows(self) -> int:
        """Give how many rows a copy has."""
        return self._read(copying.rows_of)

    def put_speaker(self, speaker: Speaker) -> None:
        """Keep a speaker whom nothing that was read names yet."""
        self._write(lambda connection: keeping.put_entities(connection, [speaker]))

    def _read(self, ask: Callable[[Connection], T]) -> T:
        with opening.reading(self._engine) as connection:
            return ask(connection)

    def _write(self, change: Callable[[Connection], T]) -> T:
        with opening.writing(self._engine) as connection:
            return change(connection)
