"""The fonts that ship, and how wide their characters are (OpenType `cmap` format 4 and `hmtx`)."""

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Family = Literal["Serif", "Sans"]

FOLDER = Path(__file__).parent
STACKS: dict[Family, str] = {  # for viewers that have not the first
    "Serif": "'Noto Serif', Georgia, 'Iowan Old Style', 'Times New Roman', serif",
    "Sans": "'Noto Sans', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
}
_UNKNOWN = 0.62  # em: a guess at a letter that the fonts don't hold


@dataclass(frozen=True, slots=True)
class Font:
    """One of the fonts that ship, at a size in pixels."""

    family: Family
    size: float
    bold: bool = False

    def width(self, words: str) -> float:
        """Give how wide words are, in pixels, without kerning; of characters that the font lacks, a guess."""
        known = _advances(self.family, self.bold)
        return self.size * sum(known[c] if c in known else _guess(c) for c in words)

    def holds(self, words: str) -> bool:
        """Tell whether the font has every character."""
        return _advances(self.family, self.bold).keys() >= set(words)


def _guess(character: str) -> float:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 1 if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN


@cache
def _advances(family: Family, bold: bool) -> dict[str, float]:
    """Give the advance of each character that a font holds, in em."""
    data = (FOLDER / f"Noto{family}-{'SemiBold' if bold else 'Regular'}.ttf").read_bytes()
    tables = {data[i : i + 4]: struct.unpack_from(">L", data, i + 8)[0] for i in _rows(data)}
    (per_em,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (metrics,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    wide = struct.unpack_from(">" + "Hh" * metrics, data, tables[b"hmtx"])[::2]
    return {chr(c): wide[min(g, metrics - 1)] / per_em for c, g in _glyphs(data, tables[b"cmap"]).items()}


def _rows(data: bytes) -> range:
    (number,) = struct.unpack_from(">H", data, 4)
    return range(12, 12 + 16 * number, 16)


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Give each code point's glyph by the first subtable, which is of format 4."""
    at = cmap + struct.unpack_from(">L", data, cmap + 8)[0]
    segments = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{segments}H", data, at + start)
        for start in (14, 16 + 2 * segments, 16 + 4 * segments, 16 + 6 * segments)
    )
    found = {}
    for i, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            place = at + 16 + 6 * segments + 2 * i + offset + 2 * (code - start)
            glyph = struct.unpack_from(">H", data, place)[0] if offset else code
            found[code] = (glyph + delta) & 0xFFFF if glyph else 0
    return {code: glyph for code, glyph in found.items() if glyph}
