"""What times and money share: number words and figures (one pattern and its value), and lower case."""

import re
from fractions import Fraction

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)

SMALL: dict[str, int] = {w: i for i, w in enumerate(_ONES.split())} | {
    w: 10 * i for i, w in enumerate(_TENS.split(), 2)
}
SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "million": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
ORDINALS: dict[str, int] = {w: i for i, w in enumerate(_ORDINALS.split(), 1)}
FRACTIONS: dict[str, Fraction] = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "1/2": Fraction(1, 2),
    "1/4": Fraction(1, 4),
    "3/4": Fraction(3, 4),
}
_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_GAP = r"(?:[ \u00a0]|-|\r?\n)"
FIGURES = r"(?:\d{1,3}(?:,\d{2,3}){1,9}|\d+)(?:\.\d+)?(?:[ -]?(?:½|¼|¾)|[ -][13]/[24](?!\d))?"
WORDS = (
    rf"(?:(?:an?{_GAP}(?:hundred|thousand)|{_SMALL})"
    rf"(?:{_GAP}(?:and{_GAP}(?={_SMALL}))?(?:{_SMALL}|hundred|thousand)\b){{0,9}})\b"
)
NUMBER = rf"(?:{FIGURES}|{WORDS})"

_LONGEST = 40  # figures longer than this count nothing

# words -> value
EXAMPLES: dict[str, Fraction] = {
    "12": Fraction(12),
    "1,250": Fraction(1250),
    "1,00,000": Fraction(100_000),
    "2.16": Fraction(216, 100),
    "2 1/2": Fraction(5, 2),
    "3½": Fraction(7, 2),
    "1/2": Fraction(1, 2),
    "one hundred": Fraction(100),
    "twenty-four": Fraction(24),
    "a hundred and thirty": Fraction(130),
    "two thousand five hundred": Fraction(2500),
    "one hundred twenty thousand": Fraction(120_000),
    "two and a half": Fraction(5, 2),
    "half a": Fraction(1, 2),
    "a": Fraction(1),
}


def number(words: str) -> Fraction | None:
    """Give the value of a number in figures or words, lower case; None where it is vague or none."""
    words = words.strip()
    if words in FRACTIONS:
        return FRACTIONS[words]
    return _figures(words) if words[:1].isdigit() else _spelt(re.split(r"[\s\u00a0-]+", words))


def _figures(words: str) -> Fraction | None:
    m = re.match(r"(\d[\d,]*(?:\.\d+)?)(?:[ -]?([½¼¾]|[13]/[24]))?", words, re.ASCII)
    if m is None or len(m[1]) > _LONGEST:
        return None
    return Fraction(m[1].replace(",", "")) + (FRACTIONS.get(m[2], Fraction(0)) if m[2] else 0)


def _spelt(words: list[str]) -> Fraction | None:
    """Sum up number words from left to right; a scale multiplies what stands before it."""
    total, part, known = Fraction(0), Fraction(0), False
    for word in words:
        if word in SMALL:
            part += SMALL[word]
        elif word == "half":
            part += Fraction(1, 2)
        elif word in SCALES:
            total, part = _scaled(total, part or Fraction(1), SCALES[word])
        elif word not in ("a", "an", "and"):
            return None
        known = known or word != "and"
    if not known:
        return None
    return total + part or (Fraction(1) if words[0] in ("a", "an") else Fraction(0))


def _scaled(total: Fraction, part: Fraction, scale: int) -> tuple[Fraction, Fraction]:
    return (total, part * scale) if scale == 100 else (total + part * scale, Fraction(0))


def lowered(text: str) -> str:
    """Give the text in lower case without a change of length."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(x if len(x := c.lower()) == 1 else c for c in text)
