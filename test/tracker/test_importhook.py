"""Who hears of an import stays out of its way."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from backtrail.tracker.importhook import ImportHook

CALLS = 50

# Calls a function from each of many depths, and tells how many pages of memory that took at the worst.
DEEP = f"""
import resource

def nothing():
    {"; ".join(f"local{number} = 0" for number in range(40))}

def faults(depth):
    if depth:
        return faults(depth - 1)
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for _ in range({CALLS}):
        nothing()
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before

worst = max(faults(depth) for depth in range(250))
"""


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of modules that can be imported."""
    monkeypatch.syspath_prepend(tmp_path)
    known = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - known:
        del sys.modules[name]


@pytest.mark.skipif(sys.platform != "linux" or sys.version_info < (3, 11), reason="frames lie elsewhere")
def test_no_call_of_a_module_pays_for_the_place_of_its_frame(modules: Path) -> None:
    (modules / "heard.py").write_text(DEEP)
    (modules / "unheard.py").write_text(DEEP)
    hook = ImportHook({"heard": lambda module: None})
    hook.install()
    try:
        heard, unheard = importlib.import_module("heard"), importlib.import_module("unheard")
    finally:
        hook.remove()
    # As Python does it by itself, there is a depth at which each call pays.
    assert unheard.worst >= CALLS
    assert heard.worst < CALLS / 2


class Watching:
    """Is told of other modules while ``on``, but not of those from ``folder``."""

    def __init__(self, folder: Path, met: Callable[[str], None]) -> None:
        self.on = False
        self._folder = str(folder)
        self._met = met

    def __bool__(self) -> bool:
        return self.on

    def knows(self, folders: Any) -> bool:
        return folders == [self._folder]

    def meets(self, spec: Any) -> None:
        self._met(spec.name)


def test_other_modules_are_told_of_before_they_are_executed_while_that_is_wanted(modules: Path) -> None:
    for name in ("heard", "early", "other", "package/__init__", "package/part"):
        path = modules / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    met: list[str] = []
    watching = Watching(modules / "package", lambda name: met.append(f"{name} {name in sys.modules}"))
    hook = ImportHook({"heard": lambda module: setattr(watching, "on", True)}, watching)
    hook.install()
    try:
        for name in ("early", "heard", "other", "package.part"):
            importlib.import_module(name)
    finally:
        hook.remove()
    assert met == ["other False", "package False"]
