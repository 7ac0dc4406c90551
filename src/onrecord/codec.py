"""Nouns <-> JSON: the one place that knows the wire format.

    article, statements, times, money, quantities  --encode-->  one JSON object  --decode-->  the same nouns

The object holds no text of the article beyond the spans' own words, so decoding takes the text and checks every span
against it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from onrecord.errors import BrokenInput
from onrecord.types import (
    LABELS,
    Article,
    Comparison,
    Converted,
    Entry,
    Judgement,
    Money,
    Position,
    Printing,
    Quantity,
    Quotation,
    Reversal,
    Run,
    Said,
    Side,
    Span,
    Speaker,
    Statement,
    Timex,
    Via,
    Word,
)

Json = dict[str, Any]
Nouns = tuple[Article, tuple[Statement, ...], tuple[Timex, ...], tuple[Money, ...], tuple[Quantity, ...]]

DIGITS = 4  # of a confidence on the wire


def reading_to_dict(
    article: Article,
    statements: Sequence[Statement],
    times: Sequence[Timex],
    money: Sequence[Money],
    quantities: Sequence[Quantity] = (),
) -> Json:
    """Give the whole object of one article."""
    return {
        "article": article_to_dict(article),
        "statements": [statement_to_dict(s, article.text) for s in statements],
        "times": [_timex(t, article.text) for t in times],
        "money": [_money(m, article.text) for m in money],
        "quantities": [_quantity(q, article.text) for q in quantities],
    }


def reading_from_dict(data: Mapping[str, Any], text: str) -> Nouns:
    """Give the nouns back; the text is that of the article.

    Raises BrokenInput where a field is missing, a value can't be, or a span's words are not those of the text.
    """
    try:
        return (
            _article_from(data["article"], text),
            _linked(tuple(_statement_from(s, text) for s in data["statements"])),
            tuple(_timex_from(t, text) for t in data["times"]),
            tuple(_money_from(m, text) for m in data["money"]),
            tuple(_quantity_from(q, text) for q in data.get("quantities", ())),
        )
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise BrokenInput(
            f"This is no reading ({type(error).__name__}: {error}). Write it anew with `onrecord read --json`."
        ) from error


def statement_to_dict(statement: Statement, text: str) -> Json:
    """Give the object of one statement."""
    quotation, word = statement.quotation, statement.word
    return {
        "id": statement.id,
        "kind": quotation.kind,
        "parent": statement.parent,
        "content": [_span(s, text) for s in quotation.content],
        "source": [_span(s, text) for s in quotation.source],
        "cue": [_span(s, text) for s in quotation.cue],
        "speaker": _speaker(statement.speaker) if statement.speaker else None,
        "mode": word.mode,
        "said": _said(statement.said, text) if statement.said else None,
        "via": [{"name": v.name, "span": _span(v.span, text) if v.span else None} for v in statement.via],
        "act": word.act,
        "condition": _span(word.condition, text) if word.condition else None,
        "deadline": _timex(word.deadline, text) if word.deadline else None,
        "beneficiary": _span(word.beneficiary, text) if word.beneficiary else None,
        "amount": _money(word.amount, text) if word.amount else None,
        "negated": word.negated,
        "certainty": word.certainty,
        "times": [_timex(t, text) for t in statement.times],
        "money": [_money(m, text) for m in statement.money],
        "quantities": [_quantity(q, text) for q in statement.quantities],
        "confidence": round(quotation.confidence, DIGITS),
        "unsure": quotation.unsure,
    }


def statement_to_body(statement: Statement) -> str:
    """Give a statement as the record keeps it: the noun in JSON, spans without words, and nothing of what it lacks."""
    data = msgspec.to_builtins(statement)
    data["quotation"]["confidence"] = round(statement.quotation.confidence, DIGITS)
    for part, bare in _parts(data):
        for name, value in bare.items():
            if part[name] == value:
                del part[name]
    return msgspec.json.encode(data).decode()


def statement_from_body(body: str | bytes) -> Statement:
    """Give the statement back; raises BrokenInput where the body is none."""
    try:
        data = msgspec.json.decode(body, type=dict[str, Any])
        for part, bare in _parts(data):
            part.update(bare | part)
        return msgspec.convert(data, Statement)
    except (msgspec.DecodeError, UnicodeDecodeError, LookupError, TypeError, AttributeError) as error:
        raise BrokenInput(f"A kept statement is damaged ({error}). Run `onrecord check`, then `reread`.") from error


# What most statements lack: it takes a third of a body's room.
_BARE: Json = {"parent": None, "speaker": None, "said": None, "via": (), "times": (), "money": (), "quantities": ()}
_BARE_QUOTATION: Json = {"source": (), "cue": (), "parent": None}
_BARE_WORD: Json = {
    "mode": "said",
    "condition": None,
    "deadline": None,
    "beneficiary": None,
    "amount": None,
    "negated": False,
    "certainty": "certain",
}


def _parts(data: Json) -> tuple[tuple[Json, Json], ...]:
    """Give the objects of a statement, each with what may be left out of it."""
    return (data, _BARE), (data["quotation"], _BARE_QUOTATION), (data["word"], _BARE_WORD)


def entry_to_dict(entry: Entry) -> Json:
    """Give the object of a statement of the record: that of `read`, and what the record adds."""
    return statement_to_dict(entry.statement, entry.article.text) | {
        "article": article_to_dict(entry.article),
        "utterance": entry.utterance,
        "reports": entry.reports,
        "recorded": entry.recorded.isoformat(),
        "run": entry.run,
        "corrections": [judgement_to_dict(j) for j in entry.corrections],
        "dropped": entry.dropped,
    }


def pledge_to_dict(entry: Entry) -> Json:
    """Give the object of a pledge."""
    statement, text = entry.statement, entry.article.text
    word = statement.word
    return {
        "statement": statement.id,
        "speaker": _speaker(statement.speaker) if statement.speaker else None,
        "said": _said(statement.said, text) if statement.said else None,
        "text": " ".join(span.of(text) for span in statement.quotation.content),
        "money": [_money(m, text) for m in statement.money],
        "amount": _money(word.amount, text) if word.amount else None,
        "beneficiary": _span(word.beneficiary, text) if word.beneficiary else None,
        "condition": _span(word.condition, text) if word.condition else None,
        "deadline": _timex(word.deadline, text) if word.deadline else None,
        "negated": word.negated,
        "reports": entry.reports,
        "utterance": entry.utterance,
        "article": article_to_dict(entry.article),
    }


def comparison_to_dict(key: str | int, earlier: Position, later: Position, found: Comparison) -> Json:
    """Give the object of a comparison of two statements."""
    return {
        "id": key,
        "label": found.label,
        "clash": round(found.clash, 4),
        "probabilities": {label: round(p, 4) for label, p in zip(LABELS, found.probabilities, strict=True)},
        "evidence": {
            "earlier": [_span(span, earlier.text) for span in found.earlier],
            "later": [_span(span, later.text) for span in found.later],
        },
        "why": found.why,
    }


def reversal_to_dict(reversal: Reversal) -> Json:
    """Give the object of a reversal; its spans point into the articles' texts."""
    sides = {"earlier": reversal.earlier, "later": reversal.later}
    return {
        "id": reversal.id,
        "speaker": _speaker(reversal.speaker),
        "issue": reversal.issue,
        "label": reversal.label,
        "clash": reversal.clash,
        "days": reversal.days,
        **{name: _side(side) for name, side in sides.items()},
        "evidence": {
            name: [_span(span, side.entry.article.text) for span in side.evidence] for name, side in sides.items()
        },
        "why": reversal.why,
        "notes": list(reversal.notes),
        "judgement": reversal.judgement,
        "judged_by": reversal.judged_by,
    }


