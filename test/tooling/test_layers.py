"""Imports of the Python parts run downwards, and a wrong one is noticed."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# What lives in the user's kernel may use the standard library and, where there is one, the shell it lives in.
STANDARD_LIBRARY_ONLY = {
    "backtrail/runlog": {"backtrail.runlog"},
    "backtrail/secrets": {"backtrail.runlog", "backtrail.secrets"},
    "backtrail/query": {"backtrail.runlog", "backtrail.query"},
    "backtrail/tracker": {"backtrail.runlog", "backtrail.secrets", "backtrail.query", "backtrail.tracker"},
}
SHELL = {"IPython"}

# What a call of the user asks for by name, and the function of that call loads.
ON_REQUEST = {
    "backtrail/tracker/artifacts.py": {"PIL", "matplotlib", "yaml"},
    "backtrail/query/tables.py": {"pandas", "polars"},
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs import-linter with the contracts of pyproject.toml on the package in ``folder``."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    code = "from importlinter.cli import lint_imports_command as main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package's sources, to be spoiled."""
    ignored = shutil.ignore_patterns("labextension", "cli", "__pycache__")
    return Path(shutil.copytree(ROOT / "backtrail", tmp_path / "backtrail", ignore=ignored))


def test_the_sources_keep_the_contracts(package: Path) -> None:
    result = lint_imports(package.parent)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("runlog", "import backtrail.tracker"),
        ("runlog", "import backtrail.server"),
        ("secrets", "import backtrail.tracker"),
        ("tracker", "import backtrail.server"),
        ("server", "import backtrail.tracker"),
        ("tracker", "import numpy"),
        ("runlog", "import orjson"),
    ],
)
def test_a_wrong_import_breaks_a_contract(package: Path, module: str, statement: str) -> None:
    (package / module / "wrong.py").write_text(statement + "\n")
    result = lint_imports(package.parent)
    assert result.returncode == 1, result.stdout
    assert f"backtrail.{module}.wrong" in result.stdout


def imports(source: str, package: str) -> set[str]:
    """The absolute names that a module of ``package`` imports, at any place in it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = parts[: len(parts) - node.level + 1] if node.level else []
            found.add(".".join([*base, *filter(None, [node.module])]))
    return found


def foreign(source: str, package: str, allowed: set[str]) -> set[str]:
    """Those imports that are neither of the standard library nor allowed."""
    return {
        name
        for name in imports(source, package)
        if name.split(".")[0] not in sys.stdlib_module_names | SHELL
        and name != "backtrail"
        and not any(name == each or name.startswith(each + ".") for each in allowed)
    }


@pytest.mark.parametrize("folder", STANDARD_LIBRARY_ONLY)
def test_what_lives_in_the_kernel_needs_the_standard_library_only(folder: str) -> None:
    modules = sorted((ROOT / folder).rglob("*.py"))
    assert modules
    for module in modules:
        path = module.relative_to(ROOT)
        found = foreign(module.read_text("utf-8"), ".".join(path.parent.parts), STANDARD_LIBRARY_ONLY[folder])
        assert found <= ON_REQUEST.get(path.as_posix(), set()), path


def test_a_foreign_import_is_noticed_wherever_it_stands() -> None:
    source = "import json\nfrom ..server import store\ndef f():\n    import torch.nn\n"
    found = foreign(source, "backtrail.tracker", STANDARD_LIBRARY_ONLY["backtrail/tracker"])
    assert found == {"backtrail.server", "torch.nn"}
