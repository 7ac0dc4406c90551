"""A stand-in for the model that reads a town's news, and the articles that it can read.

Paragraphs such as these are statements; what stands in brackets may be left out:

    Ilse Brandt said on 2026-03-24 [to commit 2000 EUR for Larkhill]: "Fees will fall."
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b

from onrecord.reading import Reading
from onrecord.types import Money, Quotation, Said, Span, Speaker, Statement, Word

LINE = re.compile(
    r"^(?P<who>\w+(?: \w+)?) said(?: on (?P<day>[\w-]+))?"
    r'(?: to (?P<act>\w+)(?: (?P<sum>(?P<amount>\d+) (?P<currency>[A-Z]{3})) for (?P<whom>[\w ]+))?)?: (?P<what>".+")$',
    re.MULTILINE,
)


@dataclass(frozen=True)
class Town:
    """Reads each such paragraph as a direct statement; a text with CRASH makes it fail."""

    min_confidence: float = 0.0
    act: str = "assert"  # where the text names none

    def read(self, article):
        if "CRASH" in article.text:
            raise ValueError("the stand-in was told to fail")
        statements = tuple(self._statement(article, match) for match in LINE.finditer(article.text))
        return Reading(article, statements, (), ()).above(self.min_confidence)

    def _statement(self, article, match):
        def span(part):
            return Span(*match.span(part)) if match[part] else None

        who = match["who"]
        speaker = None if who == "Nobody" else Speaker(key(who.lower()), who, "person", "Mayor", 0.9)
        quotation = Quotation((span("what"),), (span("who"),), (), "direct", None, 0.9)
        money = Money(span("sum"), Decimal(match["amount"]), match["currency"]) if match["sum"] else None
        word = Word("said", match["act"] or self.act, None, None, span("whom"), money)
        said = Said(match["day"], span("day")) if match["day"] else None
        made = key(f"{article.id} {match.start()}")
        return Statement(made, quotation, None, speaker, said, (), word, (), (money,) if money else ())


def key(words):
    return blake2b(words.encode(), digest_size=8).hexdigest()


def town_pipeline(settings):
    return Town(settings.min_confidence)


def stand_in_digests(_settings):
    return iter((("stand-in", "0123"),))


FEES = """Harbour fees

Ilse Brandt said on 2026-03-24: "The harbour fees will fall by half before the summer."

Nils Oake said on 2026-03-25 to threaten: "We will strike if the harbour fees fall."

Ilse Brandt said on 2026-03-24 to commit 2000 EUR for Larkhill: "Larkhill gets two thousand euros for its pier."
"""
FERRY = """Ferry

Ilse Brandt said on 2026-03-24 to commit 2000 EUR for the Larkhill: "Larkhill gets two thousand euros for its pier."

Runa Tarn said on 2026-04-02 to commit 500 USD for Tarn Valley: "The valley will have five hundred dollars from us."

Bo Brandt said: "The old ferry is unsafe and must be moved."
"""