def _side(side: Side) -> Json:
    statement, article = side.entry.statement, side.entry.article
    return {
        "statement": statement.id,
        "article": article_to_dict(article),
        "said": statement.said.value if statement.said else None,
        "text": side.text,
        "also": list(side.also),
        "words": [_span(span, article.text) for span in side.quoted],
        "kind": statement.quotation.kind,
        "reports": side.entry.reports,
    }


def shown_to_dict(entry: Entry, others: Sequence[Entry], printings: Sequence[Printing], run: Run | None) -> Json:
    """Give the object of a statement with everything known of it."""
    return entry_to_dict(entry) | {
        "printings": [printing_to_dict(p) for p in printings],
        "also": [other.statement.id for other in others],
        "made_by": run and {"id": run.id, "version": run.version, "models": dict(run.models)} | dict(run.options),
    }


def printing_to_dict(printing: Printing) -> Json:
    """Give the object of one place where a text was printed."""
    rest = ("name", "title", "publisher", "url")
    told = {name: getattr(printing, name) for name in rest}
    return told | {"published": _maybe_iso(printing.published), "authors": list(printing.authors)}


def judgement_to_dict(judgement: Judgement) -> Json:
    """Give the object of a judgement."""
    rest = ("by", "change", "target", "value", "note", "undone")
    return {"id": judgement.id, "at": judgement.at.isoformat()} | {name: getattr(judgement, name) for name in rest}


