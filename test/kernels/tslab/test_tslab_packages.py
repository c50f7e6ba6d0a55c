"""Which packages a notebook of tslab was computed with, those within packages included."""

from __future__ import annotations

import json
import re
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


def manifest(name: str, version: str, **needs: str) -> dict[str, Any]:
    return {"name": name, "version": version, "main": "main.js", "dependencies": needs}


# Model needs an old base, which another one stands in the way of; of the old base a newer one would do.
MODEL = manifest("model", "1.0.0", base="^1.0.0", deep="^1.0.0")
DEEP = manifest("deep", "1.0.0", leaf="^1.0.0")
LEAF = manifest("leaf", "1.0.0")
OLD = manifest("base", "1.0.0")
UNUSED = manifest("unused", "1.0.0")
CODE = {
    "model-1.0.0": "exports.loss = () => require('base').factor / require('deep').parts",
    "deep-1.0.0": "exports.parts = 2 * require('leaf').parts",
    "leaf-1.0.0": "exports.parts = 2",
    "leaf-1.9.0": "exports.parts = 3",
    "base-1.0.0": "exports.factor = 3",
    "base-1.5.0": "exports.factor = 4",
    "base-2.0.0": "exports.factor = 5",
    "unused-1.0.0": "throw new Error('nobody asked for it')",
}
NEW = manifest("base", "2.0.0")
NEWER = [manifest("base", "1.5.0"), manifest("leaf", "1.9.0")]

CELLS = [
    "import { loss } from 'model';\nimport { factor } from 'base';",
    "const text: string = 'no package';",
    "const value = loss() + factor; console.log(`loss: ${value}`)",
]


def fill(folder: Path) -> None:
    for place, one in {
        "model": MODEL,
        "model/node_modules/base": OLD,
        "deep": DEEP,
        "leaf": LEAF,
        "base": NEW,
        "unused": UNUSED,
    }.items():
        install(folder, place, one, CODE[f"{one['name']}-{one['version']}"])


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    one = Registry(CODE, MODEL, DEEP, LEAF, OLD, NEW, *NEWER)
    yield one
    one.server.shutdown()


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory, make_kernel: Make) -> Any:
    place = tmp_path_factory.mktemp("packages")
    fill(place)
    one = make_kernel(place)
    one.attach()
    for code in CELLS:
        reply, printed = one.run(code)
        assert reply["status"] == "ok", printed
    assert printed == "loss: 5.75\n"
    one.eventually(lambda: one.events("imports"))
    one.stop()
    return one


@pytest.fixture
def folder(kernel: Any, registry: Registry) -> Path:
    """That of the run; its packages are gone, and it says itself where npm is to ask."""
    place: Path = kernel.folder
    shutil.rmtree(place / "node_modules", ignore_errors=True)
    (place / ".npmrc").write_text(f"registry={registry.url}\n")
    return place


def blob(kernel: Any, sha256: str) -> Any:
    return json.loads((kernel.runs / "blobs" / "sha256" / sha256[:2] / sha256).read_text())


def test_two_versions_of_one_package_are_told_apart(kernel: Any) -> None:
    [environment] = kernel.events("environment")
    assert blob(kernel, environment["packages"]) == {
        "base": "2.0.0",
        "deep": "1.0.0",
        "leaf": "1.0.0",
        "model": "1.0.0",
        "model/node_modules/base": "1.0.0",
        "unused": "1.0.0",
    }


def test_what_a_cell_loaded_first_is_told_with_what_needs_what(kernel: Any) -> None:
    found = [(event["n"], event["packages"]) for event in kernel.events("imports")]
    # What functions of the first cell's packages asked for later was not there when it was looked at.
    assert found[0][0] == 1
    assert {"base": "2.0.0", "model": "1.0.0"}.items() <= found[0][1].items()
    told = {name: version for _, packages in found for name, version in packages.items()}
    assert told == {
        "base": "2.0.0",
        "deep": "1.0.0",
        "leaf": "1.0.0",
        "model": "1.0.0",
        "model/node_modules/base": "1.0.0",
    }
    assert blob(kernel, kernel.events("imports")[0]["needs"]) == {
        "base": [],
        "deep": ["leaf"],
        "leaf": [],
        "model": ["model/node_modules/base", "deep"],
        "model/node_modules/base": [],
    }


