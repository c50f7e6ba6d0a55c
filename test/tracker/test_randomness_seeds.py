"""Seeds are read from what a cell says, with the values that its names have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backtrail.tracker.cellcode import CellCode
from backtrail.tracker.seedcalls import SeedCalls


class Notebook:
    """Executes cells in one namespace, and says which seeds they are read to set."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self._calls = SeedCalls()
        self.run("import random\nimport numpy as np")

    def run(self, source: str) -> list[tuple[str, Any]]:
        exec(source, self.names)
        return self.read(source)

    def read(
        self, source: str, transformed: str | None = None, finished: bool = True
    ) -> list[tuple[str, Any]]:
        found = self._calls.of(CellCode(source, transformed), self.names, finished)
        return [(call.library, call.value) for call in found]


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.mark.parametrize(
    ("source", "seeds"),
    [
        ("random.seed(1); np.random.seed(2)", [("python", 1), ("numpy", 2)]),
        ("random.seed('ada')", [("python", "ada")]),
        (
            "from numpy.random import seed as sow, default_rng\nsow(5)\ndefault_rng(6)",
            [("numpy", 5), ("numpy", 6)],
        ),
        ("r = np.random.RandomState(seed=4)", [("numpy", 4)]),
        ("g = np.random.Generator(np.random.PCG64(3))", [("numpy", 3)]),
        ("SEED = 8\nrandom.seed(SEED)", [("python", 8)]),
        ("class CFG:\n    seed = 9\nrandom.seed(CFG.seed)", [("python", 9)]),
        ("config = {'seed': 10}\nrandom.seed(config['seed'])", [("python", 10)]),
        ("from types import SimpleNamespace as N\nargs = N(seed=3)\nrandom.seed(args.seed)", [("python", 3)]),
        (
            "for seed in range(3):\n    np.random.seed(seed)",
            [("numpy", 0), ("numpy", 1), ("numpy", 2)],
        ),
        ("with open('/dev/null') as f: random.seed(a=5)", [("python", 5)]),
        ("np.random.seed()", [("numpy", None)]),
        ("from sklearn.utils import shuffle\nshuffle([1, 2], random_state=7)", [("sklearn", 7)]),
        ("from sklearn import svm\nm = svm.SVC(random_state=-0)", [("sklearn", 0)]),
        ("from sklearn.svm import SVC\nm = SVC(random_state=None)", []),
        ("import fractions\nx = dict(seed=1)", []),
        ("def train(seed): return seed\ntrain(seed=3)", []),
        ("def f(): random.seed(1)", []),
        ("config = {'seed': 10}\nrandom.seed(config.get('seed', 3))", [("python", 10)]),
        ("config = {}\nrandom.seed(config.get('seed', 3))", [("python", 3)]),
        ("def f(c): np.random.seed(c.get('seed', 11))\nsettings = {}\nf(settings)", [("numpy", 11)]),
        (
            "SEED = 40\nfor fold in range(3):\n    np.random.seed(SEED + fold * 10)",
            [("numpy", 40), ("numpy", 50), ("numpy", 60)],
        ),
        ("f = lambda: random.seed(1)", []),
        ("text = 'random.seed(3)'  # random.seed(4)", []),
        ("np.random.default_rng()", []),
        ("random.seed(True); random.seed(len('abc'))", []),
    ],
)  # fmt: skip
def test_a_seed_is_read(notebook: Notebook, source: str, seeds: list[tuple[str, Any]]) -> None:
    assert notebook.run(source) == seeds


def test_functions_of_the_notebook_set_seeds_when_they_are_called(notebook: Notebook) -> None:
    assert (
        notebook.run(
            "def everything(seed=42, *, also=1):\n"
            "    import random\n    random.seed(seed)\n    sow(also)\n"
            "def sow(value):\n    np.random.seed(value)"
        )
        == []
    )
    assert notebook.run("everything()") == [("python", 42), ("numpy", 1)]
    assert notebook.run("everything(7, also=8)") == [("python", 7), ("numpy", 8)]
    assert notebook.run("x = 3\neverything(seed=x)") == [("python", 3), ("numpy", 1)]
    # The name stands for something else now.
    assert notebook.run("everything = print\neverything(7)") == []


