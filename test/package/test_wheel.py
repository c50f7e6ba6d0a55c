"""The packages as a user gets them: built, installed into an empty environment, and found by Jupyter."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.timeout(900)


def run(*command: str | Path, **variables: str) -> str:
    """Runs a program apart from the user's own settings; gives its output and its errors."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "PYTHON"))
    }
    environment.pop("VIRTUAL_ENV", None)
    result = subprocess.run(
        command,
        env={**environment, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout
    return result.stdout


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `npm run package` fills."""
    folder = tmp_path_factory.mktemp("dist")
    node = shutil.which("node")
    assert node
    run(node, ROOT / "scripts" / "package.mjs", "--out", folder)
    return folder


def only(folder: Path, pattern: str) -> Path:
    """The one file of that form."""
    (path,) = folder.glob(pattern)
    return path


class Environment:
    """A virtual environment apart from the one the tests run in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        run(sys.executable, "-m", "venv", folder)
        self.home.mkdir()

    def python(self, *parameters: str | Path, path: str | None = None) -> str:
        """Runs its Python in a folder where nothing of the repository is found; ``path`` is its PATH."""
        programs = self.folder / ("Scripts" if os.name == "nt" else "bin")
        path = os.pathsep.join([str(programs), os.environ.get("PATH", "")]) if path is None else path
        home = str(self.home)
        command = ["import os, runpy, sys; os.chdir(sys.argv.pop(1)); sys.argv.pop(0)"]
        command.append("sys.path[0] = ''; runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)")
        python = programs / "python"
        return run(
            python, "-c", "; ".join(command), home, *parameters, HOME=home, USERPROFILE=home, PATH=path
        )


@pytest.fixture(scope="session")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment that was empty, with the wheel and JupyterLab in it."""
    environment = Environment(tmp_path_factory.mktemp("environment"))
    lock = ROOT / "requirements" / "dev.txt"
    quiet = ["--quiet", "--disable-pip-version-check"]
    environment.python("pip", "install", *quiet, "-c", lock, "jupyterlab", only(dist, "*.whl"))
    return environment


def test_the_wheel_holds_every_part_and_nothing_else(dist: Path) -> None:
    names = zipfile.ZipFile(only(dist, "*.whl")).namelist()
    parts = {"/".join(name.split("/")[:2]) for name in names if name.startswith("backtrail/")}
    folders = {"backtrail/cli", "backtrail/runlog", "backtrail/server", "backtrail/tracker"}
    assert folders <= parts
    assert "backtrail/labextension" not in parts
    assert any(name.endswith("share/jupyter/labextensions/backtrail/package.json") for name in names)
    assert any(name.endswith("etc/jupyter/jupyter_server_config.d/backtrail.json") for name in names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.startswith("backtrail-")} == {"backtrail"}


def test_the_installed_extension_is_enabled_in_jupyterlab(installed: Environment) -> None:
    listed = installed.python("jupyter", "labextension", "list")
    version = json.loads((ROOT / "package.json").read_text())["version"]
    (line,) = [line for line in listed.splitlines() if "backtrail v" in line]
    assert f"backtrail v{version}" in line
    assert "enabled" in line
    assert "OK" in line


def test_the_installed_server_extension_is_enabled_and_valid(installed: Environment) -> None:
    listed = installed.python("jupyter", "server", "extension", "list")
    assert "backtrail.server" in listed
    after = listed.split("backtrail.server", 1)[1]
    assert "enabled" in after.splitlines()[0]
    validated = after.splitlines()[2]
    assert "backtrail.server" in validated
    assert "OK" in validated


def test_the_installed_command_tells_its_version(installed: Environment) -> None:
    version = json.loads((ROOT / "package.json").read_text())["version"]
    assert version in installed.python("backtrail", "--version")


def test_the_extra_brings_node_for_the_command_line(installed: Environment, dist: Path) -> None:
    quiet = ["--quiet", "--disable-pip-version-check"]
    installed.python("pip", "install", *quiet, f"{only(dist, '*.whl')}[cli]")
    # Nothing is found on an empty PATH.
    usage = installed.python("backtrail", "--help", path="")
    assert "which" in usage
    listed = installed.python("backtrail", "runs", "--json", path="")
    assert json.loads(listed) == []


def test_the_source_distribution_makes_a_wheel_without_node(dist: Path, tmp_path: Path) -> None:
    parameters = ["--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(tmp_path)]
    source = only(dist, "*.tar.gz")
    # A PATH with the system's own tools but no npm to call.
    run(sys.executable, "-m", "pip", "wheel", *parameters, source, PATH=str(Path(sys.executable).parent))
    made = zipfile.ZipFile(only(tmp_path, "*.whl")).namelist()
    assert sorted(made) == sorted(zipfile.ZipFile(only(dist, "*.whl")).namelist())


@pytest.fixture(scope="session")
def project(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of npm that was empty, with the package in it; no registry is asked for anything."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "package.json").write_text("{}")
    npm = shutil.which("npm")
    assert npm
    quiet = ["--offline", "--no-audit", "--no-fund", "--cache", folder / "npm-cache"]
    run(npm, "install", *quiet, "--prefix", folder, only(dist, "*.tgz"))
    return folder


def test_the_npm_package_needs_no_other_and_holds_no_sources(project: Path) -> None:
    installed = [path.name for path in (project / "node_modules").iterdir() if not path.name.startswith(".")]
    assert installed == ["backtrail"]
    package = project / "node_modules" / "backtrail"
    assert {path.name for path in package.iterdir()} == {"package.json", "README.md", "LICENSE", "backtrail"}
    assert not list(package.rglob("*.map"))
    assert not [path for path in package.rglob("*.ts") if not path.name.endswith(".d.ts")]


def test_the_npm_package_gives_the_calls_of_notebooks_with_their_types(project: Path) -> None:
    (project / "logs.ts").write_text(
        "import * as backtrail from 'backtrail';\n"
        "const run = backtrail.startRun({ name: 'wide', params: { rate: 0.1 } });\n"
        "backtrail.logMetric('loss', 0.25);\nconsole.log(typeof run, typeof backtrail.setSeed);\n"
    )
    node = shutil.which("node")
    assert node
    compiler = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
    run(node, compiler, "--strict", "--module", "node16", project / "logs.ts")
    # No notebook: nothing is recorded, and nothing goes wrong.
    assert "function" in run(node, project / "logs.js")


def test_the_npm_package_has_the_command_line(project: Path, tmp_path: Path) -> None:
    version = json.loads((ROOT / "package.json").read_text())["version"]
    command = project / "node_modules" / ".bin" / ("backtrail.cmd" if os.name == "nt" else "backtrail")
    assert run(command, "--version").strip() == version
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    for words in (["runs", "--json"], ["coverage", "--json"], ["check"], ["completion", "bash"]):
        run(command, *words, "--root", str(tmp_path), **home)
    for name in ("runs", "which", "export", "verify", "promote", "compare"):
        assert f"Usage: backtrail {name}" in run(command, name, "--help")


def test_the_npm_package_has_the_python_that_its_commands_call(project: Path, tmp_path: Path) -> None:
    command = project / "node_modules" / ".bin" / ("backtrail.cmd" if os.name == "nt" else "backtrail")
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "IPYTHONDIR": str(tmp_path / "ipython")}
    assert "off" in run(command, "autoload", "status", **home)
    run(command, "autoload", "on", **home)
    assert "on" in run(command, "autoload", "status", **home)
