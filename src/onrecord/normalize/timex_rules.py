"""The rules of time expressions: a pattern, what it means, and examples that are its tests.

An example is read as an article published on Friday, 2025-03-28; the words in [brackets] are the expression.
Patterns run over lower-case text from a word of one of the rule's classes (`starts`); the longest match wins, the
earlier rule where two are equal. `left` names what may stand before and belongs to the expression: d(eterminer),
p(art: "early", "the end of"), a(pproximator: "nearly"). A reader that gives None refuses the match.
"""

from onrecord.normalize.timex_rules_calendar import CALENDAR
from onrecord.normalize.timex_rules_relative import RELATIVE
from onrecord.normalize.timex_values import Rule

RULES: tuple[Rule, ...] = CALENDAR + RELATIVE

# sentences in which nothing is a time
NONE_FOUND: tuple[str, ...] = (
    "We hope that this may help. Wait a minute, just a second!",
    "At the end of the day, late-night talk and the morning shows go on by night.",
    "A USA TODAY poll; 21st Century Boats; ABC's This Week; Monday Night Rowing; one Sunday or another.",
    "You may sit down, he sat and sun fell on the second row.",
    "They march on the capital and may august company keep.",
    "The team won 3-1, then 21-14, and scored 88 points.",
    "Turn to page 2016 of the book, priced at $1999 or 1,990 euros.",
    "The 45-year-old driver, 45, and a girl of 8 years old were hurt.",
    "A quarter of all voters seconded it; one quarter did not.",
    "Chapter 12:30 and a ratio of 3:10 mean little.",
    "Springs fall where wells spring up.",
    "The Sunday Times and Ms April Jones read the minutes during office hours.",
    "He came second; the second man came third.",
)
