"""What only a process of its own shows: start-up, pipes, signals."""

import os
import signal
import subprocess
import sys
import time

import pytest

DRIVER = """
import sys, time
sys.path.insert(0, {tests!r})
from onrecord import cli, pipeline
from stand_ins import fake_pipeline
pipeline.pipeline = fake_pipeline
sys.argv[0] = "onrecord"
cli.main()
"""


HEAVY = {"numpy", "onnxruntime", "tokenizers", "trafilatura", "htmldate", "lxml", "pandas", "msgspec", "asyncio"}
HELP_THEN_TELL = """
import sys
from onrecord import cli
sys.argv = ["onrecord", "read", "--help"]
try:
    cli.main()
except SystemExit:
    print("HEAVY", sorted({heavy} & set(sys.modules)))
"""


def command(root, *arguments):
    return [sys.executable, "-W", "error", "-c", DRIVER.format(tests=str(root / "tests")), *arguments]


def run(root, *arguments, **given):
    environment = os.environ | {"COLUMNS": "100"}
    return subprocess.run(command(root, *arguments), capture_output=True, env=environment, timeout=60, **given)


@pytest.mark.parametrize("form", [["--json"], ["--csv"], []])
def test_a_reader_that_goes_away_ends_the_run_quietly(root, tmp_path, form):
    articles = tmp_path / "many.jsonl"
    articles.write_text('{"text": "She said \\"yes\\" to all of it."}\n' * 5000, "utf-8")
    with subprocess.Popen(
        command(root, "read", *form, str(articles)), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline()
        process.stdout.close()
        assert (process.wait(60), process.stderr.read()) == (0, b"")


@pytest.fixture
def interruptible():
    """Lets what the test starts be interrupted: a shell has its background runs, and all that they start, ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_the_run_cleanly(root):
    with subprocess.Popen(
        command(root, "read", "--json", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdin.write(b'{"text": "She said \\"yes\\"."}\n')
        process.stdin.flush()
        assert process.stdout.readline().startswith(b'{"article":')  # each line leaves at once
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert (process.wait(60), process.stderr.read()) == (130, b"onrecord: Interrupted.\n")


def test_standard_input_is_read_and_bytes_are_utf8_whatever_the_locale(root):
    given = {"input": "“Żadnych ceł,” said Bo Lind.".encode(), "text": False}
    ended = subprocess.run(
        command(root, "read", "--json", "-"),
        capture_output=True,
        timeout=60,
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        input=given["input"],
    )
    assert ended.returncode == 0
    assert "“Żadnych ceł,”".encode() in ended.stdout


def test_a_terminal_without_the_characters_is_no_error(root):
    ended = subprocess.run(
        command(root, "read", "-"),
        capture_output=True,
        timeout=60,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "COLUMNS": "100"},
        input="“Żadnych ceł,” said Bo Lind.".encode(),
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"[[?" in ended.stdout


def test_the_version_is_told(root):
    ended = run(root, "--version")
    assert ended.returncode == 0
    assert ended.stdout.startswith(b"onrecord 0.")


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["read", "-h"]])
def test_help_shows_every_option_and_examples(root, arguments):
    ended = run(root, *arguments)
    assert ended.returncode == 0
    for word in (
        ["--json", "--html", "Examples", "Exit status"] if "read" in arguments else ["--install-completion", "read"]
    ):
        assert word in ended.stdout.decode()


def test_help_imports_nothing_heavy():
    code = HELP_THEN_TELL.format(heavy=HEAVY)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ended.stdout.splitlines()[-1] == "HEAVY []"


def test_help_starts_in_less_than_four_tenths_of_a_second():
    times = []
    for _ in range(3):  # processor time: what else runs on the machine is not its fault
        before = os.times()
        subprocess.run([sys.executable, "-m", "onrecord.cli", "--help"], capture_output=True, timeout=60)
        after = os.times()
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(times) < 0.4
