import io
import json
from datetime import date

import pytest

from onrecord.errors import NotText
from onrecord.ingest import IngestOptions, jsonl
from onrecord.ingest.source import Source
from onrecord.types import Article, Skipped


def read(*lines, **options):
    data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    options = IngestOptions(**options)
    return list(jsonl.read(Source("news.jsonl", io.BytesIO(data)), options))


def test_all_the_fields_of_the_contract_are_read():
    line = {
        "id": "toll-1",
        "text": "Three ports agreed.\r\n",
        "published": "2025-03-28T10:00:00Z",
        "publisher": "Harbour Post",
        "title": "Ports agree",
        "url": "https://harbour.example/toll",
        "authors": ["Marta Lindqvist", "Joel Aa"],
    }
    [article] = read(line)
    assert article == Article(
        id=article.id,
        name="toll-1",
        text="Three ports agreed.\r\n",
        title="Ports agree",
        published=date(2025, 3, 28),
        publisher="Harbour Post",
        url="https://harbour.example/toll",
        authors=("Marta Lindqvist", "Joel Aa"),
    )


@pytest.mark.parametrize(("given", "name"), [(7, "7"), ("a", "a"), (None, "news.jsonl:1"), ("", "news.jsonl:1")])
def test_the_name_is_the_id_as_text_or_the_place_of_the_line(given, name):
    assert read({"id": given, "text": "Three ports agreed."})[0].name == name


def test_the_text_speaks_where_the_fields_are_silent_and_the_user_speaks_last():
    line = {"text": "date 2025-03-28\n\nNORTHMOOR (Reuters) - The ports agreed.", "publisher": "Harbour Post"}
    [told] = read(line)
    [ruled] = read(line, published=date(2024, 1, 1), publisher="Ours")
    assert (told.published, told.publisher) == (date(2025, 3, 28), "Harbour Post")
    assert (ruled.published, ruled.publisher) == (date(2024, 1, 1), "Ours")


def test_html_is_read_when_there_is_no_text():
    [article] = read({"html": "<p>The ports agreed.</p><p>“Now,” he said.</p>", "title": "Agreed"})
    assert (article.text, article.title) == ("The ports agreed.\n\n“Now,” he said.", "Agreed")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "The por', "not valid JSON"),
        (b'{"text": "\xff"}', "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b'{"text": "\\ud83d"}', "not valid JSON"),
        (b'["text"]', "no JSON object"),
        ({"title": "No body"}, 'no "text"'),
        ({"text": 5}, 'no "text"'),
        ({"text": "  \n"}, "no text in it"),
        ({"text": "The\x00ports"}, "binary data"),
        ({"html": "<html></html>"}, "no article body"),
    ],
)
def test_a_broken_line_is_skipped_under_its_number_and_the_rest_goes_on(line, reason):
    first, broken, last = read({"id": 1, "text": "One."}, line, {"id": 3, "text": "Three."})
    assert (first.name, last.name) == ("1", "3")
    assert isinstance(broken, Skipped)
    assert (broken.name, broken.step) == ("news.jsonl:2", "ingest")
    assert reason in broken.reason
    assert "; " in broken.reason


def test_fields_of_odd_types_say_nothing():
    [article] = read(
        {"text": "The ports agreed.", "published": 5, "title": {}, "authors": "Ida Roe", "url": "none", "publisher": []}
    )
    assert (article.published, article.title, article.publisher, article.url) == (None, None, None, None)
    assert article.authors == ("Ida Roe",)


def test_blank_lines_and_a_byte_order_mark_are_passed_over():
    found = read(b'\xef\xbb\xbf{"text": "One."}\r', b"", b"  ", b'{"text": "Four."}', b"")
    assert [(a.name, a.text) for a in found] == [("news.jsonl:1", "One."), ("news.jsonl:4", "Four.")]


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_line_over_the_limit_is_skipped_and_the_next_is_read(end):
    found = read(b'{"text": "' + b"x" * 200_000 + b'"}', b'{"text": "Two."}' + end, max_bytes=1000)
    assert found[0].name == "news.jsonl:1"
    assert "--max-bytes" in found[0].reason
    assert "1,000" in found[0].reason
    assert found[1].text == "Two."


def test_lines_are_the_same_wherever_the_limit_falls():
    data = b'{"text": "One."}\n{"text": "Two."}'
    for begun in range(len(data)):
        stream = io.BytesIO(data)
        first = stream.readline(begun + 1)
        assert b"".join(jsonl.lines_of(stream, 100, first)) == data


@pytest.mark.parametrize("first", [b"%PDF-1.7", '{"text": "One."}'.encode("utf-16")])
def test_a_file_that_is_no_json_lines_at_all_is_refused_once(first):
    with pytest.raises(NotText):
        read(first, b"more", b"and more")
