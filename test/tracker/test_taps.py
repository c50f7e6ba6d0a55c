"""Taps, in every Python that is at hand: up to 3.11 they work in another way than from 3.12 on."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("tapped.py")
SENTENCES = [
    node.name
    for node in ast.parse(PROGRAM.read_text()).body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("a_")
]


def _pythons() -> dict[str, str]:
    """The interpreters on this machine, by version; the one that runs the tests is always there."""
    found = {f"{sys.version_info[0]}.{sys.version_info[1]}": sys.executable}
    versions = Path.home() / ".pyenv" / "versions"
    for minor in range(9, 15):
        version = f"3.{minor}"
        kept = sorted(versions.glob(f"{version}.*/bin/python"))
        path = shutil.which(f"python{version}") if not kept else str(kept[-1])
        if version not in found and path is not None and _runs(path):
            found[version] = path
    return found


def _runs(path: str) -> bool:
    return subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module", params=sorted(_pythons().items()), ids=lambda pair: pair[0])
def results(request: pytest.FixtureRequest) -> dict[str, str]:
    answer = subprocess.run(
        [request.param[1], "-B", str(PROGRAM)], capture_output=True, text=True, check=True, timeout=240
    )
    return dict(json.loads(answer.stdout))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_taps(results: dict[str, str], sentence: str) -> None:
    assert results[sentence] == ""
