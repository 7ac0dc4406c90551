import io
import re
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise

import pytest
from drawn import SVG, a_reversal, now, parsed, size_of, then, words_of

from onrecord.show import svg, terminal, timeline
from onrecord.show.timeline import Point

POINTS = [
    Point(date(2025, 3, 14), "There will be no toll in this harbour.", None, "Port Courier", "a1aaaaaaaa"),
    Point(date(2025, 3, 14), "We have no plans for a toll.", None, "Evening Star", "a2"),
    Point(date(2025, 6, 1), "Every ship will pay.", "reversal", "Port Courier", "a3", "r1rrrrrrrr", "a1aaaaaaaa"),
    Point(date(2025, 6, 2), "Perhaps not every ship.", "softened", None, "a4", "r2", "a3", "confirmed", True),
    Point(None, "Tolls are a matter for the council.", None, "Harbour Post", "a5"),
]


def drawing(points):
    return parsed(timeline.chart(points, "svg").decode())


def shown(points, monkeypatch, width=100):
    monkeypatch.setenv("COLUMNS", str(width))
    stream = io.StringIO()
    timeline.show(points, terminal.console(stream, False))
    return stream.getvalue().splitlines()


def tops(root):
    """The baselines of the lines written beside the line of time, in the order of the statements."""
    return list(dict.fromkeys(float(e.get("y")) for g in root.iter(f"{SVG}g") for e in g.iter(f"{SVG}text")))


def test_the_terminal_shows_each_position_with_its_day_and_what_it_changed(monkeypatch):
    assert shown(POINTS, monkeypatch) == [
        "2025-03-14  There will be no toll in this harbour.  Port Courier, a1aaaaaa",
        "2025-03-14  We have no plans for a toll.  Evening Star, a2",
        "2025-06-01  Every ship will pay.  Port Courier, a3",
        "            → reversal of 2025-03-14 (candidate) · r1rrrrrr",
        "2025-06-02  Perhaps not every ship.  printed, a4",
        "            → softer than 2025-06-01 (confirmed) · r2",
        "no date     Tolls are a matter for the council.  Harbour Post, a5",
    ]


def test_no_positions_are_told(monkeypatch):
    assert shown([], monkeypatch) == ["No positions found."]
    assert "0 positions" in words_of(drawing([]))


def test_positions_stand_in_order_of_time_whatever_the_order_they_come_in(monkeypatch):
    assert shown(POINTS[::-1], monkeypatch)[-1].startswith("no date")
    assert [line[:10] for line in shown(POINTS[::-1], monkeypatch) if line[0] == "2"] == [
        "2025-03-14",
        "2025-03-14",
        "2025-06-01",
        "2025-06-02",
    ]


def test_the_chart_has_a_mark_for_each_position_and_a_curve_for_each_change():
    root = drawing(POINTS)
    assert len([g for g in root.iter(f"{SVG}g") if g.get("class") == "point"]) == 5
    joins = [e for e in root.iter(f"{SVG}path") if e.get("class") == "join"]
    assert [e.get("stroke") for e in joins] == [timeline.CHANGES[c].colour for c in ("reversal", "softened")]
    assert words_of(root, "change") == "reversal of 14 March 2025 (candidate)softer than 1 June 2025 (confirmed)"


def test_marks_differ_in_shape_and_not_in_colour_alone():
    styles = [timeline.UNCHANGED, *timeline.CHANGES.values()]
    assert len({s.path for s in styles}) == len({s.shape for s in styles}) == len({s.colour for s in styles}) == 6


def test_the_words_of_a_position_stand_in_the_chart_unaltered():
    assert words_of(drawing(POINTS), "words") == "".join(p.text for p in POINTS)


def test_a_long_text_is_cut_visibly_and_whole_in_its_title_and_in_the_page():
    long = " ".join(f"word{i}" for i in range(100))
    point = replace(POINTS[0], text=long)
    root = drawing([point])
    words = words_of(root, "words")
    assert long.startswith(words)
    assert len(words) <= timeline.MOST_CHARACTERS
    assert "[…]" in words_of(root)
    assert any(long in (e.text or "") for e in root.iter(f"{SVG}title"))
    assert long in timeline.chart([point], "html").decode().split("<ol>")[1]


def test_texts_of_one_day_do_not_overlap():
    many = [replace(POINTS[0], statement=str(i), text="A statement of some length. " * 8) for i in range(12)]
    far = replace(POINTS[0], statement="far", day=date(2026, 3, 14))
    lines = tops(drawing([*many, far]))
    assert all(b - a >= 20 for a, b in pairwise(lines))
    assert lines[-1] < float(drawing([*many, far]).get("height"))


def test_marks_stand_to_the_scale_of_time():
    days = [date(2025, 1, 1), date(2025, 1, 11), date(2025, 4, 11)]
    root = drawing([replace(POINTS[0], statement=str(d), day=d) for d in days])
    marks = [float(m[1]) for e in root.iter() if (m := re.match(r"translate\(190 ([\d.]+)\)", e.get("transform", "")))]
    assert marks[2] - marks[1] > 4 * (marks[1] - marks[0])


def test_nothing_that_an_article_says_becomes_markup():
    hostile = Point(date(2025, 1, 1), '<script>alert("x")</script> & \x07\u202e', None, "<b>", "s<i>")
    assert "<script>alert" in words_of(drawing([hostile]))
    html = timeline.chart([hostile], "html").decode()
    assert not re.search(r"<(script|b|i|link|img)\b|url\(|@import", html)
    assert '<script>alert("x")</script> & \ufffd\ufffd' in unescape(html)


def test_a_statement_of_the_record_becomes_a_point():
    change = a_reversal(judgement="confirmed")
    assert Point.of(then().entry) == Point(
        date(2026, 3, 14),
        "There will be no toll in this harbour, not this year & not next",
        None,
        "Port Courier",
        "5f1d0c2ab94e",
    )
    point = Point.of(now().entry, change)
    assert (point.day, point.printed, point.change) == (date(2026, 3, 26), True, "reversal")
    assert (point.reversal, point.against, point.judgement) == ("9c1f22ab", "5f1d0c2ab94e", "confirmed")


def test_a_png_is_twice_the_size_of_the_chart_and_a_very_high_one_can_still_be_held(monkeypatch):
    high = int(drawing(POINTS).get("height"))
    assert size_of(timeline.chart(POINTS, "png")) == (2400, 2 * high)
    monkeypatch.setattr(svg, "HIGHEST", high)
    assert size_of(timeline.chart(POINTS, "png")) == (1200, high)


@pytest.mark.parametrize("form", ["svg", "png", "html"])
def test_the_same_positions_give_the_same_bytes(form):
    assert timeline.chart(POINTS, form) == timeline.chart(POINTS, form)
