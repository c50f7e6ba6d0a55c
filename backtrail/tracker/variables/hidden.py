"""State that results depend on and that has no name in the notebook."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

from ..callees import is_a
from .fingerprint.kinds import identity, library

_SPEAKS_OF = {
    "matplotlib": re.compile(
        r"rcParams|\brc\(|style\.(?:use|context)|set_theme|set_style|set_palette|\bswitch_backend"
    ),
    "pandas.options": re.compile(r"set_option|option_context|\boptions\.|reset_option"),
    "numpy.printoptions": re.compile(r"set_printoptions|printoptions"),
    "numpy.errors": re.compile(r"seterr|errstate"),
}
"""What changes a library's state in the very cell that loads it, when there is nothing to compare with."""


_SETS_ENVIRON = re.compile(r"environ|env\b|putenv")
_INTERNAL = (
    *("CUDA_", "GRPC_", "JAX_", "KMP_", "MKL_", "MPL", "NUMEXPR_", "OMP_", "OPENBLAS_", "PYTORCH_", "TF2_"),
    *("TF_", "TOKENIZERS_", "TORCH", "TRITON_", "XLA_"),
)


def _cwd() -> Any:
    try:
        return os.getcwd()
    except OSError:
        return None


def _environ() -> Any:
    return dict(getattr(os.environ, "_data", os.environ))


def _path() -> Any:
    return [text for text in sys.path if type(text) is str]


def _warnings() -> Any:
    module = sys.modules.get("warnings")
    return None if module is None else tuple(map(identity, module.filters))


def _locale() -> Any:
    module = sys.modules.get("locale")
    return None if module is None else module.setlocale(module.LC_ALL)


def _decimal() -> Any:
    module = sys.modules.get("decimal")
    return None if module is None else repr(module.getcontext())


def _matplotlib() -> Any:
    module = sys.modules.get("matplotlib")
    settings = getattr(module, "rcParams", None)
    if settings is None:
        return None
    # A kernel turns this on when the first figure is made, whatever the cell wants of it.
    return {key: repr(value) for key, value in dict.items(settings) if key != "interactive"}


def _pandas() -> Any:
    module = sys.modules.get("pandas._config.config")
    settings = getattr(module, "_global_config", None)
    return None if settings is None else repr(settings)


def _numpy_print() -> Any:
    module = sys.modules.get("numpy")
    return None if module is None else repr(module.get_printoptions())


def _numpy_errors() -> Any:
    module = sys.modules.get("numpy")
    return None if module is None else repr(module.geterr())


_DRAW = frozenset({"matplotlib", "seaborn"})
_ALWAYS: dict[str, Callable[[], Any]] = {"cwd": _cwd, "environ": _environ, "sys.path": _path}
_WHEN_NAMED: dict[str, tuple[frozenset[str], Callable[[], Any]]] = {
    "warnings": (frozenset({"warnings"}), _warnings),
    "locale": (frozenset({"locale"}), _locale),
    "decimal": (frozenset({"decimal"}), _decimal),
    "matplotlib": (_DRAW, _matplotlib),
    "pandas.options": (frozenset({"pandas"}), _pandas),
    "numpy.printoptions": (frozenset({"numpy"}), _numpy_print),
    "numpy.errors": (frozenset({"numpy"}), _numpy_errors),
}


class Hidden:
    """Compares such state from one execution to the next; of a library, only when a cell uses it."""

    def __init__(self) -> None:
        self._last: dict[str, Any] = {}
        self._figures: tuple[int, ...] = ()
        self._written: set[str] = set()
        """What was changed in this session: later executions depend on it."""

    def before(self) -> None:
        """An execution begins."""
        for name, read in _ALWAYS.items():
            self._last[name] = read()
        self._last.setdefault("warnings", _warnings())
        self._figures = _open_figures()

    def after(self, libraries: set[str], source: str, drawn: bool) -> tuple[list[str], list[str]]:
        """What an execution read and wrote that used these libraries; ``source`` is the cell's.

        ``drawn``: it used objects of matplotlib's, which hang together in ways that are not looked into.
        """
        reads = {name for name in self._written if self._concerns(name, libraries)}
        before = self._last.get("environ")
        writes = {name for name, read in _ALWAYS.items() if self._differs(name, read())}
        if (
            "environ" in writes
            and not _SETS_ENVIRON.search(source)
            and _only_internal(before, self._last["environ"])
        ):
            writes.discard("environ")
        for name, (concerned, read) in _WHEN_NAMED.items():
            if concerned & libraries:
                known = name in self._last
                differs = self._differs(name, read())
                spoken_of = name in _SPEAKS_OF and _SPEAKS_OF[name].search(source)
                if differs if known else spoken_of:
                    writes.add(name)
        figures = _open_figures()
        draws = bool(libraries & _DRAW)
        if figures != self._figures or drawn or (figures and draws):
            writes.add("figures")
        if drawn or (self._figures and (draws or "pandas" in libraries)):
            reads.add("figures")
        self._figures = figures
        self._written |= writes - {"figures"}
        return sorted(reads), sorted(writes)

    def _concerns(self, name: str, libraries: set[str]) -> bool:
        return name not in _WHEN_NAMED or name == "warnings" or bool(_WHEN_NAMED[name][0] & libraries)

    def _differs(self, name: str, state: Any) -> bool:
        last, self._last[name] = self._last.get(name), state
        return bool(last != state)


def _only_internal(before: Any, now: Any) -> bool:
    """Whether only variables changed that libraries set for themselves when they are first used."""
    changed = [key for key in {*before, *now} if before.get(key) != now.get(key)]
    texts = [os.fsdecode(key) for key in changed]
    return all(text.startswith(_INTERNAL) for text in texts)


def _open_figures() -> tuple[int, ...]:
    module = sys.modules.get("matplotlib._pylab_helpers")
    manager = getattr(module, "Gcf", None)
    return () if manager is None else tuple(identity(one) for one in list(manager.figs.values()))


def patched(paths: Iterable[str], namespace: dict[str, Any]) -> set[str]:
    """The modules that have attributes set, as ``module:<name>``, told from dotted names."""
    found: set[str] = set()
    for path in paths:
        root, *names = path.split(".")
        value = namespace.get(root)
        for name in names:
            if value is None or not is_a(value, type(sys)):
                break
            value = object.__getattribute__(value, "__dict__").get(name)
        if is_a(value, type(sys)):
            own = object.__getattribute__(value, "__dict__").get("__name__")
            if type(own) is str:
                found.add(f"module:{own}")
        elif value is not None and is_a(value, type):
            home = library(value)
            if home not in ("__main__", "builtins"):
                found.add(f"module:{home}")
    return found
