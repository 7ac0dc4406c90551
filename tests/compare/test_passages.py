"""Passages: the sentences of a statement that take a position, with what a judge needs to read them."""

from dataclasses import replace

import pytest
import stand_ins
from hypothesis import given
from hypothesis import strategies as st

from onrecord.compare.passages import MOST_CHARACTERS, NEAR, Passage, passages
from onrecord.types import Quotation, Span, Speaker, Statement, Word

BRANDT = Speaker("e1", "Ilse Brandt", "person", "Mayor", 0.97)
OAKE = Speaker("e2", "Nell Oake", "person", None, 0.9)


def said(text, content, **given):
    """A statement of Ilse Brandt's, unless another speaker is given."""
    return stand_ins.a_statement(content, text, **({"speaker": BRANDT, "id": "s1"} | given))


def found(text, *statements):
    return passages(stand_ins.article(text), statements)


def read(text, *statements, of="s1"):
    """What a judge reads of a statement."""
    return [p.reading(text) for p in found(text, *statements).get(of, ())]


def test_each_sentence_of_a_quotation_is_a_passage_without_the_words_of_the_others():
    text = "“The bridge stays closed. No lorry will cross before May,” said Ilse Brandt. It rained."
    one = said(text, "“The bridge stays closed. No lorry will cross before May,”", source=["Ilse Brandt"], cue=["said"])
    assert read(text, one) == ["“The bridge stays closed.", "No lorry will cross before May,” said Ilse Brandt."]
    words = [[w.of(text) for w in p.words] for p in found(text, one)["s1"]]
    assert words == [["“The bridge stays closed."], ["No lorry will cross before May,”"]]


@pytest.mark.parametrize("cue", ["denied", "refused to say", "never claimed"])
def test_the_cue_stays_in_what_a_judge_reads_but_is_no_word_of_the_speaker(cue):
    text = f"On Monday Ilse Brandt {cue} that the bridge would stay closed."
    one = said(text, "that the bridge would stay closed", source=["Ilse Brandt"], cue=[cue])
    (passage,) = found(text, one)["s1"]
    assert passage.reading(text) == f"Ilse Brandt {cue} that the bridge would stay closed."
    assert passage.content(text) == "that the bridge would stay closed"


def test_the_pieces_of_a_mixed_quotation_stay_apart_and_in_order():
    text = "“We shall not,” Ilse Brandt told the council, “give one coin to the bridge.”"
    pieces = ["“We shall not,”", "“give one coin to the bridge.”"]
    (passage,) = found(text, said(text, pieces, kind="mixed", source=["Ilse Brandt"], cue=["told"]))["s1"]
    assert [w.of(text) for w in passage.words] == pieces
    assert passage.content(text) == " ".join(pieces)
    assert passage.reading(text) == text


def test_quotation_marks_around_the_words_are_read_with_them():
    text = 'It was Ilse Brandt. "The bridge stays closed for good." Nobody spoke.'
    assert read(text, said(text, "The bridge stays closed for good", kind="direct")) == [
        '"The bridge stays closed for good."'
    ]


@pytest.mark.parametrize(
    "content",
    [
        "“so-called experts”",  # a scare quote
        "“Never”",
        "“Why would we ever close the bridge?”",
        "“Would you pay for a bridge?”  ",
        "“— … —”",
    ],
)
def test_scare_quotes_and_questions_hold_no_position(content):
    text = f"Ilse Brandt spoke of {content} on Monday."
    assert found(text, said(text, content.strip())) == {"s1": ()}


def test_a_question_among_sentences_is_left_out_but_its_answer_is_read_with_it():
    text = "“Shall we close the bridge? That would be a folly,” said Ilse Brandt."
    one = said(text, "“Shall we close the bridge? That would be a folly,”", source=["Ilse Brandt"], cue=["said"])
    assert read(text, one) == ["“Shall we close the bridge? That would be a folly,” said Ilse Brandt."]


