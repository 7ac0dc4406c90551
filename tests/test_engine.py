import os
from functools import partial

import pytest

from onrecord import engine
from onrecord.errors import EngineError


def doubler(add):
    return partial(double, add)


def double(add, number):
    if number == 13:
        raise ValueError("thirteen")
    if number == 99:
        os._exit(9)
    return 2 * number + add


def test_one_job_works_in_this_process_and_takes_items_as_they_are_needed():
    taken = []

    def numbers():
        for number in range(1_000_000):
            taken.append(number)
            yield number

    results = engine.map(lambda: lambda n: (n, os.getpid()), numbers())
    assert [next(results) for _ in range(3)] == [(n, os.getpid()) for n in range(3)]
    assert taken == [0, 1, 2]


def test_the_function_is_prepared_once():
    prepared = []

    def prepare():
        prepared.append(1)
        return lambda n: n

    assert list(engine.map(prepare, range(5))) == [0, 1, 2, 3, 4]
    assert prepared == [1]


def test_two_jobs_keep_the_order_and_bound_what_is_in_flight():
    taken = []

    def numbers():
        for number in range(12):
            taken.append(number)
            yield number + 100

    results = engine.map(partial(doubler, 1), numbers(), jobs=2)
    assert next(results) == 201
    assert len(taken) <= 2 * engine.IN_FLIGHT + 1
    assert list(results) == [2 * n + 201 for n in range(1, 12)]


def test_what_the_function_raises_comes_through_and_a_dead_worker_is_told_with_a_remedy():
    with pytest.raises(ValueError, match="thirteen"):
        list(engine.map(partial(doubler, 0), [1, 13, 2], jobs=2))
    with pytest.raises(EngineError, match="fewer --jobs"):
        list(engine.map(partial(doubler, 0), [1, 99, 2], jobs=2))
