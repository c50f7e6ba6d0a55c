"""Names bound to a configuration: as it is in the namespace, or as the code is about to make it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import configs, live
from .atoms import Atom, Code
from .context import Context, flat
from .history import Node, code_of
from .literals import NOTHING
from .terms import Items, Plain, Term

_PARSING = frozenset({"parse_args", "parse_known_args"})
_GIVING_RESULTS = ("scipy", "sklearn")
"""Libraries whose dictionaries hold what came out, or data."""


class Holding:
    """Finds the configurations of a slice."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.classes: set[str] = set()
        """The classes of the notebook of which an object was found."""

    def read(self, node: Node, name: str, value: Term) -> None:
        """A name that is bound to ``value``, which is no plain literal."""
        now = self._context.now(node, name)
        if now is not NOTHING and self._as_it_is(name, value, now):
            return
        if isinstance(value, Items):
            self._as_it_will_be(name, value)
        elif isinstance(value, Plain) and isinstance(value.value, dict):
            self._as_it_will_be(name, Items({key: Plain(one) for key, one in value.value.items()}, ()))

    def read_stores(self, atom: Atom) -> None:
        """``config["lr"] = 0.1`` in the cell that is about to run."""
        context = self._context
        for path, value in atom.sets.items():
            nodes = context.bound.get(path[0], [])
            pending = any(context.is_pending(node) and node.atom is atom for node in nodes)
            if not nodes or not pending or not isinstance(value, Plain):
                continue
            first = nodes[0].atom.binds.get(path[0])
            empty = isinstance(first, Plain) and first.value == {} and configs.is_named_so(path[0])
            if empty or any(key.startswith(f"{path[0]}.") for key in context.found.params):
                self._add(configs.of_value(".".join(path), path[-1], value.value), "config")

    def read_class(self, code: Code) -> None:
        """A class of the notebook that only holds values, and of which there is no object."""
        if code.name not in self.classes:
            self._add(configs.of_items(code.name, code.attributes), "config")
            now = self._context.namespace.get(code.name)
            if issubclass(type(now), type):
                self._add(configs.of_object(code.name, live.of_instance(now, code.name) or {}), "config")

    def _as_it_is(self, name: str, value: Term, now: Any) -> bool:
        """Adds what a configuration in the namespace holds; whether it is one."""
        held = live.attributes(now)
        if held is None:
            code = self._maker(value)
            held = self._of_own_class(code, now) if code is not None and code.is_class else None
            if held is None:
                return False
        if issubclass(type(now), dict):
            if live.module_of(type(now)).partition(".")[0] in _GIVING_RESULTS:
                return True
            made = isinstance(value, (Plain, Items)) or configs.is_named_so(name)
            if not made or not self._is_config(name, held):
                return True
        self.classes.add(live.name_of(type(now)))
        self._add(configs.of_object(name, held), live.origin(now))
        return True

    def _of_own_class(self, code: Code, now: Any) -> Mapping[str, Any] | None:
        """What an object of a class of the notebook holds, when it is there to hold settings."""
        own = live.of_instance(now, code.name)
        if own is None or not (configs.is_holder(code) or configs.is_class_named_so(code.name)):
            return None
        return {**(live.of_instance(type(now), code.name) or {}), **own}

    def _as_it_will_be(self, name: str, value: Items) -> None:
        code = self._maker(value)
        if code is not None and configs.is_holder(code):
            self.classes.add(code.name)
            self._add(configs.of_items(name, {**code.attributes, **value.items}), "dataclass")
        elif value.maker[-1:] and (value.maker[-1] in _PARSING or _parses(code)):
            self._add(configs.of_items(name, self._arguments()), "argparse")
        elif configs.is_maker(value.maker) if value.maker else self._is_config(name, value.items):
            self._add(configs.of_items(name, value.items), "config")

    def _is_config(self, name: str, held: Any) -> bool:
        given = name in self._context.spread
        return name not in self._context.arrays and configs.is_config(name, held, given)

    def _maker(self, value: Term) -> Code | None:
        maker = value.maker if isinstance(value, Items) else ()
        return code_of(maker[0], self._context.bound) if len(maker) == 1 else None

    def _arguments(self) -> dict[str, Term]:
        """The defaults of what ``add_argument`` adds."""
        found: dict[str, Term] = {}
        for call in (call for atom in self._context.atoms for call in atom.calls):
            default = call.keywords.get("default")
            if call.callee[-1] != "add_argument" or not isinstance(default, Plain):
                continue
            names = [one.value for one in call.positional if isinstance(one, Plain)]
            texts = [name for name in names if isinstance(name, str)]
            long = [name for name in texts if name.startswith("--")] or texts
            if long:
                found[long[0].lstrip("-").replace("-", "_")] = default
        return found

    def _add(self, found: configs.Found, origin: str) -> None:
        for key, value in found:
            self._context.found.add(key, value, origin)


def _parses(code: Code | None) -> bool:
    """Whether a function of the notebook parses a command line."""
    return code is not None and any(
        call.callee[-1] in _PARSING for atom in flat(code.atoms) for call in atom.calls
    )
