import io
import os
import stat
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import EmptyInput, UsageError
from onrecord.ingest import IngestOptions, articles, documents, from_text
from onrecord.ingest.formats import IN_FOLDERS, SNIFFED, SUFFIXES, sniff
from onrecord.types import Article, Skipped

PAGE = "<html><body><p>Three ports agreed on Monday.</p><p>“We will pay,” she said.</p></body></html>"


def one(path, **options):
    [found] = articles([str(path)], IngestOptions(**options))
    return found


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.fixture
def stdin(monkeypatch):
    def give(data):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


# --- one input ---


def test_the_text_of_a_file_is_kept_to_the_character(tmp_path):
    text = "\ufeffdate 2025-03-28\r\n\r\n“We will pay,”\u00a0she said.\r\n\n\n"
    article = one(write(tmp_path / "a.txt", text))
    assert article.text == text
    assert article.published == date(2025, 3, 28)
    assert article.name == str(tmp_path / "a.txt")


def test_the_id_is_a_hash_of_the_text_alone(tmp_path):
    first, again, other = (
        one(write(tmp_path / n, t)) for n, t in (("a.txt", "One."), ("b.md", "One."), ("c.txt", "Two."))
    )
    assert first.id == again.id != other.id
    assert len(first.id) == 32
    assert set(first.id) <= set("0123456789abcdef")


def test_the_words_of_the_user_win_over_the_words_of_the_input(tmp_path):
    path = write(tmp_path / "a.txt", "Date: 2025-03-28\nSource: Harbour Post\n\nThree ports agreed.\n")
    assert (one(path).published, one(path).publisher) == (date(2025, 3, 28), "Harbour Post")
    ruled = one(path, published=date(2020, 1, 2), publisher="Ours")
    assert (ruled.published, ruled.publisher) == (date(2020, 1, 2), "Ours")


def test_a_page_of_html_becomes_its_body(tmp_path):
    assert one(write(tmp_path / "a.HTML", PAGE)).text == "Three ports agreed on Monday.\n\n“We will pay,” she said."


@pytest.mark.parametrize(("begun", "kind"), SNIFFED)
def test_the_first_bytes_show_the_kind(begun, kind):
    assert sniff(begun) == kind


def test_a_file_of_unknown_suffix_is_sniffed_when_it_is_named(tmp_path):
    assert one(write(tmp_path / "page.php", PAGE)).text.startswith("Three ports agreed on Monday.\n\n")
    assert one(write(tmp_path / "page.utf16", PAGE.encode("utf-16"))).text.startswith("Three ports")
    assert one(write(tmp_path / "lines", '{"id": "x", "text": "One."}\n')).name == "x"
    assert one(write(tmp_path / "story", "Three ports agreed.")).text == "Three ports agreed."


def test_json_is_read_as_an_object_a_list_or_lines(tmp_path):
    path = tmp_path / "a.json"
    assert one(write(path, '{\n "text": "One."\n}')).name == str(path)
    lists = list(articles([str(write(path, '[{"text": "One."}, {"id": "b"}, {"id": "c", "text": "Three."}]'))]))
    assert [a.name for a in lists] == [f"{path}:1", f"{path}:2", "c"]
    assert isinstance(lists[1], Skipped)
    assert [a.text for a in articles([str(write(path, '{"text": "One."}\n{"text": "Two."}\n'))])] == ["One.", "Two."]
    assert "not valid JSON" in one(write(path, "[1, 2")).reason


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Three ports agreed.\r\n", "Three ports agreed.\r\n"),
        (PAGE.encode(), "Three ports agreed on Monday.\n\n“We will pay,” she said."),
        (b'{"text": "One."}\n', "One."),
    ],
)
def test_standard_input_is_sniffed(stdin, data, text):
    stdin(data)
    assert one("-").text == text


# --- many inputs ---


def test_a_folder_gives_its_readable_files_in_order(tmp_path):
    for name in ("b.txt", "a/z.html", "a/b/c.jsonl", "a.md", "notes.docx", "data.json", ".hidden.txt", ".git/x.txt"):
        write(tmp_path / name, {"html": PAGE, "jsonl": '{"text": "One."}'}.get(name.rsplit(".")[-1], "One."))
    names = [a.name.removeprefix(f"{tmp_path}/") for a in articles([str(tmp_path)])]
    assert names == ["a/b/c.jsonl:1", "a/z.html", "b.txt"]


def test_every_suffix_of_a_folder_has_its_kind():
    assert set(IN_FOLDERS) == set(SUFFIXES) - {".json", ".md"}


def test_a_folder_without_readable_files_says_so(tmp_path):
    write(tmp_path / "a.docx", "x")
    skipped = one(tmp_path)
    assert skipped.name == str(tmp_path)
    assert ".txt" in skipped.reason


def test_a_glob_that_the_shell_left_alone_is_expanded(tmp_path):
    for name in ("b.txt", "a.txt", "c.md", "d/e.txt", "with[odd].txt"):
        write(tmp_path / name, "One.")
    assert [Path(a.name).name for a in articles([f"{tmp_path}/[ab].txt"])] == ["a.txt", "b.txt"]
    assert [Path(a.name).name for a in articles([f"{tmp_path}/**/*.txt"])] == [
        "a.txt",
        "b.txt",
        "e.txt",
        "with[odd].txt",
    ]
    assert [Path(a.name).name for a in articles([f"{tmp_path}/?"])] == ["e.txt"]
    assert one(tmp_path / "with[odd].txt").text == "One."
    assert "no file matches" in one(tmp_path / "*.xyz").reason


