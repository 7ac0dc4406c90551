"""The record: keep what is read, find it, correct it. The facade that command line, web and notebooks use.

items ──arrival──▶ those that must be read ──pipeline──▶ readings ──sketch──▶ store
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from onrecord import codec, days, pipeline
from onrecord.errors import NotInRecord, OnRecordError, UsageError
from onrecord.reading import Reading
from onrecord.settings import Settings, load, people_file
from onrecord.types import Act, Article, Change, Entry, Judgement, Reversal, Run, Skipped, Speaker, SpeakerType

if TYPE_CHECKING:  # the database's library takes a while to load
    from onrecord.compare.judge import Judge
    from onrecord.compare.ranking import Ranking
    from onrecord.ingest.fetch import Validators
    from onrecord.people import People, Role
    from onrecord.reports import Reported
    from onrecord.reversals import WantedReversals
    from onrecord.show.timeline import Point
    from onrecord.store import Arrival, Report, Store, Voice, Wanted

FEW = 5  # of what an error lists
AT_ONCE = 500  # statements


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article."""

    name: str
    arrival: "Arrival"
    statements: int = 0
    copies: int = 0  # near-duplicates of it that were there before
    article: str = field(default="", compare=False)  # its id, which follows from its text


@dataclass(frozen=True, slots=True)
class Total:
    """What pledges add up to."""

    speaker: str
    beneficiary: str | None  # in the words of the first report
    currency: str | None
    year: int | None
    amount: str  # decimal
    pledges: int


