"""EndpointJudge: a language model behind an OpenAI-compatible endpoint compares two statements.

    pairs -> those not in the cache -> two statements and their dates, nothing else -> JSON -> checked -> Comparison

An answer counts only if it keeps to the schema; evidence counts only if it stands in its statement word for word.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Annotated, Protocol

import msgspec

from onrecord.compare.chat import Chat, Message, Usage, plain
from onrecord.compare.choice import Endpoint
from onrecord.compare.judge import CHANGED, CLASHING, Pair
from onrecord.errors import ModelError
from onrecord.text import sentences
from onrecord.types import LABELS, Comparison, Label, Position, Span

TRIES = 3  # times that a model is asked for an answer of the right form
MOST_WHY = 200  # characters
SHARE = 0.9  # of the probability on its side of the clash that a label named by the model gets


class Cache(Protocol):
    """Keeps checked answers from one run to the next; called from one thread only."""

    def get(self, key: str) -> str | None:
        """Give the answer that was put under a key; None where none was."""
        ...

    def put(self, key: str, answer: str, model: str) -> None:
        """Keep an answer (JSON) with the name of the model that gave it."""
        ...


class EndpointJudge:
    """Asks a chat endpoint about each pair, several at once."""

    def __init__(
        self, endpoint: Endpoint, cache: Cache | None = None, *, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self.name = endpoint.name
        self._chat, self._cache, self._at_once = Chat(endpoint, sleep), cache, endpoint.at_once
        self._cached = 0

    @property
    def usage(self) -> Usage:
        """Give what the answers cost so far."""
        return replace(self._chat.usage, cached=self._cached)

    def judge(self, pairs: Sequence[Pair]) -> list[Comparison]:
        """Give an answer for each pair, in order; raises ModelError where there is none to be had.

        `clash` is the model's own word, not calibrated. Answers are cached as they come, so a run that failed goes on
        where it ended.
        """
        keys = [key_of(self.name, pair) for pair in pairs]
        answers = self._known(keys)
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in answers}
        for key, answer in self._asked(missing):
            answers[key] = answer
            if self._cache is not None:
                self._cache.put(key, msgspec.json.encode(answer).decode(), self.name)
        return [_comparison(answers[key], pair) for key, pair in zip(keys, pairs, strict=True)]

    def _known(self, keys: Sequence[str]) -> dict[str, "Answer"]:
        known: dict[str, Answer] = {}
        kept = self._cache.get if self._cache is not None else lambda _: None
        for key in dict.fromkeys(keys):
            with suppress(msgspec.DecodeError):
                known[key] = checked(kept(key) or "")
        self._cached += sum(key in known for key in keys)
        return known

    def _asked(self, missing: Mapping[str, Pair]) -> Iterator[tuple[str, "Answer"]]:
        """Give the answers as they come; a pair without one is told of at the end, when all others have theirs."""
        reasons: list[str] = []
        with ThreadPoolExecutor(self._at_once) as pool:
            asked = {pool.submit(self._answer, pair): key for key, pair in missing.items()}
            try:
                for future in as_completed(asked):
                    answer = future.result()
                    if isinstance(answer, Answer):
                        yield asked[future], answer
                    else:
                        reasons.append(answer)
            finally:
                pool.shutdown(cancel_futures=True)
        if reasons:
            told = f"gave no usable answer on {len(reasons)} of {len(missing)} pairs (the last: {reasons[-1]})"
            raise ModelError(f"{self.name} {told}. The others have theirs; try another model for these.")

    def _answer(self, pair: Pair) -> "Answer | str":
        """Give the model's answer on a pair, or what is wrong with it after TRIES of them."""
        messages = _messages(pair)
        for _ in range(TRIES):
            said = self._chat.ask(messages)
            try:
                return checked(said)
            except msgspec.DecodeError as error:
                wrong = str(error)
            complaint = f"That could not be read ({wrong}). Answer with the JSON object alone."
            messages = [*_messages(pair), _message("assistant", said[:2000]), _message("user", complaint)]
        return wrong


