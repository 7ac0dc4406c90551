"""resolve: who speaks (`speakers`), through whom it came (`via`) and on which day it was said (`said`).

One article at a time and by rules: the words they know are data (`data/`), the rules stand in the order in which they
are tried.
"""

from collections.abc import Sequence
from functools import lru_cache

from onrecord.resolve import channels, dating, sources
from onrecord.types import Article, Quotation, Said, Speaker, Timex, Via

__all__ = ["said", "speakers", "via"]


def speakers(article: Article, quotations: Sequence[Quotation]) -> tuple[Speaker | None, ...]:
    """Give the speaker of each quotation, None where the text gives none; a guess carries a low confidence."""
    return _cached_speakers(article, tuple(quotations))


def via(article: Article, quotations: Sequence[Quotation]) -> tuple[tuple[Via, ...], ...]:
    """Give for each quotation the outlets, agencies and platforms that it came through, outermost first."""
    return channels.resolve(article, quotations)


def said(article: Article, quotations: Sequence[Quotation], timexes: Sequence[Timex]) -> tuple[Said | None, ...]:
    """Give for each quotation the day on which it was said, None where the text does not tell."""
    names = [s.name if s else None for s in speakers(article, quotations)]
    return dating.resolve(article, quotations, timexes, names)


@lru_cache(maxsize=4)
def _cached_speakers(article: Article, quotations: tuple[Quotation, ...]) -> tuple[Speaker | None, ...]:
    return sources.resolve(article, quotations)
