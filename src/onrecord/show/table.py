"""Statements as rows: for CSV and for data frames.

One row per statement, columns as in COLUMNS. A part in several pieces is joined by " … ", white space is one blank;
`start` and `end` bound the content in the article's text, in code points.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from importlib import import_module
from typing import Any, Literal

from onrecord.errors import MissingExtra, UsageError
from onrecord.show.marks import Readable, words
from onrecord.types import Article, Converted, Money, Quantity, Speaker, Statement

Row = dict[str, Any]

COLUMNS = {
    "article": "name of the article: the input's id, else its path",
    "article_id": "hash of its text",
    "title": "its title",
    "publisher": "who printed it",
    "published": "when it was printed, YYYY-MM-DD",
    "number": "1 for the article's first statement",
    "id": "of the statement",
    "parent": "id of the statement that holds this one",
    "kind": "direct, indirect or mixed",
    "speaker": "name of the speaker",
    "speaker_type": "person, organisation, group, unnamed, author or document",
    "role": "of the speaker when it spoke",
    "speaker_confidence": "probability that the speaker is right",
    "speaker_unsure": "whether that is below 0.5",
    "mode": "said, wrote, thought, wanted or document",
    "act": "what the speaker does by it",
    "said": "when it was uttered, as a TIMEX3 value",
    "via": "the way to the page, joined by ' < '",
    "source": "the words that name who speaks",
    "cue": "the words that report it",
    "content": "the words that are reported",
    "condition": "the words that make it conditional",
    "deadline": "its deadline, as a TIMEX3 value",
    "beneficiary": "for whom a commitment is",
    "amount": "that a commitment pledges",
    "negated": "whether its main claim is negated",
    "certainty": "of its main claim: certain, probable or possible",
    "times": "TIMEX3 values inside the content, joined by '; '",
    "money": "amounts inside the content, joined by '; '",
    "quantities": "quantities inside the content, joined by '; '",
    "confidence": "probability that this is a statement with the right parts",
    "unsure": "whether that is below 0.5",
    "start": "first character of the content",
    "end": "one past its last character",
}

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(reading: Readable) -> Iterator[Row]:
    """Give a row for each statement; a value that isn't there is None."""
    head = of_article(reading.article)
    for number, statement in enumerate(reading.statements, 1):
        yield head | {"number": number} | of_statement(statement, reading.article.text)


def csv_text(readings: Iterable[Readable], *, header: bool = True) -> str:
    """Give CSV (RFC 4180, lines end with a newline alone).

    A cell that a spreadsheet would run as a formula (it starts with = + - @, a tab or a return) gets an apostrophe in
    front, as OWASP advises; `start` and `end` lead to the exact words.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    if header:
        writer.writeheader()
    for reading in readings:
        writer.writerows({name: guarded(value) for name, value in row.items()} for row in rows(reading))
    return out.getvalue()


def frame(found: Iterable[Row], backend: Literal["pandas", "polars"] = "pandas") -> Any:  # noqa: ANN401 # of the backend's type
    """Give the rows as a data frame of that library; raises MissingExtra when it isn't installed."""
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for row in found:
        for name, value in row.items():
            columns[name].append(value)
    if backend not in ("pandas", "polars"):
        raise UsageError(f"There is no backend {backend!r} for data frames. Give 'pandas' or 'polars'.")
    try:
        return import_module(backend).DataFrame(columns)
    except ImportError as error:
        raise MissingExtra(f"A data frame needs {backend}. Install it: pip install {backend}") from error


def of_article(article: Article) -> Row:
    """Give the cells that all statements of an article share."""
    return {
        "article": article.name,
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
    }


def of_statement(statement: Statement, text: str) -> Row:
    """Give the cells of a statement alone; the text is that of its article."""
    quotation, word = statement.quotation, statement.word
    return {
        "id": statement.id,
        "parent": statement.parent,
        "kind": quotation.kind,
        **_of_speaker(statement.speaker),
        "mode": word.mode,
        "act": word.act,
        "said": statement.said.value if statement.said else None,
        "via": " < ".join(v.name for v in statement.via) or None,
        "source": words(quotation.source, text) or None,
        "cue": words(quotation.cue, text) or None,
        "content": words(quotation.content, text),
        "condition": words([word.condition], text) if word.condition else None,
        "deadline": word.deadline.value if word.deadline else None,
        "beneficiary": words([word.beneficiary], text) if word.beneficiary else None,
        "amount": amount(word.amount) if word.amount else None,
        "negated": word.negated,
        "certainty": word.certainty,
        "times": "; ".join(t.value for t in statement.times) or None,
        "money": "; ".join(map(amount, statement.money)) or None,
        "quantities": "; ".join(map(quantity, statement.quantities)) or None,
        "confidence": round(quotation.confidence, 4),
        "unsure": quotation.unsure,
        "start": quotation.extent.start,
        "end": quotation.extent.end,
    }


def _of_speaker(speaker: Speaker | None) -> Row:
    return {
        "speaker": speaker.name if speaker else None,
        "speaker_type": speaker.type if speaker else None,
        "role": speaker.role if speaker else None,
        "speaker_confidence": round(speaker.confidence, 4) if speaker else None,
        "speaker_unsure": speaker.unsure if speaker else None,
    }


def amount(money: Money) -> str:
    """Give an amount in plain digits with its currency, as "2000000000 EUR" or "100-200 USD", then its conversions."""
    digits = _digits(money.amount, money.low, money.high)
    stated = f"{digits} {money.currency}" if money.currency else digits
    return " ".join([stated, *(f"({converted(c)})" for c in money.converted)])


def converted(found: Converted) -> str:
    """Give a converted amount as derived, with its rates' day and the day that counts, or why there is none."""
    if found.amount is None:
        return f"no {found.currency}: {found.refused}"
    digits = _digits(found.amount, found.low, found.high)
    return f"derived: {digits} {found.currency}, {found.source} rates of {found.rate_date}, {found.basis} {found.day}"


def quantity(found: Quantity) -> str:
    """Give a quantity in plain digits with its unit, as "20-30 percent"."""
    return f"{_digits(found.amount, found.low, found.high)} {found.unit}"


def _digits(exact: Decimal, low: Decimal | None, high: Decimal | None) -> str:
    return format(exact, "f") if low is None or high is None else f"{low:f}-{high:f}"


def guarded(value: Any) -> Any:  # noqa: ANN401 # a cell holds what its column holds
    """Give a cell that a spreadsheet shows and doesn't run (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
