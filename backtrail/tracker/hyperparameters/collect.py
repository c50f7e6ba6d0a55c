"""From the statements that a training cell depends on to its hyperparameters."""

from __future__ import annotations

from typing import Any

from . import configs, live
from .calls import Calls
from .context import Context, flat, keeps_its_start
from .found import Found
from .history import Node
from .holding import Holding
from .inside import read_defaults, read_inside
from .literals import NOTHING
from .rounds import rounds, swept
from .terms import Chosen, Plain, Share, Term
from .vocabulary import vocabulary
from .wanted import is_wanted
from .words import words

DIVIDING = vocabulary("dividing")
"""Words of names that say where data is divided."""


def collect(context: Context) -> Found:
    """The hyperparameters of a slice, in the order in which they were bound."""
    holding = Holding(context)
    for node in context.nodes:
        for name, value in node.atom.binds.items():
            if isinstance(value, Chosen):
                _chosen(context, node, name, value)
            elif isinstance(value, Share):
                if not DIVIDING.isdisjoint(words(name)):
                    context.found.add(f"{name}_fraction", value.value, "name")
            elif isinstance(value, Plain) and not isinstance(value.value, dict):
                _literal(context, node, name, value.value)
            else:
                holding.read(node, name, value)
        holding.read_stores(node.atom)
    _functions(context, holding)
    atoms = [node.atom for node in context.nodes]
    for atom in atoms:
        counted = rounds(atom, atoms, context.bound)
        if counted is not None:
            context.found.add(*counted, "call")
        tried = swept(atom, context.atoms)
        if tried is not None and tried[0] not in context.found.params:
            context.found.add(*tried, "name")
    context.found.shorten()
    return context.found


def _functions(context: Context, holding: Holding) -> None:
    """What stands in calls, and in the functions and classes that are called."""
    calls = Calls(context.bound, context.namespace, context.found, context.makers)
    for cell in dict.fromkeys(node.cell for node in context.nodes):
        calls.read(node.atom for node in context.nodes if node.cell == cell)
    for code in context.codes:
        calls.read(flat(code.atoms), code)
    for code in context.codes:
        if configs.is_holder(code):
            holding.read_class(code)
        else:
            read_inside(code, calls, context)
    known = {id(code) for code in context.codes}
    for code in [one for one in calls.called.values() if id(one) not in known]:
        read_defaults(code, calls, context)


def _chosen(context: Context, node: Node, name: str, value: Term) -> None:
    now = context.now(node, name)
    plain = live.plain(now) if now is not NOTHING else getattr(value, "default", None)
    if plain is not NOTHING and plain is not None:
        _name(context, name, plain)


def _literal(context: Context, node: Node, name: str, value: Any) -> None:
    if (isinstance(value, list) and name in context.filled) or not is_wanted(name, value):
        return
    now = NOTHING if name in context.rewritten else context.now(node, name)
    plain = value if now is NOTHING else live.plain(now)
    if plain is not NOTHING:
        _name(context, name, plain)


def _name(context: Context, name: str, value: Any) -> None:
    if name in context.rewritten and not keeps_its_start(name, value):
        return
    parts = value if isinstance(value, list) else [value]
    if name in context.columns and any(isinstance(one, str) for one in parts):
        return
    if isinstance(value, list) and name in context.arrays:
        return
    if is_wanted(name, value):
        context.found.add(name, value, "name")
