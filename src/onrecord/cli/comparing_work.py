"""`onrecord compare`, `reversals`, `timeline`, `card`, `learn`: then beside now."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import codec
from onrecord.cli.boundary import Status
from onrecord.cli.finding_work import Asked, Form, wanted
from onrecord.cli.progress import steps
from onrecord.errors import BrokenInput, UsageError
from onrecord.record import Record
from onrecord.settings import load
from onrecord.types import Comparison, Label, Position, Reversal

if TYPE_CHECKING:
    from onrecord.compare.judge import Judge
    from onrecord.show.timeline import Point

AT_ONCE = 64  # pairs


@dataclass(frozen=True, slots=True)
class Wish:
    """Which reversals the user asks for."""

    asked: Asked
    labels: tuple[Label, ...] = ()
    least: float = 0.5
    judge: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Two statements to compare."""

    key: str | int
    earlier: Position
    later: Position


def compare(
    earlier: str, later: str | None, judge: str | None, *, as_json: bool, quiet: bool, color: bool | None
) -> Status:
    """Compare two statements, or those of a file."""
    from onrecord import judges

    settings = load({"judge": judge})
    asked = [Question(1, Position(earlier), Position(later))] if later is not None else list(_questions(earlier))
    chosen = judges.judge(settings)
    shown = not quiet and len(asked) > AT_ONCE and sys.stderr.isatty()
    with steps("comparing", len(asked), "pairs", shown) as advance:
        for i in range(0, len(asked), AT_ONCE):
            some = asked[i : i + AT_ONCE]
            found = chosen.judge([(q.earlier, q.later) for q in some])
            for question, one in zip(some, found, strict=True):
                _show(question, one, as_json, color)
            advance(len(some))
    _tell_usage(chosen, quiet)
    return Status.DONE


def reversals(wish: Wish, limit: int, page: int, form: Form) -> Status:
    """List reversals."""
    from onrecord.reversals import WantedReversals

    asked = wish.asked
    record = _record(asked.where, wish.judge)
    _compare_waiting(record, quiet=form.as_json)
    question = wanted(asked, limit, page)
    found = record.reversals(
        WantedReversals(
            about=asked.about,
            since=question.since,
            until=question.until,
            act=asked.act,
            labels=wish.labels,
            least=wish.least,
            limit=question.limit,
            offset=question.offset,
        ),
        asked.speaker,
    )
    if wish.judge and found:
        found, judge = record.second_opinion(found)
        _tell_usage(judge, form.as_json)
    _list(found, form)
    return Status.DONE


def timeline(asked: Asked, files: Mapping[str, Path | None], limit: int, as_json: bool, color: bool | None) -> Status:
    """Show positions in order."""
    from onrecord.show import terminal
    from onrecord.show import timeline as view

    record = _record(asked.where)
    _compare_waiting(record, quiet=as_json)
    question = replace(wanted(asked, limit, 1), order="oldest")
    points = record.positions(question, asked.speaker)
    for form, path in files.items():
        if path:
            _write(path, view.chart(points, form))  # type: ignore[arg-type] # the names of the flags are the forms
    if as_json:
        for point in points:
            sys.stdout.buffer.write(codec.to_line(_point_to_dict(point)))
    elif not any(files.values()):
        view.show(points, terminal.console(sys.stdout, color))
    return Status.DONE


def card(key: str, out: Path, where: str | None) -> Status:
    """Draw a card."""
    from onrecord.show import card as view

    form = out.suffix.lower().removeprefix(".")
    if form not in ("svg", "png", "html"):
        raise UsageError(f"{out} has no ending that tells its form. Give one of .svg, .png, .html.")
    _write(out, view.draw(_record(where).reversal(key), form))  # type: ignore[arg-type] # checked above
    return Status.DONE


def learn(where: str | None, by: str | None) -> Status:
    """Learn from verdicts."""
    from onrecord.cli.correcting_work import user
    from onrecord.compare.ranking import LEAST

    ranking, kept = _record(where).learn(by or user())
    if kept is None:
        sys.stderr.write(f"Too few verdicts: it takes {LEAST}. Give some with `onrecord judge ID confirmed`.\n")
        return Status.NOTHING_DONE
    sys.stderr.write(
        f"Learned from {ranking.verdicts} verdicts: what was held 50% likely to clash is now "
        f"{ranking.of(0.5):.0%}, 90% is {ranking.of(0.9):.0%}. Undo it with `onrecord undo {kept.id}`.\n"
    )
    return Status.DONE


# --- parts ----------------------------------------------------------------------------------------


def _questions(path: str) -> Iterator[Question]:
    """Give the pairs of a file of JSON Lines ("-": standard input); raises UsageError, BrokenInput."""
    if path != "-" and not Path(path).is_file():
        raise UsageError(f"There is no file {path!r}. Give two statements, or a file of pairs, one a line.")
    lines = sys.stdin.buffer if path == "-" else Path(path).open("rb")  # noqa: SIM115 # closed below
    with lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _question(line, number)


def _question(line: bytes, number: int) -> Question:
    try:
        data = codec.from_line(line)
        earlier, later = (_position(data[side]) for side in ("earlier", "later"))
    except (AttributeError, BrokenInput, KeyError, TypeError, ValueError) as error:
        told = 'Write {"id": ..., "earlier": {"date": "2026-03-14", "text": ...}, "later": {...}}'
        raise BrokenInput(f"Line {number} holds no pair. {told}.") from error
    return Question(data.get("id", number), earlier, later)


def _position(side: Any) -> Position:  # noqa: ANN401 # whatever the line holds
    if isinstance(side, str):
        return Position(side)
    day = side.get("date")
    return Position(str(side["text"]), date.fromisoformat(str(day)[:10]) if day else None)


def _show(question: Question, found: Comparison, as_json: bool, color: bool | None) -> None:
    if as_json:
        found_as = codec.comparison_to_dict(question.key, question.earlier, question.later, found)
        sys.stdout.buffer.write(codec.to_line(found_as))
        return
    from onrecord.show import reversal, terminal

    reversal.show_comparison(question.earlier, question.later, found, terminal.console(sys.stdout, color))


def _list(found: Sequence[Reversal], form: Form) -> None:
    from onrecord.show import reversal, terminal

    if form.for_people:
        reversal.show(found, terminal.console(sys.stdout, form.color))
    else:
        form.write("reversals", [codec.reversal_to_dict(r) for r in found])


def _point_to_dict(point: "Point") -> codec.Json:
    from dataclasses import asdict

    return asdict(point) | {"day": point.day.isoformat() if point.day else None}


def _compare_waiting(record: Record, *, quiet: bool) -> None:
    """Compare what a run that was stopped, or a correction, left waiting."""
    if waiting := record.waiting():
        with steps("comparing", waiting, "statements", not quiet and sys.stderr.isatty()) as advance:
            for done in record.compare():
                advance(done)


def _tell_usage(judge: "Judge", quiet: bool) -> None:
    usage = getattr(judge, "usage", None)
    if usage is not None and not quiet:
        sys.stderr.write(f"{judge.name}: {usage}\n")


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{path} can't be written ({error.strerror}). Give a file in a folder that exists.") from error
    sys.stderr.write(f"Wrote {path}.\n")


def _record(where: str | None, judge: str | None = None) -> Record:
    settings = load({"record": where, "judge": judge})
    return Record(settings.record, settings)
