"""Ingest: bytes -> Article. Plain text, HTML and JSON Lines from files, folders, globs and standard input."""

from onrecord.ingest.inputs import articles, from_text
from onrecord.ingest.options import IngestOptions

__all__ = ["IngestOptions", "articles", "from_text"]
