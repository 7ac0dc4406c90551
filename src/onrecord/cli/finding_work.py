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

    @property
    def for_people(self) -> bool:
        """Tell whether it is neither for a program nor for a file."""
        return not (self.as_json or self.as_csv or self.as_markdown or self.parquet)

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


def wanted(asked: Asked, limit: int, page: int, *, newest: bool = False, dropped: bool = False) -> "Wanted":
    """Give the question to the record; raises UsageError where nothing can be the answer."""
    from onrecord.store import Wanted

    if asked.since and asked.until and asked.since > asked.until:
        raise UsageError(f"No day is since {asked.since:%Y-%m-%d} and until {asked.until:%Y-%m-%d}. Exchange them.")
    if page > 1 and not limit:
        raise UsageError("--limit 0 asks for all on one page. Leave out --page, or give a --limit.")
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
    total = record.count(question, asked.speaker) if _paged(question, found) else None
    return _told(question, found, total)


def speakers(asked: Asked, question: "Wanted", form: Form) -> Status:
    """List speakers with their roles."""
    record = _record(asked.where)
    found = record.speakers(question, asked.speaker)
    form.write("speakers", [record.speaker_to_dict(voice) for voice in found])
    return _told(question, found)


def pledges(asked: Asked, question: "Wanted", form: Form, summed: bool) -> Status:
    """List pledges, or what they add up to."""
    record = _record(asked.where)
    if summed:
        totals = record.pledge_totals(question, asked.speaker)
        form.write("totals", [asdict(total) for total in totals])
        return _told(question, totals)
    found = record.pledges(question, asked.speaker)
    form.write("pledges", [codec.pledge_to_dict(entry) for entry in found])
    return _told(question, found)


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


def _paged(question: "Wanted", found: Sequence[Any]) -> bool:
    return len(found) == question.limit or question.offset > 0


def _told(question: "Wanted", found: Sequence[Any], total: int | None = None) -> Status:
    """Say on standard error where a page stands among all that was asked for, if there may be more."""
    if not _paged(question, found) or (len(found) == total and not question.offset):
        return Status.DONE
    of_all = "" if total is None else f" of {total:,}"
    shown = f"{question.offset + 1:,}-{question.offset + len(found):,}{of_all}" if found else f"None{of_all} is here"
    sys.stderr.write(f"{shown}. More with --page N, all with --limit 0.\n")
    return Status.DONE


def _words(entry: Entry) -> str:
    return " ".join(span.of(entry.article.text) for span in entry.statement.quotation.content)


def _printed(entry: Entry) -> str:
    """Give who printed a statement, when, under which id."""
    article = entry.article
    parts = (article.publisher or article.name, article.published and article.published.isoformat(), entry.statement.id)
    return ", ".join(part for part in parts if part)
