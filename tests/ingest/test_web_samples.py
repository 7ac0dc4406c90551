"""Samples of what the web and agencies offer: each file is read or skipped with a reason, and none is lost or fails.

The feeds among them are in test_feeds.py.
"""

import importlib
import sys

import pytest

from onrecord.ingest.inputs import articles
from onrecord.types import Article

# Folder -> the least articles read from all of it, and how many of its files at least give one.
LEAST: dict[str, tuple[int, int]] = {
    "fundus": (81, 81),
    "article_extraction_benchmark": (181, 181),
    "ninjs": (29, 29),
    "newsml_g2": (4, 4),
    "warc": (0, 0),  # they hold front pages, pictures and damage
}
# File -> words of the reasons for what it holds beside articles.
REASONS: dict[str, tuple[str, ...]] = {
    "warc/bad.arc": ("3 records passed over, damaged",),
    "warc/example-bad-non-chunked.warc.gz": ("front pages", "repeated captures"),
    "warc/example-digest.warc": ("no captured page",),
    "warc/example-iana.org-chunked.warc": ("front pages",),
    "warc/example-resource.warc.gz": ("front pages",),
    "warc/example-space-in-target-uri.warc.gz": ("no pages but pictures",),
    "warc/example-space-in-url.arc": ("damaged or cut off",),  # twelve bytes shorter than it says
    "warc/example-trunc.warc": ("by their digest", "damaged or cut off"),
    "warc/example-wget-bad-target-uri.warc.gz": ("front pages", "2 records passed over, no pages"),
    "warc/example-wrong-chunks.warc.gz": ("by their digest",),
    "warc/example.arc": ("front pages",),
    "warc/example.arc.gz": ("front pages",),
    "warc/example.warc": ("front pages", "repeated captures"),
    "warc/example.warc.gz": ("front pages", "repeated captures"),
    "warc/post-test.warc.gz": ("3 records passed over, no pages",),
    "newsml_g2/LISTING_10_Abstract_Concept_conveyed_in_a_NewsML-G2_Concept_Item.xml": ("a concept",),
    "newsml_g2/LISTING_13_Complete_Catalog_Item.xml": ("a catalogue",),
    "newsml_g2/LISTING_16_A_Set_of_Events_carried_in_a_News_Item.xml": ("no running text (<events>)",),
    "newsml_g2/LISTING_17_Planning_Item_a_CCL.xml": ("a plan of coverage",),
    "newsml_g2/LISTING_24_News_Message_conveying_a_complete_News_Package.xml": ("a package", *["no text"] * 4),
    "newsml_g2/LISTING_28_Illustrating_Located_Subject_and_Dateline.xml": ("of a sort that is not read",),
    "newsml_g2/LISTING_3_Photo_in_NewsML-G2.xml": ("a picture",),
    "newsml_g2/LISTING_4_Multiple_Renditions_of_a_Video_in_NewsML-G2.xml": ("a video",),
    "ninjs/docs-2.2_002_renditions_example.json": ("no text of its own",),
    "ninjs/docs-3.1_008_event.json": ("an event",),
    "ninjs/ex-2.1_ap_audio.json": ("a recording",),
    "ninjs/ex-2.1_ntb_text.json": ("no text of its own",),
    "ninjs/ex-2.1_schema-extension_extension-schema.json": ('no "text" and no "html"',),
    "ninjs/ex-3.0_collection_20231016-event-timeline-sample.json": ("no text of its own",) * 14,
}


def read(path):
    found = list(articles([str(path)]))
    assert found, f"{path} is lost"
    return found


@pytest.fixture(scope="module")
def web(shared):
    return shared / "data" / "web"


@pytest.mark.shared
@pytest.mark.parametrize("folder", LEAST)
def test_every_sample_is_read_or_skipped_with_a_reason(web, folder):
    files = [path for path in sorted((web / folder).rglob("*")) if path.is_file() and not is_expectation(path)]
    found = {path: read(path) for path in files}
    skipped = [one for rest in found.values() for one in rest if not isinstance(one, Article)]
    assert all(one.reason.strip() and ";" in one.reason for one in skipped)
    read_ones = [[one for one in rest if isinstance(one, Article)] for rest in found.values()]
    assert sum(map(len, read_ones)) >= LEAST[folder][0]
    assert sum(map(bool, read_ones)) >= LEAST[folder][1]


def is_expectation(path):
    return (path.suffix == ".json" and path.parts[-3] == "fundus") or path.name == "ground-truth.json"


@pytest.mark.shared
@pytest.mark.parametrize("name", REASONS)
def test_the_reason_is_the_true_one(web, name):
    skipped = [one.reason for one in read(web / name) if not isinstance(one, Article)]
    assert len(skipped) == len(REASONS[name])
    assert all(words in reason for words, reason in zip(REASONS[name], skipped, strict=True))


@pytest.mark.shared
def test_the_body_of_a_saved_page_is_found_at_least_as_well_as_by_trafilatura_alone(root, shared, monkeypatch):
    monkeypatch.syspath_prepend(root / "benchmarks")
    pages = importlib.import_module("pages")
    for of_set, words in pages.SETS.values():
        found = list(of_set(shared / "data" / "web"))
        ours, theirs = (
            pages.means([(p.name, pages.score(p.body, body(p.data), words)) for p in found])["F1"]
            for body in (pages.ours, pages.trafilatura_alone)
        )
        assert ours >= theirs
    sys.modules.pop("pages")
