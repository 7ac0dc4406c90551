"""A named ONNX model -> a callable. The only room that imports onnxruntime and tokenizers."""

from onrecord.inference.bundle import Bundle, Network, load, shipped
from onrecord.inference.foreign import Foreign, foreign

__all__ = ["Bundle", "Foreign", "Network", "foreign", "load", "shipped"]
