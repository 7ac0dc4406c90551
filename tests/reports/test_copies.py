"""Copies of articles: what is one, that sketches find it, and that a sketch means the same for ever."""

import json
import os
import subprocess
import sys
from hashlib import blake2b
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BrokenInput
from onrecord.reports import Sketch, is_copy, overlap, similarity, sketch

PLACES = ("harbour", "valley", "river", "canal", "bridge", "island", "market", "school", "mill", "dam", "ferry")
DEEDS = ("opened", "closed", "repaired", "painted", "flooded", "sold", "rented", "measured", "guarded", "mapped")
LEAD = "A correspondent of this paper, who was on the spot, tells what follows in her own words and at some length. "
ALERT = "PORT ARDEN (Wire) - Oda Lind has won the election for mayor of Port Arden, the council said on Monday."


def story(seed: int, sentences: int = 60) -> list[str]:
    draw = Random(seed)  # noqa: S311 # the same story in each run
    return [
        f"On day {draw.randrange(900)} the {draw.choice(PLACES)} of {draw.choice(PLACES)} {draw.randrange(99)} was "
        f"{draw.choice(DEEDS)} and {draw.choice(DEEDS)} by {draw.randrange(999)} people from the {draw.choice(PLACES)}."
        for _ in range(sentences)
    ]


WHOLE = story(1)
TEXT = "\n\n".join(WHOLE)
COPIES = {
    "itself in capitals and other marks": TEXT.upper().replace(".", " !"),
    "its first half": "\n".join(WHOLE[:30]),
    "its last third": "\n".join(WHOLE[40:]),
    "another lead": LEAD + " ".join(WHOLE[3:]),
    "another lead and half of it": LEAD + " ".join(WHOLE[3:33]),
    "paragraphs cut and reordered": "\n".join(WHOLE[40:] + WHOLE[10:30]),
    "an update that is half as long again": "\n".join([*story(2, 30), *WHOLE]),
    "every twelfth word changed": " ".join(w if i % 12 else "else" for i, w in enumerate(TEXT.split())),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_an_edited_or_trimmed_text_is_a_copy_and_shares_a_band(copy):
    assert is_copy(TEXT, copy)
    assert is_copy(copy, TEXT)
    assert set(sketch(TEXT).bands) & set(sketch(copy).bands)


OTHERS = {
    "another story of the same agency": "\n".join(story(2)),
    "one that quotes three of its sentences": "\n".join([*story(3), *WHOLE[:3]]),
    "one with the same closing lines of the house": "\n".join([*story(4, 6), *WHOLE[-4:]]),
    "a few of its words": " ".join(TEXT.split()[:25]),
    "nothing": "",
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_another_text_is_no_copy(other):
    assert not is_copy(TEXT, other)
    assert not is_copy(other, TEXT)


def test_a_short_alert_is_a_copy_only_where_nearly_every_word_is_the_same():
    assert is_copy(ALERT, ALERT.replace("(Wire) - ", ""))
    assert not is_copy(ALERT, ALERT.replace("Oda Lind", "Bram Oduya").replace("mayor", "judge"))
    assert not is_copy("Oda Lind has won.", "Oda Lind has won.")
    assert not is_copy("", "")


def test_a_sketch_means_the_same_on_each_machine_and_in_each_version():
    kept = sketch(TEXT).to_bytes()
    assert len(kept) <= 512
    assert blake2b(kept, digest_size=8).hexdigest() == "d4034def16acd468"
    assert sketch(TEXT).bands[:2] == (-7106425543259790741, 1940423938219623196)
    code = f"from onrecord.reports import sketch; print(sketch({TEXT!r}).to_bytes().hex())"
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert bytes.fromhex(run.stdout.strip()) == kept


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x01\x02", b"\x02" + bytes(480), b"\x01" + bytes(479)])
def test_a_damaged_sketch_is_refused(data):
    with pytest.raises(BrokenInput, match=r"anew"):
        Sketch.from_bytes(data)


@given(st.text())
def test_a_sketch_comes_back_from_its_bytes_and_is_like_itself(text):
    made = sketch(text)
    assert Sketch.from_bytes(made.to_bytes()) == made
    assert similarity(made, made) == (1.0 if made.slots else 0.0)
    assert all(-(2**63) <= band < 2**63 for band in made.bands)


@pytest.mark.parametrize("kept", [6, 15, 30, 45, 54])
def test_similarity_is_near_the_share_of_runs_in_common(kept):
    other = "\n\n".join(WHOLE[:kept])
    assert similarity(sketch(TEXT), sketch(other)) == pytest.approx(overlap(TEXT, other).jaccard, abs=0.12)


def test_overlap_tells_which_of_two_texts_was_trimmed():
    half = "\n\n".join(WHOLE[:30])
    found = overlap(half, TEXT)
    assert found.of_a == 1
    assert found.of_b == pytest.approx(0.5, abs=0.05)
    assert found.jaccard == pytest.approx(found.of_b)
    assert overlap(TEXT, half).of_b == found.of_a


@pytest.mark.shared
@pytest.mark.slow
def test_the_wire_copies_among_the_news_articles_are_found_by_their_bands(shared):
    files = [shared / "polnear" / f"{part}.jsonl" for part in ("train", "dev")]
    texts = [json.loads(line)["text"] for file in files for line in file.read_text("utf-8").splitlines()]
    bands = [set(sketch(text).bands) for text in texts]
    pairs = [(i, j) for j in range(len(texts)) for i in range(j) if bands[i] & bands[j]]
    assert sum(is_copy(texts[i], texts[j]) for i, j in pairs) == 7  # as many as among all pairs: benchmarks/copies.py
    assert len(pairs) < 20
