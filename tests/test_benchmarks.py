"""The parts of the benchmark that can be wrong without anybody seeing it: costs, medians, the table's place."""

import importlib
import sys

import pytest


@pytest.fixture(scope="module")
def bench(root):
    sys.path.insert(0, str(root / "benchmarks"))
    yield importlib.import_module
    sys.path.remove(str(root / "benchmarks"))


def test_a_cost_counts_the_processor_time_and_memory_of_the_command(bench, tmp_path):
    measure = bench("measure")
    work = "x = bytearray(60_000_000); print('first', flush=True); print(sum(range(3_000_000)))"
    cost = measure.run([sys.executable, "-c", work], tmp_path / "out")
    idle = measure.run([sys.executable, "-c", "import time; print(1, flush=True); time.sleep(0.3)"], tmp_path / "idle")
    assert (tmp_path / "out").read_text().splitlines() == ["first", str(sum(range(3_000_000)))]
    assert cost.megabytes > 60
    assert 0 < cost.first <= cost.wall
    assert idle.cpu < idle.wall - 0.2
    assert idle.first < idle.wall - 0.2


def test_a_command_that_fails_is_an_error_not_a_fast_run(bench, tmp_path):
    measure = bench("measure")
    with pytest.raises(measure.subprocess.CalledProcessError):
        measure.run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "out")


def test_all_that_is_started_stays_on_one_core_and_the_cores_come_back(bench, tmp_path):
    measure = bench("measure")
    if not hasattr(measure.os, "sched_getaffinity"):
        pytest.skip("this system can't keep a process on one core")
    before = measure.os.sched_getaffinity(0)
    with measure.one_core():
        measure.run([sys.executable, "-c", "import os; print(len(os.sched_getaffinity(0)))"], tmp_path / "out")
    assert (tmp_path / "out").read_text() == "1\n"
    assert measure.os.sched_getaffinity(0) == before


def test_the_speed_leaves_out_the_start_up(bench):
    measure, run = bench("measure"), bench("run")
    system = run.System("ours", [], [measure.Cost(2, 3, 1, 100)], [measure.Cost(12, 23, 1, 300)])
    reached = run.medians(system, 1000)
    assert (reached["words per cpu second"], reached["words per second"]) == (100, 50)
    assert (reached["startup wall"], reached["megabytes"]) == (3, 300)


def test_the_table_replaces_the_last_one_and_nothing_else(bench, tmp_path):
    tables = bench("tables")
    page = tmp_path / "page.md"
    page.write_text(f"before\n{tables.START}\nold\n{tables.END}\nafter\n")
    tables.into(page, r"new \1")
    assert page.read_text() == f"before\n{tables.START}\nnew \\1\n{tables.END}\nafter\n"
