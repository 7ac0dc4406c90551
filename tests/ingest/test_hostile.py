"""Whatever is thrown at ingest: nothing crashes, memory stays flat, nothing is lost and nothing is written."""

import csv
import gzip
import io
import json
import os
import subprocess
import sys
import zipfile

import openpyxl
import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from onrecord.ingest import IngestOptions, articles, tables_xlsx
from onrecord.ingest.formats import PACKED, SUFFIXES
from onrecord.types import Article, Skipped

MEGABYTES = 1 << 20
GOOD = "Three ports agreed."


def read(folder, name, data, **options):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(articles([str(path)], IngestOptions(**options)))


def zipped(*members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def texts(found):
    return [item.text for item in found if isinstance(item, Article)]


# --- much ---

# Reads standard input's path and prints what came of it with the memory that it took beyond a small input's.
MEASURED = """
import json, resource, sys
from onrecord.ingest import articles, streams
streams.MOST_UNPACKED = 200_000_000
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
small, big = sys.argv[1:]
list(articles([small]))
before = peak()
found = [(type(item).__name__, getattr(item, "reason", "")) for item in articles([big])]
print(json.dumps({"bytes": peak() - before, "found": found[:20], "number": len(found)}))
"""


def measured(folder, name, small, write):
    (folder / "small").mkdir()
    (folder / "small" / name).write_bytes(small)
    with (folder / name).open("wb") as out:
        write(out)
    command = [sys.executable, "-c", MEASURED, str(folder / "small" / name), str(folder / name)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr[-2000:]
    return json.loads(ended.stdout)


def endless(begin, end):
    """Write a line of 200 MB between others."""

    def write(out):
        out.write(begin)
        for _ in range(200):
            out.write(b"x" * 1_000_000)
        out.write(end)

    return write


@pytest.mark.parametrize(
    ("name", "small", "begin", "end", "kinds"),
    [
        ("a.txt", b"Port.", b"Port. ", b"\n", ["Skipped"]),
        ("a.html", b"<p>Port.</p>", b"<p>", b"</p>", ["Skipped"]),
        ("a.jsonl", b'{"text": "Port."}', b'{"text": "', b'"}\n{"text": "Port."}\n', ["Skipped", "Article"]),
        ("a.csv", b"text\nPort.\n", b"text\nPort.\n", b"\nPort.\n", ["Article", "Skipped", "Article"]),
        ("b.csv", b"text\nPort.\n", b'text\nPort.\n"a\n', b'\n"\nPort.\n', None),
        ("a.xml", b"<rss><item/></rss>", b"<rss><item><title>", b"</title></item></rss>", ["Skipped"]),
        ("a.unknown", b"Port.", b"", b"", ["Skipped"]),
        ("a.warc", b"WARC/1.0\r\n\r\n", b"WARC/1.0\r\nWARC-Type: ", b"\r\n\r\n", ["Skipped"]),
        ("b.warc", b"WARC/1.0\r\n\r\n", b"WARC/1.0\r\nContent-Length: 200000001\r\n\r\n", b"\r\n\r\n", ["Skipped"]),
    ],
)
def test_a_line_of_200_megabytes_takes_no_more_memory_than_the_limit_allows(tmp_path, name, small, begin, end, kinds):
    told = measured(tmp_path, name, small, endless(begin, end))
    assert told["bytes"] < 150 * MEGABYTES
    found = [kind for kind, _ in told["found"]]
    assert "Skipped" in found
    assert kinds is None or found == kinds


def packed_zeros(pack):
    def write(out):
        with pack(out) as stream:
            for _ in range(300):
                stream.write(bytes(1_000_000))

    return write


def as_member(out):
    archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
    stream = archive.open("a.jsonl", "w")
    stream.archive = archive
    return stream


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz", "a.txt.gz"])
def test_a_bomb_takes_no_more_memory_than_the_limit_allows(tmp_path, name):
    write = packed_zeros(lambda out: gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1))
    told = measured(tmp_path, name, gzip.compress(b'{"text": "Port."}'), write)
    assert told["bytes"] < 150 * MEGABYTES
    assert told["number"] == 1


def test_archives_of_zeros_take_no_more_memory_than_the_limit_allows(tmp_path):
    zeros = bytes(30_000_000)
    inner = zipped(("a.txt", zeros), ("b.jsonl", zeros), ("c.csv", zeros))
    told = measured(
        tmp_path,
        "a.zip",
        zipped(("a.txt", b"Port.")),
        lambda out: out.write(zipped(*((f"{i}.zip", inner) for i in range(5)))),
    )
    assert told["bytes"] < 150 * MEGABYTES
    assert "archive bomb" in told["found"][-1][1]


def test_a_large_table_is_streamed(tmp_path):
    row = b'"' + b"Three ports agreed on Monday, the harbour master said.\n" * 700 + b'"\n'

    def write(out):
        out.write(b"text\n")
        for _ in range(40):
            out.write(row * 25)

    told = measured(tmp_path, "a.csv", b"text\nPort.\n", write)
    assert told["number"] == 1_000
    assert told["bytes"] < 25 * MEGABYTES


def test_a_large_group_of_rows_in_parquet_is_streamed(tmp_path):
    def write(out):
        texts = [f"Port {i}.\n" * 3 + os.urandom(100_000).hex() for i in range(200)]
        parquet.write_table(pyarrow.table({"text": texts, "other": texts}), out, row_group_size=200)

    small = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": ["Port."]}), small)
    told = measured(tmp_path, "a.parquet", small.getvalue(), write)
    assert told["number"] == 200
    assert told["bytes"] < 50 * MEGABYTES


# --- deep ---


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", "[" * 100_000),
        ("a.json", '{"text":' * 100_000),
        ("a.jsonl", '{"text":' * 100_000 + "\n"),
        ("a.html", "<div>" * 100_000 + GOOD),
        ("a.html", "<b>" * 50_000 + GOOD),
        ("a.html", "<ul><li>" * 20_000 + GOOD),
        ("a.html", "<script type='application/ld+json'>" + "[" * 100_000 + "</script><p>" + GOOD),
        ("a.xml", "<rss><channel><item>" + "<a>" * 30_000),
        ("a.xml", "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'>" + "<p>" * 30_000),
        ("a.csv", "text\n" + '"' * 100_001 + "\n"),
    ],
)
def test_deep_nesting_ends_in_articles_or_reasons(tmp_path, name, data):
    found = read(tmp_path, name, data)
    assert found
    assert all(isinstance(item, Article | Skipped) for item in found)


