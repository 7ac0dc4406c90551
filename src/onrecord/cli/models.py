"""`onrecord models`: the weights that this installation would use."""

import sys

from onrecord import inference
from onrecord.cli.boundary import Status
from onrecord.errors import ModelError
from onrecord.settings import MEGABYTE, Settings


def run(settings: Settings) -> Status:
    """Print a line for each folder of weights: name, digest, size."""
    shipped = inference.shipped("reader").parent
    folders = [p.parent for p in sorted(shipped.glob("*/model.json"))] + ([settings.model] if settings.model else [])
    if not folders:
        raise ModelError(f"{shipped} holds no weights. Install onrecord again, or name a folder with ONRECORD_MODEL.")
    for folder in folders:
        size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) / MEGABYTE
        sys.stdout.write(f"{folder.name:<16}{inference.load(folder).digest} {size:8.1f} MB\n")
    return Status.DONE
