"""Web archives (WARC and ARC) -> the articles among the pages that they captured.

Records are told apart here, on one screen, for neither library does it for damaged archives: FastWARC knows no ARC and
gives a whole archive up at its first damaged record, warcio does too and reads lines of any length.
"""

import re
import zlib
from base64 import b32encode, b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import new
from itertools import chain
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from onrecord.errors import BrokenInput, EmptyInput, InputError
from onrecord.ingest import html
from onrecord.ingest.dates import date_in_url
from onrecord.ingest.decode import decode
from onrecord.ingest.facts import Facts, article
from onrecord.ingest.formats import sniff
from onrecord.ingest.metadata import web_address
from onrecord.ingest.options import IngestOptions
from onrecord.ingest.source import Source
from onrecord.ingest.streams import CHUNK, Allowance, chunks, stream_of
from onrecord.types import Article, Skipped

# Why a record gives no article, beside the remedy. Records that are no captures (requests, the crawler's notes) are not
# counted.
DAMAGED = "damaged or cut off"
PASSED: dict[str, str] = {
    (OTHER := "no pages but pictures, scripts and the like"): "only pages are read",
    (NOT_OK := "answers other than 200 (moved, not found)"): "capture them anew if they are wanted",
    (REVISIT := "repeated captures without their content"): "give the archive of the first capture, too",
    (INDEX := "front pages, sections and lists"): "give the archive that holds the articles themselves",
    (NO_ARTICLE := "pages without the body of an article"): "save a page as text if it is one",
    (LARGE := "over the limit of bytes"): "raise it with --max-bytes",
    (PACKED := "packed in a way that is not read"): "only gzip and deflate are; capture them anew",
    (DIGEST := "not what was captured, by their digest"): "get a whole copy of the archive",
    DAMAGED: "get a whole copy of the archive",
}


class PassedOver(Exception):
    """A record gives no article; its message is a key of PASSED. It never leaves this module."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of an archive."""

    kind: str  # as WARC names it: "response", "resource", "revisit", ...; what follows no record is "damaged"
    url: str
    media: str  # content type of the block
    digest: str  # of the block, as the archive states it
    block: bytes  # at most a byte more than the limit
    length: int  # as the archive states it; -1 where it states none


def read(source: Source, options: IngestOptions) -> Iterator[Article | Skipped]:
    """Give the article of each captured page that holds one, then a Skipped for each reason why others gave none.

    Articles are named by their address. Raises BrokenInput for what is no archive, EmptyInput without any capture.
    """
    passed, found, damage = Counter[str](), 0, None
    try:
        for record in _records(source, options.max_bytes):
            try:
                if record.kind in CAPTURES:
                    yield _article(record, options)
                    found += 1
            except PassedOver as over:
                passed[str(over)] += 1
    except InputError as error:  # it can't be unpacked any further
        damage = error
    for reason, number in passed.items():
        count = "1 record" if number == 1 else f"{number:,} records"
        yield Skipped(source.name, "ingest", f"{count} passed over, {reason}; {PASSED[reason]}")
    if damage:
        raise damage
    if not (found or passed):
        raise EmptyInput("the archive holds no captured page; give one that does")


def _article(record: Record, options: IngestOptions) -> Article:
    if record.kind == DAMAGED:
        raise PassedOver(DAMAGED)
    if record.kind == "revisit":
        raise PassedOver(REVISIT)
    if record.length > options.max_bytes:
        raise PassedOver(LARGE)
    page = _page(record, options.max_bytes)
    if is_index(record.url):
        raise PassedOver(INDEX)
    try:
        text, facts = html.read(decode(page, markup=True), options.max_bytes)
    except InputError as error:
        raise PassedOver(NO_ARTICLE) from error
    if not is_prose(text):
        raise PassedOver(NO_ARTICLE)
    own = Facts(url=web_address(record.url))
    return article(text, record.url, own.or_else(facts).or_else(Facts(published=date_in_url(record.url))), options)


# --- what is an article's page --------------------------------------------------------------------

# Address of a page beside whether it only lists others.
ADDRESSES: tuple[tuple[str, bool], ...] = (
    ("https://harbourpost.example", True),
    ("https://harbourpost.example/", True),
    ("https://harbourpost.example/index.html?edition=eu", True),
    ("https://harbourpost.example/en/", True),
    ("https://harbourpost.example/tag/ports/", True),
    ("https://harbourpost.example/news/topics/tolls", True),
    ("https://harbourpost.example/author/marta-lindqvist/", True),
    ("https://harbourpost.example/world/page/3", True),
    ("https://harbourpost.example/search?q=toll", True),
    ("https://harbourpost.example/2025/03/28/three-ports-agree", False),
    ("https://harbourpost.example/world/three-ports-agree-on-tolls", False),
    ("https://harbourpost.example/article.php?id=77", False),
    ("https://harbourpost.example/author/marta-lindqvist/three-ports-agree", False),
    ("https://harbourpost.example/tag-day-in-the-ports", False),
    ("", False),
)
_INDEX = re.compile(
    r"(?:/[a-z]{2}(?:[-_][a-z]{2})?)?(?:/(?:index|home|default)(?:\.\w{2,5})?)?/?"
    r"|(?:/[\w-]+)*/(?:tags?|topics?|categor(?:y|ies)|authors?|sections?|archives?)(?:/[\w.%+-]+)?/?"
    r"|.*/page/\d+/?|(?:/[\w-]+)*/search/?",
    re.IGNORECASE,
)

