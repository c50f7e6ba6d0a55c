"""Verify in an environment that is built from the record."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from replay_runner import recording

SOURCE = "def f(x):\n    return x + 1\n"


@pytest.fixture(scope="module")
def notebook(program: Path, tmp_path_factory: pytest.TempPathFactory) -> recording.Recorded:
    """A run with a package that has been uninstalled since."""
    folder = tmp_path_factory.mktemp("fresh")
    site = folder / "site-packages"
    (site / "fakelib-1.0.dist-info").mkdir(parents=True)
    (site / "fakelib.py").write_text(SOURCE)
    (site / "fakelib-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: fakelib\nVersion: 1.0\n"
    )
    (site / "fakelib-1.0.dist-info" / "top_level.txt").write_text("fakelib\n")
    path = f"{recording.ROOT}:{site}"
    recorded = recording.run(
        folder / "work", program, ["import fakelib", "print('loss:', fakelib.f(1))"], PYTHONPATH=path
    )
    site.rename(folder / "gone")
    return recorded


def _wheels(folder: Path) -> Path:
    """A folder with the package as pip takes it, in the place of an index."""
    folder.mkdir()
    info = "fakelib-1.0.dist-info"
    with zipfile.ZipFile(folder / "fakelib-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("fakelib.py", SOURCE)
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: fakelib\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in wheel.namelist()))
    return folder


def _slow_uv(folder: Path) -> str:
    """The search path with a ``uv`` before all others that never comes to an end."""
    folder.mkdir()
    (folder / "uv").write_text("#!/bin/sh\nsleep 603 &\nwait\n")
    (folder / "uv").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def test_packages_that_are_gone_are_had_again(notebook: recording.Recorded, tmp_path: Path) -> None:
    assert notebook.verify()["verdict"] == "could not run"
    wheels = str(_wheels(tmp_path / "wheels"))
    index = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels, "UV_NO_INDEX": "1", "UV_FIND_LINKS": wheels}
    found = notebook.verify("--environment", "fresh", **index)
    assert (found["verdict"], found["exit"]) == ("identical", 0), found["says"]
    assert found["compared"]["points"] == 1


def test_a_package_that_cannot_be_had_is_named(notebook: recording.Recorded) -> None:
    found = notebook.verify("--environment", "fresh", PIP_NO_INDEX="1", UV_NO_INDEX="1")
    assert (found["verdict"], found["exit"]) == ("could not run", 2)
    assert "The environment of the record could not be built: " in found["says"]
    assert "fakelib" in found["says"]


def test_the_time_limit_counts_while_it_is_built(notebook: recording.Recorded, tmp_path: Path) -> None:
    path = _slow_uv(tmp_path / "bin")
    found = notebook.verify("--environment", "fresh", "--timeout", "2", PATH=path)
    assert (found["verdict"], found["exit"]) == ("could not run", 2)
    assert found["says"].startswith("The replay was stopped after 2 seconds, before its first cell")


def test_cancelling_ends_what_builds_it(notebook: recording.Recorded, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    environment = {**os.environ, "PATH": _slow_uv(tmp_path / "bin"), "TMPDIR": str(tmp_path / "tmp")}
    verifying = subprocess.Popen(
        notebook.command("verify", "--environment", "fresh"),
        env={**environment, "BACKTRAIL_REPLAY_PATH": str(recording.ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    building = _builders(tmp_path / "tmp", at_least=2)
    verifying.send_signal(signal.SIGINT)
    _, said = verifying.communicate(timeout=240)
    assert (verifying.returncode, said) == (130, "Cancelled: nothing was kept.\n")
    while any(_lives(pid) for pid in building):
        time.sleep(0.05)
    assert list((tmp_path / "tmp").iterdir()) == []


def _builders(folder: Path, at_least: int) -> list[int]:
    """The processes that work below a folder, as soon as there are so many that sleep."""
    until = time.monotonic() + 240
    while time.monotonic() < until:
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(entry / "cwd").startswith(str(folder)):
                    found[int(entry.name)] = (entry / "cmdline").read_bytes()
            except OSError:
                continue
        if len(found) >= at_least and any(b"603" in words for words in found.values()):
            return list(found)
        time.sleep(0.1)
    raise AssertionError("nothing is being built")


def _lives(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