def article_to_dict(article: Article) -> Json:
    """Give the object of an article: all but its text."""
    return {
        "id": article.id,
        "name": article.name,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "publisher": article.publisher,
        "url": article.url,
        "authors": list(article.authors),
        "characters": len(article.text),
    }


def to_line(data: Mapping[str, Any]) -> bytes:
    """Give an object as one line of JSON Lines, in UTF-8, with its newline.

    A lone surrogate (a broken escape in somebody's .jsonl) has no UTF-8; such a line is written in ASCII escapes.
    """
    try:
        return msgspec.json.encode(data) + b"\n"
    except UnicodeEncodeError:
        return json.dumps(data, separators=(",", ":")).encode("ascii") + b"\n"


def from_line(line: bytes | str) -> Json:
    """Give the object of a line; raises BrokenInput where the line is not JSON."""
    try:
        data = json.loads(line)
    except ValueError as error:
        raise BrokenInput(f"This line is not JSON ({error}). Write it anew with `read --json`.") from error
    if not isinstance(data, dict):
        raise BrokenInput("This line holds no JSON object. Write it anew with `read --json`.")
    return data


def _span(span: Span, text: str) -> Json:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _timex(timex: Timex, text: str) -> Json:
    return _span(timex.span, text) | {"type": timex.type, "value": timex.value, "mod": timex.mod}


def _money(money: Money, text: str) -> Json:
    return _span(money.span, text) | {
        "amount": _plain(money.amount),
        "low": _maybe_plain(money.low),
        "high": _maybe_plain(money.high),
        "currency": money.currency,
        "mod": money.mod,
        "restates": money.restates,
        "converted": [_converted(c) for c in money.converted],
    }


def _converted(converted: Converted) -> Json:
    return {
        "currency": converted.currency,
        "amount": _maybe_plain(converted.amount),
        "low": _maybe_plain(converted.low),
        "high": _maybe_plain(converted.high),
        "date": _maybe_iso(converted.day),
        "basis": converted.basis,
        "rate_date": _maybe_iso(converted.rate_date),
        "source": converted.source,
        "refused": converted.refused,
    }


def _quantity(quantity: Quantity, text: str) -> Json:
    return _span(quantity.span, text) | {
        "amount": _plain(quantity.amount),
        "low": _maybe_plain(quantity.low),
        "high": _maybe_plain(quantity.high),
        "unit": quantity.unit,
        "kind": quantity.kind,
        "mod": quantity.mod,
    }


def _plain(amount: Decimal) -> str:
    return format(amount, "f")


def _maybe_plain(amount: Decimal | None) -> str | None:
    return None if amount is None else _plain(amount)


def _maybe_iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _speaker(speaker: Speaker) -> Json:
    return {
        "id": speaker.id,
        "name": speaker.name,
        "type": speaker.type,
        "role": speaker.role,
        "confidence": round(speaker.confidence, DIGITS),
        "unsure": speaker.unsure,
    }


def _said(said: Said, text: str) -> Json:
    return {"value": said.value, "span": _span(said.span, text) if said.span else None}


def _article_from(data: Mapping[str, Any], text: str) -> Article:
    if data["characters"] != len(text):
        raise ValueError(f"the article has {data['characters']} characters, its text {len(text)}")
    return Article(
        id=data["id"],
        name=data["name"],
        text=text,
        title=data["title"],
        published=date.fromisoformat(data["published"]) if data["published"] else None,
        publisher=data["publisher"],
        url=data["url"],
        authors=tuple(data["authors"]),
    )


