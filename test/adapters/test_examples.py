"""The examples that need large libraries leave a whole record, with no word of Backtrail in them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any


def _run_example(kernel: Any, name: str) -> dict[str, Any]:
    path = Path(__file__).parents[1] / "kernels" / "test_python_examples.py"
    spec = importlib.util.spec_from_file_location("examples_of_kernels", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    summary: dict[str, Any] = module.run_example(kernel, name)
    return summary


def test_a_pytorch_loop_that_only_prints_leaves_a_whole_record(fresh_kernel: Any) -> None:
    summary = _run_example(fresh_kernel, "torch-print.ipynb")
    params, metrics = summary["params"], summary["metrics"]
    assert {key: params[key] for key in ("hidden", "dropout", "epochs")} == {
        "hidden": 64,
        "dropout": 0.1,
        "epochs": 12,
    }
    assert params["AdamW.lr"] == 3e-3
    assert params["AdamW.weight_decay"] == 0.01
    assert params["DataLoader.batch_size"] == 32
    for name in ("loss", "val_acc"):
        assert (metrics[name]["count"], metrics[name]["step"]) == (12, 12)
        assert summary["origins"]["metrics"][name] == {"origin": "printed", "exact": False}
    assert {"library": "torch", "value": 7} in [
        {name: seed[name] for name in ("library", "value")} for seed in summary["seeds"]
    ]
    assert [file["path"] for file in summary["inputs"]] == ["data/digits.npz"]
    assert [file["path"] for file in summary["outputs"]] == ["digits-model.pt"]


def test_keras_leaves_a_whole_record(fresh_kernel: Any) -> None:
    summary = _run_example(fresh_kernel, "keras-digits.ipynb")
    params, metrics = summary["params"], summary["metrics"]
    assert params["Adam.learning_rate"] == 0.003
    assert params["fit.batch_size"] == 64
    assert params["fit.epochs"] == 10
    for name in ("loss", "accuracy", "val_loss", "val_accuracy"):
        assert metrics[name]["count"] == 10
        assert summary["origins"]["metrics"][name] == {"origin": "keras"}
    assert 0 < metrics["test_accuracy"]["last"] <= 1
    assert 3 in [seed["value"] for seed in summary["seeds"]]
    assert "data/digits.npz" in [file["path"] for file in summary["inputs"]]
    assert [file["path"] for file in summary["outputs"]] == ["digits.keras"]
