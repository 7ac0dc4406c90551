import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from stand_ins import TEXT, a_reading, a_statement, article, span

from onrecord.show import statement as view
from onrecord.show import terminal
from onrecord.types import Entry, Judgement, Money, Printing, Run

RECORDED = datetime(2026, 4, 2, 8, 30, tzinfo=UTC)


def an_entry(index=0, **given):
    reading = a_reading()
    return Entry(reading.statements[index], reading.article, "u1", 2, "r1", RECORDED, **given)


def shown(entry, *, width=100, color=False, monkeypatch, **given):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = io.StringIO()
    view.show(view.Shown(entry, **given), terminal.console(stream, color))
    return stream.getvalue()


def facts(entry, **given):
    return dict(view.facts(view.Shown(entry, **given)))


def test_the_statement_stands_in_its_paragraph_with_what_is_known_below(monkeypatch):
    assert shown(an_entry(), monkeypatch=monkeypatch).splitlines() == [
        'Mayor Ilse Brandt said on Tuesday ⟦that fees would "fall by half" by June if the council agrees⟧[1].',
        "",
        "speaker       Ilse Brandt (Mayor) · person · 97% · id e1",
        "said          2026-03-24 · 'Tuesday'",
        "source        Mayor Ilse Brandt",
        "cue           said",
        "kind          mixed",
        "confidence    93%",
        "act           commit",
        "mode          said",
        "certainty     certain",
        "condition     if the council agrees",
        "deadline      2026-06 · 'by June'",
        "times         2026-06",
        "publisher     Port Courier",
        "published     2026-03-28",
        "title         Harbour fees will fall",
        "by            N. Oake",
        "file          harbour.txt",
        "characters    58-118",
        f"article       {'ab' * 16}",
        "reports       2",
        "statement     s1",
        "utterance     u1",
        "recorded      2026-04-02 08:30 UTC",
        "found by      run r1",
    ]


def test_characters_lead_to_the_words():
    start, end = map(int, facts(an_entry())["characters"].split("-"))
    assert TEXT[start:end] == 'that fees would "fall by half" by June if the council agrees'


def test_a_statement_inside_another_stands_alone_and_names_the_other(monkeypatch):
    page = shown(an_entry(2), monkeypatch=monkeypatch)
    assert "“The mayor told me ⟦‘there is no money’⟧[1],” the Port Courier" in page
    assert "part of       s2\n" in page


def test_what_is_unsure_says_so():
    entry = an_entry(1)
    doubtful = replace(entry.statement, quotation=replace(entry.statement.quotation, confidence=0.3))
    found = facts(replace(entry, statement=doubtful))
    assert found["speaker"] == "a clerk · unnamed · unsure, 40% · id e2"
    assert found["confidence"] == "unsure, 30%"
    assert found["via"] == "Port Courier"


def test_what_is_not_known_has_no_line_but_the_speaker_and_the_published_date():
    bare = Entry(a_statement("Harbour fees"), article(), "u", 1, "r", RECORDED)
    found = facts(bare)
    assert (found["speaker"], found["published"]) == ("no speaker given", "no date found")
    assert not {"said", "via", "condition", "deadline", "url", "dropped", "corrected", "negated"} & found.keys()


def test_a_pledge_gives_its_amount_its_beneficiary_and_its_negation():
    entry = an_entry()
    cost = Money(span("2 million euros"), Decimal(2_000_000), "EUR")
    word = replace(entry.statement.word, amount=cost, beneficiary=span("the council"), negated=True)
    found = facts(replace(entry, statement=replace(entry.statement, word=word, money=(cost,))))
    assert (found["pledges"], found["for"], found["negated"]) == ("2000000 EUR", "the council", "yes")
    assert found["money"] == "2000000 EUR"


def test_other_reports_and_printings_say_where_and_in_which_words():
    printing = Printing("star.html", None, date(2026, 3, 29), "Evening Star", "https://star.example/1", ())
    found = facts(an_entry(), printings=(printing,), others=(an_entry(1),))
    assert found["printed"] == "Evening Star · 2026-03-29 · https://star.example/1 · star.html"
    assert found["also"] == (
        "Port Courier · 2026-03-28 · harbour.txt · id s2 · “The mayor told me ‘there is no money’,”"
    )


def test_the_run_names_version_and_models():
    run = Run("r1", "0.2.0", (("reader", "0123456789abcdef"),), ())
    assert facts(an_entry(), run=run)["found by"] == "onrecord 0.2.0 · reader 0123456789ab"


@pytest.mark.parametrize(
    ("undone", "line"),
    [
        (False, "speaker: e7 · by Ana, 2026-04-02 08:30 UTC · the deputy spoke"),
        (True, "undone: speaker: e7 · by Ana, 2026-04-02 08:30 UTC · the deputy spoke"),
    ],
)
def test_a_correction_says_who_when_and_why(undone, line):
    made = Judgement("j1", RECORDED, "Ana", "speaker", "s1", "e7", "the deputy spoke", undone)
    assert facts(an_entry(corrections=(made,)))["corrected"] == line


def test_a_dropped_statement_says_so():
    assert facts(an_entry(dropped=True))["dropped"] == "a person said that this is no statement"


def test_paragraphs_that_lie_between_are_left_out(monkeypatch):
    text = "“One,” she said.\n\nNothing here.\n\n“Two.”\n"
    entry = Entry(a_statement(["“One,”", "“Two.”"], text), article(text), "u", 1, "r", RECORDED)
    lines = shown(entry, monkeypatch=monkeypatch).splitlines()
    assert lines[:5] == ["⟦“One,”⟧[1] she said.", "", "[…]", "", "⟦“Two.”⟧[1]"]


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_cut(monkeypatch, width):
    page = shown(an_entry(), width=width, others=(an_entry(1),), monkeypatch=monkeypatch)
    assert max(map(len, page.splitlines())) <= width
    assert "“The mayor told me ‘there is no money’,”" in " ".join(page.split())


def test_a_text_that_tries_to_steer_the_terminal_is_only_printed(monkeypatch):
    text = 'He said "good\x1b[2J day" and [bold]left[/bold].'
    entry = Entry(a_statement('"good\x1b[2J day"', text), article(text, url="\x1b]0;x\x07"), "u", 1, "r", RECORDED)
    page = shown(entry, monkeypatch=monkeypatch)
    assert not {"\x1b", "\x07"} & set(page)
    assert "[bold]left[/bold]." in page
