"""The marked article as one self-contained HTML page: no script, nothing fetched, light, dark, print and phone.

pieces of a paragraph -> nested elements -> a row (paragraph, notes) -> a section per article -> the page
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from onrecord.show.marks import Mark, Piece, Readable, by_paragraph, depth, marks_by_paragraph, pieces, words
from onrecord.show.table import amount, quantity
from onrecord.show.terminal import sure
from onrecord.text import paragraphs
from onrecord.types import Span, Speaker, Statement

_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)), "\ufffd")

_LEGEND = """<div class="legend" role="note" aria-label="Legend">
<span><mark class="direct">direct</mark> speaker's own words</span>
<span><mark class="mixed">mixed</mark> partly quoted</span>
<span><mark class="indirect">indirect</mark> reported in other words</span>
<span><span class="source">source</span> who speaks</span>
<span><span class="cue">cue</span> words that report it</span>
</div>"""

_COLUMNS = ("#", "Speaker", "Kind", "Act", "Said", "Via", "Confidence", "Words")


def page(readings: Iterable[Readable]) -> str:
    """Give one page of all articles, with a list of contents where there are several."""
    return assemble([(contents_line(r, n), section(r, f"a{n}")) for n, r in enumerate(readings, 1)])


def assemble(parts: Sequence[tuple[str, str]]) -> str:
    """Give the page of sections that were made one by one, each with its line of the contents."""
    several = len(parts) != 1
    title = f"On the record: {len(parts)} articles" if several else "On the record"
    items = "\n".join(line for line, _ in parts)
    contents = f'<header><h1>{title}</h1></header>\n<nav aria-label="Contents"><ol>\n{items}\n</ol></nav>\n'
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f'<meta name="referrer" content="no-referrer">\n<title>{title}</title>\n<style>\n{_style()}</style>\n</head>\n'
        f'<body class="onrecord">\n{contents if several else ""}<main>\n'
        + "\n".join(text for _, text in parts)
        + "\n</main>\n<footer>Made by onrecord. The words shown are those of each article's own text. "
        "A confidence is the probability that the statement and its parts are right; what is below 50% is unsure."
        "</footer>\n</body>\n</html>\n"
    )


def fragment(reading: Readable) -> str:
    """Give one marked article for a place inside another page, such as a notebook."""
    return f'<style>{_style()}</style>\n<div class="onrecord">{section(reading, f"r{reading.article.id[:12]}")}</div>'


def contents_line(reading: Readable, number: int) -> str:
    """Give an article's line in the list of contents of a page."""
    article = reading.article
    known = [x for x in (article.publisher, article.published and article.published.isoformat()) if x]
    tail = " · ".join([*(_clean(k) for k in known), _counted(len(reading.statements))])
    return (
        f'<li><a href="#a{number}">{_clean(article.title or article.name)}</a> <span class="byline">{tail}</span></li>'
    )


def section(reading: Readable, key: str) -> str:
    """Give one article: head, legend, paragraphs with their notes, table; `key` makes its ids unique in the page."""
    paras = paragraphs(reading.article.text)
    found = marks_by_paragraph(reading.statements, paras)
    notes = by_paragraph(reading.statements, paras)
    rows = "\n".join(
        f'<div class="row"><p>{_marked(reading, inside, para, key)}</p>{_notes(reading, ending, key)}</div>'
        for para, inside, ending in zip(paras, found, notes, strict=True)
    )
    return (
        f'<section id="{key}" aria-labelledby="{key}-title">\n{_head(reading, key)}\n{_LEGEND}\n'
        f"<article>\n{rows}\n</article>\n{_table(reading, key)}\n{_values(reading)}</section>"
    )


def _marked(reading: Readable, found: Sequence[Mark], para: Span, key: str) -> str:
    """Give a paragraph's HTML; marks that cross are cut so that the elements nest."""
    out: list[str] = []
    stack: list[Mark] = []
    for piece in pieces(found, para):
        common = _common(stack, piece)
        out += [_CLOSE[m.part] for m in reversed(stack[common:])]
        out += [_opening(reading, m) for m in piece.marks[common:]]
        stack = list(piece.marks)
        out.append(_clean(piece.span.of(reading.article.text)))
        ending = next((n for n, m in enumerate(stack) if m.span.end == piece.span.end), len(stack))
        for mark in reversed(stack[ending:]):
            numbered = mark.part == "content" and mark.span.end == piece.span.end
            out.append(_CLOSE[mark.part] + (_number(mark.index, key) if numbered else ""))
        del stack[ending:]
    out += [_CLOSE[m.part] for m in reversed(stack)]
    return "".join(out)


_CLOSE = {"content": "</mark>", "source": "</span>", "cue": "</span>"}


def _common(stack: Sequence[Mark], piece: Piece) -> int:
    """Give how many of the open elements, from the outermost, stay open in the next piece."""
    same = 0
    while same < min(len(stack), len(piece.marks)) and stack[same] is piece.marks[same]:
        same += 1
    return same


