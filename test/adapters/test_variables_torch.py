"""Variables of notebooks that train with torch: tensors, modules, optimizers, and what gradients reach."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from backtrail.tracker.cellcode import CellCode
from backtrail.tracker.executions import Execution
from backtrail.tracker.outcome import FINISHED
from backtrail.tracker.place import Place
from backtrail.tracker.recorder import Recorder
from backtrail.tracker.session import Session
from backtrail.tracker.variables.fingerprint import Look, look
from backtrail.tracker.variables.fingerprint.clock import clock
from backtrail.tracker.variables.observer import Variables

SETUP = """
import torch
from torch import nn
torch.manual_seed(0)
X, y = torch.randn(32, 4), torch.arange(32) % 2
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 2)
    def forward(self, x):
        return self.inner(x)
model = Net()
opt = torch.optim.SGD(model.parameters(), lr=0.1)
loss_of = nn.CrossEntropyLoss()
"""


def seen(value: Any) -> Look:
    return look(value, clock() + 30)


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    recorder = Recorder(Session(Place(tmp_path / "nb.ipynb", tmp_path / "runs"), threaded=False))
    namespace: dict[str, Any] = {"__name__": "__main__"}
    observer = Variables(SimpleNamespace(user_ns=namespace, user_ns_hidden={}), recorder)
    observer.start()
    count = iter(range(1, 1000))

    def cell(source: str) -> dict[str, Any]:
        n, code = next(count), CellCode(source, source)
        execution = Execution(n, "c", "c", None)
        observer.before(execution, code)
        exec(compile(source, "cell", "exec"), namespace)
        observer.after(execution, code, FINISHED)
        (log,) = tmp_path.glob("runs/nb/sessions/*.jsonl")
        events = [json.loads(line) for line in log.read_text().splitlines()]
        return next((one for one in events if one["event"] == "variables" and one["n"] == n), {})

    yield cell
    recorder.end("test")


def test_training_changes_the_model_and_the_optimizer(notebook: Any) -> None:
    notebook(SETUP)
    event = notebook(
        "for _ in range(2):\n    opt.zero_grad()\n    loss = loss_of(model(X), y)\n"
        "    loss.backward()\n    opt.step()"
    )
    assert {"model", "opt"} <= set(event["changed"])
    assert not any(value.get("assumed") for value in event["changed"].values())
    assert "X" not in event["changed"]
    assert ["loss", "model", "opt"] in event["shared"]


def test_what_a_step_or_a_gradient_reaches_shows_on_the_model(notebook: Any) -> None:
    notebook(SETUP)
    notebook("loss = loss_of(model(X), y)")
    assert "changed" not in notebook("print(loss.item(), end='')")
    assert {"model", "opt"} <= set(notebook("loss.backward()")["changed"])
    assert {"model", "opt"} <= set(notebook("opt.step()")["changed"])
    notebook("weight = model.inner.weight")
    assert {"model", "weight", "opt"} <= set(
        notebook("with torch.no_grad():\n    weight[0, 0] = 5")["changed"]
    )
    assert set(notebook("model.eval()")["changed"]) >= {"model"}


def test_equal_tensors_have_equal_fingerprints_whatever_their_strides() -> None:
    one = torch.arange(12.0).reshape(3, 4)
    for same in (one.clone(), one.t().contiguous().t(), torch.zeros(6, 8)[::2, ::2].copy_(one)):
        assert seen(same).fingerprint == seen(one).fingerprint
    others = [
        one.double(),
        one.reshape(4, 3),
        one + 1,
        one.clone().requires_grad_(),
        one.bfloat16(),
        one.tolist(),
    ]
    assert len({seen(value).fingerprint for value in [one, *others]}) == 7
    assert all(seen(value).seen == "exact" for value in others)


def test_a_tensor_in_the_memory_of_an_array_shares_it() -> None:
    import numpy  # noqa: PLC0415

    array = numpy.zeros(5)
    assert seen(array).ranges == seen(torch.from_numpy(array)).ranges
    whole = torch.zeros(4, 4)
    (inner,) = seen(whole[1:3, 1]).ranges
    (outer,) = seen(whole).ranges
    assert outer[0] < inner[0] < inner[1] < outer[1]


def test_a_class_derived_from_a_tensor_is_not_asked() -> None:
    calls = []

    class Own(torch.Tensor):  # type: ignore[misc, name-defined]
        @classmethod
        def __torch_function__(cls, *values: Any, **named: Any) -> Any:
            calls.append(1)
            return super().__torch_function__(*values, **named)

    own = torch.zeros(3).as_subclass(Own)
    calls.clear()
    assert seen(own).seen == "opaque"
    assert calls == []
