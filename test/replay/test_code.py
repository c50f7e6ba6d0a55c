"""A run of code that has moved on since: it is replayed with the code that it had."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from replay_runner import recording

CELLS = [
    "import committed, edited, untracked",
    "loss = committed.A + edited.A + untracked.A",
    "print('loss:', loss)",
]
SETTINGS = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")


def _git(root: Path, *words: str) -> None:
    subprocess.run(["git", *SETTINGS, *words], cwd=root, check=True, capture_output=True)


def _modules(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.glob("*.py")}


@pytest.fixture(scope="module")
def notebook(program: Path, tmp_path_factory: pytest.TempPathFactory) -> recording.Recorded:
    """A run in a repository with one module committed, one edited since, and one that git does not know."""
    work = tmp_path_factory.mktemp("code") / "work"
    work.mkdir()
    _git(work, "init", "-q")
    for name in ("committed", "edited"):
        (work / f"{name}.py").write_text("A = 1\n")
    _git(work, "add", ".")
    _git(work, "commit", "-q", "-m", "all")
    (work / "edited.py").write_text("A = 20\n")
    (work / "untracked.py").write_text("# no newline at the end: \u00e9\nA = 300")
    recorded = recording.run(work, program, CELLS)
    assert "loss: 321" in recorded.printed
    return recorded


def test_an_export_carries_what_the_commit_lacks(notebook: recording.Recorded, tmp_path: Path) -> None:
    done = notebook.cli("export", "-o", str(tmp_path / "again.py"))
    assert (done.returncode, done.stderr) == (
        0,
        f"{tmp_path / 'again.patch'}: what the code had beside its commit.\n",
    )
    assert "--format code -o DIR" in (tmp_path / "again.py").read_text()
    tree = tmp_path / "tree"
    _git(notebook.folder, "worktree", "add", "-q", "--detach", str(tree), "HEAD")
    _git(tree, "apply", str(tmp_path / "again.patch"))
    assert _modules(tree) == _modules(notebook.folder)
    _git(notebook.folder, "worktree", "remove", "--force", str(tree))


def test_the_code_is_rebuilt_beside_the_users_tree(notebook: recording.Recorded, tmp_path: Path) -> None:
    before, index = _modules(notebook.folder), (notebook.folder / ".git" / "index").read_bytes()
    done = notebook.cli("export", "--format", "code", "-o", str(tmp_path / "code"))
    assert (done.returncode, done.stderr) == (0, "")
    assert _modules(tmp_path / "code") == before == _modules(notebook.folder)
    assert (notebook.folder / ".git" / "index").read_bytes() == index


def test_it_is_identical_and_says_which_modules_have_changed(notebook: recording.Recorded) -> None:
    assert (notebook.verify()["verdict"], notebook.verify()["problems"]) == ("identical", [])
    (notebook.folder / "untracked.py").unlink()
    for name in ("committed", "edited"):
        (notebook.folder / f"{name}.py").write_text("A = 5\n")
    _git(notebook.folder, "commit", "-q", "-a", "-m", "later")
    found = notebook.verify()
    assert found["verdict"] == "identical", found["says"]
    assert sorted(problem.rpartition("/")[2] for problem in found["problems"]) == [
        "committed.py has changed since the run: the replay had it as it was then.",
        "edited.py has changed since the run: the replay had it as it was then.",
        "untracked.py is gone since the run: the replay had it as it was then.",
    ]


def test_a_commit_that_is_gone_is_a_sentence(notebook: recording.Recorded) -> None:
    away = notebook.folder / "git-away"
    (notebook.folder / ".git").rename(away)
    try:
        found = notebook.verify()
    finally:
        away.rename(notebook.folder / ".git")
    assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == ("differs", 2, "loss")
    assert found["cause"]["kind"] == "code changed"
    assert any("is not to be had as it was: The commit" in problem for problem in found["problems"])


def test_a_module_that_was_edited_while_the_notebook_ran_is_loaded_as_it_was_then(
    program: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "live.py").write_text("class Net:\n    def f(self, x):\n        return x + 1\n")
    _git(work, "init", "-q")
    _git(work, "add", ".")
    _git(work, "commit", "-q", "-m", "first")

    def cells() -> Iterator[str]:
        yield "%load_ext autoreload\n%autoreload 2"
        yield "from live import Net\nnet = Net()"
        yield "a = net.f(1)"
        until = time.monotonic() + 240
        while not any('"modules"' in log.read_text() for log in work.glob("runs/nb/sessions/*")):
            assert time.monotonic() < until, "the module was not noticed"
            time.sleep(0.1)
        # IPython goes by the time of the file.
        time.sleep(1.1)
        (work / "live.py").write_text("class Net:\n    def f(self, x):\n        return x * 100\n")
        yield "b = net.f(1)"
        yield "loss = a + b\nprint('loss:', loss)"

    notebook = recording.run(work, program, cells())
    assert "loss: 102" in notebook.printed
    found = notebook.verify()
    assert found["verdict"] == "identical", found["says"]
    script = json.loads(notebook.cli("export", "--json").stdout)["script"]
    assert script.count('_nb.reload("live"') == 1


def test_without_a_repository_the_code_is_what_was_imported(program: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    (work / "steps").mkdir(parents=True)
    (work / "steps" / "__init__.py").write_text("")
    (work / "steps" / "first.py").write_text("A = 1\n")
    (tmp_path / "beside.py").write_text("B = 2\n")
    cells = [
        "import sys; sys.path.insert(0, '..'); import beside; from steps import first",
        "loss = first.A + beside.B",
        "print('loss:', loss)",
    ]
    recorded = recording.run(work, program, cells)
    (work / "steps" / "first.py").write_text("A = 500\n")
    done = recorded.cli("export", "--format", "code", "-o", str(tmp_path / "code"))
    assert done.returncode == 0
    assert done.stderr == "../beside.py is not written: it is not in the folder of the notebook.\n"
    assert _modules(tmp_path / "code" / "steps") == {"__init__.py": "", "first.py": "A = 1\n"}
