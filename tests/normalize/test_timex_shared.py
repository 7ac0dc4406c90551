"""Times on annotated news and on two libraries' examples: the figures reached are floors (see benchmarks/times.py)."""

import importlib
import json
import sys

import pytest

# F1 in per cent; the rules were developed on TimeBank and MEANTIME, AQUAINT is for checking only
FLOORS = {
    "timebank": {"strict": 90.2, "relaxed": 94.3, "type": 91.9, "value": 83.2},
    "meantime_en": {"strict": 86.8, "relaxed": 90.4, "type": 86.6, "value": 81.3},
    "aquaint": {"strict": 83.0, "relaxed": 93.5, "type": 84.0, "value": 74.3},
}


@pytest.fixture(scope="module")
def times(root):
    sys.path.insert(0, str(root / "benchmarks"))
    yield importlib.import_module("times")
    sys.path.remove(str(root / "benchmarks"))


@pytest.mark.shared
@pytest.mark.parametrize("name", FLOORS)
def test_times_of_annotated_news_are_read_as_well_as_they_were(times, shared, tmp_path, name):
    figures = times.news(shared, name, tmp_path)
    assert {k: v for k, v in FLOORS[name].items() if figures[k] < v} == {}


@pytest.mark.shared
@pytest.mark.parametrize("name", ["recognizers", "duckling"])
def test_nine_of_ten_examples_in_scope_are_right_and_the_others_listed_with_a_reason(times, shared, name):
    right, wrong, _ = times.examples(shared, name)
    listed = json.loads(times.WRONG.read_text(encoding="utf-8"))
    assert len(right) >= 0.9 * (len(right) + len(wrong))
    assert {str(i) for i in wrong} <= set(listed[name])
    assert set(listed[name].values()) <= set(listed["reasons"])
