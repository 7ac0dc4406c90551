import importlib
import sys

import pytest


@pytest.fixture(scope="module")
def bench(root):
    sys.path.insert(0, str(root / "benchmarks"))
    yield importlib.import_module("money")
    sys.path.remove(str(root / "benchmarks"))
    sys.modules.pop("money")


@pytest.mark.shared
@pytest.mark.parametrize(("name", "least"), [("currency", 95.0), ("dimension", 72.0), ("percentage", 50.0)])
def test_published_examples_are_read_but_for_those_listed_with_a_reason(bench, shared, name, least):
    known = bench.json.loads(bench.WRONG.read_text("utf-8"))[name]
    counted, missed = bench.examples(shared, name)
    assert 100 * (counted - len(missed)) / counted >= least
    assert set(missed) <= set(known), "read them, or list them in benchmarks/money_wrong.json with a reason"


def test_every_reason_is_explained(bench):
    known = bench.json.loads(bench.WRONG.read_text("utf-8"))
    assert all(f"    {reason} " in bench.__doc__ for listed in known.values() for reason in listed.values())
