"""Words in a picture: where their lines break, which are marked, the SVG of it, and its PNG.

runs --broken--> lines --drawn--> <text> elements, with a tint and a bar under what is marked

A line whose characters all have a known width is set to that width in whatever font the viewer has, so that marks stand
where they belong. Any other line (Arabic, Chinese, ...) is left to the viewer; its marks are underlined and bold.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from onrecord.show.fonts import FOLDER, STACKS, Font
from onrecord.show.terminal import clean

Tone = Literal["words", "marked", "ours"]  # "ours": what stands between the words and is not of them

SCALE = 2  # pixels of the PNG for one of the SVG
HIGHEST = 24_000  # pixels of a PNG
INK, SOFT, PAPER, LINE = "#1b2126", "#55606a", "#fdfdfb", "#d5dade"
TINT, BAR = "#fde3a7", "#8a4b00"
_EAST = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"  # lines may break between these
_PIECE = re.compile(rf"[{_EAST}]\s*|[^\s{_EAST}]+\s*|\s+")
_LATER = "\u200f"  # right-to-left mark: keeps a full stop at its end of the line
_UNSAFE = re.compile("[\ud800-\udfff\ufffe\uffff]")  # what XML can't hold, beside the control characters


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one tone."""

    words: str
    tone: Tone = "words"


Row = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Pen:
    """How words are set."""

    font: Font
    fill: str = INK
    role: str = ""  # the class of the elements
    leading: float = 1.4  # of the size
    spacing: float = 0  # between letters

    @property
    def height(self) -> float:
        """Give the height of a line, in pixels."""
        return round(self.font.size * self.leading)

    def width(self, runs: Iterable[Run]) -> float:
        """Give how wide runs are, in pixels."""
        return sum(self._of(run).width(run.words) + self.spacing * len(run.words) for run in runs)

    def lines(self, runs: Iterable[Run], room: float) -> list[Row]:
        """Break runs into lines that fit the room; only what is longer than a line is broken inside a word."""
        cleaned = [replace(run, words=safe(run.words)) for run in runs if run.words]
        whole = "".join(run.words for run in cleaned)
        edges = [0]
        for start, end in self._pieces(whole, room):
            if end - edges[-1] and start > edges[-1] and self._long(whole[edges[-1] : end].rstrip(), room):
                edges.append(start)
        return [tuple(_cut(cleaned, a, b)) for a, b in zip(edges, [*edges[1:], len(whole)], strict=True) if a < b]

    def draw(self, line: Row, x: float, y: float, room: float) -> Iterator[str]:
        """Give the elements of a line whose baseline is `y`; one of right-to-left words ends at the room's end."""
        measured = all(self._of(run).holds(run.words) for run in line)
        yield from self._measured(line, x, y) if measured else [self._unmeasured(line, x, y, room)]

    def block(self, lines: Iterable[Row], x: float, y: float, room: float) -> Iterator[str]:
        """Give the elements of lines; `y` is the upper edge of the first."""
        for number, line in enumerate(lines):
            yield from self.draw(line, x, y + number * self.height + (self.height + self.font.size * 0.7) / 2, room)

    def _measured(self, line: Row, x: float, y: float) -> Iterator[str]:
        for run in line:
            width = self.width([run])
            if run.tone == "marked":
                shown = self.width([replace(run, words=run.words.rstrip())])
                yield from _highlight(x, y, shown, self.font.size)
            set_to = len(run.words) > 1 and not self.spacing
            length = f' textLength="{px(width)}" lengthAdjust="spacingAndGlyphs"' if set_to else ""
            place = f'xml:space="preserve" x="{px(x)}" y="{px(y)}"{length}'
            yield f"<text {place}{self._style(run)}>{escape(run.words)}</text>"
            x += width

    def _unmeasured(self, line: Row, x: float, y: float, room: float) -> str:
        later = _right_to_left(line)
        place = f'x="{px(x + room)}" text-anchor="end" unicode-bidi="plaintext"' if later else f'x="{px(x)}"'
        inner = "".join(f"<tspan{self._style(run)}{_underline(run)}>{escape(run.words)}</tspan>" for run in line)
        ends = f'<tspan class="sign">{_LATER}</tspan>' if later else ""
        return f'<text xml:space="preserve" {place} y="{px(y)}"{self._look()}>{ends}{inner}{ends}</text>'

    def _of(self, run: Run) -> Font:
        return replace(self.font, bold=True) if run.tone == "marked" else self.font

    def _style(self, run: Run) -> str:
        role = f' class="{self.role}"' if self.role and run.tone != "ours" else ""
        fill = SOFT if run.tone == "ours" else self.fill
        return f'{role}{self._look(bold=self._of(run).bold)} fill="{fill}"'

    def _look(self, bold: bool = False) -> str:
        spacing = f' letter-spacing="{self.spacing}"' if self.spacing else ""
        weight = ' font-weight="600"' if bold or self.font.bold else ""
        return f' font-family="{STACKS[self.font.family]}" font-size="{px(self.font.size)}"{weight}{spacing}'

    def _long(self, words: str, room: float) -> bool:
        return self.font.width(words) + self.spacing * len(words) > room * (0.97 if self.font.holds(words) else 0.9)

    def _pieces(self, whole: str, room: float) -> Iterator[tuple[int, int]]:
        """Give the stretches between which a line may break."""
        for match in _PIECE.finditer(whole):
            start, end = match.span()
            for at in range(start + 1, end):
                if self._long(whole[start : at + 1].rstrip(), room) and not unicodedata.combining(whole[at]):
                    yield start, at
                    start = at
            yield start, end


