"""The arguments of calls, as they are recorded: those that matter, as plain JSON."""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

_BOOKKEEPING = """
    allow_writing_files assume_finite cache_size callback callbacks capturable copy copy_X copy_x
    default_root_dir device differentiable disable_tqdm dtype enable_checkpointing enable_model_summary
    enable_progress_bar error_score feature_names foreach fused in_order log_every_n_steps log_file
    log_level logger logging_dir logging_level memory multiprocessing_context n_jobs name nthread
    num_threads num_workers output_dir persistent_workers pin_memory pin_memory_device pre_dispatch
    prefetch_factor refit report_to return_train_score run_name silent task_type thread_count timeout
    train_dir verbose verbose_eval verbosity worker_init_fn
"""

BOOKKEEPING = frozenset(_BOOKKEEPING.split())
"""Arguments that change what is shown, where it is kept or how fast it goes, but not the result."""

_LONGEST = 30
_DEEPEST = 4
_SIMPLE = (bool, int, float, str, type(None))


def defaults_of(function: Any) -> dict[str, Any]:
    """The default values of a function's arguments, by name; of a class, those of its bases too."""
    try:
        found = _defaults.get(function)
        if found is None:
            found = _defaults[function] = _defaults_of(function)
        return found
    except TypeError:
        return _defaults_of(function)


_defaults: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


def _defaults_of(function: Any) -> dict[str, Any]:
    if isinstance(function, type):
        found: dict[str, Any] = {}
        for kind in reversed(function.__mro__[:-1]):
            begin = vars(kind).get("__init__")
            found.update(_defaults_of(begin) if begin is not None else {})
        return found
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return {}
    return {
        name: parameter.default
        for name, parameter in signature.parameters.items()
        if parameter.default is not inspect.Parameter.empty
    }


def arguments_of(kind: type) -> frozenset[str]:
    """The names of the arguments that a class is made with."""
    try:
        return frozenset(inspect.signature(kind).parameters)
    except (TypeError, ValueError):
        return frozenset()


def unusual(values: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that are not as they are by default, as plain JSON. None stands for "not given"."""
    found = {}
    for name, value in values.items():
        if value is None and name not in defaults:
            continue
        if name in defaults and same(value, defaults[name]):
            continue
        found[name] = describe(value)
    return found


def same(one: Any, other: Any) -> bool:
    """Whether two arguments are the same; only types whose comparison is known are compared."""
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return isinstance(one, float) and isinstance(other, float) and float(one) == float(other)
    if kind in _SIMPLE:
        return bool(one == other) or (kind is float and math.isnan(one) and math.isnan(other))
    if kind in (list, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if kind is dict:
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    return False


def describe(value: Any, depth: int = 0) -> Any:
    """Plain JSON for an argument. Of what is no plain value the kind is told, never its text or content."""
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if isinstance(value, type) or inspect.isroutine(value):
        return getattr(value, "__name__", kind.__name__)
    return _container(value, kind, depth) if depth < _DEEPEST else kind.__name__


def _container(value: Any, kind: type, depth: int) -> Any:
    if isinstance(value, (list, tuple, set, frozenset, range)):
        if len(value) > _LONGEST:
            return f"{kind.__name__} of {len(value)}"
        items = [describe(item, depth + 1) for item in value]
        return sorted(items, key=str) if isinstance(value, (set, frozenset)) else items
    if kind is dict:
        if len(value) > _LONGEST:
            return f"dict of {len(value)}"
        return {str(describe(key)): describe(item, depth + 1) for key, item in value.items()}
    return _scalar(value, kind)


def _scalar(value: Any, kind: type) -> Any:
    package = kind.__module__.partition(".")[0]
    if package in ("numpy", "torch", "pandas", "polars"):
        shape = getattr(value, "shape", None)
        if isinstance(shape, tuple):
            if shape == () and package == "numpy":
                item = value.item()
                return item if type(item) in _SIMPLE else kind.__name__
            return f"{kind.__name__}({', '.join(map(str, shape))})"
    if isinstance(value, (int, float, str)):
        # Members of enumerations and the like, by their plain value.
        plain: Any = next(base for base in (str, int, float) if isinstance(value, base))
        return plain.__str__(value) if plain is str else plain(value)
    return kind.__name__
