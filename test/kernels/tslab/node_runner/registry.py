"""A registry of packages on this machine, and a folder with packages."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Registry:
    """A registry of packages on this machine, in the place of npm's.

    ``codes`` are what packages are, by name and version; ``asked`` is what it was asked for.
    """

    def __init__(self, codes: Mapping[str, str], *manifests: Mapping[str, Any]) -> None:
        answers: dict[str, bytes] = {}
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
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
                {"package.json": json.dumps(manifest), "main.js": codes[f"{name}-{version}"]}
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


def install(folder: Path, place: str, manifest: Mapping[str, Any], code: str) -> None:
    """Puts a package where npm would have put it."""
    package = folder / "node_modules" / place
    package.mkdir(parents=True, exist_ok=True)
    (package / "package.json").write_text(json.dumps(manifest))
    (package / "main.js").write_text(code)