def _opening(reading: Readable, mark: Mark) -> str:
    if mark.part != "content":
        return f'<span class="{mark.part}">'
    statement = reading.statements[mark.index]
    return f'<mark class="{statement.quotation.kind}" title="{_clean(_title(statement, mark.index))}">'


def _title(statement: Statement, index: int) -> str:
    said = f", said {statement.said.value}" if statement.said else ""
    speaker = statement.speaker
    name = f"{speaker.name}{' (unsure)' * speaker.unsure}" if speaker else "no speaker given"
    how = sure(statement.quotation)
    return f"{index + 1}. {name}{said}, {statement.word.act}, {how}{'' if statement.quotation.unsure else ' sure'}"


def _number(index: int, key: str) -> str:
    return f'<sup><a href="#{key}-s{index + 1}" aria-label="statement {index + 1}">{index + 1}</a></sup>'


def _notes(reading: Readable, indexes: Sequence[int], key: str) -> str:
    if not indexes:
        return ""
    items = "".join(_note(reading, index, key) for index in indexes)
    return f'<ul class="notes" aria-label="Statements in this paragraph">{items}</ul>'


def _note(reading: Readable, index: int, key: str) -> str:
    statement = reading.statements[index]
    quotation, speaker = statement.quotation, statement.speaker
    inner = " inner" if depth(reading.statements, index) else ""
    role = f", {_clean(speaker.role)}" if speaker and speaker.role else ""
    known = [quotation.kind, statement.word.act, *_said_and_via(statement), sure(quotation)]
    return (
        f'<li class="{quotation.kind}{inner}"><a href="#{key}-s{index + 1}">{index + 1}</a> {_name(speaker)}{role}'
        f"<i>{_clean(' · '.join(known))}</i></li>"
    )


def _name(speaker: Speaker | None) -> str:
    """Give a speaker's name, marked where the confidence is low."""
    if speaker is None:
        return "<b>no speaker given</b>"
    return f"<b>{_clean(speaker.name)}</b>" + (' <span class="unsure">unsure</span>' if speaker.unsure else "")


def _said_and_via(statement: Statement) -> Iterator[str]:
    if statement.said:
        yield f"said {statement.said.value}"
    if statement.via:
        yield f"via {', '.join(v.name for v in statement.via)}"


def _head(reading: Readable, key: str) -> str:
    article = reading.article
    published = article.published.isoformat() if article.published else "no date found"
    known = [_clean(x) for x in (article.publisher, published, ", ".join(article.authors)) if x]
    if article.url and article.url.startswith(("https://", "http://")):
        known.append(f'<a href="{_clean(article.url)}" rel="noopener noreferrer">{_clean(article.url)}</a>')
    known.append(_counted(len(reading.statements)))
    return (
        f'<header><h2 id="{key}-title">{_clean(article.title or article.name)}</h2>\n'
        f'<p class="byline">{" · ".join(known)}</p></header>'
    )


def _table(reading: Readable, key: str) -> str:
    if not reading.statements:
        return '<p class="none">No statements were found in this article.</p>'
    head = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    rows = "\n".join(_row(s, i, reading.article.text, key) for i, s in enumerate(reading.statements, 1))
    return (
        f'<h3 id="{key}-table">Statements</h3>\n'
        f'<div class="scroll" role="region" aria-labelledby="{key}-table" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _row(statement: Statement, number: int, text: str, key: str) -> str:
    quotation, speaker = statement.quotation, statement.speaker
    role = f'<span class="role">{_clean(speaker.role)}</span>' if speaker and speaker.role else ""
    cells = (
        ("kind", quotation.kind),
        ("act", statement.word.act),
        ("said", _clean(statement.said.value) if statement.said else ""),
        ("via", _clean(", ".join(v.name for v in statement.via))),
        ("sure", sure(quotation)),
    )
    return (
        f'<tr id="{key}-s{number}"><td class="number">{number}</td>'
        f'<td class="speaker">{_name(speaker)}{role}</td>'
        + "".join(f'<td class="{name}">{cell}</td>' for name, cell in cells)
        + f'<td class="words">{_clean(words(quotation.content, text))}</td></tr>'
    )


def _values(reading: Readable) -> str:
    """Give the article's time expressions, amounts and quantities with their values."""
    text = reading.article.text
    times = [f"{_clean(t.span.of(text))} = {_clean(t.value)}" for t in reading.times]
    money = [f"{_clean(m.span.of(text))} = {_clean(amount(m))}" for m in reading.money]
    counts = [f"{_clean(q.span.of(text))} = {_clean(quantity(q))}" for q in reading.quantities]
    parts = [(n, items) for n, items in (("Times", times), ("Amounts", money), ("Quantities", counts)) if items]
    return "".join(f'<h3>{name}</h3>\n<p class="byline">{" · ".join(items)}</p>\n' for name, items in parts)


def _counted(found: int) -> str:
    return f"{found} statement{'s' * (found != 1)}"


def _clean(words: str) -> str:
    """Give words escaped for HTML; what HTML can't hold is replaced."""
    return escape(words.translate(_CONTROLS))


def _style() -> str:
    return files("onrecord.show").joinpath("page.css").read_text("utf-8")
