"""Then beside now for the terminal: both statements word for word, the clashing words marked, what changed and when."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.show.terminal import clean, percent, print_wrapped
from onrecord.types import Comparison, Label, Position, Reversal, Side, Span

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

CALLED: dict[Label, str] = {
    "reversal": "reversal",
    "softened": "softened",
    "hardened": "hardened",
    "conditional_change": "other conditions",
    "number_changed": "another number",
    "consistent": "the same position",
    "unrelated": "another matter",
}
VERDICTS = {None: "candidate", "confirmed": "confirmed", "rejected": "rejected", "unsure": "left open"}
MARK = "bold reverse"


def show(found: Sequence[Reversal], out: "Console") -> None:
    """Print reversals, each as a head, the two sides and a line that says why."""
    from rich.text import Text

    if not found:
        out.print("No reversals found.")
    for number, reversal in enumerate(found):
        if number:
            out.print()
        print_wrapped(out, _head(reversal))
        for name, side in (("then", reversal.earlier), ("now", reversal.later)):
            print_wrapped(out, _side(side), first=f"  {name:<5}")
        print_wrapped(out, Text(clean(reversal.why), "italic"), first="  why  ")
        for note in reversal.notes:
            print_wrapped(out, Text(clean(note), "dim"), first="  note ")


def show_comparison(earlier: Position, later: Position, found: Comparison, out: "Console") -> None:
    """Print what a later statement does to an earlier one."""
    from rich.text import Text

    shares = f"{percent(found.clash)} likely that the two cannot both stand"
    print_wrapped(out, Text.assemble((CALLED[found.label], "bold"), f" · {shares}"))
    for name, position, spans in (("then", earlier, found.earlier), ("now", later, found.later)):
        print_wrapped(out, marked(position.text, (Span(0, len(position.text)),), spans), first=f"  {name:<5}")
    print_wrapped(out, Text(clean(found.why), "italic"), first="  why  ")


def marked(text: str, words: Sequence[Span], evidence: Sequence[Span]) -> "Text":
    """Give the words, pieces joined with an ellipsis, those that clash marked; without colours in square brackets."""
    from rich.text import Text

    made = Text()
    for number, piece in enumerate(words):
        if number:
            made.append(" […] ")
        at = piece.start
        for span in sorted(evidence):
            start, end = max(span.start, at), min(span.end, piece.end)
            if start < end:
                made.append(clean(text[at:start]))
                made.append(clean(text[start:end]), MARK)
                at = end
        made.append(clean(text[at : piece.end]))
    return made


def _head(reversal: Reversal) -> "Text":
    from rich.text import Text

    apart = "" if reversal.days is None else f" · {reversal.days} day{'s' * (reversal.days != 1)} apart"
    verdict = VERDICTS[reversal.judgement] + (f" by {reversal.judged_by}" if reversal.judged_by else "")
    role = f" ({reversal.speaker.role})" if reversal.speaker.role else ""
    return Text.assemble(
        (clean(reversal.speaker.name), "bold"),
        clean(f"{role} on {reversal.issue}"),
        f" · {CALLED[reversal.label]}, {percent(reversal.clash)}{apart} · {verdict} · ",
        (reversal.id[:8], "dim"),
    )


def _side(side: Side) -> "Text":
    from rich.text import Text

    article, statement = side.entry.article, side.entry.statement
    said = statement.said.value if statement.said else f"printed {article.published or 'without a date'}"
    more = f" (+{len(side.also)} more)" if side.also else ""
    where = ", ".join(part for part in (article.publisher or article.name, statement.id[:8]) if part)
    return Text.assemble(
        f"{said}  ", marked(article.text, side.quoted, side.evidence), (f"  {clean(where)}{more}", "dim")
    )
