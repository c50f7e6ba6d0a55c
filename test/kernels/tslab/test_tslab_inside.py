"""Kernels whose inside is not as the tracker knows it are left alone, and said to be."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# As conftest.py has them; pytest imports that file by no name.
Kernel = Any
Make = Callable[..., Kernel]
ROOT = Path(__file__).parents[3]
BUNDLE = ROOT / "backtrail" / "tslab"

Patch = list[tuple[str, str, str]]
"""A file of tslab's, what stands there, and what is put in its place."""

# Other versions of tslab, as its author might write them: each of them works.
CHANGED: dict[str, Patch] = {
    "a method is called otherwise": [("jupyter.js", "handleExecuteImpl", "executeNow")],
    "another signature": [
        (
            "jupyter.js",
            "async handleExecuteImpl(req, writeStream, writeDisplayData) {",
            "async handleExecuteImpl(req, { writeStream, writeDisplayData }) {",
        ),
        (
            "jupyter.js",
            "this.handleExecuteImpl(req, writeStream, writeDisplayData)",
            "this.handleExecuteImpl(req, { writeStream, writeDisplayData })",
        ),
    ],
    "another order": [
        ("jupyter.js", "async handleExecute(sock, msg) {", "async handleExecute(msg, sock) {"),
        ("jupyter.js", "await this.handleExecute(sock, msg)", "await this.handleExecute(msg, sock)"),
    ],
    "a server that is not exported": [
        ("jupyter.js", "exports.ZmqServer = ZmqServer;", "exports.Server = ZmqServer;"),
        ("main.js", "new jupyter_1.ZmqServer(", "new jupyter_1.Server("),
    ],
    "an export that throws at others": [
        (
            "jupyter.js",
            "exports.ZmqServer = ZmqServer;",
            "exports.Server = ZmqServer;"
            "Object.defineProperty(exports, 'ZmqServer', { get() { throw new Error('private') } });",
        ),
        ("jupyter.js", "exports.ZmqServer = exports.JupyterHandlerImpl", "exports.JupyterHandlerImpl"),
        ("main.js", "new jupyter_1.ZmqServer(", "new jupyter_1.Server("),
    ],
    "a count with another name": [("jupyter.js", "execCount", "executions")],
    "methods that cannot be replaced": [
        (
            "jupyter.js",
            "exports.ZmqServer = ZmqServer;",
            "exports.ZmqServer = ZmqServer; Object.freeze(JupyterHandlerImpl.prototype);",
        )
    ],
    "cells that are evaluated otherwise": [
        ("executor.js", '"(function(exports, require) { "', '"(function(exports, require, own) { "')
    ],
}

CELLS = ["const a = 1; a", "throw new TypeError('x')", "const wrong: string = 3", "console.log('loss: 0.5')"]


def install(folder: Path, patch: Patch, version: str) -> Path:
    """A copy of tslab with another inside, in a folder with what it needs; its program."""
    modules = folder / "node_modules"
    modules.mkdir()
    for package in (ROOT / "node_modules").iterdir():
        if package.name not in ("tslab", "backtrail", ".bin"):
            (modules / package.name).symlink_to(package)
    copy = modules / "tslab"
    shutil.copytree(ROOT / "node_modules" / "tslab", copy)
    for name, before, after in patch:
        path = copy / "dist" / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
    manifest = json.loads((copy / "package.json").read_text(encoding="utf-8"))
    (copy / "package.json").write_text(json.dumps({**manifest, "version": version}), encoding="utf-8")
    return copy / "bin" / "tslab"


def shown(kernel: Kernel) -> list[Any]:
    """What cells are answered, but for their numbers and the stacks of errors."""
    found = []
    for code in CELLS:
        reply, printed = kernel.run(code)
        found.append((reply["status"], [line for line in printed.splitlines() if "    at " not in line]))
    return found


def attach(kernel: Kernel) -> Any:
    """The answer of the tracker to the two requests that the page sends at most; None where it gives none."""
    for _ in range(2):
        reply, printed = kernel.wait(kernel.ask())[0]
        assert (reply["status"], printed) == ("ok", "")
        if "user_expressions" in reply:
            return json.loads(reply["user_expressions"]["backtrail"]["data"]["text/plain"])
    return None


@pytest.mark.parametrize("name", CHANGED)
def test_a_kernel_that_is_made_otherwise_is_left_alone(name: str, tmp_path: Path, make_kernel: Make) -> None:
    install(tmp_path, CHANGED[name], "1.1.0")
    # The copy beside the notebook is the one at work, whatever is installed elsewhere.
    kernel = make_kernel(tmp_path)
    without = shown(kernel)
    assert attach(kernel) is None
    assert shown(kernel) == without
    count = kernel.run("1")[0].get("execution_count")
    assert count in (None, 2 * len(CELLS) + 3)
    kernel.run("import * as backtrail from 'backtrail'; backtrail.logMetric('loss', 1)")
    assert not kernel.runs.exists()
    kernel.kill()


def test_a_newer_version_that_is_made_alike_is_recorded(tmp_path: Path, make_kernel: Make) -> None:
    install(tmp_path, [], "1.9.0")
    kernel = make_kernel(tmp_path)
    assert kernel.attach()["state"] == "recording"
    assert kernel.run("const a = 1; a")[1] == "1\n"
    assert [event["status"] for event in kernel.events("cell_end")] == ["finished"]


def test_a_recorded_kernel_says_at_its_start_that_it_does_not_record(
    tmp_path: Path, make_kernel: Make, capfd: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path, CHANGED["a method is called otherwise"], "1.1.0")
    kernel = make_kernel(tmp_path, program=str(BUNDLE / "kernel.cjs"))
    assert kernel.run("const a = 1; a")[1] == "1\n"
    assert (
        "Nothing is recorded, because the inside of this kernel is not as Backtrail knows it"
        in capfd.readouterr().err
    )
    assert not kernel.runs.exists()


def test_a_package_of_another_name_with_a_file_of_that_name_does_not_matter(
    tmp_path: Path, make_kernel: Make
) -> None:
    package = tmp_path / "node_modules" / "other"
    (package / "dist").mkdir(parents=True)
    (package / "package.json").write_text('{"name": "other", "version": "1.0.0", "main": "dist/jupyter.js"}')
    (package / "dist" / "jupyter.js").write_text("exports.ZmqServer = class {}")
    kernel = make_kernel(tmp_path, "javascript")
    kernel.run("const other = require('other')")
    assert kernel.attach()["state"] == "recording"
