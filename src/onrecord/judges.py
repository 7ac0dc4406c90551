"""Which judge compares: the one that ships, the user's own network, or an endpoint that the user names."""

from typing import TYPE_CHECKING

from onrecord.compare.judge import Judge
from onrecord.settings import Settings
from onrecord.types import Position, Span

if TYPE_CHECKING:
    from onrecord.compare.cross import CrossEncoder, SentenceEncoder
    from onrecord.compare.endpoint import Cache
    from onrecord.inference import Bundle


def judge(settings: Settings, cache: "Cache | None" = None) -> Judge:
    """Give the judge that the settings name; raises UsageError, ModelError."""
    from pathlib import Path

    from onrecord.compare.choice import parse_choice

    choice = parse_choice(settings.judge)
    if choice is None:
        return own(settings)
    if isinstance(choice, Path):
        from onrecord.compare.inference_judge import InferenceJudge
        from onrecord.inference import foreign

        mine = own(settings)
        return InferenceJudge(foreign(choice, settings.threads), lambda a, b: marks(mine, a, b))
    from onrecord.compare.endpoint import EndpointJudge

    return EndpointJudge(choice, cache)


def own(settings: Settings) -> "CrossEncoder":
    """Give the judge that ships."""
    from onrecord.compare.cross import CrossEncoder

    return CrossEncoder(_weights(), settings.threads)


def encoder(settings: Settings) -> "SentenceEncoder":
    """Give what turns sentences into vectors."""
    from onrecord.compare.cross import SentenceEncoder

    return SentenceEncoder(_weights(), settings.threads)


def marks(mine: Judge, earlier: Position, later: Position) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Give the clashing words that our own judge sees, for judges that mark none."""
    found = mine.judge([(earlier, later)])[0]
    return found.earlier, found.later


def _weights() -> "Bundle":
    from onrecord import inference

    return inference.load(inference.shipped("judge"))  # a thread for each pair: see cross.py
