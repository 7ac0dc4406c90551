import gzip
import io
import zipfile

import pyarrow
import pytest
from pyarrow import parquet

from onrecord.ingest import articles
from onrecord.ingest.count import count


def parquet_of(rows):
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": ["Port."] * rows}), out)
    return out.getvalue()


def zip_of(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "Port.")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"Port."),
        ("a.jsonl", b'{"text": "One."}\n{"text": "Two."}\n'),
        ("a.csv", b'text,title\n"One\nport, ""the first""\nof all",x\nTwo.,y\n'),
        ("a.parquet", parquet_of(7)),
        ("a.zip", zip_of("a.txt", "b.txt", "c.png", ".d.txt", "e/")),
        ("a.txt.gz", gzip.compress(b"Port.")),
        ("a.xml", b"<rss><channel><title>x</title><item><title>a</title></item><item></item></channel></rss>"),
        ("broken.zip", b"x"),
        ("broken.parquet", b"x"),
        ("empty.csv", b""),
    ],
)
def test_the_count_is_what_reading_gives(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    assert count([str(tmp_path / name)]) == len(list(articles([str(tmp_path / name)])))


@pytest.mark.parametrize("name", ["a.xlsx", "a.jsonl.gz", "a.zip"])
def test_what_must_be_read_to_be_counted_is_not(tmp_path, name):
    (tmp_path / name).write_bytes(zip_of("b.jsonl", "a.txt"))
    (tmp_path / "b.txt").write_bytes(b"Port.")
    assert count([str(tmp_path / "b.txt"), str(tmp_path / name)]) is None


@pytest.mark.parametrize("given", ["-", "https://harbour.example/feed"])
def test_standard_input_and_addresses_are_not_counted(given):
    assert count([given]) is None


def test_a_folder_counts_its_files(tmp_path):
    for name in ("a.txt", "b.html", "c.txt.gz", "d.png"):
        (tmp_path / name).write_bytes(b"x")
    assert count([str(tmp_path), "no such file"]) == 4
