"""What the adapters of readers have: ways to tell of a file, and of the table that was read from it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import PurePath
from typing import Any

from ..adapter import Adapter
from ..contents import columns_of, rows_of

_TABLES = frozenset(
    {
        "pandas.DataFrame",
        "pandas.core.frame.DataFrame",
        "polars.dataframe.frame.DataFrame",
        "pyarrow.lib.Table",
    }
)


class Reader(Adapter):
    """Tells the files by the arguments of functions."""

    what = "files that it reads and writes"

    def reads(self, owner: Any, name: str, argument: str) -> bool:
        """Listens to a function that reads the file, or files, that an argument names."""
        told = f"{self.origin}.{name}"
        return self.hear_if_there(
            owner, name, called=partial(self._reading, argument), returned=partial(self._read, told)
        )

    def opens(self, owner: Any, name: str, argument: str) -> bool:
        """Listens to a function that opens a file to be read, and gives back nothing that is told."""
        return self.hear_if_there(owner, name, called=partial(self._reading, argument))

    def writes(self, owner: Any, name: str, argument: str) -> bool:
        """Listens to a function that writes the file that an argument names."""
        return self.hear_if_there(owner, name, called=partial(self._writing, argument))

    def file(self, value: Any, writes: bool = False) -> list[str]:
        """Tells of a file, or of each in a list; gives their paths."""
        values = value if type(value) in (list, tuple) else [value]
        paths = [path for path in map(path_of, values) if path is not None]
        files = self.recorder.files
        if files is not None:
            for path in paths:
                files.used(path, self.origin, writes)
        return paths

    def _reading(self, argument: str, given: Mapping[str, Any]) -> list[str]:
        return self.file(given.get(argument))

    def _writing(self, argument: str, given: Mapping[str, Any]) -> None:
        self.file(given.get(argument), writes=True)

    def _read(self, told: str, paths: list[str], value: Any) -> None:
        files = self.recorder.files
        if files is None or len(paths) != 1 or kind_of(value) not in _TABLES or self.switched_off():
            return
        arrow = kind_of(value) == "pyarrow.lib.Table"
        rows, columns = value.shape if arrow else (rows_of(value), columns_of(value))
        files.describe(paths[0], rows=rows, columns=columns, source=told)


def path_of(value: Any) -> str | None:
    """The path that an argument is; None for what is no path, or an address. No code of the user's is run."""
    if type(value) is str:
        path = value
    elif isinstance(value, PurePath) and type(value).__module__.partition(".")[0] == "pathlib":
        path = str(value)
    else:
        return None
    if path.startswith("file://"):
        path = path[7:]
    return None if not path or "://" in path or "\n" in path else os.path.expanduser(path)


def kind_of(value: Any) -> str:
    """The module and name of a value's type."""
    kind = type(value)
    return f"{kind.__module__}.{kind.__qualname__}"
