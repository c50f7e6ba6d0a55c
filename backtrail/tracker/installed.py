"""Where that lies which is no work of the user's: Python, its packages, and this package."""

from __future__ import annotations

import os
import site
import sys
import sysconfig


def folders() -> tuple[str, ...]:
    """Each with a separator at its end, as it is written and without links."""
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    found = {own, *sysconfig.get_paths().values()}
    for ask in (site.getsitepackages, site.getusersitepackages):
        try:
            given = ask()
        except Exception:
            continue
        found |= {given} if isinstance(given, str) else set(given)
    found |= {path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")}
    # A project of the user's may hold its environment, but an environment holds no project.
    found -= {sysconfig.get_path("data"), sysconfig.get_path("scripts")}
    found |= {os.path.realpath(path) for path in found if path}
    return tuple(path.rstrip(os.sep) + os.sep for path in sorted(found) if path)
