"""The nouns of onrecord, all frozen. Read this file first.

Offsets are half-open and count Unicode code points of `Article.text`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, get_args

Kind = Literal["direct", "indirect", "mixed"]
Mode = Literal["said", "wrote", "thought", "wanted", "document"]
Act = Literal["assert", "evaluate", "commit", "threaten", "demand", "deny", "predict", "ask", "report"]
Certainty = Literal["certain", "probable", "possible"]
SpeakerType = Literal["person", "organisation", "group", "unnamed", "author", "document"]
Basis = Literal["said", "published"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
QuantityKind = Literal[
    "percentage",
    "troops",
    "weapons",
    "length",
    "area",
    "volume",
    "weight",
    "speed",
    "temperature",
    "angle",
    "power",
    "energy",
    "information",
]

Label = Literal[  # what a later statement does to an earlier one of the same speaker
    "reversal", "softened", "hardened", "conditional_change", "number_changed", "consistent", "unrelated"
]
LABELS: tuple[Label, ...] = get_args(Label)
Verdict = Literal["confirmed", "rejected", "unsure"]  # an editor's

Change = Literal[
    "speaker", "said", "act", "statement", "merge", "undo", "verdict", "ranking"
]  # what a judgement changes

UNSURE_BELOW = 0.5  # of a confidence: what is less likely right than wrong is shown as unsure, wherever it is shown


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of an article's text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Give the words that this span points at."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def jaccard(self, other: "Span") -> float:
        """Give the share of the characters of both that stand in both, from 0 to 1."""
        shared = max(0, min(self.end, other.end) - max(self.start, other.start))
        return shared / max(1, max(self.end, other.end) - min(self.start, other.start)) if shared else 0.0

    def holds(self, other: "Span") -> bool:
        """Tell whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One news text with what its file says of it. The text never changes once kept."""

    id: str  # hash of the text, hexadecimal
    name: str  # the input's own id, else its path
    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that could not be read, and why: kept, counted and shown, never lost."""

    name: str
    step: str  # the room that gave up: "ingest", "extract", ...
    reason: str  # one sentence that ends with the remedy


@dataclass(frozen=True, slots=True)
class Quotation:
    """An attribution in the text: who speaks, the words that report it, the words reported."""

    content: tuple[Span, ...]  # at least one, in order
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    kind: Kind
    parent: int | None  # index, in the same tuple of quotations, of the quotation that holds this one
    confidence: float  # calibrated probability that this is an attribution with the right parts

    @property
    def extent(self) -> Span:
        """Give the stretch from the first to the last character of the content."""
        return Span(self.content[0].start, self.content[-1].end)

    @property
    def unsure(self) -> bool:
        """Tell whether this is less likely right than wrong."""
        return self.confidence < UNSURE_BELOW


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression with its normalised value (TIMEX3, ISO-TimeML)."""

    span: Span
    type: TimexType
    value: str  # "2025-03-26", "2025-W13", "P100D", "PXDE", "PRESENT_REF", ...
    mod: str | None = None  # TIMEX3 mod: "APPROX", "START", "MORE_THAN", ...


@dataclass(frozen=True, slots=True)
class Converted:
    """What an amount was in another currency: derived from rates, never said in the text."""

    currency: str  # ISO 4217
    amount: Decimal | None  # None where there is no rate
    low: Decimal | None = None
    high: Decimal | None = None
    day: date | None = None  # the one that counts
    basis: Basis | None = None  # whether that day is the one of speaking or of printing
    rate_date: date | None = None  # the day of the rates: on a weekend the last one before
    source: str = "ECB"  # of the rates
    refused: str | None = None  # why there is no amount


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money; `low` and `high` differ from `amount` only for ranges."""

    span: Span
    amount: Decimal
    currency: str | None  # ISO 4217
    low: Decimal | None = None
    high: Decimal | None = None
    mod: str | None = None  # "approx", "more_than", "less_than", "up_to", "at_least"
    restates: int | None = None  # index, in the article's money, of the amount that this one gives again
    converted: tuple[Converted, ...] = ()  # where asked for


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many of a unit: a share, troops, weapons, a distance; `low` and `high` as in Money."""

    span: Span
    amount: Decimal
    unit: str  # the English singular: "percent", "kilometre", "tank"
    kind: QuantityKind
    low: Decimal | None = None
    high: Decimal | None = None
    mod: str | None = None  # as in Money


@dataclass(frozen=True, slots=True)
class Speaker:
    """The entity behind a source, with the role held when it spoke."""

    id: str  # the same throughout an article; in all articles for the people table's, for full names and for bodies
    name: str
    type: SpeakerType
    role: str | None
    confidence: float

    @property
    def unsure(self) -> bool:
        """Tell whether this is less likely right than wrong."""
        return self.confidence < UNSURE_BELOW


@dataclass(frozen=True, slots=True)
class Said:
    """When a statement was uttered: a TIMEX3 value and the words that say so."""

    value: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Via:
    """One link of the chain from the speaker to the page: an outlet, a programme, a document."""

    name: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Word:
    """What kind of word a statement is."""

    mode: Mode
    act: Act
    condition: Span | None
    deadline: Timex | None
    beneficiary: Span | None = None  # for whom, of a commitment
    amount: Money | None = None  # that a commitment pledges
    negated: bool = False  # the main claim: "will not send"
    certainty: Certainty = "certain"  # of the main claim, as its words make it


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation with its speaker, times, way to the page and kind of word. What the record holds."""

    id: str
    quotation: Quotation
    parent: str | None  # id of the statement that holds this one
    speaker: Speaker | None  # None only where the text gives none
    said: Said | None
    via: tuple[Via, ...]
    word: Word
    times: tuple[Timex, ...]  # those inside the content
    money: tuple[Money, ...]  # those inside the content
    quantities: tuple[Quantity, ...] = ()  # those inside the content


