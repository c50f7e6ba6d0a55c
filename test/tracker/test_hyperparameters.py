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


def found(*cells: str) -> dict[str, Any]:
    notebook = Notebook()
    for cell in cells:
        notebook.run(cell)
    return notebook.params


def test_a_simulation_has_params_though_nothing_is_trained() -> None:
    epidemic = (
        "S, I = N - 10.0, 10.0\n"
        "for day in range(days):\n"
        "    new = beta * S * I / N\n"
        "    S, I = S - new, I + new - gamma * I\n"
    )
    assert found("N, days = 1000, 60\nbeta = 0.35\ngamma = 0.1", epidemic) == {
        "N": 1000,
        "days": 60,
        "beta": 0.35,
        "gamma": 0.1,
    }


def test_what_a_function_of_the_notebook_measures_has_params_too() -> None:
    function = "def test_rule(fast, slow):\n    return fast / slow, -fast"
    assert found(
        function, "fast_window = 10\nslow_window = 50", "sharpe, low = test_rule(fast_window, slow_window)"
    ) == {
        "fast_window": 10,
        "slow_window": 50,
    }


def test_a_loop_over_other_things_in_a_notebook_that_trains_nothing_gives_none() -> None:
    assert found("names = ['a', 'b']\nlimit = 3", "for name in names:\n    print(name[:limit])") == {}


def test_what_a_loop_tries_is_a_list() -> None:
    trained = "for lr in [0.1, 0.01]:\n    w = 1.0\n    for epoch in range(5):\n        w = w - lr * w"
    assert found(trained)["lr"] == [0.1, 0.01]
    numbered = trained.replace("lr in [0.1, 0.01]", "i, momentum in enumerate((0.5, 0.9))").replace(
        "lr", "momentum"
    )
    assert found(numbered)["momentum"] == [0.5, 0.9]


def test_what_a_loop_hands_to_a_library_by_name_is_left_to_its_adapter() -> None:
    assert "C" not in found(
        "class SVC:\n    def __init__(self, C): self.C = C\n    def fit(self, x): return self",
        "import types\nlib = types.SimpleNamespace(SVC=SVC)",
        "for C in [0.1, 1.0]:\n    lib.SVC(C=C).fit([1])",
    )


def test_the_part_of_the_rows_that_a_split_takes_is_a_param() -> None:
    data = "data = list(range(50))\nn_train = int(0.8 * len(data))"
    trained = "train = data[:n_train]\nw = 1.0\nfor epoch in range(3):\n    w = w - 0.1 * w * train[0]"
    assert found(data, trained)["n_train_fraction"] == 0.8
    scaled = "data = list(range(50))\nfigure = int(0.8 * len(data))"
    assert "figure_fraction" not in found(scaled, trained.replace("n_train", "figure"))


BANDIT = (
    "def run_agent(epsilon, n_steps, initial_value=0.0):\n"
    "    q, counts = [initial_value] * 3, [0] * 3\n"
    "    for t in range(n_steps):\n"
    "        a = q.index(max(q))\n"
    "        counts[a] += 1\n"
    "        q[a] += (epsilon - q[a]) / counts[a]\n"
    "    return q"
)


def test_an_estimate_that_is_moved_by_a_share_of_its_error_is_learnt() -> None:
    assert found(BANDIT, "n_steps = 20", "q = run_agent(0.1, n_steps, initial_value=1.0)") == {
        "n_steps": 20,
        "run_agent.epsilon": 0.1,
        "run_agent.initial_value": 1.0,
    }


def test_what_a_loop_stores_in_an_array_and_reads_again_is_what_it_simulates() -> None:
    spins = (
        "spins = [1] * side\n"
        "for sweep in range(sweeps):\n"
        "    for i in range(side):\n"
        "        if spins[i] + spins[i - 1] > 0:\n"
        "            spins[i] *= -1\n"
    )
    assert found("side, sweeps = 8, 5", spins) == {"side": 8, "sweeps": 5}


