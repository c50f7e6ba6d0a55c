"""Cells in, hyperparameters out: the cases that every language shares, and what only Python has."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from backtrail.tracker.cellcode import CellCode
from backtrail.tracker.hyperparameters.known import Known
from backtrail.tracker.hyperparameters.observer import may_train
from backtrail.tracker.hyperparameters.seek import Seeker

CASES = json.loads((Path(__file__).parents[1] / "vectors-capture" / "params.json").read_text())


class Notebook:
    """Executes cells one by one, as a kernel does, and keeps what was found before each and after it."""

    def __init__(self, *, executes: bool = True) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__", "get_ipython": lambda: self}
        self.params: dict[str, Any] = {}
        self.origins: dict[str, str] = {}
        self.seeker = Seeker()
        self.known = Known()
        self._executes = executes
        self._n = 0

    def run_cell_magic(self, _name: str, _line: str, body: str) -> None:
        """What IPython makes of ``%%time``."""
        exec(body, self.names)

    def run(self, source: str) -> dict[str, Any]:
        """Executes a cell; what was found by then."""
        self._n += 1
        code = CellCode(source, TransformerManager().transform_cell(source))
        if may_train(source) or self.seeker.names_trainer(source):
            self._take(self.seeker.before(self._n, source, code.trees, self.names))
        if self._executes:
            exec(compile(code.transformed or "", "<cell>", "exec"), self.names)
        self._take(self.seeker.after(self._n, source, code.trees, self.names))
        return self.params

    def _take(self, found: Any) -> None:
        if found is not None:
            self.known.use(found.sources)
            self.params |= {key: param.value for key, param in found.params.items()}
            self.origins |= {key: param.origin for key, param in found.params.items()}


def exact(params: dict[str, Any]) -> dict[str, str]:
    """Values with their types: 1, 1.0 and True are three."""
    return {key: json.dumps(value) for key, value in params.items()}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_notebook_gives_its_params_and_no_others(case: dict[str, Any]) -> None:
    # Where a library is not there, the cells are read as before their execution.
    there = all(importlib.util.find_spec(library) for library in case.get("needs", []))
    notebook = Notebook(executes=there)
    for cell in case["cells"]:
        notebook.run(cell)
    assert exact(notebook.params) == exact(case["params"])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_reading_alone_finds_nothing_that_execution_does_not(case: dict[str, Any]) -> None:
    notebook = Notebook(executes=False)
    for cell in case["cells"]:
        notebook.run(cell)
    assert notebook.params.keys() <= case["params"].keys()
