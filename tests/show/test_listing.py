import csv
import io
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from stand_ins import a_reading, a_statement, article

from onrecord.errors import MissingExtra, UsageError
from onrecord.show import listing, table, terminal
from onrecord.types import Entry

RECORDED = datetime(2026, 4, 2, 8, 30, tzinfo=UTC)
SPEAKER = {"id": "e1", "name": "Ilse Brandt", "type": "person", "role": "Mayor", "confidence": 0.97, "unsure": False}
SPAN = {"start": 4, "end": 15, "text": "the council"}

OBJECTS = {
    "speakers": {
        "id": "e1",
        "name": "Ilse Brandt",
        "type": "person",
        "roles": [
            {"title": "Mayor", "from": "2024-05", "until": None},
            {"title": "Councillor", "from": None, "until": None},
        ],
        "statements": 12,
        "first": "2024-06-01",
        "last": "2026-03-28",
    },
    "totals": {
        "speaker": "Ilse Brandt",
        "beneficiary": "the harbour",
        "currency": "EUR",
        "year": 2025,
        "amount": "2000000.50",
        "pledges": 2,
    },
    "pledges": {
        "statement": "0123456789abcdef",
        "speaker": SPEAKER,
        "said": {"value": "2026-03-24", "span": None},
        "text": "we will give 2 million euros",
        "money": [
            {"amount": "2000000", "low": None, "high": None, "currency": "EUR"},
            {"amount": "5", "low": "4", "high": "6", "currency": None},
        ],
        "beneficiary": SPAN,
        "condition": None,
        "deadline": SPAN | {"type": "DATE", "value": "2026-06", "mod": None},
        "reports": 3,
    },
    "reversals": {
        "id": "fedcba9876543210",
        "speaker": SPEAKER | {"unsure": True},
        "issue": "harbour fees",
        "label": "reversal",
        "clash": 0.91,
        "days": 12,
        "earlier": {
            "statement": "s1",
            "article": {"name": "a.txt", "publisher": "Port Courier"},
            "said": "2026-03-24",
            "text": "fees will fall",
            "also": [],
        },
        "later": {"statement": "s2", "article": {"name": "b.txt"}, "said": None, "text": "fees stay", "also": []},
        "evidence": {},
        "why": "It says the opposite.",
        "judgement": None,
    },
    "log": {
        "id": "00112233445566",
        "at": "2026-04-02T08:30:00+00:00",
        "by": "Ana",
        "change": "act",
        "target": "s1",
        "value": "commit",
        "note": None,
        "undone": False,
    },
}


def entries():
    reading = a_reading()
    return [Entry(s, reading.article, "u1", 2, "r1", RECORDED) for s in reading.statements]


def items(kind):
    return entries() if kind == "statements" else [OBJECTS[kind]]


def an_entry(words, **given):
    return Entry(a_statement(words, words, **given), article(words), "u", 1, "r", RECORDED)


