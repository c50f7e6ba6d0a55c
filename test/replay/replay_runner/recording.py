"""A notebook that is run in a real kernel with the tracker, and what the command line says of it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .notebooks import Cell

ROOT = Path(__file__).parents[3]
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


def bundle(target: Path) -> Path:
    """The command line, bundled as it is shipped."""
    command = ["node", "--input-type=module", "-e", _BUNDLE, str(target)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=240)
    return target


class Recorded:
    """A notebook that was run in a folder of its own; ``printed`` is what its cells printed."""

    def __init__(self, folder: Path, program: Path, printed: str = "") -> None:
        self.folder = folder
        self.printed = printed
        self._program = program

    def events(self, kind: str) -> list[dict[str, Any]]:
        """The events of the kernel's log."""
        events = map(json.loads, self.log.read_text().splitlines())
        return [event for event in events if event["event"] == kind]

    @property
    def log(self) -> Path:
        """The kernel's log."""
        logs = self.folder.glob("runs/nb/sessions/*.jsonl")
        return next(log for log in logs if log.read_text().startswith('{"event":"session"'))

    def command(self, *words: str) -> list[str]:
        """A command line about its latest run."""
        command, *rest = words
        return ["node", str(self._program), command, "latest", "--root", str(self.folder), *rest]

    def cli(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs the command line on its latest run."""
        return subprocess.run(
            self.command(*words),
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


def run(folder: Path, program: Path, cells: Iterable[Cell | str], **environment: str) -> Recorded:
    """Runs the cells of a notebook, as far as they run, in a kernel with the tracker."""
    folder.mkdir(parents=True, exist_ok=True)
    kernel = _driver.Kernel(
        folder,
        PYTHONHASHSEED=HASH_SEED,
        MPLBACKEND="module://matplotlib_inline.backend_inline",
        **environment,
    )
    try:
        assert kernel.attach()["state"] == "recording"
        printed = []
        for number, cell in enumerate(cells):
            name, source = (f"cell-{number}", cell) if isinstance(cell, str) else (cell.name, cell.source)
            printed.append(kernel.run(source, cell=name).text)
        kernel.shutdown()
    finally:
        kernel.close()
    return Recorded(folder, program, "".join(printed))
