"""Datasets that a run used, told by the user: which, and the hash of their content."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from pathlib import Path
from typing import Any

from .adapters.contents import class_counts, columns_of, rows_of
from .files import gathering
from .notices import say_once
from .reach import reach

_PIECE = 1 << 20


def log_dataset(path_or_object: Any, name: str | None = None, version: str | None = None) -> None:
    """Records a dataset of the open run: a file, a folder, bytes, a numpy array, or a table of pandas.

    Its content is hashed, so that a later run can be compared; it is not copied. An object of another kind is
    recorded by its name alone. Never raises.
    """
    try:
        recorder = reach()
        if recorder is None:
            return
        path = _path(path_or_object)
        if path is not None:
            found: tuple[str, int] | None = hash_path(path)
            label = name or path.name
        else:
            kind = type(path_or_object).__name__
            found = hash_object(path_or_object)
            label = name or kind
            if found is None:
                say_once(
                    f"A dataset that is a {kind} is recorded by name alone; log its file to have a hash."
                )
        run = recorder.open_run()
        run.logged = True
        recorder.record(
            run,
            "dataset",
            name=label,
            version=None if version is None else str(version),
            sha256=found and found[0],
            size=found and found[1],
            path=path and recorder.session.relative(path),
            cell=recorder.current_cell(),
            **({} if path is not None else describe(path_or_object)),
        )
    except Exception as error:
        say_once(f"The dataset could not be recorded: {type(error).__name__}: {error}.")


def log_input(dataset: Any, context: str | None = None, tags: Any = None, model: Any = None) -> None:
    """MLflow's way of saying `log_dataset`: of its dataset objects, the name and the data are taken."""
    name = getattr(dataset, "name", None)
    data = getattr(dataset, "df", None)
    log_dataset(dataset if data is None else data, name if isinstance(name, str) else None)


def describe(value: Any) -> dict[str, Any]:
    """What can be told of data without running code of the user's: ``rows``, ``columns``, ``classes``.

    Of a dict of tables or arrays, ``splits``: the rows of each. Only types of known libraries are asked.
    """
    if type(value) is dict:
        splits = {str(key): rows for key, one in value.items() if (rows := rows_of(one)) is not None}
        return (
            {"splits": splits, "rows": sum(splits.values())} if splits and len(splits) == len(value) else {}
        )
    found = {"rows": rows_of(value), "columns": columns_of(value), "classes": class_counts(value)}
    return {name: one for name, one in found.items() if one is not None}


def hash_path(path: Path) -> tuple[str, int]:
    """sha256 and size in bytes of a file; of a folder, those of the list of its files with their hashes.

    Raises:
        OSError: something of it cannot be read, or is no file: a pipe would be waited for.
    """
    mode = path.stat().st_mode
    if not stat.S_ISDIR(mode):
        if not stat.S_ISREG(mode):
            raise OSError("it is no file")
        digest, size = hashlib.sha256(), 0
        with open(path, "rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += len(piece)
        return digest.hexdigest(), size
    hashes, total = [], 0
    for parent, _, files in os.walk(path):
        for name in files:
            file_path = Path(parent) / name
            sha256, size = hash_path(file_path)
            total += size
            hashes.append((str(file_path), sha256))
    return gathering.digest(str(path), hashes), total


def hash_object(value: Any) -> tuple[str, int] | None:
    """sha256 and size in bytes of a value in memory, or None where there is no canonical form of it."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        data = bytes(value)
        return hashlib.sha256(data).hexdigest(), len(data)
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if pandas is not None and isinstance(value, (pandas.DataFrame, pandas.Series)):
        rows = pandas.util.hash_pandas_object(value).to_numpy()
        columns = [
            str(column) for column in getattr(value, "columns", [value.name if value.ndim == 1 else ""])
        ]
        digest = hashlib.sha256(repr(columns).encode(errors="surrogatepass"))
        digest.update(rows.tobytes())
        usage = value.memory_usage(index=True)
        return digest.hexdigest(), int(usage.sum() if hasattr(usage, "sum") else usage)
    if numpy is not None and type(value) is numpy.ndarray and not value.dtype.hasobject:
        whole = numpy.ascontiguousarray(value)
        digest = hashlib.sha256(f"{whole.dtype.str}{whole.shape}".encode())
        digest.update(whole.data if whole.size else b"")
        return digest.hexdigest(), int(whole.nbytes)
    return None


def _path(value: Any) -> Path | None:
    if not isinstance(value, (str, os.PathLike)):
        return None
    return Path(os.path.expanduser(os.fspath(value)))
