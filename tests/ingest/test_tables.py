import csv
import io
import json
import sys
from datetime import UTC, date, datetime

import openpyxl
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from onrecord.errors import InputError, MissingExtra, UsageError
from onrecord.ingest import IngestOptions, articles, tables
from onrecord.ingest.source import Source
from onrecord.ingest.tables_columns import COLUMNS, EXAMPLES, HEADERS, columns_of, folded, is_header, shown
from onrecord.types import Article, Skipped

HEADER = ["id", "Headline", "Body", "Date", "Outlet", "Link", "byline"]
ROW = ["toll-1", "Ports agree", "Three ports agreed.\n\n“We pay,” she said.", "2025-03-28", "Harbour Post"]
ROW += ["https://harbour.example/toll", "By Marta Lindqvist and Joel Aa"]


def written(rows, **dialect):
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()


def as_csv(folder, rows):
    path = folder / "news.csv"
    path.write_bytes(written([[("" if cell is None else cell) for cell in row] for row in rows]).encode())
    return path


def as_xlsx(folder, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "news.xlsx")
    return folder / "news.xlsx"


def as_parquet(folder, rows):
    columns = {name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])}
    parquet.write_table(pyarrow.table(columns), folder / "news.parquet")
    return folder / "news.parquet"


def read(path, **options):
    return list(articles([str(path)], IngestOptions(**options)))


def read_csv(data, **options):
    data = data if isinstance(data, bytes) else data.encode()
    return list(tables.read(Source("a.csv", io.BytesIO(data), kind="csv"), IngestOptions(**options)))


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_parquet])
def test_a_row_is_an_article_with_all_that_its_columns_tell(tmp_path, write):
    [article] = read(write(tmp_path, [HEADER, ROW]))
    assert article == Article(
        id=article.id,
        name="toll-1",
        text=ROW[2],
        title="Ports agree",
        published=date(2025, 3, 28),
        publisher="Harbour Post",
        url="https://harbour.example/toll",
        authors=("Marta Lindqvist", "Joel Aa"),
    )


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_parquet])
def test_a_row_without_an_id_is_named_by_the_row_that_a_spreadsheet_shows(tmp_path, write):
    path = write(tmp_path, [["text", "title"], ["One.", "x"], [None, "no text"], [None, None], ["Two.", "y"]])
    first, empty, second = read(path)
    assert [a.name for a in (first, empty, second)] == [f"{path}:2", f"{path}:3", f"{path}:5"]
    assert "no text in it" in empty.reason


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_parquet])
def test_a_table_without_a_column_of_text_names_its_columns_and_the_remedy(tmp_path, write):
    [skipped] = read(write(tmp_path, [["alpha", "beta"], ["Three ports agreed.", "x"]]))
    assert '"alpha", "beta"' in skipped.reason
    assert skipped.reason.endswith("--column text=NAME")


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_parquet])
def test_the_user_says_which_column_is_which(tmp_path, write):
    path = write(tmp_path, [["alpha", "text", "Day"], ["Three ports agreed.", "x", "2025-03-28"]])
    [article] = read(path, columns={"text": "alpha", "published": "day"})
    assert (article.text, article.published) == ("Three ports agreed.", date(2025, 3, 28))
    [skipped] = read(path, columns={"text": "gamma"})
    assert "gamma" in skipped.reason
    assert '"alpha", "text", "Day"' in skipped.reason


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_parquet])
def test_the_columns_can_be_shown_before_reading(tmp_path, write):
    columns = tables.guessed(write(tmp_path, [HEADER, ROW]), IngestOptions())
    assert (
        shown(columns) == "text=Body, id=id, published=Date, publisher=Outlet, title=Headline, url=Link, authors=byline"
    )
    with pytest.raises(InputError, match="--column"):
        tables.guessed(write(tmp_path, [["alpha"], ["x"]]), IngestOptions())


