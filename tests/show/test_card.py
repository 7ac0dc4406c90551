import re
from dataclasses import replace
from html import unescape

import pytest
from drawn import NOW, SVG, THEN, a_reversal, a_side, now, parsed, size_of, then, words_of
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.show import card, card_svg, timeline
from onrecord.show.card_text import LEFT_OUT, spelled
from onrecord.show.fonts import Font
from onrecord.show.svg import INK, PAPER, SOFT, TINT, Pen, Run, safe
from onrecord.types import Speaker

CANDIDATE = "candidate, not confirmed by an editor"


def drawing(reversal):
    return parsed(card.draw(reversal, "svg").decode())


def page(reversal):
    return card.draw(reversal, "html").decode()


def bold(root, side):
    """The marked words of a quotation."""
    return [e.text for e in root.iter() if e.get("class") == f"quotation {side}" and e.get("font-weight") == "600"]


def test_a_direct_quotation_stands_word_for_word_in_marks_that_are_not_of_it():
    root = drawing(a_reversal())
    words = words_of(root, "quotation then")
    assert words == "There will be no toll in this harbour, not this year & not next"
    assert words in THEN
    assert f"“{words}”" in words_of(root)


def test_no_marks_are_set_around_words_that_bring_their_own():
    said = then().entry.article.text.split("— ")[1].split(" Łuk")[0]
    assert f"{said} " not in words_of(drawing(a_reversal(a_side(THEN, said, ["no toll"]))))
    assert "““" not in words_of(drawing(a_reversal(a_side(THEN, said, ["no toll"]))))


def sided(text, position):
    """A side whose statement is the whole text, its position a part of that."""
    whole = a_side(text, text, [position])
    return replace(whole, words=a_side(text, position, [position]).words)


def test_a_short_statement_is_shown_as_a_whole_and_of_a_long_one_the_position():
    short = sided("There will be no toll. I said otherwise in May.", "There will be no toll.")
    assert short.text == "There will be no toll. I said otherwise in May."
    assert short.position == "There will be no toll."
    assert words_of(drawing(a_reversal(short)), "quotation then") == short.text
    long = sided(f"There will be no toll. {'I said otherwise in May. ' * 12}", "There will be no toll.")
    assert long.text == long.position == "There will be no toll."


def test_reported_speech_stands_in_its_whole_sentence_and_is_called_so():
    root = drawing(a_reversal())
    words = words_of(root, "quotation now")
    assert words.strip() == "Łukasiewicz said on Wednesday that every ship would pay a toll from June."
    assert words in NOW
    assert "Reported speech: these are the reporter's words, not the speaker's own." in words_of(root)
    assert f"“{words}" not in words_of(root)


def test_a_partly_quoted_statement_says_which_words_are_the_speakers():
    text = 'The mayor said that fees would "fall by half" at once.\n'
    side = a_side(text, 'that fees would "fall by half" at once', ["fall"], kind="mixed")
    assert "only the words in quotation marks are the speaker's own" in words_of(drawing(a_reversal(side)))


def test_the_clashing_words_are_marked_by_weight_tint_and_bar():
    root = drawing(a_reversal())
    assert [w.strip() for w in bold(root, "then")] == ["no toll"]
    assert " ".join(w.strip() for w in bold(root, "now")) == "would pay a toll"
    assert len([e for e in root.iter(f"{SVG}rect") if e.get("class") == "mark"]) >= 4
    assert re.findall("<mark>(.*?)</mark>", page(a_reversal())) == ["no toll", "would pay a toll"]


def test_evidence_beside_the_quotation_is_shown_in_its_sentence():
    side = a_side(THEN, "There will be no toll in this harbour", ["told the Port Courier"])
    assert " ".join(w.strip() for w in bold(drawing(a_reversal(side)), "then")) == "told the Port Courier"


def test_evidence_in_another_sentence_brings_that_sentence_onto_the_card():
    root = drawing(a_reversal(later=a_side(NOW, "every ship would pay a toll from June", ["left early"])))
    assert words_of(root, "quotation now").endswith("Ships left early.")
    assert " ".join(w.strip() for w in bold(root, "now")) == "left early"


