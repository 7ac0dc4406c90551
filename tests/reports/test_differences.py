"""The wordings of one utterance beside the fullest."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reports import wordings

FULL = "“We will rebuild the old harbour before winter. Nobody in Varn will pay for it, and I mean nobody.”"


def laid_out(texts):
    """Give each wording as its standing, its reports and its pieces in words."""
    found = wordings(texts)
    fullest = found[0].text
    return [
        (
            w.standing,
            w.reports,
            [(p.difference, p.here and p.here.of(w.text), p.there and p.there.of(fullest)) for p in w.pieces],
        )
        for w in found
    ]


def test_the_fullest_comes_first_and_texts_of_the_same_words_are_one_wording():
    trimmed, full = laid_out(["We will rebuild the old harbour", FULL, FULL.strip("“”").upper()])[::-1]
    assert full[:2] == ("full", (1, 2))
    assert [piece[0] for piece in full[2]] == ["kept"]
    assert trimmed[:2] == ("trimmed", (0,))
    assert trimmed[2] == [
        ("kept", "We will rebuild the old harbour", "We will rebuild the old harbour"),
        ("dropped", None, "before winter. Nobody in Varn will pay for it, and I mean nobody"),
    ]


def test_brackets_and_ellipses_are_trimming():
    for cut in (
        "“We will rebuild the old harbour … and I mean nobody.”",
        "Nobody [there] will pay for it, and I mean nobody",
    ):
        assert laid_out([FULL, cut])[1][0] == "trimmed"


def test_a_changed_word_is_shown_beside_the_one_that_it_replaced():
    standing, _, pieces = laid_out([FULL, "We will rebuild the new harbour before winter."])[1]
    assert standing == "changed"
    assert ("changed", "new", "old") in pieces


def test_a_figure_and_a_lost_not_are_changes():
    said = "We will not sell the 200 boats of the harbour to Veldia"
    for printed, piece in (
        ("We will not sell the 300 boats of the harbour to Veldia", ("changed", "300", "200")),
        ("We will sell the 200 boats of the harbour to Veldia", ("changed", None, "not")),
    ):
        standing, _, pieces = laid_out([said, printed])[1]
        assert standing == "changed"
        assert piece in pieces


def test_a_word_put_into_the_middle_is_a_change_but_more_before_or_behind_is_not():
    assert laid_out([FULL, "We will never rebuild the old harbour before winter."])[1][0] == "changed"
    standing, _, pieces = laid_out([FULL, "Mark my words. We will rebuild the old harbour before winter."])[1]
    assert standing == "trimmed"
    assert pieces[0] == ("added", "Mark my words", None)


def test_other_words_where_the_sentence_goes_on_are_a_change():
    standing, _, pieces = laid_out(["We will win the war and the peace", "We will win big"])[1]
    assert standing == "changed"
    assert pieces[-1] == ("changed", "big", "the war and the peace")


def test_no_text_has_no_wording_and_one_text_is_its_own_fullest():
    assert wordings([]) == ()
    assert [w.standing for w in wordings([FULL])] == ["full"]


TEXTS = st.lists(
    st.lists(st.sampled_from(["we", "will", "not", "sell", "…", "[him]", "boats.", "200", "“the"])).map(" ".join)
)


@given(TEXTS, st.randoms())
def test_wordings_hold_each_report_once_in_whatever_order_they_come(texts, draw):
    found = wordings(texts)
    assert sorted(i for w in found for i in w.reports) == list(range(len(texts)))
    mixed = draw.sample(texts, len(texts))
    assert [(w.text, w.standing, w.pieces) for w in wordings(mixed)] == [(w.text, w.standing, w.pieces) for w in found]


@given(TEXTS)
def test_pieces_cover_both_texts_in_order(texts):
    for w in wordings(texts):
        for spans in ([p.here for p in w.pieces if p.here], [p.there for p in w.pieces if p.there]):
            assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
