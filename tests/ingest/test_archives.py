import bz2
import gzip
import io
import os
import stat
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest import IngestOptions, archives, articles, streams
from onrecord.types import Article, Skipped

PAGE = b"<html><body><p>Three ports agreed on Monday.</p></body></html>"
LINES = b'{"text": "One."}\n{"text": "Two."}\n'


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    """An archive of (name or ZipInfo, bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def read(tmp_path, name, data, **options):
    (tmp_path / name).write_bytes(data)
    return list(articles([str(tmp_path / name)], IngestOptions(**options)))


def names(found, tmp_path):
    return [item.name.removeprefix(f"{tmp_path}/") for item in found]


def reasons(found):
    return [item.reason for item in found if isinstance(item, Skipped)]


# --- what is read ---


def test_the_members_of_an_archive_are_read_in_order_of_their_names(tmp_path):
    data = zipped(
        ("b.html", PAGE),
        ("a/news.csv", b"text\nThree ports.\n"),
        ("a/lines.jsonl", LINES),
        ("c.TXT", b"Port."),
        ("d/", b""),
    )
    found = read(tmp_path, "a.zip", data)
    told = ["a/lines.jsonl:1", "a/lines.jsonl:2", "a/news.csv:2", "b.html", "c.TXT"]
    assert names(found, tmp_path) == [f"a.zip/{name}" for name in told]
    assert [a.text for a in found] == ["One.", "Two.", "Three ports.", "Three ports agreed on Monday.", "Port."]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.txt", True),
        ("folder/a.html.gz", True),
        ("../a.txt", True),
        ("..\\a.txt", True),
        (".hidden.txt", False),
        (".git/a.txt", False),
        ("__MACOSX/a.txt", False),
        ("a\\.hidden.txt", False),
        ("a.png", False),
        ("a.json", False),
        ("README.md", False),
        ("a.gz", False),
    ],
)
def test_of_an_archive_the_same_is_read_as_of_a_folder(name, kept):
    assert archives.is_article_file(name) == kept


@pytest.mark.parametrize(("pack", "suffix"), [(gzip.compress, ".gz"), (bz2.compress, ".bz2")])
def test_a_packed_file_is_read_under_its_own_name(tmp_path, pack, suffix):
    [page] = read(tmp_path, f"page.html{suffix}", pack(PAGE))
    assert (page.text, names([page], tmp_path)) == ("Three ports agreed on Monday.", [f"page.html{suffix}"])
    assert names(read(tmp_path, f"l.jsonl{suffix}", pack(LINES)), tmp_path) == [
        f"l.jsonl{suffix}:1",
        f"l.jsonl{suffix}:2",
    ]
    assert [a.text for a in read(tmp_path, f"story{suffix}", pack(b"Three ports."))] == ["Three ports."]


def test_a_packed_file_of_several_parts_is_read_to_its_end(tmp_path):
    assert len(read(tmp_path, "l.jsonl.gz", gzip.compress(LINES) * 3)) == 6


@pytest.mark.parametrize("data", [zipped(("a.jsonl", LINES)), gzip.compress(LINES), bz2.compress(LINES)])
def test_archives_are_known_by_their_first_bytes(tmp_path, monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [a.text for a in articles(["-"])] == ["One.", "Two."]
    assert len(read(tmp_path, "download", data)) == 2


def test_packed_files_and_archives_are_found_in_folders(tmp_path):
    for name, data in (("a.html.gz", gzip.compress(PAGE)), ("b.zip", zipped(("c.txt", b"Port."))), ("d.sql.gz", b"x")):
        (tmp_path / name).write_bytes(data)
    assert names(articles([str(tmp_path)]), tmp_path) == ["a.html.gz", "b.zip/c.txt"]


def test_archives_in_archives_are_read_three_deep(tmp_path):
    data = zipped(("a.txt", b"Port."))
    for depth in range(1, 4):
        found = read(tmp_path, "a.zip", data)
        assert names(found, tmp_path) == ["a.zip/" + "b.zip/" * (depth - 1) + "a.txt"]
        data = zipped(("b.zip", data))
    [skipped] = read(tmp_path, "a.zip", data)
    assert names([skipped], tmp_path) == ["a.zip/b.zip/b.zip/b.zip"]
    assert "3 archives" in skipped.reason


def test_members_of_one_name_are_kept_apart(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("a.txt", b"One."), ("a.txt", b"Two."))
    found = read(tmp_path, "a.zip", data)
    assert [(a.name.split("/")[-1], a.text) for a in found] == [("a.txt", "One."), ("a.txt (2)", "Two.")]


def test_a_workbook_is_known_by_what_is_in_it_and_a_document_refused(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append(["Port."])
    book.save(tmp_path / "a.zip")
    assert [a.text for a in articles([str(tmp_path / "a.zip")])] == ["Port."]
    assert "(.docx)" in read(tmp_path, "a.docx", zipped(("word/document.xml", b"<w/>")))[0].reason
    assert "(.odt, .epub)" in read(tmp_path, "a.epub", zipped(("mimetype", b"application/epub+zip")))[0].reason


# --- what is not ---


def test_a_bad_member_is_skipped_with_its_reason_and_the_others_are_read(tmp_path):
    link = zipfile.ZipInfo("b.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    sparse = zipfile.ZipInfo("c.txt")
    sparse.compress_type = zipfile.ZIP_BZIP2
    found = read(
        tmp_path,
        "a.zip",
        zipped(("a.txt", b""), (link, b"/etc/passwd"), (sparse, b"x"), ("d.txt", b"x" * 3000), ("e.txt", b"Port.")),
        max_bytes=2000,
    )
    assert [
        word in r for word, r in zip(("empty", "a link", "deflate", "--max-bytes"), reasons(found), strict=True)
    ] == [True] * 4
    assert found[-1].text == "Port."


def test_an_encrypted_member_is_skipped(tmp_path):
    data = bytearray(zipped(("a.txt", b"One."), ("b.txt", b"Two.")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flags of the first member, in both of its heads
        data[data.index(mark) + place] |= 1
    locked, open_ = read(tmp_path, "a.zip", bytes(data))
    assert "encrypted" in locked.reason
    assert open_.text == "Two."


def test_a_damaged_member_is_skipped(tmp_path):
    data = bytearray(zipped(("a.txt", b"One port. " * 99), ("b.txt", b"Two."), method=zipfile.ZIP_STORED))
    data[60] ^= 255
    damaged, whole = read(tmp_path, "a.zip", bytes(data))
    assert "can't be unpacked" in damaged.reason
    assert whole.text == "Two."


@pytest.mark.parametrize("data", [b"PK\x03\x04 and no more", zipped(("a.txt", b"One."))[:-5], b""])
def test_what_is_no_whole_archive_says_so(tmp_path, data):
    [skipped] = read(tmp_path, "a.zip", data)
    assert "zip archive" in skipped.reason


def test_a_packed_file_cut_short_gives_what_came_before(tmp_path):
    lines = b"".join(b'{"text": "Port %d."}\n' % i for i in range(8_000))
    found = read(tmp_path, "l.jsonl.gz", gzip.compress(lines)[:-4000])
    assert len(found) > 2_000
    assert [type(item) for item in found[-2:]] == [Article, Skipped]
    assert "can't be unpacked" in found[-1].reason


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b", b"\x1f\x8b\x08" + b"\xff" * 50, b"Three ports agreed."])
def test_what_is_no_packed_file_says_so(tmp_path, data):
    assert len(reasons(read(tmp_path, "a.txt.gz", data))) == 1


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz"])
def test_a_tar_archive_is_refused_by_its_name(tmp_path, name):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:" if name == "a.tar" else "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    assert "a tar archive; unpack it" in read(tmp_path, name, out.getvalue())[0].reason


def test_an_archive_without_articles_says_so(tmp_path):
    assert "no file" in read(tmp_path, "a.zip", zipped(("a.png", b"x")))[0].reason
    assert "no file" in read(tmp_path, "a.zip", zipped())[0].reason


# --- bombs ---


@pytest.fixture
def low_limits(monkeypatch):
    monkeypatch.setattr(streams, "MOST_UNPACKED", 1_000_000)


@pytest.mark.usefixtures("low_limits")
def test_an_archive_that_unpacks_to_too_much_is_left_with_its_reason(tmp_path):
    bomb = zipped(("a.txt", b"Port."), *((f"b{i}.jsonl", b" " * 400_000) for i in range(5)))
    found = read(tmp_path, "a.zip", bomb)
    assert names(found, tmp_path) == ["a.zip/a.txt", "a.zip"]
    assert "archive bomb" in found[-1].reason
    for name, data in (("a.jsonl.gz", gzip.compress(b" " * 2_000_000)), ("a.csv.bz2", bz2.compress(b" " * 2_000_000))):
        assert "archive bomb" in reasons(read(tmp_path, name, data))[0]


@pytest.mark.usefixtures("low_limits")
def test_a_bomb_inside_an_archive_ends_the_outermost_one(tmp_path):
    inner = zipped(*((f"{i}.jsonl", b" " * 100_000) for i in range(5)))
    found = read(tmp_path, "a.zip", zipped(*((f"{i}.zip", inner) for i in range(9))))
    assert names(found, tmp_path) == ["a.zip"]
    assert "archive bomb" in found[-1].reason


@pytest.mark.usefixtures("low_limits")
def test_much_text_that_packs_as_text_does_is_no_bomb(tmp_path):
    lines = b"".join(b'{"text": "Port %d. %s"}\n' % (i, os.urandom(2000).hex().encode()) for i in range(300))
    assert len(lines) > streams.MOST_UNPACKED
    assert len(read(tmp_path, "a.jsonl.gz", gzip.compress(lines))) == 300
    assert len(read(tmp_path, "a.zip", zipped(("a.jsonl", lines)))) == 300


def test_an_archive_with_too_long_a_list_of_members_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_DIRECTORY", 1000)
    [skipped] = read(tmp_path, "a.zip", zipped(*((f"{i}.txt", b"") for i in range(50))))
    assert "list of members" in skipped.reason


# --- names ---


@pytest.mark.parametrize(
    "name",
    ["../../etc/x.txt", "/etc/x.txt", "..\\..\\x.txt", "C:\\x.txt", "a//b/./x.txt", "'; DROP TABLE articles; --.txt"],
)
def test_a_name_is_only_a_name(tmp_path, monkeypatch, name):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    before = sorted(Path(tmp_path).rglob("*"))
    Path("a.zip").write_bytes(zipped((name, b"Port.")))
    assert [(a.name, a.text) for a in articles(["a.zip"])] == [(f"a.zip/{name}", "Port.")]
    assert sorted(Path(tmp_path).rglob("*")) == [*before, tmp_path / "here/a.zip"]


def test_names_can_be_printed(tmp_path):
    [found] = read(tmp_path, "a.zip", zipped(("\x1b[31mred\n\u202e.txt", b"Port.")))
    assert found.name.isprintable()


@settings(max_examples=100, deadline=None)
@given(place=st.integers(0, 400), damage=st.binary(min_size=1, max_size=8), cut=st.integers(0, 400))
def test_no_damage_ends_in_anything_but_articles_and_reasons(tmp_path_factory, place, damage, cut):
    folder = tmp_path_factory.mktemp("damaged")
    for name, data in (
        ("a.zip", zipped(("a.txt", b"Port."), ("b.jsonl", LINES))),
        ("a.jsonl.gz", gzip.compress(LINES)),
    ):
        broken = data[:place] + damage + data[place + len(damage) :]
        assert all(isinstance(item, Article | Skipped) for item in read(folder, name, broken[: max(cut, 30)]))
        assert all(isinstance(item, Article | Skipped) for item in read(folder, name, broken))
