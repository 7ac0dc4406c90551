"""`onrecord add` with a stand-in for the model, as a process that tests may kill: python adding.py add --record ...

Its articles hold paragraphs such as `Ilse Brandt said on 2026-03-24: "Fees will fall."`, one statement each.
"""

import re
from itertools import cycle, islice

from onrecord import cli, pipeline
from onrecord.reading import Reading
from onrecord.types import Quotation, Said, Span, Speaker, Statement, Word

LINE = re.compile(r'^(?P<who>\w+ \w+) said on (?P<day>\S+): (?P<what>".+")$', re.MULTILINE)
PEOPLE = ("Ilse Brandt", "Nils Oake", "Runa Tarn", "Bo Lindqvist")
THINGS = ("harbour", "fees", "bridge", "tunnel", "ferry", "market", "school", "library", "tram", "square", "canal")
DEEDS = ("opens", "closes", "rises", "falls", "stays", "moves", "ends", "begins", "pays", "waits")
BROKEN = '{"id": "broken", "text": ""}'


class ByLine:
    """Reads each such paragraph as a direct statement."""

    def read(self, article):
        statements = tuple(self._statement(article, match) for match in LINE.finditer(article.text))
        return Reading(article, statements, (), ())

    def _statement(self, article, match):
        speaker = Speaker(match["who"].lower().replace(" ", "-"), match["who"], "person", None, 0.9)
        content = Span(*match.span("what"))
        quotation = Quotation((content,), (Span(*match.span("who")),), (), "direct", None, 0.9)
        said = Said(match["day"], Span(*match.span("day")))
        key = f"{article.id[:8]}-{content.start}"
        return Statement(key, quotation, None, speaker, said, (), Word("said", "assert", None, None), (), ())


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
    pipeline.pipeline = lambda _settings: ByLine()
    pipeline.digests = lambda _settings: iter((("stand-in", "0"),))
    cli.main()
