"""Kernels of other environments and other Pythons than the server's own: nothing is installed there."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import backtrail

ROOT = Path(__file__).parents[2]

# What the page sends, word for word.
LOADER = re.search(r"const LOADER = `\n(.*?)`;", (ROOT / "src/lab/attach/python.ts").read_text(), re.DOTALL)

TRAINING = """
import random
losses = [1 / (step + 1) for step in range(5)]
for step, loss in enumerate(losses):
    print(f"Epoch {step}, loss: {loss:.4f}")
random.random()
"""


@cache
def pythons() -> dict[str, str]:
    """The interpreters of this machine, by version: those on the path, of pyenv, and named by the tester."""
    named = os.environ.get("BACKTRAIL_TEST_PYTHONS", "").split(os.pathsep)
    found = [Path(name) for name in named if name]
    found += sorted(Path.home().glob(".pyenv/versions/*/bin/python"))
    found += [Path("/usr/bin/python3"), Path("/opt/conda/bin/python"), Path.home() / "miniconda3/bin/python"]
    found += [Path(path) for n in range(9, 15) if (path := shutil.which(f"python3.{n}"))]
    ask = "import sys; print(sys.implementation.name, *sys.version_info[:2])"
    versions: dict[str, str] = {}
    for path in [*found, Path(sys.executable)]:
        try:
            told = subprocess.run(
                [path, "-c", ask], capture_output=True, text=True, timeout=120, check=True, cwd="/"
            )
        except (OSError, subprocess.SubprocessError):
            continue
        kind, major, minor = told.stdout.split()
        if kind == "cpython" and (int(major), int(minor)) >= (3, 6):
            versions.setdefault(f"{major}.{minor}", str(path))
    return versions


@cache
def with_kernels() -> list[str]:
    """Those of them that can run a kernel."""
    return [path for path in pythons().values() if path != sys.executable and _has_kernel(path)]


def _has_kernel(path: str) -> bool:
    return subprocess.run([path, "-c", "import ipykernel"], capture_output=True, check=False).returncode == 0


def environment(folder: Path, version: str | None = None) -> Path:
    """A virtual environment with a kernel and without Backtrail, or with another ``version`` of it."""
    venv.create(folder, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for entry in Path(place).iterdir():
            if (
                "backtrail" not in entry.name
                and entry.suffix != ".pth"
                and not (packages / entry.name).exists()
            ):
                (packages / entry.name).symlink_to(entry)
    if version is not None:
        other = packages / "backtrail" / "tracker"
        other.mkdir(parents=True)
        (packages / "backtrail" / "__init__.py").write_text(f"__version__ = {version!r}\n")
        (other / "__init__.py").write_text("")
        (other / "attach.py").write_text("def attach(options):\n    raise SystemExit('the wrong one')\n")
    return folder / "bin" / "python"


def expression(**options: Any) -> str:
    """What the page has a kernel evaluate to attach the tracker."""
    assert LOADER is not None
    # It stands in a template of JavaScript.
    loader = LOADER[1].replace("\\\\", "\\")
    given = {
        "capture": True,
        "directory": "",
        "version": backtrail.__version__,
        "location": str(ROOT),
        **options,
    }
    call = f'g["call"]("attach", {json.dumps(json.dumps(given))})'
    return f'(lambda g: (exec({json.dumps(loader)}, g), {call})[1])({{"__name__": "backtrail_loader"}})'


@pytest.fixture
def start(
    start_kernel: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Starts a kernel of an interpreter, and attaches as the page does; the kernel and the reply."""

    def begin(python: Path | str, **variables: str) -> tuple[Any, dict[str, Any]]:
        spec = tmp_path / "specs" / "kernels" / "python3"
        spec.mkdir(parents=True, exist_ok=True)
        argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        (spec / "kernel.json").write_text(
            json.dumps({"argv": argv, "display_name": "other", "language": "python"})
        )
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "specs"))
        kernel = start_kernel(PYTHONPATH="", **variables)
        answer = kernel.run("", silent=True, expressions={"b": expression(notebook=str(kernel.notebook))})
        told = answer.reply["user_expressions"]["b"]
        assert told["status"] == "ok", told
        return kernel, json.loads(told["data"]["text/plain"])

    return begin


def holds_a_whole_record(kernel: Any) -> dict[str, Any]:
    """The summary of the run of `TRAINING`, once it was executed."""
    before = kernel.expression("sorted(get_ipython().user_ns)")
    kernel.run(TRAINING, "a")
    kernel.run("x = 1", "b")
    after = kernel.expression("sorted(get_ipython().user_ns)")
    assert {name for name in set(after) - set(before) if name.strip("_i0123456789")} == {
        "random", "losses", "step", "loss", "x",
    }  # fmt: skip
    kernel.eventually(lambda: kernel.events("code"))
    kernel.shutdown()
    (run,) = kernel.run_ids()
    summary = kernel.summary(run) or {}
    kinds = {event["event"] for event in kernel.events()}
    assert {"session", "environment", "run_start", "cell_start", "cell_end", "code", "session_end"} <= kinds
    faults = [event["message"] for event in kernel.events("warning") if "in Backtrail" in event["message"]]
    assert faults == []
    assert [event["status"] for event in kernel.events("cell_end")] == ["finished", "finished"]
    return dict(summary)


