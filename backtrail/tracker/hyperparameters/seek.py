"""Cells in, hyperparameters out: what was executed is remembered, and asked when a cell trains."""

from __future__ import annotations

import ast
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from . import configs, live, roles
from .atoms import Atom
from .collect import collect
from .context import Context
from .found import Found
from .history import Bound, History, Node, called, slice_of, trains
from .literals import NOTHING
from .reading import read
from .terms import UNKNOWN
from .wanted import is_declared

_MOST_SOURCES = 512
_LONGEST_SOURCE = 200_000


class Seeker:
    """The cells of one notebook."""

    def __init__(self) -> None:
        self._history = History()
        self._read: OrderedDict[str, list[Atom]] = OrderedDict()
        self._open: set[int] = set()

    def names_trainer(self, source: str) -> bool:
        """Whether a cell names a function or object of the notebook that trains."""
        return any(name in source for name in self._history.trainers)

    def is_open(self, n: int) -> bool:
        """Whether execution ``n`` trains, and its end is yet to be told."""
        return n in self._open

    def before(
        self, n: int, source: str, trees: Sequence[ast.Module], namespace: Mapping[str, Any]
    ) -> Found | None:
        """The hyperparameters of execution ``n``, which is about to begin; None when it does not train."""
        atoms = self._atoms(source, trees)
        nodes, bound = self._history.preview(atoms, n)
        found = self._collect(nodes, bound, namespace, executed=False)
        if found is not None:
            self._open.add(n)
        return found

    def given(self, n: int, source: str, trees: Sequence[ast.Module], namespace: Mapping[str, Any]) -> Found:
        """What execution ``n``, which is about to begin and does not train, gives to the objects it makes."""
        nodes, bound = self._history.preview(self._atoms(source, trees), n)
        made = [node for node in nodes if any(call.callee[-1][:1].isupper() for call in node.atom.calls)]
        return collect(Context(slice_of(made, None), nodes, bound, namespace, executed=False))

    def after(
        self,
        n: int,
        source: str,
        trees: Sequence[ast.Module],
        namespace: Mapping[str, Any],
        failed_at: int | None = None,
    ) -> Found | None:
        """Takes in what execution ``n`` did, up to the line it failed at; what it trained with, if it did."""
        atoms = self._atoms(source, trees)
        if failed_at is not None and len(trees) == 1:
            atoms = [atom for atom in atoms if _begun(atom, atoms) <= failed_at]
        nodes = self._history.add(atoms, n)
        trained = n in self._open
        self._open.discard(n)
        if not trained or not any(value is not UNKNOWN for atom in atoms for value in atom.binds.values()):
            return None
        return self._collect(nodes, self._history.bound, namespace, executed=True)

    def declared(
        self, source: str, trees: Sequence[ast.Module], namespace: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What a cell binds that says itself to hold parameters: every name but paths and the like."""
        found: dict[str, Any] = {}
        for atom in self._atoms(source, trees):
            for name in (*atom.binds, *(path[0] for path in atom.sets)):
                value = live.plain(namespace.get(name, NOTHING))
                if isinstance(value, dict):
                    found.update(configs.of_value(name, name, value))
                elif value is not NOTHING and is_declared(name, value):
                    found[name] = value
        return found

    def as_it_is(self, declared: Mapping[str, Any], namespace: Mapping[str, Any]) -> dict[str, Any]:
        """What was declared, with the values that the names have now."""
        now = {name: live.plain(namespace.get(name, NOTHING)) for name in declared}
        return {name: value if now[name] is NOTHING else now[name] for name, value in declared.items()}

    def _atoms(self, source: str, trees: Sequence[ast.Module]) -> list[Atom]:
        atoms = self._read.get(source)
        if atoms is None:
            atoms = (
                [] if len(source) > _LONGEST_SOURCE else read([one for tree in trees for one in tree.body])
            )
            self._read[source] = atoms
            if len(self._read) > _MOST_SOURCES:
                self._read.popitem(last=False)
        else:
            self._read.move_to_end(source)
        return atoms

    def _collect(
        self, nodes: Sequence[Node], bound: Bound, namespace: Mapping[str, Any], executed: bool
    ) -> Found | None:
        training = [node for node in nodes if trains(node.atom, bound)]
        measuring = [node for node in nodes if node.atom.role == roles.EVALUATE]
        measured = [node for node in nodes if node.atom.role == roles.MEASURE]
        # Without any training it is a result where a function of the notebook gave it.
        if training or measuring or self._history.trained or any(called(one.atom, bound) for one in measured):
            measuring += measured
        if not training and not measuring:
            return None
        found = {id(node): node for node in [*slice_of(training, bound), *slice_of(measuring, None)]}
        in_order = sorted(found.values(), key=lambda node: node.n)
        return collect(Context(in_order, nodes, bound, namespace, executed))


def _begun(atom: Atom, atoms: Sequence[Atom]) -> int:
    """The line at which a statement is reached at the latest: in a loop that of its head."""
    return atom.line if atom.loop < 0 else atoms[atom.loop].line