def _statement_from(data: Mapping[str, Any], text: str) -> Statement:
    quotation = Quotation(
        content=_spans_from(data["content"], text),
        source=_spans_from(data["source"], text),
        cue=_spans_from(data["cue"], text),
        kind=data["kind"],
        parent=None,  # set by _linked, which sees all statements
        confidence=float(data["confidence"]),
    )
    return Statement(
        id=data["id"],
        quotation=quotation,
        parent=data["parent"],
        speaker=_speaker_from(data["speaker"]) if data["speaker"] else None,
        said=Said(data["said"]["value"], _maybe_span(data["said"]["span"], text)) if data["said"] else None,
        via=tuple(Via(v["name"], _maybe_span(v["span"], text)) for v in data["via"]),
        word=Word(
            mode=data["mode"],
            act=data["act"],
            condition=_maybe_span(data["condition"], text),
            deadline=_timex_from(data["deadline"], text) if data["deadline"] else None,
            beneficiary=_maybe_span(data.get("beneficiary"), text),
            amount=_money_from(data["amount"], text) if data.get("amount") else None,
            negated=data.get("negated", False),
            certainty=data.get("certainty", "certain"),
        ),
        times=tuple(_timex_from(t, text) for t in data["times"]),
        money=tuple(_money_from(m, text) for m in data["money"]),
        quantities=tuple(_quantity_from(q, text) for q in data.get("quantities", ())),
    )


def _speaker_from(data: Mapping[str, Any]) -> Speaker:
    return Speaker(data["id"], data["name"], data["type"], data["role"], float(data["confidence"]))


def _linked(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Give the statements with the index of each parent beside its id."""
    index = {s.id: i for i, s in enumerate(statements)}
    return tuple(
        s if s.parent is None else replace(s, quotation=replace(s.quotation, parent=index[s.parent]))
        for s in statements
    )


def _spans_from(data: Sequence[Mapping[str, Any]], text: str) -> tuple[Span, ...]:
    return tuple(_span_from(s, text) for s in data)


def _span_from(data: Mapping[str, Any], text: str) -> Span:
    span = Span(data["start"], data["end"])
    if not 0 <= span.start <= span.end <= len(text) or span.of(text) != data["text"]:
        raise ValueError(f"the text does not read {data['text']!r} at {span.start}-{span.end}")
    return span


def _maybe_span(data: Mapping[str, Any] | None, text: str) -> Span | None:
    return _span_from(data, text) if data else None


def _timex_from(data: Mapping[str, Any], text: str) -> Timex:
    return Timex(_span_from(data, text), data["type"], data["value"], data["mod"])


def _money_from(data: Mapping[str, Any], text: str) -> Money:
    return Money(
        span=_span_from(data, text),
        amount=Decimal(data["amount"]),
        currency=data["currency"],
        low=_maybe_decimal(data["low"]),
        high=_maybe_decimal(data["high"]),
        mod=data["mod"],
        restates=data["restates"],
        converted=tuple(_converted_from(c) for c in data.get("converted", ())),
    )


def _converted_from(data: Mapping[str, Any]) -> Converted:
    return Converted(
        currency=data["currency"],
        amount=_maybe_decimal(data["amount"]),
        low=_maybe_decimal(data["low"]),
        high=_maybe_decimal(data["high"]),
        day=_maybe_day(data["date"]),
        basis=data["basis"],
        rate_date=_maybe_day(data["rate_date"]),
        source=data["source"],
        refused=data["refused"],
    )


def _quantity_from(data: Mapping[str, Any], text: str) -> Quantity:
    return Quantity(
        span=_span_from(data, text),
        amount=Decimal(data["amount"]),
        unit=data["unit"],
        kind=data["kind"],
        low=_maybe_decimal(data["low"]),
        high=_maybe_decimal(data["high"]),
        mod=data["mod"],
    )


def _maybe_decimal(figures: str | None) -> Decimal | None:
    return None if figures is None else Decimal(figures)


def _maybe_day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
