"""An article and its statements -> rows for the page: the pieces of each paragraph, and whose notes stand beside it."""

from collections.abc import Sequence

from onrecord.codec import Json
from onrecord.show.marks import Piece, by_paragraph, depth, marks_by_paragraph, pieces
from onrecord.text import paragraphs
from onrecord.types import Statement


def rows(text: str, statements: Sequence[Statement]) -> list[Json]:
    """Give for each paragraph its pieces, and the ids of the statements that end in it.

    A piece has `start` and `end`, `in` (the ids of the statements whose words it is, the outermost first) and `part`
    (source, cue or null).
    """
    paras = paragraphs(text)
    found = marks_by_paragraph(statements, paras)
    notes = by_paragraph(statements, paras)
    return [
        {
            "pieces": [_piece(p, statements) for p in pieces(inside, para)],
            "notes": [{"id": statements[i].id, "depth": depth(statements, i)} for i in ending],
        }
        for para, inside, ending in zip(paras, found, notes, strict=True)
    ]


def _piece(piece: Piece, statements: Sequence[Statement]) -> Json:
    inside = [m for m in piece.marks if m.part == "content"]
    parts = [m.part for m in piece.marks if m.part != "content"]
    return {
        "start": piece.span.start,
        "end": piece.span.end,
        "in": [statements[m.index].id for m in inside],
        "part": parts[-1] if parts else None,
    }
