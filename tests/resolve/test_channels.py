import re

import pytest

from onrecord.resolve import channels
from onrecord.resolve.channels import names as table

# One row a rule: the marked text, and the names through which the last quotation came.
CASES = {
    # agencies
    "the agency of the dateline": ("TARN (Reuters) - <s0>Moro</s0> <c0>said</c0> <q0>no</q0>.", ["Reuters"]),
    "the agency of the dateline holds to the end": (
        "LUND, Tarn (AFP) – The pier shut.\n\nIt rained.\n\n<s0>Bo Lind</s0> <c0>said</c0> <q0>no</q0>.",
        ["AFP"],
    ),
    "the agency of the byline": (
        "Pier Shut\n\nBy Bo Lind, Associated Press\n\n<s0>Moro</s0> <c0>said</c0> <q0>no</q0>.",
        ["Associated Press"],
    ),
    "the agency that contributed": (
        "<s0>Moro</s0> <c0>said</c0> <q0>no</q0>.\n\nThe Associated Press contributed to this report.",
        ["Associated Press"],
    ),
    "an agency's writer who contributed": (
        "<s0>Moro</s0> <c0>said</c0> <q0>no</q0>.\n\nAP writer Bo Lind in Tarn contributed to this report.",
        ["AP"],
    ),
    "an agency before the interview": (
        "TARN (AP) — <s0>Moro</s0> <c0>told</c0> CNN <q0>no</q0>.",
        ["AP", "CNN"],
    ),
    "an agency's photograph is no way": ("Bo Lind/Reuters.\n\n<s0>Moro</s0> <c0>said</c0> <q0>no</q0>.", []),
    "an agency's count is no way": (
        "<s0>Moro</s0> <c0>said</c0> <q0>no</q0>, while a tally by the Associated Press went on.",
        [],
    ),
    # interviews and programmes
    "a station": ("<s0>Moro</s0> <c0>told</c0> Bloomberg TV on Friday <q0>no</q0>.", ["Bloomberg TV"]),
    "a programme behind its station": (
        '<q0>"No,"</q0> <s0>Moro</s0> <c0>said</c0> Sunday on CNN\'s "State of the Union."',
        ["CNN", "State of the Union"],
    ),
    "a programme without marks": (
        "<q0>“No,”</q0> <s0>Moro</s0> <c0>said</c0> on NBC’s Meet the Press.",
        ["NBC", "Meet the Press"],
    ),
    "an unknown programme in marks": (
        "<q0>“No,”</q0> <s0>Moro</s0> <c0>said</c0> on Tarn TV’s “Harbour Lights.”",
        ["Tarn TV", "Harbour Lights"],
    ),
    "an interview that opens the sentence": (
        "In an interview with the Tarn Post on Friday, <s0>Moro</s0> <c0>said</c0> <q0>no</q0>.",
        ["Tarn Post"],
    ),
    "somebody of an outlet": ("<s0>Moro</s0> <c0>told</c0> Bo Lind of the Tarn Post <q0>no</q0>.", ["Tarn Post"]),
    "an outlet's somebody": ("<s0>Moro</s0> <c0>told</c0> CNN's Bo Lind <q0>no</q0>.", ["CNN"]),
    "asked by a station": ("Asked by ITV, <s0>Moro</s0> <c0>said</c0> <q0>no</q0>.", ["ITV"]),
    "two outlets": (
        "<s0>Moro</s0> <c0>told</c0> Sky News and the Tarn Post <q0>no</q0>.",
        ["Sky News", "Tarn Post"],
    ),
    "a show of one's own name": (
        "<s0>Moro</s0> <c0>said</c0> <q0>no</q0> on Bo Lind's radio show.",
        ["Bo Lind's radio show"],
    ),
    "an appearance": (
        "During an appearance on Fox News, <s0>Moro</s0> <c0>said</c0> <q0>no</q0>.",
        ["Fox News"],
    ),
    "an interview named by its station": (
        "In a BBC interview, <s0>Moro</s0> <c0>said</c0> <q0>no</q0>.",
        ["BBC"],
    ),
    "call letters": ("<s0>Moro</s0> <c0>told</c0> WTRN-TV <q0>no</q0>.", ["WTRN-TV"]),
    # print
    "an op-ed": (
        "In an op-ed in the Tarn Post, <s0>Moro</s0> <c0>wrote</c0> <q0>no</q0>.",
        ["Tarn Post"],
    ),
    "a writer of an outlet": ("<s0>Bo Lind of The Guardian</s0> <c0>wrote</c0> <q0>no</q0>.", ["The Guardian"]),
    "quoted by an outlet": ("<s0>Moro</s0> <c0>was quoted by</c0> Le Monde as saying <q0>no</q0>.", ["Le Monde"]),
    "an outlet that reported it": (
        "<s0>Moro</s0> <c0>said</c0> <q0>no</q0>, the Tarn Post reported.",
        ["Tarn Post"],
    ),
    "an outlet that reported what is nested": (
        "<s0>The Tarn Post</s0> <c0>reported</c0> <q0>that <s1>Moro</s1> <c1>said</c1> <q1>no</q1></q0>.",
        ["Tarn Post"],
    ),
    "brackets behind an item": (
        "<s0>Moro</s0> <c0>said</c0> <q0>no</q0>. [Bo Lind, Reuters]",
        ["Reuters"],
    ),
    # platforms
    "a platform that opens the sentence": (
        "On Truth Social, <s0>Moro</s0> <c0>wrote</c0> <q0>no</q0>.",
        ["Truth Social"],
    ),
    "a video on a platform": ("In an Instagram video, <s0>Moro</s0> <c0>said</c0> <q0>no</q0>.", ["Instagram"]),
    "one's own page": ("<s0>Moro</s0> <c0>wrote</c0> on her Facebook page: <q0>“No.”</q0>", ["Facebook"]),
    "a tweet that is named": ("<s0>Moro</s0> <c0>said</c0> in a tweet <q0>no</q0>.", ["Twitter"]),
    "a retweet": ("<s0>Moro</s0> <c0>retweeted</c0> <q0>“No”</q0>.", ["Twitter"]),
    "a tweet that is answered elsewhere": ("<s0>Moro</s0> <c0>said of the tweet</c0>: <q0>“No.”</q0>", []),
    "a post that is signed": ("<q0>No more pier.</q0> — Anna Moro (@annamoro) March 2, 2025", ["Twitter"]),
    # occasions that last
    "the interview goes on": (
        "<s0>Anna Moro</s0> <c0>told</c0> CNN <q0>no</q0>.\n\n<q1>“Never,”</q1> <s1>Moro</s1> <c1>added</c1>.",
        ["CNN"],
    ),
    "a pronoun goes on with it": (
        "<s0>Anna Moro</s0> <c0>told</c0> CNN <q0>no</q0>.\n\n<q1>“Never,”</q1> <s1>she</s1> <c1>said</c1>.",
        ["CNN"],
    ),
    "another speaker does not": (
        "<s0>Anna Moro</s0> <c0>told</c0> CNN <q0>no</q0>.\n\n<q1>“Never,”</q1> <s1>Bo Lind</s1> <c1>said</c1>.",
        [],
    ),
    "a rally ends it": (
        "<s0>Moro</s0> <c0>told</c0> CNN <q0>no</q0>.\n\n<q1>“Never,”</q1> <s1>Moro</s1> <c1>said</c1> at a rally.",
        [],
    ),
    "what she thought is not said there": (
        "<s0>Moro</s0> <c0>told</c0> CNN <q0>no</q0>.\n\n<s1>Moro</s1> <c1>wants</c1> <q1>a pier</q1>.",
        [],
    ),
    "the lead sums up the interview": (
        "<s1>Moro</s1> <c1>says</c1> <q1>no</q1>\n\n<s0>Moro</s0> <c0>told</c0> CNN <q0>no</q0>.",
        ["CNN"],
    ),
    "a sentence of its own sets the occasion": (
        "Moro appeared on MSNBC on Monday.\n\n<q0>“Never,”</q0> <s0>Moro</s0> <c0>said</c0>.",
        ["MSNBC"],
    ),
    # merely mentioned
    "a poll of an outlet": ("<s0>Moro</s0> <c0>said</c0> <q0>no</q0> after a CNN poll.", []),
    "an outlet spoken of": ("<s0>Moro</s0> <c0>said</c0> <q0>the Tarn Post lies</q0>.", []),
    "a common word": ("<s0>Moro</s0> <c0>said</c0> on Time <q0>no</q0> and This Week.", []),
    "an analyst on a station": ("<s0>Bo Lind</s0>, an analyst on ESPN, <c0>said</c0> <q0>no</q0>.", []),
}