def test_words_left_out_between_pieces_are_shown_as_left_out():
    text = "“We will pay,” she said. “We have no choice.” She left.\n"
    root = drawing(a_reversal(a_side(text, ["We will pay,", "We have no choice."], ["We will pay"])))
    assert f"We will pay, {LEFT_OUT} We have no choice." in words_of(root)
    assert LEFT_OUT not in words_of(root, "quotation then")


def test_of_a_long_statement_the_sentences_with_the_evidence_are_shown_and_the_rest_is_left_out_visibly():
    text = f"{'We spoke of bread. ' * 20}We will never sell the mill. {'We spoke of roads. ' * 20}"
    root = drawing(a_reversal(a_side(text, text.strip(), ["never sell"])))
    assert words_of(root, "quotation then") == "We will never sell the mill."
    assert f"“{LEFT_OUT} We will never sell the mill. {LEFT_OUT}”" in words_of(root)


def test_the_card_grows_with_its_words_and_nothing_leaves_it():
    long = " ".join(f"word{i}" for i in range(80))
    small, large = (drawing(a_reversal(a_side(words, words, []))) for words in ("Short words.", long))
    assert float(large.get("height")) > float(small.get("height")) + 200
    assert words_of(large, "quotation then") == long
    assert all(0 <= float(e.get("x", 0)) <= 1200 and float(e.get("y", 0)) <= float(large.get("height")) for e in large)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, CANDIDATE),
        ({"judgement": "unsure", "judged_by": "Ida Marsh"}, f"{CANDIDATE} (Ida Marsh is unsure)"),
        ({"judgement": "confirmed", "judged_by": "Ida Marsh"}, "confirmed by Ida Marsh"),
        ({"judgement": "rejected", "judged_by": "Ida Marsh"}, "rejected by Ida Marsh"),
        ({"judgement": "confirmed"}, "confirmed by an editor"),
    ],
)
def test_the_card_says_whether_an_editor_confirmed_it(given, words):
    assert words_of(drawing(a_reversal(**given)), "verdict") == words
    assert f">{words}</p>" in page(a_reversal(**given))
    assert (CANDIDATE in page(a_reversal(**given))) == (given.get("judgement") in (None, "unsure"))


def test_only_a_confirmed_reversal_is_called_one_without_reserve():
    labels = [
        words_of(drawing(a_reversal(judgement=j)), "label").split(":")[0] for j in (None, "confirmed", "rejected")
    ]
    assert labels == ["Possible reversal", "Reversal", "Rejected as reversal"]


def test_the_day_of_saying_is_shown_else_that_of_printing_else_that_none_is_known():
    assert words_of(drawing(a_reversal()), "day") == "14 March 2026Printed 26 March 2026"
    assert words_of(drawing(a_reversal(later=now(published=None))), "day") == "14 March 2026Date not known"
    assert "printed 15 March 2026" in words_of(drawing(a_reversal()))
    assert words_of(drawing(a_reversal(then(said="PRESENT_REF"))), "day").startswith("Printed 15 March 2026")


@pytest.mark.parametrize(
    ("value", "words"),
    [("2026-03-14", "14 March 2026"), ("2026-03", "March 2026"), ("2026", "2026"), ("2026-W12", "2026-W12")],
)
def test_a_date_is_spelled_as_exactly_as_it_is_known(value, words):
    assert spelled(value) == words


@pytest.mark.parametrize(("days", "words"), [(12, "12 days later"), (1, "1 day later"), (0, "same day"), (None, "")])
def test_the_time_between_is_shown_where_it_is_known(days, words):
    assert words_of(drawing(a_reversal(days=days)), "apart") == words
    assert ("</span> " + words in page(a_reversal(days=days))) == bool(words)


def test_the_card_says_where_to_check():
    where = words_of(drawing(a_reversal()), "where")
    assert "https://courier.example/a?b=1&c=2" in where
    assert "port.txt, statement 5f1d0c2ab94e" in where
    assert page(a_reversal()).count('href="https://courier.example/a?b=1&amp;c=2"') == 1
    assert "href" not in page(a_reversal(then(url="javascript:alert(1)")))


