"""How many threads numerical libraries compute with: sums of floats depend on it."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_OPENBLAS = re.compile(r"(?:lib)?(?:scipy_)?openblas")
_PREFIXES = ("scipy_openblas_get_num_threads", "openblas_get_num_threads")
_SUFFIXES = ("", "64_", "_64", "64")

# Without loading what is not loaded.
_NOLOAD = getattr(os, "RTLD_NOLOAD", 0)


def counts() -> dict[str, int]:
    """Threads by what computes with them: ``openblas``, or ``numpy.openblas`` where a package has its own,
    ``torch`` (within an operation) and ``torch.interop``, ``numba``. What is not loaded is not asked.
    """
    found = dict(_openblas())
    found.update(torch_counts())
    numba = sys.modules.get("numba.np.ufunc.parallel")
    if numba is not None:
        # The number it was set up for; to ask for the present one would start its threads.
        config = getattr(sys.modules.get("numba.core.config"), "NUMBA_NUM_THREADS", None)
        found.update({"numba": config} if isinstance(config, int) else {})
    return found


def torch_counts() -> dict[str, int]:
    """Those of torch, in no time; empty while it is not loaded."""
    torch = sys.modules.get("torch")
    try:
        # A module that is still being imported has no such function yet.
        return (
            {"torch": torch.get_num_threads(), "torch.interop": torch.get_num_interop_threads()}
            if torch is not None
            else {}
        )
    except Exception:
        return {}


def _openblas() -> Iterator[tuple[str, int]]:
    for path in _loaded():
        if _OPENBLAS.match(path.name):
            count = _ask(path)
            if count is not None:
                owner = path.parent.name.partition(".libs")
                yield (f"{owner[0]}.openblas" if owner[1] else "openblas"), count


def _loaded() -> list[Path]:
    """The libraries in this process, as far as the system tells (Linux does)."""
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="replace") as file:
            names = {line.split(None, 5)[5].strip() for line in file if "blas" in line}
    except (OSError, IndexError):
        return []
    return sorted(Path(name) for name in names if name.startswith("/"))


def _ask(path: Path) -> int | None:
    try:
        library = ctypes.CDLL(str(path), mode=ctypes.DEFAULT_MODE | _NOLOAD)
    except OSError:
        return None
    for prefix in _PREFIXES:
        for suffix in _SUFFIXES:
            function = getattr(library, prefix + suffix, None)
            if function is not None:
                function.restype = ctypes.c_int
                return int(function())
    return None