@pytest.mark.parametrize("case", CASES)
def test_the_chain_is_found(case, marked):
    text, expected = CASES[case]
    article, quotations = marked(text)
    last = max(quotations, key=lambda q: (q.cue or q.content)[0].start)
    if case == "the lead sums up the interview":
        last = min(quotations, key=lambda q: q.cue[0].start)
    assert [v.name for v in channels.resolve(article, quotations)[quotations.index(last)]] == expected


def test_links_point_at_their_own_words(marked):
    article, quotations = marked("LUND (AFP) - <s0>Moro</s0> <c0>told</c0> CNN's Bo Lind <q0>no</q0>.")
    (links,) = channels.resolve(article, quotations)
    assert [v.span.of(article.text) for v in links] == ["AFP", "CNN"]


def test_an_author_that_is_an_agency_is_the_way_of_all(marked):
    article, quotations = marked("<s0>Moro</s0> <c0>said</c0> <q0>no</q0>.", authors=("Bo Lind, Reuters",))
    assert [v.name for v in channels.resolve(article, quotations)[0]] == ["Reuters"]


BEFORE = [(name, *rest.split("\t")) for kind, name, rest in table.rows() if kind == "before"]
AROUND = [(name, *rest.split("\t")) for kind, name, rest in table.rows() if kind == "words"]


@pytest.mark.parametrize("row", range(len(BEFORE)), ids=[b[2] for b in BEFORE])
def test_words_before_a_name_are_found_in_their_example(row):
    sort, _, example = BEFORE[row]
    known, pattern = table.names().before[row]
    assert known == sort
    assert pattern.search(example[: example.index("{")])


@pytest.mark.parametrize(("pattern", "example"), [a[1:] for a in AROUND], ids=[a[0] for a in AROUND])
def test_words_around_are_found_in_their_example(pattern, example):
    before, inside = re.fullmatch(r"([^\[]*)\[([^\]]*)\].*", example).groups()
    plain = example.replace("[", "").replace("]", "")
    found = re.compile(pattern).search(plain, len(before))
    assert found
    assert found.start() == len(before)
    assert inside.startswith(found.group())


def test_no_name_stands_in_the_table_twice():
    known = [name for kind, name, _ in table.rows() if kind not in ("weak", "before", "words")]
    assert len(known) == len(set(known))
