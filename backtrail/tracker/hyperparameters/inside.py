"""What functions and classes of the notebook say by themselves: defaults, literals, loops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import configs
from .atoms import Atom, Code
from .calls import Calls
from .context import Context, flat, keeps_its_start
from .rounds import rewritten, rounds
from .terms import Items, Plain, Term
from .wanted import HELD, NAME, is_tuned, is_wanted


def read_inside(code: Code, calls: Calls, context: Context) -> None:
    """Adds the hyperparameters inside a function or class that is executed, as ``train.lr``."""
    read_defaults(code, calls, context)
    if code.name not in context.makers:
        return
    atoms = flat(code.atoms)
    again = rewritten(atoms)
    used = {name for atom in atoms for name in atom.uses}
    for atom in atoms:
        for name, value in atom.binds.items():
            key = f"{code.name}.{name}"
            items = _items(name, value, atoms)
            if items is not None and configs.is_config(name, items, name in context.spread):
                for inner, one in configs.of_items(key, items):
                    context.found.add(inner, one, "config")
            elif name in used and (name not in again or _keeps(name, value)):
                _add_literal(key, name, value, context)
        for path, value in atom.sets.items():
            if path[0] == "self" and len(path) == 2 and is_tuned(path[1]) and value != Plain(0):
                _add_literal(f"{code.name}.{path[1]}", path[1], value, context)
        found = rounds(atom, atoms, context.bound)
        if found is not None:
            context.found.add(f"{code.name}.{found[0]}", found[1], "call")


def read_defaults(code: Code, calls: Calls, context: Context) -> None:
    """The defaults that some call leaves; of a function that is only passed on, all of them."""
    is_called = code.name in calls.given
    place = HELD if code.trains or code.name in context.makers else NAME
    for name, default in code.parameters.items():
        number = calls.left.get(code.name, {}).get(name, 0) if is_called else int(not code.is_class)
        literal = default.value if number and isinstance(default, Plain) else None
        if number == 1 and not code.trains and f"{code.name}.{name}" in context.found.params:
            # Another call gives it.
            continue
        if literal is not None and is_wanted(name, literal, place):
            calls.add_own(code, number, name, literal)


def _keeps(name: str, value: Term) -> bool:
    return isinstance(value, Plain) and keeps_its_start(name, value.value)


def _add_literal(key: str, name: str, value: Term, context: Context) -> None:
    literal = value.value if isinstance(value, Plain) else None
    if literal is not None and is_wanted(name, literal):
        context.found.add(key, literal, "name")


def _items(name: str, value: Term, atoms: Sequence[Atom]) -> dict[str, Any] | None:
    """A dict in a function, with what is stored in it afterwards; None for anything else."""
    if isinstance(value, Plain) and isinstance(value.value, dict):
        items: dict[str, Any] = {key: Plain(one) for key, one in value.value.items()}
    elif isinstance(value, Items) and not value.maker:
        items = dict(value.items)
    else:
        return None
    stored = (pair for atom in atoms for pair in atom.sets.items())
    return {**items, **{path[1]: one for path, one in stored if path[:-1] == (name,)}}
