"""The desk: the record in the browser, on the user's own machine.

Record -> views (what a page shows, as plain data) -> HTML, and the same as JSON beside it
"""

from onrecord.web.app import create
from onrecord.web.desk import Desk

__all__ = ["Desk", "create"]
