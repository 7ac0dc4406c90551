"""Which statements report one act of speaking: the table of pairs, and what holds for any pair."""

import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reports import Reported, same_words, tie
from onrecord.reports.folding import fold

TABLE = Path(__file__).with_name("same_words.txt").read_text("utf-8")
ROWS = [line.partition("   #")[0] for line in TABLE.splitlines() if line and not line.startswith("#")]
PAIRS = [tuple(cell.strip() for cell in row.split(" | ")) for row in ROWS]


def day(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


def report(kind_and_day: str, words: str, article: str | None = None) -> Reported:
    kind, when = kind_and_day.split()
    if when in ("?", "copy"):
        return Reported(words, kind, article=article)
    if when.startswith("p"):
        return Reported(words, kind, published=day(when[1:]), article=article)
    first, _, last = when.partition("..")
    return Reported(words, kind, day(first), day(last or first), article=article)


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{p[0]}-{i}" for i, p in enumerate(PAIRS)])
def test_statements_are_tied_as_the_table_says_both_ways_round(pair):
    expected, one_day, one, other_day, other = pair
    a, b, copied = report(one_day, one), report(other_day, other), "copy" in one_day
    wanted = None if expected == "none" else expected
    assert tie(a, b, copied=copied) == wanted
    assert tie(b, a, copied=copied) == wanted
    assert same_words(a, b, copied=copied) is (wanted is not None)


def test_the_table_holds_enough_pairs_of_both_sorts():
    verdicts = [pair[0] for pair in PAIRS]
    assert len(verdicts) >= 60
    assert 25 <= verdicts.count("none") <= len(verdicts) - 25


def test_changed_words_within_one_article_are_two_acts_but_equal_and_trimmed_ones_are_one():
    two = "“We lost 2,000 sheep in the flood and not one farmer of the valley has seen a coin from the capital”"
    three = two.replace("2,000", "3,000")
    assert tie(report("direct 03-04", two, "a"), report("direct 03-04", three, "b")) == "changed"
    assert tie(report("direct 03-04", two, "a"), report("direct 03-04", three, "a")) is None
    assert tie(report("direct 03-04", two, "a"), report("direct 03-04", two, "a")) == "identical"


def test_folded_words_lie_where_the_text_has_them_and_the_reporters_own_are_none():
    text = "[T]hey won’t get $2bn … [from us], uh, in the U.S."
    tokens = fold(text)
    assert " ".join(t.word for t in tokens) == "they will not get dollars 2 billion in the united states"
    assert [t.span.of(text) for t in tokens[:7]] == ["[T]hey", "wo", "n’t", "get", "$", "2", "bn"]


words = st.lists(
    st.sampled_from(
        [
            "we",
            "will",
            "not",
            "send",
            "two",
            "three",
            "2",
            "tanks",
            "to",
            "the",
            "Lind’s",
            "[old]",
            "…",
            "harbour",
            "“now”",
            "don't",
        ]
    )
)


@given(words, words, st.sampled_from(["direct", "mixed", "indirect"]), st.sampled_from(["direct", "mixed"]))
def test_any_pair_is_tied_alike_both_ways_round(one, other, kind, second):
    a, b = (Reported(" ".join(w), k, published=date(2024, 3, 4)) for w, k in ((one, kind), (other, second)))
    assert tie(a, b) == tie(b, a)


@given(st.text())
def test_any_text_folds_to_words_in_order(text):
    starts = [token.span.start for token in fold(text)]
    assert starts == sorted(starts)
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in fold(text))


def test_two_hundred_candidates_are_compared_in_five_milliseconds():
    made = [
        Reported(f"“We will open {n} schools in the valley of Varn before the {n}th of May”", "direct")
        for n in range(200)
    ]
    one = Reported("“We will close the harbour of Port Arden before the winter, street by street”", "direct")
    began = time.process_time()
    assert not any(same_words(one, other) for other in made)
    assert time.process_time() - began < 0.005


def test_every_row_of_the_table_says_why():
    lines = [line for line in TABLE.splitlines() if line and not line.startswith("#")]
    assert all(re.search(r"   # \S", line) for line in lines)
