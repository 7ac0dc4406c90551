"""Utterances of one speaker -> where the later one changes what the earlier one says."""
