"""Kernels that have the real libraries, one for the tests of a file, of Python or of tslab."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KERNELS = ROOT / "test" / "kernels"
NODE_LIBRARIES = ROOT / ".cache" / "adapters-node" / "node_modules"
# What the kernels of tslab are started by lies beside their folder.
sys.path.insert(0, str(KERNELS))


def _kernels(folder: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"kernels_{folder.name}", folder / "conftest.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    # The first import of a large library compiles it.
    module.PATIENCE = 240
    return module


class Trial:
    """What one test does: a run of its own in the kernel that the file's tests share."""

    def __init__(self, kernel: Any) -> None:
        self.kernel = kernel
        kernel.attach()
        reply = kernel.expression("__import__('backtrail.tracker.attach', fromlist=['new_run']).new_run()")
        self.run = json.loads(reply)["run"]["id"]
        # A run in which there are only params so far is not left for a new one.
        self.before = max((event["n"] for event in kernel.events("cell_start")), default=0)

    def cell(self, code: str) -> str:
        """Runs a cell, which must not fail, and gives what it printed."""
        answer = self.kernel.run(code)
        assert answer.status == "ok", answer.reply.get("traceback")
        return str(answer.text)

    def events(self, kind: str) -> list[dict[str, Any]]:
        events = [event for event in self.kernel.events(kind) if event.get("run") == self.run]
        return [event for event in events if (event["cell"] or 0) > self.before]

    @property
    def params(self) -> dict[str, Any]:
        """The params of the run as they were at the end."""
        events = [event for event in self.kernel.events("param") if event["run"] == self.run]
        return {event["key"]: event["value"] for event in events}

    @property
    def own_params(self) -> dict[str, Any]:
        """Those that this test has set or changed."""
        return {event["key"]: event["value"] for event in self.events("param")}

    @property
    def origins(self) -> dict[str, str]:
        """Of each metric."""
        return {event["key"]: event["origin"] for event in self.events("metric")}

    @property
    def warnings(self) -> list[str]:
        return [event["message"] for event in self.kernel.events("warning")]

    def series(self, key: str) -> list[tuple[Any, float]]:
        """The steps and values of a metric."""
        points = self.kernel.points(self.run)
        own = [point for point in points if (point["cell"] or 0) > self.before]
        return [(point["step"], point[key]) for point in own if key in point]

    def undisturbed(self, code: str) -> None:
        """Runs a cell with and without the tracker: what it prints is the same."""
        with_tracker = self.cell(code)
        assert self.kernel.attach(capture=False)["state"] == "off"
        try:
            without = self.cell(code)
        finally:
            self.kernel.attach(capture=True)
        assert with_tracker == without
        assert with_tracker.strip()


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """Variables of the kernel; files of tests override it."""
    return {}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Iterator[Any]:
    kernel = _kernels(KERNELS).Kernel(
        tmp_path_factory.mktemp("notebook"),
        **{
            "PYTHONDONTWRITEBYTECODE": "",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "",
            **environment,
        },
    )
    yield kernel
    kernel.close()


@pytest.fixture
def trial(shared: Any) -> Trial:
    return Trial(shared)


@pytest.fixture
def fresh_kernel(tmp_path: Path, environment: dict[str, str]) -> Iterator[Any]:
    """A kernel of a test's own, with the tracker attached."""
    quiet = {"PYTHONDONTWRITEBYTECODE": "", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    kernel = _kernels(KERNELS).Kernel(tmp_path, **{**quiet, **environment})
    assert kernel.attach()["state"] == "recording"
    yield kernel
    kernel.close()


@pytest.fixture(scope="module")
def node_kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A kernel of tslab that has the libraries of Node, with the tracker attached."""
    if not NODE_LIBRARIES.exists():
        pytest.skip("npm run test:adapters installs the libraries of Node")
    folder = tmp_path_factory.mktemp("node")
    (folder / "node_modules").symlink_to(NODE_LIBRARIES)
    one = _kernels(KERNELS / "tslab").TslabKernel(folder)
    one.attach()
    yield one
    if one.manager.is_alive():
        one.kill()
