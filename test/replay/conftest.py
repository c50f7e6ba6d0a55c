"""Notebooks that are run in a real kernel with the tracker, and verified by the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from replay_runner import recording


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command line, bundled as it is shipped."""
    return recording.bundle(tmp_path_factory.mktemp("cli") / "backtrail.mjs")


@pytest.fixture
def record(tmp_path: Path, program: Path) -> Callable[..., Any]:
    """Runs the cells of a notebook, as far as they run, in a kernel with the tracker."""
    return lambda cells, **environment: recording.run(tmp_path / "work", program, cells, **environment)
