"""One statement of the record for the terminal: its words in their article, then all that is known of it.

The paragraphs that its source, cue and content stand in are shown, marked as `terminal` marks them. What people
corrected stands in place; the last lines say who corrected it, when and why.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.show.marks import marks_by_paragraph, words
from onrecord.show.table import amount, quantity
from onrecord.show.terminal import View, clean, percent, print_wrapped, sure
from onrecord.text import paragraphs
from onrecord.types import (
    Article,
    Entry,
    Judgement,
    Money,
    Printing,
    Quantity,
    Run,
    Span,
    Speaker,
    Statement,
    Timex,
)

if TYPE_CHECKING:
    from rich.console import Console

Fact = tuple[str, str]  # its name, its value; one without a value isn't shown

NAMES = 14  # columns of the facts' names


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement of the record with all that is shown of it."""

    entry: Entry
    run: Run | None = None  # that found it
    printings: tuple[Printing, ...] = ()  # of its article
    others: tuple[Entry, ...] = ()  # the other statements that report the same utterance


@dataclass(frozen=True, slots=True)
class _Alone:
    """An article with one statement, for the view that draws articles."""

    article: Article
    statements: tuple[Statement, ...]
    times: tuple[Timex, ...] = ()
    money: tuple[Money, ...] = ()
    quantities: tuple[Quantity, ...] = ()


def show(shown: Shown, out: "Console") -> None:
    """Print the paragraphs with the statement marked, then a line for each thing known."""
    from rich.text import Text

    _print_article(shown.entry, out)
    for name, value in facts(shown):
        print_wrapped(out, Text(clean(value)), first=f"{name:<{NAMES}}")


def facts(shown: Shown) -> Iterator[Fact]:
    """Give what is known, in the order in which it is shown."""
    entry = shown.entry
    every = (
        *_of_speaking(entry.statement, entry.article.text),
        *_of_the_word(entry.statement, entry.article.text),
        *_of_the_place(entry),
        *(("printed", _printing(p)) for p in shown.printings),
        *(("also", _other(o)) for o in shown.others),
        *_of_the_record(shown),
    )
    return (fact for fact in every if fact[1])


def _print_article(entry: Entry, out: "Console") -> None:
    """Print the paragraphs that the statement stands in; "[…]" where others lie between."""
    quotation = replace(entry.statement.quotation, parent=None)  # the statement around it isn't shown
    alone = _Alone(entry.article, (replace(entry.statement, quotation=quotation),))
    view, before = View(alone, out), None
    paras = paragraphs(entry.article.text)
    for number, inside in enumerate(marks_by_paragraph(alone.statements, paras)):
        if not inside:
            continue
        if before is not None and number > before + 1:
            out.print("[…]\n")
        print_wrapped(out, view.marked(paras[number], inside))
        out.print()
        before = number


def _of_speaking(statement: Statement, text: str) -> Iterator[Fact]:
    quotation = statement.quotation
    yield "speaker", _speaker(statement.speaker)
    yield "said", _said(statement, text)
    yield "via", " < ".join(v.name for v in statement.via)
    yield "source", words(quotation.source, text)
    yield "cue", words(quotation.cue, text)
    yield "kind", quotation.kind
    yield "part of", statement.parent or ""
    yield "confidence", sure(quotation)


def _speaker(speaker: Speaker | None) -> str:
    if speaker is None:
        return "no speaker given"
    name = f"{speaker.name} ({speaker.role})" if speaker.role else speaker.name
    confidence = f"unsure, {percent(speaker.confidence)}" if speaker.unsure else percent(speaker.confidence)
    return f"{name} · {speaker.type} · {confidence} · id {speaker.id}"


def _said(statement: Statement, text: str) -> str:
    if statement.said is None:
        return ""
    span = statement.said.span
    return f"{statement.said.value} · {words([span], text)!r}" if span else statement.said.value


def _of_the_word(statement: Statement, text: str) -> Iterator[Fact]:
    word = statement.word
    yield "act", word.act
    yield "mode", word.mode
    yield "negated", "yes" * word.negated
    yield "certainty", word.certainty
    yield "condition", _words(word.condition, text)
    yield "deadline", f"{word.deadline.value} · {_words(word.deadline.span, text)!r}" if word.deadline else ""
    yield "pledges", amount(word.amount) if word.amount else ""
    yield "for", _words(word.beneficiary, text)
    yield "times", "; ".join(t.value for t in statement.times)
    yield "money", "; ".join(map(amount, statement.money))
    yield "quantities", "; ".join(map(quantity, statement.quantities))


def _words(span: Span | None, text: str) -> str:
    return words([span], text) if span else ""


def _of_the_place(entry: Entry) -> Iterator[Fact]:
    article = entry.article
    yield "publisher", article.publisher or ""
    yield "published", article.published.isoformat() if article.published else "no date found"
    yield "title", article.title or ""
    yield "by", ", ".join(article.authors)
    yield "url", article.url or ""
    yield "file", article.name
    yield "characters", "; ".join(f"{s.start}-{s.end}" for s in entry.statement.quotation.content)
    yield "article", article.id
    yield "reports", str(entry.reports)


def _printing(printing: Printing) -> str:
    day = printing.published.isoformat() if printing.published else None
    return " · ".join(x for x in (printing.publisher, day, printing.url, printing.name) if x)


def _other(entry: Entry) -> str:
    article = entry.article
    day = article.published.isoformat() if article.published else None
    known = (article.publisher, day, article.name, f"id {entry.statement.id}")
    spoken = words(entry.statement.quotation.content, article.text)
    return " · ".join(x for x in (*known, spoken) if x)


def _of_the_record(shown: Shown) -> Iterator[Fact]:
    entry = shown.entry
    yield "statement", entry.statement.id
    yield "utterance", entry.utterance
    yield "recorded", f"{entry.recorded:%Y-%m-%d %H:%M} UTC"
    models = (f"{name} {digest[:12]}" for name, digest in shown.run.models) if shown.run else ()
    yield "found by", " · ".join([f"onrecord {shown.run.version}", *models]) if shown.run else f"run {entry.run}"
    yield "dropped", "a person said that this is no statement" * entry.dropped
    yield from (("corrected", _correction(c)) for c in entry.corrections)


def _correction(judgement: Judgement) -> str:
    value = judgement.value or "none"
    line = f"{judgement.change}: {value} · by {judgement.by}, {judgement.at:%Y-%m-%d %H:%M} UTC"
    line += f" · {judgement.note}" if judgement.note else ""
    return f"undone: {line}" if judgement.undone else line
