"""Values that hold paths of the folder that a replay takes place in: they are the notebook's, moved there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PosixPath, PurePosixPath, PureWindowsPath, WindowsPath
from typing import Any

from ..tracker.variables import preview
from ..tracker.variables.fingerprint import containers
from ..tracker.variables.fingerprint.kinds import identity
from ..tracker.variables.fingerprint.walk import PLAIN, Walk

_PATHS = (PosixPath, WindowsPath, PurePosixPath, PureWindowsPath)


def moved(tree: Path) -> None:
    """From now on, the fingerprints and previews of texts and paths are those that they would have outside
    ``tree``, in which everything stands under the path that it has in the user's folders."""
    prefix = str(tree)

    def home(text: str) -> str:
        return text.replace(prefix, "") if prefix in text else text

    def of_text(walk: Walk, value: str) -> bytes:
        return texts(walk, home(value))

    def of_path(walk: Walk, value: Any) -> bytes:
        return paths(walk, type(value)(home(str(value))))

    def of_items(walk: Walk, kinds: Any, items: Any) -> Any:
        (kind,) = kinds
        return together(walk, kinds, list(map(home, items)) if kind == identity(str) else items)

    texts, paths = PLAIN[identity(str)], PLAIN[identity(PosixPath)]
    together: Callable[..., Any] = containers._together
    PLAIN[identity(str)] = of_text
    PLAIN.update((identity(kind), of_path) for kind in _PATHS)
    containers._together = of_items
    preview.home = home
