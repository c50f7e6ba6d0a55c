"""Numbers in the user's objects, read without calling anything of the user's."""

from __future__ import annotations

import math
import sys
from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from typing import Any

from ..callees import attributes as attributes_of
from ..namespace import identity, kinds_of, module_of

MAPPINGS = (dict, defaultdict, OrderedDict)
"""The types of dictionaries that are looked into."""
LARGEST_ARRAY = 1000

_MAPPINGS = kinds_of(MAPPINGS)
# Of a type, without asking its metaclass.
_NAME = type.__dict__["__name__"].__get__
_MRO = type.__dict__["__mro__"].__get__


def scalar(value: Any) -> float | int | None:  # noqa: PLR0911
    """The number that a value is: of an exact type that Python, numpy or torch made; None for all others."""
    kind = type(value)
    if kind is float:
        return float(value)
    if kind is int:
        return int(value) if abs(value) < 1 << 53 else None
    module = module_of(kind)
    if module == "numpy":
        numpy = sys.modules.get("numpy")
        if numpy is not None and issubclass(kind, (numpy.floating, numpy.integer)):
            found = value.item()
            return found if type(found) in (float, int) else None
        if _NAME(kind) == "ndarray" and value.ndim == 0 and value.dtype.kind in "fiu":
            return float(value.item())
        return None
    # The values on a GPU are left alone: to read one would wait for all that the GPU has to do.
    readable = module == "torch" and _NAME(kind) == "Tensor" and value.device.type == "cpu"
    if readable and value.dim() == 0 and not value.is_complex():
        found = value.detach().item()
        return found if type(found) in (float, int) else None
    return None


def sequence(value: Any, start: int = 0) -> list[float | int] | None:
    """The numbers of a list or one-dimensional array from ``start`` on; None when it holds anything else."""
    if type(value) is list:
        taken = value[start:]
        numbers = taken if all(type(one) is float for one in taken) else [scalar(one) for one in taken]
        return None if any(one is None for one in numbers) else numbers  # type: ignore[return-value]
    if is_array(value):
        return [float(one) for one in value[start:].tolist()]
    return None


def is_array(value: Any) -> bool:
    """Whether a value is a one-dimensional array of numpy's with so few floats that they may be a series."""
    if module_of(type(value)) != "numpy" or _NAME(type(value)) != "ndarray":
        return False
    return bool(value.ndim == 1 and value.dtype.kind == "f" and value.size <= LARGEST_ARRAY)


def items(value: Any) -> list[tuple[Any, Any]] | None:
    """The items of a dictionary, None for what is none."""
    if identity(type(value)) not in _MAPPINGS:
        return None
    try:
        return list(dict.items(value))
    except RuntimeError:
        # It grew in the middle; there is another time.
        return None


def attributes(value: Any) -> Iterator[tuple[str, Any]]:
    """The attributes of an object whose class the notebook defines, without asking the class."""
    kind = type(value)
    if module_of(kind) != "__main__":
        return
    for one in _MRO(kind):
        own = attributes_of(one).get("__dict__")
        if own is not None and type(own).__name__ != "getset_descriptor":
            return
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return
    if type(found) is dict:
        yield from [(name, item) for name, item in list(found.items()) if type(name) is str]


def finite(number: float | int) -> bool:
    """Whether a number is neither infinite nor NaN."""
    return math.isfinite(number)
