"""The packages as a user gets them: built, installed into an empty environment, and found by Jupyter."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
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


def test_the_npm_package_holds_what_was_built_and_no_sources(dist: Path) -> None:
    with tarfile.open(only(dist, "*.tgz")) as archive:
        names = {name.removeprefix("package/") for name in archive.getnames()}
    assert {"package.json", "README.md", "LICENSE", "lib/lab/index.js", "style/index.css"} <= names
    assert {name.split("/")[0] for name in names if "/" in name} == {"lib", "schema", "style"}


def test_the_npm_package_has_the_command_that_it_names(dist: Path, tmp_path: Path) -> None:
    with tarfile.open(only(dist, "*.tgz")) as archive:
        archive.extractall(tmp_path, filter="data")
    package = tmp_path / "package"
    # What `npm install` would bring; nothing else of the repository is there.
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
    node = shutil.which("node")
    assert node
    metadata = json.loads((package / "package.json").read_text())
    command = package / metadata["bin"]["backtrail"]
    assert command.read_text().startswith("#!/usr/bin/env node")
    assert run(node, command, "--version").strip() == metadata["version"]
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    for words in (["runs", "--json"], ["coverage", "--json"], ["check"], ["completion", "bash"]):
        run(node, command, *words, "--root", str(tmp_path), **home)
    for name in ("runs", "which", "export", "verify", "promote", "compare"):
        assert f"Usage: backtrail {name}" in run(node, command, name, "--help")