class Evidence(msgspec.Struct, frozen=True):
    """The words of each statement that show the change; small models forget the brackets around a single one."""

    earlier: list[str] | str | None = None
    later: list[str] | str | None = None


class Answer(msgspec.Struct, frozen=True):
    """What a model has to say on a pair: the schema that it is checked against."""

    label: Label
    clash: Annotated[float, msgspec.Meta(ge=0, le=1)]
    why: Annotated[str, msgspec.Meta(pattern=r"\w")]
    evidence: Evidence | None = None


def checked(said: str) -> Answer:
    """Give the answer in a model's words, whatever stands around it (thoughts, fences); raises msgspec.DecodeError."""
    said = said.rpartition("</think>")[2]
    return msgspec.json.decode(said[said.find("{") : said.rfind("}") + 1], type=Answer)


def key_of(name: str, pair: Pair) -> str:
    """Give what names an answer: the same for the same model, prompt, statements and dates."""
    return blake2b(msgspec.json.encode([name, prompt(), _told(pair)]), digest_size=16).hexdigest()


@cache
def prompt() -> str:
    """Give what the model is told to do."""
    return files(__package__).joinpath("prompt.txt").read_text("utf-8")


def probabilities(label: Label, clash: float) -> tuple[float, ...]:
    """Give the probabilities of LABELS that a model's two words stand for.

    The labels of a clash (reversal, number_changed) share `clash`, the others the rest. The label named gets SHARE of
    what its side has, and its neighbours an equal part of what is left; a side without it is shared equally.
    """

    def share(one: Label) -> float:
        side = [other for other in LABELS if (other in CLASHING) == (one in CLASHING)]
        whole = clash if one in CLASHING else 1 - clash
        if label not in side:
            return whole / len(side)
        return whole * (SHARE if one == label else (1 - SHARE) / (len(side) - 1))

    return tuple(share(one) for one in LABELS)


def _messages(pair: Pair) -> list[Message]:
    return [_message("system", prompt()), _message("user", msgspec.json.encode(_told(pair)).decode())]


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


def _told(pair: Pair) -> dict[str, dict[str, str | None]]:
    """Give all that a model is ever told of a pair."""
    return {
        side: {"date": position.day.isoformat() if position.day else None, "text": _sound(position.text)}
        for side, position in zip(("earlier", "later"), pair, strict=True)
    }


def _sound(text: str) -> str:
    """Give a text with a mark for each lone surrogate, which has no UTF-8."""
    return text.encode("utf-8", "replace").decode()


def _comparison(answer: Answer, pair: Pair) -> Comparison:
    shown = answer.evidence if answer.label in CHANGED and answer.evidence else Evidence()
    return Comparison(
        label=answer.label,
        clash=answer.clash,
        probabilities=probabilities(answer.label, answer.clash),
        earlier=_verbatim(shown.earlier, pair[0]),
        later=_verbatim(shown.later, pair[1]),
        why=_sentence(answer.why),
    )


def _verbatim(words: list[str] | str | None, position: Position) -> tuple[Span, ...]:
    """Give where the words stand in a position's text, whole words only; words that don't stand there are dropped."""
    found: list[Span] = []
    for some in [words] if isinstance(words, str) else words or ():
        match = re.search(rf"(?<!\w){re.escape(some.strip())}(?!\w)", position.text) if some.strip() else None
        if match and not any(span.overlaps(Span(*match.span())) for span in found):
            found.append(Span(*match.span()))
    return tuple(sorted(found))


def _sentence(why: str) -> str:
    """Give the first sentence of a model's words, at most MOST_WHY characters."""
    words = plain(why, len(why))
    return plain(sentences(words, Span(0, len(words)))[0].of(words), MOST_WHY)
