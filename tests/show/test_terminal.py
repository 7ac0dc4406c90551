import dataclasses
import io

import pytest
from stand_ins import a_reading, a_statement, article

from onrecord.reading import Reading
from onrecord.show import terminal
from onrecord.types import Speaker


def shown(reading, *, color=False, width=120, encoding="utf-8", monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace", newline="")
    out = terminal.console(stream, color)
    terminal.legend(out)
    terminal.show(reading, out)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)


def test_without_colours_brackets_and_numbers_mark_the_statements(monkeypatch):
    lines = shown(a_reading(), monkeypatch=monkeypatch).splitlines()
    assert lines[0] == "⟦words of a statement⟧[its number]"
    assert lines[1:5] == ["harbour.txt", "Port Courier · 2026-03-28 · N. Oake", "", "Harbour fees will fall"]
    text = " ".join(lines)
    assert '⟦that fees would "fall by half" by June if the council agrees⟧[1].' in text
    assert "⟦“The mayor told me ⟦‘there is no money’⟧[3],”⟧[2] the Port Courier" in text
    assert "\x1b" not in text


def test_each_piece_of_a_content_bears_the_number(monkeypatch):
    text = '"We closed it," she said. "It stays closed."'
    reading = Reading(article(text), (a_statement(['"We closed it,"', '"It stays closed."'], text),), (), ())
    assert '⟦"We closed it,"⟧[1] she said. ⟦"It stays closed."⟧[1]' in shown(reading, monkeypatch=monkeypatch)


def test_under_a_paragraph_stand_the_notes_of_its_statements(monkeypatch):
    lines = shown(a_reading(), monkeypatch=monkeypatch).splitlines()
    note = lines[next(i for i, line in enumerate(lines) if line.startswith("  [1]")) :][:2]
    assert " ".join(" ".join(note).split()) == (
        "[1] Ilse Brandt (Mayor) · mixed · commit · said 2026-03-24 · if: if the council agrees · by 2026-06 · 93% · "
        "'Mayor Ilse Brandt' · 'said'"
    )
    assert note[1].startswith("      ")


def test_the_table_has_a_line_for_each_statement_and_shows_nesting(monkeypatch):
    lines = shown(a_reading(), monkeypatch=monkeypatch).splitlines()
    table = lines[lines.index("3 statements of 2 speakers") + 1 :]
    assert table[0].split() == ["#", "speaker", "kind", "act", "said", "via", "conf", "words"]
    assert len(table) == 5
    assert table[3].split()[:6] == ["2", "unsure:", "a", "clerk", "direct", "assert"]
    assert table[4].endswith("55%    ‘there is no money’")


def test_below_a_half_the_word_unsure_stands_in_note_and_table(monkeypatch):
    page = shown(a_reading(), monkeypatch=monkeypatch)
    assert page.count("unsure: a clerk") == 2
    assert page.count("unsure") == 2  # nobody else is
    statement = dataclasses.replace(a_reading().statements[0], speaker=None)
    doubtful = dataclasses.replace(statement, quotation=dataclasses.replace(statement.quotation, confidence=0.41))
    page = shown(dataclasses.replace(a_reading(), statements=(doubtful,)), monkeypatch=monkeypatch)
    assert " ".join(page.split()).count("unsure, 41%") == 2


def test_no_long_name_cuts_the_word_unsure_off(monkeypatch):
    speaker = Speaker("e", "The Honourable " + "Very " * 30 + "Long", "person", None, 0.2)
    reading = Reading(article(), (a_statement("Harbour fees", speaker=speaker),), (), ())
    lines = shown(reading, width=72, monkeypatch=monkeypatch).splitlines()
    assert "unsure: The H" in lines[-1]


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(monkeypatch, width):
    reading = a_reading()
    lines = shown(reading, width=width, monkeypatch=monkeypatch).splitlines()
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)


def test_with_colours_the_words_are_the_same_but_for_the_brackets(monkeypatch):
    from rich.text import Text

    colored = shown(a_reading(), color=True, monkeypatch=monkeypatch)
    assert "\x1b[" in colored
    plain = Text.from_ansi(colored).plain
    assert 'that fees would "fall by half" by June if the council agrees[1].' in " ".join(plain.split())
    assert "⟦‘there is no money’⟧[3]" in plain  # nested: bracketed in colour too


def test_no_color_means_brackets_on_a_terminal_too(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = io.StringIO()
    out = terminal.console(stream)
    terminal.show(a_reading(), out)
    assert stream.getvalue().count("⟦") == 3
    assert "\x1b[32m" not in stream.getvalue()


def test_a_text_that_tries_to_steer_the_terminal_is_only_printed(monkeypatch):
    text = 'He said "good\x1b[2J\x9b1m day\u202e" and [bold]left[/bold] :smile:.'
    reading = Reading(article(text, name="\x1b]0;x\x07"), (a_statement('"good\x1b[2J\x9b1m day\u202e"', text),), (), ())
    page = shown(reading, monkeypatch=monkeypatch)
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(page)
    assert "[bold]left[/bold] :smile:." in page


def test_a_stream_without_these_brackets_gets_others(monkeypatch):
    assert "[[‘there" in shown(a_reading(), encoding="cp1252", monkeypatch=monkeypatch)


def test_a_title_that_is_not_in_the_text_stands_above_it(monkeypatch):
    reading = dataclasses.replace(a_reading(), article=dataclasses.replace(a_reading().article, title="Fees"))
    lines = shown(reading, monkeypatch=monkeypatch).splitlines()
    assert lines[1:3] == ["Fees", "Port Courier · 2026-03-28 · N. Oake · harbour.txt"]


def test_an_article_without_statements_says_so(monkeypatch):
    page = shown(dataclasses.replace(a_reading(), statements=()), monkeypatch=monkeypatch)
    assert page.splitlines()[-1] == "No statements found."


@pytest.mark.parametrize(("confidence", "written"), [(0.999, "99%"), (1.0, "100%"), (0.934, "93%"), (0.0, "0%")])
def test_only_a_certainty_is_a_hundred_per_cent(confidence, written):
    assert terminal.percent(confidence) == written
