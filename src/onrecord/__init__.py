"""Read the news and keep the record: who said what, when, and through whom.

>>> import onrecord
>>> reading = onrecord.read("article.txt")
>>> reading.to_df()
>>> onrecord.Record("onrecord.db").statements(onrecord.Wanted(about="harbour fees"), "Ilse Brandt")
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.pipeline import read, read_all
    from onrecord.reading import Reading
    from onrecord.record import Record
    from onrecord.store import Wanted

__all__ = ["Reading", "Record", "Wanted", "read", "read_all"]

_HOME = {
    "Reading": "onrecord.reading",
    "Record": "onrecord.record",
    "Wanted": "onrecord.store",
    "read": "onrecord.pipeline",
    "read_all": "onrecord.pipeline",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that the command line starts at once."""
    from importlib import import_module

    if name not in _HOME:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
