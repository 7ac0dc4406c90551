"""The card as SVG: 1200 pixels wide, as high as its words need, all of them real text."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from onrecord.show.card_text import CardText, SideText
from onrecord.show.fonts import Font
from onrecord.show.svg import LINE, SOFT, Pen, Row, Run, picture

WIDTH, MARGIN, GAP = 1200, 64, 76
INNER = WIDTH - 2 * MARGIN
COLUMN = (INNER - GAP) / 2
PADDING = 26
ROOM = COLUMN - 2 * PADDING
THEN, NOW = "#3d4f8f", "#0b6b62"  # colours of the two sides
STATES = {"candidate": ("#fff4d6", "#6b4600"), "confirmed": ("#dff3e4", "#0f5a2a"), "rejected": ("#fbe3e1", "#8a1c14")}

BRAND = Pen(Font("Sans", 18, bold=True), SOFT, spacing=3)
STATE = Pen(Font("Sans", 19, bold=True), role="verdict")
SPEAKER = Pen(Font("Serif", 46, bold=True), leading=1.2)
ROLE = Pen(Font("Sans", 22), SOFT)
ISSUE = Pen(Font("Serif", 27))
LABEL = Pen(Font("Sans", 20), role="label")
SIDE = Pen(Font("Sans", 18, bold=True), spacing=2.5)
DAY = Pen(Font("Sans", 24, bold=True), role="day")
HOW = Pen(Font("Sans", 16), SOFT)
OUTLET = Pen(Font("Sans", 19, bold=True))
HEADLINE = Pen(Font("Serif", 19), role="headline")
PLACE = Pen(Font("Sans", 16), SOFT)
APART = Pen(Font("Sans", 17, bold=True), SOFT, role="apart", leading=1.25)
WHY = Pen(Font("Serif", 23), role="why")
NOTE = Pen(Font("Sans", 17), SOFT)

SIZES = ((130, 33), (300, 28), (10_000, 24))  # of a quotation, by the characters of the longer one
KIND_NAMES = {"direct": "direct quotation", "mixed": "partly quoted", "indirect": "reported speech"}


@dataclass
class Sheet:
    """What is drawn so far, and how far down."""

    y: float
    elements: list[str] = field(default_factory=list)

    def put(self, words: str | Iterable[Run], pen: Pen, x: float = MARGIN, room: float = INNER) -> None:
        """Draw words below what is drawn."""
        lines = pen.lines([Run(words)] if isinstance(words, str) else words, room)
        self.put_lines(lines, pen, x, room)

    def put_lines(self, lines: list[Row], pen: Pen, x: float, room: float) -> None:
        """Draw lines below what is drawn."""
        self.elements += pen.block(lines, x, self.y, room)
        self.y += pen.height * len(lines)

    def rule(self, x: float = MARGIN, width: float = INNER) -> None:
        """Draw a thin line across."""
        self.elements.append(f'<rect x="{x}" y="{self.y}" width="{width}" height="1" fill="{LINE}"/>')


def drawing(card: CardText) -> str:
    """Give the card as an SVG document."""
    sheet = Sheet(44)
    _head(sheet, card)
    _sides(sheet, card)
    _foot(sheet, card)
    bar = f'<rect width="{WIDTH / 2}" height="10" fill="{THEN}"/><rect x="{WIDTH / 2}" width="{WIDTH / 2}" height="10" '
    elements = [f'{bar}fill="{NOW}"/>', *sheet.elements]
    return picture(WIDTH, round(sheet.y), (card.title, _description(card)), elements)


def _head(sheet: Sheet, card: CardText) -> None:
    _state(sheet, card)
    sheet.y += 26
    sheet.put(card.speaker, SPEAKER)
    if card.role:
        sheet.put(card.role, ROLE)
    sheet.y += 10
    sheet.put([Run("On ", "ours"), Run(card.issue)], ISSUE)
    sheet.put(f"{card.label[0].upper()}{card.label[1:]}: {card.meaning}", LABEL)
    sheet.y += 26


def _state(sheet: Sheet, card: CardText) -> None:
    """Draw the line above the speaker: what this is, and what an editor said of it in a box at the right."""
    back, front = STATES[card.state]
    pen = replace(STATE, fill=front)
    lines = pen.lines([Run(card.verdict)], INNER - 300)
    width = max(pen.width(line) for line in lines) + 40
    height = pen.height * len(lines) + 14
    x = WIDTH - MARGIN - width
    sheet.elements += BRAND.block([(Run("THEN & NOW"),)], MARGIN, sheet.y + 7, 300)
    sheet.elements.append(
        f'<rect x="{x:.1f}" y="{sheet.y}" width="{width:.1f}" height="{height}" rx="{min(height / 2, 24)}" '
        f'fill="{back}" stroke="{front}" stroke-width="1.5"/>'
    )
    sheet.elements += pen.block(lines, x + 20, sheet.y + 7, width - 40)
    sheet.y += height


def _sides(sheet: Sheet, card: CardText) -> None:
    """Draw both boxes, of one height, with an arrow and the days between."""
    top, right = sheet.y, MARGIN + COLUMN + GAP
    longer = max(sum(len(run.words) for run in side.runs) for side in (card.earlier, card.later))
    size = next((size for most, size in SIZES if longer <= most), SIZES[-1][1])
    sides = ((card.earlier, MARGIN, THEN), (card.later, right, NOW))
    quotations = [
        Pen(Font("Serif", size), role=f"quotation {name}", leading=1.5).lines(side.runs, ROOM)
        for name, (side, _, _) in zip(("then", "now"), sides, strict=True)
    ]
    deep = max(map(len, quotations))
    drawn = []
    for name, lines, (side, x, colour) in zip(("then", "now"), quotations, sides, strict=True):
        one = Sheet(top + PADDING)
        pen = Pen(Font("Serif", size), role=f"quotation {name}", leading=1.5)
        _side(one, side, (x + PADDING, colour), (pen, lines, deep))
        drawn.append(one)
    bottom = max(one.y for one in drawn) + PADDING
    for one, (_, x, colour) in zip(drawn, sides, strict=True):
        box = f'x="{x}" y="{top}" width="{COLUMN}"'
        sheet.elements.append(f'<rect {box} height="{bottom - top}" rx="6" fill="#fff" stroke="{LINE}"/>')
        sheet.elements.append(f'<rect {box} height="5" fill="{colour}"/>')
        sheet.elements += one.elements
    _arrow(sheet, card.apart, top + PADDING)
    sheet.y = bottom + 30


def _side(sheet: Sheet, side: SideText, place: tuple[float, str], quotation: tuple[Pen, list[Row], int]) -> None:
    """Draw what stands in a box; both quotations take the room of the longer."""
    (x, colour), (pen, lines, deep) = place, quotation
    sheet.put(f"{side.name.upper()} · {KIND_NAMES[side.kind].upper()}", replace(SIDE, fill=colour), x, ROOM)
    sheet.put(f"{side.when[0].upper()}{side.when[1:]}", DAY, x, ROOM)
    sheet.y += 14
    top = sheet.y
    sheet.put_lines(lines, pen, x, ROOM)
    sheet.y = top + pen.height * deep + 14
    if side.how:
        sheet.put(side.how, HOW, x, ROOM)
    sheet.y += 12
    sheet.rule(x, ROOM)
    sheet.y += 12
    sheet.put(side.outlet, OUTLET, x, ROOM)
    if side.headline:
        sheet.put(side.headline, HEADLINE, x, ROOM)
    for words in (side.printed, side.also):
        if words:
            sheet.put(words, PLACE, x, ROOM)
    sheet.put(f"Check: {side.where}", replace(PLACE, role="where"), x, ROOM)


def _arrow(sheet: Sheet, apart: str, y: float) -> None:
    """Draw the arrow between the boxes, the time between the two below it."""
    middle = WIDTH / 2
    path = f"M{middle - 24} {y + 20}h42m-14 -12l14 12l-14 12"
    sheet.elements.append(f'<path d="{path}" fill="none" stroke="{SOFT}" stroke-width="3"/>')
    y += 42
    for line in APART.lines([Run(apart)], GAP - 8):
        shown = Run("".join(run.words for run in line).rstrip())
        sheet.elements += APART.block([line], middle - APART.width([shown]) / 2, y, GAP)
        y += APART.height


def _foot(sheet: Sheet, card: CardText) -> None:
    sheet.put([Run("What changed. ", "ours"), Run(card.why)], WHY)
    sheet.y += 8
    for note in card.notes:
        sheet.put(f"Note: {note}", NOTE)
    sheet.y += 14
    sheet.rule()
    sheet.y += 12
    sheet.put(
        f"The quotations are the articles' own words; the marks and headings are onrecord's. No. {card.key}", PLACE
    )
    sheet.y += 30


def _description(card: CardText) -> str:
    sides = (f"{s.name}, {s.when}, {s.outlet}: {''.join(r.words for r in s.runs)}" for s in (card.earlier, card.later))
    return " ".join((*sides, card.why))
