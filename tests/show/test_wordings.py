import io
from dataclasses import dataclass

import pytest

from onrecord.reports.wordings import wordings
from onrecord.show import terminal
from onrecord.show import wordings as view
from onrecord.types import Span

FULL = "“We will not close the harbour before June, whatever they say,”"
TRIMMED = "“We will not close the harbour before June”"
CHANGED = "“We will soon close the port before June, whatever they say,”"
PRINTED = ["Port Courier, 2026-03-28", "Evening Star, 2026-03-29", "Harbour Post, 2026-03-29"]


def shown(texts, printed=PRINTED, *, color=False, width=100, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = io.StringIO()
    view.show(wordings(texts), printed, terminal.console(stream, color))
    return stream.getvalue()


def test_each_wording_says_who_printed_it_and_what_differs(monkeypatch):
    assert shown([TRIMMED, FULL, CHANGED], monkeypatch=monkeypatch).splitlines() == [
        "3 wordings in 3 reports: [-left out-], {+put in+}",
        "",
        "  1. in full · Evening Star, 2026-03-29",
        "     “We will not close the harbour before June, whatever they say,”",
        "",
        "  2. changed · Harbour Post, 2026-03-29",
        "     “We will [-not-] {+soon+} close the [-harbour-] {+port+} before June, whatever they say,”",
        "",
        "  3. trimmed · Port Courier, 2026-03-28",
        "     “We will not close the harbour before June [-whatever they say-]”",
    ]


def test_words_left_out_at_the_start_or_put_in_at_the_end_are_marked(monkeypatch):
    page = shown(["But we agreed to it then", "we agreed to it"], PRINTED[:2], monkeypatch=monkeypatch)
    assert "     [-But-] we agreed to it [-then-]" in page.splitlines()
    page = shown(["one two three four five", "one two three now"], PRINTED[:2], monkeypatch=monkeypatch)
    assert "one two three [-four five-] {+now+}" in page


def test_those_who_printed_the_same_words_stand_together(monkeypatch):
    lines = shown([FULL, FULL.replace("“", '"').replace("”", '"')], PRINTED[:2], monkeypatch=monkeypatch).splitlines()
    assert lines[0] == "1 wording in 2 reports"
    assert lines[2] == "  1. in full · Port Courier, 2026-03-28; Evening Star, 2026-03-29"


def test_in_colour_the_signs_are_left_off(monkeypatch):
    from rich.text import Text

    page = shown([FULL, CHANGED], PRINTED[:2], color=True, monkeypatch=monkeypatch)
    assert "\x1b[9;31mnot\x1b[0m" in page
    assert "We will not soon close" in Text.from_ansi(page).plain


@pytest.mark.parametrize("text", [FULL, TRIMMED, CHANGED])
def test_a_wording_s_own_words_are_all_there(text):
    for wording in wordings([FULL, text]):
        line = view.compared(wording, FULL, terminal.console(io.StringIO(), color=True))
        own = "".join(c for i, c in enumerate(line.plain) if not any(s.start <= i < s.end for s in struck(line)))
        assert own.replace(" ", "") == wording.text.replace(" ", "")


def struck(line):
    return [s for s in line.spans if s.style == view.STYLES["out"]]


def test_a_text_that_tries_to_steer_the_terminal_is_only_printed(monkeypatch):
    page = shown(["we will\x1b[2J go [bold]on[/bold]"], ["\x1b]0;x\x07"], monkeypatch=monkeypatch)
    assert not {"\x1b", "\x07"} & set(page)
    assert "[bold]on[/bold]" in page


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(monkeypatch, width):
    assert (
        max(map(len, shown([FULL, CHANGED], PRINTED[:2], width=width, monkeypatch=monkeypatch).splitlines())) <= width
    )


def test_nothing_is_needed_of_a_wording_but_its_shape():
    @dataclass(frozen=True)
    class Piece:
        difference: str
        here: Span | None
        there: Span | None

    @dataclass(frozen=True)
    class Wording:
        text: str
        reports: tuple[int, ...]
        standing: str
        pieces: tuple[Piece, ...]

    wording = Wording("a b", (0,), "changed", (Piece("kept", Span(0, 1), Span(0, 1)), Piece("added", Span(2, 3), None)))
    assert view.compared(wording, "a", terminal.console(io.StringIO(), color=False)).plain == "a {+b+}"