def test_entities_of_xml_are_not_multiplied(tmp_path):
    entities = '<!ENTITY a "ports ports ports ports ">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 30}">' for i in range(8)
    )
    found = read(
        tmp_path, "a.xml", f"<!DOCTYPE rss [{entities}]><rss><channel><item><title>&i;</title></item></channel></rss>"
    )
    assert sum(len(text) for text in texts(found)) < 10_000
    book = zipped(
        ("xl/workbook.xml", f"<!DOCTYPE workbook [{entities}]><workbook>&i;</workbook>"),
        ("[Content_Types].xml", "<Types/>"),
    )
    assert "can't be read" in read(tmp_path, "a.xlsx", book)[0].reason


def test_files_named_in_entities_are_not_read(tmp_path):
    (tmp_path / "secret.txt").write_text("the toll is seven crowns")
    page = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]><rss version="2.0"><channel><item>'
    page += "<title>T</title><description>&x; Three ports agreed on Monday.</description></item></channel></rss>"
    assert "crowns" not in str(read(tmp_path, "a.xml", page))


def test_a_workbook_with_one_cell_far_out_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["XFD1048576"] = "text", GOOD, "far"
    book.save(tmp_path / "a.xlsx")
    assert texts(articles([str(tmp_path / "a.xlsx")])) == [GOOD]


def test_a_workbook_that_is_a_bomb_is_refused(tmp_path, monkeypatch):
    sheet = b"<worksheet><sheetData>" + b"<row/>" * 400_000 + b"</sheetData></worksheet>"
    monkeypatch.setattr(tables_xlsx, "MOST_UNPACKED", 1_000_000)
    found = read(tmp_path, "a.xlsx", zipped(("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", sheet)))
    assert "more than a workbook" in found[0].reason


# --- odd ---


@pytest.mark.parametrize(
    "name", ["a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a.xml", "a.zip", "a.txt.gz", "a.xlsx", "a.warc", "a"]
)
@pytest.mark.parametrize(
    "data", [b"\x00" * 5000, b"text\n\x00\x00\n", b"\xff\xfe\x00\xd8" * 99, b"\x80\xff\xfe" * 99, b"\xed\xa0\x80" * 99]
)
def test_null_bytes_and_broken_unicode_end_in_articles_or_reasons(tmp_path, name, data):
    for item in read(tmp_path, name, data):
        assert isinstance(item, Article | Skipped)
        str(item).encode()


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\ud83d\ude00"])
def test_lone_surrogates_can_be_written_again(tmp_path, text):
    data = json.dumps({"text": f"{GOOD} {text}", "title": text, "id": text}) + "\n"
    for item in read(tmp_path, "a.jsonl", data):
        str(item).encode()
    book = zipped(("a.jsonl", data), ("b.csv", b"text\nport _xD800_\n"))
    for item in read(tmp_path, "a.zip", book):
        str(item).encode()