def test_bad_inputs_are_skipped_with_their_reasons_and_the_rest_goes_on(tmp_path):
    bad = {
        "a.pdf": (b"%PDF-1.7 x", "a PDF; save it"),
        "b.txt": (b"", "empty"),
        "c.txt": (b"\xef\xbb\xbf \n", "no text in it"),
        "d.docx": (b"PK\x03\x04x", "zip"),
        "e.html": (b"Three ports agreed.", "no HTML"),
        "f.txt": (b"x" * 2001, "--max-bytes"),
        "g.json": (b'"text"', "no JSON object"),
    }
    paths = [str(write(tmp_path / name, data)) for name, (data, _) in bad.items()]
    found = list(articles([*paths, str(write(tmp_path / "z.txt", "One."))], IngestOptions(max_bytes=2000)))
    assert [s.name for s in found[:-1]] == paths
    for skipped, (_, reason) in zip(found[:-1], bad.values(), strict=True):
        assert (type(skipped), skipped.step) == (Skipped, "ingest")
        assert reason in skipped.reason
    assert found[-1].text == "One."


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/no/such/file.txt", "no such file"),
        ("https://harbour.example/toll", "nothing is fetched"),
        ("x" * 5000, "no such file"),
        ("bad\x00name.txt", "no such file"),
        ("", "no such file"),
        ("/no/such/*.txt", "no file matches"),
    ],
)
def test_a_path_that_leads_nowhere_is_skipped(path, reason):
    assert reason in one(path).reason


def test_a_link_that_leads_nowhere_is_skipped(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert "leads nowhere" in one(tmp_path).reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_skipped(tmp_path):
    path = write(tmp_path / "a.txt", "One.")
    path.chmod(0)
    assert "no permission" in one(path).reason
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_a_refused_permission_is_told_in_plain_words(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path / "a.txt", "One.")
    monkeypatch.setattr(Path, "open", refuse)
    assert one(path).reason == "there is no permission to read it; change its permissions"


def test_the_limit_holds_for_standard_input_and_endless_files(stdin):
    stdin(b"Three ports agreed.\n" * 100)
    assert "--max-bytes" in one("-", max_bytes=1000).reason
    assert "--max-bytes" in one("/dev/zero", max_bytes=1000).reason


def test_a_file_of_exactly_the_limit_is_read(tmp_path):
    assert one(write(tmp_path / "a.txt", "x" * 1000), max_bytes=1000).text == "x" * 1000


def test_the_limit_bounds_a_line_of_json_lines_and_not_the_file(tmp_path):
    path = write(tmp_path / "a.jsonl", '{"text": "Three ports agreed."}\n' * 100)
    assert len(list(articles([str(path)], IngestOptions(max_bytes=100)))) == 100


def test_a_limit_of_nothing_is_wrong_use():
    with pytest.raises(UsageError, match="--max-bytes"):
        IngestOptions(max_bytes=0)


def test_a_file_name_that_is_no_unicode_can_still_be_printed(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("One.")
    one(os.fsdecode(path)).name.encode()


def test_inputs_are_read_one_at_a_time(tmp_path):
    found = articles([str(write(tmp_path / "a.txt", "One.")), str(tmp_path / "b.txt")])
    assert next(found).text == "One."
    write(tmp_path / "b.txt", "Two.")
    assert next(found).text == "Two."


def test_a_text_at_hand_becomes_an_article():
    article = from_text("Date: 2025-03-28\n\nThree ports agreed.", options=IngestOptions(publisher="Ours"))
    assert (article.name, article.published, article.publisher) == ("text", date(2025, 3, 28), "Ours")
    with pytest.raises(EmptyInput):
        from_text(" \n")


# --- anything at all ---

WORDS = st.sampled_from(
    [
        "date 2025-03-28",
        "By Ida Roe",
        "PARIS, March 27 (Reuters) - ",
        "\r\n",
        "\n\n",
        "“",
        "\ufeff",
        "&",
        "<p>",
        "{",
        '"',
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=12).map("".join)
DATA = st.one_of(
    st.binary(max_size=300),
    TEXTS.map(lambda t: t.encode("utf-8", "ignore")),
    TEXTS.map(lambda t: f"<html><body><p>{t}</p></body></html>".encode("utf-8", "ignore")),
    TEXTS.map(lambda t: f'{{"text": "{t}"}}\n'.encode("utf-8", "ignore")),
    TEXTS.map(lambda t: f"<script type='application/ld+json'>{t}</script><p>x</p>".encode("utf-16", "ignore")),
)


@settings(max_examples=150, deadline=None)
@given(data=DATA, suffix=st.sampled_from([*SUFFIXES, "", ".bin"]))
def test_any_bytes_under_any_name_give_articles_or_reasons(data, suffix):
    with tempfile.TemporaryDirectory() as folder:
        for found in articles([str(write(Path(folder) / f"a{suffix}", data))], IngestOptions(max_bytes=250)):
            assert isinstance(found, Article | Skipped)
            str(found).encode()


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_any_text_file_is_kept_as_it_was_decoded(text):
    with tempfile.TemporaryDirectory() as folder:
        found = one(write(Path(folder) / "a.txt", text.encode("utf-8", "ignore")))
        assert isinstance(found, Skipped) or found.text.encode() == text.encode("utf-8", "ignore")


@pytest.mark.parametrize(("document", "news"), documents.NEWS)
def test_in_a_folder_a_json_document_is_read_where_it_is_news(tmp_path, document, news):
    write(tmp_path / "a.txt", "Three ports agreed.")
    write(tmp_path / "b.json", document)
    named = {item.name for item in articles([str(tmp_path)])}
    assert any("a.txt" not in name for name in named) is news
