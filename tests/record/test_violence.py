"""A record under violence: killed, out of room, read-only, and two at once. It stays whole and ends the same."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from adding import BROKEN, rows
from sqlalchemy import select

from onrecord.record import Record
from onrecord.store import Wanted, opening
from onrecord.store.schema import metadata

pytestmark = pytest.mark.slow

ADDING = Path(__file__).with_name("adding.py")
KILLS = 40  # on each database
MIDWAY = 10  # of them at least hit a record that holds some of the articles and not all
NOT_COMPARED = {"number", "recorded"}  # when, and in which order, rows came
TOWN = rows(50)


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    """A file of articles, the last of them broken."""
    return write(tmp_path_factory.mktemp("town") / "town.jsonl", TOWN)


def write(path, articles):
    path.write_text("".join(f"{json.dumps(row)}\n" for row in articles) + BROKEN + "\n")
    return path


def start(where, *inputs, before=(), **given):
    command = [*before, sys.executable, ADDING, "add", "--json", "--jobs", "1", "--record", where, *inputs]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **given)


def add(where, *inputs, **given):
    process = start(where, *inputs, **given)
    _, told = process.communicate(timeout=300)
    return process.returncode, told


def contents(where):
    """All rows of a record, without what differs between equal ones."""
    with open_record(where) as record, opening.reading(record.store._engine) as connection:
        return {
            table.name: sorted(
                (tuple(row) for row in connection.execute(select(*(c for c in table.c if c.name not in NOT_COMPARED)))),
                key=repr,
            )
            for table in metadata.sorted_tables
        }


@contextmanager
def open_record(where):
    record = Record(where)
    yield record
    record.store.close()


def assert_whole(where):
    """Every span, hash and reference holds, and the index of words knows all statements."""
    with open_record(where) as record:
        assert [fault for fault in record.store.check() if not isinstance(fault, int)] == []
        assert record.store.count(Wanted(about="year")) == record.store.totals()["statements"]


# --- killed ---------------------------------------------------------------------------------------


def test_killed_at_random_moments_and_run_again_it_equals_an_undisturbed_record(new_record, town):
    whole = new_record()
    begun = time.perf_counter()
    add(whole, town)
    took = time.perf_counter() - begun
    undisturbed = contents(whole)
    assert len(undisturbed["articles"]) >= 50
    assert len(undisturbed["skipped"]) == 1
    assert len(undisturbed["pairs"]) >= 100
    draw, killed, seen, where = random.Random(4), 0, [], new_record()  # noqa: S311 # moments, no secrets
    while killed < KILLS:
        process = start(where, town)
        try:
            process.communicate(timeout=draw.uniform(took / 10, took))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        if process.returncode == -signal.SIGKILL:
            killed += 1
            seen.append(len(contents(where)["articles"]) if exists(where) else 0)
        else:  # it got to the end
            assert process.returncode == 3, process.returncode
            assert contents(where) == undisturbed
            where = new_record()
    midway = [number for number in seen if 0 < number < len(undisturbed["articles"])]
    assert len(midway) >= MIDWAY, seen
    assert add(where, town)[0] == 3  # one input is broken
    assert contents(where) == undisturbed
    assert_whole(where)


def exists(where):
    """Tell whether the tables are there already."""
    try:
        Record(where).store.close()
    except Exception:
        return False
    return True


# --- two at once ----------------------------------------------------------------------------------


def test_two_at_once_end_in_the_record_of_one_after_the_other(new_record, tmp_path):
    first, second = write(tmp_path / "a.jsonl", TOWN[:45]), write(tmp_path / "b.jsonl", TOWN[20:])
    in_turn, at_once = new_record(), new_record()
    add(in_turn, first)
    add(in_turn, second)
    both = [start(at_once, file) for file in (first, second)]
    told = [process.communicate(timeout=300)[1] for process in both]
    assert [process.returncode for process in both] == [3, 3], told
    assert contents(at_once)["articles"] == contents(in_turn)["articles"]
    assert whatever_the_order(contents(at_once)) == whatever_the_order(contents(in_turn))
    assert_whole(at_once)


def whatever_the_order(found):
    """All but names of inputs, and pairs: where more than a few are alike, the likest of those there are judged."""
    return found | {"skipped": [], "pairs": []}


def test_readers_see_whole_articles_only_while_others_are_added(new_record, town):
    whole, growing = new_record(), new_record()
    add(whole, town)
    with open_record(whole) as record:
        keys = [row[0] for row in contents(whole)["articles"]]
        expected = {key: len(record.store.of_article(key)) for key in keys}
    process, seen, wrong = start(growing, town), [], []
    while not exists(growing):
        time.sleep(0.02)

    def look():
        with open_record(growing) as record:
            while process.poll() is None:
                entries = record.statements(Wanted(limit=None))
                counted = {}
                for entry in entries:
                    counted[entry.article.id] = counted.get(entry.article.id, 0) + 1
                seen.append(len(counted))
                wrong.extend(key for key, number in counted.items() if expected[key] != number)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    process.communicate(timeout=300)
    for reader in readers:
        reader.join()
    assert wrong == []
    assert any(0 < number < len(expected) for number in seen), seen


# --- no room --------------------------------------------------------------------------------------


def test_a_file_that_may_not_grow_gives_a_clear_message_and_a_whole_record(tmp_path, town):
    where, undisturbed = str(tmp_path / "small.db"), str(tmp_path / "whole.db")
    add(undisturbed, town)
    room = 500_000

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    status, told = add(where, town, preexec_fn=limit)
    assert status == 4
    assert told.splitlines()[-1].startswith(f"onrecord: The disk of {where} ")
    assert "Traceback" not in told
    assert 0 < len(contents(where)["articles"]) < len(contents(undisturbed)["articles"])
    assert_whole(where)
    add(where, town)
    assert contents(where) == contents(undisturbed)


@pytest.fixture
def small_disk(tmp_path):
    """A folder that holds 1 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_gives_a_clear_message_and_a_whole_record(small_disk, tmp_path, town):
    where, undisturbed = str(small_disk / "record.db"), str(tmp_path / "whole.db")
    add(undisturbed, town)
    status, told = add(where, town)
    assert status == 4
    assert told.splitlines()[-1].startswith(f"onrecord: The disk of {where} is full.")
    subprocess.run(["mount", "-o", "remount,size=50m", small_disk], check=True)
    assert 0 < len(contents(where)["articles"]) < len(contents(undisturbed)["articles"])
    assert_whole(where)
    add(where, town)
    assert contents(where) == contents(undisturbed)


# --- may not be written ---------------------------------------------------------------------------


@pytest.fixture
def bound():
    """What makes a command heed permissions, even of root."""
    if os.getuid():
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("root may write everywhere, and setpriv (util-linux) is missing")
    return ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--")


@pytest.mark.parametrize("kept", ["some articles", "nothing"])
@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_may_not_be_written_gives_a_clear_message_and_stays_whole(bound, tmp_path, town, what, kept):
    folder = tmp_path / "kept"
    folder.mkdir()
    where = folder / "record.db"
    if kept == "some articles":
        add(str(where), write(tmp_path / "few.jsonl", TOWN[:9]))
        before = contents(str(where))
    elif what == "file":
        where.touch()
    target = folder if what == "folder" else where
    target.chmod(0o555)
    status, told = add(str(where), town, before=bound)
    target.chmod(0o755)
    assert status == 4
    assert told.splitlines()[-1].startswith(f"onrecord: {where} ")
    assert "Traceback" not in told
    if kept == "some articles":
        assert contents(str(where)) == before
        assert_whole(str(where))