class Record:
    """Who said what: years of articles in one database.

    >>> record = Record("onrecord.db", create=True)
    >>> for outcome in record.add(ingest.articles(["news/"])): ...
    >>> record.statements(Wanted(about="harbour fees"), "Ilse Brandt")
    """

    def __init__(
        self, where: str | Path | None = None, settings: Settings | None = None, *, create: bool = False
    ) -> None:
        """Open a record: a path, or postgresql://...; None: that of the settings. Raises RecordError, MissingExtra."""
        from onrecord import store

        self.settings = settings or load()
        self.store = store.Store(str(where or self.settings.record), _Likeness(), create=create)

    # --- keeping ---

    def add(self, items: Iterable[Article | Skipped], stop: Callable[[], bool] = bool) -> Iterator[Added | Skipped]:
        """Read and keep articles; give what became of each, in order. What is there already is not read again.

        Once `stop` says so no further item is taken, those in hand are still kept.
        """
        Thread(target=self._work_out_run).start()  # while the weights are loaded
        outcomes: Iterator[Reading | Added | Skipped] = pipeline.readings(self._unread(items, stop), self.settings)
        for item in outcomes:
            if isinstance(item, Skipped):
                self.store.skip(item)
            yield self._keep(item) if isinstance(item, Reading) else item
        if not stop():  # else what a page led to may not have been taken: it is asked for again
            self.memory.keep()

    def reread(self, stop: Callable[[], bool] = bool) -> Iterator[Added | Skipped]:
        """Read anew, with today's models and options, the articles that others read; judgements stay."""
        keys = self.store.stale(self.run.id)
        articles = (found for key in keys if not stop() and (found := self.store.article(key)))
        for item in pipeline.readings(articles, self.settings):
            if isinstance(item, Skipped):
                self.store.skip(item)
            yield self._keep(item, anew=True) if isinstance(item, Reading) else item

    @cached_property
    def run(self) -> Run:
        """What reads articles here: version, models and options."""
        from importlib.metadata import version

        models = tuple(pipeline.digests(self.settings))
        own = people_file(self.settings)
        options = [
            ("convert", ",".join(self.settings.convert)),
            ("min_confidence", str(self.settings.min_confidence)),
            ("people", blake2b(own.read_bytes(), digest_size=8).hexdigest() if own.is_file() else ""),
        ]
        made = (version("onrecord"), models, tuple((name, value) for name, value in options if value))
        return Run(blake2b(repr(made).encode(), digest_size=8).hexdigest(), *made)

    @cached_property
    def memory(self) -> "Memory":
        """What is remembered of the pages that were fetched: what `add` read of them is kept first."""
        return Memory(self.store)

    def _work_out_run(self) -> None:
        with suppress(OnRecordError, OSError):  # it is raised where the weights are loaded
            _ = self.run

    def _unread(
        self, items: Iterable[Article | Skipped], stop: Callable[[], bool]
    ) -> Iterator[Article | Skipped | Added]:
        """Give the articles that must be read; what became of the others, in their places."""
        for item in items:
            if stop():
                return
            arrival = self.store.arrival(item) if isinstance(item, Article) else "new"
            if isinstance(item, Skipped) or arrival in ("new", "printed before"):
                yield item
            else:
                kept = self.store.print_again(item) if arrival == "printed again" else None
                yield Added(item.name, kept.arrival if kept else arrival, article=item.id)

    def _keep(self, reading: Reading, *, anew: bool = False) -> Added:
        from onrecord import reports
        from onrecord.store import Found

        article = reading.article
        found = Found(article, reading.statements, self.run, reports.sketch(article.text).bands)
        kept = self.store.keep(found, anew=anew)
        return Added(article.name, kept.arrival, kept.statements, kept.copies, article.id)

    # --- finding ---

    def statements(self, wanted: "Wanted", speaker: str | None = None) -> list[Entry]:
        """Give the statements that are asked for, by whoever is called so."""
        return self.store.entries(self._by(wanted, speaker))

    def speakers(self, wanted: "Wanted", speaker: str | None = None) -> list["Voice"]:
        """Give who speaks in the statements that are asked for, those with most of them first."""
        return self.store.voices(self._by(wanted, speaker))

    def statement(self, key: str) -> Entry:
        """Give a statement by its id or the beginning of it; raises NotInRecord, or UsageError where several fit."""
        ids = self.store.statements_like(key, FEW + 1)
        if len(ids) > 1:
            raise UsageError(f"Several statements have an id that begins with {key!r}. Give one: {_listed(ids)}.")
        found = self.store.entry(ids[0]) if ids else None
        if found is None:
            raise NotInRecord(f"The record holds no statement {key}{self._kind_of(key)}. See `onrecord statements`.")
        return found

    def _kind_of(self, key: str) -> str:
        """Give what an id names that is none of a statement's."""
        if found := self.store.speaker(key):
            return f"; that is the id of a speaker, {found.name}"
        if self.store.article(key):
            return "; that is the id of an article"
        judged = any(j.id.startswith(key) for j in self.store.judgements())
        return "; that is the id of a judgement" if judged else ""

    def speaker_to_dict(self, voice: "Voice") -> codec.Json:
        """Give the object of a speaker with all roles."""
        roles = [
            {"title": r.title, "from": r.since and str(r.since), "until": r.until and str(r.until), "status": r.status}
            for r in self.roles(voice.id)
        ]
        return {
            "id": voice.id,
            "name": voice.name,
            "type": voice.type,
            "roles": roles,
            "statements": voice.statements,
            "first": voice.first and str(voice.first),
            "last": voice.last and str(voice.last),
        }

    def roles(self, speaker: str) -> tuple["Role", ...]:
        """Give the roles that the people table knows of a speaker, in order of their beginning."""
        person = self.people.get(speaker)
        return self.people.roles(person) if person else ()

    def ids_of(self, name: str) -> tuple[str, ...]:
        """Give the ids of the speakers whom a name, an alias or an id means, as merged; raises NotInRecord."""
        from onrecord.people import folding

        merged = self.store.merges()
        if self.store.speaker(name):
            return (merged.get(name, name),)
        known = (p.id for p in self.people.named(name) if self.store.speaker(p.id))
        keys = (*known, *self.store.named(folding.plain(name) or name.casefold()))
        found = tuple(dict.fromkeys(merged.get(key, key) for key in keys))
        if not found:
            raise NotInRecord(f"Nobody in the record is called {name!r}. List them with `onrecord speakers`.")
        return found

    @cached_property
    def people(self) -> "People":
        """Who holds which office when, whom a name means."""
        from onrecord.people import People

        return People.load([people_file(self.settings)])

    def _by(self, wanted: "Wanted", speaker: str | None) -> "Wanted":
        return replace(wanted, speakers=self.ids_of(speaker)) if speaker else wanted

    def count(self, wanted: "Wanted", speaker: str | None = None) -> int:
        """Give how many statements are asked for, whatever the limit."""
        return self.store.count(self._by(wanted, speaker))

    def months(self, speaker: str) -> list[tuple[str, Act, int]]:
        """Give how many statements a speaker, by id, made by month ("2025-03") and act, in order."""
        return self.store.months(speaker)

    def pledges(self, wanted: "Wanted", speaker: str | None = None) -> list[Entry]:
        """Give what was pledged: of each utterance the report that says most of it."""
        end = None if wanted.limit is None else wanted.offset + wanted.limit
        some = AT_ONCE if end is None else min(AT_ONCE, 2 * end)
        asked = self._by(replace(wanted, acts=("commit",), limit=some, offset=0), speaker)
        told: dict[str, Entry] = {}
        while found := self.store.entries(asked):
            for entry in found:
                told[entry.utterance] = max(told.get(entry.utterance, entry), entry, key=_weight)
            if len(found) < some or (end is not None and len(told) >= end):
                break
            asked = replace(asked, offset=asked.offset + some)
        return list(told.values())[wanted.offset : end]

    def pledge_totals(self, wanted: "Wanted", speaker: str | None = None) -> list["Total"]:
        """Give what pledges add up to by giver, beneficiary, currency and year; the largest sums first."""
        ordered = totals(self.pledges(replace(wanted, limit=None, offset=0), speaker))
        return ordered[wanted.offset : None if wanted.limit is None else wanted.offset + wanted.limit]

    # --- then and now ---

    def compare(self, stop: Callable[[], bool] = bool) -> Iterator[int]:
        """Compare what waits with the past of each speaker; give from time to time how many more are done."""
        from onrecord import judges
        from onrecord.comparing import Comparing

        if self.waiting():
            yield from Comparing(self.store, judges.encoder(self.settings), judges.own(self.settings)).run(stop)

    def waiting(self) -> int:
        """Give how many statements wait to be compared."""
        self.store.settle()
        return sum(map(len, self.store.waiting_statements().values()))

    def reversals(self, wanted: "WantedReversals | None" = None, speaker: str | None = None) -> list[Reversal]:
        """Give the reversals that are asked for, by whoever is called so, the likeliest first."""
        from onrecord.reversals import Reversals, WantedReversals

        speakers = self.ids_of(speaker) if speaker else None
        return Reversals(self.store).found(wanted or WantedReversals(), speakers)

    def positions(self, wanted: "Wanted", speaker: str | None = None) -> list["Point"]:
        """Give positions that are asked for, in their order, each with what it did to one of the others."""
        from onrecord.compare.judge import CHANGED
        from onrecord.reversals import WantedReversals
        from onrecord.show.timeline import Point

        found = self.statements(replace(wanted, once=True), speaker)
        entries = {e.statement.id: e for e in found if e.statement.word.act not in ("ask", "report")}
        changes = {
            r.later.entry.statement.id: r
            for r in reversed(self.reversals(WantedReversals(labels=CHANGED, limit=None), speaker))
            if r.earlier.entry.statement.id in entries
        }
        return [Point.of(entry, changes.get(key)) for key, entry in entries.items()]

    def count_reversals(self, new: Mapping[str, Iterable[str]]) -> int:
        """Give how many reversals there are to look at that some new statements of speakers, by their ids, brought."""
        from onrecord.reversals import Reversals

        return Reversals(self.store).count(new)

    def reversal(self, key: str) -> Reversal:
        """Give a reversal by its id or the beginning of it; raises NotInRecord, UsageError where several fit."""
        from onrecord.reversals import Reversals

        found = Reversals(self.store).group_of(key)
        if len(found) > 1:
            ids = [r.id for r in found[: FEW + 1]]
            raise UsageError(f"Several reversals have an id that begins with {key!r}. Give one: {_listed(ids)}.")
        if not found:
            raise NotInRecord(f"The record holds no reversal {key}. List them with `onrecord reversals`.")
        return found[0]

    def second_opinion(self, found: Sequence[Reversal]) -> tuple[list[Reversal], "Judge"]:
        """Give reversals as the judge that the settings name sees them, the likeliest first, and that judge."""
        from onrecord import judges
        from onrecord.comparing import asked_again

        judge = judges.judge(self.settings, self.store)
        return asked_again(self.store, found, judge), judge

    def learn(self, by: str) -> tuple["Ranking", Judgement | None]:
        """Let editors' verdicts move the ranking; give it and the judgement that keeps it, if they are enough."""
        from onrecord.compare.ranking import learn
        from onrecord.reversals import Reversals
        from onrecord.store import Correction

        ranking = learn(Reversals(self.store).judged())
        if not ranking.verdicts:
            return ranking, None
        return ranking, self.store.judge(Correction("ranking", "reversals", ranking.to_value(), by))

    # --- correcting ---

    def say(self, change: Change, target: str, value: str | None, *, by: str, note: str | None = None) -> Judgement:
        """Keep a verdict or a correction; raises NotInRecord for no such target, UsageError for no date."""
        from onrecord.store import Correction

        if change == "said" and days.span_of(value or "") is None:
            raise UsageError(f"{value} is no date. Write a day (2026-03-14), month (2026-03), year or week (2026-W11).")
        return self.store.judge(Correction(change, target, value, by, note))

    def undo(self, key: str, *, by: str, note: str | None = None) -> Judgement:
        """Keep that a judgement, by its id or the beginning of it, does not count; raises NotInRecord."""
        found = [j.id for j in self.store.judgements() if j.id.startswith(key)]
        if len(found) != 1:
            many = f"{len(found)} judgements have" if found else "No judgement has"
            raise NotInRecord(f"{many} an id that begins with {key!r}. See them with `onrecord log`.")
        return self.say("undo", found[0], None, by=by, note=note)

    def only(self, name: str) -> str:
        """Give the id of the speaker whom a name means; raises NotInRecord, or UsageError where it may be several."""
        return self._one(name, self.ids_of(name))

    def _one(self, name: str, ids: tuple[str, ...]) -> str:
        from onrecord.store import Wanted

        if len(ids) > 1:
            counts = {voice.id: voice.statements for voice in self.store.voices(Wanted(speakers=ids, limit=None))}
            told = [self._described(key, counts.get(key, 0)) for key in sorted(ids, key=lambda k: -counts.get(k, 0))]
            raise UsageError(f"{name!r} may be any of {len(ids)} speakers. Give an id: {_listed(told, '; ')}.")
        return ids[0]

    def called(self, key: str) -> str:
        """Give the name of a speaker; the id where there is none."""
        found = self.store.speaker(key)
        return found.name if found else key

    def _described(self, key: str, statements: int) -> str:
        roles = self.roles(key)
        known = (
            self.called(key),
            roles[-1].title if roles else "",
            f"{statements:,} statement{'s' * (statements != 1)}",
        )
        return f"{key} ({', '.join(part for part in known if part)})"

    def speaker_called(self, name: str, *, apart: str | None = None) -> str:
        """Give the id of the speaker whom a name means, made where there is none; `apart` tells namesakes apart.

        Raises UsageError where the name may be several speakers.
        """
        if not name.strip():
            raise UsageError("A speaker needs a name. Give one, or an id.")
        known = () if apart else self._known(name)
        if known:
            return self._one(name, known)
        key = blake2b(f"named\0{name.casefold()}\0{apart or ''}".encode("utf-8", "replace"), digest_size=8).hexdigest()
        self.store.put_speaker(Speaker(key, name, "person", None, 1.0))
        return key

    def _known(self, name: str) -> tuple[str, ...]:
        try:
            return self.ids_of(name)
        except NotInRecord:
            listed = self.people.identify(name)
        if listed is None:
            return ()
        kind: SpeakerType = "person" if listed.type == "person" else "organisation"
        self.store.put_speaker(Speaker(listed.id, listed.name, kind, None, 1.0))
        return (listed.id,)

    def corrections(self) -> Iterator[codec.Json]:
        """Give the corrected statements as training data: text, statement as found and as people want it."""
        for found, entry in self.store.corrected():
            text = entry.article.text
            yield {
                "article": codec.article_to_dict(entry.article) | {"text": text},
                "found": codec.statement_to_dict(found, text),
                "corrected": None if entry.dropped else codec.statement_to_dict(entry.statement, text),
                "verdict": next((j.value for j in reversed(entry.corrections) if j.change == "verdict"), None),
                "corrections": [codec.judgement_to_dict(j) for j in entry.corrections],
            }


