"""The code that runs the corpus lies beside the notebooks, and is a program of its own as well."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--whole`` runs all notebooks, not the sample."""
    parser.addoption("--whole", action="store_true", help="all notebooks of the corpus, not the sample")
