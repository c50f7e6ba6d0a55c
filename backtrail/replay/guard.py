"""Keeps a replay from changing what is the user's: it reads there, and writes in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable
from typing import Any

_CHANGES = {
    "os.remove": (0,),
    "os.rmdir": (0,),
    "os.mkdir": (0,),
    "os.rename": (0, 1),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.chmod": (0,),
    "shutil.rmtree": (0,),
    "shutil.move": (0, 1),
    "sqlite3.connect": (0,),
}
"""Events of the interpreter that change files, and which of their arguments are paths."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def protect(folders: Iterable[str]) -> None:
    """From now on, Python code of this process that changes something in the folders fails.

    What compiled code and child processes write is not seen.
    """
    roots = tuple(os.path.join(os.path.realpath(folder), "") for folder in folders)
    if roots:
        sys.addaudithook(lambda event, values: _hear(event, values, roots))


def give_way(folders: set[str]) -> None:
    """Has each of these folders, while it is empty, taken away when Python code wants to make it: it was not
    there when the notebook did."""

    def hear(event: str, values: tuple[Any, ...]) -> None:
        if event != "os.mkdir" or not isinstance(values[0], (str, bytes, os.PathLike)):
            return
        given = os.fsdecode(values[0])
        path = os.path.realpath(given)
        # `a/.` is made by who knows that `a` is there.
        if path in folders and os.path.basename(given.rstrip(os.sep)) not in (".", ".."):
            folders.discard(path)
            with contextlib.suppress(OSError):
                os.rmdir(path)

    sys.addaudithook(hear)


def _hear(event: str, values: tuple[Any, ...], roots: tuple[str, ...]) -> None:
    if event == "open":
        path, mode, flags = values
        writes = any(letter in mode for letter in "wax+") if isinstance(mode, str) else bool(flags & _WRITES)
        paths = (path,) if writes else ()
    elif event in _CHANGES:
        paths = tuple(values[index] for index in _CHANGES[event] if index < len(values))
    else:
        return
    for path in paths:
        if isinstance(path, (str, bytes, os.PathLike)):
            whole = os.path.join(os.path.realpath(os.fsdecode(path)), "")
            if whole.startswith(roots):
                raise PermissionError(
                    f"A replay changes nothing outside its own folder, and this is there: {path!r}."
                )