# Body of a page beside whether it is running text, as an article's is.
BODIES: tuple[tuple[str, bool], ...] = (
    (
        "Three ports agreed on a toll on Monday, after years of talks about the cost of dredging.\n\n"
        "“We will pay our share,” the harbour master said. “Not a krona more.” Her colleagues nodded.\n\n"
        "The toll starts in May and is reviewed each year by the three councils and by the ministry of trade.",
        True,
    ),
    ("Three ports agree on toll\n\nStorm closes bridge\n\nMinister resigns\n\nWhat we know so far\n\n" * 9, False),
    ("This name may be used in examples. You need not ask for it.", False),
    ("", False),
)
LEAST_PROSE = 40  # words in paragraphs that end as sentences do: two or three of them are the shortest news
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")


def is_index(url: str) -> bool:
    """Tell whether an address is that of a front page, a section or another list, by its path."""
    parts = urlsplit(url)
    return bool(parts.netloc and _INDEX.fullmatch(parts.path))


def is_prose(text: str) -> bool:
    """Tell whether the body of a page is running text: some sentences, and not lost among other words."""
    paragraphs = text.split("\n\n")
    prose = sum(len(p.split()) for p in paragraphs if len(p.split()) > 5 and _SENTENCE.search(p))
    return prose >= LEAST_PROSE and 4 * prose >= len(text.split())


# --- records --------------------------------------------------------------------------------------

CAPTURES = ("response", "resource", "revisit", DAMAGED)
_GZIP = b"\x1f\x8b\x08"
_STARTS = (b"WARC/", b"filedesc:", _GZIP)
_DAMAGE = Record(DAMAGED, "", "", "", b"", -1)
_LINE = 1 << 16  # bytes of a line of a head; a longer one is none
_LINES = 200  # of a head
_LENGTH = re.compile(r"\d{1,18}")
# The two forms of ARC differ in what stands between the content type and the length.
_ARC = re.compile(
    rb"(?P<url>[a-z][\w+.-]*:.*?) [\w.:-]+ \d{12,} (?P<media>\S+) (?:.* )?(?P<length>\S+)\s*", re.IGNORECASE
)


def _records(source: Source, max_bytes: int) -> Iterator[Record]:
    """Give the records of an archive, packed or not; raises BrokenInput for what is none."""
    stream = source.rest()
    begun = stream.read(max(map(len, _STARTS)))
    if not begun.startswith(_STARTS):
        raise BrokenInput("it does not begin as a web archive (WARC or ARC) does; get a whole copy of it")
    stream = stream_of(chain([begun], chunks(stream)))
    if not begun.startswith(_GZIP):
        yield from records(stream, max_bytes)
        return
    members, last = Members(stream, source.allowance or Allowance()), ""
    while not members.ended:
        for record in records(stream_of(members.stretch()), max_bytes):
            last = record.kind
            yield record
        if members.damaged and last != DAMAGED:  # what it hid was not seen yet
            last = DAMAGED
            yield _DAMAGE


def records(stream: BinaryIO, max_bytes: int) -> Iterator[Record]:
    """Give the records in order; what lies between them where they are damaged is a record of that kind."""
    astray = False
    while line := stream.readline(_LINE):
        head = _warc_head(stream) if line.startswith(b"WARC/") else _arc_head(line)
        if head is not None:
            record = _record(head, stream, max_bytes)
            astray = record.length < 0
            yield record
        elif line.strip() and not astray:  # a length was wrong: on to what looks like the next record
            astray = True
            yield _DAMAGE


def _warc_head(stream: BinaryIO) -> dict[str, str]:
    head = {}
    for _ in range(_LINES):
        line = stream.readline(_LINE)
        if not line.strip():
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        head[name.strip().lower()] = value.strip()
    return head


def _arc_head(line: bytes) -> dict[str, str] | None:
    m = _ARC.fullmatch(line)
    if m is None:
        return None
    url, media, length = (part.decode("utf-8", "replace") for part in m.group("url", "media", "length"))
    kind = "warcinfo" if url.startswith("filedesc:") else "response"
    return {"warc-type": kind, "warc-target-uri": url, "content-type": media, "content-length": length}


def _record(head: dict[str, str], stream: BinaryIO, max_bytes: int) -> Record:
    kind, stated = head.get("warc-type", "").lower(), head.get("content-length", "")
    length = int(stated) if _LENGTH.fullmatch(stated) else -1
    block = stream.read(max(0, min(length, max_bytes + 1)))
    left = length - len(block)
    while left > 0 and (chunk := stream.read(min(left, CHUNK))):
        left -= len(chunk)
    whole = left == 0 and "warc-truncated" not in head
    return Record(
        kind=kind if whole or kind not in CAPTURES else DAMAGED,
        url=head.get("warc-target-uri", "").strip("<>").replace(" ", "%20"),
        media=head.get("content-type", "").lower(),
        digest=head.get("warc-block-digest", ""),
        block=block,
        length=length,
    )


