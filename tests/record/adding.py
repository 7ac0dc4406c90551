"""`onrecord add` with a stand-in for the model, as a process that tests may kill: python adding.py add --record ...

What it reads, and how its articles look: see town.py.
"""

import sys
from itertools import cycle, islice
from pathlib import Path

from onrecord import cli, judges, pipeline

PEOPLE = ("Ilse Brandt", "Nils Oake", "Runa Tarn", "Bo Lindqvist")
THINGS = ("harbour", "fees", "bridge", "tunnel", "ferry", "market", "school", "library", "tram", "square", "canal")
DEEDS = ("opens", "closes", "rises", "falls", "stays", "moves", "ends", "begins", "pays", "never waits")
BROKEN = '{"id": "broken", "text": ""}'


def rows(count):
    """Articles of a town's papers, as rows of a .jsonl file: among them copies, reprints, and words reported again."""
    return [row for number in range(count) for row in _of(number)]


def _of(number):
    day = f"2026-{number // 25 % 9 + 1:02}-{number % 25 + 1:02}"
    lines = [_line(number * 3 + i, day) for i in range(5)]
    if number % 3 == 2:
        lines.append(
            _line((number - 1) * 3, f"2026-{number // 25 % 9 + 1:02}-{number % 25:02}")
        )  # the neighbour's, again
    first = {
        "id": f"a{number}",
        "publisher": "Port Courier",
        "published": day,
        "text": "\n\n".join([f"Report {number} of the town.", *lines, _filler(number)]),
    }
    yield first
    if number % 7 == 0:  # printed elsewhere too, a day earlier: the statements are dated by that
        yield first | {"id": f"b{number}", "publisher": "Larkhill Post", "published": "2026-01-01"}
    if number % 5 == 0:  # a copy, edited
        yield first | {"id": f"c{number}", "publisher": "Tarn Echo", "text": first["text"] + "\n\nMore follows."}


def _line(number, day):
    words = " ".join(islice(cycle(THINGS), number % len(THINGS), number % len(THINGS) + 5))
    deed = DEEDS[number % len(DEEDS)]
    return f'{PEOPLE[number % len(PEOPLE)]} said on {day}: "The {words} {deed} in year {number}, all of it."'


def _filler(number):
    return " ".join(f"{thing}{number}{i}" for i, thing in enumerate(islice(cycle(THINGS), 60)))


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[1]))
    import stand_ins
    import town

    for name, made in stand_ins.SCRIPTED.items():
        setattr(judges, name, made)
    pipeline.pipeline, pipeline.digests = town.town_pipeline, town.stand_in_digests
    cli.main()
