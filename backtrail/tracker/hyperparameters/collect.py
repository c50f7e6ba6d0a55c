"""From the statements that a training cell depends on to its hyperparameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import arguments, configs, live, roles
from .atoms import Atom, Code
from .calls import Calls
from .found import Found
from .history import Bound, Node, called, code_of
from .terms import NOTHING, Chosen, Items, Plain, Term
from .wanted import HELD, NAME, is_tuned, is_wanted
from .words import words

_COUNTED = {
    "epoch": "epochs", "ep": "epochs", "e": "epochs", "episode": "episodes", "step": "steps", "round": "rounds",
    "generation": "generations", "iteration": "iterations", "iter": "iterations", "it": "iterations",
    "gen": "generations",
}  # fmt: skip
_UNNAMED = frozenset({"i", "t", "_", "k", "n"})
_STEPS = frozenset({"backward", "step", "train_on_batch", "partial_fit", "apply_gradients", "train_step"})


class Collector:
    """Collects from one slice.

    ``cell`` holds the nodes of the training cell itself, which may not have been executed yet; ``bound`` is
    what names are bound to after it.
    """

    def __init__(
        self,
        nodes: Sequence[Node],
        cell: Sequence[Node],
        bound: Bound,
        namespace: Mapping[str, Any],
        executed: bool,
    ) -> None:
        self._nodes = nodes
        self._bound = bound
        self._namespace = namespace
        self._pending = set() if executed else {id(node) for node in cell}
        self._found = Found()
        self._codes = _codes(nodes, bound)
        makers = frozenset(code.name for code in self._codes if _makes_models(_all(code.atoms), bound))
        self._calls = Calls(bound, namespace, self._found, makers)
        atoms = [node.atom for node in [*nodes, *cell]]
        atoms += [atom for code in self._codes for atom in _all(code.atoms)]
        self._rewritten = rewritten(atoms)
        self._columns = {name for atom in atoms for name in atom.columns}
        self._filled = {name for atom in atoms for name in atom.weak}
        self._arrays = {name for atom in atoms for name in atom.arrays}
        self._spread = {name for atom in atoms for call in atom.calls for name in call.spread}
        self._holders: set[str] = set()

    def collect(self) -> Found:
        """The hyperparameters, in the order in which they were bound."""
        for node in self._nodes:
            for name, value in node.atom.binds.items():
                self._bound_to(node, name, value)
            self._stores(node.atom)
        for cell in dict.fromkeys(node.cell for node in self._nodes):
            self._calls.read(node.atom for node in self._nodes if node.cell == cell)
        for code in self._codes:
            self._calls.read(_all(code.atoms), code)
        for code in self._codes:
            self._code(code)
        for node in self._nodes:
            self._loop(node.atom, [one.atom for one in self._nodes], None)
        return self._found

    def _bound_to(self, node: Node, name: str, value: Term) -> None:
        now = self._now(node, name)
        if isinstance(value, Chosen):
            plain = live.plain(now) if now is not NOTHING else value.default
            if plain is not NOTHING and plain is not None:
                self._name(name, plain)
        elif isinstance(value, Plain) and not isinstance(value.value, dict):
            plain = NOTHING if now is NOTHING or name in self._rewritten else live.plain(now)
            filled = isinstance(value.value, list) and name in self._filled
            if not filled and is_wanted(name, value.value):
                self._name(name, value.value if plain is NOTHING else plain)
        else:
            self._config(name, value, now)

    def _now(self, node: Node, name: str) -> Any:
        """The value that the namespace has for what ``node`` bound; `NOTHING` if another bound it since."""
        latest = self._bound.get(name, ())
        if id(node) in self._pending or not latest or latest[0] is not node:
            return NOTHING
        return self._namespace.get(name, NOTHING)

    def _name(self, name: str, value: Any) -> None:
        if name in self._rewritten and not _keeps_its_start(name, value):
            return
        text = isinstance(value, str) or (isinstance(value, list) and any(isinstance(v, str) for v in value))
        if (text and name in self._columns) or (isinstance(value, list) and name in self._arrays):
            return
        if is_wanted(name, value):
            self._found.add(name, value, "name")

    def _config(self, name: str, value: Term, now: Any) -> None:
        if now is not NOTHING and self._held_now(name, value, now):
            return
        items = (
            {key: Plain(one) for key, one in value.value.items()}
            if isinstance(value, Plain) and isinstance(value.value, dict)
            else value.items
            if isinstance(value, Items)
            else None
        )
        if items is None or not isinstance(value, (Plain, Items)):
            return
        maker = value.maker if isinstance(value, Items) else ()
        code = code_of(maker[0], self._bound) if len(maker) == 1 else None
        if code is not None and configs.is_holder(code):
            self._holders.add(code.name)
            held = {**{key: one for key, one in code.attributes.items()}, **items}
            self._add(configs.of_items(name, held), "dataclass")
        elif maker and maker[-1] in ("parse_args", "parse_known_args"):
            self._add(configs.of_items(name, self._arguments()), "argparse")
        elif code is not None and any(
            c.callee[-1] == "parse_args" for a in _all(code.atoms) for c in a.calls
        ):
            self._add(configs.of_items(name, self._arguments()), "argparse")
        elif maker and configs.is_maker(maker):
            self._add(configs.of_items(name, items), "config")
        elif not maker and name not in self._arrays and configs.is_config(name, items, name in self._spread):
            self._add(configs.of_items(name, items), "config")

    def _held_now(self, name: str, value: Term, now: Any) -> bool:
        """Adds what a configuration in the namespace holds; whether it is one."""
        held = live.attributes(now)
        if held is None:
            maker = value.maker if isinstance(value, Items) else ()
            code = code_of(maker[0], self._bound) if len(maker) == 1 else None
            holds = code is not None and code.is_class and configs.is_named_so(code.name)
            held = live.of_instance(now, code.name) if code is not None and holds else None
            if held is None:
                return False
        if type(now) is dict:
            made = isinstance(value, (Plain, Items)) or configs.is_named_so(name)
            if not made or name in self._arrays or not configs.is_config(name, held, name in self._spread):
                return True
        self._holders.add(type(now).__name__)
        self._add(configs.of_object(name, held), live.origin(now))
        return True

    def _stores(self, atom: Atom) -> None:
        for path, value in atom.sets.items():
            prefix = f"{path[0]}."
            nodes = self._bound.get(path[0], ())
            first = nodes[0].atom.binds.get(path[0]) if nodes else None
            empty = isinstance(first, Plain) and first.value == {} and configs.is_named_so(path[0])
            if isinstance(value, Plain) and (
                empty or any(key.startswith(prefix) for key in self._found.params)
            ):
                if any(id(node) in self._pending and node.atom is atom for node in nodes):
                    self._add(configs.of_value(".".join(path), path[-1], value.value), "config")

    def _add(self, found: configs.Found, origin: str) -> None:
        for key, value in found:
            self._found.add(key, value, origin)

    def _arguments(self) -> dict[str, Term]:
        """The defaults of what ``add_argument`` adds."""
        atoms = [*(node.atom for node in self._nodes), *(a for code in self._codes for a in _all(code.atoms))]
        found: dict[str, Term] = {}
        for call in (call for atom in atoms for call in atom.calls if call.callee[-1] == "add_argument"):
            names = [
                one.value for one in call.positional if isinstance(one, Plain) and isinstance(one.value, str)
            ]
            long = [name for name in names if name.startswith("--")] or names
            default = call.keywords.get("default")
            if long and isinstance(default, Plain):
                found[long[0].lstrip("-").replace("-", "_")] = default
        return found

    def _code(self, code: Code) -> None:
        """What a function or a class says by itself: its defaults, its literals, its loops."""
        if configs.is_holder(code):
            if code.name not in self._holders:
                now = self._namespace.get(code.name)
                held = live.of_instance(now, code.name) if issubclass(type(now), type) else None
                self._add(configs.of_items(code.name, code.attributes), "config")
                if held is not None:
                    self._add(configs.of_object(code.name, held), "config")
            return
        called_once = code.name in self._calls.given or code.name in self._calls.left
        for name, default in code.parameters.items():
            open_ = name in self._calls.left.get(code.name, ()) if called_once else not code.is_class
            if isinstance(default, Plain) and open_ and default.value is not None:
                if is_wanted(name, default.value, HELD if code.name in self._calls.makers else NAME):
                    self._found.add(f"{code.name}.{name}", default.value, "call")
        if code.name not in self._calls.makers:
            return
        atoms = _all(code.atoms)
        again = rewritten(atoms)
        used = {name for atom in atoms for name in atom.uses}
        for atom in atoms:
            for name, value in atom.binds.items():
                self._inner_config(f"{code.name}.{name}", name, value, atoms)
                if isinstance(value, Plain) and name in used and not isinstance(value.value, dict):
                    kept = name not in again or _keeps_its_start(name, value.value)
                    if kept and value.value is not None and is_wanted(name, value.value):
                        self._found.add(f"{code.name}.{name}", value.value, "name")
            for path, value in atom.sets.items():
                if path[0] == "self" and len(path) == 2 and isinstance(value, Plain) and is_tuned(path[1]):
                    if value.value is not None and is_wanted(path[1], value.value) and not value.value == 0:
                        self._found.add(f"{code.name}.{path[1]}", value.value, "name")
            self._loop(atom, atoms, code)

    def _inner_config(self, key: str, name: str, value: Term, atoms: Sequence[Atom]) -> None:
        """A dict in a function, with what is stored in it afterwards."""
        if isinstance(value, Plain) and isinstance(value.value, dict):
            items: dict[str, Any] = {one: Plain(held) for one, held in value.value.items()}
        elif isinstance(value, Items) and not value.maker:
            items = dict(value.items)
        else:
            return
        items.update(
            {path[1]: one for atom in atoms for path, one in atom.sets.items() if path[:-1] == (name,)}
        )
        if configs.is_config(name, items, name in self._spread):
            self._add(configs.of_items(key, items), "config")

    def _loop(self, head: Atom, atoms: Sequence[Atom], code: Code | None) -> None:
        if head.count is None:
            return
        name, times = head.count
        found = words(name)
        key = next((_COUNTED[word] for word in found if word in _COUNTED), None)
        if key is None and (name in _UNNAMED or name.startswith("_")) and head.loop < 0:
            inside = [atom for atom in atoms if atom.loop >= 0]
            if any(_steps(atom, self._bound) for atom in inside):
                key = "iterations"
        if key is not None and times > 1:
            self._found.add(f"{code.name}.{key}" if code else key, times, "call")


def rewritten(atoms: Iterable[Atom]) -> set[str]:
    """The names that are given new values while the cell runs: counters, sums, the best so far."""
    found: set[str] = set()
    for atom in atoms:
        found |= atom.bumps
        if atom.loop >= 0 or atom.count is not None:
            found |= {name for name, value in atom.binds.items() if not isinstance(value, Plain)}
        if atom.code is not None:
            found |= atom.code.globals
    return found


def _keeps_its_start(name: str, value: Any) -> bool:
    """A learning rate that decays still began somewhere; a counter began with nothing."""
    return is_tuned(name) and value not in (0, None) and (type(value) is float or value not in (1, -1))


def _codes(nodes: Iterable[Node], bound: Bound) -> list[Code]:
    """The functions and classes of the notebook that a slice executes, and those that they call."""
    found: dict[int, Code] = {}
    for node in nodes:
        if node.atom.code is not None:
            found[id(node.atom.code)] = node.atom.code
        else:
            found.update((id(code), code) for code in called(node.atom, bound))
    return list(found.values())


def _all(atoms: Sequence[Atom]) -> list[Atom]:
    """The statements of a function with those of the functions inside it."""
    found: list[Atom] = []
    for atom in atoms:
        found.append(atom)
        if atom.code is not None:
            found += _all(atom.code.atoms)
    return found


def _makes_models(atoms: Sequence[Atom], bound: Bound) -> bool:
    return any(
        atom.role in (roles.TRAIN, roles.UPDATE)
        or any(call.callee[-1] in arguments.LAYERS for call in atom.calls)
        or any(one.role in (roles.TRAIN, roles.UPDATE) for code in called(atom, bound) for one in code.atoms)
        for atom in atoms
    )


def _steps(atom: Atom, bound: Bound) -> bool:
    if atom.role == roles.UPDATE or any(call.callee[-1] in _STEPS for call in atom.calls):
        return True
    return any(
        one.role == roles.UPDATE or any(call.callee[-1] in _STEPS for call in one.calls)
        for code in called(atom, bound)
        for one in code.atoms
    )
