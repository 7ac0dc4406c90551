"""Store: keep and query. The only importer of sqlalchemy; SQLite and PostgreSQL, one schema."""

from onrecord.store.checking import Fault
from onrecord.store.correcting import DROPPED, RESTORED, Correction
from onrecord.store.finding import Voice, Wanted
from onrecord.store.grouping import Likeness, Report
from onrecord.store.keeping import Arrival, Found, Kept
from onrecord.store.store import Store

__all__ = [
    "DROPPED",
    "RESTORED",
    "Arrival",
    "Correction",
    "Fault",
    "Found",
    "Kept",
    "Likeness",
    "Report",
    "Store",
    "Voice",
    "Wanted",
]
