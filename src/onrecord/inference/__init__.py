"""A named ONNX model -> a callable. The only room that imports onnxruntime and tokenizers."""

from onrecord.inference.bundle import Bundle, Network, load, shipped

__all__ = ["Bundle", "Network", "load", "shipped"]
