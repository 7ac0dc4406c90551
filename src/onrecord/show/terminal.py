"""The terminal view: the article with its statements marked, then a table.

Colours tell the kinds apart, bold the sources, italics the cues; where there are no colours, brackets and numbers do.
"""

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

from onrecord.show.marks import Mark, Piece, Readable, by_paragraph, depth, marks_by_paragraph, pieces, words
from onrecord.text import paragraphs
from onrecord.types import Quotation, Span, Statement

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

STYLES = {"direct": "green", "mixed": "cyan", "indirect": "magenta", "source": "bold", "cue": "italic", "note": "dim"}
READABLE_WIDTH = 100  # of running text
TABLE_WIDTH = 150
NARROW = 72  # below it the table is left out: the lines under each paragraph say the same

_CONTROLS: dict[int, str] = dict.fromkeys(
    (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"
)
_CONTROLS |= {ord("\n"): " ", ord("\r"): "", ord("\t"): " "}


def console(file: IO[str], color: bool | None = None) -> "Console":
    """Give a console on a stream; `color` None decides by the stream and NO_COLOR."""
    from rich.console import Console

    class Passing(Console):
        """Leaves it to the entry point what a reader that has gone means; rich would exit here."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    without = None if color is None else not color
    return Passing(file=file, highlight=False, markup=False, emoji=False, force_terminal=color, no_color=without)


def show(reading: Readable, out: "Console") -> None:
    """Print the article with its statements marked, the statements' notes under each paragraph, then the table."""
    view = View(reading, out)
    paras = paragraphs(reading.article.text)
    found, notes = marks_by_paragraph(reading.statements, paras), by_paragraph(reading.statements, paras)
    print_wrapped(out, _head(reading))
    for para, inside, ending in zip(paras, found, notes, strict=True):
        out.print()
        print_wrapped(out, view.marked(para, inside))
        for index in ending:
            print_wrapped(out, view.note(index), first=f"  [{index + 1}] ")
    out.print()
    if reading.statements and out.width >= NARROW:
        view.print_table()
    else:
        out.print(_counted(reading))


def legend(out: "Console") -> None:
    """Print what the marks mean."""
    from rich.text import Text

    if plain(out):
        left, right = _brackets(out)
        out.print(f"{left}words of a statement{right}[its number]")
        return
    line = Text("words of a statement: ")
    for name, after in (
        ("direct", ", "),
        ("mixed", ", "),
        ("indirect", "; "),
        ("source", ", "),
        ("cue", "; [its number]"),
    ):
        line.append(name, STYLES[name]).append(after)
    out.print(line)


class View:
    """One reading on one console."""

    def __init__(self, reading: Readable, out: "Console") -> None:
        self.reading = reading
        self.out = out
        self.text = reading.article.text
        self.plain = plain(out)
        self.left, self.right = _brackets(out)

    def marked(self, para: Span, found: Sequence[Mark]) -> "Text":
        """Give a paragraph with its statements marked."""
        from rich.text import Text

        line = Text()
        for piece in pieces(found, para):
            for mark in piece.marks:
                if mark.part == "content" and mark.span.start == piece.span.start and self._bracketed(mark):
                    line.append(self.left, STYLES["note"])
            line.append(clean(piece.span.of(self.text)), self._style(piece))
            for mark in reversed(piece.marks):
                if mark.part == "content" and mark.span.end == piece.span.end:
                    line.append(self.right if self._bracketed(mark) else "", STYLES["note"])
                    line.append(f"[{mark.index + 1}]", STYLES["note"])
        return line

    def note(self, index: int) -> "Text":
        """Give what is known of a statement: who, kind, act, said, via, confidence."""
        from rich.text import Text

        statement = self.reading.statements[index]
        quotation = statement.quotation
        line = Text().append(clean(speaker_line(statement)), "bold")
        line.append(" · ", STYLES["note"]).append(quotation.kind, STYLES[quotation.kind])
        for word in _particulars(statement, self.text, parts=self.plain):
            line.append(" · ", STYLES["note"]).append(clean(word))
        return line

    def print_table(self) -> None:
        """Print the statements as a table, a line each: the words in full stand above."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        rows = [self._cells(index, statement) for index, statement in enumerate(self.reading.statements)]
        columns = _columns(rows, min(self.out.width, TABLE_WIDTH))
        grid = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
        for name, width in columns.items():
            grid.add_column(name, justify="right" if name in "#conf" else "left", no_wrap=True, width=width)
        for row in rows:
            grid.add_row(*(Text(row[name], STYLES[row["kind"]] if name == "kind" else "") for name in columns))
        self.out.print(Text(_counted(self.reading), "bold"))
        print_grid(self.out, grid)

    def _cells(self, index: int, statement: Statement) -> dict[str, str]:
        cells = {
            "#": str(index + 1),
            "speaker": speaker_line(statement),
            "kind": statement.quotation.kind,
            "act": statement.word.act,
            "said": statement.said.value if statement.said else "",
            "via": ", ".join(v.name for v in statement.via),
            "conf": sure(statement.quotation),
            "words": "  " * depth(self.reading.statements, index) + words(statement.quotation.content, self.text),
        }
        return {name: clean(cell) for name, cell in cells.items()}

    def _bracketed(self, mark: Mark) -> bool:
        return self.plain or mark.depth > 0

    def _style(self, piece: Piece) -> str:
        contents = [m for m in piece.marks if m.part == "content"]
        parts = [STYLES[m.part] for m in piece.marks if m.part != "content"]
        if contents:
            parts.append(STYLES[self.reading.statements[contents[-1].index].quotation.kind])
            parts += ["underline"] if contents[-1].depth else []
        return " ".join(parts)


def print_wrapped(out: "Console", words: "Text", first: str = "") -> None:
    """Print words over as many lines as they need, the later ones indented as far as the first."""
    from rich.text import Text

    for number, line in enumerate(words.wrap(out, min(out.width, READABLE_WIDTH) - len(first))):
        line.rstrip()
        start = " " * len(first) if number else first
        out.print(Text.assemble((start, "bold"), line), soft_wrap=True)


def print_grid(out: "Console", grid: "Table") -> None:
    """Print a table; without colours no line ends in blanks."""
    if not plain(out):
        out.print(grid)
        return
    with out.capture() as captured:
        out.print(grid)
    out.file.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines() if line.strip()))


def clean(words: str) -> str:
    """Give words that a terminal can only print: control characters and direction overrides are replaced."""
    return words.translate(_CONTROLS)


def percent(confidence: float) -> str:
    """Give a probability in whole per cent; only a certainty is 100%."""
    return f"{min(round(confidence * 100), 99 if confidence < 1 else 100)}%"


def sure(quotation: Quotation) -> str:
    """Give how sure a statement is: "93%", "unsure, 41%"."""
    written = percent(quotation.confidence)
    return f"unsure, {written}" if quotation.unsure else written


def speaker_line(statement: Statement) -> str:
    """Give the speaker with its role, or what is known instead; "unsure" stands first, where no table cuts it off."""
    speaker = statement.speaker
    if speaker is None:
        return "no speaker given"
    name = f"unsure: {speaker.name}" if speaker.unsure else speaker.name
    return f"{name} ({speaker.role})" if speaker.role else name


def _particulars(statement: Statement, text: str, *, parts: bool) -> list[str]:
    word, quotation = statement.word, statement.quotation
    said = [f"said {statement.said.value}"] if statement.said else []
    via = [f"via {', '.join(v.name for v in statement.via)}"] if statement.via else []
    condition = [f"if: {words([word.condition], text)}"] if word.condition else []
    deadline = [f"by {word.deadline.value}"] if word.deadline else []
    pledge = [words([word.amount.span], text)] if word.amount else []
    pledge += [f"for {words([word.beneficiary], text)}"] if word.beneficiary else []
    claim = ["negated"] * word.negated + [word.certainty] * (word.certainty != "certain")
    spans = [f"{words(s, text)!r}" for s in (quotation.source, quotation.cue) if s and parts]
    return [word.act, *claim, *said, *via, *condition, *deadline, *pledge, sure(quotation), *spans]


def _head(reading: Readable) -> "Text":
    from rich.text import Text

    article = reading.article
    title = article.title if article.title and article.title not in article.text[:1000] else None
    line = Text().append(clean(title or article.name), "bold")
    published = article.published.isoformat() if article.published else "no date found"
    known = [x for x in (article.publisher, published, ", ".join(article.authors)) if x]
    line.append("\n").append(clean(" · ".join([*known, article.name] if title else known)), STYLES["note"])
    return line


def _counted(reading: Readable) -> str:
    speakers = len({s.speaker.id for s in reading.statements if s.speaker})
    found = len(reading.statements)
    if not found:
        return "No statements found."
    return f"{found} statement{'s' * (found > 1)} of {speakers} speaker{'s' * (speakers != 1)}"


def _columns(rows: Sequence[dict[str, str]], width: int) -> dict[str, int]:
    """Give the columns that there is room for with their widths; the words get what is left."""
    most = {"#": 5, "speaker": width // 4, "kind": 8, "act": 8, "said": 16, "via": width // 7, "conf": 11}
    for name, needed in (("via", 110), ("act", 90)):
        if width < needed:
            del most[name]
    widths = {name: min(limit, max(len(name), *(len(row[name]) for row in rows))) for name, limit in most.items()}
    return widths | {"words": width - sum(widths.values()) - 2 * len(widths)}


def plain(out: "Console") -> bool:
    """Tell whether signs must stand for colours."""
    return out.color_system is None or out.no_color


def _brackets(out: "Console") -> tuple[str, str]:
    return ("⟦", "⟧") if out.encoding.lower().startswith("utf") else ("[[", "]]")
