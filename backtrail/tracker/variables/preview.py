"""What a value is in a few words: its type, its size, and the value itself where that is short and plain."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import islice
from pathlib import PosixPath, PurePosixPath, PureWindowsPath, WindowsPath
from types import FunctionType, ModuleType
from typing import Any

from ..callees import is_a
from .fingerprint.kinds import from_library, library, name

LONGEST = 80
_PLAIN = (bool, int, float, complex, str, bytes, type(None))
_CONTAINERS: tuple[tuple[type, Callable[[Any], int]], ...] = (
    (list, list.__len__),
    (tuple, tuple.__len__),
    (dict, dict.__len__),
    (set, set.__len__),
    (frozenset, frozenset.__len__),
    (str, str.__len__),
    (bytes, bytes.__len__),
)
_PATHS = (PosixPath, WindowsPath, PurePosixPath, PureWindowsPath)
_FEW = 8


def home(text: str) -> str:
    """A text as it is shown: a replay puts another function here, for the paths of its own folder."""
    return text


def describe(value: Any) -> dict[str, Any]:
    """``type``, and as far as they apply ``size`` (items, or bytes of an array), ``shape`` and ``dtype``."""
    kind = type(value)
    told: dict[str, Any] = {"type": name(kind)}
    for base, length in _CONTAINERS:
        if is_a(value, base):
            told["size"] = length(value)
            return told
    if library(kind) in ("numpy", "pandas", "polars", "torch") and from_library(kind):
        try:
            told.update(_array(value))
        except Exception:
            pass
    return told


def _array(value: Any) -> dict[str, Any]:
    kind = name(type(value))
    if kind in ("DataFrame", "Series", "ndarray", "Tensor", "Parameter", "memmap", "MaskedArray"):
        told: dict[str, Any] = {"shape": [int(length) for length in value.shape]}
        if kind != "DataFrame":
            told["dtype"] = str(value.dtype)
        if library(type(value)) in ("numpy", "torch"):
            told["size"] = int(value.nbytes)
        return told
    return {"dtype": str(value.dtype), "shape": []} if hasattr(value, "dtype") else {}


def preview(value: Any, told: dict[str, Any]) -> str:
    """At most 80 characters, made without running code of the user's."""
    words = _words(value, told)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _words(value: Any, told: dict[str, Any]) -> str:
    kind = type(value)
    words = f"{told['type']} of {told['size']}" if "size" in told else str(told["type"])
    if _is_plain(value):
        words = _plain(value)
    elif "shape" in told:
        words = _shaped(value, told)
    elif kind is ModuleType:
        own = object.__getattribute__(value, "__dict__")
        texts = [own.get(key) for key in ("__name__", "__version__")]
        words = " ".join(["module", *(text for text in texts if type(text) is str)])
    elif kind is FunctionType:
        words = f"function {value.__qualname__}"
    elif _is_path(value):
        words = _path(value, told["type"])
    elif is_a(value, type):
        words = f"class {name(value)}"
    else:
        short = _container(value)
        words = short if short is not None and len(short) <= LONGEST else words
    return words


def _shaped(value: Any, told: dict[str, Any]) -> str:
    if not told["shape"] and "dtype" in told:
        return _scalar(value)
    return " ".join([told["type"], *([told["dtype"]] if "dtype" in told else []), str(tuple(told["shape"]))])


def _path(value: Any, kind: str) -> str:
    """A path; of a long one the end."""
    text = home(str(value))
    room = LONGEST - len(kind) - len("('')")
    return f"{kind}({(text if len(text) <= room else '…' + text[1 - room :])!r})"


def _is_plain(value: Any) -> bool:
    return any(type(value) is kind for kind in _PLAIN)


def _plain(value: Any) -> str:
    if type(value) is int and value.bit_length() > 512:
        return f"int of {value.bit_length()} bits"
    if type(value) is str:
        value = home(value)[: LONGEST + 1]
    elif _is_text(value):
        value = value[: LONGEST + 1]
    return repr(value)


def _scalar(value: Any) -> str:
    numpy = sys.modules.get("numpy")
    if numpy is not None and is_a(value, numpy.generic) and not value.dtype.hasobject:
        return f"{value.item()!r}"
    return f"{name(type(value))} {value.dtype}"


def _container(value: Any) -> str | None:
    """A short container of plain values as it would be written."""
    kind = type(value)
    if kind is dict:
        items = list(islice(value.items(), _FEW + 1))
        plain = len(items) <= _FEW and all(_is_plain(part) for item in items for part in item)
        return (
            "{" + ", ".join(f"{_plain(key)}: {_plain(item)}" for key, item in items) + "}" if plain else None
        )
    if kind is not list and kind is not tuple:
        return None
    parts = list(islice(value, _FEW + 1))
    if len(parts) > _FEW or not all(map(_is_plain, parts)):
        return None
    inner = ", ".join(map(_plain, parts))
    if kind is list:
        return f"[{inner}]"
    return f"({inner},)" if len(parts) == 1 else f"({inner})"


def parts(value: Any) -> list[Any]:
    """The numbers and texts that the words of a value may show."""
    kind = type(value)
    if _is_telling(value):
        return [value]
    if _is_path(value):
        return [str(value)]
    if (kind is not list and kind is not tuple and kind is not dict) or len(value) > _FEW:
        return []
    found = [*value, *value.values()] if kind is dict else value
    return [part for part in found if _is_telling(part)]


def _is_path(value: Any) -> bool:
    return any(type(value) is kind for kind in _PATHS)


def _is_telling(value: Any) -> bool:
    return type(value) is int or _is_text(value)


def _is_text(value: Any) -> bool:
    # Not by `in`, which may ask the class whether it is equal.
    return type(value) is str or type(value) is bytes
