"""`onrecord judge`, `edit`, `undo`, `log`: what people say of the record."""

import getpass
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from onrecord import codec
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
        return record.say(change, target, value, by=self.by or user(), note=self.note)


def judge(author: Author, key: str, verdict: str) -> Status:
    """Keep a verdict on a reversal, or on a statement."""
    record = author.record()
    with suppress(NotInRecord):
        return _told(author.say(record, "verdict", record.reversal(key).id, verdict), f"the reversal is {verdict}")
    return _told(author.say(record, "verdict", record.statement(key).statement.id, verdict), f"it is {verdict}")


def correct(author: Author, key: str, change: Change, value: str) -> Status:
    """Keep a correction of one statement."""
    record = author.record()
    words = {"said": "said on", "act": "the act is", "statement": "it is"}[change]
    return _told(author.say(record, change, record.statement(key).statement.id, value), f"{words} {value}")


def speaker(author: Author, keys: Sequence[str], name: str, *, apart: bool = False) -> Status:
    """Keep who speaks in statements: somebody of that name, or, `apart`, another one of that name."""
    record = author.record()
    ids = [record.statement(key).statement.id for key in keys]
    who = record.speaker_called(name, apart=min(ids) if apart else None)
    for key in ids:
        _told(author.say(record, "speaker", key, who), f"said by {record.called(who)}")
    return Status.DONE


def merge(author: Author, name: str, into: str) -> Status:
    """Keep that two speakers are one."""
    record = author.record()
    one, other = record.only(name), record.only(into)
    if one == other:
        raise UsageError(f"{name} and {into} are one speaker already. Name two.")
    told = f"{record.called(one)} is {record.called(other)}"
    return _told(author.say(record, "merge", one, other), told)


def undo(author: Author, key: str) -> Status:
    """Keep that a judgement does not count."""
    made = author.record().undo(key, by=author.by or user(), note=author.note)
    return _told(made, f"{made.target} no longer counts")


def log(where: str | None, as_json: bool, color: bool | None) -> Status:
    """List what people said."""
    record = Author(where).record()
    rows = [_named(record, codec.judgement_to_dict(j)) for j in record.store.judgements()]
    Form(as_json=as_json, color=color).write("log", rows)
    return Status.DONE


def export(where: str | None, what: str) -> Status:
    """Print the record as others want it."""
    if what != "corrections":
        raise UsageError(f"There is no export to {what!r}. Give one of: corrections.")
    for item in Author(where).record().corrections():
        sys.stdout.buffer.write(codec.to_line(item))
    return Status.DONE


def _named(record: Record, row: codec.Json) -> codec.Json:
    """Give a row of the log with the names of the speakers whose ids it holds."""
    ids = {"target": row["change"] == "merge", "value": row["change"] in ("merge", "speaker")}
    return row | {f"{key}_name": record.called(row[key]) if isid else None for key, isid in ids.items()}


def user() -> str:
    """Give the name of who is at the keyboard; raises UsageError where the system does not know it."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError) as error:  # which, depends on the system
        raise UsageError("This system does not know your name. Give it: --by NAME.") from error


def _told(judgement: Judgement, what: str) -> Status:
    sys.stderr.write(f"Kept as {judgement.id}: {what}. Undo it with `onrecord undo {judgement.id}`.\n")
    return Status.DONE
