"""Somebody's positions in order of time: a line with a mark for each, those that changed joined to what they changed.

points --placed--> marks to scale, texts beside them that never overlap --> SVG --> PNG, HTML
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Literal

from onrecord import days
from onrecord.show import card_page, svg
from onrecord.show.card_text import counted, said_day, spelled
from onrecord.show.fonts import Font
from onrecord.show.marks import words
from onrecord.show.reversal import VERDICTS
from onrecord.show.svg import LINE, SOFT, Pen, Run, px, safe
from onrecord.show.terminal import clean, print_wrapped
from onrecord.types import Entry, Label, Reversal, Verdict

if TYPE_CHECKING:
    from rich.console import Console

Form = Literal["svg", "png", "html"]

WIDTH, MARGIN, AXIS, TEXT = 1200, 56, 190, 290  # of the picture; where the line of time and the texts stand
ROOM = WIDTH - MARGIN - TEXT
APART, BESIDE = 22, 18  # pixels between texts, and between marks
LANE, LANES = 20, 6  # between the curves that join statements
MOST_CHARACTERS = 260  # of a text beside the line; the whole is in its title

TITLE = Pen(Font("Serif", 30, bold=True))
HEAD = Pen(Font("Sans", 17, bold=True))
WORDS = Pen(Font("Serif", 20), role="words")
SMALL = Pen(Font("Sans", 16), SOFT)


@dataclass(frozen=True, slots=True)
class Style:
    """How a change is called, coloured (told apart by the colour-blind too, after Okabe and Ito) and shaped."""

    called: str
    phrase: str
    colour: str
    path: str
    shape: str  # Vega's name of it


CHANGES: dict[Label, Style] = {
    "reversal": Style("reversal", "reversal of {}", "#a83a00", "M0-12L12 0L0 12L-12 0Z", "diamond"),
    "softened": Style("softened", "softer than {}", "#00629b", "M-11-8H11L0 11Z", "triangle-down"),
    "hardened": Style("hardened", "harder than {}", "#8a2f6b", "M-11 8H11L0-11Z", "triangle-up"),
    "conditional_change": Style("other conditions", "other conditions than {}", "#006b4f", "M-9-9H9V9H-9Z", "square"),
    "number_changed": Style(
        "another number", "another number than {}", "#6b5300", "M-4-11H4V-4H11V4H4V11H-4V4H-11V-4H-4Z", "cross"
    ),
}
UNCHANGED = Style("no change", "", SOFT, "M-7 0A7 7 0 1 0 7 0A7 7 0 1 0-7 0Z", "circle")


@dataclass(frozen=True, slots=True)
class Point:
    """One position on the line."""

    day: date | None
    text: str
    change: Label | None  # what it did to an earlier one
    outlet: str | None
    statement: str
    reversal: str | None = None  # id of the change
    against: str | None = None  # the earlier statement
    judgement: Verdict | None = None  # an editor's, of the change
    printed: bool = False  # the day is that of printing

    @classmethod
    def of(cls, entry: Entry, change: Reversal | None = None) -> "Point":
        """Give a statement of the record as a point; `change` is one whose later side it is."""
        said, article = said_day(entry), entry.article
        span = days.span_of(said) if said else None
        return cls(
            day=span[0] if span else article.published,
            text=words(entry.statement.quotation.content, article.text),
            change=change.label if change else None,
            outlet=article.publisher,
            statement=entry.statement.id,
            reversal=change.id if change else None,
            against=change.earlier.entry.statement.id if change else None,
            judgement=change.judgement if change else None,
            printed=span is None and article.published is not None,
        )

    @property
    def style(self) -> Style:
        """Give how it is drawn."""
        return CHANGES.get(self.change, UNCHANGED) if self.change else UNCHANGED


def chart(points: Sequence[Point], form: Form) -> bytes:
    """Give the chart: an SVG 1200 pixels wide, a PNG at twice that size, or a page in HTML with every word."""
    return _FORMS[form](_ordered(points))


def show(points: Sequence[Point], out: "Console") -> None:
    """Print the positions in order, each with its day, its words, who printed it, and what it changed."""
    from rich.text import Text

    if not points:
        out.print("No positions found.")
    ordered = _ordered(points)
    by_id = {p.statement: p for p in ordered}
    for point in ordered:
        day = point.day.isoformat() if point.day else "no date"
        where = ", ".join(part for part in ("printed" * point.printed, point.outlet, point.statement[:8]) if part)
        line = Text.assemble(clean(point.text), (f"  {clean(where)}", "dim"))
        print_wrapped(out, line, first=f"{day:<12}")
        if changed := _changed(point, by_id, _iso):
            number = f" · {point.reversal[:8]}" if point.reversal else ""
            print_wrapped(out, Text.assemble((f"→ {changed}", "bold"), (number, "dim")), first=" " * 12)


def _ordered(points: Sequence[Point]) -> list[Point]:
    """Give the points by day, those without one last."""
    return sorted(points, key=lambda p: (p.day is None, p.day or date.min))


def _changed(point: Point, by_id: dict[str, Point], told: Callable[[date], str]) -> str:
    """Give "reversal of 2025-03-14 (candidate)"; nothing where nothing changed."""
    if not point.style.phrase:
        return ""
    before = by_id.get(point.against or "")
    phrase = point.style.phrase.format(told(before.day) if before and before.day else "an earlier statement")
    return f"{phrase} ({VERDICTS[point.judgement]})"


def _iso(day: date) -> str:
    return day.isoformat()


def _spelled(day: date) -> str:
    return spelled(day.isoformat())


# --- the picture ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Spot:
    """A point with its lines and where they stand: `mark` the middle of its mark, `top` the upper edge of its text."""

    point: Point
    lines: list[tuple[Pen, svg.Row]]
    mark: float = 0
    top: float = 0

    @property
    def height(self) -> float:
        return sum(pen.height for pen, _ in self.lines)


def _drawing(points: list[Point]) -> str:
    by_id = {p.statement: p for p in points}
    start = 150.0
    spots = _placed([_Spot(p, _lines(p, by_id)) for p in points], start)
    bottom = max([start, *(spot.top + spot.height for spot in spots), *(spot.mark for spot in spots)]) + 30
    dated = [spot.mark for spot in spots if spot.point.day]
    elements = [*_head(points)]
    if dated:
        line = f'x="{AXIS - 1.5}" y="{px(dated[0] - 16)}" width="3" height="{px(dated[-1] - dated[0] + 32)}"'
        elements.append(f'<rect {line} fill="{LINE}"/>')
    elements += _joins(spots)
    for spot in spots:
        elements += _spot(spot)
    return svg.picture(WIDTH, round(bottom), (_title(points), " ".join(_told(p, by_id) for p in points)), elements)


def _title(points: Sequence[Point]) -> str:
    return f"{counted(len(points), 'position')} in order of time"


def _told(point: Point, by_id: dict[str, Point]) -> str:
    """Give one point in full: when, who printed it, what it changed, its words."""
    day = f"{'printed ' * point.printed}{_spelled(point.day)}" if point.day else "date not known"
    return (
        " · ".join(part for part in (day, point.outlet, _changed(point, by_id, _spelled)) if part) + f": {point.text}"
    )


def _lines(point: Point, by_id: dict[str, Point]) -> list[tuple[Pen, svg.Row]]:
    day = f"{'printed ' * point.printed}{_spelled(point.day)}" if point.day else "date not known"
    head = [Run(f"{day[0].upper()}{day[1:]}"), *([Run(f" · {point.outlet}", "ours")] if point.outlet else [])]
    shown = [Run(point.text)]
    if len(point.text) > MOST_CHARACTERS:
        shown = [Run(point.text[:MOST_CHARACTERS].rsplit(None, 1)[0]), Run(" […]", "ours")]
    parts = [(HEAD, head), (WORDS, shown)]
    if changed := _changed(point, by_id, _spelled):
        parts.insert(1, (Pen(HEAD.font, point.style.colour, "change"), [Run(changed)]))
    return [(pen, line) for pen, runs in parts for line in pen.lines(runs, ROOM)]


def _placed(spots: list[_Spot], start: float) -> list[_Spot]:
    """Give the spots with their places: marks to the scale of time, texts as near to them as those above allow."""
    dated = [spot.point.day for spot in spots if spot.point.day]
    whole = sum(spot.height + APART for spot in spots[:-1])
    length = (dated[-1] - dated[0]).days if dated else 0
    found: list[_Spot] = []
    mark, top = start - BESIDE, start - 14
    for spot in spots:
        share = (spot.point.day - dated[0]).days / length if spot.point.day and length else 0
        wanted = start + share * whole if spot.point.day else top + 14
        mark = max(wanted, mark + BESIDE)
        top = max(top, mark - 14)
        found.append(_Spot(spot.point, spot.lines, mark, top))
        top += spot.height + APART
    return found


def _head(points: Sequence[Point]) -> list[str]:
    elements = [*TITLE.block([(Run(_title(points)),)], MARGIN, 34, WIDTH)]
    x = float(MARGIN)
    used = {p.style.called: p.style for p in points}
    for style in used.values():
        elements.append(f'<path d="{style.path}" transform="translate({px(x + 12)} 106)" fill="{style.colour}"/>')
        elements += SMALL.block([(Run(style.called),)], x + 32, 94, WIDTH)
        x += SMALL.width([Run(style.called)]) + 64
    return elements


def _joins(spots: Sequence[_Spot]) -> list[str]:
    """Give the curves, left of the line, from each statement that was changed to the one that changed it."""
    marks = {spot.point.statement: spot.mark for spot in spots}
    ends: list[float] = []  # of the last curve in each lane
    found = []
    for spot in spots:
        start = marks.get(spot.point.against or "")
        if start is None or not spot.point.style.phrase:
            continue
        low, high = sorted((start, spot.mark))
        lane = next((i for i, end in enumerate(ends) if end < low), len(ends))
        ends[lane : lane + 1] = [high]
        x = AXIS - 14
        out = x - 16 - LANE * min(lane, LANES)
        curve = f"M{x} {px(start)}C{out} {px(start)} {out} {px(start)} {out} {px((start + spot.mark) / 2)}"
        curve += f"S{out} {px(spot.mark)} {x} {px(spot.mark)}"
        colour = spot.point.style.colour
        found.append(f'<path class="join" d="{curve}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
    return found


def _spot(spot: _Spot) -> list[str]:
    style, point = spot.point.style, spot.point
    middle = spot.top + HEAD.height / 2
    leader = (
        f"M{AXIS + 14} {px(spot.mark)}C{AXIS + 60} {px(spot.mark)} {TEXT - 60} {px(middle)} {TEXT - 12} {px(middle)}"
    )
    told = escape(safe(f"{point.text} ({point.statement})"))
    look = f'fill="{style.colour}"' if point.day else f'fill="#fff" stroke="{style.colour}" stroke-width="2"'
    elements = [
        f'<g class="point"><title>{told}</title>',
        f'<path d="{leader}" fill="none" stroke="{LINE}" stroke-width="1.5"/>',
        f'<path d="{style.path}" transform="translate({AXIS} {px(spot.mark)})" {look}/>',
    ]
    y = spot.top
    for pen, line in spot.lines:
        elements += pen.block([line], TEXT, y, ROOM)
        y += pen.height
    return [*elements, "</g>"]


def _page(points: list[Point]) -> str:
    by_id = {p.statement: p for p in points}
    items = "\n".join(f'<li dir="auto">{escape(safe(_told(p, by_id)))}</li>' for p in points)
    return card_page.whole(
        _title(points),
        f'<main><figure class="chart">{_drawing(points)}</figure>\n<h2>In full</h2>\n<ol>\n{items}\n</ol></main>',
    )


_FORMS: dict[Form, Callable[[list[Point]], bytes]] = {
    "svg": lambda points: _drawing(points).encode(),
    "png": lambda points: svg.png(_drawing(points)),
    "html": lambda points: _page(points).encode(),
}
