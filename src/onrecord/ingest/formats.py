"""What kind an input is, by its name or its first bytes, and the module that reads that kind."""

import re
from importlib import import_module
from pathlib import PurePath

from onrecord.ingest.source import Reader
from onrecord.ingest.tables_columns import is_header

# Kind -> the module beside this one whose `read` reads it; imported when the first such input comes.
READERS: dict[str, str] = {
    "text": "page",
    "html": "page",
    "jsonl": "jsonl",
    "json": "documents",
    "xml": "xml",
    "csv": "tables",
    "xlsx": "tables",
    "parquet": "tables",
    "zip": "archives",
    "gzip": "archives",
    "bzip2": "archives",
    "warc": "warc",
}

# Suffix -> kind. In a folder only these are read, but for .json and .md: there they are mostly something else, a
# README say. By name they are read.
SUFFIXES: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".xml": "xml",
    ".rss": "xml",
    ".atom": "xml",
    ".rdf": "xml",
    ".opml": "xml",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".zip": "zip",
    ".warc": "warc",
    ".arc": "warc",
}
# Suffix of a packed file -> kind; the suffix before it tells what is inside: page.html.gz.
PACKED: dict[str, str] = {".gz": "gzip", ".bz2": "bzip2"}
IN_FOLDERS = tuple(suffix for suffix in SUFFIXES if suffix not in (".json", ".md"))

# First bytes of an input beside its kind.
SNIFFED: tuple[tuple[bytes, str], ...] = (
    (b"<!DOCTYPE html><html>", "html"),
    (b'\xef\xbb\xbf\n <html lang="en">', "html"),
    (b'<?xml version="1.0"?><html>', "html"),
    (b"<!-- saved page --><html>", "html"),
    (b'<p class="lead">Three ports agreed.</p>', "html"),
    (b'{"id": 1, "text": "Three ports agreed."}', "jsonl"),
    (b'{"id": 1, "text": "Three po', "jsonl"),
    (b"{\n", "json"),
    (b'[{"text": "Three ports agreed."}]', "json"),
    (b"[\n", "json"),
    (b'{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post"', "json"),
    (b'<?xml version="1.0"?>\n<rss version="2.0">', "xml"),
    (b"<!-- made by hand --><rss>", "xml"),
    (b'<newsItem guid="urn:toll" xmlns="http://iptc.org/std/nar/2006-10-01/">', "xml"),
    (b'<feed xmlns="http://www.w3.org/2005/Atom">', "xml"),
    (b"<rdf:RDF xmlns:rdf='x'>", "xml"),
    (b'<?xml version="1.0"?><!DOCTYPE opml><opml>', "xml"),
    (b"id,published,text\n", "csv"),
    (b"PK\x03\x04\x14\x00", "zip"),
    (b"\x1f\x8b\x08\x00", "gzip"),
    (b"BZh91AY&SY", "bzip2"),
    (b"PAR1\x15\x04", "parquet"),
    (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "warc"),
    (b"filedesc://ports.arc 127.0.0.1 20250328101500 text/plain 75\n", "warc"),
    (b"Three ports agreed.", "text"),
    (b"<laughter> Three ports agreed.", "text"),
    (b"[Applause] Three ports agreed.", "text"),
    (b"", "text"),
)
_MAGIC = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"PAR1": "parquet",
    b"WARC/": "warc",
    b"filedesc://": "warc",
}
_MARKUP = re.compile(
    rb"(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|\?xml[^>]*>\s*<(?:!doctype\s+html|html)"
    rb"|(?:html|head|body|meta|title|main|article|section|div|p|h[1-6]|script|table)(?:\s[^>]*)?>)",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"<\?xml\s|(?:<!--.{0,2000}?-->\s*)?<(?:rss|opml|[\w:]+\s[^<>]*xmlns)[\s>:=]", re.DOTALL)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')


def reader(kind: str) -> Reader:
    """Give the reader of a kind."""
    made: Reader = import_module(f"onrecord.ingest.{READERS[kind]}").read
    return made


def kind_of(name: str) -> str | None:
    """Give the kind that a file's name shows; None where only its bytes can tell."""
    suffix = PurePath(name).suffix.lower()
    inside = SUFFIXES.get(PurePath(name[: -len(suffix)]).suffix.lower()) if suffix == ".gz" else None
    return "warc" if inside == "warc" else SUFFIXES.get(suffix) or PACKED.get(suffix)  # packed record by record


def is_read_in_folders(name: str) -> bool:
    """Tell whether a file of this name is read where a folder or an archive is given; packed ones by what is inside."""
    inside = PurePath(name).stem if PurePath(name).suffix.lower() in PACKED else name
    return inside.lower().endswith(IN_FOLDERS)


def sniff(begun: bytes) -> str:
    """Give the kind of an input from its first bytes (its first line or more)."""
    if magic := next((kind for mark, kind in _MAGIC.items() if begun.startswith(mark)), None):
        return magic
    start = begun[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16: the letters without their NULs
        start = start[2:].replace(b"\x00", b"").lstrip()
    if _MARKUP.match(start):
        return "html"
    if _XML.match(start):
        return "xml"
    if is_json_feed(start):
        return "json"
    if re.match(rb'\{\s*"', start):
        return "jsonl"
    if re.match(rb"\{\s*$|\[\s*(?:$|\{)", start):
        return "json"
    return "csv" if is_header(start.decode("utf-8", "ignore").partition("\n")[0]) else "text"


def is_json_feed(begun: bytes) -> bool:
    """Tell whether a JSON document, by its first bytes, is a feed (jsonfeed.org)."""
    return begun[:1] == b"{" and _JSON_FEED.search(begun[:4096]) is not None
