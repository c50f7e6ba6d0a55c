"""Seeds that TypeScript notebooks set in libraries, in real kernels of tslab."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]

# As conftest.py has them; pytest imports that file by no name.
Kernel = Any
Make = Callable[..., Kernel]


@pytest.fixture
def kernel(tmp_path: Path, make_kernel: Make) -> Kernel:
    (tmp_path / "node_modules").mkdir()
    for name in ("seedrandom", "d3-random"):
        (tmp_path / "node_modules" / name).symlink_to(ROOT / "node_modules" / name)
    one = make_kernel(tmp_path)
    one.attach()
    return one


def told(kernel: Kernel) -> list[tuple[int, str, Any]]:
    return [(one["cell"], one["library"], one["value"]) for one in kernel.events("seed")]


def test_seeds_that_libraries_are_given_are_told_with_their_cell(kernel: Kernel) -> None:
    kernel.run("import seedrandom from 'seedrandom';\nimport { randomLcg, randomNormal } from 'd3-random';")
    kernel.run("const seed = 7; const make = (of: number) => seedrandom(`${of}`)")
    kernel.run("const normal = randomNormal.source(randomLcg(0.5))(0, 1); const rng = make(seed)")
    assert kernel.run("[normal(), rng()].map(value => value.toFixed(4)).join(' ')")[0]["status"] == "ok"
    assert told(kernel) == [(3, "d3-random", 0.5), (3, "seedrandom", "7")]


def test_a_library_is_left_as_it_is_and_none_is_loaded_for_it(kernel: Kernel) -> None:
    kernel.run("const before = Object.keys(require.cache).filter(path => /seedrandom|d3-random/.test(path))")
    kernel.run("import seedrandom from 'seedrandom';\nconst rng = seedrandom('hello.')")
    _, printed = kernel.run(
        "[before.length, rng() === 0.9282578795792454, seedrandom === require('seedrandom'), rng.name]"
    )
    assert printed == "[ 0, true, true, 'prng' ]\n"


def test_a_generator_that_finds_its_seed_by_itself_is_warned_of(kernel: Kernel) -> None:
    kernel.run("import seedrandom from 'seedrandom';\nconst rng = seedrandom()")
    assert told(kernel) == []
    (warning,) = kernel.events("warning")
    assert warning["message"].startswith("seedrandom was left to find a seed by itself") and warning["n"] == 1


def test_where_math_random_was_replaced_every_cell_may_draw_from_it(kernel: Kernel) -> None:
    kernel.run("import seedrandom from 'seedrandom'")
    kernel.run("seedrandom('all', { global: true })")
    kernel.run("const x = 1")
    hidden = [(one["n"], one.get("hidden")) for one in kernel.events("variables")]
    both = {"reads": ["Math.random"], "writes": ["Math.random"]}
    assert hidden == [(1, None), (2, {"writes": ["Math.random"]}), (3, both)]
    assert told(kernel) == [(2, "seedrandom", "all")]
