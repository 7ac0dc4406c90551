"""The command line with the weights that ship."""

import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.slow


def run(*arguments):
    command = [sys.executable, "-m", "onrecord.cli", *arguments]
    return subprocess.run(command, capture_output=True, timeout=300)


def test_two_processes_print_the_same_bytes_as_one(examples):
    one, two = (run("read", "--json", "--quiet", "--jobs", jobs, str(examples)) for jobs in ("1", "2"))
    assert (one.returncode, one.stderr) == (0, b"")
    assert one.stdout.count(b"\n") >= 12
    assert two.stdout == one.stdout


def test_a_cold_start_shows_an_article_in_less_than_a_second_and_a_half(examples):
    article = min(examples.glob("*.txt"), key=lambda path: path.stat().st_size)
    times = []
    for _ in range(3):
        started = time.perf_counter()
        assert run("read", str(article)).returncode == 0
        times.append(time.perf_counter() - started)
    assert min(times) < 1.5


def test_the_models_that_ship_are_listed():
    listed = run("models").stdout.decode()
    assert [line.split()[0] for line in listed.splitlines() if line.strip()] == ["judge", "reader"]
