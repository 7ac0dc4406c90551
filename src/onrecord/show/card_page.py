"""The card as one self-contained HTML page: no script, nothing fetched, light, dark, print and phone."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files

from onrecord.show.card_text import CardText, SideText
from onrecord.show.svg import Run, safe


def page(card: CardText) -> str:
    """Give the page."""
    role = f'<p class="role">{_clean(card.role)}</p>' if card.role else ""
    apart = f'<p class="apart"><span aria-hidden="true">→</span> {card.apart}</p>' if card.apart else ""
    notes = "".join(f'<p class="note">Note: {_clean(note)}</p>' for note in card.notes)
    return whole(
        card.title,
        f'<main class="card"><header>\n<p class="brand">Then &amp; now</p><p class="verdict {card.state}">'
        f'{_clean(card.verdict)}</p>\n<h1 dir="auto">{_clean(card.speaker)}</h1>{role}\n'
        f'<p class="issue" dir="auto">On {_clean(card.issue)}</p>\n'
        f'<p class="label"><b>{card.label.capitalize()}</b>: {card.meaning}</p></header>\n'
        f'<div class="sides">\n{_side(card.earlier)}\n{apart}\n{_side(card.later)}\n</div>\n'
        f'<p class="why"><b>What changed.</b> {_clean(card.why)}</p>{notes}\n'
        "<footer>The quotations are the articles' own words; the marks and headings are onrecord's. "
        f"No. {_clean(card.key)}</footer></main>",
    )


def whole(title: str, body: str) -> str:
    """Give a whole page that may load nothing."""
    style = files("onrecord.show").joinpath("card.css").read_text("utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f'<meta name="referrer" content="no-referrer">\n<title>{_clean(title)}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _side(side: SideText) -> str:
    kind = {"direct": "direct quotation", "mixed": "partly quoted", "indirect": "reported speech"}[side.kind]
    day = f'<time datetime="{side.day}">{side.when}</time>' if side.day else side.when
    cite = f' cite="{_clean(side.where)}"' if _linked(side.where) else ""
    small = "".join(f"<br>{words}" for words in (side.printed, side.also) if words)
    headline = f'<br><cite dir="auto">{_clean(side.headline)}</cite>' if side.headline else ""
    how = f'<p class="how">{side.how}</p>' if side.how else ""
    return (
        f'<figure class="{side.name.lower()}">\n<p class="side">{side.name} · {kind}</p><p class="day">{day}</p>\n'
        f'<blockquote{cite} dir="auto"><p>{_runs(side.runs)}</p></blockquote>{how}\n'
        f'<figcaption><b dir="auto">{_clean(side.outlet)}</b>{headline}<small>{small}<br>Check: {_where(side.where)}'
        "</small></figcaption>\n</figure>"
    )


def _runs(runs: Iterable[Run]) -> str:
    tags = {"words": ("", ""), "marked": ("<mark>", "</mark>"), "ours": ('<span class="ours">', "</span>")}
    return "".join(tags[run.tone][0] + _clean(run.words) + tags[run.tone][1] for run in runs)


def _where(where: str) -> str:
    if not _linked(where):
        return _clean(where)
    return f'<a href="{_clean(where)}" rel="noopener noreferrer">{_clean(where)}</a>'


def _linked(where: str) -> bool:
    return where.startswith(("https://", "http://"))


def _clean(words: str) -> str:
    return escape(safe(words))
