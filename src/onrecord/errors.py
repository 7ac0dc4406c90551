"""The error tree of onrecord; every message ends with the remedy.

OnRecordError
├── InputError          an input can't be read (becomes a Skipped where a run goes on)
│   ├── EmptyInput      nothing in it
│   ├── TooLarge        over the limit that the user set
│   ├── NotText         binary data, or a type that is not read
│   ├── BrokenInput     damaged, or not what its name says
│   └── NotFetched      a web address gives nothing, or may not be asked
├── ModelError          weights are missing, damaged or of another version
├── EngineError         a worker process died
├── RecordError        the record can't do what was asked
│   ├── NoRecord        there is none at that place
│   ├── RecordLocked    it may not be written, or another program holds it
│   ├── RecordFull      no room on its disk
│   ├── RecordDamaged   it is no record, or one that was damaged
│   ├── RecordVersion   another version of onrecord made it
│   └── NotInRecord     it holds no such statement, speaker, ...
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


class NotFetched(InputError):
    """A web address gives nothing, or may not be asked."""


class ModelError(OnRecordError):
    """Model weights are missing, damaged or of another version."""


class EngineError(OnRecordError):
    """A worker process died."""


class RecordError(OnRecordError):
    """The record can't do what was asked."""


class NoRecord(RecordError):
    """There is no record at that place."""


class RecordLocked(RecordError):
    """The record may not be written, or another program holds it."""


class RecordFull(RecordError):
    """There is no room on the record's disk."""


class RecordDamaged(RecordError):
    """The file is no record, or one that was damaged."""


class RecordVersion(RecordError):
    """Another version of onrecord made the record."""


class NotInRecord(RecordError):
    """The record holds no such statement, speaker or article."""


class MissingExtra(OnRecordError):
    """An optional package is needed for what was asked."""


class UsageError(OnRecordError):
    """Options that contradict each other, or a value that can't be."""