def totals(pledges: Iterable[Entry]) -> list[Total]:
    """Give what pledges add up to by giver, beneficiary, currency and year; the largest sums first."""
    sums: dict[tuple[str, str, str | None, int | None], list[Entry]] = defaultdict(list)
    for entry in pledges:
        word, giver = entry.statement.word, entry.statement.speaker
        if word.amount and giver and not word.negated:
            sums[giver.id, _plain(_beneficiary(entry)), word.amount.currency, _year(entry)].append(entry)
    made = [_total(entries) for entries in sums.values()]
    return sorted(made, key=lambda t: (t.currency or "~", -Decimal(t.amount), t.speaker))


def _weight(entry: Entry) -> tuple[bool, int]:
    extent = entry.statement.quotation.extent
    return entry.statement.word.amount is not None, extent.end - extent.start


def _beneficiary(entry: Entry) -> str | None:
    span = entry.statement.word.beneficiary
    return span.of(entry.article.text) if span else None


def _plain(words: str | None) -> str:
    """Give what a beneficiary is told apart by: not by its case, nor by "the"."""
    return " ".join((words or "").casefold().split()).removeprefix("the ")


def _total(entries: Sequence[Entry]) -> Total:
    """Give the sum of pledges of one giver to one beneficiary in one currency and year."""
    first = entries[0]
    amounts = [e.statement.word.amount for e in entries]
    summed = format(sum(a.amount for a in amounts if a), "f")
    giver = first.statement.speaker.name if first.statement.speaker else ""
    currency = amounts[0].currency if amounts[0] else None
    return Total(giver, _beneficiary(first), currency, _year(first), summed, len(entries))


