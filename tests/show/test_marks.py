from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import TEXT, a_reading, span

from onrecord.show.marks import Mark, depth, marks, pieces, words
from onrecord.types import Span

any_span = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(*sorted(ends)))


def test_marks_come_outer_before_inner():
    found = marks(a_reading().statements)
    assert [(m.part, m.index) for m in found if m.index] == [
        ("content", 1),
        ("source", 2),
        ("cue", 2),
        ("content", 2),
        ("source", 1),
        ("cue", 1),
    ]
    assert [m.depth for m in found if m.index == 2] == [1, 1, 1]


def test_a_piece_inside_two_statements_carries_both_marks():
    found = marks(a_reading().statements)
    inner = span("‘there is no money’")
    piece = next(p for p in pieces(found, Span(0, len(TEXT))) if p.span == inner)
    assert [m.index for m in piece.marks] == [1, 2]


@settings(deadline=None)
@given(st.lists(any_span, max_size=6), any_span)
def test_pieces_cover_a_stretch_without_gap_or_overlap(spans, within):
    found = [Mark(s, "content", i, 0) for i, s in enumerate(sorted(spans)) if s.start < s.end]
    cut = list(pieces(found, within))
    assert "".join(p.span.of(TEXT) for p in cut) == within.of(TEXT)
    for piece in cut:
        assert piece.marks == tuple(m for m in found if m.span.overlaps(piece.span))


def test_depth_counts_the_statements_around_one():
    assert [depth(a_reading().statements, i) for i in range(3)] == [0, 0, 1]


def test_the_pieces_of_a_part_are_joined_by_an_ellipsis():
    assert words([span("Harbour"), span("will\u0020fall")], TEXT) == "Harbour … will fall"
