"""The pages that show the record, as HTML and as data: verbatim, found by name, word and day, refused in a sentence."""

import html
import re

import pytest
from knocking import opened, stranger

VERBATIM = '"I <b>never</b> spoke of a toll & never will."'
PAGES = ("/", "/search?q=toll", "/speakers", "/reversals", "/articles", "/pledges", "/desk", "/about")


@pytest.fixture
def desk(town):
    return stranger(opened(town))


def data(desk, path):
    answer = desk.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def toll(desk):
    """The article whose text holds what looks like HTML."""
    return next(a for a in data(desk, "/articles.json")["articles"] if a["title"] == "The toll")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_comes_as_a_page_and_as_data(desk, path):
    way, _, asked = path.partition("?")
    page = desk.get(path)
    twin = desk.get(f"{'/front' if way == '/' else way}.json?{asked}")
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert (twin.status_code, twin.headers["Content-Type"]) == (200, "application/json")
    assert "<main" in page.text


def test_words_are_shown_as_they_stand_and_never_as_html(desk):
    key = toll(desk)["id"]
    assert VERBATIM in data(desk, f"/articles/{key}.json")["text"]
    page = desk.get(f"/articles/{key}").text
    assert "<b>never</b>" not in page
    assert VERBATIM in html.unescape(page)


def test_the_pieces_of_an_article_joined_are_its_paragraphs(desk):
    for kept in data(desk, "/articles.json")["articles"]:
        found = data(desk, f"/articles/{kept['id']}.json")
        text, rows = found["text"], found["rows"]
        joined = ["".join(text[p["start"] : p["end"]] for p in row["pieces"]) for row in rows]
        assert joined == [line for line in text.split("\n") if line]
        noted = [note["id"] for row in rows for note in row["notes"]]
        assert sorted(noted) == sorted(s["id"] for s in found["statements"])


def test_the_front_page_shows_the_reversal_and_what_came_in(desk):
    front = data(desk, "/front.json")
    assert [r["speaker"]["name"] for r in front["reversals"]] == ["Ilse Brandt"]
    assert {a["title"] for a in front["articles"]} == {"The fees", "The ferry", "The bridge", "The toll"}
    assert front["totals"]["articles"] == 4
    assert f"/reversals/{front['reversals'][0]['id']}" in desk.get("/").text


@pytest.mark.parametrize(
    ("words", "who", "count"),
    [
        ("Nils Oake", {"Nils Oake"}, 1),
        ("ferry", {"Bo Brandt"}, 1),
        ("Ilse Brandt toll", {"Ilse Brandt"}, 2),
        ("toll since June 2026", {"Ilse Brandt", "Runa Tarn"}, 2),
        ("toll until May 2026", {"Ilse Brandt"}, 1),
        ("by:nobodyknows toll", set(), 0),
    ],
)
def test_names_words_and_days_find(desk, words, who, count):
    found = desk.get("/search.json", params={"q": words}).json()["statements"]
    assert ({s["speaker"]["name"] for s in found}, len(found)) == (who, count)


def test_speakers_are_found_by_the_beginning_of_a_name(desk):
    found = desk.get("/speakers.json", params={"q": "bran"}).json()["speakers"]
    assert {v["name"] for v in found} == {"Ilse Brandt", "Bo Brandt"}
    assert not desk.get("/speakers.json", params={"q": "zz"}).json()["speakers"]


def test_a_speakers_statements_are_filtered_by_words_days_and_kind(desk):
    key = desk.get("/speakers.json", params={"q": "Ilse"}).json()["speakers"][0]["id"]

    def count(**asked):
        found = desk.get(f"/speakers/{key}.json", params=asked).json()
        assert found["count"] == len(found["statements"])
        return found["count"]

    everything = count()
    assert count(about="bridge") == 2
    assert count(since="2026-05") == 2
    assert count(until="2026-05-02") == everything - 1
    assert 0 < count(act="commit") < everything


@pytest.mark.parametrize("path", ["/reversals", "/pledges", "/speakers/KEY"])
def test_what_is_no_day_is_refused_in_a_sentence(desk, path):
    path = path.replace("KEY", data(desk, "/speakers.json")["speakers"][0]["id"])
    answer = desk.get(f"{path}.json?since=soon")
    assert answer.status_code == 400
    assert answer.json()["error"] == "soon is no day. Write a day, a month or a year: 2026-03-14, 2026-03, 2026."
    assert "soon is no day" in desk.get(f"{path}?since=soon").text


NOWHERE = ("/articles/nowhere", "/reversals/nowhere", "/statements/nowhere", "/speakers/nowhere")


@pytest.mark.parametrize("path", NOWHERE)
def test_what_the_record_does_not_hold_is_not_found(desk, path):
    assert desk.get(path).status_code == 404
    twin = desk.get(f"{path}.json")
    assert (twin.status_code, list(twin.json())) == (404, ["error"])


def test_a_statement_leads_to_its_place_in_its_article(desk):
    found = data(desk, f"/articles/{toll(desk)['id']}.json")
    key = found["statements"][0]["id"]
    way = desk.get(f"/statements/{key}").headers["Location"]
    assert way == f"/articles/{found['article']['id']}#s-{key}"
    assert f'id="s-{key}"' in desk.get(way).text


def test_pledges_are_shown_with_their_sums(desk):
    found = data(desk, "/pledges.json")["pledges"]
    assert {p["money"][0]["currency"] for p in found} == {"EUR", "USD"}
    assert {p["speaker"]["name"] for p in data(desk, "/pledges.json?speaker=Runa+Tarn")["pledges"]} == {"Runa Tarn"}
    assert not data(desk, "/pledges.json?speaker=Nobody+Known")["pledges"]


def test_a_script_that_asks_gets_the_part_alone(desk):
    part = desk.get("/speakers?q=bran", headers={"HX-Request": "true"}).text
    assert "Ilse Brandt" in part
    assert "<html" not in part
    assert len(re.findall("<main", part)) == 1
    assert "<html" in desk.get("/speakers", headers={"HX-Request": "true", "HX-Boosted": "true"}).text
