import pytest

from onrecord.resolve import channels

# One row a rule: the marked text, and the names through which the last quotation came.
CASES = {
    "a credit line holds for the paragraph before it and the quoted ones after": (
        'Anna Moro came.\n\nVia Reuters\n\n<q0>"The pier is closed,"</q0> <s0>Moro</s0> <c0>said</c0>.',
        ["Reuters"],
    ),
    "a credit line stops at the next paragraph without quotation": (
        "Anna Moro came.\n\nVia Reuters\n\nNobody spoke then.\n\n<s0>Moro</s0> <c0>said</c0> <q0>no</q0>.",
        [],
    ),
    "the outlet that was told": ("<s0>Moro</s0> <c0>told</c0> Tarn Radio <q0>no</q0>.", ["Tarn Radio"]),
    "the outlet of the interview": (
        '<q0>"No,"</q0> <s0>Moro</s0> <c0>said</c0> in an interview with the Tarn Post on Friday.',
        ["Tarn Post"],
    ),
    "a person who was told is no outlet": ("<s0>Moro</s0> <c0>told</c0> Bo Lind <q0>no</q0>.", []),
    "the outlet that reported": ("<s0>Moro</s0> <c0>said</c0> <q0>no</q0>, according to the Tarn Post.", ["Tarn Post"]),
    "the platform of a post": ('<s0>Moro</s0> <c0>wrote</c0> on Truth Social, <q0>"No"</q0>.', ["Truth Social"]),
    "the platform X": ('<s0>Moro</s0> <c0>posted</c0> on X: <q0>"No"</q0>.', ["X"]),
    "a tweet": ('<s0>Moro</s0> <c0>tweeted</c0> <q0>"No"</q0>.', ["Twitter"]),
    "the outlets around a nested quotation": (
        '<q0>"<s1>Moro</s1> <c1>said</c1> <q1>no</q1>,"</q0> <s0>international outlets</s0> <c0>have reported</c0>.',
        ["international outlets"],
    ),
    "a clipping's headline": (
        "Pier Is Closed - Tarn Post, Mar 14 2025 <s0>Moro</s0> <c0>said</c0> <q0>no</q0>.",
        ["Tarn Post"],
    ),
    "each clipping of a paragraph has its own": (
        "Pier Is Closed - Tarn Post, Mar 14 2025 Moro spoke. 'Pier Is Open' - "
        "Lund Herald, Mar 26, 2025 <s0>Moro</s0> <c0>said</c0> <q0>no</q0>.",
        ["Lund Herald"],
    ),
    "who has collected the clippings stands before them": (
        "<s0>Harbour Watch</s0> <c0>has highlighted</c0> <q0>the turns of the mayor</q0>:\n\n"
        "Pier Is Closed - Tarn Post, Mar 14 2025 <s1>Moro</s1> <c1>said</c1> <q1>no</q1>.",
        ["Harbour Watch", "Tarn Post"],
    ),
    "nothing named, nothing given": ("<s0>Moro</s0> <c0>said</c0> <q0>no</q0>.", []),
}


@pytest.mark.parametrize("case", CASES)
def test_via_is_found(case, marked):
    text, names = CASES[case]
    assert [v.name for v in channels.resolve(*marked(text))[-1]] == names


def test_via_points_at_its_own_words(marked):
    article, quotations = marked("<s0>Moro</s0> <c0>told</c0> the Tarn Post <q0>no</q0>.")
    (link,) = channels.resolve(article, quotations)[0]
    assert link.span.of(article.text) == "Tarn Post"
