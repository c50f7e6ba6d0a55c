"""Notebooks that are run in a real kernel with the tracker, and verified by the command line."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HASH_SEED = "77"

_spec = importlib.util.spec_from_file_location("kernel_driver", ROOT / "test" / "kernels" / "conftest.py")
assert _spec is not None and _spec.loader is not None
_driver = importlib.util.module_from_spec(_spec)
sys.modules["kernel_driver"] = _driver
_spec.loader.exec_module(_driver)

_BUNDLE = """
import { build } from 'esbuild';
await build({
  entryPoints: ['src/cli/main.ts'], outfile: process.argv[1], bundle: true, platform: 'node',
  target: 'node20.19', format: 'esm', define: { BACKTRAIL_VERSION: '"1.2.3"' }, logLevel: 'warning'
});
"""


def cells_of(text: str) -> list[str]:
    """The cells of a notebook in percent format."""
    return [cell.rstrip("\n") for cell in re.split(r"^# %%.*\n", text, flags=re.MULTILINE) if cell.strip()]


class Recorded:
    """A notebook that was run in a folder of its own."""

    def __init__(self, folder: Path, program: Path) -> None:
        self.folder = folder
        self._program = program

    def events(self, kind: str) -> list[dict[str, Any]]:
        """The events of the kernel's log."""
        return [
            event for event in map(json.loads, self.log.read_text().splitlines()) if event["event"] == kind
        ]

    @property
    def log(self) -> Path:
        """The kernel's log."""
        logs = self.folder.glob("runs/nb/sessions/*.jsonl")
        return next(log for log in logs if log.read_text().startswith('{"event":"session"'))

    def cli(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs the command line on its latest run."""
        command, *rest = words
        return subprocess.run(
            ["node", str(self._program), command, "latest", "--root", str(self.folder), *rest],
            capture_output=True,
            text=True,
            env={**os.environ, "BACKTRAIL_REPLAY_PATH": str(ROOT), **environment},
            timeout=240,
            check=False,
        )

    def verify(self, *words: str, **environment: str) -> dict[str, Any]:
        """What a verify finds."""
        done = self.cli("verify", "--json", *words, **environment)
        assert done.stdout, done.stderr
        return {**json.loads(done.stdout), "exit": done.returncode}

    def slice(self) -> dict[str, Any]:
        """Which cells an export keeps."""
        done = self.cli("export", "--json")
        assert done.stdout, done.stderr
        return dict(json.loads(done.stdout)["slice"])


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command line, bundled as it is shipped."""
    target = tmp_path_factory.mktemp("cli") / "backtrail.mjs"
    subprocess.run(
        ["node", "--input-type=module", "-e", _BUNDLE, str(target)], cwd=ROOT, check=True, timeout=120
    )
    return target


@pytest.fixture
def record(tmp_path: Path, program: Path) -> Iterator[Callable[..., Recorded]]:
    """Runs the cells of a notebook, as far as they run, in a kernel with the tracker."""
    kernels: list[Any] = []

    def run(cells: list[str], **environment: str) -> Recorded:
        folder = tmp_path / "work"
        folder.mkdir(exist_ok=True)
        kernel = _driver.Kernel(
            folder,
            PYTHONHASHSEED=HASH_SEED,
            MPLBACKEND="module://matplotlib_inline.backend_inline",
            **environment,
        )
        kernels.append(kernel)
        assert kernel.attach()["state"] == "recording"
        for index, cell in enumerate(cells):
            kernel.run(cell, cell=f"cell-{index}")
        kernel.shutdown()
        return Recorded(folder, program)

    yield run
    for kernel in kernels:
        kernel.close()
