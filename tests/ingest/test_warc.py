"""Web archives: articles among their records, and a reason for all that is none."""

import gzip
import io
import os
import re
import tracemalloc
import zlib
from base64 import b32encode
from hashlib import sha1

import pytest

from onrecord.errors import BrokenInput, EmptyInput
from onrecord.ingest import streams, warc
from onrecord.ingest.inputs import articles
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.types import Article, Skipped

URL = "https://harbourpost.example/world/three-ports-agree"
PAGE = (
    "<html><head><title>Three ports agree</title><meta property='og:site_name' content='Harbour Post'></head><body>"
    "<article><h1>Three ports agree</h1>"
    "<p>Three ports agreed on a toll on Monday, after years of talks about the cost of dredging the channel.</p>"
    "<p>“We will pay our share,” the harbour master said. “Not a krona more.” Her colleagues nodded at once.</p>"
    "<p>The toll starts in May and is reviewed each year by the three councils and by the ministry of trade.</p>"
    "</article></body></html>"
).encode()
TEXT_START = "Three ports agreed on a toll"


def http(body=PAGE, status="200 OK", **headers):
    lines = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return (
        f"HTTP/1.1 {status}\r\n".encode()
        + b"".join(f"{k}: {v}\r\n".encode() for k, v in lines.items())
        + b"\r\n"
        + body
    )


def record(block, kind="response", url=URL, media="application/http; msgtype=response", **extra):
    head = {"WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": "2024-05-06T07:08:09Z", "Content-Type": media}
    head |= {"Content-Length": len(block)} | {k.replace("_", "-"): v for k, v in extra.items()}
    return b"WARC/1.0\r\n" + b"".join(f"{k}: {v}\r\n".encode() for k, v in head.items()) + b"\r\n" + block + b"\r\n\r\n"


def read(data, **options):
    return list(warc.read(Source("ports.warc", io.BytesIO(data)), IngestOptions(**options)))


def reasons(data, **options):
    return [r.reason for r in read(data, **options) if isinstance(r, Skipped)]


def found(data, **options):
    return [r for r in read(data, **options) if isinstance(r, Article)]


def test_a_captured_page_is_an_article_with_its_address():
    (article,) = read(record(http()))
    assert TEXT_START in article.text
    assert (article.name, article.url, article.publisher) == (URL, URL, "Harbour Post")


def test_the_day_of_the_capture_is_not_the_day_of_printing():
    assert found(record(http()))[0].published is None


def test_a_day_in_the_address_is_the_day_of_printing_where_the_page_has_none():
    (article,) = found(record(http(), url="https://harbourpost.example/2025/03/28/toll"))
    assert article.published.isoformat() == "2025-03-28"


@pytest.mark.parametrize(("url", "listing"), warc.ADDRESSES)
def test_addresses_of_lists_are_told_from_those_of_articles(url, listing):
    assert warc.is_index(url) is listing


@pytest.mark.parametrize(("body", "prose"), warc.BODIES)
def test_running_text_is_told_from_headlines_and_notes(body, prose):
    assert warc.is_prose(body) is prose


def test_what_gives_no_article_is_counted_once_for_each_reason():
    data = b"".join(
        [
            record(b"software: ours\r\n", kind="warcinfo"),
            record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            record(http(b"\x89PNG", Content_Type="image/png")),
            record(http(b"p {}", Content_Type="text/css")),
            record(http(b"Gone.", status="404 Not Found")),
            record(http(b""), kind="revisit"),
            record(http(), url="https://harbourpost.example/"),
            record(http(b"<html><body><p>Please log in.</p></body></html>")),
            record(http()),
        ]
    )
    assert len(found(data)) == 1
    counts = [re.match(r"\d+ records? passed over, (.*);", reason) for reason in reasons(data)]
    assert [m[1] for m in counts] == [warc.OTHER, warc.NOT_OK, warc.REVISIT, warc.INDEX, warc.NO_ARTICLE]
    assert reasons(data)[0].startswith("2 records")
    assert all(r.name == "ports.warc" for r in read(data) if isinstance(r, Skipped))


