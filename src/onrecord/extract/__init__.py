"""Article -> Quotations: windows, model call, decoding, nesting."""

from onrecord.extract.extractor import ExtractOptions, Extractor

__all__ = ["ExtractOptions", "Extractor"]
