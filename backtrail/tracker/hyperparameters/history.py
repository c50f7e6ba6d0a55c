"""What the notebook's names were made of: each executed statement, with those that it depends on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from . import roles
from .atoms import Atom, Code
from .terms import Items, Named, Term

_MOST_NODES = 4000
_MOST_WEAK = 40
_MOST_TIMES = 3
_TIDY_EVERY = 2000


class Node:
    """An executed statement. ``needs`` are the statements whose results it uses, ``n`` its place in time."""

    __slots__ = ("atom", "cell", "n", "needs")

    def __init__(self, atom: Atom, n: int, cell: int) -> None:
        self.atom = atom
        self.n = n
        self.cell = cell
        self.needs: list[Node] = []


Bound = dict[str, list[Node]]
"""For each name the statement that bound it, then those that may have changed its value in place."""


class History:
    """The statements executed in one kernel, as far as names still depend on them."""

    def __init__(self) -> None:
        self.bound: Bound = {}
        self.trained = False
        """Whether anything was trained yet."""
        self.trainers: set[str] = set()
        """The names of functions, classes and objects of the notebook that train."""
        self._n = 0
        self._tidy_at = _TIDY_EVERY

    def preview(self, atoms: Sequence[Atom], cell: int) -> tuple[list[Node], Bound]:
        """The nodes of a cell that is about to be executed, and what names will be bound to after it."""
        bound = dict(self.bound)
        return self._link(atoms, cell, bound), bound

    def add(self, atoms: Sequence[Atom], cell: int) -> list[Node]:
        """Takes in what a cell executed."""
        nodes = self._link(atoms, cell, self.bound)
        for node in nodes:
            self.trained = self.trained or trains(node.atom, self.bound)
            self._note_trainers(node.atom)
        if self._n >= self._tidy_at:
            self._tidy()
        return nodes

    def reachable(self) -> list[Node]:
        """All that names still depend on, the latest first."""
        found: dict[int, Node] = {}
        waiting = [node for nodes in self.bound.values() for node in nodes]
        while waiting:
            node = waiting.pop()
            if id(node) not in found:
                found[id(node)] = node
                waiting += node.needs
        return sorted(found.values(), key=lambda node: -node.n)

    def _tidy(self) -> None:
        """Lets go of what cells depended on many executions of themselves ago, so that chains do not grow."""
        seen: dict[int, int] = {}
        for node in self.reachable():
            times = seen[id(node.atom)] = seen.get(id(node.atom), 0) + 1
            if times > _MOST_TIMES:
                node.needs = []
        self._tidy_at = self._n + _TIDY_EVERY

    def _note_trainers(self, atom: Atom) -> None:
        if atom.code is not None:
            if atom.code.trains or not self.trainers.isdisjoint(atom.code.free):
                self.trainers.add(atom.code.name)
        elif not atom.uses.isdisjoint(self.trainers):
            self.trainers |= {name for name, value in atom.binds.items() if maker_of(value) in self.trainers}

    def _link(self, atoms: Sequence[Atom], cell: int, bound: Bound) -> list[Node]:
        nodes: list[Node] = []
        for atom in atoms:
            self._n += 1
            nodes.append(Node(atom, self._n, cell))
        loops: dict[int, list[Node]] = {}
        for index, node in enumerate(nodes):
            outer = node.atom.loop if node.atom.loop >= 0 else index
            loops.setdefault(outer, []).append(node)
        for node in nodes:
            atom = node.atom
            if 0 <= atom.header < len(nodes):
                node.needs.append(nodes[atom.header])
            around = loops.get(atom.loop, ()) if atom.loop >= 0 else ()
            for name in _used(atom, bound):
                node.needs += bound.get(name, ())
                # What the round before bound.
                node.needs += [
                    other
                    for other in around
                    if other is not node
                    and (name in other.atom.binds or name in other.atom.weak or name in other.atom.bumps)
                ]
            _bind(node, bound)
        return nodes


def trains(atom: Atom, bound: Bound) -> bool:
    """Whether a statement trains: by itself, or through a function of the notebook that it calls."""
    if atom.role in (roles.TRAIN, roles.UPDATE):
        return True
    return any(
        code.trains or (not code.is_class and roles.is_like_training(code.name))
        for code in called(atom, bound)
    )


def called(atom: Atom, bound: Bound) -> list[Code]:
    """The functions and classes of the notebook that a statement calls, and those that they call in turn."""
    if atom.code is not None:
        return []
    found: dict[str, Code] = {}
    waiting = {call.callee[0] for call in atom.calls}
    # What is handed to a pool, to a search or to delayed() is called by that.
    given = (one for call in atom.calls for one in (*call.positional, *call.keywords.values()))
    waiting |= {one.path[0] for one in given if isinstance(one, Named) and len(one.path) == 1}
    while waiting:
        name = waiting.pop()
        code = code_of(name, bound) or class_of(name, bound)
        if code is None or name in found:
            continue
        found[name] = code
        waiting |= code.free
    return list(found.values())


def code_of(name: str, bound: Bound) -> Code | None:
    """The function or class of the notebook that a name stands for."""
    nodes = bound.get(name)
    return nodes[0].atom.code if nodes else None


def maker_of(value: Term | None) -> str:
    """The name of what made an object, "" when that is not just a name."""
    return value.maker[0] if isinstance(value, Items) and len(value.maker) == 1 else ""


def class_of(name: str, bound: Bound) -> Code | None:
    """The class of the notebook that made the object which a name stands for."""
    nodes = bound.get(name)
    maker = maker_of(nodes[0].atom.binds.get(name)) if nodes else ""
    code = code_of(maker, bound) if maker else None
    return code if code is not None and code.is_class else None


def slice_of(starts: Iterable[Node], now: Bound | None) -> list[Node]:
    """Every statement that the given ones depend on, with themselves, in the order of time.

    With ``now``, the code that is reached reads its free names as they are now, because it is executed now.
    """
    found: dict[int, Node] = {}
    waiting = list(starts)
    while waiting and len(found) < _MOST_NODES:
        node = waiting.pop()
        if id(node) in found:
            continue
        found[id(node)] = node
        waiting += node.needs
        if now is not None and node.atom.code is not None:
            for name in node.atom.code.free:
                waiting += now.get(name, ())
    return sorted(found.values(), key=lambda node: node.n)


def _used(atom: Atom, bound: Bound) -> set[str]:
    """The names that a statement reads, with those that the functions behind them read."""
    found: set[str] = set()
    waiting = set(atom.uses)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if atom.code is None:
            code = code_of(name, bound)
            if code is not None:
                waiting |= code.free
    return found


def _bind(node: Node, bound: Bound) -> None:
    atom = node.atom
    for name in (*atom.binds, *(atom.bumps - atom.binds.keys())):
        before = bound.get(name, [])
        if atom.maybe:
            bound[name] = _with(before, node)
            continue
        bound[name] = [node]
        _forget(node, before)
    changed = set(atom.weak)
    for call in atom.calls:
        code = code_of(call.callee[0], bound)
        if code is not None:
            # A function of the notebook binds globals.
            changed |= code.globals
    for name in changed - atom.binds.keys():
        if name in bound and bound[name][0] is not node:
            bound[name] = _with(bound[name], node)


def _with(before: list[Node], node: Node) -> list[Node]:
    """One more statement that may have changed a name; of the same statement only the latest is kept."""
    kept = [one for one in before if one.atom is not node.atom]
    for one in before:
        if one.atom is node.atom:
            _forget(node, [one])
    if len(kept) > _MOST_WEAK:
        kept = [kept[0], *kept[-_MOST_WEAK:]]
    return [*kept, node]


def _forget(node: Node, before: list[Node]) -> None:
    """Takes the place of an earlier execution of the same statement, so that chains do not grow."""
    for one in before:
        if one.atom is node.atom and one in node.needs:
            node.needs = [need for need in node.needs if need is not one]
            node.needs += [need for need in one.needs if need is not node and need not in node.needs]
