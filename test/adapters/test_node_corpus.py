"""Notebooks of tslab that compute with libraries, held against keys that were written by hand."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LIBRARIES = ROOT / ".cache" / "adapters-node" / "node_modules"
sys.path.insert(0, str(ROOT / "test" / "corpus"))

from corpus_runner import typescript  # noqa: E402


@pytest.fixture
def make_kernel() -> Iterator[Any]:
    if not LIBRARIES.exists():
        pytest.skip("npm run test:adapters installs the libraries of Node")
    place = ROOT / "test" / "kernels" / "tslab" / "conftest.py"
    spec = importlib.util.spec_from_file_location("kernels_tslab", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: list[Any] = []

    def make(folder: Path, language: str) -> Any:
        (folder / "node_modules").symlink_to(LIBRARIES)
        made.append(module.TslabKernel(folder, language))
        return made[-1]

    yield make
    for kernel in made:
        if kernel.manager.is_alive():
            kernel.kill()


@pytest.mark.parametrize("notebook", typescript.notebooks(libraries=True), ids=lambda one: str(one.path.name))
def test_a_notebook_with_libraries_gives_what_a_careful_person_would_put_down(
    notebook: typescript.Notebook, tmp_path: Path, make_kernel: Any
) -> None:
    kernel = make_kernel(tmp_path, notebook.language)
    kernel.attach()
    assert typescript.faults(notebook, kernel) == []
    kernel.stop()
    if notebook.key.get("verdict"):
        assert typescript.verdict(tmp_path) == notebook.key["verdict"]
