"""The error tree of onrecord; every message ends with the remedy.

OnRecordError
├── InputError          an input can't be read (becomes a Skipped where a run goes on)
│   ├── EmptyInput      nothing in it
│   ├── TooLarge        over the limit that the user set
│   ├── NotText         binary data, or a type that is not read
│   └── BrokenInput     damaged, or not what its name says
├── ModelError          weights are missing, damaged or of another version
├── EngineError         a worker process died
├── MissingExtra        an optional package is needed for what was asked
└── UsageError          options that contradict each other, or a value that can't be
"""


class OnRecordError(Exception):
    """Root of all errors that onrecord raises on purpose."""


class InputError(OnRecordError):
    """An input can't be read."""


class EmptyInput(InputError):
    """The input holds no text."""


class TooLarge(InputError):
    """The input is over the size limit."""


class NotText(InputError):
    """The input is binary or of a type that is not read."""


class BrokenInput(InputError):
    """The input is damaged, or not what its name says."""


class ModelError(OnRecordError):
    """Model weights are missing, damaged or of another version."""


class EngineError(OnRecordError):
    """A worker process died."""


class MissingExtra(OnRecordError):
    """An optional package is needed for what was asked."""


class UsageError(OnRecordError):
    """Options that contradict each other, or a value that can't be."""
