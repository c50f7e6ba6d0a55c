"""Reads simple statements and expressions into an atom: names, calls, and what is bound."""

from __future__ import annotations

import ast

from . import roles
from .atoms import Atom, Call
from .terms import UNKNOWN, Named, Term, callee, dotted, term

_ARRAYS = frozenset({"array", "asarray", "tensor", "Tensor", "DataFrame", "Series", "constant"})


def simple(atom: Atom, node: ast.stmt) -> None:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        atom.imports = _imports(node)
        atom.binds.update(dict.fromkeys(atom.imports, UNKNOWN))
    elif isinstance(node, ast.Assign):
        value = term(node.value)
        for target in node.targets:
            bind(target, value, atom, node.value)
        scan(node.value, atom)
        roles.note_update(atom, node.targets, node.value)
    elif isinstance(node, ast.AnnAssign):
        if node.value is not None:
            bind(node.target, term(node.value), atom)
            scan(node.value, atom)
    elif isinstance(node, ast.AugAssign):
        _bump(node.target, atom, node.value)
        scan(node.value, atom)
        roles.note_augmented(atom, node)
    elif isinstance(node, ast.Expr):
        scan(node.value, atom)
        inner = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(inner, ast.Call):
            _note_changed(atom, inner)
    else:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                scan(child, atom)


def _note_changed(atom: Atom, node: ast.Call) -> None:
    """A call for its effect may change the object that it is a method of, and what it is given."""
    owner: ast.expr = node.func
    while isinstance(owner, (ast.Attribute, ast.Subscript, ast.Call)):
        owner = owner.func if isinstance(owner, ast.Call) else owner.value
        if isinstance(owner, ast.Name):
            atom.weak.add(owner.id)
    if isinstance(node.func, ast.Name):
        atom.handed = {one.id for one in node.args if isinstance(one, ast.Name)}
        atom.weak |= atom.handed


def bind(target: ast.expr, value: Term, atom: Atom, source: ast.expr | None = None) -> None:
    if isinstance(target, ast.Name):
        atom.binds[target.id] = value
    elif isinstance(target, (ast.Tuple, ast.List)):
        parts = source.elts if isinstance(source, (ast.Tuple, ast.List)) else []
        same = len(parts) == len(target.elts)
        for index, one in enumerate(target.elts):
            inner = one.value if isinstance(one, ast.Starred) else one
            bind(inner, term(parts[index]) if same else UNKNOWN, atom)
    elif isinstance(target, (ast.Attribute, ast.Subscript)):
        path = dotted(target)
        if path:
            atom.sets[path] = value
        _bump(target, atom, source)


def _bump(target: ast.expr, atom: Atom, source: ast.expr | None) -> None:
    if isinstance(target, ast.Name):
        atom.bumps.add(target.id)
        atom.uses.add(target.id)
        return
    owner: ast.expr = target
    while isinstance(owner, (ast.Attribute, ast.Subscript)):
        if isinstance(owner, ast.Subscript):
            scan(owner.slice, atom)
        owner = owner.value
    if isinstance(owner, ast.Name):
        atom.weak.add(owner.id)
        atom.uses.add(owner.id)
        atom.put.add(owner.id)
        inside = ast.walk(source) if source is not None else ()
        if not any(isinstance(one, ast.Name) and one.id == owner.id for one in inside):
            atom.stored.add(owner.id)


def _imports(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    if isinstance(node, ast.Import):
        tops = {one.asname or one.name.partition(".")[0]: one for one in node.names}
        return {name: one.name if one.asname else name for name, one in tops.items()}
    module = "." * node.level + (node.module or "")
    return {one.asname or one.name: f"{module}.{one.name}" for one in node.names}


def scan(node: ast.AST, atom: Atom, hidden: frozenset[str] = frozenset()) -> None:
    """Notes the names, calls and indices of an expression, in the order of the source."""
    if isinstance(node, ast.Name):
        if node.id not in hidden:
            atom.uses.add(node.id)
        return
    if isinstance(node, ast.Constant):
        return
    if isinstance(node, ast.Lambda):
        hidden |= set(parameters(node.args))
    elif isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
        hidden |= {
            one.id for part in node.generators for one in ast.walk(part.target) if isinstance(one, ast.Name)
        }
    elif isinstance(node, ast.NamedExpr):
        bind(node.target, term(node.value), atom)
    elif isinstance(node, ast.Call):
        _note_call(node, atom)
    elif isinstance(node, ast.Subscript):
        keys = node.slice.elts if isinstance(node.slice, (ast.Tuple, ast.List)) else [node.slice]
        atom.columns |= {one.id for one in keys if isinstance(one, ast.Name)}
    for child in ast.iter_child_nodes(node):
        scan(child, atom, hidden)


def _note_call(node: ast.Call, atom: Atom) -> None:
    positional = tuple(UNKNOWN if isinstance(one, ast.Starred) else term(one) for one in node.args)
    keywords = {one.arg: term(one.value) for one in node.keywords if one.arg is not None}
    spread = [dotted(one.value) for one in node.keywords if one.arg is None]
    path = callee(node)
    atom.calls.append(Call(path, positional, keywords, tuple(one[0] for one in spread if one), node.lineno))
    if path[-1] in _ARRAYS:
        atom.arrays |= {one.path[0] for one in positional[:1] if isinstance(one, Named)}
    if path[-1] in ("drop", "groupby", "sort_values", "set_index", "merge"):
        given = [*positional, *(value for key, value in keywords.items() if key in ("columns", "by", "on"))]
        atom.columns |= {one.path[0] for one in given if isinstance(one, Named)}


def parameters(arguments: ast.arguments) -> dict[str, Term | None]:
    """The parameters of a function in order, with their defaults."""
    names = [one.arg for one in [*arguments.posonlyargs, *arguments.args]]
    defaults: list[Term | None] = [None] * (len(names) - len(arguments.defaults))
    defaults += [term(one) for one in arguments.defaults]
    found = dict(zip(names, defaults))
    for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        found[one.arg] = None if default is None else term(default)
    return found