@pytest.mark.parametrize(
    "leaning",
    [
        "“This will take decades,”",
        "“But this will take decades,”",
        "“It cannot be done in a year,”",
        "“They will never agree to it,”",
        "“That is a matter for the council,”",
        "“That decision was not mine to take,”",
        "“Neither would be of any use,”",
        "that it would take decades",
        "that this was a matter of decades",
        "that was a matter for the council",
        "“that's a matter for the council,”",
        "she would see to it by May",
    ],
)
def test_a_sentence_that_leans_on_the_one_before_is_read_with_it(leaning):
    text = f"“The port will run without oil,” said Ilse Brandt. {leaning} she added."
    first = said(text, "“The port will run without oil,”", source=["Ilse Brandt"], cue=["said"])
    second = said(text, leaning, id="s2", cue=["added"])
    (passage,) = found(text, first, second)["s2"]
    assert passage.before is not None
    assert passage.reading(text).startswith("“The port will run without oil,” said Ilse Brandt. ")
    assert passage.content(text).endswith(leaning)


@pytest.mark.parametrize(
    "standing",
    [
        "“The bridge will take decades,”",
        "“Thistles grow on the old bridge,”",
        "“Italy will pay for the bridge,”",
        "that the bridge would stay closed",
        "that many lorries would have to wait",
        "that hauliers will be paid by May",
    ],
)
def test_a_sentence_that_stands_by_itself_is_read_alone(standing):
    text = f"“The port will run without oil,” said Ilse Brandt. {standing} she added."
    first = said(text, "“The port will run without oil,”", source=["Ilse Brandt"], cue=["said"])
    assert found(text, first, said(text, standing, id="s2", cue=["added"]))["s2"][0].before is None


def test_a_sentence_leans_on_nobody_elses_words():
    text = "“The port will run without oil,” said Ilse Brandt. “This will take decades,” Nell Oake said."
    other = said(text, "“This will take decades,”", id="s2", speaker=OAKE)
    assert found(text, said(text, "“The port will run without oil,”"), other)["s2"][0].before is None


@pytest.mark.parametrize(("gap", "leans"), [(NEAR - 60, True), (NEAR + 60, False)])
def test_a_sentence_leans_only_on_what_stands_near(gap, leans):
    text = f"“The port will run without oil.” {'x' * gap} “This will take decades.”"
    second = said(text, "“This will take decades.”", id="s2")
    (passage,) = found(text, said(text, "“The port will run without oil.”"), second)["s2"]
    assert (passage.before is not None) == leans


@pytest.mark.parametrize("kind", ["unnamed", "author", "document"])
def test_who_has_no_name_takes_no_position(kind):
    text = "A clerk said that the bridge would stay closed."
    assert found(text, said(text, "that the bridge would stay closed", speaker=replace(BRANDT, type=kind))) == {}


@pytest.mark.parametrize(
    "given",
    [
        {"speaker": None},
        {"confidence": 0.4},  # unsure whether anything is said at all
        {"word": Word("said", "ask", None, None)},
        {"word": Word("said", "report", None, None)},
    ],
    ids=["nobody", "unsure", "question", "report"],
)
def test_what_nobody_surely_says_holds_no_position(given):
    text = "Ilse Brandt said that the bridge would stay closed."
    assert found(text, said(text, "that the bridge would stay closed", **given)) == {}


def nested(inner_speaker, content="that the bridge would stay closed until May"):
    text = f"Ilse Brandt said Nell Oake thought {content}."
    outer = said(text, f"Nell Oake thought {content}", source=["Ilse Brandt"], cue=["said"])
    inner = said(text, content, id="s2", parent="s1", holder=0, speaker=inner_speaker, cue=["thought"])
    return found(text, outer, inner)


def test_a_statement_that_only_relays_somebody_elses_is_out_and_the_other_ones_is_in():
    assert set(nested(OAKE)) == {"s2"}


def test_who_speaks_of_his_own_thoughts_relays_nobody_however_sure_it_is_who_he_is():
    assert set(nested(BRANDT)) == {"s1", "s2"}
    assert set(nested(replace(BRANDT, confidence=0.6, role=None))) == {"s1", "s2"}


def test_a_statement_with_a_few_words_of_somebody_else_is_in():
    text = "Ilse Brandt said the bridge would stay closed for years, whatever the minister called “a plan for all”."
    outer = said(text, "the bridge would stay closed for years, whatever the minister called “a plan for all”")
    inner = said(text, "“a plan for all”", id="s2", parent="s1", holder=0, speaker=OAKE)
    assert "s1" in found(text, outer, inner)


