"""The wordings of one utterance for the terminal: who printed the words in full, who trimmed or changed them.

Words that are left out stand struck out in red, words put in or changed in green; where there are no colours, in
signs as of git's word diff: [-left out-] {+put in+}.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from onrecord.show.terminal import clean, plain, print_wrapped
from onrecord.types import Span

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

STYLES = {"out": "red strike", "in": "green", "who": "dim", "standing": "bold"}
STANDINGS = {"full": "in full", "trimmed": "trimmed", "changed": "changed"}


class Piece(Protocol):
    """A stretch of a wording beside the same stretch of the fullest."""

    @property
    def difference(self) -> str:
        """Give kept, dropped, added or changed."""

    @property
    def here(self) -> Span | None:
        """Give the stretch in this wording's text; None where it is dropped."""

    @property
    def there(self) -> Span | None:
        """Give the stretch in the fullest wording's text; None where it is added."""


class Wording(Protocol):
    """One way in which an utterance was printed."""

    @property
    def text(self) -> str:
        """Give the words."""

    @property
    def reports(self) -> tuple[int, ...]:
        """Give the indexes of those who printed it so."""

    @property
    def standing(self) -> str:
        """Give full, trimmed or changed."""

    @property
    def pieces(self) -> Sequence[Piece]:
        """Give its stretches in order."""


def show(wordings: Sequence[Wording], printed: Sequence[str], out: "Console") -> None:
    """Print the wordings, the fullest first; `printed` says of each report who printed it, when, under which id."""
    from rich.text import Text

    reports = sum(len(w.reports) for w in wordings)
    head = f"{len(wordings)} wording{'s' * (len(wordings) != 1)} in {reports} report{'s' * (reports != 1)}"
    line = Text(head, "bold")
    if len(wordings) > 1:
        line.append(": ").append_text(_left_out("left out", out)).append(", ").append_text(_put_in("put in", out))
    print_wrapped(out, line)
    for number, wording in enumerate(wordings, 1):
        out.print()
        who = "; ".join(clean(printed[i]) for i in wording.reports)
        title = Text.assemble((STANDINGS[wording.standing], STYLES["standing"]), (f" · {who}", STYLES["who"]))
        print_wrapped(out, title, first=f"  {number}. ")
        print_wrapped(out, compared(wording, wordings[0].text, out), first="     ")


def compared(wording: Wording, fullest: str, out: "Console") -> "Text":
    """Give a wording with what differs from the fullest marked; its own words are all there, in order."""
    from rich.text import Text

    line, end = Text(), 0
    for piece in wording.pieces:
        if piece.here:
            line.append(clean(wording.text[end : piece.here.start]))
            end = piece.here.end
        if piece.there and piece.difference != "kept":
            _apart(line, _left_out(piece.there.of(fullest), out))
        if piece.here and piece.difference != "kept":
            _apart(line, _put_in(piece.here.of(wording.text), out))
        elif piece.here:
            _apart(line, Text(clean(piece.here.of(wording.text))))
    return line.append(clean(wording.text[end:]))


def _apart(line: "Text", words: "Text") -> None:
    """Put words behind others, with a blank between where letters or marks would touch."""
    if line.plain and not line.plain[-1].isspace() and (line.plain[-1].isalnum() or line.plain[-1] in "]}"):
        line.append(" ")
    line.append_text(words)


def _left_out(words: str, out: "Console") -> "Text":
    return _signed(words, ("[-", "-]"), "out", out)


def _put_in(words: str, out: "Console") -> "Text":
    return _signed(words, ("{+", "+}"), "in", out)


def _signed(words: str, signs: tuple[str, str], style: str, out: "Console") -> "Text":
    from rich.text import Text

    return Text(clean(words) if not plain(out) else signs[0] + clean(words) + signs[1], STYLES[style])