def safe(words: str) -> str:
    """Give words that a picture can hold: what it can't, or what would turn other words around, is replaced."""
    return _UNSAFE.sub("\ufffd", clean(words))


def picture(width: float, height: float, told: tuple[str, str], elements: Iterable[str]) -> str:
    """Give an SVG document; `told` is its title and description, for those who don't see it."""
    title, description = (escape(safe(words)) for words in told)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{px(width)}" height="{px(height)}" '
        f'viewBox="0 0 {px(width)} {px(height)}" role="img" aria-labelledby="title description">'
        f'<title id="title">{title}</title><desc id="description">{description}</desc>'
        f'<rect width="{px(width)}" height="{px(height)}" fill="{PAPER}"/>\n' + "\n".join(elements) + "\n</svg>\n"
    )


def px(value: float) -> str:
    """Give a number of pixels as an attribute holds it, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def png(svg: str) -> bytes:
    """Give an SVG as PNG, at twice its size; a very high one smaller, so that viewers can hold it.

    Latin, Greek and Cyrillic letters are those of the fonts that ship; for others the system's fonts are asked.
    """
    import resvg_py

    own = Font("Serif", 1).holds(re.sub(r"\s|<[^>]*>", "", svg))
    height = re.search(r'height="([\d.]+)"', svg)
    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=min(SCALE, HIGHEST / float(height[1])) if height else SCALE,
        font_files=[str(path) for path in sorted(FOLDER.glob("*.ttf"))],
        skip_system_fonts=own,
        serif_family="Noto Serif",
        sans_serif_family="Noto Sans",
    )
    return drawn


def _cut(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    """Give what lies between two offsets of the runs' joined words."""
    at = 0
    for run in runs:
        words = run.words[max(start - at, 0) : max(end - at, 0)]
        at += len(run.words)
        if words:
            yield replace(run, words=words)


def _highlight(x: float, y: float, width: float, size: float) -> Iterator[str]:
    top, height, bar = y - size * 0.95, size * 1.28, max(2, round(size * 0.09))
    place = f'x="{px(x - 2)}" width="{px(width + 4)}"'
    yield f'<rect class="mark" {place} y="{px(top)}" height="{px(height)}" fill="{TINT}"/>'
    yield f'<rect class="mark" {place} y="{px(top + height - bar)}" height="{bar}" fill="{BAR}"/>'


def _underline(run: Run) -> str:
    return ' text-decoration="underline"' if run.tone == "marked" else ""


def _right_to_left(line: Row) -> bool:
    """Tell by the first letter that has a direction."""
    found = (unicodedata.bidirectional(c) for run in line for c in run.words)
    return next((kind for kind in found if kind in ("L", "R", "AL")), "L") != "L"
