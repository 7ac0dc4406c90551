"""Store: keep and query. The only importer of sqlalchemy; SQLite and PostgreSQL, one schema."""

from onrecord.store.browsing import Kept as KeptArticle
from onrecord.store.checking import Fault
from onrecord.store.comparing import Compared, Due, Known, Pair
from onrecord.store.comparing import Kept as KeptPair
from onrecord.store.comparing import Wanted as WantedPairs
from onrecord.store.correcting import DROPPED, RESTORED, Correction
from onrecord.store.finding import Voice, Wanted
from onrecord.store.grouping import Likeness, Report
from onrecord.store.keeping import Arrival, Found, Kept
from onrecord.store.store import Store

__all__ = [
    "DROPPED",
    "RESTORED",
    "Arrival",
    "Compared",
    "Correction",
    "Due",
    "Fault",
    "Found",
    "Kept",
    "KeptArticle",
    "KeptPair",
    "Known",
    "Likeness",
    "Pair",
    "Report",
    "Store",
    "Voice",
    "Wanted",
    "WantedPairs",
]