def shown(kind, given, *, width=120, color=False, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = io.StringIO()
    listing.show(kind, given, terminal.console(stream, color))
    return stream.getvalue()


def written(write, kind, given):
    stream = io.BytesIO()
    write(kind, given, stream)
    return stream.getvalue().decode()


def parsed(kind, given):
    return list(csv.DictReader(io.StringIO(written(listing.write_csv, kind, given), newline="")))


@pytest.mark.parametrize("kind", listing.KINDS)
def test_a_row_has_a_cell_for_each_column_and_no_other(kind):
    for row in map(listing.KINDS[kind].row, items(kind)):
        assert set(row) == set(listing.KINDS[kind].columns)
        assert all(cell is None or isinstance(cell, str | int | float) for cell in row.values())


def test_a_statement_has_the_cells_of_read_and_what_the_record_adds():
    found = parsed("statements", entries())
    of_read = next(iter(table.rows(a_reading())))
    assert all(found[0][name] == str(cell or "") for name, cell in of_read.items() if isinstance(cell, str | None))
    assert (found[0]["utterance"], found[0]["reports"], found[0]["dropped"]) == ("u1", "2", "False")
    assert found[0]["recorded"] == "2026-04-02T08:30:00+00:00"


def test_objects_are_flattened_to_what_names_them():
    assert parsed("pledges", items("pledges")) == [
        {
            "statement": "0123456789abcdef",
            "speaker": "Ilse Brandt",
            "speaker_unsure": "False",
            "role": "Mayor",
            "said": "2026-03-24",
            "text": "we will give 2 million euros",
            "money": "2000000 EUR; 4-6",
            "beneficiary": "the council",
            "condition": "",
            "deadline": "2026-06",
            "reports": "3",
        }
    ]
    assert parsed("speakers", items("speakers"))[0]["roles"] == "Mayor (2024-05/); Councillor"
    found = parsed("reversals", items("reversals"))[0]
    assert (found["earlier_article"], found["earlier_publisher"], found["later_said"]) == ("a.txt", "Port Courier", "")


def test_an_object_that_lacks_a_field_has_an_empty_cell():
    assert parsed("pledges", [{"statement": "s"}])[0]["speaker"] == ""


@pytest.mark.parametrize("words", ['a "b", c', "a\x1bb", "1+1=2"])
def test_csv_gives_the_words_of_the_text(words):
    assert parsed("statements", [an_entry(words)])[0]["content"] == words


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_spreadsheet_runs_no_cell_of_the_csv(words):
    assert parsed("statements", [an_entry(words)])[0]["content"] == f"'{words}"


def test_csv_of_nothing_is_a_header():
    assert written(listing.write_csv, "log", []) == "id,at,by,change,target,target_name,value,value_name,note,undone\n"


@pytest.mark.parametrize("kind", listing.KINDS)
def test_json_is_an_object_a_line(kind):
    lines = written(listing.write_json, kind, items(kind)).splitlines()
    assert len(lines) == len(items(kind))
    assert [json.loads(line) for line in lines] == [listing.KINDS[kind].to_json(item) for item in items(kind)]


@pytest.mark.parametrize("kind", listing.KINDS)
def test_parquet_holds_the_rows_with_their_types(kind, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    listing.write_parquet(kind, items(kind), tmp_path / "out.parquet")
    found = parquet.read_table(tmp_path / "out.parquet")
    assert found.to_pylist() == [listing.KINDS[kind].row(item) for item in items(kind)]


def test_parquet_of_nothing_still_has_its_columns(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    listing.write_parquet("statements", [], tmp_path / "out.parquet")
    schema = parquet.read_schema(tmp_path / "out.parquet")
    assert tuple(schema.names) == listing.KINDS["statements"].columns
    assert [str(schema.field(n).type) for n in ("start", "confidence", "negated", "via")] == [
        "int64",
        "double",
        "bool",
        "string",
    ]


def test_parquet_takes_more_rows_than_are_held_at_once(tmp_path, monkeypatch):
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(listing, "BATCH", 2)
    listing.write_parquet("log", [OBJECTS["log"]] * 5, tmp_path / "out.parquet")
    assert parquet.read_table(tmp_path / "out.parquet").num_rows == 5


def test_parquet_into_a_folder_that_is_not_there_says_what_to_do(tmp_path):
    pytest.importorskip("pyarrow")
    with pytest.raises(UsageError, match="Give a file in a folder that exists"):
        listing.write_parquet("log", [], tmp_path / "none" / "out.parquet")


def test_parquet_without_its_library_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match="pip install"):
        listing.write_parquet("log", [], tmp_path / "out.parquet")


def test_a_lone_surrogate_stops_no_format(tmp_path):
    pytest.importorskip("pyarrow")
    given = [an_entry("a \ud800 b")]
    for write in (listing.write_json, listing.write_csv, listing.write_markdown):
        assert written(write, "statements", given)
    listing.write_parquet("statements", given, tmp_path / "out.parquet")


def test_markdown_is_a_table_with_a_line_for_each_item():
    lines = written(listing.write_markdown, "statements", entries()).splitlines()
    assert lines[:3] == [
        "| id | when | speaker | act | words | publisher | reports | conf |",
        "| --- | --- | --- | --- | --- | --- | --: | --: |",
        "| s1 | 2026-03-24 | Ilse Brandt (Mayor) | commit "
        '| that fees would "fall by half" by June if the council agrees | Port Courier | 2 | 93% |',
    ]
    assert len(lines) == 5


def test_markdown_takes_no_sign_of_the_text_for_its_own():
    found = written(listing.write_markdown, "statements", [an_entry("a|b\n*c* <b> [d](e) `f` &amp; \\| #g")])
    assert r"| a\|b \*c\* \<b\> \[d\](e) \`f\` &amp;amp; \\\| \#g |" in found.splitlines()[2]


def test_the_table_has_short_ids_and_whole_words(monkeypatch):
    long = " ".join(f"word{n}" for n in range(80))
    entry = an_entry(long, id="0123456789abcdef")
    page = shown("statements", [entry], monkeypatch=monkeypatch)
    assert page.splitlines()[0].split() == ["id", "when", "speaker", "act", "words", "publisher", "reports", "conf"]
    assert "01234567 " in page
    assert "012345678" not in page
    assert [w for w in page.split() if w.startswith("word")][1:] == long.split()


def test_a_word_longer_than_its_column_is_folded_not_cut(monkeypatch):
    page = shown("statements", [an_entry("x" * 300)], monkeypatch=monkeypatch)
    assert page.count("x") == 300
    assert "…" not in page


def test_what_is_unsure_says_so_in_table_and_markdown(monkeypatch):
    doubtful = replace(entries()[1].statement, quotation=replace(entries()[1].statement.quotation, confidence=0.41))
    given = [replace(entries()[1], statement=doubtful)]
    for page in (
        shown("statements", given, monkeypatch=monkeypatch),
        written(listing.write_markdown, "statements", given),
    ):
        assert "unsure: a clerk" in page
        assert "unsure, 41%" in page
    assert "unsure: Ilse Brandt" in shown("reversals", items("reversals"), width=180, monkeypatch=monkeypatch)


def test_without_a_said_date_the_printed_one_is_shown_as_such(monkeypatch):
    assert "printed 2026-03-28" in shown("statements", [entries()[1]], monkeypatch=monkeypatch)


@pytest.mark.parametrize("kind", listing.KINDS)
@pytest.mark.parametrize("width", [40, 72, 100, 200])
def test_no_line_is_wider_than_the_terminal(monkeypatch, kind, width):
    lines = shown(kind, items(kind), width=width, monkeypatch=monkeypatch).splitlines()
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)


def test_where_a_table_has_no_room_for_the_words_they_stand_below(monkeypatch):
    assert shown("statements", entries()[:2], width=80, monkeypatch=monkeypatch).splitlines() == [
        "id s1 · when 2026-03-24 · speaker Ilse Brandt (Mayor) · act commit · publisher",
        "Port Courier · reports 2 · conf 93%",
        '  words  that fees would "fall by half" by June if the council agrees',
        "",
        "id s2 · when printed 2026-03-28 · speaker unsure: a clerk · act assert ·",
        "publisher Port Courier · reports 2 · conf 80%",
        "  words  “The mayor told me ‘there is no money’,”",
    ]


@pytest.mark.parametrize("width", range(60, 200, 7))
def test_a_table_breaks_no_short_cell(monkeypatch, width):
    page = shown("reversals", items("reversals"), width=width, monkeypatch=monkeypatch)
    assert {"fedcba98", "91%", "reversal"} <= set(page.split())
    page = shown("speakers", items("speakers"), width=width, monkeypatch=monkeypatch)
    assert {"2024-06-01", "2026-03-28", "statements"} <= set(page.split())


@pytest.mark.parametrize("width", [40, 72, 80, 100, 120, 200])
def test_at_no_width_a_word_is_lost(monkeypatch, width):
    words = " ".join(f"word{n}" for n in range(60))
    page = shown("statements", [an_entry(words)], width=width, monkeypatch=monkeypatch)
    assert [w for w in page.split() if w.startswith("word") and w != "words"] == words.split()
    assert "no speaker given" in " ".join(page.split())


@pytest.mark.parametrize("kind", listing.KINDS)
def test_a_list_of_nothing_says_so(monkeypatch, kind):
    named = {"log": "judgements", "totals": "pledged amounts"}.get(kind, kind)
    assert shown(kind, [], monkeypatch=monkeypatch) == f"No {named} found.\n"


def test_a_text_that_tries_to_steer_the_terminal_is_only_printed(monkeypatch):
    page = shown("statements", [an_entry("good\x1b[2J day [bold]left[/bold]")], width=60, monkeypatch=monkeypatch)
    assert "\x1b" not in page
    assert "[bold]left[/bold]" in page
