"""The accuracy reached is kept: no figure falls below its floor in benchmarks/floors.json."""

import importlib
import sys

import pytest


@pytest.fixture(scope="module")
def floors(root):
    sys.path.insert(0, str(root / "benchmarks"))
    yield importlib.import_module("floors")
    sys.path.remove(str(root / "benchmarks"))


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the shared scorer leaves closing its files to Python
def test_no_figure_is_below_its_floor(floors, shared, tmp_path):
    figures = floors.scoring.floors_figures(shared, tmp_path)
    failures = list(floors.below(floors.read(), figures))
    assert not failures, "\n".join(failures)


def test_a_figure_below_its_floor_is_named_with_the_floor_and_the_way_to_raise_it(floors):
    (failure,) = floors.below({"set": {"F1": 71.0, "found": 3}}, {"set": {"F1": 70.5, "found": 3}})
    assert "set: F1 is 70.5, its floor is 71.0" in failure
    assert "make floors" in failure


def test_a_missing_figure_counts_as_nothing(floors):
    assert list(floors.below({"set": {"found": 1}}, {"set": {}}))


def test_rounding_on_another_processor_is_no_fall_but_a_lost_statement_is(floors):
    assert not list(floors.below({"set": {"F1": 71.0}}, {"set": {"F1": 70.9}}))
    assert list(floors.below({"set": {"found": 13}}, {"set": {"found": 12}}))


def test_floors_are_raised_and_never_lowered(floors):
    assert floors.raised({"set": {"a": 2.0, "b": 2.0}}, {"set": {"a": 3.0, "b": 1.0}}) == {"set": {"a": 3.0, "b": 2.0}}
