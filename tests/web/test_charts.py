import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from threading import Thread
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from fastapi.testclient import TestClient
from town import key

from onrecord.errors import NotInRecord
from onrecord.record import Total
from onrecord.show.timeline import CHANGES, UNCHANGED, Point
from onrecord.web import charts
from onrecord.web.shelf import Shelf

POINTS = [
    Point(date(2025, 6, 2), "Perhaps not every ship.", "softened", None, "a4", "r2", "a3", "confirmed", True),
    Point(date(2025, 3, 14), "There will be no toll in this harbour.", None, "Port Courier", "a1"),
    Point(date(2025, 3, 14), "We have no plans for a toll.", None, "Evening Star", "a2"),
    Point(date(2025, 6, 1), "Every ship will pay.", "reversal", "Port Courier", "a3", "r1", "a1"),
    Point(None, "Tolls are a matter for the council.", None, "Harbour Post", "a5"),
]
TOTALS = [
    Total("Ilse Brandt", "Larkhill", "EUR", 2025, "2000.50", 2),
    Total("Ilse Brandt", "the ferry", "EUR", 2025, "100", 1),
    Total("Nils Oake", "Larkhill", "EUR", 2026, "3000000", 1),
    Total("Nils Oake", None, "SEK", None, "7", 1),
    Total("Nils Oake", None, None, 2026, "5", 1),
]


def hrefs(statement):
    return f"/statements/{statement}"


def values(spec):
    return spec["data"]["values"]


def column(spec, *fields):
    return [tuple(v[f] for f in fields) if len(fields) > 1 else v[fields[0]] for v in values(spec)]


EVERY = {
    "months": lambda: charts.months([("2025-03", "assert", 3)], "Ilse Brandt"),
    "no months": lambda: charts.months([]),
    "positions": lambda: charts.positions(POINTS, hrefs, ["Of the latest 5."]),
    "no positions": lambda: charts.positions([], hrefs),
    "pledges": lambda: charts.pledges(TOTALS),
    "no pledges": lambda: charts.pledges([]),
}