def test_a_file_that_is_no_table_has_no_columns(tmp_path):
    (tmp_path / "a.txt").write_text("text,id")
    assert tables.guessed(tmp_path / "a.txt", IngestOptions()) == {}


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_parquet])
def test_the_limit_bounds_a_row_and_not_the_table(tmp_path, write):
    rows = [["text"], *[[f"Three ports agreed on day {i}."] for i in range(300)], ["x" * 2000], ["Last."]]
    found = read(write(tmp_path, rows), max_bytes=1000)
    assert len(found) == 302
    assert [(a.name[-4:], "--max-bytes" in a.reason) for a in found if isinstance(a, Skipped)] == [(":302", True)]


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_parquet])
def test_a_table_on_standard_input_is_known_by_its_first_bytes(tmp_path, monkeypatch, write):
    data = write(tmp_path, [["text", "title"], ["Three ports agreed.", "Toll"]]).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    [article] = read("-")
    assert (article.name, article.text, article.title) == ("-:2", "Three ports agreed.", "Toll")


# --- columns ---


@pytest.mark.parametrize(("header", "columns"), EXAMPLES)
def test_columns_are_guessed_by_their_names(header, columns):
    assert columns_of(header, IngestOptions()) == columns


@pytest.mark.parametrize(("line", "header"), HEADERS)
def test_a_first_line_of_names_is_a_header(line, header):
    assert is_header(line) == header


def test_every_known_name_of_a_column_is_in_folded_form():
    names = [name for names in COLUMNS.values() for name in names]
    assert [folded(name) for name in names] == names
    assert len(set(names)) == len(names)


def test_a_chosen_page_column_takes_the_place_of_a_guessed_text(tmp_path):
    path = as_csv(tmp_path, [["text", "saved"], ["a note", "<p>Three ports agreed.</p>"]])
    assert [a.text for a in read(path, columns={"html": "saved"})] == ["Three ports agreed."]


def test_a_field_that_no_article_has_is_wrong_use():
    with pytest.raises(UsageError, match="published"):
        IngestOptions(columns={"body": "Body"})


def test_text_that_begins_as_a_page_is_read_as_one():
    [article] = read_csv('content\n"<p>Three ports agreed.</p><p>“Now,” he said.</p>"\n')
    assert article.text == "Three ports agreed.\n\n“Now,” he said."


# --- cells ---


@pytest.mark.parametrize(("cell", "day"), tables.DAYS)
def test_a_cell_of_a_date_gives_its_day(tmp_path, cell, day):
    item = {"text": "Three ports agreed.", "published": tables.day_words(cell)}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(item))
    assert read(path)[0].published == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(("cell", "names"), tables.AUTHORS)
def test_a_cell_of_authors_gives_their_names(cell, names):
    assert tables.authors_of(cell) == names


def test_dates_of_cells_become_days_in_workbooks_and_parquet(tmp_path):
    when = datetime(2025, 3, 28, 23, 30)
    assert read(as_xlsx(tmp_path, [["text", "date"], ["One.", when], ["Two.", 45744]]))[1].published == date(
        2025, 3, 28
    )
    times = pyarrow.array([when.replace(tzinfo=UTC), None], pyarrow.timestamp("ns", "UTC"))
    path = tmp_path / "t.parquet"
    parquet.write_table(pyarrow.table({"text": ["One.", "Two."], "date": times, "authors": [["Ida Roe"], []]}), path)
    assert [(a.published, a.authors) for a in read(path)] == [(date(2025, 3, 28), ("Ida Roe",)), (None, ())]


# --- text tables ---


@pytest.mark.parametrize("delimiter", ",;\t|")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_any_delimiter_and_encoding_is_found(delimiter, encoding):
    rows = [
        ["id", "text", "title"],
        ["é", "“Zoë, pay; now|here”\r\nshe said.\n\n“No.”", 'A "toll", again'],
        ["b", "Two.", ""],
    ]
    first, second = read_csv(written(rows, delimiter=delimiter).encode(encoding))
    assert (first.name, first.text, first.title) == tuple(rows[1])
    assert second.text == "Two."


