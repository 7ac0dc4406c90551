from datetime import date

import pytest

from onrecord.ingest import plain
from onrecord.ingest.facts import Facts

BODY = "Three ports agreed on a toll on Monday, the harbour office said in a statement.\n\nIt was late.\n"


def shown(value):
    if value is None or value == ():
        return None
    return "; ".join(value) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(
    ("field", "line", "expected"), [(h.field, *example) for h in plain.HEADERS if h.field for example in h.examples]
)
def test_a_header_reads_as_its_example_says(field, line, expected):
    assert shown(getattr(plain.facts(f"{line}\n\n{BODY}"), field)) == (None if expected is None else expected)


@pytest.mark.parametrize("line", [example[0] for h in plain.HEADERS if h.field is None for example in h.examples])
def test_a_header_of_no_use_is_passed_over(line):
    assert plain.facts(f"{line}\nDate: 2025-03-28\n\n{BODY}") == Facts(published=date(2025, 3, 28))


@pytest.mark.parametrize(("line", "publisher", "published"), plain.DATELINES)
def test_a_dateline_reads_as_its_example_says(line, publisher, published):
    found = plain.dateline(line)
    assert (found.publisher, shown(found.published)) == (publisher, published)


@pytest.mark.parametrize(("line", "blank_after", "is_title"), plain.TITLES)
def test_a_first_line_is_a_title_as_its_example_says(line, blank_after, is_title):
    found = plain.facts(line + ("\n\n" if blank_after else "\n") + BODY)
    assert found.title == (line.lstrip("# ") if is_title else None)


def test_all_the_headers_of_a_wire_story_are_read():
    text = (
        "Three ports agree on a toll\n\nThe deal ends a dispute of ten years.\n\nBy Marta Lindqvist and Joel Aa\n"
        "Published: March 28, 2025\nUpdated: March 30, 2025\nURL: https://harbour.example/toll\n\n"
        "NORTHMOOR, March 27 (Reuters) - " + BODY
    )
    assert plain.facts(text) == Facts(
        title="Three ports agree on a toll",
        published=date(2025, 3, 28),
        publisher="Reuters",
        url="https://harbour.example/toll",
        authors=("Marta Lindqvist", "Joel Aa"),
    )


def test_a_date_put_before_the_body_on_its_line_does_not_hide_the_dateline():
    found = plain.facts(" date 2025-03-28 NORTHMOOR, March 27 (Reuters) - " + BODY)
    assert (found.published, found.publisher, found.title) == (date(2025, 3, 28), "Reuters", None)


def test_the_year_of_a_dateline_is_never_guessed():
    assert plain.facts("NORTHMOOR, March 27 (Reuters) - " + BODY).published is None


def test_an_agency_of_the_dateline_gives_way_to_a_named_source():
    assert plain.facts("Source: Harbour Post\n\nNORTHMOOR (AP) — " + BODY).publisher == "Harbour Post"


def test_the_address_dates_an_article_that_has_no_other_date():
    assert plain.facts("URL: https://harbour.example/2025/03/28/toll\n\n" + BODY).published == date(2025, 3, 28)


def test_front_matter_of_markdown_is_read():
    found = plain.facts('---\ntitle: "Three ports agree"\ndate: 2025-03-28\nauthor: Marta Lindqvist\n---\n\n' + BODY)
    assert found == Facts(title="Three ports agree", published=date(2025, 3, 28), authors=("Marta Lindqvist",))


def test_headers_are_read_behind_a_byte_order_mark_and_with_crlf():
    text = "\ufeffThree ports agree\r\n\r\nDate: 2025-03-28\r\n\r\n" + BODY
    assert plain.facts(text) == Facts(title="Three ports agree", published=date(2025, 3, 28))


def test_dates_and_names_in_the_body_are_no_facts_of_the_article():
    text = BODY + "\nBy Marta Lindqvist\n\nMarch 28, 2025\n\nSource: Harbour Post\n"
    assert plain.facts(text) == Facts()


def test_a_short_line_under_the_title_is_body_unless_a_byline_follows():
    assert plain.facts("Three ports agree\n\nWhat happened.\n\nMarch 3, 2025\n\n" + BODY).published is None
