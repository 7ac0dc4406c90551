"""Bytes -> text: byte order marks, UTF-8, a declared charset, then a guess; binary data is refused by its name.

Nothing is translated: byte order marks, CRLF and odd spaces stay, so offsets count code points of the file's own text.
"""

import codecs
import re

from onrecord.errors import EmptyInput, NotText
from onrecord.ingest.facts import printable

# Leading bytes -> what it is and what to do about it.
MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "save it as text or HTML first"),
    (
        b"PK\x03\x04",
        "a zip archive or an Office document (.docx, .odt, .epub)",
        "name it .zip if it is an archive, and save a document as text or HTML",
    ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc)", "save it as text or HTML first"),
    (b"{\\rtf", "a rich text document (.rtf)", "save it as text or HTML first"),
    (b"\x1f\x8b", "gzip-compressed data", "name it .gz"),
    (b"BZh", "bzip2-compressed data", "name it .bz2"),
    (b"\xfd7zXZ\x00", "xz-compressed data", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a rar archive", "unpack it first"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "give the text of the article instead"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text of the article instead"),
    (b"GIF8", "a GIF image", "give the text of the article instead"),
    (b"ID3", "an MP3 recording", "give its transcript instead"),
    (b"OggS", "an Ogg recording", "give its transcript instead"),
    (b"SQLite format 3\x00", "an SQLite database", "give the articles as .jsonl instead"),
    (b"\x7fELF", "a program", "give the text of the article instead"),
    (b"MZ\x90\x00", "a program", "give the text of the article instead"),
)
# Longer marks first: the UTF-32 mark begins with the one of UTF-16.
BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?|\?xml\b[^>]{0,100}?en)c(?:harset|oding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.I
)
# Codecs that no page is in, whatever it declares: a tag that reads as ASCII rules out UTF-16, the rest are Python's.
_NOT_ON_THE_WEB = re.compile(r"utf-(?:7|16|32)|unicode|raw|idna|punycode|undefined|mbcs|oem")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOSTLY_UTF8 = 8  # well-formed sequences for each broken byte that make a file damaged UTF-8 and not another encoding


def decode(data: bytes, *, markup: bool = False) -> str:
    """Give the text of the bytes; with `markup`, a charset that HTML declares is believed when UTF-8 fails.

    Raises EmptyInput and NotText.
    """
    if not data.strip():
        raise EmptyInput("it is empty; give an input that holds an article")
    refuse_known_binary(data)
    text = printable(data.decode(encoding_of(data, markup=markup), "replace"))
    refuse_controls(text)
    return text


def encoding_of(data: bytes, *, markup: bool = False) -> str:
    """Give the name of the encoding that text is in, as Python calls it; raises NotText where none is known."""
    return _by_mark(data) or _utf8(data) or _utf16_without_mark(data) or _declared(data, markup) or _guessed(data)


def refuse_known_binary(data: bytes) -> None:
    """Raise NotText for data that starts like a known file type which is no text."""
    for magic, what, remedy in MAGIC:
        if data.startswith(magic):
            raise NotText(f"it looks like {what}; {remedy}")
    if data[257:262] == b"ustar":
        raise NotText("it looks like a tar archive; unpack it, or pack it as .zip")


def refuse_controls(text: str) -> None:
    """Raise NotText where NUL or many control characters show that the text is none."""
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > 2 + len(text) / 500:
        raise NotText("it looks like binary data (it holds control characters); save it as text or HTML first")


def _by_mark(data: bytes) -> str | None:
    return next((encoding for mark, encoding in BOMS if data.startswith(mark)), None)


def _utf8(data: bytes) -> str | None:
    """Give UTF-8, also for a text with a few damaged bytes (they become U+FFFD) among many sound ones."""
    try:
        data.decode()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    else:
        return "utf-8"
    broken = text.count("\ufffd")
    beyond_ascii = sum(c > "\x7f" for c in text) - broken
    return "utf-8" if beyond_ascii >= _MOSTLY_UTF8 * broken else None


def _utf16_without_mark(data: bytes) -> str | None:
    """Give UTF-16 where every second byte of nearly all is NUL: Latin letters in UTF-16 without a mark."""
    sample = data[:4000]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(high) > 8 and high.count(0) > 0.8 * len(high) and sample.count(0) < 1.1 * high.count(0):
            return encoding
    return None


def _declared(data: bytes, markup: bool) -> str | None:
    m = _CHARSET.search(data[:4096]) if markup else None
    if m is None:
        return None
    name = m[1].decode("ascii", "ignore").lower()
    try:
        codec = codecs.lookup(name).name
        if codec in ("iso8859-1", "ascii"):  # as browsers do
            codec = "cp1252"
        if _NOT_ON_THE_WEB.match(codec):
            return None
        data.decode(codec)
    except (LookupError, ValueError):
        return None
    return codec


def _guessed(data: bytes) -> str:
    """Give the likely encoding; windows-1252 goes first, for English text hardly ever comes in another."""
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        text = ""
    if text and _reads_as_western(text):
        return "windows-1252"
    from charset_normalizer import from_bytes  # slow to import and rarely needed

    best = from_bytes(data[:200_000]).best()
    if best is not None:
        return best.encoding
    raise NotText("its characters are in no known encoding; save it as UTF-8 first")


def _reads_as_western(text: str) -> bool:
    """Tell whether the characters beyond ASCII are few, and letters or marks of print as English news has them."""
    beyond = [c for c in text if c > "\x7f"]
    fitting = sum(c.isalpha() or c in "‘’“”–—…•«»£€°·©®™½¼¾§\xa0\xad´" for c in beyond)
    return len(beyond) <= 0.15 * len(text) and fitting >= 0.95 * len(beyond)
