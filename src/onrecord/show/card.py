"""The card for sharing: what somebody said then beside what the same speaker said later.

Reversal -> CardText (every word on the card) -> SVG -> PNG
                                              -> HTML
"""

from collections.abc import Callable
from typing import Literal

from onrecord.show import card_page, card_svg, svg
from onrecord.show.card_text import CardText, card_text
from onrecord.types import Reversal

Form = Literal["svg", "png", "html"]


def draw(reversal: Reversal, form: Form) -> bytes:
    """Give the card: an SVG 1200 pixels wide and as high as it needs, a PNG at twice that size, or a page in HTML."""
    return _FORMS[form](card_text(reversal))


_FORMS: dict[Form, Callable[[CardText], bytes]] = {
    "svg": lambda text: card_svg.drawing(text).encode(),
    "png": lambda text: svg.png(card_svg.drawing(text)),
    "html": lambda text: card_page.page(text).encode(),
}
