"""Statement -> passages: the sentences of it that take a position, each with the words that a judge needs to read it.

A judge sees the whole sentence with its cue ("denied that ..."), and the passage before it where the sentence leans on
that one ("This will take decades").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.text import index_of, paragraphs, sentences
from onrecord.types import Act, Article, Span, SpeakerType, Statement

LEAST_WORDS = 4  # fewer are a scare quote, not a position
MOST_CHARACTERS = 420  # of what a judge reads of one sentence
NEAR = 400  # characters between a passage and the one that it leans on
RELAYED = 0.6  # share of a statement that is somebody else's word: it only reports that

SILENT_ACTS: frozenset[Act] = frozenset({"ask", "report"})
TAKING_ACTS: frozenset[Act] = frozenset({"demand", "commit", "threaten"})  # called for a ban, proposed a wall
SILENT_SPEAKERS: frozenset[SpeakerType] = frozenset({"unnamed", "author", "document"})

LEANS = re.compile(  # "that" does so at the head of a sentence or before a verb, not where it opens a clause
    r"\W*(?:(?i:but |and |so ))?(?:That\b|(?i:(?:that )?(?:this|it|they|these|those|such|doing so|to do so|neither|nor"
    r"|both|he|she)\b|that(?:['’]s| (?:is|was|will|would|has|had|does|did|can|could|should|must|may|might|means)\b)))",
)
_WORD = re.compile(r"[^\W\d_]+(?:['’]\w+)?|\d[\d,.]*")
_CLAUSE = re.compile(  # a verb that says something, or what begins a clause
    r"^\W*(?:\w+ly )?(?!during|king|spring|morning|evening)\w+ing\b"
    r"|^\W*(?:that|to|he|she|it|they|we|i|you|there|if|not)\b"
    r"|\b(?:am|is|are|was|were|be|been|being|has|have|had|do|does|did|will|would|shall|should|can|could|may|might|must|cannot"
    r"|let|let's|need|needs|want|wants|going)\b|n['’]t\b|['’](?:s|re|ll|ve|d|m)\s",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?[\"'”’»)]*\s*$")
_MARKS = "\"'“”„‘’«»"


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a statement."""

    words: tuple[Span, ...]  # of the content, in the article's text
    sentence: Span  # with source and cue, in the article's text
    before: Span | None  # the sentence that it leans on

    def content(self, text: str) -> str:
        """Give the speaker's words, with those before them where they lean on those."""
        found = " ".join(span.of(text) for span in self.words)
        return f"{self.before.of(text)} {found}" if self.before else found

    def reading(self, text: str) -> str:
        """Give what a judge reads; `start` of an offset in it is told by `shift`."""
        found = self.sentence.of(text)
        return f"{self.before.of(text)} {found}" if self.before else found

    @property
    def shift(self) -> int:
        """Give where the sentence begins in what a judge reads."""
        return self.before.end - self.before.start + 1 if self.before else 0

    def to_article(self, span: Span) -> Span | None:
        """Give the place in the article of a stretch of what a judge reads; None for one of the words before."""
        start, end = max(span.start - self.shift, 0), span.end - self.shift
        return Span(self.sentence.start + start, self.sentence.start + end) if start < end else None


def passages(article: Article, statements: Sequence[Statement]) -> dict[str, tuple[Passage, ...]]:
    """Give the passages of an article's statements by the statements' ids; none of those that hold no position.

    `statements` are all that the article has, in their order.
    """
    text = article.text
    found: dict[str, tuple[Passage, ...]] = {}
    latest: dict[str, Passage] = {}  # of each speaker
    paras = paragraphs(text) if any(map(_speaks, statements)) else ()
    whole = [s for p in paras for s in sentences(text, p)]
    for statement in statements:
        if not _speaks(statement) or _relays(statement, statements):
            continue
        made = []
        for words, sentence in _sentences(text, whole, statement):
            passage = Passage(words, sentence, _before(text, words, latest.get(_voice(statement))))
            latest[_voice(statement)] = passage
            if _takes_position(text, passage, statement):
                made.append(passage)
        found[statement.id] = tuple(made)
    return found


def _speaks(statement: Statement) -> bool:
    speaker = statement.speaker
    named = speaker is not None and speaker.type not in SILENT_SPEAKERS
    return named and statement.word.act not in SILENT_ACTS and not statement.quotation.unsure


def _relays(statement: Statement, others: Sequence[Statement]) -> bool:
    """Tell whether a statement is for the most part what somebody else says."""
    mine = statement.quotation.extent
    inner = [o.quotation.extent for o in others if o.parent == statement.id and _voice(o) != _voice(statement)]
    return sum(s.end - s.start for s in inner) > RELAYED * (mine.end - mine.start)


def _voice(statement: Statement) -> str:
    return statement.speaker.id if statement.speaker else ""


def _sentences(text: str, whole: Sequence[Span], statement: Statement) -> Iterator[tuple[tuple[Span, ...], Span]]:
    """Give, of each sentence that a statement's content reaches into, the words of the content and the whole of it."""
    q = statement.quotation
    for sentence in whole[index_of(whole, q.extent.start) : index_of(whole, q.extent.end) + 1]:
        words = tuple(part for span in q.content if (part := _shared(span, sentence)))
        if words:
            near = [part for span in (*q.source, *q.cue) if (part := _shared(span, sentence))]
            parts = sorted((*words, *near))
            start = max(parts[0].start, words[0].start - MOST_CHARACTERS // 2)  # leaves room for the content
            yield words, _with_marks(text, Span(start, max(p.end for p in parts)), sentence)


def _shared(a: Span, b: Span) -> Span | None:
    start, end = max(a.start, b.start), min(a.end, b.end)
    return Span(start, end) if start < end else None


def _with_marks(text: str, span: Span, within: Span) -> Span:
    """Give a stretch with the quotation marks around it, cut where it is too long to read."""
    start, end = span.start, span.end
    if start > within.start and text[start - 1] in _MARKS:
        start -= 1
    while end < within.end and text[end] in _MARKS + ".,":
        end += 1
    return Span(start, min(end, start + MOST_CHARACTERS))


def _before(text: str, words: tuple[Span, ...], latest: Passage | None) -> Span | None:
    """Give the sentence that a passage leans on: the same speaker's, shortly before it."""
    if latest is None or not LEANS.match(text, words[0].start, words[-1].end):
        return None
    near = 0 <= words[0].start - latest.sentence.end <= NEAR
    return latest.sentence if near else None


def _takes_position(text: str, passage: Passage, statement: Statement) -> bool:
    """Tell whether the words say something: "that fees will fall" does, "the issue of harbour fees" does not.

    Where the cue takes the position ("called for", "proposed"), its object is enough: "a ban on night flights".
    """
    content = " ".join(span.of(text) for span in passage.words)
    enough = len(_WORD.findall(content)) >= LEAST_WORDS
    says = (
        statement.quotation.kind == "direct"
        or content[:1] in _MARKS
        or statement.word.act in TAKING_ACTS
        or _CLAUSE.search(content) is not None
    )
    return enough and says and not _QUESTION.search(content)
