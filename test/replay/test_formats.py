"""A run exported as a notebook, and as an RO-Crate."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from replay_runner import recording

CELLS = [
    "import random\nimport numpy as np",
    "noise = np.random.rand(9)",
    "%%time\nx = np.random.rand(3)",
    "raise ValueError('as in the notebook')",
    "y = float(np.random.default_rng().random() + random.random() + x.sum())",
    "open('y.txt', 'w').write(repr(y));",
    "print('loss:', y)",
]


def _texts(notebook: Any) -> list[str]:
    return [
        output["text"]
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if output["output_type"] == "stream" and output["name"] == "stdout"
    ]


@pytest.fixture(scope="module")
def recorded(program: Path, tmp_path_factory: pytest.TempPathFactory) -> recording.Recorded:
    """One run, which is exported in every form."""
    return recording.run(tmp_path_factory.mktemp("formats") / "work", program, CELLS)


def test_an_exported_notebook_runs_and_draws_the_same(recorded: recording.Recorded, tmp_path: Path) -> None:
    target = tmp_path / "again" / "again.ipynb"
    done = recorded.cli("export", "--whole", "--format", "notebook", "-o", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    notebook = nbformat.read(target, as_version=4)
    nbformat.validate(notebook)
    NotebookClient(notebook, resources={"metadata": {"path": str(target.parent)}}).execute()
    assert (target.parent / "y.txt").read_text() == (recorded.folder / "y.txt").read_text()
    assert _texts(notebook)[-1] == f"loss: {(recorded.folder / 'y.txt').read_text()}\n"
    assert "%%time\nx = np.random.rand(3)" in [cell["source"] for cell in notebook["cells"]]


def test_an_exported_notebook_holds_the_slice(recorded: recording.Recorded, tmp_path: Path) -> None:
    target = tmp_path / "again.ipynb"
    recorded.cli("export", "--format", "notebook", "-o", str(target))
    sources = [cell["source"] for cell in nbformat.read(target, as_version=4)["cells"]]
    assert [cell for cell in CELLS if cell not in sources] == [CELLS[1], CELLS[3]]


def test_a_crate_names_every_cell_and_holds_every_file(recorded: recording.Recorded, tmp_path: Path) -> None:
    folder = tmp_path / "crate"
    done = recorded.cli("export", "--format", "ro-crate", "-o", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    graph = {entity["@id"]: entity for entity in _graph(folder)}
    kept = recorded.slice()["kept"]
    assert len([id for id in graph if id.startswith("#step-")]) == len(kept)
    assert len([id for id in graph if id.startswith("#execution-")]) == len(kept)
    parts = [part["@id"] for part in graph["./"]["hasPart"]]
    assert all((folder / part).is_file() for part in parts), parts
    written = next(entity for entity in graph.values() if entity.get("name") == "y.txt")
    content = (folder / written["@id"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == written["sha256"]
    run = next(entity for id, entity in graph.items() if id.startswith("#run-"))
    assert {"@id": written["@id"]} in run["result"]
    assert run["actionStatus"] == {"@id": "http://schema.org/CompletedActionStatus"}


def test_every_reference_in_a_crate_leads_somewhere(recorded: recording.Recorded, tmp_path: Path) -> None:
    folder = tmp_path / "crate"
    recorded.cli("export", "--format", "ro-crate", "-o", str(folder))
    graph = _graph(folder)
    known = {entity["@id"] for entity in graph}
    assert len(known) == len(graph)
    outside = {
        reference
        for entity in graph
        for reference in _references(entity)
        if reference not in known and not reference.startswith(("http://schema.org/", "https://w3id.org/"))
    }
    assert outside <= {"https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE"}


def test_a_crate_is_not_written_over_other_files(recorded: recording.Recorded, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    done = recorded.cli("export", "--format", "ro-crate", "-o", str(tmp_path / "full"))
    assert (done.returncode, done.stderr) == (74, f"{tmp_path / 'full'} is not empty.\n")


def _graph(folder: Path) -> list[dict[str, Any]]:
    return list(json.loads((folder / "ro-crate-metadata.json").read_text())["@graph"])


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["@id"]] if set(value) == {"@id"} else []
        return own + [one for part in value.values() for one in _references(part)]
    return [one for part in value for one in _references(part)] if isinstance(value, list) else []
