"""The environment of a session: interpreter, platform, packages as installed and as imported."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Any

from .system import hardware, threads


class Packages:
    """The distributions that are installed, and the modules they bring. Reading them takes a while."""

    def __init__(self) -> None:
        self.versions: dict[str, str] = {}
        """Name to version."""
        self._distributions: list[tuple[str, metadata.Distribution]] = []
        self._by_module: dict[str, str] = {}
        self._modules_known = False

    def read(self) -> dict[str, str]:
        """Name to version of all that is installed; of a name that is there twice, the first on the path."""
        for distribution in metadata.distributions():
            name, version = _name_and_version(distribution)
            if name and version and name not in self.versions:
                self.versions[name] = version
                self._distributions.append((name, distribution))
                self._by_module.setdefault(_as_module(name), name)
        return self.versions

    def of_modules(self, modules: Iterable[str]) -> dict[str, str]:
        """Name to version of the distributions that the top-level ``modules`` belong to."""
        wanted = set(modules)
        if not self._modules_known and not wanted <= self._by_module.keys():
            self._read_modules()
        names = {self._by_module[module] for module in wanted if module in self._by_module}
        return {name: self.versions[name] for name in sorted(names)}

    def _read_modules(self) -> None:
        self._modules_known = True
        for name, distribution in self._distributions:
            for module in _modules(distribution):
                self._by_module.setdefault(module, name)


def describe(variables: Mapping[str, str | None]) -> dict[str, Any]:
    """The fields of an ``environment`` event, without the packages; ``variables`` are those of `environ`.

    May take a second.
    """
    return {
        "python": platform.python_version(),
        "executable": sys.executable,
        "platform": platform.platform(),
        "variables": dict(variables),
        "conda": _conda(),
        "venv": sys.prefix if sys.prefix != sys.base_prefix else None,
        **hardware.describe(),
        "threads": threads.counts(),
    }


def top_level(modules: Iterable[str]) -> set[str]:
    """The top-level modules among ``modules`` that may come from a distribution."""
    standard: frozenset[str] = getattr(sys, "stdlib_module_names", frozenset())
    names = {name.partition(".")[0] for name in modules}
    return {name for name in names if name not in standard and name != "__main__"}


def _conda() -> str | None:
    """The conda environment that the interpreter is of. CONDA_PREFIX is that of whoever started it."""
    for prefix in (sys.prefix, sys.base_prefix):
        if os.path.isdir(os.path.join(prefix, "conda-meta")):
            return prefix
    return None


def _name_and_version(distribution: metadata.Distribution) -> tuple[str | None, str | None]:
    """From the first lines of the metadata: parsing all of it, as importlib does, takes ten times as long."""
    try:
        text = distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or ""
    except Exception:
        return None, None
    head = text.partition("\n\n")[0]
    name = re.search(r"^Name:\s*(\S+)", head, re.MULTILINE)
    version = re.search(r"^Version:\s*(\S+)", head, re.MULTILINE)
    return name and name[1], version and version[1]


def _modules(distribution: metadata.Distribution) -> set[str]:
    try:
        listed = distribution.read_text("top_level.txt")
        if listed:
            return set(listed.split())
        files = distribution.files or []
    except Exception:
        return set()
    found = set()
    for file in files:
        first = file.parts[0]
        if len(file.parts) > 1:
            found.add(first)
        elif first.endswith((".py", ".so", ".pyd")):
            found.add(first.partition(".")[0])
    return {name for name in found if name.isidentifier()}


def _as_module(name: str) -> str:
    return re.sub(r"[-.]+", "_", name).lower()