def test_what_a_loop_only_collects_is_no_simulation() -> None:
    collected = "shown = [0] * limit\nfor step in range(limit):\n    shown[step] = step\n"
    assert found("limit = 8", collected) == {}


def test_a_function_that_is_handed_on_is_called() -> None:
    job = "def job(rate):\n    w = 1.0\n    for epoch in range(5):\n        w = w - rate * w\n    return w"
    assert found(job, "rates = [0.1, 0.2]", "results = list(map(job, rates))") == {
        "rates": [0.1, 0.2],
        "job.epochs": 5,
    }


def test_two_trainings_by_one_function_are_told_apart_where_they_differ() -> None:
    train = (
        "def train(method, rate=0.5, epochs=3):\n"
        "    w = 1.0\n    for epoch in range(epochs):\n        w = w - rate * w\n    return w"
    )
    assert found(train, "a = train('sarsa')\nb = train('q-learning', rate=0.3)") == {
        "train.method": "sarsa",
        "train.rate": 0.5,
        "train.epochs": 3,
        "train[2].method": "q-learning",
        "train[2].rate": 0.3,
    }
    assert found(train, "a = train('sarsa', rate=0.3)\nb = train('sarsa')") == {
        "train.method": "sarsa",
        "train.rate": 0.3,
        "train.epochs": 3,
        "train[2].rate": 0.5,
    }


def test_a_default_does_not_hide_what_another_call_gives() -> None:
    shapes = "def shapes(n, shift=1):\n    return [shift] * n"
    trained = "w = 1.0\nfor epoch in range(3):\n    w = w - 0.1 * w * a[0] * b[0]"
    assert found(shapes, f"a, b = shapes(20, shift=2), shapes(20)\n{trained}")["shapes.shift"] == 2


def test_a_rate_that_is_set_in_the_groups_of_an_optimizer_belongs_to_the_training() -> None:
    optimizer = (
        "import types\n"
        "class Optimizer:\n    def __init__(self): self.param_groups = [{}]\n    def step(self): pass\n"
        "optimizer = Optimizer()\n"
        "def rate_at(i):\n    return max_lr * min(1, (i + 1) / warmup_steps)"
    )
    loop = (
        "for i in range(3):\n"
        "    for group in optimizer.param_groups:\n        group['lr'] = rate_at(i)\n"
        "    optimizer.step()"
    )
    params = found(optimizer, "max_lr = 0.1\nwarmup_steps = 10", loop)
    assert params["max_lr"] == 0.1
    assert params["warmup_steps"] == 10


def test_the_settings_of_a_solver_are_params() -> None:
    pytest.importorskip("scipy")
    fit = "fit = minimize(lambda v: v[0] ** 2, x0=[2.0], method='BFGS', tol=1e-8, options={'maxiter': 30})"
    assert found("from scipy.optimize import minimize", fit) == {
        "minimize.x0": [2.0],
        "minimize.method": "BFGS",
        "minimize.tol": 1e-8,
        "minimize.maxiter": 30,
    }


def test_several_seeds_are_a_param_and_one_is_a_seed() -> None:
    trained = "for seed in seeds:\n    w = float(seed)\n    for epoch in range(5):\n        w = w - 0.1 * w"
    assert found("seeds = [0, 1, 2]", trained)["seeds"] == [0, 1, 2]
    assert "seed" not in found("seed = 3", trained.replace("seeds", "[seed]"))


def test_what_a_solver_gives_is_no_configuration_whatever_its_name() -> None:
    pytest.importorskip("scipy")
    fit = "from scipy.optimize import minimize\nopt = minimize(lambda v: v[0] ** 2, x0=[2.0])"
    trained = "w = 1.0\nfor epoch in range(3):\n    w = w - 0.1 * w * opt.fun"
    assert set(found(fit, trained)) == {"minimize.x0", "epochs"}
