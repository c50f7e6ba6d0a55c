"""Hyperparameters that stand in calls only, as literals: ``Adam.lr``, ``train_test_split.test_size``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from . import arguments, configs, live
from .arguments import Callee
from .atoms import Atom, Call, Code
from .found import Found
from .history import Bound, class_of, code_of
from .terms import UNKNOWN, Items, Named, Plain, Term
from .wanted import ARGUMENT, HELD, NAME, is_wanted


class Calls:
    """Reads the calls of a slice. ``bound`` and ``namespace`` tell what the names in them stand for."""

    def __init__(
        self, bound: Bound, namespace: Mapping[str, Any], found: Found, makers: frozenset[str]
    ) -> None:
        self.makers = makers
        """The functions of the notebook that make or train models."""
        self._bound = bound
        self._namespace = namespace
        self._found = found
        self.called: dict[int, Code] = {}
        """The functions, classes and methods of the notebook that are called."""
        self.given: dict[str, set[str]] = {}
        """Of each function of the notebook, the parameters that some call gives."""
        self.left: dict[str, dict[str, int]] = {}
        """Of each function of the notebook, the parameters that some call leaves, with the first one."""
        self._order: dict[str, list[Call]] = {}
        self._first: dict[str, Any] = {}

    def read(self, atoms: Iterable[Atom], scope: Code | None = None) -> None:
        """The calls of statements that belong together: of one cell, or of one function or class."""
        together: dict[str, list[Any]] = {}
        rest: dict[str, list[Any]] = {}
        for atom in atoms:
            # A network that is made in one statement is a network; else all statements make one.
            alone = any(call.callee[-1] == "Sequential" and call.positional for call in atom.calls)
            layers: dict[str, list[Any]] = {} if alone else rest
            for call in atom.calls:
                self._call(call, scope, layers)
            if alone:
                _gather(layers, together)
        _gather(rest, together)
        for key, values in together.items():
            same = all(value == values[0] for value in values)
            self._add(key, key.rpartition(".")[2], values[0] if same else values)

    def _call(self, call: Call, scope: Code | None, layers: dict[str, list[Any]]) -> None:
        code = self._code(call, scope)
        if code is not None:
            self._own(call, code, scope)
            return
        choice = arguments.suggested(call)
        if choice is not None:
            self._add(f"{call.callee[-1]}.{choice[0]}", *choice)
            return
        callee = self.resolve(call)
        given: dict[str, Term]
        if callee is None:
            callee = Callee(f".{call.callee[-1]}")
            if len(call.callee) < 2 or not arguments.is_recorded(callee, True):
                return
            given = arguments.of_method(callee.name, call)
        elif arguments.is_recorded(callee, False):
            given = arguments.of_call(callee, call)
        else:
            return
        for argument, value in given.items():
            self._carry(callee.name, argument, value, scope)
        self._carry_by_place(callee.name, call, scope)
        layer = callee.name in arguments.LAYERS
        number = 1 if layer else self._number(callee.name, call)
        for argument, value in given.items():
            if arguments.is_left_out(argument, layer, callee.name):
                continue
            if layer:
                literal = value.value if isinstance(value, Plain) else None
                name = arguments.name_of(callee.name, argument)
                layers.setdefault(name, []).append(literal)
            elif argument in ("optimizer", "loss") and isinstance(made := self._made(value), str):
                self._add_of(callee.name, number, argument, made)
            else:
                self._argument(callee.name, number, argument, value)

    def _number(self, callee: str, call: Call) -> int:
        """Which of the calls of one function or class this is, from 1."""
        order = self._order.setdefault(callee, [])
        if not any(one is call for one in order):
            order.append(call)
        return next(index for index, one in enumerate(order, 1) if one is call)

    def _add_of(self, callee: str, number: int, argument: str, value: Any) -> None:
        """An argument of one of several calls; of a later one what differs from the first is told."""
        key = f"{callee}.{argument}"
        if number == 1:
            self._first[key] = value
        elif key in self._first and _equal(self._first[key], value):
            return
        self._add(key if number == 1 else f"{callee}[{number}].{argument}", argument, value)

    def _argument(self, callee: str, number: int, argument: str, value: Term) -> None:
        if isinstance(value, Plain):
            if isinstance(value.value, dict):
                for key, one in configs.of_value(callee, argument, value.value):
                    self._found.add(key, one, "call")
            else:
                self._add_of(callee, number, argument, value.value)
        elif isinstance(value, Items) and not value.maker:
            for key, one in configs.of_items(callee, value.items):
                self._found.add(key, one, "call")

    def _made(self, value: Term) -> str | None:
        """The class of an object that is made in a call, or was made for a name."""
        if isinstance(value, Named) and len(value.path) == 1:
            nodes = self._bound.get(value.path[0])
            value = nodes[0].atom.binds.get(value.path[0], UNKNOWN) if nodes else UNKNOWN
        maker = value.maker[-1] if isinstance(value, Items) and value.maker else ""
        return maker if maker[:1].isupper() else None

    def _add(self, key: str, argument: str, value: Any) -> None:
        if is_wanted(argument, value, ARGUMENT):
            self._found.add(key, value, "call")

    def _own(self, call: Call, code: Code, scope: Code | None) -> None:
        """A call of a function or class of the notebook: its literal arguments, and what is left open."""
        named = {**dict(zip(code.parameters, call.positional)), **call.keywords}
        if configs.is_holder(code):
            return
        self.called[id(code)] = code
        given = self.given.setdefault(code.name, set())
        given |= named.keys()
        # Two trainings are told apart; of what only builds or measures the last call counts.
        number = self._number(code.name, call) if code.trains and not code.is_class else 1
        if not call.spread:
            left = self.left.setdefault(code.name, {})
            for argument in code.parameters.keys() - named.keys():
                left.setdefault(argument, number)
        for argument, value in named.items():
            self._carry(code.name, argument, value, scope)
            place = HELD if code.trains or code.name in self.makers else NAME
            if isinstance(value, Plain) and is_wanted(argument, value.value, place):
                self.add_own(code, number, argument, value.value)

    def add_own(self, code: Code, number: int, argument: str, value: Any) -> None:
        """An argument of one of the calls of a function of the notebook."""
        key = f"{code.name}.{argument}"
        default = code.parameters.get(argument)
        if number == 1:
            self._first[key] = value
        elif isinstance(default, Plain) and self.left.get(code.name, {}).get(argument) == 1:
            self._first[key] = default.value
        if number > 1 and key in self._first and _equal(self._first[key], value):
            return
        self._found.add(key if number == 1 else f"{code.name}[{number}].{argument}", value, "call")

    def _carry(self, callee: str, argument: str, value: Term, scope: Code | None) -> None:
        if isinstance(value, Named):
            key = ".".join(value.path)
            if scope is not None and value.path[0] in ("self", *scope.locals, *scope.parameters):
                key = f"{scope.name}.{'.'.join(value.path[1:] if value.path[0] == 'self' else value.path)}"
            self._found.carry(callee, argument, key)

    def _carry_by_place(self, callee: str, call: Call, scope: Code | None) -> None:
        for value in call.positional:
            self._carry(callee, "", value, scope)

    def _code(self, call: Call, scope: Code | None) -> Code | None:
        """The function, class or method of the notebook that is called."""
        root, *rest = call.callee
        inside = scope is not None and root in scope.locals
        if len(rest) == 1:
            owner = scope if root == "self" else None if inside else class_of(root, self._bound)
            return owner.methods.get(rest[0]) if owner is not None else None
        return code_of(root, self._bound) if not rest and not inside else None

    def resolve(self, call: Call) -> Callee | None:
        """What a call calls, when that is from a module; None for methods of objects."""
        root, *rest = call.callee
        if not root:
            return None
        nodes = self._bound.get(root)
        if nodes:
            path = nodes[0].atom.imports.get(root)
            return None if path is None else Callee(".".join([path, *rest]))
        return self._from_namespace(root, rest)

    def _from_namespace(self, root: str, rest: list[str]) -> Callee | None:
        """A name that no cell is known to have bound: from ``import *``, or from before the record began."""
        value: Any = self._namespace.get(root)
        kind = type(value)
        if issubclass(kind, ModuleType):
            name = object.__getattribute__(value, "__dict__").get("__name__")
        elif issubclass(kind, type):
            name, rest = live.module_of(value), [live.name_of(value), *rest]
        elif kind in (FunctionType, BuiltinFunctionType):
            name = object.__getattribute__(value, "__module__")
            rest = [value.__name__, *rest]
        else:
            return None
        known = isinstance(name, str) and name != "__main__" and name.partition(".")[0] in sys.modules
        return Callee(".".join([name, *rest])) if known else None


def _equal(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _gather(layers: Mapping[str, list[Any]], together: dict[str, list[Any]]) -> None:
    """Adds the sizes of one network; those that are no literals are None."""
    for key, values in layers.items():
        # The last one gives the output, whose size the data decides.
        hidden = values[:-1] if key in arguments.OUTPUTS else values
        held = [value for value in hidden if value is not None]
        if held:
            together.setdefault(key, []).extend(held)
