"""Calendar dates as news pages and headers write them. A date that can be read in two ways is none."""

import re
from dataclasses import dataclass
from datetime import date

# fmt: off
MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}
# fmt: on
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})"


@dataclass(frozen=True, slots=True)
class DateForm:
    """One way to write a full date, with examples: (words, ISO date or None where the words give no sure date)."""

    pattern: str
    examples: tuple[tuple[str, str | None], ...]


FORMS = (
    DateForm(  # ISO 8601, with or without a time
        rf"(?<![\d.-]){_YEAR}(?P<sep>[-/.])(?P<m>[01]?\d)(?P=sep)(?P<day>[0-3]?\d)(?!\d|[-/.]\d)",
        (
            ("2025-03-28", "2025-03-28"),
            ("2025-03-28T23:30:00-05:00", "2025-03-28"),
            ("2025/3/8", "2025-03-08"),
            ("2025-13-28", None),
            ("2025-02-30", None),
            ("12025-03-28", None),
        ),
    ),
    DateForm(  # compact, as in NewsML
        rf"(?<![\d.-]){_YEAR}(?P<m>[01]\d)(?P<day>[0-3]\d)(?=T\d|\Z)",
        (
            ("20250328T101500Z", "2025-03-28"),
            ("20250328", "2025-03-28"),
            ("20259928", None),
            ("call 20250328 now", None),
        ),
    ),
    DateForm(  # day first
        rf"(?<![\d.]){_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}(?!\d)",
        (
            ("28 March 2025", "2025-03-28"),
            ("Fri, 28 Mar 2025 10:15:00 GMT", "2025-03-28"),
            ("the 3rd of May, 2024", "2024-05-03"),
            ("28-Mar-2025", "2025-03-28"),
            ("28 March", None),
            ("31 June 2025", None),
        ),
    ),
    DateForm(  # month first
        rf"\b{_MONTH}\s*{_DAY}(?!\d),?\s+(?:at\s+)?{_YEAR}(?!\d)",
        (
            ("March 28, 2025", "2025-03-28"),
            ("Friday, Sept. 5th 2025", "2025-09-05"),
            ("MAR 28, 2025 2:15 PM ET", "2025-03-28"),
            ("May 2025", None),
            ("March 28", None),
        ),
    ),
    DateForm(  # numbers alone: only when day and month can't be taken for one another
        rf"(?<![\d./-])(?P<a>[0-3]?\d)(?P<sep>[-/.])(?P<b>[0-3]?\d)(?P=sep){_YEAR}(?!\d|[-/.]\d)",
        (
            ("28/03/2025", "2025-03-28"),
            ("03/28/2025", "2025-03-28"),
            ("28.3.2025", "2025-03-28"),
            ("03/03/2025", "2025-03-03"),
            ("03/04/2025", None),
            ("28/03/25", None),
        ),
    ),
)
_FORMS = tuple(re.compile(form.pattern, re.IGNORECASE) for form in FORMS)
_URL_DATE = re.compile(rf"(?<!\d){_YEAR}(?P<sep>[-/])(?P<m>[01]?\d)(?P=sep)(?P<day>[0-3]?\d)(?!\d)")


def find_date(text: str) -> date | None:
    """Give the first full date of the text, as written (no shift of time zone); None where there is no sure one."""
    found = [(m.start(), value) for form in _FORMS for m in form.finditer(text) if (value := _value(m))]
    return min(found)[1] if found else None


def is_date_line(line: str) -> bool:
    """Tell whether the line holds a date and nothing that a date line may not hold."""
    left = line
    for form in _FORMS:
        left = form.sub(lambda m: " " if _value(m) else m[0], left)
    return left != line and not _NOT_OF_A_DATE.search(left)


def date_in_url(url: str) -> date | None:
    """Give the date in the path of a web address (/2025/03/28/...), to the day."""
    m = _URL_DATE.search(url)
    return _value(m) if m else None


# What may stand beside a date on its line: a weekday, a time of day with its zone, "at", "on", separators.
_NOT_OF_A_DATE = re.compile(
    r"(?!(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|[ap]\.?m\b|at\b|on\b|GMT\b|UTC\b|[A-Z]{1,3}[SD]?T\b|T?[\d:.]+Z?)"
    r"(?<![\w:.])\w+",
    re.IGNORECASE,
)


def _value(m: re.Match[str]) -> date | None:
    parts = m.groupdict()
    if parts.get("month"):
        month, day = MONTHS[parts["month"].lower()], int(parts["day"])
    elif parts.get("m"):
        month, day = int(parts["m"]), int(parts["day"])
    else:
        a, b = int(parts["a"]), int(parts["b"])
        if a <= 12 and b <= 12 and a != b:
            return None
        month, day = min(a, b) if max(a, b) > 12 else a, max(a, b)
    try:
        return date(int(parts["year"]), month, day)
    except ValueError:
        return None
