"""The order of the steps for one article, on one screen."""

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from onrecord import engine
from onrecord.errors import InputError, OnRecordError
from onrecord.reading import Reading
from onrecord.settings import Settings, load, people_file
from onrecord.types import Article, Money, Quantity, Quotation, Skipped, Statement, Timex, Word

if TYPE_CHECKING:  # their rooms are heavy: they are loaded when the first article comes
    from onrecord.resolve import Resolved, Weighed
    from onrecord.senses import Floats, Senses

T = TypeVar("T")
Value = TypeVar("Value", Timex, Money, Quantity)


class Extractor(Protocol):
    """Finds the quotations of an article."""

    def read(self, article: Article) -> tuple[tuple[Quotation, ...], "Senses"]:
        """Give the quotations in order, each with the index of the one that holds it, and the words' senses."""


class Resolver(Protocol):
    """Finds out who speaks in each quotation, through whom it came and when it was said."""

    def resolve(
        self, article: Article, quotations: Sequence[Quotation], timexes: Sequence[Timex], weighed: "Weighed | None"
    ) -> "Resolved":
        """Give one of each for each quotation."""


class Judge(Protocol):
    """Says what kind of word each quotation is."""

    def judge(
        self, article: Article, quotations: Sequence[Quotation], words: Sequence[Word], senses: "Senses"
    ) -> tuple[tuple[Word, ...], "Floats"]:
        """Give the words that the rules gave with act and mode weighed, and the likely sorts of speaker."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Article -> Reading. Without a judge the rules decide alone."""

    extractor: Extractor
    resolver: Resolver
    judge: Judge | None = None
    min_confidence: float = 0.0
    convert: tuple[str, ...] = ()  # currencies that amounts are given in too

    def read(self, article: Article) -> Reading:
        """Give who said what in one article."""
        from onrecord import acts, normalize
        from onrecord.resolve import Weighed

        text = article.text
        times = normalize.timexes(text, article.published)
        money, quantities = normalize.money(text), normalize.quantities(text)
        quotations, senses = self.extractor.read(article)
        inside = [_inside(times, q) for q in quotations]
        words = tuple(acts.word(article, q, t) for q, t in zip(quotations, inside, strict=True))
        weighed = None
        if self.judge:
            words, types = self.judge.judge(article, quotations, words, senses)
            weighed = Weighed(senses, types)
        found = self.resolver.resolve(article, quotations, times, weighed)
        if self.convert and money:
            money = normalize.convert(
                money, normalize.conversion_days(money, quotations, found.said, article.published), self.convert
            )
        ids = _ids(article, quotations)
        statements = tuple(
            Statement(
                id=ids[i],
                quotation=q,
                parent=None if q.parent is None else ids[q.parent],
                speaker=found.speakers[i],
                said=found.said[i],
                via=found.via[i],
                word=acts.settle(article, q, words[i], inside[i], _inside(money, q)),
                times=inside[i],
                money=_inside(money, q),
                quantities=_inside(quantities, q),
            )
            for i, q in enumerate(quotations)
        )
        return Reading(article, statements, times, money, quantities).above(self.min_confidence)


def pipeline(settings: Settings) -> Pipeline:
    """Give the pipeline with the model that the settings name; raises ModelError."""
    from onrecord import acts, inference, normalize, resolve
    from onrecord.extract import Extractor as Reader
    from onrecord.people import People

    folder = settings.model or inference.shipped("reader")
    normalize.check_targets(settings.convert)
    model = inference.load(folder, settings.threads or (1 if settings.jobs > 1 else 0))
    small = inference.load(folder, threads=1)
    nets = resolve.Nets(
        name=small.network("names"),
        pointer=small.network("pointers"),
        link=small.network("links"),
        speaker=small.network("speakers"),
        day=small.network("days"),
        day_again=small.network("days-again"),
        day_share=float(model.settings["day share"]),
    )
    resolver = resolve.Resolver(People.load([people_file(settings)]), nets)
    judge = acts.Judge(small.network("words"))
    return Pipeline(Reader(model), resolver, judge, settings.min_confidence, settings.convert)


def digests(settings: Settings) -> Iterator[tuple[str, str]]:
    """Give name and digest of the models that the settings name; raises ModelError."""
    from onrecord import inference

    folder = settings.model or inference.shipped("reader")
    yield folder.name, inference.load(folder).digest


def readings(items: Iterable[Article | T], settings: Settings) -> Iterator[Reading | Skipped | T]:
    """Give a reading for each article, in order, and a Skipped for what can't be read; other items pass as they are."""
    return engine.map(partial(_reader, settings), items, settings.jobs)


def read(path: str | Path, *, published: str | None = None, publisher: str | None = None) -> Reading:
    """Give who said what in one file ("-": standard input); raises InputError where it holds no article."""
    found = list(read_all(path, published=published, publisher=publisher))
    if len(found) != 1:
        raise InputError(f"{path} holds {len(found)} articles. Use read_all, which gives a reading for each.")
    if isinstance(found[0], Skipped):
        raise InputError(f"{path}: {found[0].reason}")
    return found[0]


def read_all(
    *inputs: str | Path, published: str | None = None, publisher: str | None = None
) -> Iterator[Reading | Skipped]:
    """Give a reading for each article of files, folders and globs; a Skipped for what could not be read."""
    from datetime import date

    from onrecord import ingest

    settings = load()
    day = date.fromisoformat(published) if published else None
    options = ingest.IngestOptions(day, publisher, settings.max_bytes)
    return readings(ingest.articles(map(str, inputs), options), settings)


def _reader(settings: Settings) -> Callable[[Article | T], Reading | Skipped | T]:
    made = cache(partial(pipeline, settings))  # with the first article: where there is none, no model is loaded

    def read_one(item: Article | T) -> Reading | Skipped | T:
        if not isinstance(item, Article):
            return item
        reader = made()
        try:
            return reader.read(item)
        except InputError as error:
            return Skipped(item.name, "read", str(error))
        except OnRecordError:
            raise
        except Exception as error:  # one bad article never stops a run
            if os.environ.get("ONRECORD_DEBUG"):
                raise
            cause = f"{type(error).__name__}: {error}"
            return Skipped(item.name, "read", f"this is a fault of onrecord ({cause}); please report it")

    return read_one


def _ids(article: Article, quotations: Sequence[Quotation]) -> list[str]:
    """Give an id for each quotation: the same in every run, different for each, whatever stands beside it."""
    seen: Counter[str] = Counter()
    ids = []
    for q in quotations:
        places = ";".join(",".join(f"{s.start}-{s.end}" for s in part) for part in (q.content, q.source, q.cue))
        seen[places] += 1
        ids.append(blake2b(f"{article.id};{places};{seen[places]}".encode(), digest_size=8).hexdigest())
    return ids


def _inside(values: Sequence[Value], quotation: Quotation) -> tuple[Value, ...]:
    """Give those of an article's values, which are in order of their start, that lie in the quotation's content."""
    extent = quotation.extent
    first = bisect_left(values, extent.start, key=lambda v: v.span.start)
    near = values[first : bisect_left(values, extent.end, lo=first, key=lambda v: v.span.start)]
    return tuple(v for v in near if any(span.holds(v.span) for span in quotation.content))