SEEDERS = "def sow(seed): random.seed(seed)\ndef run(seed, rate=0.1):\n    sow(seed)\n    return seed * rate"


@pytest.mark.parametrize(
    ("source", "seeds"),
    [
        ("for s in [3, 5, 8]:\n    run(s)", [3, 5, 8]),
        ("seeds = (3, 5)\nresults = [run(s) for s in seeds]", [3, 5]),
        ("best = {s: run(s) for s in range(1, 4)}", [1, 2, 3]),
        ("for i, s in enumerate([7, 9]):\n    run(s, rate=i)", [7, 9]),
        ("for s in [3, 5]:\n    for t in [1, 2]:\n        run(10 * s + t)", [31, 32, 51, 52]),
        ("for s in [3, 5, 8]:\n    if run(s) > 0.4: break", [3, 5]),
        ("def all_of(n):\n    for s in range(n): sow(s)\nall_of(2)", [0, 1]),
        ("def first(n):\n    for s in range(n):\n        sow(s)\n        return s\nfirst(2)", []),
        ("for s in range(1000):\n    sow(s)", [999]),
        ("for s in map(int, '12'):\n    run(s)", [2]),
        ("x = [run(s) for s in [1, 2] if s > 1]", []),
    ],
)
def test_a_loop_sets_every_seed_that_it_goes_through(
    notebook: Notebook, source: str, seeds: list[int]
) -> None:
    notebook.run(SEEDERS)
    assert notebook.run(source) == [("python", seed) for seed in seeds]


def test_of_a_loop_that_failed_only_the_rounds_that_were_begun_set_seeds(notebook: Notebook) -> None:
    notebook.run(SEEDERS)
    source = "for s in [3, 5, 8]:\n    run(s, 1 if s < 5 else None)"
    with pytest.raises(TypeError):
        notebook.run(source)
    assert notebook.read(source, finished=False) == [("python", 3), ("python", 5)]
    assert notebook.read("x = [run(s) for s in [1, 2]]", finished=False) == []


def test_a_function_that_calls_itself_is_read_to_a_depth(notebook: Notebook) -> None:
    assert notebook.run("def f(n):\n    random.seed(1)\n    n and f(n - 1)\nf(9)") == [("python", 1)]


def test_a_module_of_the_user_that_has_the_name_of_another_sets_no_seed(notebook: Notebook) -> None:
    notebook.run("from types import SimpleNamespace\nrandom = SimpleNamespace(seed=print)")
    assert notebook.run("random.seed(3)") == []


def test_magics_that_run_python_are_read(notebook: Notebook) -> None:
    assert notebook.read("%%time\nnp.random.seed(9)\n%time random.seed(8)\n!ls") == [
        ("numpy", 9),
        ("python", 8),
    ]
    made = "get_ipython().run_cell_magic('time', '', 'np.random.seed(2)')"
    assert notebook.read("%%time\nnp.random.seed(2)", made) == [("numpy", 2)]
    assert (
        notebook.read("%%bash\nrandom.seed(3)", "get_ipython().run_cell_magic('bash', '', 'random.seed(3)')")
        == []
    )


@pytest.mark.parametrize("source", ["random.seed(", "seed = = 1", "\0seed", "seed(" * 5000])
def test_what_cannot_be_read_sets_no_seed(notebook: Notebook, source: str) -> None:
    assert notebook.read(source) == []


def test_no_code_of_the_user_is_called(notebook: Notebook) -> None:
    def refuse(*_: object) -> Any:
        raise AssertionError

    names = ["getattr", "getattribute", "eq", "hash", "getitem", "int", "bool", "len"]
    hooks: dict[str, Callable[..., Any]] = {f"__{name}__": refuse for name in names}
    notebook.names["odd"] = type("Odd", (), hooks)()
    notebook.names["meta"] = type("Meta", (type,), {"__getattribute__": refuse})("Made", (), {})
    for expression in ("odd", "odd.seed", "odd['seed']", "meta.seed", "odd.a.b", "meta"):
        # Which module a thing is from may be known; that its code was run would raise.
        read = notebook.read(f"random.seed({expression})\n{expression}(random_state=1)")
        assert ("python", 1) not in read
