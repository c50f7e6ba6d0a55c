"""Data frames, series, indexes and scalars of pandas, column by column."""

from __future__ import annotations

import sys
from typing import Any

from . import digests
from .arrays import note_memory, values
from .containers import sequence
from .kinds import qualname
from .rules import Rule
from .walk import Handler, Walk

_A_TEXT = 2e-7
"""Seconds, to take one out of an array of pandas' own."""


def rules() -> list[Rule]:
    """The types of pandas that are known."""
    pandas = sys.modules["pandas"]
    types = pandas.api.extensions
    missing = type(getattr(pandas, "NA", None)), type(pandas.NaT)
    return [
        Rule(pandas.DataFrame, _frame, derived=True),
        Rule(pandas.Series, _series, derived=True),
        Rule(pandas.Index, _index, below=True),
        *(Rule(getattr(pandas, name), _scalar) for name in ("Timestamp", "Timedelta", "Period", "Interval")),
        *(Rule(kind, _missing) for kind in missing),
        Rule(types.ExtensionArray, _extension, below=True),
        Rule(types.ExtensionDtype, _dtype, below=True),
    ]


def _frame(walk: Walk, value: Any) -> bytes:
    walk.member(value)
    manager = object.__getattribute__(value, "_mgr")
    columns: dict[int, bytes] = {}
    for block in manager.blocks:
        content = block.values
        shared = _note(walk, content)
        for row, at in enumerate(block.mgr_locs.as_array.tolist()):
            columns[at] = _column(walk, content[row] if shared == 2 else content)
    return digests.node(
        b"frame",
        [
            qualname(type(value)).encode(errors="surrogatepass"),
            *map(walk.see, manager.axes),
            *(columns[at] for at in sorted(columns)),
            _more(walk, value),
        ],
    )


def _series(walk: Walk, value: Any) -> bytes:
    walk.member(value)
    manager = object.__getattribute__(value, "_mgr")
    content = manager.blocks[0].values
    _note(walk, content)
    name = object.__getattribute__(value, "_name")
    index = manager.axes[0]
    kind = qualname(type(value)).encode(errors="surrogatepass")
    return digests.node(
        b"series", [kind, walk.see(index), walk.see(name), _column(walk, content), _more(walk, value)]
    )


def _more(walk: Walk, value: Any) -> bytes:
    try:
        attributes = object.__getattribute__(value, "_attrs")
    except AttributeError:
        return b""
    return walk.see(attributes) if type(attributes) is dict and attributes else b""


def _note(walk: Walk, content: Any) -> int:
    """Notes the memory of a block, where frames can show what is written into it. Returns its dimensions."""
    plain = _plain(content)
    if plain is None:
        return 1
    if not _copies_on_write():
        note_memory(walk, plain)
    return int(plain.ndim)


def _plain(content: Any) -> Any:
    """The array of numpy's that holds what pandas shows, or None."""
    numpy = sys.modules["numpy"]
    if type(content) is numpy.ndarray:
        return content
    inner = getattr(content, "_ndarray", None)
    return inner if type(inner) is numpy.ndarray else None


def _copies_on_write() -> bool:
    """Whether frames that lie in the same memory are copied before they are changed."""
    pandas = sys.modules["pandas"]
    version = str(getattr(pandas, "__version__", ""))
    return not version.startswith(("0.", "1.", "2."))


def _column(walk: Walk, content: Any) -> bytes:
    numpy = sys.modules["numpy"]
    if type(content) is numpy.ndarray:
        return digests.node(b"column", [content.dtype.str.encode(), values(walk, content)])
    return walk.see(content)


def _index(walk: Walk, value: Any) -> bytes:
    kind = qualname(type(value))
    names = walk.see(list(value.names))
    if kind == "RangeIndex":
        return digests.named(b"range index", str((value.start, value.stop, value.step))) + names
    if kind == "MultiIndex":
        parts = [*map(walk.see, value.levels), *map(walk.see, map(numpy_of, value.codes))]
        return digests.node(b"index", [kind.encode(), names, *parts])
    return digests.node(b"index", [kind.encode(), names, _column(walk, value._data)])


def numpy_of(value: Any) -> Any:
    """An array that pandas wraps, as one of numpy's."""
    return sys.modules["numpy"].asarray(value)


def _extension(walk: Walk, value: Any) -> bytes:
    """An array of pandas' own, at worst through Python's objects."""
    known = _EXTENSIONS.get(qualname(type(value)))
    if known is not None:
        return known(walk, value)
    walk.afford(len(value) * _A_TEXT)
    parts = [str(value.dtype).encode()]
    inner = getattr(value, "_ndarray", None)
    if inner is not None:
        return digests.node(b"extension", [*parts, values(walk, inner)])
    objects = value.to_numpy(dtype=object).tolist()
    return digests.node(b"extension", [*parts, sequence(walk, b"objects", objects)])


def _categorical(walk: Walk, value: Any) -> bytes:
    parts = [walk.see(value.categories), values(walk, value.codes), b"T" if value.ordered else b"F"]
    return digests.node(b"categorical", parts)


def _masked(walk: Walk, value: Any) -> bytes:
    # What lies below the mask is no part of the value.
    mask = value._mask
    data = value._data
    if mask.any():
        walk.afford(data.nbytes * 2e-9)
        data = data.copy()
        data[mask] = 0
    return digests.node(b"masked", [str(value.dtype).encode(), values(walk, data), values(walk, mask)])


def _interval(walk: Walk, value: Any) -> bytes:
    return digests.node(b"intervals", [walk.see(value.left), walk.see(value.right), value.closed.encode()])


def _sparse(walk: Walk, value: Any) -> bytes:
    parts = [str(value.dtype).encode(), walk.see(value.sp_values), values(walk, value.sp_index.indices)]
    return digests.node(b"sparse", [*parts, b"%d" % len(value)])


_EXTENSIONS: dict[str, Handler] = {
    "Categorical": _categorical,
    "IntegerArray": _masked,
    "FloatingArray": _masked,
    "BooleanArray": _masked,
    "IntervalArray": _interval,
    "SparseArray": _sparse,
}


def _scalar(walk: Walk, value: Any) -> bytes:
    kind = qualname(type(value))
    zone = str(getattr(value, "tz", None))
    unit = str(getattr(value, "unit", getattr(value, "freqstr", getattr(value, "closed", ""))))
    return digests.named(b"pandas", kind, str(value), zone, unit)


def _missing(walk: Walk, value: Any) -> bytes:
    return digests.named(b"missing", qualname(type(value)))


def _dtype(walk: Walk, value: Any) -> bytes:
    return digests.named(b"dtype", str(value))
