"""One utterance, many reports: copies of articles, statements in the same words, and how their wordings differ."""

from onrecord.reports.copies import Overlap, Sketch, is_copy, overlap, similarity, sketch
from onrecord.reports.wordings import Piece, Wording, wordings
from onrecord.reports.words import Reported, Tie, same_words, tie

__all__ = [
    "Overlap",
    "Piece",
    "Reported",
    "Sketch",
    "Tie",
    "Wording",
    "is_copy",
    "overlap",
    "same_words",
    "similarity",
    "sketch",
    "tie",
    "wordings",
]
