"""Writers: readings -> standard output or a file, one article after the other."""

from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from onrecord import codec
from onrecord.errors import UsageError
from onrecord.reading import Reading

if TYPE_CHECKING:
    from rich.console import Console


class Writer(Protocol):
    """Takes readings as they come."""

    def add(self, reading: Reading) -> None:
        """Take one reading."""

    def close(self) -> None:
        """Finish what was begun."""


class JsonWriter:
    """JSON Lines; each line leaves at once, so that a reader down the pipe can go on."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def add(self, reading: Reading) -> None:
        """Write the article's object."""
        self._stream.write(codec.to_line(reading.to_dict()))
        self._stream.flush()

    def close(self) -> None:
        """Do nothing: every line is whole."""


class CsvWriter:
    """CSV in UTF-8 with one header, a row for each statement."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._begun = False

    def add(self, reading: Reading) -> None:
        """Write the rows of the article's statements."""
        from onrecord.show import table

        self._stream.write(table.csv_text([reading], header=not self._begun).encode("utf-8", "replace"))
        self._stream.flush()
        self._begun = True

    def close(self) -> None:
        """Do nothing: every row is whole."""


class TerminalWriter:
    """The marked article and its table."""

    def __init__(self, stream: IO[str], color: bool | None) -> None:
        self._stream, self._color = stream, color
        self._console: Console | None = None

    def add(self, reading: Reading) -> None:
        """Show the article; the legend comes before the first."""
        from onrecord.show import terminal

        if self._console is None:
            self._console = terminal.console(self._stream, self._color)
            terminal.legend(self._console)
        self._console.print()
        terminal.show(reading, self._console)

    def close(self) -> None:
        """Do nothing: every article is whole."""


class PageWriter:
    """One HTML page of all articles, written when the last is in; only their marked sections are kept."""

    def __init__(self, path: Path) -> None:
        if path.is_dir() or not path.absolute().parent.is_dir():
            raise UsageError(f"--html {path} can't be written. Give a file in a folder that exists.")
        self._path = path
        self._parts: list[tuple[str, str]] = []

    def add(self, reading: Reading) -> None:
        """Take the article's section."""
        from onrecord.show import page

        number = len(self._parts) + 1
        self._parts.append((page.contents_line(reading, number), page.section(reading, f"a{number}")))

    def close(self) -> None:
        """Write the page."""
        from onrecord.show import page

        self._path.write_text(page.assemble(self._parts), "utf-8", "replace")
