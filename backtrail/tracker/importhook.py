"""Hears of the first import of a module, without importing it or leaving a trace in what it gives."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial
from types import ModuleType
from typing import Any, Protocol

Listener = Callable[[ModuleType], None]

_listeners: dict[str, list[Listener]] = {}
"""By the names of modules. Not in what a loader is given: some users pickle loaders."""


class Watcher(Protocol):
    """Who is told of other modules too, as long as it is true."""

    def __bool__(self) -> bool: ...

    def knows(self, folders: Any) -> bool:
        """Whether it need not be told of what is imported from ``folders``."""

    def meets(self, spec: Any) -> None:
        """A module was found, and will be executed."""


class ImportHook:
    """A finder that tells ``listeners``, by the names of modules, when one of these was executed.

    It finds nothing itself: it asks the other finders, in their order, and listens to the loader that they
    give. A module that is imported already is not listened for, so that reloading one is left alone.
    """

    def __init__(self, listeners: Mapping[str, Listener], watcher: Watcher | None = None) -> None:
        self._listened = dict(listeners)
        self._watcher = watcher
        self._asking = threading.local()

    def install(self) -> None:
        """Begins to listen."""
        if not any(finder is self for finder in sys.meta_path):
            sys.meta_path.insert(0, self)
            for name, listener in self._listened.items():
                _listeners.setdefault(name, []).append(listener)

    def remove(self) -> None:
        """Stops listening; the finders of others stay as they are."""
        if any(finder is self for finder in sys.meta_path):
            for name, listener in self._listened.items():
                _listeners[name].remove(listener)
        sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not self]

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Answers the import system. None, for it to ask the other finders, unless there is a listener."""
        listened = name in self._listened
        watcher = self._watcher or None
        if not (listened or (watcher is not None and not watcher.knows(path))) or name in sys.modules:
            return None
        asking: set[str] = self._asking.__dict__.setdefault("names", set())
        if name in asking:
            # Another finder that asks all finders, this one among them.
            return None
        asking.add(name)
        try:
            spec = self._ask_others(name, path, target)
            if spec is not None:
                if watcher is not None:
                    watcher.meets(spec)
                if listened:
                    _listen(spec.loader, name)
            return spec
        except Exception:
            # The import system asks the same finders again, and gets what was raised here.
            return None
        finally:
            asking.discard(name)

    def _ask_others(self, name: str, path: Any, target: Any) -> Any:
        for finder in list(sys.meta_path):
            find = getattr(finder, "find_spec", None) if finder is not self else None
            spec = find(name, path, target) if find is not None else None
            if spec is not None:
                return spec
        return None


def _listen(loader: Any, name: str) -> None:
    # A loader that is a class is shared by many modules, and one without attributes cannot be told.
    if not isinstance(loader, type) and hasattr(loader, "exec_module") and hasattr(loader, "__dict__"):
        before = loader.__dict__.get("exec_module")
        if isinstance(before, partial) and before.func is _execute:
            # Another hook listens for this module too; all are told.
            return
        loader.exec_module = partial(_execute, loader, before, name)


def _execute(loader: Any, before: Any, name: str, module: ModuleType) -> None:
    """Executes a module as ``loader`` does, which is as it was from here on, and tells the listener."""
    if before is None:
        del loader.exec_module
    else:
        loader.exec_module = before
    loader.exec_module(module)
    for listener in tuple(_listeners.get(name, ())):
        try:
            listener(module)
        except KeyboardInterrupt:
            # The user's, who would have met it one step later.
            raise
        except BaseException:
            pass


# Python leaves frames of the import system out of tracebacks and does not count them for warnings. With its
# file name this one is treated alike, so that an import that fails or warns looks as it always does.
_execute.__code__ = _execute.__code__.replace(co_filename="<frozen importlib._bootstrap>")

# From Python 3.11 frames lie in pieces of 16 kB. A call that does not fit into one gets a piece from the
# system and gives it back when it returns, and so does the next: whoever calls from the end of a piece pays
# for each call. With a frame more below it, an import of pandas made twice as many such calls as without. A
# frame that asks for so much room gets a piece of its own, with as much left for those above it, untouched.
if sys.version_info >= (3, 11):
    _execute.__code__ = _execute.__code__.replace(co_stacksize=17_000)
