"""Real pages of many outlets with what is expected of them; they stay outside of this repository."""

import gzip
import json
import re
from collections import Counter

import pytest

from onrecord.ingest import html
from onrecord.ingest.decode import decode

FLOORS = {"body": 0.955, "published": 0.98, "title": 0.87, "authors": 0.95, "publisher": 0.98, "url": 0.98}


def words(text):
    return Counter(re.findall(r"\w+", (text or "").lower()))


def f1(found, expected):
    a, b = words(found), words(expected)
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def body_of(expected):
    sections = [line for s in expected["body"]["sections"] for line in [*s["headline"], *s["paragraphs"]]]
    return "\n".join([*expected["body"]["summary"], *sections])


def scores(path):
    text, facts = html.read(decode(gzip.decompress(path.read_bytes()), markup=True), 20_000_000)
    versions = json.loads((path.parent / f"{path.name.split('_')[0]}.json").read_text())
    expected = max(versions.values(), key=lambda e: f1(text, body_of(e)))
    return {
        "body": f1(text, body_of(expected)),
        "published": str(facts.published) == expected["publishing_date"][:10],
        "title": words(facts.title) == words(expected["title"]),
        "authors": {a.lower() for a in facts.authors} == {a.lower() for a in expected.get("authors", [])},
        "publisher": bool(facts.publisher),
        "url": bool(facts.url),
    }


@pytest.mark.shared
def test_real_pages_are_read_as_well_as_before(shared):
    pages = shared / "data" / "web" / "fundus"
    found = [scores(path) for path in sorted(pages.glob("*/*.html.gz"))]
    means = {name: round(sum(page[name] for page in found) / len(found), 3) for name in FLOORS}
    assert {name: mean for name, mean in means.items() if mean < FLOORS[name]} == {}