def _listed(items: Sequence[str], between: str = ", ") -> str:
    """Give the first few of what an error lists."""
    return between.join(items[:FEW]) + (" ..." if len(items) > FEW else "")


def _year(entry: Entry) -> int | None:
    days_said = days.span_of(entry.statement.said.value) if entry.statement.said else None
    day = days_said[0] if days_said else entry.article.published
    return day.year if day else None


class Memory:
    """Remembers the version of each page that was fetched; kept only once the articles that were in it are."""

    def __init__(self, store: "Store") -> None:
        self._store, self._new = store, dict[str, "Validators"]()

    def get(self, url: str) -> "Validators | None":
        """Give the version that was read last; None where none was."""
        from onrecord.ingest.fetch import Validators

        known = self._store.validators(url)
        return Validators(*known) if known else None

    def put(self, url: str, validators: "Validators") -> None:
        """Remember the version that is being read."""
        self._new[url] = validators

    def keep(self) -> None:
        """Keep what was remembered since."""
        for url, version in self._new.items():
            self._store.put_validators(url, version.etag, version.modified)
        self._new.clear()


class _Likeness:
    """What the store asks: whether texts are copies, and statements reports of one utterance."""

    def is_copy(self, a: str, b: str) -> bool:
        from onrecord import reports

        return reports.is_copy(a, b)

    def same_words(self, a: "Report", b: "Report", copied: bool) -> bool:
        from onrecord import reports

        return reports.same_words(_reported(a), _reported(b), copied=copied)


@lru_cache(4096)
def _reported(report: "Report") -> "Reported":
    from onrecord.reports import Reported

    days = report.first_day, report.last_day, report.published
    return Reported(report.text, report.kind, *days, article=report.article)
