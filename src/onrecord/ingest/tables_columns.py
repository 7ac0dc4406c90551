"""Which column of a table holds which field of an article: guessed from the header, or as the user says."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from onrecord.errors import BrokenInput
from onrecord.ingest.options import IngestOptions

# Field -> the names that columns of it go by, the surest first, as `folded` gives them.
# fmt: off
COLUMNS: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "fulltext", "articletext", "bodytext", "articlebody", "body", "maintext", "plaintext", "content",
        "articlecontent", "contents", "article", "story", "storytext", "transcript", "cleantext", "rawtext", "document",
        "texte", "contenu", "artikeltext", "inhalt", "volltext", "artikel", "texto", "contenido", "cuerpo", "testo",
    ),
    "html": ("html", "bodyhtml", "contenthtml", "articlehtml", "rawhtml", "pagehtml"),
    "id": ("id", "articleid", "docid", "documentid", "storyid", "itemid", "uid", "uuid", "guid", "uri"),
    "published": (
        "published", "publishedat", "publisheddate", "datepublished", "publicationdate", "publishdate", "pubdate",
        "publicationtime", "publishtime", "publishedon", "date", "datetime", "articledate", "day", "timestamp", "time",
        "createdat", "created", "datum", "datedepublication", "veroffentlicht", "erscheinungsdatum", "fecha",
    ),
    "publisher": (
        "publisher", "publication", "outlet", "newspaper", "medium", "sourcename", "source", "sitename", "newssource",
        "publishername", "outletname", "site", "agency", "domain", "quelle", "zeitung", "journal", "fuente",
    ),
    "title": (
        "title", "headline", "articletitle", "heading", "mainheadline",
        "titre", "titel", "uberschrift", "schlagzeile", "titulo", "titular", "titolo",
    ),
    "url": ("url", "articleurl", "link", "permalink", "canonicalurl", "weburl", "sourceurl", "href", "lien", "enlace"),
    "authors": (
        "authors", "author", "byline", "authorname", "authornames", "writer", "journalist", "reporter", "by",
        "creator", "auteur", "auteurs", "autor", "autoren", "autores",
    ),
}
# fmt: on

DELIMITERS = ",;\t|"
# Headers beside what is read in them.
EXAMPLES: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (("id", "text", "published"), {"text": "text", "id": "id", "published": "published"}),
    (
        ("", "Headline", "Body", "pubDate", "Outlet", "Link", "byline"),
        {
            "text": "Body",
            "published": "pubDate",
            "publisher": "Outlet",
            "title": "Headline",
            "url": "Link",
            "authors": "byline",
        },
    ),
    (("ARTICLE_TEXT", " Date ", "source"), {"text": "ARTICLE_TEXT", "published": " Date ", "publisher": "source"}),
    (("Überschrift", "Inhalt", "Datum"), {"text": "Inhalt", "published": "Datum", "title": "Überschrift"}),
    (("Título", "Texto", "Fecha"), {"text": "Texto", "published": "Fecha", "title": "Título"}),
    (("article", "content", "raw_html"), {"text": "content", "html": "raw_html"}),
    (("body_html", "url"), {"html": "body_html", "url": "url"}),
    (("text", "text"), {"text": "text"}),
)
# First lines beside whether they are headers.
HEADERS: tuple[tuple[str, bool], ...] = (
    ("id,text,published", True),
    ('"";"Headline";"Body";"Word count"', True),
    ("date\tarticle_text", True),
    ("id,date,count", False),
    ("Article, by Ida Roe of the Harbour Post", False),
    ("Text", False),
    ("The body, the source said, was found on that date.", False),
)
_SHOWN = 20  # names of columns in a message


def columns_of(header: Sequence[str], options: IngestOptions) -> dict[str, str]:
    """Give the column of each field that has one, text first; the user's word in `options.columns` goes before guesses.

    Raises BrokenInput where the user's column isn't there, or no column of text is known.
    """
    chosen = {field: _named(column, header) for field, column in options.columns.items()}
    body = {"text", "html"} & chosen.keys()
    taken = set(chosen.values())
    for field, names in COLUMNS.items():
        if field not in chosen and not (body and field in ("text", "html")):
            guess = _guessed(names, [column for column in header if column not in taken])
            if guess is not None:
                chosen[field] = guess
                taken.add(guess)
    if not {"text", "html"} & chosen.keys():
        raise BrokenInput(f"none of its columns is known to hold text ({_list(header)}); say which: --column text=NAME")
    return {field: chosen[field] for field in COLUMNS if field in chosen}


def known(cells: Sequence[str], options: IngestOptions) -> int:
    """Give how many of the cells are names of columns that are guessed or that the user names."""
    names = {folded(column) for column in options.columns.values()}.union(*COLUMNS.values())
    return sum(folded(cell) in names for cell in cells)


def is_header(line: str) -> bool:
    """Tell whether a line looks like names of columns: short ones, one of them of text and one of another field."""
    return any(_are_names([cell.strip(" \"'") for cell in line.split(delimiter)]) for delimiter in DELIMITERS)


def _are_names(cells: Sequence[str]) -> bool:
    if len(cells) < 2 or any(len(cell.split()) > 3 for cell in cells):
        return False
    folds = set(map(folded, cells))
    fields = {field for field, names in COLUMNS.items() if folds.intersection(names)}
    return bool({"text", "html"} & fields) and len(fields) > 1


def folded(name: str) -> str:
    """Give a column's name in small letters without accents, spaces, underscores and other marks."""
    plain = unicodedata.normalize("NFKD", name[:100]).casefold()
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def shown(columns: Mapping[str, str]) -> str:
    """Give the columns on one line, as a person is told them: "text=Body, published=Date"."""
    return ", ".join(f"{field}={column}" for field, column in columns.items())


def _named(column: str, header: Sequence[str]) -> str:
    for name in header:
        if name == column:
            return name
    for name in header:
        if folded(name) and folded(name) == folded(column):
            return name
    raise BrokenInput(f'there is no column "{column}" in it; its columns are {_list(header)}')


def _guessed(names: Sequence[str], header: Sequence[str]) -> str | None:
    by_name = {folded(column): column for column in reversed(header)}
    return next((by_name[name] for name in names if name in by_name), None)


def _list(header: Sequence[str]) -> str:
    names = [" ".join(name.split())[:40] for name in header if name.strip()]
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return (", ".join(f'"{name}"' for name in names[:_SHOWN]) or "they have no names") + more
