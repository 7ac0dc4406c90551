"""resolve: who speaks, through whom it came and on which day it was said.

Rules answer first: the words they know are data (`data/`), and they stand in the order in which they are tried. Where
trained networks are at hand (`Nets`), they weigh each answer against all others that the article gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from onrecord.people import People
from onrecord.resolve import channels, dating, occasions, sources
from onrecord.resolve.ranking import Nets, Ranker
from onrecord.senses import Floats, Senses
from onrecord.types import Article, Quotation, Said, Speaker, Timex, Via

__all__ = ["Nets", "Resolved", "Resolver"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who, through whom and when, one of each for each quotation."""

    speakers: tuple[Speaker | None, ...]  # None where the text gives none; a guess carries a low confidence
    via: tuple[tuple[Via, ...], ...]  # outlets, agencies and platforms, outermost first
    said: tuple[Said | None, ...]  # None where the text does not tell


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the networks need besides the text: the words' vectors and each quotation's likely sorts of speaker."""

    senses: Senses
    types: Floats  # (quotations, types)


@dataclass(frozen=True, slots=True)
class Resolver:
    """Quotations -> speakers, ways and days of one article."""

    people: People | None = None  # who holds which office when
    nets: Nets | None = None  # without them the rules decide

    def resolve(
        self,
        article: Article,
        quotations: Sequence[Quotation],
        timexes: Sequence[Timex],
        weighed: Weighed | None = None,
    ) -> Resolved:
        """Give who speaks in each quotation, through whom it came and on which day it was said."""
        weigh = None
        if self.nets and weighed:
            weigh = partial(Ranker, self.nets, self.people, weighed.senses, weighed.types)
        speakers = sources.resolve(article, quotations, self.people, weigh)
        names = [s.name if s else None for s in speakers]
        said = dating.resolve(article, quotations, timexes, names)
        if self.nets:
            said = occasions.resolve(article, quotations, timexes, names, said, self.nets)
        days = [_day(s, article.published) for s in said]
        in_office = tuple(self._in_office(s, day) for s, day in zip(speakers, days, strict=True))
        return Resolved(in_office, channels.resolve(article, quotations), said)

    def _in_office(self, speaker: Speaker | None, day: date | None) -> Speaker | None:
        """Add the role that the people table gives for the day, where the text gives none."""
        if speaker is None or speaker.role or self.people is None or day is None:
            return speaker
        person = self.people.get(speaker.id) if speaker.type == "person" else None
        role = self.people.role(person, day) if person else None
        if role is None:
            return speaker
        return replace(speaker, role=role.title if role.status == "held" else f"{role.title} (last known)")


def _day(said: Said | None, published: date | None) -> date | None:
    """Give the day whose roles count: the said one, else that of the publication."""
    try:
        return date.fromisoformat(said.value) if said else published
    except ValueError:
        return published
