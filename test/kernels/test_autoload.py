"""`backtrail autoload`, with the tools it is for: kernels nobody attaches to, under an own home."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CELLS = ["x = 1\nprint(sorted(name for name in dir() if name[0] != '_'))", "x + 1"]
NBCLIENT = ["-c", "from nbclient.cli import main; main()"]


class Home:
    """A home folder of its own, with the environment of a process that lives in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        left_out = ("JUPYTER", "IPYTHON", "BACKTRAIL", "XDG", "JPY", "PYTHONPATH")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
        self.environment = {
            **kept,
            "HOME": str(folder),
            "USERPROFILE": str(folder),
            "APPDATA": str(folder / "AppData"),
        }

    def python(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs Python with the arguments, in the home folder."""
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def backtrail(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs the command line of the Python package."""
        return self.python("-m", "backtrail", *words, PYTHONPATH=str(REPOSITORY), **variables)

    def startup_file(self) -> Path:
        return self.folder / ".ipython" / "profile_default" / "startup" / "00-backtrail.py"

    def notebook(self, name: str = "plain.ipynb") -> Path:
        """A notebook that knows nothing of Backtrail."""
        cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python", "language": "python"}
        path = self.folder / name
        nbformat.write(notebook, path)
        return path

    def sources(self, name: str = "plain") -> list[str]:
        """The sources in the log of the notebook, each as executed."""
        logs = sorted((self.folder / "runs" / name / "sessions").glob("*.jsonl"))
        lines = [json.loads(line) for log in logs for line in log.read_text().splitlines()]
        return [line["source"] for line in lines if line["event"] == "cell_start"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def outputs_of(path: Path) -> list[Mapping[str, Any]]:
    cells = nbformat.read(path, as_version=4).cells
    return [output for cell in cells for output in cell.outputs]


def test_a_notebook_that_never_mentions_backtrail_leaves_a_log_under_nbclient(home: Home) -> None:
    assert home.backtrail("autoload", "on").returncode == 0
    path = home.notebook()

    done = home.python(*NBCLIENT, "--inplace", str(path))

    assert done.returncode == 0, done.stderr
    assert home.sources() == CELLS
    printed = outputs_of(path)[0]["text"]
    assert "'x'" in printed
    assert "backtrail" not in printed
    assert "location" not in printed


def test_a_notebook_that_never_mentions_backtrail_leaves_a_log_under_papermill(home: Home) -> None:
    assert home.backtrail("autoload", "on").returncode == 0

    done = home.python("-m", "papermill", str(home.notebook("in.ipynb")), "out.ipynb")

    assert done.returncode == 0, done.stderr
    folders = [path.parent.name for path in (home.folder / "runs").glob("*/sessions")]
    assert len(folders) == 1
    assert home.sources(folders[0]) == CELLS


def test_the_first_cell_is_still_the_first(home: Home) -> None:
    home.backtrail("autoload", "on")
    path = home.notebook()

    home.python(*NBCLIENT, "--inplace", str(path))

    assert [cell.execution_count for cell in nbformat.read(path, as_version=4).cells] == [1, 2]


def test_without_autoload_the_same_notebook_leaves_nothing(home: Home) -> None:
    home.backtrail("autoload", "on")
    home.backtrail("autoload", "off")

    done = home.python(*NBCLIENT, str(home.notebook()))

    assert done.returncode == 0, done.stderr
    assert not (home.folder / "runs").exists()


def test_a_kernel_starts_as_ever_when_the_package_is_gone(home: Home) -> None:
    elsewhere = home.folder / "elsewhere"
    shutil.copytree(
        REPOSITORY / "backtrail",
        elsewhere / "backtrail",
        ignore=shutil.ignore_patterns("labextension", "cli", "__pycache__"),
    )
    written = home.python("-m", "backtrail", "autoload", "on", PYTHONPATH=str(elsewhere))
    assert str(elsewhere) in home.startup_file().read_text(), written.stderr
    shutil.rmtree(elsewhere)
    path = home.notebook()

    done = home.python(*NBCLIENT, "--inplace", str(path))

    assert done.returncode == 0, done.stderr
    assert [output["output_type"] for output in outputs_of(path)] == ["stream", "execute_result"]
    assert "Traceback" not in done.stderr
    assert not (home.folder / "runs").exists()


def test_a_terminal_ipython_is_left_alone(home: Home) -> None:
    home.backtrail("autoload", "on")

    done = home.python(
        "-m", "IPython", "--simple-prompt", "-c", "print('backtrail' in __import__('sys').modules)"
    )

    assert done.stdout.strip().endswith("False"), done.stderr
    assert not (home.folder / "runs").exists()


def test_the_variable_that_switches_capture_off_switches_autoload_off(home: Home) -> None:
    home.backtrail("autoload", "on")

    done = home.python(*NBCLIENT, str(home.notebook()), BACKTRAIL="off")

    assert done.returncode == 0, done.stderr
    assert not (home.folder / "runs").exists()


def test_ipythondir_says_where_the_file_goes(home: Home) -> None:
    folder = home.folder / "other profile"

    done = home.backtrail("autoload", "on", IPYTHONDIR=str(folder))

    assert done.returncode == 0
    assert (folder / "profile_default" / "startup" / "00-backtrail.py").exists()
    assert not home.startup_file().exists()


def test_on_off_and_status_may_be_said_twice(home: Home) -> None:
    answers = [
        json.loads(home.backtrail("autoload", word, "--json").stdout)["on"]
        for word in ("status", "off", "on", "on", "status", "off", "off", "status")
    ]

    assert answers == [False, False, True, True, True, False, False, False]


def test_a_file_of_that_name_that_is_the_users_own_is_left_alone(home: Home) -> None:
    home.startup_file().parent.mkdir(parents=True)
    home.startup_file().write_text("mine = 1\n")

    for word in ("on", "off"):
        done = home.backtrail("autoload", word)
        assert done.returncode == 1
        assert str(home.startup_file()) in done.stderr
    assert home.startup_file().read_text() == "mine = 1\n"


def test_status_says_when_another_installation_is_loaded(home: Home) -> None:
    home.backtrail("autoload", "on")
    text = home.startup_file().read_text()
    home.startup_file().write_text(text.replace(str(REPOSITORY), "/elsewhere"))

    done = home.backtrail("autoload", "status")

    assert "another installation" in done.stdout


@pytest.mark.parametrize("words", [[], ["maybe"], ["on", "off"], ["on", "--quiet"]])
def test_a_usage_error_exits_64_with_one_line(home: Home, words: list[str]) -> None:
    done = home.backtrail("autoload", *words)

    assert (done.returncode, done.stdout) == (64, "")
    assert len(done.stderr.splitlines()) == 1


def test_without_node_the_other_commands_say_what_is_missing(home: Home) -> None:
    done = home.backtrail("runs", PATH=str(home.folder))

    assert (done.returncode, done.stdout) == (69, "")
    assert "Node" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_version_needs_no_node(home: Home) -> None:
    done = home.backtrail("--version", PATH=str(home.folder))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == json.loads((REPOSITORY / "package.json").read_text())["version"]
