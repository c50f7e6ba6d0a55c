"""The user's own modules: what a notebook imports that is neither installed nor part of Python."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterable
from types import ModuleType
from typing import Any, NamedTuple

from . import installed
from .callees import is_a
from .untracked import Keep

_LARGEST = 1 << 20
_MOST = 2000


class _Known(NamedTuple):
    module: ModuleType
    spec: Any
    path: str
    modified: int


class LocalModules:
    """Remembers which local modules were seen, to notice those that are new or were loaded again."""

    def __init__(self) -> None:
        self._elsewhere = installed.folders()
        self._known: dict[str, _Known] = {}
        self._places: dict[str, str | None] = {}
        """By the file that a module says it is from: where that is, or None for one of the installed."""
        self._folders: dict[str, str] = {}

    def loaded_again(self) -> bool:
        """Whether a module may have been reloaded: asked after each cell, a microsecond for ten modules."""
        if not self._known:
            return False
        if _reloads():
            return True
        modules = sys.modules
        return any(
            modules.get(name) is not known.module or known.module.__dict__.get("__spec__") is not known.spec
            for name, known in tuple(self._known.items())
        )

    def look(self, names: Iterable[str], at: float, keep: Keep) -> dict[str, dict[str, Any]]:
        """The ``modules`` of an event: those among ``names`` that are local and new, and those loaded again.

        ``at``: when the names were collected, in seconds since 1970. A file that changed after it is not what
        was imported, so nothing is said of its content.
        """
        found = {}
        for name in {*names, *self._known}:
            module = sys.modules.get(name)
            path = self._path(module) if module is not None else None
            if module is None or path is None or len(self._known) >= _MOST:
                continue
            spec = module.__dict__.get("__spec__")
            try:
                modified = os.stat(path).st_mtime_ns
            except OSError:
                modified = -1
            known = self._known.get(name)
            again = known is not None and (known.module is not module or known.spec is not spec)
            if known is not None and (known.modified == modified or not (again or _reloads())):
                if again:
                    self._known[name] = known._replace(module=module, spec=spec)
                continue
            if modified > at * 1e9:
                if known is None:
                    self._known[name] = _Known(module, spec, path, -1)
                    found[name] = {"path": path, "sha256": None, "kept": False}
                continue
            self._known[name] = _Known(module, spec, path, modified)
            found[name] = {"path": path, **_content(path, keep)}
        return found

    def _path(self, module: ModuleType) -> str | None:
        if not is_a(module, ModuleType):
            return None
        path = module.__dict__.get("__file__")
        if not isinstance(path, str) or module.__dict__.get("__name__") == "__main__":
            return None
        try:
            return self._places[path]
        except KeyError:
            local = os.path.isabs(path) and not self._real(os.path.dirname(path)).startswith(self._elsewhere)
            real = os.path.realpath(path) if local else ""
            local = local and not real.startswith(self._elsewhere)
            return self._places.setdefault(path, real if local else None)

    def _real(self, folder: str) -> str:
        """A folder without links, a separator at its end: each is looked at once, and not for each module."""
        known = self._folders.get(folder)
        if known is None:
            above, name = os.path.split(folder)
            whole = os.path.join(self._real(above), name) if name and above != folder else folder
            followed = os.path.islink(whole) or name in (os.curdir, os.pardir)
            known = os.path.join(os.path.realpath(whole) if followed else whole, "")
            self._folders[folder] = known
        return known


def _content(path: str, keep: Keep) -> dict[str, Any]:
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            data = piece = file.read(_LARGEST)
            while piece:
                digest.update(piece)
                piece = file.read(_LARGEST)
            whole = file.tell() == len(data)
    except OSError:
        return {"sha256": None, "kept": False}
    blob = keep(data) if whole and path.endswith(".py") else None
    return {"sha256": blob or digest.hexdigest(), "kept": blob is not None}


def began() -> float:
    """When this process began, in seconds since 1970; 0 where the system does not tell."""
    try:
        with open("/proc/self/stat", "rb") as file:
            started = int(file.read().rpartition(b")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
        return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME) + started
    except (OSError, AttributeError, ValueError, IndexError):
        return 0.0


def _reloads() -> bool:
    """Whether IPython reloads modules by itself, which leaves nothing to see but a file that is newer."""
    return "IPython.extensions.autoreload" in sys.modules
