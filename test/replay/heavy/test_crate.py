"""Exported RO-Crates are accepted by a public validator."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from replay_runner import recording

CELLS = [
    "import random\nimport numpy as np",
    "rows = [float(line) for line in open('data.csv')]",
    "raise ValueError('as in the notebook')",
    "rate = 0.1\nloss = rate * sum(rows) + float(np.random.rand())",
    "open('out.txt', 'w').write(repr(loss));",
    "print('loss:', loss)",
]


@pytest.fixture(scope="module")
def crate(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The crate of a run with a param, a metric, a failed cell, an input, and an output."""
    folder = tmp_path_factory.mktemp("crate")
    (folder / "work").mkdir()
    (folder / "work" / "data.csv").write_text("1\n2\n")
    recorded = recording.run(folder / "work", program, CELLS)
    done = recorded.cli("export", "--whole", "--format", "ro-crate", "-o", str(folder / "crate"))
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "crate"


def _problems(crate: Path) -> list[str]:
    validator = Path(__file__).with_name("crate_validator.py")
    command = [sys.executable, str(validator), str(crate), "provenance-run-crate"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return list(json.loads(done.stdout.splitlines()[-1]))


def test_a_crate_is_a_provenance_run_crate(crate: Path) -> None:
    assert _problems(crate) == []


def test_the_validator_finds_what_a_crate_lacks(crate: Path, tmp_path: Path) -> None:
    worse = tmp_path / "worse"
    shutil.copytree(crate, worse)
    metadata = json.loads((worse / "ro-crate-metadata.json").read_text())
    for entity in metadata["@graph"]:
        if entity["@id"] == "./":
            del entity["license"]
            entity["invented"] = True
        elif entity["@id"] == "#control-1":
            del entity["object"]
    (worse / "ro-crate-metadata.json").write_text(json.dumps(metadata))
    found = " ".join(_problems(worse))
    assert "license" in found
    assert "invented" in found
    assert "ControlAction" in found
