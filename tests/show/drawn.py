"""Reversals made by hand, of invented people and outlets, and what the tests of pictures ask of an SVG."""

import struct
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime

from onrecord.types import Article, Entry, Quotation, Reversal, Said, Side, Span, Speaker, Statement, Word

SVG = "{http://www.w3.org/2000/svg}"
THEN = (
    "NORDMARK — “There will be no toll in this harbour, not this year & not next,” Łukasiewicz told the Port Courier.\n"
)
NOW = "Fees rise.\n\nŁukasiewicz said on Wednesday that every ship would pay a toll from June. Ships left early.\n"
RECORDED = datetime(2026, 4, 2, 8, 30, tzinfo=UTC)


def a_side(text, words, evidence, *, kind="direct", said=None, also=(), **given):
    article = Article("ab" * 16, given.pop("name", "port.txt"), text, **given)
    spans = tuple(place(text, w) for w in ([words] if isinstance(words, str) else words))
    quotation = Quotation(spans, (), (), kind, None, 0.9)
    word = Word("said", "assert", None, None)
    made = Statement("5f1d0c2ab94e", quotation, None, None, Said(said, None) if said else None, (), word, (), ())
    return Side(Entry(made, article, "u1", 1, "r1", RECORDED), spans, tuple(place(text, e) for e in evidence), also)


def place(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def then(**given):
    known = {"said": "2026-03-14", "publisher": "Port Courier", "title": "No toll", "published": date(2026, 3, 15)}
    words = "There will be no toll in this harbour, not this year & not next"
    return a_side(THEN, words, ["no toll"], **known | {"url": "https://courier.example/a?b=1&c=2"} | given)


def now(**given):
    known = {"publisher": "Evening Star", "title": "Fees rise", "published": date(2026, 3, 26), "kind": "indirect"}
    return a_side(NOW, "every ship would pay a toll from June", ["would pay a toll"], **known | given)


def a_reversal(earlier=None, later=None, **given):
    speaker = Speaker("e1", "Zoë Łukasiewicz", "person", "Minister of Ports", 0.97)
    known = {"speaker": speaker, "issue": "the harbour toll", "label": "reversal", "days": 12, "why": "First, then."}
    return Reversal(id="9c1f22ab", clash=0.9, earlier=earlier or then(), later=later or now(), **known | given)


def parsed(svg):
    """The document, after a check that it takes nothing from elsewhere and runs nothing."""
    root = ET.fromstring(svg)  # noqa: S314 # our own
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "rect", "path", "text", "tspan", "g"}
        assert not {name for name in element.attrib if "href" in name or name.startswith("on")}
        assert not any("url(" in value for value in element.attrib.values())
    return root


def words_of(root, role=None):
    """What is written in the picture, or in the elements of a role."""
    return "".join(e.text or "" for e in root.iter() if e.tag in (f"{SVG}text", f"{SVG}tspan") and _is(e, role))


def _is(element, role):
    return role is None or element.get("class") == role


def size_of(png):
    """Width and height of a PNG."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">LL", png[16:24])