# --- packed archives ------------------------------------------------------------------------------


class Members:
    """The members of a packed archive (a record each, or all in one), unpacked as far as they are whole."""

    def __init__(self, stream: BinaryIO, allowance: Allowance) -> None:
        self._stream = stream
        self._allowance = allowance
        self._data = b""
        self.damaged = False  # the last stretch ended before its time
        self.ended = False

    def stretch(self) -> Iterator[bytes]:
        """Give what is inside, chunk by chunk, to the next damage or the end; the next stretch begins behind it."""
        unpacker, self.damaged = None, False
        while self._more():
            if unpacker is None:
                unpacker = self._next()
                continue
            try:
                yield self._taken(unpacker.decompress(self._data, CHUNK))
            except zlib.error:
                self.damaged, self._data = True, self._data[1:]
                return
            self._data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            unpacker = None if unpacker.eof else unpacker
        self.damaged, self.ended = unpacker is not None, True

    def _more(self) -> bool:
        if not self._data:
            self._data = self._stream.read(CHUNK)
            self._allowance.packed += len(self._data)
        return bool(self._data)

    def _next(self) -> Any:  # noqa: ANN401 # zlib has no public name for it
        """Give what unpacks the next member, the data set to its start; None where there is none yet."""
        start = self._data.find(_GZIP)
        self._data = self._data[start:] if start >= 0 else b""
        return zlib.decompressobj(zlib.MAX_WBITS | 16) if start >= 0 else None

    def _taken(self, chunk: bytes) -> bytes:
        self._allowance.take(len(chunk))
        return chunk


# --- pages ----------------------------------------------------------------------------------------

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_HEADER = re.compile(rb"^(content-type|content-encoding|transfer-encoding)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.I | re.M)
_CHUNK = re.compile(rb"\s*([0-9a-f]{1,8})[^\r\n]{0,200}\r?\n", re.IGNORECASE)
_HTML = re.compile(r"text/html|application/xhtml\+xml")


def _page(record: Record, max_bytes: int) -> bytes:
    """Give the HTML that was captured; raises PassedOver for what is none."""
    media, data, packed = record.media, record.block, ""
    if record.kind == "response" and data.startswith(b"HTTP/"):
        head, data = _split(record.block)
        if not re.match(rb"HTTP/[\d.]+ +200\b", head):
            raise PassedOver(NOT_OK)
        headers = {m[1].lower(): m[2].decode("latin-1").lower() for m in _HEADER.finditer(head)}
        media, packed = headers.get(b"content-type", ""), headers.get(b"content-encoding", "")
        data = _dechunked(data) if "chunked" in headers.get(b"transfer-encoding", "") else data
    elif record.kind == "response" and record.url.startswith("http"):
        raise PassedOver(DAMAGED)
    if media and not _HTML.match(media):
        raise PassedOver(OTHER)
    if not _has_digest(record.block, record.digest):
        raise PassedOver(DIGEST)
    data = _unpacked(data, packed, max_bytes)
    if not media and sniff(data) != "html":
        raise PassedOver(OTHER)
    return data


def _split(block: bytes) -> tuple[bytes, bytes]:
    end = _HEAD_END.search(block)
    return (block[: end.start()], block[end.end() :]) if end else (block, b"")


def _dechunked(data: bytes) -> bytes:
    """Give the data without the lengths between its chunks; as it is where it has none."""
    parts, at = [], 0
    while (m := _CHUNK.match(data, at)) and (size := int(m[1], 16)):
        parts.append(data[m.end() : m.end() + size])
        at = m.end() + size
    return b"".join(parts) or data


def _unpacked(data: bytes, packed: str, max_bytes: int) -> bytes:
    bare = "gzip" in packed and not data.startswith(b"\x1f\x8b")  # crawlers unpack pages and leave the header
    if bare or packed in ("", "identity"):
        return data
    if packed not in ("gzip", "x-gzip", "deflate"):
        raise PassedOver(PACKED)
    for form in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # with a head of its own; without
        unpacker = zlib.decompressobj(form)
        try:
            page = unpacker.decompress(data, max_bytes + 1)
        except zlib.error:
            continue
        if len(page) > max_bytes:
            raise PassedOver(LARGE)
        if unpacker.eof:
            return page
    raise PassedOver(DAMAGED)


def _has_digest(block: bytes, stated: str) -> bool:
    """Tell whether the block has the digest that the archive states; a digest of an unknown sort says nothing."""
    name, _, value = stated.partition(":")
    if name.lower() not in ("sha1", "sha256", "md5"):
        return True
    digest = new(name.lower(), block, usedforsecurity=False).digest()
    forms = {digest.hex(), b32encode(digest).decode().lower().rstrip("=")}
    return value.lower().rstrip("=") in forms or value.replace("_", "/").replace("-", "+") == b64encode(digest).decode()