def test_a_line_in_another_encoding_than_the_first_ones_is_still_read():
    begun = "text\n" + "Three ports agreed.\n" * 20_000
    assert read_csv(begun.encode() + "“Zoë”\n".encode("windows-1252"))[-1].text == "“Zoë”"


def test_line_ends_of_old_macs_are_read():
    assert [a.text for a in read_csv(b"id,text\r1,One.\r2,Two.\r")] == ["One.", "Two."]
    assert [a.text for a in read_csv(b"text\ra\rb")] == ["a", "b"]


def test_an_unclosed_quote_takes_no_other_row_with_it():
    first, broken, second, last = read_csv('id,text\n1,One.\n2,"Two\n3,"Three, ""so"" to\nsay."\n4,Four.\n')
    assert [first.text, second.text, last.text] == ["One.", 'Three, "so" to\nsay.', "Four."]
    assert (broken.name, "quotes" in broken.reason) == ("a.csv:3", True)
    assert [type(a) for a in read_csv('text\nOne.\n"Two\nThree.\nFour.\n')] == [Article, Skipped, Article, Article]


def test_a_row_of_another_width_than_the_header_is_skipped():
    assert ["cells" in a.reason for a in read_csv("id,text\n1,Three ports, agreed\n2\n")] == [True, True]


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty"), (b"\n \n", "empty"), (b"text\n", None), (b"%PDF-1.7", "PDF")]
)
def test_an_empty_table_or_none_at_all_says_so(tmp_path, data, reason):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert [reason in a.reason for a in read(path)] == ([True] if reason else [])


CELLS = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\"',;\t|")
)


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=6), delimiter=st.sampled_from(",;\t|"))
def test_whatever_is_written_in_cells_is_read_from_them(rows, delimiter):
    found = read_csv(written([("text", "title"), *rows], delimiter=delimiter, lineterminator="\n"))
    texts = [a.text for a in found if isinstance(a, Article)]
    assert texts == [text for text, _ in rows if text in texts]
    assert len(found) == sum(any(row) for row in rows)


# --- workbooks and parquet ---


def test_every_sheet_with_words_is_a_table(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append(["One."])
    book.create_sheet("Empty")
    book.create_sheet("Notes").append(["alpha"])
    late = book.create_sheet("Late")
    late["B3"], late["B5"] = "Body", "Two."
    book.save(tmp_path / "a.xlsx")
    names = [(a.name.removeprefix(f"{tmp_path}/"), type(a)) for a in read(tmp_path / "a.xlsx")]
    assert names == [("a.xlsx/Sheet:2", Article), ("a.xlsx/Notes", Skipped), ("a.xlsx/Late:5", Article)]


def test_numbers_in_a_column_of_text_are_no_text(tmp_path):
    [skipped] = read(as_xlsx(tmp_path, [["text"], [5]]))
    assert "no text but int" in skipped.reason


@pytest.mark.parametrize(("name", "what"), [("a.xlsx", "workbook"), ("a.parquet", "parquet")])
def test_a_damaged_file_says_so(tmp_path, name, what):
    whole = {"a.xlsx": as_xlsx, "a.parquet": as_parquet}[name](
        tmp_path, [["text"], *[[f"Port {i}."] for i in range(999)]]
    )
    data = whole.read_bytes()
    half = len(data) // 2
    for broken in (data[:half], data[:4], b"", data[:half] + bytes(30) + data[half + 30 :]):
        (tmp_path / name).write_bytes(broken)
        found = read(tmp_path / name)
        assert not broken or isinstance(found[-1], Skipped)
        assert what in found[-1].reason or "can't be read" in found[-1].reason


def test_parquet_without_its_library_names_what_to_install(tmp_path, monkeypatch):
    path = as_parquet(tmp_path, [["text"], ["One."]])
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert "pip install 'onrecord[parquet]'" in read(path)[0].reason
    with pytest.raises(MissingExtra):
        tables.guessed(path, IngestOptions())