def test_a_fresh_environment_is_the_tree_that_was(folder: Path, registry: Registry, tmp_path: Path) -> None:
    registry.asked.clear()
    code, found = verify(folder, "--environment", "fresh", npm_config_cache=str(tmp_path))
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    assert found["compared"]["points"] == 1
    assert "/unused" not in registry.asked
    # Each package once, in the version that was.
    fetched = sorted(path for path in registry.asked if path.endswith(".tgz"))
    assert fetched == [
        f"/{name}/-/{name}-{version}.tgz"
        for name, version in [
            ("base", "1.0.0"),
            ("base", "2.0.0"),
            ("deep", "1.0.0"),
            ("leaf", "1.0.0"),
            ("model", "1.0.0"),
        ]
    ]


def test_the_manifest_of_a_script_is_the_tree_that_was(
    folder: Path, registry: Registry, tmp_path: Path
) -> None:
    done = backtrail(folder, "export", "latest", "-o", str(tmp_path / "again.ts"))
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "again.ts").read_text()
    head = re.search(r"^// /// package.json\n(.*?)^// ///$", text, re.MULTILINE | re.DOTALL)
    assert head
    found = json.loads(re.sub(r"^// ?", "", head[1], flags=re.MULTILINE))
    assert found["dependencies"] == {"base": "2.0.0", "model": "1.0.0"}
    assert found["overrides"] == {"deep": "1.0.0", "leaf": "1.0.0", "model": {"base": "1.0.0"}}
    del found["devDependencies"]
    (tmp_path / "package.json").write_text(json.dumps(found))
    (tmp_path / ".npmrc").write_text(f"registry={registry.url}\ncache={tmp_path / 'cache'}\n")
    subprocess.run(["npm", "install", "--no-audit"], cwd=tmp_path, check=True, capture_output=True)
    # It holds the JavaScript of the cells, so Node needs no other name than this to run it.
    script = (tmp_path / "again.ts").rename(tmp_path / "again.js")
    done = subprocess.run(["node", script], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("loss: 5.75\n", 0), done.stderr


def test_other_versions_of_what_packages_need_are_the_cause_that_is_named(kernel: Any) -> None:
    place: Path = kernel.folder
    fill(place)
    try:
        code, found = verify(place)
        assert (found["verdict"], code) == ("identical", 0), found["says"]
        install(place, "model/node_modules/base", NEWER[0], CODE["base-1.5.0"])
        code, found = verify(place)
    finally:
        shutil.rmtree(place / "node_modules")
    assert (found["verdict"], found["cause"]["kind"]) == ("differs", "package changed"), found["says"]
    assert "model/node_modules/base was 1.0.0 and is 1.5.0" in found["says"]


def test_a_folder_of_the_workspace_is_linked_and_said_to_be_one(tmp_path: Path, make_kernel: Make) -> None:
    mine = tmp_path / "packages" / "mine"
    mine.mkdir(parents=True)
    (mine / "package.json").write_text(
        '{"name": "mine", "version": "1.0.0", "main": "main.js", "types": "main.d.ts"}'
    )
    (mine / "main.js").write_text("exports.loss = () => 3")
    (mine / "main.d.ts").write_text("export function loss(): number")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "mine").symlink_to(Path("..", "packages", "mine"))
    kernel = make_kernel(tmp_path)
    kernel.attach()
    for code in ["import { loss as f } from 'mine'", "const loss = f(); console.log('loss:', loss)"]:
        reply, printed = kernel.run(code)
        assert reply["status"] == "ok", printed
    [imports] = kernel.eventually(lambda: kernel.events("imports"))
    assert imports["packages"] == {"mine": "1.0.0 file:packages/mine"}
    kernel.stop()
    code, found = verify(tmp_path, "--environment", "fresh")
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    mine.rename(tmp_path / "gone")
    code, found = verify(tmp_path, "--environment", "fresh")
    assert (found["verdict"], code) == ("could not run", 2)
    assert f"mine was {mine}, which is gone" in found["says"]