@pytest.mark.parametrize("spec", EVERY.values(), ids=EVERY)
def test_each_chart_is_a_sound_specification_that_can_be_written_as_json(spec):
    import altair as alt

    made = spec()
    alt.Chart.from_dict(made)
    json.dumps(made).encode()
    assert made["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
    assert made["width"] == "container"
    assert made["title"]
    assert made["description"].startswith(made["title"])
    assert all(set(made["usermeta"]["columns"]) <= row.keys() for row in values(made))


def test_what_is_drawn_of_one_does_not_show_in_the_next():
    first = charts.pledges(TOTALS)
    charts.pledges(TOTALS[:1])["encoding"]["color"]["scale"]["domain"].append("somebody")
    assert charts.pledges(TOTALS) == first


def test_altair_is_loaded_by_the_first_chart_and_not_before():
    told = "import sys, onrecord.web.charts; sys.exit('altair' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0


# --- statements by month --------------------------------------------------------------------------


def test_statements_stand_by_month_and_act_in_order():
    rows = [("2025-04", "deny", 1), ("2025-03", "deny", 2), ("2025-03", "assert", 3)]
    spec = charts.months(rows, "Ilse Brandt")
    assert column(spec, "day", "period", "act", "n") == [
        ("2025-03-01", "March 2025", "claim", 3),
        ("2025-03-01", "March 2025", "denial", 2),
        ("2025-04-01", "April 2025", "denial", 1),
    ]
    assert spec["encoding"]["x"]["timeUnit"] == "utcyearmonth"
    assert spec["description"] == ("Statements of Ilse Brandt by month: 6 statements, from March 2025 to April 2025.")


@pytest.mark.parametrize(
    ("last", "unit", "days"),
    [
        ("2024-12", "utcyearmonth", ["2020-01-01", "2020-02-01", "2020-05-01", "2024-12-01"]),
        ("2025-01", "utcyearquarter", ["2020-01-01", "2020-04-01", "2025-01-01"]),
        ("2034-12", "utcyearquarter", ["2020-01-01", "2020-04-01", "2034-10-01"]),
        ("2035-01", "utcyear", ["2020-01-01", "2035-01-01"]),
        ("2399-01", "utcyear", ["2020-01-01", "2399-01-01"]),
    ],
)
def test_more_than_sixty_bars_are_thinned_out_to_quarters_then_to_years(last, unit, days):
    rows = [("2020-01", "assert", 1), ("2020-02", "assert", 2), ("2020-05", "assert", 4), (last, "assert", 8)]
    spec = charts.months(rows)
    assert spec["encoding"]["x"]["timeUnit"] == unit
    assert column(spec, "day") == days
    assert sum(column(spec, "n")) == 15


def test_a_quarter_and_a_year_are_told():
    assert charts.months([("2020-05", "ask", 1), ("2026-01", "ask", 1)])["data"]["values"][0]["period"] == "2020 Q2"
    assert charts.months([("0999-12", "ask", 1), ("2026-01", "ask", 1)])["data"]["values"][0]["period"] == "0999"


# --- positions ------------------------------------------------------------------------------------


def test_positions_stand_in_order_of_time_with_what_they_changed():
    spec = charts.positions(POINTS, hrefs)
    assert column(spec, "day") == ["2025-03-14", "2025-03-14", "2025-06-01", "2025-06-02"]
    assert column(spec, "change") == ["no change", "no change", "reversal", "softened"]
    assert column(spec, "since") == [None, None, "2025-03-14", "2025-06-01"]
    assert column(spec, "changed") == ["", "", "14 March 2025 (candidate)", "1 June 2025 (confirmed)"]
    assert column(spec, "href") == ["/statements/a1", "/statements/a2", "/statements/a3", "/statements/a4"]
    assert column(spec, "when")[3] == "printed 2 June 2025"
    assert spec["usermeta"]["note"] == "1 position without a date not drawn."


def test_marks_of_positions_have_the_colours_and_shapes_of_the_timeline():
    *_, marks = charts.positions(POINTS, hrefs)["layer"]
    styles = [UNCHANGED, *CHANGES.values()]
    assert marks["encoding"]["color"]["scale"]["range"] == [s.colour for s in styles]
    assert marks["encoding"]["shape"]["scale"]["range"] == [s.shape for s in styles]
    assert marks["encoding"]["href"]["field"] == "href"


def test_a_change_whose_earlier_side_is_not_there_has_no_line():
    (value,) = values(charts.positions([replace(POINTS[0], against="gone")], hrefs))
    assert (value["since"], value["changed"]) == (None, "an earlier statement (confirmed)")


def test_words_of_an_article_are_kept_as_words_and_cut_visibly_where_they_are_long():
    hostile = Point(date(2025, 1, 1), "<script>\x07\u202e\ud800</script> " * 40, None, "<b>\ud800", "s")
    (value,) = values(charts.positions([hostile], hrefs))
    assert value["text"].startswith("<script>\ufffd\ufffd\ufffd</script> ")
    assert value["text"].endswith(" […]")
    assert len(value["text"]) <= charts.MOST_CHARACTERS + 4
    assert value["outlet"] == "<b>\ufffd"


# --- pledges --------------------------------------------------------------------------------------


def test_pledges_are_added_up_by_giver_and_year_and_never_across_currencies():
    spec = charts.pledges(TOTALS)
    assert column(spec, "currency", "year", "giver", "amount", "pledges") == [
        ("EUR", "2025", "Ilse Brandt", 2100.5, 3),
        ("EUR", "2026", "Nils Oake", 3_000_000, 1),
        ("SEK", "no date", "Nils Oake", 7, 1),
        ("currency not told", "2026", "Nils Oake", 5, 1),
    ]
    assert column(spec, "sum")[0] == "2,100.50 EUR"
    assert spec["encoding"]["row"]["field"] == "currency"
    assert spec["resolve"] == {"scale": {"y": "independent"}}
    assert spec["encoding"]["x"]["scale"]["domain"] == ["2021", "2022", "2023", "2024", "2025", "2026", "no date"]


def test_of_one_giver_the_beneficiaries_are_told_apart():
    spec = charts.pledges([*TOTALS[:2], Total("Ilse Brandt", None, "EUR", 2025, "1", 1)])
    assert sorted(column(spec, "beneficiary")) == ["Larkhill", "nobody named", "the ferry"]


def test_the_largest_of_any_currency_have_their_own_colour_the_rest_are_others():
    many = [Total(f"Ward {n}", None, "EUR", 2026, str(n), 1) for n in range(1, 20)]
    spec = charts.pledges([*many, Total("Runa Tarn", None, "JPY", 2026, "1", 1)])
    scale = spec["encoding"]["color"]["scale"]
    assert scale["domain"] == ["Runa Tarn", "Ward 19", "Ward 18", "Ward 17", "Ward 16", "Ward 15", "Ward 14", "others"]
    assert len(set(scale["range"])) == len(scale["domain"])
    assert sum(v["amount"] for v in values(spec) if v["currency"] == "EUR") == sum(range(1, 20))


def test_only_the_currencies_that_most_is_pledged_in_have_a_row():
    rows = [Total("Ilse Brandt", None, f"AA{chr(65 + n)}", 2026, "1", 20 - n) for n in range(9)]
    rows += [Total("Nils Oake", None, "AAI", 2025, "1", 1)]
    shown = charts.pledges(rows)["encoding"]["row"]["sort"]
    assert len(shown) == charts.MOST_CURRENCIES
    assert "AAI" in shown


# --- colours --------------------------------------------------------------------------------------

BLINDNESS = {  # to red, to green, to blue; Machado, Oliveira and Fernandes 2009
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
LMS = ((0.4122, 0.5363, 0.0514), (0.2119, 0.6807, 0.1074), (0.0883, 0.2817, 0.6300))  # Oklab, Ottosson 2020
LAB = ((0.2105, 0.7936, -0.0041), (1.9780, -2.4286, 0.4506), (0.0259, 0.7828, -0.8087))


def linear(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def contrast(one, other):
    """As WCAG has it."""
    low, high = sorted(
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


def apart(one, other):
    """How far two colours are apart in Oklab, for whom they are nearest; black and white are 1."""

    def seen(colour, matrix):
        return times(LAB, [max(c, 0) ** (1 / 3) for c in times(LMS, times(matrix, linear(colour)))])

    return min(
        sum((a - b) ** 2 for a, b in zip(seen(one, m), seen(other, m), strict=True)) ** 0.5 for m in BLINDNESS.values()
    )


def papers(root):
    """What charts stand on, in light and in dark."""
    css = (root / "src/onrecord/web/static/desk.css").read_text(encoding="utf-8")
    named = (re.findall(rf"--{name}: #([0-9a-f]+)", css)[:2] for name in ("paper", "box"))
    return zip(
        *(["#" + (c if len(c) == 6 else re.sub("(.)", r"\1\1", c)) for c in pair] for pair in named), strict=True
    )


def test_all_colours_stand_out_from_the_paper_in_light_and_dark(root):
    light, dark = papers(root)
    for colour, on_dark in charts.ON_DARK.items():
        assert min(contrast(colour, paper) for paper in light) >= 3, colour
        assert min(contrast(on_dark, paper) for paper in dark) >= 3, on_dark


def test_acts_are_told_apart_by_the_colour_blind_neighbours_most():
    for colours in zip(*charts.ACT_COLOURS.values(), strict=True):
        assert min(apart(a, b) for a, b in pairwise(colours)) > 0.15
        assert min(apart(a, b) for n, a in enumerate(colours) for b in colours[:n]) > 0.08


@pytest.mark.parametrize("spec", EVERY.values(), ids=EVERY)
def test_each_colour_has_one_that_stands_for_it_on_dark_paper(spec):
    assert set(re.findall(r"#[0-9a-f]{6}", json.dumps(spec()))) - set(charts.ON_DARK.values()) <= charts.ON_DARK.keys()


# --- what is kept of others -----------------------------------------------------------------------


def test_the_scripts_of_others_are_those_that_the_readme_names(root):
    folder = root / "src/onrecord/web/static/vendor"
    told = re.findall(r"^\| (\S+) \|.*\b([0-9a-f]{64}) \|$", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    assert dict(told) == {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.js")}
    assert {path.suffix for path in folder.iterdir()} == {".js", ".md", ".htmx", ".vega", ".vega-lite", ".d3"}
    assert not [path for path in folder.glob("*.js") if b"sourceMappingURL" in path.read_bytes()]


# --- addresses ------------------------------------------------------------------------------------

ILSE = key("ilse brandt")


@pytest.fixture
def app(town):
    """The charts alone, over the town's record."""
    made = FastAPI()
    made.include_router(charts.router)
    made.state.desk = SimpleNamespace(record=town, shelf=Shelf())
    return made


@pytest.fixture
def get(app):
    client = TestClient(app)

    def asked(path):
        answer = client.get(f"/charts/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    return asked


def test_a_speakers_months_hold_all_statements(get, town):
    spec = get(f"speakers/{ILSE}/months.vl.json")
    assert Counter(column(spec, "act")).keys() <= {"claim", "denial", "pledge"}
    assert sum(column(spec, "n")) == sum(n for _, _, n in town.months(ILSE)) > 2
    assert spec["title"] == "Statements of Ilse Brandt by month"


def test_a_speakers_positions_on_an_issue_show_what_changed(get):
    spec = get(f"speakers/{ILSE}/positions.vl.json?about=toll")
    assert column(spec, "change") == ["no change", "reversal"]
    assert column(spec, "since") == [None, "2026-05-02"]
    assert len(values(get(f"speakers/{ILSE}/positions.vl.json"))) > 2


def test_a_merged_speaker_is_drawn_with_whom_it_was_merged_into(get, town):
    town.say("merge", ILSE, key("runa tarn"), by="Ana")
    assert get(f"speakers/{ILSE}/months.vl.json")["title"] == "Statements of Runa Tarn by month"


def test_pledges_are_asked_for_by_giver_day_and_currency(get):
    everything = get("pledges.vl.json")
    assert values(everything)
    assert get("pledges.vl.json?currency=eur") == get("pledges.vl.json?currency=EUR")
    for none in ("currency=XXX", "until=1999", "speaker=Nobody+At+All", "about=xylophone"):
        assert values(get(f"pledges.vl.json?{none}")) == [], none


def test_of_many_pledges_the_latest_are_added_up_and_that_is_told(get, monkeypatch):
    monkeypatch.setattr(charts, "MOST_PLEDGES", 1)
    assert get("pledges.vl.json")["usermeta"]["note"] == "Of the latest 1 pledges."
    monkeypatch.setattr(charts, "MOST_POSITIONS", 1)
    assert "latest 1 statements" in get(f"speakers/{ILSE}/positions.vl.json")["usermeta"]["note"]


def test_nobody_has_no_charts(app):
    for chart in ("months", "positions"):
        with pytest.raises(NotInRecord):
            TestClient(app).get(f"/charts/speakers/nobody/{chart}.vl.json")


# --- in a browser ---------------------------------------------------------------------------------

FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-quic --no-first-run --disable-sync"
PAGE = """<!doctype html><html lang="en"><title>Charts</title><link rel="icon" href="/static/mark.svg">
<link rel="stylesheet" href="/static/desk.css">
<script src="/static/charts.js" defer></script><main>{}</main>"""
FIGURE = '<figure class="chart" data-spec="/charts/{}"><figcaption>A chart.</figcaption></figure>'


@pytest.fixture
def served(app, root):
    """The address of a page of charts, served with the desk's headers."""
    import uvicorn

    from onrecord.web.guard import HEADERS

    paths = (
        f"speakers/{ILSE}/months.vl.json",
        f"speakers/{ILSE}/positions.vl.json",
        "pledges.vl.json",
    )

    @app.middleware("http")
    async def headers(request, call_next):
        answer = await call_next(request)
        answer.headers.update(HEADERS)
        return answer

    app.get("/", response_class=HTMLResponse)(lambda: PAGE.format("".join(map(FIGURE.format, paths))))
    app.get("/broken", response_class=HTMLResponse)(lambda: PAGE.format(FIGURE.format("none.vl.json")))
    app.mount("/static", StaticFiles(directory=root / "src/onrecord/web/static"))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def page():
    """A page of a real browser, and what it complained of."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing: pip install playwright")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is missing: apt-get install chromium")
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=program, args=FLAGS.split())
        made = browser.new_page(viewport={"width": 800, "height": 5000}, color_scheme="light")
        made.complaints = []
        made.on("console", lambda message: made.complaints.append(message.text))
        made.on("pageerror", lambda error: made.complaints.append(str(error)))
        yield made
        browser.close()


@pytest.mark.slow
def test_a_browser_draws_every_chart_under_the_desks_policy_with_its_table_beside_it(served, page):
    page.goto(served)
    for number in range(3):
        page.locator("figure").nth(number).locator("svg").wait_for()
    assert page.locator("figure > [role=img]").count() == page.locator("figure > details table").count() == 3
    assert "Pledges" in page.locator("figure > [role=img]").last.get_attribute("aria-label")
    room = page.locator("figure").first.bounding_box()["width"]
    for chart in page.locator("figure svg").all():
        assert chart.bounding_box()["width"] == pytest.approx(room, abs=4)
    assert page.complaints == []


@pytest.mark.slow
def test_a_chart_changes_its_colours_with_the_theme_and_its_marks_lead_to_statements(served, page):
    page.goto(served)
    figure = page.locator("figure:nth-child(2)")
    mark = figure.locator(".mark-symbol path").last
    light = mark.get_attribute("fill")
    page.emulate_media(color_scheme="dark")
    figure.locator(f".mark-symbol path[fill='{charts.ON_DARK[light]}']").first.wait_for()
    figure.locator("summary").click()
    assert figure.locator("td a").first.get_attribute("href").startswith("/statements/")
    mark.click()
    page.wait_for_url("**/statements/*")
    assert [c for c in page.complaints if "404" not in c] == []


@pytest.mark.slow
def test_figures_that_htmx_brings_are_drawn_and_what_cannot_be_is_told(served, page):
    page.goto(f"{served}/broken")
    page.get_by_text("The chart could not be drawn.").wait_for()
    page.evaluate(
        "figure => { document.querySelector('main').innerHTML = figure;"
        " document.body.dispatchEvent(new Event('htmx:load', { bubbles: true })); }",
        FIGURE.format(f"speakers/{ILSE}/months.vl.json"),
    )
    page.wait_for_selector("figure svg")
    assert page.locator("figcaption").count() == 1