def test_an_environment_without_backtrail_is_recorded(start: Callable[..., Any], tmp_path: Path) -> None:
    python = environment(tmp_path / "venv")
    kernel, reply = start(python)
    assert reply["state"] == "recording", reply
    where = kernel.expression("__import__('sys').modules['backtrail'].__file__")
    assert where == str(ROOT / "backtrail" / "__init__.py")
    assert str(ROOT) not in kernel.expression("__import__('sys').path")
    holds_a_whole_record(kernel)
    described = kernel.events("environment")[0]
    assert described["executable"] == str(python)
    assert described["venv"] == str(tmp_path / "venv")
    packages = json.loads(
        Path(kernel.runs, "blobs", "sha256", described["packages"][:2], described["packages"]).read_bytes()
    )
    assert "ipykernel" in packages
    assert "backtrail" not in packages


def test_in_an_environment_with_another_version_the_page_s_own_tracker_records(
    start: Callable[..., Any], tmp_path: Path
) -> None:
    kernel, reply = start(environment(tmp_path / "venv", version="0.0.1"))
    assert reply["state"] == "recording", reply
    assert kernel.expression("__import__('backtrail').__version__") == backtrail.__version__
    holds_a_whole_record(kernel)


def test_a_conda_environment_is_recorded_under_its_own_name_and_not_that_of_the_server(
    start: Callable[..., Any], tmp_path: Path
) -> None:
    python = environment(tmp_path / "conda")
    # What makes an environment one of conda's; CONDA_PREFIX is that of the server that starts the kernel.
    (tmp_path / "conda" / "conda-meta").mkdir()
    (tmp_path / "conda" / "conda-meta" / "history").write_text("")
    kernel, reply = start(python, CONDA_PREFIX="/opt/server", CONDA_DEFAULT_ENV="server")
    assert reply["state"] == "recording", reply
    holds_a_whole_record(kernel)
    assert kernel.events("environment")[0]["conda"] == str(tmp_path / "conda")


def test_every_other_environment_with_a_kernel_on_this_machine_is_recorded(
    start: Callable[..., Any], tmp_path: Path
) -> None:
    for python in [environment(tmp_path / "venv"), *with_kernels()]:
        kernel, reply = start(python)
        assert reply["state"] == "recording", (python, reply)
        assert kernel.expression("__import__('sys').executable") == str(python)
        holds_a_whole_record(kernel)
        kernel.close()
        shutil.rmtree(kernel.runs)


@pytest.mark.parametrize("version", sorted(pythons(), key=lambda version: int(version.split(".")[1])))
def test_every_python_on_this_machine_records_or_says_why_not(version: str, tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "import importlib, pkgutil, backtrail.tracker\n"
        "for module in pkgutil.walk_packages(backtrail.tracker.__path__, 'backtrail.tracker.'):\n"
        "    importlib.import_module(module.name)\n"
        "backtrail.log_param('lr', 0.1)\n"
        "for step in range(3): backtrail.log(loss=1 / (step + 1))\n"
        if int(version.split(".")[1]) >= 9
        else f"print(repr({expression(notebook='/n.ipynb')}))\n"
    )
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [pythons()[version], str(script)],
        env={**variables, "JUPYTER_DATA_DIR": str(tmp_path / "jupyter")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    if int(version.split(".")[1]) < 9:
        reply = json.loads(done.stdout)
        assert reply["message"] == (
            f"Backtrail records Python 3.9 and newer, and this kernel is {version}: use a newer one."
        )
        return
    (log,) = (tmp_path / "runs" / "train" / "sessions").iterdir()
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert [event["key"] for event in events if event["event"] == "param"] == ["lr"]
    assert {"environment", "usage", "run_end", "session_end"} <= {event["event"] for event in events}
    (points,) = (tmp_path / "runs" / "train").glob("*/metrics.jsonl")
    assert len(points.read_text().splitlines()) == 3


def test_the_tracker_needs_nothing_but_the_standard_library() -> None:
    code = (
        f"import pkgutil, importlib, sys; sys.path.insert(0, {str(ROOT)!r}); import backtrail.tracker\n"
        "for m in pkgutil.walk_packages(backtrail.tracker.__path__, 'backtrail.tracker.'): "
        "importlib.import_module(m.name)\n"
        "print([n for n in sys.modules if n.partition('.')[0] not in sys.stdlib_module_names "
        "and n.partition('.')[0] not in ('backtrail', '__main__')])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True
    )
    assert ast.literal_eval(done.stdout) == []
