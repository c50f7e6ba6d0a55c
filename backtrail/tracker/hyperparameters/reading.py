"""Reads a cell, or the body of a function, into its simplest statements."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import roles
from .atoms import Atom, Code
from .expressions import bind, parameters, scan, simple
from .literals import fold
from .terms import UNKNOWN, Term, callee, dotted, term

_PROGRESS = frozenset({"tqdm", "tqdm_notebook", "track", "progress_bar", "enumerate"})
_RANGES = frozenset({"range", "trange", "tnrange"})
_NOTHING = (ast.Pass, ast.Global, ast.Nonlocal, ast.Break, ast.Continue, ast.Assert)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.ClassDef)


def read(body: Sequence[ast.stmt]) -> list[Atom]:
    """The atoms of a cell or a function, in the order of the source."""
    reader = _Reader()
    reader.body(body, -1, -1, False)
    reader.settle()
    return reader.atoms


class _Reader:
    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self.globals: set[str] = set()

    def body(self, statements: Iterable[ast.stmt], header: int, loop: int, maybe: bool) -> None:
        for statement in statements:
            self._statement(statement, header, loop, maybe)

    def settle(self) -> None:
        """Tells which atoms do nothing that a result could depend on."""
        children: dict[int, list[Atom]] = {}
        for atom in self.atoms:
            children.setdefault(atom.header, []).append(atom)
        for index in range(len(self.atoms) - 1, -1, -1):
            atom = self.atoms[index]
            inner = children.get(index)
            if inner and not atom.role:
                atom.inert = all(one.inert for one in inner)
        for index, atom in enumerate(self.atoms):
            if atom.parts is not None:
                part, whole = atom.parts
                for one in self._inside(index):
                    # for group in optimizer.param_groups: group["lr"] = …
                    one.weak |= {whole} if part in one.put else set()
            if atom.repeats:
                inside = self._inside(index)
                if not any(one.role in (roles.TRAIN, roles.UPDATE) for one in inside):
                    _mark_carried(inside)

    def _inside(self, head: int) -> list[Atom]:
        """The atoms under a head, at any depth."""
        heads = {head}
        found = []
        for index in range(head + 1, len(self.atoms)):
            if self.atoms[index].header in heads:
                heads.add(index)
                found.append(self.atoms[index])
        return found

    def _statement(self, node: ast.stmt, header: int, loop: int, maybe: bool) -> None:
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            self.globals.update(node.names)
        if isinstance(node, _NOTHING):
            return
        index, atom = len(self.atoms), Atom(node.lineno, header, loop, maybe)
        self.atoms.append(atom)
        inner = index if loop < 0 else loop
        if isinstance(node, _SCOPES):
            _define(atom, node)
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            self._loop_head(atom, node)
            self._finish(atom, node)
            self.body(node.body, index, inner, maybe)
            self.body(node.orelse, header, loop, True)
        elif isinstance(node, ast.If):
            scan(node.test, atom)
            self._finish(atom, node)
            main = _is_main(node.test)
            self.body(node.body, header if main else index, loop, maybe or not main)
            self.body(node.orelse, index, loop, True)
        elif hasattr(node, "body") or hasattr(node, "cases"):
            self._block(node, atom, index)
        else:
            simple(atom, node)
            self._finish(atom, node)

    def _block(self, node: Any, atom: Atom, index: int) -> None:
        """``with``, ``try`` and ``match``."""
        header, loop, maybe = atom.header, atom.loop, atom.maybe
        for item in getattr(node, "items", ()):
            scan(item.context_expr, atom)
            if item.optional_vars is not None:
                bind(item.optional_vars, UNKNOWN, atom)
        if hasattr(node, "subject"):
            scan(node.subject, atom)
        self._finish(atom, node)
        if not hasattr(node, "handlers"):
            self.body(getattr(node, "body", ()), index, loop, maybe)
            for case in getattr(node, "cases", ()):
                self.body(case.body, index, loop, True)
            return
        self.body(node.body, header, loop, maybe)
        for handler in node.handlers:
            self.body(handler.body, header, loop, True)
        self.body([*node.orelse, *node.finalbody], header, loop, maybe)

    def _loop_head(self, atom: Atom, node: ast.For | ast.AsyncFor | ast.While) -> None:
        atom.is_head = True
        if isinstance(node, ast.While):
            scan(node.test, atom)
            atom.repeats = any(roles.is_repeated(name) for name in atom.uses)
            return
        scan(node.iter, atom)
        bind(node.target, UNKNOWN, atom)
        path = dotted(node.iter)
        if isinstance(node.target, ast.Name) and len(path) > 1:
            atom.parts = (node.target.id, path[0])
        over: ast.expr = node.iter
        while isinstance(over, ast.Call) and callee(over)[-1] in _PROGRESS and over.args:
            over = over.args[0]
        last = (
            node.target.elts[-1]
            if isinstance(node.target, ast.Tuple) and over is not node.iter
            else node.target
        )
        values = fold(over) if isinstance(over, (ast.List, ast.Tuple)) else None
        if isinstance(last, ast.Name) and isinstance(values, list) and len(values) > 1:
            atom.swept = (last.id, values)
        if not (isinstance(node.target, ast.Name) and isinstance(over, ast.Call)):
            return
        if callee(over)[-1] in _RANGES:
            bounds = [fold(one) for one in over.args]
            if all(type(bound) is int for bound in bounds) and 1 <= len(bounds) <= 3 and bounds[-1]:
                atom.count = (node.target.id, len(range(*bounds)))
            atom.repeats = any(roles.is_repeated(name) for name in (node.target.id, *atom.uses))

    def _finish(self, atom: Atom, node: ast.stmt) -> None:
        atom.role = roles.of(atom, atom.loop >= 0)
        if not atom.role and roles.resamples(node):
            atom.role = roles.UPDATE
        if not atom.role and isinstance(node, ast.Expr):
            atom.inert = roles.is_inert(node.value)
        atom.inert = atom.inert or isinstance(node, (ast.Import, ast.ImportFrom, ast.Delete))


def _mark_carried(inside: list[Atom]) -> None:
    """Marks what hands a value on from one round of a loop to the next, as a population."""
    fresh = {name for one in inside if one.is_head for name in one.binds}
    makers: dict[str, set[str]] = {}
    for one in inside:
        for name in (*one.binds, *one.handed):
            makers.setdefault(name, set()).update(one.uses)
    # What is stored in an array and read again, as the value of an action or the spin of a place.
    read = {name for one in inside if not one.inert for name in one.uses - one.stored}
    for one in inside:
        names = set(one.binds) - fresh if not one.is_head else set()
        kept = not read.isdisjoint(one.put)
        if one.handed or kept or any(_reaches_itself(name, makers) for name in names):
            one.role = roles.UPDATE


def _reaches_itself(name: str, makers: Mapping[str, set[str]]) -> bool:
    found: set[str] = set()
    waiting = set(makers.get(name, ()))
    while waiting:
        one = waiting.pop()
        if one == name:
            return True
        if one not in found:
            found.add(one)
            waiting |= makers.get(one, set())
    return False


def _define(atom: Atom, node: Any) -> None:
    code = atom.code = _code(node)
    atom.binds[node.name] = UNKNOWN
    for one in [*node.decorator_list, *(node.bases if code.is_class else [])]:
        scan(one, atom)
    if not code.is_class:
        for default in [*node.args.defaults, *(one for one in node.args.kw_defaults if one is not None)]:
            scan(default, atom)


def _code(node: Any) -> Code:
    code = Code(node.name, isinstance(node, ast.ClassDef))
    code.decorators = [
        callee(one) if isinstance(one, ast.Call) else dotted(one) or ("",) for one in node.decorator_list
    ]
    if not code.is_class:
        code.parameters = parameters(node.args)
        _take(code, node.body)
    else:
        code.bases = [path for path in map(dotted, node.bases) if path]
        for statement in node.body:
            if isinstance(statement, _FUNCTIONS):
                inner = _code(statement)
                inner.parameters = dict(list(inner.parameters.items())[1:])
                code.methods[statement.name] = inner
                if statement.name == "__init__":
                    code.parameters = inner.parameters
                code.atoms += _shifted(inner.atoms, len(code.atoms))
                code.free |= inner.free
                code.globals |= inner.globals
                code.locals |= inner.locals
            elif isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                value = _field_default(statement.value)
                code.attributes |= {one.id: value for one in targets if isinstance(one, ast.Name)}
        if any(path[-1] == "dataclass" for path in code.decorators):
            code.parameters = dict(code.attributes)
    inside = [one for atom in code.atoms for one in (atom.code.atoms if atom.code else [atom])]
    code.trains = any(one.role in (roles.TRAIN, roles.UPDATE) for one in inside)
    return code


def _take(code: Code, body: Sequence[ast.stmt]) -> None:
    reader = _Reader()
    reader.body(body, -1, -1, False)
    reader.settle()
    code.atoms = [atom for atom in reader.atoms if not atom.inert]
    # The indices of heads are of the whole list; nobody asks for them in here, but for whether there is one.
    code.globals = reader.globals
    bound = {name for atom in reader.atoms for name in (*atom.binds, *atom.bumps, *atom.imports)}
    code.locals = (bound | set(code.parameters)) - code.globals
    for atom in code.atoms:
        code.free |= atom.uses
        if atom.code is not None:
            code.free |= atom.code.free
    code.free = (code.free | code.globals) - code.locals


def _shifted(atoms: list[Atom], by: int) -> list[Atom]:
    for atom in atoms:
        atom.loop += by if atom.loop >= 0 else 0
    return atoms


def _field_default(node: ast.expr) -> Term:
    """The default of a field of a dataclass: a literal, ``field(default=…)`` or a factory of a literal."""
    if isinstance(node, ast.Call) and callee(node)[-1] in ("field", "Field"):
        for keyword in node.keywords:
            if keyword.arg == "default":
                return term(keyword.value)
            if keyword.arg == "default_factory" and isinstance(keyword.value, ast.Lambda):
                return term(keyword.value.body)
        return UNKNOWN
    return term(node)


def _is_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and dotted(test.left) == ("__name__",)
