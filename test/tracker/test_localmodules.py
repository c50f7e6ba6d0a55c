"""The user's own modules, imported for real."""

from __future__ import annotations

import hashlib
import importlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backtrail.tracker import localmodules
from backtrail.tracker.localmodules import LocalModules

NAMES = ("local_model", "local_package", "local_package.part")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "local_model.py").write_text("depth = 1\n")
    (tmp_path / "local_package").mkdir()
    (tmp_path / "local_package" / "__init__.py").write_text("")
    (tmp_path / "local_package" / "part.py").write_text("width = 2\n")
    yield tmp_path
    for name in NAMES:
        sys.modules.pop(name, None)


def keep(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def look(modules: LocalModules, at: float | None = None) -> dict[str, dict[str, Any]]:
    # The clock of the file system is a few milliseconds behind.
    return modules.look(list(sys.modules), time.time() + 1 if at is None else at, keep)


def rewrite(path: Path, text: str) -> None:
    before = path.stat().st_mtime_ns
    path.write_text(text)
    os.utime(path, ns=(before + 5_000_000, before + 5_000_000))


def test_only_the_users_modules_are_named_with_their_content(project: Path) -> None:
    import numpy  # noqa: F401, PLC0415

    modules = LocalModules()
    before = look(modules)
    importlib.import_module("local_model")
    importlib.import_module("local_package.part")
    found = look(modules)
    assert found.keys() == set(NAMES)
    assert found["local_package.part"] == {
        "path": os.path.realpath(project / "local_package" / "part.py"),
        "sha256": keep(b"width = 2\n"),
        "kept": True,
    }
    assert not any(name.startswith(("numpy", "backtrail", "json", "pytest")) for name in before)
    assert look(modules) == {}, "nothing is said twice"


def test_a_module_that_is_loaded_again_is_recorded_as_it_is_now(project: Path) -> None:
    modules = LocalModules()
    module = importlib.import_module("local_model")
    look(modules)
    rewrite(project / "local_model.py", "depth = 22\n")
    assert look(modules) == {}, "a file that changed is not what runs"
    assert not modules.loaded_again()
    importlib.reload(module)
    assert modules.loaded_again()
    assert look(modules)["local_model"]["sha256"] == keep(b"depth = 22\n")
    assert not modules.loaded_again()
    assert look(modules) == {}


def test_a_module_that_is_loaded_again_unchanged_is_the_same(project: Path) -> None:
    modules = LocalModules()
    module = importlib.import_module("local_model")
    look(modules)
    importlib.reload(module)
    assert look(modules) == {}
    assert not modules.loaded_again()


def test_of_a_file_that_changed_after_the_import_the_content_is_not_told(project: Path) -> None:
    modules = LocalModules()
    importlib.import_module("local_model")
    found = look(modules, at=time.time() - 60)
    assert (found["local_model"]["sha256"], found["local_model"]["kept"]) == (None, False)


def test_large_modules_are_hashed_and_not_kept(project: Path) -> None:
    text = "x = 1\n" + "#" * (1 << 20)
    (project / "local_model.py").write_text(text)
    importlib.import_module("local_model")
    found = look(LocalModules())["local_model"]
    assert (found["sha256"], found["kept"]) == (keep(text.encode()), False)


def test_a_module_that_answers_with_code_of_its_own_is_not_asked(project: Path) -> None:
    (project / "local_model.py").write_text("def __getattr__(name):\n    raise SystemExit(name)\n")
    importlib.import_module("local_model")
    assert "local_model" in look(LocalModules())


def test_the_process_is_known_to_have_begun_before_now() -> None:
    began = localmodules.began()
    assert time.time() - 24 * 3600 < began < time.time()
