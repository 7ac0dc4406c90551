"""`onrecord statements` and its kin: questions to the record -> lists, one statement, the wordings of one utterance."""

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import codec
from onrecord.cli.boundary import Status
from onrecord.errors import UsageError
from onrecord.record import Record
from onrecord.settings import load
from onrecord.types import Entry

if TYPE_CHECKING:
    from onrecord.show.listing import Name
    from onrecord.store import Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """Which statements the user asks for."""

    where: str | None
    speaker: str | None = None
    about: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    act: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What is made of a list."""

    as_json: bool = False
    as_csv: bool = False
    as_markdown: bool = False
    parquet: Path | None = None
    color: bool | None = None

    def __post_init__(self) -> None:
        if sum((self.as_json, self.as_csv, self.as_markdown)) > 1:
            raise UsageError("--json, --csv and --md all go to standard output. Give one of them.")

    def write(self, kind: "Name", items: Sequence[Any]) -> None:
        """Write a list as it was asked for: a file, standard output, or a table for people."""
        from onrecord.show import listing, terminal

        if self.parquet:
            listing.write_parquet(kind, items, self.parquet)
            sys.stderr.write(f"Wrote {self.parquet}.\n")
        if self.as_json:
            listing.write_json(kind, items, sys.stdout.buffer)
        elif self.as_csv:
            listing.write_csv(kind, items, sys.stdout.buffer)
        elif self.as_markdown:
            listing.write_markdown(kind, items, sys.stdout.buffer)
        elif not self.parquet:
            listing.show(kind, items, terminal.console(sys.stdout, self.color))

    @property
    def for_people(self) -> bool:
        """Tell whether a person reads it on the terminal."""
        return not (self.as_json or self.as_csv or self.as_markdown or self.parquet)


def wanted(asked: Asked, limit: int, page: int, *, newest: bool = False, dropped: bool = False) -> "Wanted":
    """Give the question to the record."""
    from onrecord.store import Wanted

    return Wanted(
        about=asked.about,
        since=asked.since.date() if asked.since else None,
        until=asked.until.date() if asked.until else None,
        acts=(asked.act,) if asked.act else (),
        publisher=asked.publisher,
        dropped=dropped,
        order="newest" if newest else "best",
        limit=limit or None,
        offset=limit * (page - 1),
    )


def statements(asked: Asked, question: "Wanted", form: Form) -> Status:
    """List statements."""
    record = _record(asked.where)
    found = record.statements(question, asked.speaker)
    form.write("statements", found)
    if form.for_people and len(found) == question.limit:
        total = record.count(question, asked.speaker)
        sys.stderr.write(f"{question.offset + 1}-{question.offset + len(found)} of {total:,}. More with --page.\n")
    return Status.DONE


def speakers(asked: Asked, question: "Wanted", form: Form) -> Status:
    """List speakers with their roles."""
    record = _record(asked.where)
    form.write("speakers", [record.speaker_to_dict(voice) for voice in record.speakers(question, asked.speaker)])
    return Status.DONE


def pledges(asked: Asked, question: "Wanted", form: Form, summed: bool) -> Status:
    """List pledges, or what they add up to."""
    record = _record(asked.where)
    if summed:
        form.write("totals", [asdict(total) for total in record.pledge_totals(question, asked.speaker)])
    else:
        found = record.pledges(question, asked.speaker)
        form.write("pledges", [codec.pledge_to_dict(entry) for entry in found])
    return Status.DONE


def show(where: str | None, key: str, as_json: bool, color: bool | None) -> Status:
    """Show one statement."""
    from onrecord.show import statement, terminal

    record = _record(where)
    entry = record.statement(key)
    others = tuple(e for e in record.store.utterance(entry.utterance) if e.statement.id != entry.statement.id)
    run, printings = record.store.run(entry.run), tuple(record.store.printings(entry.article.id))
    if as_json:
        sys.stdout.buffer.write(codec.to_line(codec.shown_to_dict(entry, others, printings, run)))
    else:
        statement.show(statement.Shown(entry, run, printings, others), terminal.console(sys.stdout, color))
    return Status.DONE


def wordings(where: str | None, key: str, as_json: bool, color: bool | None) -> Status:
    """Show the wordings of an utterance."""
    from onrecord import reports
    from onrecord.show import terminal
    from onrecord.show import wordings as view

    record = _record(where)
    entries = record.store.utterance(record.statement(key).utterance)
    found = reports.wordings([_words(e) for e in entries])
    if as_json:
        for wording in found:
            pieces = [asdict(piece) for piece in wording.pieces]
            told = [codec.entry_to_dict(entries[i]) for i in wording.reports]
            data = {"text": wording.text, "standing": wording.standing, "pieces": pieces, "reports": told}
            sys.stdout.buffer.write(codec.to_line(data))
    else:
        view.show(found, [_printed(e) for e in entries], terminal.console(sys.stdout, color))
    return Status.DONE


def _record(where: str | None) -> Record:
    settings = load({"record": where})
    return Record(settings.record, settings)


def _words(entry: Entry) -> str:
    return " ".join(span.of(entry.article.text) for span in entry.statement.quotation.content)


def _printed(entry: Entry) -> str:
    """Give who printed a statement, when, under which id."""
    article = entry.article
    parts = (article.publisher or article.name, article.published and article.published.isoformat(), entry.statement.id)
    return ", ".join(part for part in parts if part)