def test_a_page_kept_as_a_resource_is_read():
    assert found(record(PAGE, kind="resource", media="text/html"))


def test_a_page_without_a_stated_type_is_known_by_its_bytes():
    assert found(record(http(PAGE, Content_Type="")))


@pytest.mark.parametrize(
    "block",
    [
        http(gzip.compress(PAGE), Content_Encoding="gzip"),
        http(zlib.compress(PAGE), Content_Encoding="deflate"),
        http(zlib.compress(PAGE, wbits=-15), Content_Encoding="deflate"),
        http(PAGE, Content_Encoding="gzip"),
        http(
            b"%x;q=1\r\n%b\r\n10\r\n%b\r\n0\r\n\r\n" % (len(PAGE) - 16, PAGE[:-16], PAGE[-16:]),
            Transfer_Encoding="chunked",
        ),
        http(PAGE, Transfer_Encoding="chunked"),
    ],
    ids=["gzip", "deflate", "bare deflate", "gzip in name only", "chunks", "chunks in name only"],
)
def test_pages_are_read_however_the_server_packed_them(block):
    (article,) = read(record(block))
    assert article.text.endswith("the ministry of trade.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (record(http(b"\x8b\x02\x80", Content_Encoding="br")), warc.PACKED),
        (record(http(gzip.compress(PAGE)[:-12], Content_Encoding="gzip")), warc.DAMAGED),
        (record(http(b"\x1f\x8bno gzip", Content_Encoding="gzip")), warc.DAMAGED),
        (record(http(gzip.compress(b"0" * 2_000_000), Content_Encoding="gzip")), warc.LARGE),
        (record(http(PAGE + b" " * 1_000_000)), warc.LARGE),
        (record(b"no answer of a server"), warc.DAMAGED),
        (record(http(), WARC_Truncated="length"), warc.DAMAGED),
        (record(http(), WARC_Block_Digest="sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), warc.DIGEST),
        (record(http(), Content_Length="-1"), warc.DAMAGED),
        (record(http(), Content_Length="many"), warc.DAMAGED),
        (record(http(), Content_Length="9" * 17), warc.DAMAGED),
    ],
)
def test_a_broken_record_is_named_by_its_reason(data, reason):
    assert any(reason in told for told in reasons(data, max_bytes=900_000))
    assert not found(data, max_bytes=900_000)


@pytest.mark.parametrize(
    "between", [b"\x00\x00left over\r\n" * 9, record(http(), Content_Length="-1"), record(b"", Content_Length="x")]
)
def test_the_rest_of_an_archive_is_read_after_a_broken_record(between):
    data = record(http()) + between + record(http(), url=URL + "-again")
    assert [a.name for a in found(data)] == [URL, URL + "-again"]
    assert [r.split(" passed")[0] for r in reasons(data)] == ["1 record"]


@pytest.mark.parametrize("form", [lambda d: b32encode(d).decode(), bytes.hex])
def test_a_true_digest_is_known_in_any_of_its_forms(form):
    assert found(record(http(), WARC_Block_Digest=f"sha1:{form(sha1(http(), usedforsecurity=False).digest())}"))


def test_an_archive_cut_off_in_a_record_gives_what_stands_before():
    data = record(http()) + record(http(), url=URL + "-again")
    assert [a.name for a in found(data[:-500])] == [URL]
    assert reasons(data[:-500]) == [f"1 record passed over, {warc.DAMAGED}; get a whole copy of the archive"]


def test_arc_files_are_read_with_spaces_in_addresses_and_in_both_forms():
    block = http()
    head = b"1 0 Harbour Crawl\nURL IP-address Archive-date Content-type Archive-length\n\n"
    old = b"%s three ports 10.0.0.1 20240506070809 text/html %d\n" % (URL.encode(), len(block))
    new = b"%s-2 10.0.0.1 20240506070809 text/html 200 - - 77 a.arc %d\n" % (URL.encode(), len(block))
    data = b"filedesc://a.arc 10.0.0.1 20240506070809 text/plain %d\n" % len(head) + head
    data += b"\n" + old + block + b"\n" + new + block + b"\n"
    assert [a.url for a in read(data)] == [URL + "%20three%20ports", URL + "-2"]


def test_what_is_no_archive_or_holds_no_capture_says_so():
    with pytest.raises(BrokenInput, match="does not begin as a web archive"):
        read(b"Three ports agreed.")
    with pytest.raises(EmptyInput, match="no captured page"):
        read(record(b"GET / HTTP/1.1\r\n\r\n", kind="request"))


RECORDS = [record(http(), url=f"{URL}-{number}") for number in range(4)]


@pytest.mark.parametrize("packed", [b"".join(map(gzip.compress, RECORDS)), gzip.compress(b"".join(RECORDS))])
def test_packed_archives_are_read_with_a_record_to_a_member_or_all_in_one(packed, tmp_path):
    (tmp_path / "ports.warc.gz").write_bytes(packed)
    assert [a.name for a in articles([str(tmp_path)])] == [f"{URL}-{number}" for number in range(4)]


def test_a_damaged_member_hides_its_own_record_alone():
    members = [gzip.compress(one) for one in RECORDS]
    members[1] = members[1][:200] + bytes(40) + members[1][240:]
    data = b"".join(members)
    assert [a.name for a in found(data)] == [f"{URL}-{number}" for number in (0, 2, 3)]
    assert reasons(data) == [f"1 record passed over, {warc.DAMAGED}; get a whole copy of the archive"]
    data = b"".join([members[0], b"lost" * 99, *members[2:]])[:-30]
    assert [a.name for a in found(data)] == [f"{URL}-{number}" for number in (0, 2)]
    assert len(reasons(data)) == 1


@pytest.mark.parametrize("place", [30, 300, -300, -9])
def test_damage_to_an_archive_packed_as_one_is_told_once(place):
    data = bytearray(gzip.compress(b"".join(record(http(os.urandom(999), Content_Type="image/png")) for _ in range(9))))
    data[place : place + 5] = b"/////"
    told = read(bytes(data))
    assert [one.reason for one in told if warc.DAMAGED in one.reason] in ([], [told[-1].reason])
    assert all(isinstance(one, Skipped) for one in told)
    assert any(warc.DAMAGED in one.reason for one in told)


def test_the_rest_of_a_packed_arc_file_is_read_after_damage():
    block = http()
    heads = [b"%s-%d 10.0.0.1 20240506070809 text/html %d\n" % (URL.encode(), n, len(block)) for n in range(3)]
    first = b"filedesc://a.arc 10.0.0.1 20240506070809 text/plain 2\n1\n"
    members = [gzip.compress(one) for one in (first, *(head + block + b"\n" for head in heads))]
    members[2] = members[2][:100]
    assert [a.name for a in found(b"".join(members))] == [URL + "-0", URL + "-2"]
    assert len(reasons(b"".join(members))) == 1


def test_a_bomb_is_left_unread(monkeypatch):
    monkeypatch.setattr(streams, "MOST_UNPACKED", 1_000_000)
    bomb = gzip.compress(record(http(bytes(30_000_000), Content_Type="image/png")))
    told = warc.read(Source("ports.warc.gz", io.BytesIO(gzip.compress(RECORDS[0]) + bomb)), IngestOptions())
    assert next(told).name == f"{URL}-0"
    with pytest.raises(streams.ArchiveBomb):
        list(told)


def test_memory_stays_flat_over_large_records_and_lines():
    picture = record(http(b"\x00" * 30_000_000, Content_Type="image/png"))
    line = b"x" * 30_000_000 + b"\r\n"
    data = io.BytesIO(record(http()) + picture + line + picture + record(http(), url=URL + "-again"))
    tracemalloc.start()
    names = [
        r.name for r in warc.read(Source("a.warc", data), IngestOptions(max_bytes=100_000)) if isinstance(r, Article)
    ]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert names == [URL, URL + "-again"]
    assert peak < 8_000_000
