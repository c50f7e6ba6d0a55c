"""Configurations: dicts, namespaces, dataclasses and classes that hold hyperparameters by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import live
from .atoms import Code
from .literals import NOTHING
from .terms import Items, Plain
from .vocabulary import vocabulary
from .wanted import HELD, is_tuned, is_wanted
from .words import words

_NAMES = vocabulary("configurations")
_NOT = vocabulary("notConfigurations")
_MAKERS = vocabulary("configurationMakers")
_DEEPEST = 4

Found = Iterator[tuple[str, Any]]


def is_named_so(name: str) -> bool:
    """Whether a name says that it is a configuration."""
    found = words(name)
    return not _NAMES.isdisjoint(found) and _NOT.isdisjoint(found)


def is_class_named_so(name: str) -> bool:
    """Whether the name of a class says so: ``TrainConfig`` does, ``GridWorld`` does not."""
    return bool(words(name)) and is_named_so(words(name)[-1])


def is_config(name: str, keys: Mapping[str, Any], given: bool) -> bool:
    """Whether a dict is a configuration; ``given``: it is given to a call as ``**name``."""
    if given or is_named_so(name):
        return True
    if not _NOT.isdisjoint(words(name)):
        return False
    tuned = [key for key in keys if is_tuned(key)]
    values = [value.value if isinstance(value, Plain) else value for value in keys.values()]
    same = {len(value) for value in values if isinstance(value, list)}
    if len(values) > 1 and all(isinstance(value, list) for value in values) and len(same) == 1:
        # Columns of a table.
        return len(tuned) == len(keys)
    return len(tuned) * 2 > len(keys)


def is_maker(maker: tuple[str, ...]) -> bool:
    """Whether what makes an object is a dict or one of the usual classes of namespaces."""
    return not maker or maker[-1] in _MAKERS


def is_holder(code: Code) -> bool:
    """Whether a class of the notebook only holds values."""
    if not code.is_class:
        return False
    if any(path[-1] in ("dataclass", "define", "attrs", "s") for path in code.decorators):
        return True
    if any(path[-1] in ("BaseModel", "BaseSettings", "NamedTuple", "BaseConfig") for path in code.bases):
        return True
    return bool(code.attributes) and not code.atoms


def of_items(prefix: str, items: Mapping[str, Any], depth: int = 0) -> Found:
    """The hyperparameters among the literals of a mapping, as ``config.optimizer.lr``."""
    for key, value in items.items():
        if isinstance(value, Plain):
            yield from of_value(f"{prefix}.{key}", key, value.value)
        elif isinstance(value, Items) and is_maker(value.maker) and depth < _DEEPEST:
            yield from of_items(f"{prefix}.{key}", value.items, depth + 1)


def of_object(prefix: str, held: Mapping[str, Any], depth: int = 0) -> Found:
    """The hyperparameters among what an object in the namespace holds."""
    for key, value in list(held.items()):
        plain = live.plain(value)
        if plain is not NOTHING:
            yield from of_value(f"{prefix}.{key}", key, plain)
        elif depth < _DEEPEST:
            inner = live.attributes(value)
            if inner is not None:
                yield from of_object(f"{prefix}.{key}", inner, depth + 1)


def of_value(key: str, name: str, value: Any, depth: int = 0) -> Found:
    """A hyperparameter with a plain value; dicts are taken apart."""
    if isinstance(value, dict):
        if depth < _DEEPEST:
            for inner, one in value.items():
                yield from of_value(f"{key}.{inner}", inner, one, depth + 1)
    elif is_wanted(name, value, HELD):
        yield key, value
