"""What the tests share: where the repository, the examples and the shared data lie."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True)  # the same examples each time: a red CI is the change's doing
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def examples(root) -> Path:
    """The folder of example articles, written for this project."""
    return root / "examples"


@pytest.fixture(scope="session")
def shared(root) -> Path:
    """The folder of data that may not be copied here; the test skips where it is missing."""
    folder = Path(os.environ.get("ONRECORD_SHARED", root.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing: put the shared data there or name it with ONRECORD_SHARED")
    return folder