def test_an_unsure_speaker_and_notes_are_told():
    reversal = a_reversal(speaker=Speaker("e", "N. Oake", "person", None, 0.3), notes=("a third party reports it",))
    for shown in (words_of(drawing(reversal)), page(reversal)):
        assert "unsure: N. Oake" in shown
        assert "Note: a third party reports it" in shown


HOSTILE = "<script>alert(\"x\")</script> & 'y' ]]> &amp; \x00\x07\u202eevil\ufffe"


def test_nothing_that_an_article_says_becomes_markup():
    side = a_side(HOSTILE, HOSTILE, ["alert"], title=HOSTILE, publisher=HOSTILE, name=HOSTILE)
    speaker = Speaker("e", HOSTILE, "person", HOSTILE, 0.9)
    reversal = a_reversal(side, side, speaker=speaker, issue=HOSTILE, why=HOSTILE, notes=(HOSTILE,))
    root, html = drawing(reversal), page(reversal)
    assert words_of(root, "quotation then") == safe(HOSTILE)
    assert "<script" not in html
    assert safe(HOSTILE) in unescape(re.sub("</?mark>", "", html))
    assert "\u202e" not in html
    assert card.draw(reversal, "png")


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_whatever_the_words_the_picture_is_valid_and_holds_them_all(text):
    root = drawing(a_reversal(a_side(text, text, [])))
    shown = words_of(root, "quotation then")
    assert shown.replace("\u200f", "") == safe(text).replace("\u200f", "")


def test_words_from_right_to_left_end_at_the_right_and_are_marked_where_they_stand():
    text = "לא ניתן לסגור את הנמל 2026 לעולם."
    root = drawing(a_reversal(a_side(text, text, ["לא ניתן"])))
    lines = [e for e in root.iter(f"{SVG}text") if e.get("text-anchor") == "end"]
    assert words_of(root, "quotation then") == text
    assert lines
    assert [e.text for e in root.iter(f"{SVG}tspan") if e.get("text-decoration")] == ["לא ניתן"]


def test_a_line_breaks_inside_a_word_only_where_the_word_is_longer_than_the_line():
    pen = Pen(Font("Serif", 20))
    lines = ["".join(run.words for run in line) for line in pen.lines([Run("one two " + "x" * 60)], 200)]
    assert lines[0] == "one two "
    assert all(pen.font.width(line.strip()) <= 200 for line in lines)
    assert len(lines) > 3


def test_the_widths_are_those_of_the_fonts():
    assert Font("Serif", 1000).width("n") == 645
    assert Font("Sans", 1000).width("n") == 618
    assert Font("Sans", 1000, bold=True).width("n") > 618
    assert Font("Sans", 1000).width("e\u0301") == Font("Sans", 1000).width("e")


def test_a_png_is_twice_the_size_of_the_picture():
    root = drawing(a_reversal())
    assert size_of(card.draw(a_reversal(), "png")) == (2400, 2 * int(root.get("height")))


def test_the_page_takes_nothing_from_elsewhere():
    html = page(a_reversal())
    assert html.startswith("<!doctype html>")
    assert not re.search(r"<(script|link|img|iframe|object)|url\(|@import", html)
    assert '<blockquote cite="https://courier.example/a?b=1&amp;c=2" dir="auto">' in html
    assert '<time datetime="2026-03-14">14 March 2026</time>' in html
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


@pytest.mark.parametrize("form", ["svg", "png", "html"])
def test_the_same_reversal_gives_the_same_bytes(form):
    assert card.draw(a_reversal(), form) == card.draw(a_reversal(), form)


@pytest.mark.parametrize(
    ("front", "back"),
    [
        *((front, back) for front in (SOFT, card_svg.THEN, card_svg.NOW) for back in (PAPER, "#ffffff")),
        *((front, back) for back, front in card_svg.STATES.values()),
        *((style.colour, PAPER) for style in timeline.CHANGES.values()),
        (INK, TINT),
    ],
)
def test_what_is_written_can_be_read_by_the_measure_of_wcag_aa(front, back):
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
