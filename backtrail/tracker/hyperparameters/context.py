"""One slice, with what its names stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import arguments, roles
from .atoms import Atom, Code
from .found import Found
from .history import Bound, Node, called
from .literals import NOTHING
from .rounds import rewritten
from .wanted import is_tuned


class Context:
    """The statements that a training cell depends on.

    ``cell`` holds the nodes of that cell itself, which may not have been executed yet; ``bound`` is what
    names are bound to after it.
    """

    def __init__(
        self,
        nodes: Sequence[Node],
        cell: Sequence[Node],
        bound: Bound,
        namespace: Mapping[str, Any],
        executed: bool,
    ) -> None:
        self.nodes = nodes
        self.bound = bound
        self.namespace = namespace
        self.found = Found()
        self.codes = _codes(nodes, bound)
        """The functions and classes of the notebook that are executed."""
        self.makers = _makers(self.codes)
        """The names of those that make or train models."""
        self._pending = set() if executed else {id(node) for node in cell}
        self.atoms = [node.atom for node in nodes]
        self.atoms += [atom for code in self.codes for atom in flat(code.atoms)]
        around = [*(node.atom for node in cell), *self.atoms]
        self.rewritten = rewritten(around)
        self.columns = {name for atom in around for name in atom.columns}
        self.filled = {name for atom in around for name in atom.weak}
        self.arrays = {name for atom in around for name in atom.arrays}
        self.spread = {name for atom in around for call in atom.calls for name in call.spread}

    def is_pending(self, node: Node) -> bool:
        """Whether a statement is of the cell that is about to run."""
        return id(node) in self._pending

    def now(self, node: Node, name: str) -> Any:
        """The value that the namespace has for what ``node`` bound; `NOTHING` if another bound it since.

        Of several that may have bound it, on a condition, nobody knows better than the namespace which did.
        """
        latest = self.bound.get(name, ())
        about_to = any(self.is_pending(one) and name in one.atom.binds for one in latest)
        if about_to or not any(one is node for one in latest):
            return NOTHING
        return self.namespace.get(name, NOTHING)


def flat(atoms: Sequence[Atom]) -> list[Atom]:
    """The statements of a function with those of the functions inside it."""
    found: list[Atom] = []
    for atom in atoms:
        found.append(atom)
        if atom.code is not None:
            found += flat(atom.code.atoms)
    return found


def keeps_its_start(name: str, value: Any) -> bool:
    """A learning rate that decays still began somewhere; a counter began with nothing."""
    return is_tuned(name) and value not in (0, None) and (type(value) is float or value not in (1, -1))


def _codes(nodes: Iterable[Node], bound: Bound) -> list[Code]:
    found: dict[int, Code] = {}
    for node in nodes:
        if node.atom.code is not None:
            found[id(node.atom.code)] = node.atom.code
        else:
            found.update((id(code), code) for code in called(node.atom, bound))
    return list(found.values())


def _makers(codes: Sequence[Code]) -> frozenset[str]:
    """The names of those that train or build a model, themselves or through others."""
    found = {code.name for code in codes if code.trains or _builds(code) or roles.is_like_training(code.name)}
    size = -1
    while len(found) > size:
        size = len(found)
        found |= {code.name for code in codes if not found.isdisjoint(code.free)}
    return frozenset(found)


def _builds(code: Code) -> bool:
    return any(call.callee[-1] in arguments.LAYERS for atom in flat(code.atoms) for call in atom.calls)
