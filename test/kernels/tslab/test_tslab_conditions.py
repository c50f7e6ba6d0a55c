"""Runs of tslab are verified under other conditions: in a fresh environment, and with one of them varied."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
PROGRAM = ROOT / "backtrail" / "cli" / "backtrail.mjs"

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


class Registry:
    """A registry of packages on this machine, in the place of npm's."""

    def __init__(self, *manifests: Mapping[str, Any]) -> None:
        answers: dict[str, bytes] = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = answers.get(self.path)
                self.send_response(404 if found is None else 200)
                self.end_headers()
                self.wfile.write(found or b"{}")

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        documents: dict[str, dict[str, Any]] = {}
        for manifest in manifests:
            name, version = manifest["name"], manifest["version"]
            path = f"/{name}/-/{name}-{version}.tgz"
            answers[path] = packed(
                {"package.json": json.dumps(manifest), "main.js": CODE[f"{name}-{version}"]}
            )
            document = documents.setdefault(name, {"name": name, "versions": {}, "dist-tags": {}})
            dist = {"tarball": self.url + path[1:], "shasum": hashlib.sha1(answers[path]).hexdigest()}
            document["versions"][version] = {**manifest, "dist": dist}
            document["dist-tags"]["latest"] = version
        answers.update({f"/{name}": json.dumps(document).encode() for name, document in documents.items()})
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def packed(files: Mapping[str, str]) -> bytes:
    """A package as npm takes it."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return data.getvalue()


def verify(folder: Path, *words: str, **variables: str) -> tuple[int, dict[str, Any]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BACKTRAIL")}
    environment = {**kept, "JUPYTER_DATA_DIR": str(folder / "jupyter-data"), **variables}
    command = ["node", str(PROGRAM), "verify", "latest", "--root", str(folder), "--json", *words]
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True, timeout=180
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    one = Registry(FAKE, OTHER, NEWER)
    yield one
    one.server.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, make_kernel: Make, registry: Registry) -> Path:
    """A run whose packages are gone since, and which says itself where npm is to ask."""
    place = tmp_path_factory.mktemp("fresh")
    for manifest in (FAKE, OTHER):
        package = place / "node_modules" / str(manifest["name"])
        package.mkdir(parents=True)
        (package / "package.json").write_text(json.dumps(manifest))
        (package / "main.js").write_text(CODE[f"{manifest['name']}-{manifest['version']}"])
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
    empty = Registry(OTHER)
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
    # Where it is verified under another one than it was recorded under, that is the cause.
    code, found = verify(tmp_path, "--whole", TZ="America/Lima")
    assert (found["verdict"], code) == ("differs", 1), found["says"]
    assert found["cause"]["kind"] == "time zone", found["says"]