def test_a_sentence_too_long_to_read_keeps_the_speakers_words():
    far = "who has " + "sat on the council for many years and " * 14 + "knows it well"
    text = f"Ilse Brandt, {far}, said that the bridge would stay closed until May."
    one = said(text, "that the bridge would stay closed until May", source=["Ilse Brandt"], cue=["said"])
    (read_of_it,) = read(text, one)
    assert read_of_it.endswith("said that the bridge would stay closed until May.")
    assert len(read_of_it) <= MOST_CHARACTERS + 2


def test_a_position_too_long_to_read_is_cut_behind():
    text = "Ilse Brandt said " + "that the bridge would stay closed and " * 20 + "rot."
    (read_of_it,) = read(text, said(text, text[17:-1], source=["Ilse Brandt"], cue=["said"]))
    assert text.startswith(read_of_it)
    assert len(read_of_it) == MOST_CHARACTERS


def test_the_order_of_the_passages_is_that_of_the_text_over_paragraphs():
    text = "“The bridge stays closed for now.\n\n“No lorry will cross before May,” said Ilse Brandt."
    one = said(text, "“The bridge stays closed for now.\n\n“No lorry will cross before May,”")
    places = [p.sentence for p in found(text, one)["s1"]]
    assert places == sorted(places)
    assert len(places) == 2


def test_a_text_without_statements_has_no_passages():
    assert found("Nobody said a word.") == {}


PARTS = st.sampled_from(
    [
        "The bridge stays closed. ",
        "This will take years! ",
        "“We shall ",
        "not pay,” ",
        "said Ü. ",
        "\n\n",
        "Why? ",
        "😀 ",
    ]
)


@st.composite
def articles(draw):
    """A text with statements anywhere in it, also where no words are."""
    text = "So it is. " + "".join(draw(st.lists(PARTS, min_size=1, max_size=12)))
    statements = []
    for i in range(draw(st.integers(1, 4))):
        edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=4, max_size=8)))
        spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
        quotation = Quotation((*spans[:2],), (*spans[2:3],), (*spans[3:],), "mixed", None, 0.9)
        word = Word("said", "assert", None, None)
        statements.append(Statement(f"s{i}", quotation, None, BRANDT, None, (), word, (), ()))
    return text, statements


@given(articles(), st.data())
def test_what_a_judge_points_at_is_found_again_in_the_article(made, data):
    text, statements = made
    for passage in (p for some in found(text, *statements).values() for p in some):
        seen = passage.reading(text)
        assert seen.endswith(passage.sentence.of(text))
        assert passage.content(text).endswith(passage.words[-1].of(text))
        start = data.draw(st.integers(0, len(seen) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(seen))))
        place = passage.to_article(span)
        if span.start >= passage.shift:
            assert place is not None
            assert place.of(text) == span.of(seen)
        elif place is None:
            assert span.end <= passage.shift  # of the words before alone
        else:
            assert passage.sentence.holds(place)
            assert place.of(text) == seen[passage.shift : span.end]


def test_words_before_and_words_of_the_sentence_are_told_apart():
    text = "The port stays. This takes decades."
    passage = Passage((Span(16, 35),), Span(16, 35), Span(0, 15))
    assert passage.reading(text) == text
    assert passage.to_article(Span(4, 8)) is None
    assert passage.to_article(Span(9, 15)) is None
    assert passage.to_article(Span(9, 20)) == Span(16, 20)
    assert passage.to_article(Span(27, 34)).of(text) == "decades"


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        ("that the old bridge stays closed", True),
        ("the old bridge will stay closed", True),
        ("the long issue of harbour fees", False),
        ("his lasting support for the ferry", False),
        ("during the fair of the north", False),
        ("closing the bridge to lorries", True),
        ("quietly closing the old bridge", True),
        ("“a lasting shame for the town”", True),  # her own words: they may be all that she said
    ],
)
def test_reported_words_without_a_verb_hold_no_position(content, taken):
    text = f"Ilse Brandt spoke of {content}."
    assert bool(found(text, said(text, content, kind="indirect"))["s1"]) is taken


@pytest.mark.parametrize(
    ("act", "taken"), [("demand", True), ("commit", True), ("threaten", True), ("evaluate", False)]
)
def test_where_the_cue_takes_the_position_its_object_is_enough(act, taken):
    text = "Ilse Brandt called for a ban on lorries."
    assert (
        bool(found(text, said(text, "a ban on lorries", kind="indirect", word=Word("said", act, None, None)))["s1"])
        is taken
    )
