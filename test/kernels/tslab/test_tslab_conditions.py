"""Runs of tslab are verified under other conditions: in a fresh environment, and with one of them varied."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from node_runner.registry import Registry, install
from node_runner.verifying import backtrail, verify

# As conftest.py has them; pytest imports that file by no name.
Make = Callable[..., Any]

FAKE = {"name": "fakelib", "version": "1.0.0", "main": "main.js", "dependencies": {"otherlib": "^1.0.0"}}
OTHER = {"name": "otherlib", "version": "1.0.0", "main": "main.js"}
NEWER = {**OTHER, "version": "1.2.0"}
CODE = {
    "fakelib-1.0.0": "exports.loss = () => require('otherlib').factor / 8",
    "otherlib-1.0.0": "exports.factor = 3",
    "otherlib-1.2.0": "exports.factor = 5",
}

CELLS = [
    "import { twice } from './mine'",
    "import { loss } from 'fakelib'",
    "const value = twice(loss()); console.log(`loss: ${value}`)",
]


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    one = Registry(CODE, FAKE, OTHER, NEWER)
    yield one
    one.server.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, make_kernel: Make, registry: Registry) -> Path:
    """A run whose packages are gone since, and which says itself where npm is to ask."""
    place = tmp_path_factory.mktemp("fresh")
    for manifest in (FAKE, OTHER):
        name = str(manifest["name"])
        install(place, name, manifest, CODE[f"{name}-{manifest['version']}"])
    # Of what a module of the notebook's own imports the record has a version too.
    module = (
        "const { factor } = require('otherlib');\nexport const twice = (x: number) => x * (factor - 1);\n"
    )
    (place / "mine.ts").write_text(f"declare const require: any;\n{module}")
    kernel = make_kernel(place)
    kernel.attach()
    for code in CELLS:
        reply, printed = kernel.run(code)
        assert reply["status"] == "ok", printed
    assert printed == "loss: 0.75\n"
    kernel.stop()
    shutil.rmtree(place / "node_modules")
    (place / ".npmrc").write_text(f"registry={registry.url}\n")
    return place


def test_packages_that_are_gone_are_had_again_in_their_versions(folder: Path, tmp_path: Path) -> None:
    code, found = verify(folder)
    assert (found["verdict"], code) == ("could not run", 2)
    code, found = verify(folder, "--environment", "fresh", npm_config_cache=str(tmp_path))
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    assert found["compared"]["points"] == 1
    assert not (folder / "node_modules").exists()


def test_a_package_that_cannot_be_had_is_named(folder: Path, tmp_path: Path) -> None:
    empty = Registry(CODE, OTHER)
    (tmp_path / "npm").mkdir()
    before = (folder / ".npmrc").read_text()
    try:
        (folder / ".npmrc").write_text(f"registry={empty.url}\n")
        code, found = verify(folder, "--environment", "fresh", npm_config_cache=str(tmp_path / "npm"))
    finally:
        (folder / ".npmrc").write_text(before)
        empty.server.shutdown()
    assert (found["verdict"], code) == ("could not run", 2)
    assert "The environment of the record could not be built: " in found["says"]
    assert "fakelib" in found["says"]


def test_stress_says_on_which_conditions_of_node_a_run_hangs(tmp_path: Path, make_kernel: Make) -> None:
    kernel = make_kernel(tmp_path)
    kernel.attach()
    kernel.run("const begun = new Date(2024, 0, 1).getTime()")
    kernel.run("const shown = (1234.5).toLocaleString(); const loss = begun / 1e12; console.log(shown, loss)")
    kernel.stop()
    code, found = verify(tmp_path, "--whole")
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    code, found = verify(tmp_path, "--whole", "--stress")
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    assert "It differs in another time zone, first in cell [1]: `begun` was" in found["says"]
    assert "It differs in another language, first in cell [2]: `shown` was" in found["says"]
    assert "on one thread" not in found["says"]


def test_a_replay_has_the_time_zone_and_the_language_of_the_notebook(
    tmp_path: Path, make_kernel: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The kernel has them from a system that names neither.
    for name in ("TZ", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    kernel = make_kernel(tmp_path)
    kernel.attach()
    kernel.run("const begun = new Date(2024, 0, 1).getTime()")
    _, printed = kernel.run(
        "const text = (1234.5).toLocaleString() + new Date(begun).toString(); console.log('loss:', begun)"
    )
    [environment] = kernel.eventually(lambda: kernel.events("environment"))
    _, zone = kernel.run("console.log(Intl.DateTimeFormat().resolvedOptions().timeZone)")
    kernel.stop()
    assert (environment["time_zone"], environment["locale"]) == (zone.strip(), "en-US")
    elsewhere = {"TZ": "America/Lima", "LC_ALL": "de_DE.UTF-8"}
    code, found = verify(tmp_path, "--whole", **elsewhere)
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    script = tmp_path / "again.ts"
    assert backtrail(tmp_path, "export", "latest", "--whole", "-o", str(script)).returncode == 0
    done = subprocess.run(
        ["node", script.rename(tmp_path / "again.js")],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "LC_ALL": "de_DE.UTF-8"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith(printed)
    assert "started with LC_ALL=C, this script has it too" in done.stderr
    # A variable that is set stays, as in scripts of Python.
    assert f"process.env.TZ ??= '{environment['time_zone']}'" in (tmp_path / "again.js").read_text()