@dataclass(frozen=True, slots=True)
class Run:
    """What made something: the same version, models and options are the same run, whenever it takes place."""

    id: str  # hash of the rest
    version: str
    models: tuple[tuple[str, str], ...]  # name, digest
    options: tuple[tuple[str, str], ...]  # those that change what is found


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's or a program's verdict or correction: never changed, undone only by a later one."""

    id: str
    at: datetime  # UTC
    by: str
    change: Change
    target: str  # id of a statement, a speaker, a reversal, or of the judgement that is undone
    value: str | None  # the new value: a verdict, a speaker's id, a TIMEX3 value, an act, "not a statement"
    note: str | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Printing:
    """Where a text was found: one printing of it by one publisher."""

    name: str
    title: str | None
    published: date | None
    publisher: str | None
    url: str | None
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as the record keeps it, with people's corrections in place."""

    statement: Statement
    article: Article
    utterance: str  # id of the act of speaking that it reports
    reports: int  # printings that report this utterance
    run: str  # id of the run that found it
    recorded: datetime  # UTC
    corrections: tuple[Judgement, ...] = ()
    dropped: bool = False  # a person said that it is no statement


@dataclass(frozen=True, slots=True)
class Position:
    """What somebody holds, in the words of one statement, and the day of it."""

    text: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a later position does to an earlier one of the same speaker: a guess of a judge's."""

    label: Label
    clash: float  # calibrated probability that the two cannot both stand as the speaker's position
    probabilities: tuple[float, ...]  # of LABELS, in their order
    earlier: tuple[Span, ...]  # the words that clash, in the earlier position's text
    later: tuple[Span, ...]
    why: str  # one sentence that names what changed


SHORT = 300  # characters of a statement that is shown as a whole: nobody is quoted by half where there is room


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a reversal: the statement that says it best, and the others that say it too."""

    entry: Entry
    words: tuple[Span, ...]  # of the position, in the article's text
    evidence: tuple[Span, ...]  # the clashing words, in the article's text
    also: tuple[str, ...]  # ids of other statements of this side

    @property
    def quoted(self) -> tuple[Span, ...]:
        """Give what is shown, in the article's text: a short statement as a whole, of a long one the position."""
        whole = self.entry.statement.quotation.content
        return whole if sum(span.end - span.start for span in whole) <= SHORT else self.words

    @property
    def text(self) -> str:
        """Give what is shown, its pieces joined with a space."""
        return self._of(self.quoted)

    @property
    def position(self) -> str:
        """Give the words of the position, its pieces joined with a space."""
        return self._of(self.words)

    def _of(self, spans: tuple[Span, ...]) -> str:
        return " ".join(span.of(self.entry.article.text) for span in spans)


@dataclass(frozen=True, slots=True)
class Reversal:
    """Two groups of utterances of one speaker on one issue whose positions differ: a candidate for an editor's eye."""

    id: str  # of its likeliest pair
    speaker: Speaker
    issue: str  # in words of the statements
    label: Label
    clash: float
    days: int | None  # between the two sides; None where a day is not known
    earlier: Side
    later: Side
    why: str
    notes: tuple[str, ...] = ()  # what an editor should know: "the speaker is unsure", ...
    judgement: Verdict | None = None
    judged_by: str | None = None
