"""The environment of a session: interpreter, platform, packages as installed and as imported."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import PurePath
from typing import Any

from . import environ
from .system import hardware, threads

_HEAD = 1 << 14
_NAME = re.compile(rb"^Name:\s*(\S+)", re.MULTILINE)
_VERSION = re.compile(rb"^Version:\s*(\S+)", re.MULTILINE)
_FIRST = re.compile(rb'^"?([^/,\r\n"]+)([/,])', re.MULTILINE)


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
        "time_zone": environ.time_zone(variables),
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
    head = (_read(distribution, "METADATA") or _read(distribution, "PKG-INFO"))[:_HEAD]
    head = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    name, version = _NAME.search(head), _VERSION.search(head)
    return name and name[1].decode(errors="replace"), version and version[1].decode(errors="replace")


def _modules(distribution: metadata.Distribution) -> set[str]:
    listed = _read(distribution, "top_level.txt").decode(errors="replace").split()
    if listed:
        return set(listed)
    found = set()
    # Of the list of all files the first part of each path alone, a hundredth of what importlib makes of it.
    for first, more in set(_FIRST.findall(_read(distribution, "RECORD"))):
        name = first.decode(errors="replace")
        if more == b"/":
            found.add(name)
        elif name.endswith((".py", ".so", ".pyd")):
            found.add(name.partition(".")[0])
    return {name for name in found if name.isidentifier()} or _modules_of_egg(distribution)


def _modules_of_egg(distribution: metadata.Distribution) -> set[str]:
    """Of a distribution that was not installed from a wheel, or is in an archive."""
    try:
        parts = [file.parts for file in distribution.files or []]
    except Exception:
        return set()
    folders = {one[0] for one in parts if len(one) > 1}
    files = {one[0].partition(".")[0] for one in parts if one[0].endswith((".py", ".so", ".pyd"))}
    return {name for name in folders | files if name.isidentifier()}


def _read(distribution: metadata.Distribution, name: str) -> bytes:
    """A file of the metadata; empty where there is none."""
    folder = getattr(distribution, "_path", None)
    try:
        if isinstance(folder, PurePath):
            with open(os.path.join(folder, name), "rb") as file:
                return file.read()
        return (distribution.read_text(name) or "").encode()
    except Exception:
        return b""


def _as_module(name: str) -> str:
    return re.sub(r"[-.]+", "_", name).lower()
