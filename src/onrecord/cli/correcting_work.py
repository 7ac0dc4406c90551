"""`onrecord judge`, `edit`, `undo`, `log`: what people say of the record."""

import getpass
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord import codec, days
from onrecord.cli.boundary import Status
from onrecord.cli.finding_work import Form
from onrecord.errors import NotInRecord, UsageError
from onrecord.record import Record
from onrecord.settings import load
from onrecord.types import Change, Judgement


@dataclass(frozen=True, slots=True)
class Author:
    """Who says something of which record, and why."""

    where: str | None
    by: str | None = None
    note: str | None = None

    def record(self) -> Record:
        """Open the record."""
        settings = load({"record": self.where})
        return Record(settings.record, settings)

    def say(self, record: Record, change: Change, target: str, value: str | None) -> Judgement:
        """Keep it."""
        return record.say(change, target, value, by=self.by or getpass.getuser(), note=self.note)


def judge(author: Author, key: str, verdict: str) -> Status:
    """Keep a verdict."""
    record = author.record()
    return _told(author.say(record, "verdict", record.statement(key).statement.id, verdict))


def correct(author: Author, key: str, change: Change, value: str) -> Status:
    """Keep a correction of one statement."""
    record = author.record()
    return _told(author.say(record, change, record.statement(key).statement.id, value))


def said(author: Author, key: str, date: str) -> Status:
    """Keep when a statement was uttered."""
    if days.span_of(date) is None:
        raise UsageError(f"{date} is no date. Write a day (2026-03-14), month (2026-03), year or week (2026-W11).")
    return correct(author, key, "said", date)


def speaker(author: Author, keys: Sequence[str], name: str, *, apart: bool = False) -> Status:
    """Keep who speaks in statements: somebody of that name, or, `apart`, another one of that name."""
    record = author.record()
    ids = [record.statement(key).statement.id for key in keys]
    who = record.speaker_called(name, apart=min(ids) if apart else None)
    for key in ids:
        _told(author.say(record, "speaker", key, who))
    return Status.DONE


def merge(author: Author, name: str, into: str) -> Status:
    """Keep that two speakers are one."""
    record = author.record()
    one, other = _only(record, name), _only(record, into)
    if one == other:
        raise UsageError(f"{name} and {into} are one speaker already. Name two.")
    return _told(author.say(record, "merge", one, other))


def undo(author: Author, key: str) -> Status:
    """Keep that a judgement does not count."""
    record = author.record()
    found = [j for j in record.store.judgements() if j.id.startswith(key)]
    if len(found) != 1:
        raise NotInRecord(f"{len(found)} judgements have an id that begins with {key}. See them with `onrecord log`.")
    return _told(author.say(record, "undo", found[0].id, None))


def log(where: str | None, as_json: bool, color: bool | None) -> Status:
    """List what people said."""
    judgements = Author(where).record().store.judgements()
    Form(as_json=as_json, color=color).write("log", [codec.judgement_to_dict(j) for j in judgements])
    return Status.DONE


def export(where: str | None, what: str) -> Status:
    """Print the record as others want it."""
    if what != "corrections":
        raise UsageError(f"There is no export to {what!r}. Give one of: corrections.")
    for item in Author(where).record().corrections():
        sys.stdout.buffer.write(codec.to_line(item))
    return Status.DONE


def _only(record: Record, name: str) -> str:
    found = record.ids_of(name)
    if len(found) > 1:
        raise UsageError(f"{name!r} may be any of {len(found)} speakers. Give an id: {', '.join(found[:5])}.")
    return found[0]


def _told(judgement: Judgement) -> Status:
    sys.stderr.write(f"Kept as {judgement.id}. Undo it with `onrecord undo {judgement.id}`.\n")
    return Status.DONE
