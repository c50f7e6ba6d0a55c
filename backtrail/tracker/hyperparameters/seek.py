"""Cells in, hyperparameters out: what was executed is remembered, and asked when a cell trains."""

from __future__ import annotations

import ast
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from . import roles
from .atoms import Atom, read
from .collect import Collector
from .found import Found
from .history import Bound, History, Node, slice_of, trains

_MOST_SOURCES = 512
_LONGEST_SOURCE = 200_000


class Seeker:
    """The cells of one notebook."""

    def __init__(self) -> None:
        self._history = History()
        self._read: OrderedDict[str, list[Atom]] = OrderedDict()
        self._open: dict[int, tuple[list[Node], Bound]] = {}

    def before(
        self, n: int, source: str, trees: Sequence[ast.Module], namespace: Mapping[str, Any]
    ) -> Found | None:
        """The hyperparameters of execution ``n``, which is about to begin; None when it does not train."""
        atoms = self._atoms(source, trees)
        nodes, bound = self._history.preview(atoms, n)
        found = self._collect(nodes, bound, namespace, executed=False)
        if found is not None:
            self._open[n] = (nodes, bound)
        return found

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
        if failed_at is not None:
            atoms = [atom for atom in atoms if atom.line <= failed_at]
        nodes = self._history.add(atoms, n)
        if self._open.pop(n, None) is None or failed_at is not None:
            return None
        return self._collect(nodes, self._history.bound, namespace, executed=True)

    def declared(self, source: str, trees: Sequence[ast.Module], namespace: Mapping[str, Any]) -> Found:
        """The hyperparameters of a cell of which each name is one."""
        found = Found()
        atoms = self._atoms(source, trees)
        nodes = [Node(atom, 0, 0) for atom in atoms]
        bound: Bound = {name: [node] for node in nodes for name in node.atom.binds}
        collected = Collector(nodes, [], bound, namespace, executed=True).collect()
        for key, param in collected.params.items():
            found.add(key, param.value, "papermill")
        return found

    def _atoms(self, source: str, trees: Sequence[ast.Module]) -> list[Atom]:
        atoms = self._read.get(source)
        if atoms is None:
            atoms = [] if len(source) > _LONGEST_SOURCE else read([one for tree in trees for one in tree.body])
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
        if training or measuring or self._history.trained:
            measuring += [node for node in nodes if node.atom.role == roles.MEASURE]
        if not training and not measuring:
            return None
        found = slice_of(training, bound)
        found += [node for node in slice_of(measuring, None) if node not in found]
        found.sort(key=lambda node: node.n)
        return Collector(found, nodes, bound, namespace, executed).collect()
