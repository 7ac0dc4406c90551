"""Small scripted stand-ins for the model and the rooms around it, and readings made by hand."""

import re
import zlib
from datetime import date
from decimal import Decimal
from hashlib import blake2b

import numpy as np

from onrecord import judges
from onrecord.reading import Reading
from onrecord.senses import Senses
from onrecord.types import (
    LABELS,
    Article,
    Comparison,
    Money,
    Quotation,
    Said,
    Skipped,
    Span,
    Speaker,
    Statement,
    Timex,
    Via,
    Word,
)

TEXT = (
    "Harbour fees will fall\n\n"
    'Mayor Ilse Brandt said on Tuesday that fees would "fall by half" by June if the council agrees.\n\n'
    "“The mayor told me ‘there is no money’,” the Port Courier quoted a clerk as saying. The cost: 2 million euros.\n"
)


def senses(text, size=4):
    """A vector for each word of the text, the same for the same word."""
    found = list(re.finditer(r"\w+|[^\w\s]", text))
    vectors = [
        np.frombuffer(blake2b(m.group().encode("utf-8", "replace"), digest_size=size).digest(), np.uint8) for m in found
    ]
    made = np.array(vectors, dtype=np.float32).reshape(len(found), size) / 255
    return Senses(np.array([m.start() for m in found], dtype=np.int64), made)


class FakeExtractor:
    """Takes each stretch in straight or curly double quotation marks for a direct statement."""

    def read(self, article):
        found = re.finditer(r'"[^"\n]+"|“[^”\n]+”', article.text)
        quotations = tuple(Quotation((Span(*m.span()),), (), (), "direct", None, 0.9) for m in found)
        return quotations, senses(article.text)


class FakePipeline:
    """Reads with the FakeExtractor and leaves everything else open; a text with CRASH makes it fail."""

    def __init__(self, min_confidence=0.0):
        self.min_confidence = min_confidence

    def read(self, article):
        if "CRASH" in article.text:
            raise ValueError("the stand-in was told to fail")
        found, _ = FakeExtractor().read(article)
        statements = tuple(
            Statement(f"{article.id[:8]}-{i}", q, None, None, None, (), Word("said", "assert", None, None), (), ())
            for i, q in enumerate(found)
        )
        return Reading(article, statements, (), ()).above(self.min_confidence)


def fake_pipeline(settings):
    return FakePipeline(settings.min_confidence)


def span(words, text=TEXT, nth=0):
    """The nth place of the words in the text."""
    start = [m.start() for m in re.finditer(re.escape(words), text)][nth]
    return Span(start, start + len(words))


def article(text=TEXT, **given):
    return Article("ab" * 16, given.pop("name", "harbour.txt"), text, **given)


def a_statement(content, text=TEXT, **given):
    """A statement of these words, everything else as given."""
    quotation = Quotation(
        content=tuple(span(c, text) for c in ([content] if isinstance(content, str) else content)),
        source=tuple(span(c, text) for c in given.get("source", ())),
        cue=tuple(span(c, text) for c in given.get("cue", ())),
        kind=given.get("kind", "indirect"),
        parent=given.get("holder"),
        confidence=given.get("confidence", 0.9),
    )
    return Statement(
        id=given.get("id", "s0"),
        quotation=quotation,
        parent=given.get("parent"),
        speaker=given.get("speaker"),
        said=given.get("said"),
        via=given.get("via", ()),
        word=given.get("word", Word("said", "assert", None, None)),
        times=given.get("times", ()),
        money=given.get("money", ()),
    )


def a_reading():
    """A reading with all that a reading can hold: a mixed statement, and one inside another."""
    tuesday = Timex(span("Tuesday"), "DATE", "2026-03-24")
    june = Timex(span("by June"), "DATE", "2026-06", "BEFORE")
    cost = Money(span("2 million euros"), Decimal(2000000), "EUR")
    mayor = Speaker("e1", "Ilse Brandt", "person", "Mayor", 0.97)
    clerk = Speaker("e2", "a clerk", "unnamed", None, 0.4)
    return Reading(
        article=article(
            title="Harbour fees will fall", published=date(2026, 3, 28), publisher="Port Courier", authors=("N. Oake",)
        ),
        statements=(
            a_statement(
                'that fees would "fall by half" by June if the council agrees',
                id="s1",
                kind="mixed",
                source=["Mayor Ilse Brandt"],
                cue=["said"],
                speaker=mayor,
                said=Said("2026-03-24", span("Tuesday")),
                word=Word("said", "commit", span("if the council agrees"), june),
                times=(june,),
                confidence=0.93,
            ),
            a_statement(
                "“The mayor told me ‘there is no money’,”",
                id="s2",
                kind="direct",
                source=["a clerk"],
                cue=["as saying"],
                speaker=clerk,
                via=(Via("Port Courier", span("the Port Courier")),),
                confidence=0.8,
            ),
            a_statement(
                "‘there is no money’",
                id="s3",
                kind="direct",
                source=["The mayor"],
                cue=["told"],
                speaker=mayor,
                holder=1,
                parent="s2",
                confidence=0.55,
            ),
        ),
        times=(tuesday, june),
        money=(cost,),
    )


SKIPPED = Skipped("broken.txt", "ingest", "it is empty; give another file")


def spans_of(value):
    """Every object with start, end and text anywhere in a JSON value."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_of(inner)


class WordEncoder:
    """Gives sentences with the same words the same vector: what the shipped encoder does better."""

    width = 32

    def vectors(self, texts):
        out = np.zeros((len(texts), self.width), dtype=np.float32)
        for row, text in zip(out, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[zlib.crc32(word.encode()) % self.width] += 1
            row /= max(float(np.linalg.norm(row)), 1e-9)
        return out


class WordJudge:
    """Calls it a reversal where one of two statements says "no" or "not" and the other does not."""

    name = "stand-in"

    def judge(self, pairs):
        return [self._answer(*pair) for pair in pairs]

    def _answer(self, earlier, later):
        denied = [bool(re.search(r"\b(?:no|not|never)\b", p.text.lower())) for p in (earlier, later)]
        clash = 0.9 if denied[0] != denied[1] else 0.05
        label = "reversal" if denied[0] != denied[1] else "consistent"
        shares = tuple(0.9 if one == label else 0.1 / 6 for one in LABELS)
        spans = tuple((Span(0, len(p.text)),) for p in (earlier, later))
        return Comparison(label, clash, shares, *spans, f"stand-in: {label}")


SCRIPTED = {"encoder": lambda *_: WordEncoder(), "own": lambda *_: WordJudge()}


def script_judges(monkeypatch):
    """Put the stand-ins where the weights would be."""
    for name, made in SCRIPTED.items():
        monkeypatch.setattr(judges, name, made)
