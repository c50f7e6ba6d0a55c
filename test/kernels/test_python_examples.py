"""The example that needs only scikit-learn leaves a whole record, with no word of Backtrail in it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import nbformat

EXAMPLES = Path(__file__).parents[2] / "examples"


def run_example(kernel: Any, name: str) -> dict[str, Any]:
    """Runs a notebook of the examples cell by cell, and gives the summary of its run, complete."""
    shutil.copytree(EXAMPLES / "data", kernel.folder / "data")
    notebook = nbformat.read(EXAMPLES / name, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any("backtrail" in cell.source.lower() for cell in cells)
    for cell in cells:
        answer = kernel.run(cell.source, cell.id)
        assert answer.status == "ok", answer.reply.get("traceback")
    (run,) = kernel.run_ids()
    kernel.shutdown()
    summary: dict[str, Any] = kernel.summary(run)
    assert summary["warnings"] == []
    for file in [*summary["inputs"], *summary["outputs"]]:
        path = kernel.folder / file["path"]
        if path.is_relative_to(kernel.folder) and path.exists():
            assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
            assert file["size"] == path.stat().st_size
    return summary


def test_the_wine_notebook_leaves_a_whole_record(tracked: Any) -> None:
    summary = run_example(tracked, "wine.ipynb")
    params, metrics = summary["params"], summary["metrics"]
    assert params["alpha"] == 0.001
    assert params["passes"] == 15
    assert params["train_test_split.test_size"] == 0.3
    assert params["SGDClassifier.eta0"] == 0.01
    assert all(origin["origin"] != "logged" for origin in summary["origins"]["params"].values())
    assert metrics["accuracy"]["count"] == 15
    assert metrics["accuracy"]["step"] == 15
    assert metrics["cross_val_score"]["count"] == 5
    assert 0.9 < metrics["f1_score"]["last"] <= 1
    assert {"library": "numpy", "value": 42} in [
        {name: seed[name] for name in ("library", "value")} for seed in summary["seeds"]
    ]
    assert [file["path"] for file in summary["inputs"]] == ["data/wine.csv"]
    assert [file["path"] for file in summary["outputs"]] == ["wine-model.joblib"]
    assert summary["outputs"][0]["kept"]
