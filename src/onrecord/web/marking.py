"""Words with their marks, as plain data: an article with its statements, an utterance in its wordings."""

from collections.abc import Iterator, Sequence

from onrecord import codec, reports
from onrecord.codec import Json
from onrecord.show.marks import Piece, by_paragraph, depth, marks_by_paragraph, pieces
from onrecord.text import paragraphs
from onrecord.types import Entry, Statement


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


def wordings(entries: Sequence[Entry]) -> list[Json]:
    """Give the ways in which an utterance was printed, the fullest first, each with who printed it so.

    `parts` are its words in order, each with `how`: kept, out (it stands in the fullest alone) or in (here alone).
    """
    texts = [" ".join(s.of(e.article.text) for s in e.statement.quotation.content) for e in entries]
    found = reports.wordings(texts)
    return [
        {
            "standing": wording.standing,
            "parts": list(_parts(wording, found[0].text)),
            "reports": [codec.entry_to_dict(entries[i]) for i in wording.reports],
        }
        for wording in found
    ]


def _parts(wording: reports.Wording, fullest: str) -> Iterator[Json]:
    end = 0
    for piece in wording.pieces:
        if piece.here and piece.here.start > end:
            yield {"how": "kept", "words": wording.text[end : piece.here.start]}
        if piece.there and piece.difference != "kept":
            yield {"how": "out", "words": piece.there.of(fullest)}
        if piece.here:
            yield {"how": "kept" if piece.difference == "kept" else "in", "words": piece.here.of(wording.text)}
            end = piece.here.end
    if end < len(wording.text):
        yield {"how": "kept", "words": wording.text[end:]}
