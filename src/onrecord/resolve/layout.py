"""Paragraphs and sentences of the article at hand, kept while its quotations are read one after another."""

from collections.abc import Sequence
from functools import lru_cache

from onrecord import text as _text
from onrecord.text import index_of
from onrecord.types import Span

paragraphs = lru_cache(maxsize=4)(_text.paragraphs)
_sentences = lru_cache(maxsize=256)(_text.sentences)


def sentence_at(text: str, paras: Sequence[Span], offset: int) -> Span:
    """Give the sentence that holds an offset, its whole paragraph where none does."""
    para = paras[index_of(paras, offset)]
    return next((s for s in _sentences(text, para) if s.start <= offset < s.end), para)
