"""Fetching from the web, on the user's word alone: politely, and never from inside the own network unless allowed.

Every address asked is logged to "onrecord.fetch" (level INFO): method, status, bytes, address.
"""

from onrecord.ingest.fetch.options import FetchOptions, Memory, Validators
from onrecord.ingest.fetch.web import Web

__all__ = ["FetchOptions", "Memory", "Validators", "Web"]
