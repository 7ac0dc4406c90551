"""The commands that judge and correct the record: their options and help. What they do stands in correcting_work.py."""

from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli import flags
from onrecord.cli.boundary import Status, guarded
from onrecord.cli.finding import ActName, Key

correcting = typer.Typer(rich_markup_mode="rich")
edit = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Correct a speaker, a said date, an act; merge and split speakers.",
)
correcting.add_typer(edit, name="edit")


class Verdict(StrEnum):
    """What an editor may say of a finding."""

    confirmed = "confirmed"
    rejected = "rejected"
    unsure = "unsure"


Name = Annotated[str, typer.Argument(metavar="NAME", help="A name, an alias or an id.")]


@correcting.command(
    epilog=flags.examples("onrecord judge 3f2a confirmed", 'onrecord judge 3f2a rejected --by Ana --note "it is irony"')
)
@guarded
def judge(
    key: Annotated[str, typer.Argument(metavar="ID", help="Of a reversal or a statement.")],
    verdict: Verdict,
    where: flags.Where = None,
    by: flags.By = None,
    note: flags.Note = None,
) -> Status:
    """Say whether a finding is right: confirmed, rejected or unsure."""
    from onrecord.cli.correcting_work import Author, judge

    return judge(Author(where, by, note), key, verdict.value)


@edit.command(epilog=flags.examples('onrecord edit speaker 3f2a "Ilse Brandt" --note "the mayor, not her clerk"'))
@guarded
def speaker(key: Key, name: Name, where: flags.Where = None, by: flags.By = None, note: flags.Note = None) -> Status:
    """Say who speaks in a statement; a name that nobody in the record has makes a new speaker."""
    from onrecord.cli.correcting_work import Author, speaker

    return speaker(Author(where, by, note), [key], name)


@edit.command(epilog=flags.examples("onrecord edit said 3f2a 2026-03-14"))
@guarded
def said(
    key: Key,
    date: Annotated[str, typer.Argument(metavar="DATE", help="A day, month, year or week: 2026-03-14, 2026-W11.")],
    where: flags.Where = None,
    by: flags.By = None,
    note: flags.Note = None,
) -> Status:
    """Say when a statement was uttered."""
    from onrecord.cli.correcting_work import Author, correct

    return correct(Author(where, by, note), key, "said", date)


@edit.command(epilog=flags.examples("onrecord edit act 3f2a commit"))
@guarded
def act(
    key: Key,
    act: Annotated[ActName, typer.Argument(metavar="ACT", help="What the speaker does by it.")],
    where: flags.Where = None,
    by: flags.By = None,
    note: flags.Note = None,
) -> Status:
    """Say what kind of word a statement is."""
    from onrecord.cli.correcting_work import Author, correct

    return correct(Author(where, by, note), key, "act", act.value)


@edit.command(epilog=flags.examples("onrecord edit drop 3f2a", "onrecord statements --dropped"))
@guarded
def drop(key: Key, where: flags.Where = None, by: flags.By = None, note: flags.Note = None) -> Status:
    """Say that something is no statement: it is left out from now on, but not lost."""
    from onrecord.cli.correcting_work import Author, correct

    return correct(Author(where, by, note), key, "statement", "not a statement")


@edit.command(epilog=flags.examples('onrecord edit merge "I. Brandt" "Ilse Brandt"'))
@guarded
def merge(
    name: Name,
    into: Annotated[str, typer.Argument(metavar="INTO", help="Whom he or she is.")],
    where: flags.Where = None,
    by: flags.By = None,
    note: flags.Note = None,
) -> Status:
    """Say that two speakers are one."""
    from onrecord.cli.correcting_work import Author, merge

    return merge(Author(where, by, note), name, into)


@edit.command(epilog=flags.examples('onrecord edit split "Ilse Brandt" 3f2a 77c0 --note "the swimmer"'))
@guarded
def split(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the other one, such as his namesake.")],
    keys: Annotated[list[str], typer.Argument(metavar="ID...", help="The statements that are hers or his.")],
    where: flags.Where = None,
    by: flags.By = None,
    note: flags.Note = None,
) -> Status:
    """Say that some statements of a speaker are another's, who gets an id of his own."""
    from onrecord.cli.correcting_work import Author, speaker

    return speaker(Author(where, by, note), keys, name, apart=True)


@correcting.command(epilog=flags.examples("onrecord log", "onrecord undo 9b1c"))
@guarded
def undo(
    key: Annotated[str, typer.Argument(metavar="ID", help="Of the judgement: see `onrecord log`.")],
    where: flags.Where = None,
    by: flags.By = None,
    note: flags.Note = None,
) -> Status:
    """Undo a judgement or a correction; it stays in the log."""
    from onrecord.cli.correcting_work import Author, undo

    return undo(Author(where, by, note), key)


@correcting.command(epilog=flags.examples("onrecord log", "onrecord log --json"))
@guarded
def log(where: flags.Where = None, as_json: flags.AsJson = False, color: flags.Color = None) -> Status:
    """List all judgements and corrections: who, when, what, why."""
    from onrecord.cli.correcting_work import log

    return log(where, as_json, color)


@correcting.command(epilog=flags.examples("onrecord export corrections > corrections.jsonl"))
@guarded
def export(
    what: Annotated[str, typer.Argument(metavar="FORMAT", help="corrections: as training data, JSON Lines.")],
    where: flags.Where = None,
) -> Status:
    """Print the record in other people's formats."""
    from onrecord.cli.correcting_work import export

    return export(where, what)
