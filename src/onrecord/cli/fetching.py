"""The fetcher that --fetch asks for."""

from typing import TYPE_CHECKING

from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.ingest.fetch import Memory, Web


def fetcher(settings: Settings, allow_private: bool, memory: "Memory | None" = None) -> "Web":
    """Give what asks the web; `memory` knows which pages were read before."""
    from onrecord.ingest.fetch import FetchOptions, Web

    return Web(FetchOptions(max_bytes=settings.max_bytes, allow_private=allow_private), memory)