def test_a_row_with_null_bytes_or_broken_unicode_takes_no_other_with_it(tmp_path):
    found = read(tmp_path, "a.csv", f"text\n{GOOD}\n".encode() + b"a\x00b\n\xff\xfe\xfd\n" + f"{GOOD}\n".encode())
    assert texts(found)[::2] == [GOOD, GOOD]
    assert len(found) == 4
    words = pyarrow.array([GOOD.encode(), b"\xff\xfe", None, GOOD.encode()], pyarrow.binary())
    column = pyarrow.Array.from_buffers(pyarrow.string(), 4, words.buffers())
    parquet.write_table(pyarrow.table({"text": column}), tmp_path / "a.parquet")
    found = list(articles([str(tmp_path / "a.parquet")]))
    assert texts(found) == [GOOD, GOOD]
    assert len(found) == 3


def test_ten_thousand_columns_are_read_and_not_all_named(tmp_path):
    header = [f"column {i}" for i in range(10_000)]
    data = io.StringIO()
    csv.writer(data).writerows([header, ["x"] * 10_000])
    [skipped] = read(tmp_path, "a.csv", data.getvalue())
    assert "9,980 more" in skipped.reason
    assert len(skipped.reason) < 2000
    assert texts(read(tmp_path, "a.csv", data.getvalue(), columns={"text": "column 9999"})) == ["x"]


def test_a_field_beyond_the_csv_module_s_own_limit_is_read(tmp_path):
    text = "Three ports agreed. " * 50_000
    assert texts(read(tmp_path, "a.csv", f'text\n"{text}"\n')) == [text]


def test_a_file_of_unclosed_quotes_takes_linear_time_and_loses_nothing_silently(tmp_path):
    found = read(tmp_path, "a.csv", 'text\n"a\n' + '"b\n' * 20_000)
    assert len(found) >= 1
    assert all("quotes" in item.reason for item in found if isinstance(item, Skipped))
    found = read(tmp_path, "a.csv", "text\n" + ('"' + "b\n" * 300) * 3, max_bytes=500)
    assert any("--max-bytes" in item.reason for item in found if isinstance(item, Skipped))


@pytest.mark.parametrize(
    "cell", ["=HYPERLINK(A1)", "+1+1", "@SUM(A1)", "-2+3", "'; DROP TABLE articles; --", "NEAR(a b) OR *"]
)
def test_formulas_and_queries_in_cells_are_kept_as_text(tmp_path, cell):
    data = io.StringIO()
    csv.writer(data).writerows([["id", "text", "title"], [cell, cell, cell]])
    [article] = read(tmp_path, "a.csv", data.getvalue())
    assert (article.name, article.text, article.title) == (cell, cell, cell)


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE articles; --.txt", '" OR 1=1.txt', "$(id).txt", "-rf.txt", "a\nb.txt", "%s%n.txt"]
)
def test_a_file_s_name_is_only_a_name(tmp_path, name):
    [found] = read(tmp_path, name, GOOD)
    assert (found.name, found.text) == (str(tmp_path / name), GOOD)


# --- anything at all ---

STARTS = (
    b"",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\x00",
    b"BZh9",
    b"PAR1",
    b"text,id\n",
    b"<rss>",
    b'{"text": "',
    b"\xff\xfe",
    b"[",
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(STARTS),
    data=st.binary(max_size=300),
    suffix=st.sampled_from([*SUFFIXES, *PACKED, ".txt.gz", ""]),
)
def test_any_bytes_under_any_name_give_articles_or_reasons_and_write_nothing(tmp_path, start, data, suffix):
    name = f"a{suffix}"
    for packed in (start + data, zipped((name, start + data)), gzip.compress(start + data)):
        for item in read(tmp_path, name, packed, max_bytes=5000):
            assert isinstance(item, Article | Skipped)
            str(item).encode()
        assert [path.name for path in tmp_path.iterdir()] == [name]
        (tmp_path / name).unlink()
