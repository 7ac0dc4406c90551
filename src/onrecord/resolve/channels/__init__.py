"""Through whom a statement reached the page: agencies, outlets, programmes and platforms that the text names."""

from onrecord.resolve.channels.chain import resolve
from onrecord.resolve.channels.page import Clipping, clippings

__all__ = ["Clipping", "clippings", "resolve"]
