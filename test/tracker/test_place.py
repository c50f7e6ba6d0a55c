"""Where a record goes."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from backtrail.tracker import place


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JPY_SESSION_NAME", "BACKTRAIL_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def shell(**names: Any) -> Any:
    return SimpleNamespace(user_ns=names)


def test_runs_lie_beside_the_notebook_under_its_name(tmp_path: Path) -> None:
    found = place.find(str(tmp_path / "sub" / "my digits.ipynb"), "", shell())
    assert found.folder == tmp_path / "sub" / "runs" / "my digits"


@pytest.mark.parametrize(
    ("wanted", "runs"),
    [("kept", "/notes/sub/kept"), ("../kept", "/notes/kept"), ("/somewhere/else", "/somewhere/else")],
)
def test_a_directory_is_relative_to_the_notebook(wanted: str, runs: str) -> None:
    assert place.find("/notes/sub/a.ipynb", wanted, shell()).runs == Path(runs)


def test_the_environment_decides_over_the_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKTRAIL_DIR", str(tmp_path / "all"))
    assert place.find(str(tmp_path / "a.ipynb"), "setting", shell()).runs == tmp_path / "all"


def test_a_contents_path_is_found_by_the_session_name_or_the_kernels_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place.resolve("deep/er/nb.ipynb") == tmp_path / "nb.ipynb"
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "nb.ipynb").write_text("{}")
    assert place.resolve("deep/nb.ipynb") == tmp_path / "deep" / "nb.ipynb"
    monkeypatch.setenv("JPY_SESSION_NAME", "/root/of/server/deep/er/nb.ipynb")
    assert place.resolve("deep/er/nb.ipynb") == Path("/root/of/server/deep/er/nb.ipynb")
    assert place.find("", "", shell()).notebook == Path("/root/of/server/deep/er/nb.ipynb")


def test_another_editors_name_for_the_notebook_is_known(tmp_path: Path) -> None:
    found = place.find("", "", shell(__vsc_ipynb_file__=str(tmp_path / "code.ipynb")))
    assert found.name == "code"


@pytest.mark.parametrize(
    ("name", "folder"),
    [("a.b.ipynb", "a.b"), ("train.py", "train"), ("odd.txt", "odd.txt"), ("...", "notebook"), ("x", "x")],
)
def test_the_folder_has_the_name_of_the_notebook_without_its_ending(name: str, folder: str) -> None:
    assert place.notebook_name(Path("/somewhere") / name) == folder
