"""Which names with which values are hyperparameters, and which are paths, flags, counters, labels or data."""

from __future__ import annotations

import re
from typing import Any

from .vocabulary import vocabulary
from .words import words

_SEEDS = vocabulary("seeds")
_TUNED = vocabulary("tuned")
_PATHS = vocabulary("paths")
_BOOKKEEPING = vocabulary("bookkeeping")
_OUTPUT = vocabulary("output")
_COUNTERS = vocabulary("counters")
_SUMS = vocabulary("sums")
"""Begun at nothing these are counters, else limits."""
_SINGLE = vocabulary("single")
_FIRST_TEMPERATURE = "T0"
"""In capitals no time, which a literal would not be either."""
_METRICS = vocabulary("metrics")
_OF_METRICS = vocabulary("ofMetrics")
_COLUMNS = vocabulary("columns")
_FLAGS = vocabulary("flags")
_DATA = vocabulary("data")
_TRUTH = vocabulary("truth")
_FILE = re.compile(r"^(?:https?:|s3:|gs:|file:|hf:|~|\.{0,2}/|[A-Za-z]:\\)|\.[a-z][a-z0-9]{1,5}$|\\", re.I)
_DATE = re.compile(r"^\d{4}-\d\d(?:-\d\d)?|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$")
_DATED = vocabulary("dated")
_LONGEST_TEXT = 60
NAME, HELD, ARGUMENT = "name", "held", "argument"
_PARTS = vocabulary("parts")
"""Texts that name a part of the data, a mode of a file, a device or a metric."""
_DISTANCES = vocabulary("distances")
_LONGEST_LIST = 20


def is_tuned(name: str) -> bool:
    """Whether a name says by itself that it is a hyperparameter."""
    return not _TUNED.isdisjoint(words(name))


def is_wanted(name: str, value: Any, place: str = NAME) -> bool:
    """Whether a name with a plain value is a hyperparameter; ``place`` is where it stands.

    `ARGUMENT`: of a call of a library, which is left to the lists of arguments but for what the value says.
    `HELD`: in a configuration, or as a parameter of a function that trains, beside others of its kind.
    """
    found = words(name)
    if not found or name.startswith("_"):
        return False
    if place == ARGUMENT:
        return _OUTPUT.isdisjoint(found) and not is_seed(name) and _is_argument(value)
    if is_seed(name):
        several = isinstance(value, list) and bool(value) and all(type(one) is int for one in value)
        return several or (place == HELD and isinstance(value, int))
    if _is_path(found, value) or _is_bookkeeping(found):
        return False
    return _is_setting(name, value, place == HELD)


def _is_setting(name: str, value: Any, held: bool) -> bool:
    found, tuned = words(name), is_tuned(name)
    if isinstance(value, bool):
        return _wanted_flag(found, tuned, held)
    if isinstance(value, (int, float)):
        return _wanted_number(name, found, value)
    if isinstance(value, str):
        return _wanted_text(found, value, tuned)
    if isinstance(value, list):
        return _wanted_list(name, found, value, tuned, held)
    return value is None and (held or tuned)


def is_declared(name: str, value: Any) -> bool:
    """Whether a name that the user declared a parameter of the notebook is none of its paths."""
    found = words(name)
    if not found or name.startswith("_") or _is_path(found, value) or value is None:
        return False
    return not (isinstance(value, str) and _FILE.search(value)) and not _is_bookkeeping(found)


def is_seed(name: str) -> bool:
    """Whether a name is that of a seed: those are recorded as seeds."""
    return name.lower() in _SEEDS or not {"seed", "seeds"}.isdisjoint(words(name))


def _is_path(found: tuple[str, ...], value: Any) -> bool:
    one = value[0] if isinstance(value, list) and value else value
    return not isinstance(one, (int, float)) and not _PATHS.isdisjoint(found)


def _is_bookkeeping(found: tuple[str, ...]) -> bool:
    return not _BOOKKEEPING.isdisjoint(found) or found[-2:] == ("n", "jobs")


def _wanted_flag(found: tuple[str, ...], tuned: bool, held: bool) -> bool:
    if not _FLAGS.isdisjoint(found) or not _COUNTERS.isdisjoint(found):
        return False
    return held or tuned or found[0] in ("use", "with", "add", "fit", "apply")


def _wanted_number(name: str, found: tuple[str, ...], value: float) -> bool:
    if (name.lower() in _SINGLE and name != _FIRST_TEMPERATURE) or not _TRUTH.isdisjoint(found):
        return False
    if value == 0 and not is_tuned(name):
        # A state to begin with.
        return False
    if value in (0, 1, -1) and not _SUMS.isdisjoint(found):
        return False
    if not _COUNTERS.isdisjoint(found) and _OF_METRICS.isdisjoint(found):
        return False
    measured = not _METRICS.isdisjoint(found) and _OF_METRICS.isdisjoint(found)
    return not measured and abs(value) < 1e300


def _is_argument(value: Any) -> bool:
    if isinstance(value, str):
        return _is_word(value) and not _FILE.search(value)
    if isinstance(value, list):
        return 0 < len(value) <= _LONGEST_LIST and not any(isinstance(one, dict) for one in value)
    return not isinstance(value, dict)


def _is_word(value: str) -> bool:
    return 0 < len(value) <= _LONGEST_TEXT and "\n" not in value and value.count(" ") <= 2


def _wanted_text(found: tuple[str, ...], value: str, tuned: bool) -> bool:
    if not _is_word(value) or value.lower() in _PARTS:
        return False
    if _DATE.match(value):
        return not _DATED.isdisjoint(found)
    if _FILE.search(value) or ("/" in value and not tuned):
        return False
    if _names_columns(found):
        return found[-1] == "name" and tuned
    if found[-1] == "metric":
        # How distances are measured; most others tell how a result is.
        return value.lower() in _DISTANCES
    return tuned or found[0] in ("max", "min")


def _names_columns(found: tuple[str, ...]) -> bool:
    return found[-1] in _COLUMNS and found[0] not in ("max", "min", "n", "num")


def _wanted_list(name: str, found: tuple[str, ...], value: list[Any], tuned: bool, held: bool) -> bool:
    if not 0 < len(value) <= _LONGEST_LIST or name.lower() in _DATA:
        return False
    if _names_columns(found) or not _COUNTERS.isdisjoint(found) or not _TRUTH.isdisjoint(found):
        return False
    flat = [one for part in value for one in (part if isinstance(part, list) else [part])]
    below = any(type(one) in (int, float) and one < 0 for one in flat)
    if (below or len(flat) != len(value)) and not held:
        # Offsets and rows of numbers are data.
        return False
    if any(isinstance(one, (list, dict)) for one in flat):
        return False
    if any(isinstance(one, str) for one in flat):
        return (held or tuned) and not any(_FILE.search(one) for one in flat if isinstance(one, str))
    return held or tuned or _DATA.isdisjoint(found)
