"""What the source of a cell says that it does with names, in the order in which it does it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from . import magics, shellwords, unknown
from .paths import called, dotted

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_HARMLESS_DECORATORS = frozenset(
    {"property", "staticmethod", "classmethod", "dataclass", "wraps", "lru_cache", "cache", "cached_property"}
    | {"contextmanager", "setter", "getter", "deleter", "abstractmethod", "overload", "total_ordering"}
)
"""They call nothing of what they decorate, or only hand it on."""


class CellNames:
    """The names of one cell. Positions count the loads and stores, in the order of the execution."""

    def __init__(self) -> None:
        self.reads: dict[str, None] = {}
        """Loaded while they may still have the value from before the cell."""
        self.loads: dict[str, int] = {}
        """Loaded at all, with the position of the last time."""
        self.sure: dict[str, int] = {}
        """Bound or deleted for sure if the cell comes to its end, with the position of the first time."""
        self.stores: set[str] = set()
        """Bound or deleted, perhaps."""
        self.patches: set[str] = set()
        """What has attributes set, by dotted names."""
        self.imports: set[str] = set()
        """The modules that are imported, by their first names."""
        self.unknown: dict[str, None] = {}
        """Why it may do more than it says."""


def read(trees: Iterable[ast.Module]) -> CellNames:
    """Reads the trees of a cell: first the cell itself, then the code of its magics."""
    found = CellNames()
    flow = _Flow(found)
    for index, tree in enumerate(trees):
        flow.tree(tree, certain=index == 0)
    return found


class _Flow:
    def __init__(self, found: CellNames) -> None:
        self._found = found
        self._sure: set[str] = set()
        """What is bound for sure by now."""
        self._certain = True
        """Whether what is read now happens whenever the cell comes to its end."""
        self._scopes: list[set[str]] = []
        """The local names around, innermost last."""
        self._position = 0

    def tree(self, tree: ast.Module, certain: bool) -> None:
        self._certain = certain
        self._body(tree.body)

    def _body(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self._visit(node)

    def _visit(self, node: ast.AST | None) -> None:
        if node is None:
            return
        method = _METHODS.get(type(node))
        if method is not None:
            method(self, node)
        else:
            for child in ast.iter_child_nodes(node):
                self._visit(child)

    def _perhaps(self, *branches: Iterable[ast.AST]) -> None:
        """Branches of which at most one is taken; what all of them bind is bound."""
        before, certain = self._sure, self._certain
        ends = []
        for branch in branches:
            self._sure, self._certain = set(before), False
            self._body(branch)
            if not _leaves(branch):
                ends.append(self._sure)
        self._certain = certain
        self._sure = set.intersection(*ends) if ends else before
        if certain:
            for name in self._sure - before:
                self._found.sure.setdefault(name, self._position)

    # Names

    def _load(self, name: str) -> None:
        self._position += 1
        if any(name in scope for scope in self._scopes):
            return
        if name not in self._sure:
            self._found.reads[name] = None
        self._found.loads[name] = self._position

    def _store(self, name: str) -> None:
        self._position += 1
        if self._scopes:
            self._scopes[-1].add(name)
            return
        self._found.stores.add(name)
        self._sure.add(name)
        if self._certain:
            self._found.sure.setdefault(name, self._position)

    def _name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._load(node.id)
        else:
            self._store(node.id)

    def _attribute(self, node: ast.Attribute) -> None:
        self._visit(node.value)
        self._not_known(unknown.reason_of_attribute(node.attr))
        if not isinstance(node.ctx, ast.Load):
            path = dotted(node.value)
            if path and not any(path[0] in scope for scope in self._scopes):
                self._found.patches.add(".".join(path))

    # Statements

    def _assign(self, node: ast.Assign) -> None:
        if isinstance(node.value, ast.Lambda) and all(isinstance(one, ast.Name) for one in node.targets):
            # Its body is not executed here.
            self._defaults(node.value.args)
        else:
            self._visit(node.value)
        self._body(node.targets)

    def _augmented(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self._load(node.target.id)
        self._visit(node.value)
        self._visit(node.target)

    def _annotated(self, node: ast.AnnAssign) -> None:
        self._visit(node.annotation)
        if node.value is not None:
            self._visit(node.value)
            self._visit(node.target)

    def _walrus(self, node: ast.NamedExpr) -> None:
        self._visit(node.value)
        if self._scopes:
            # Of a comprehension, which may have no items; in a function it is another name.
            self._found.stores.add(node.target.id)
        else:
            self._visit(node.target)

    def _either(self, node: ast.IfExp) -> None:
        self._visit(node.test)
        self._perhaps([node.body], [node.orelse])

    def _logical(self, node: ast.BoolOp) -> None:
        self._visit(node.values[0])
        self._perhaps(node.values[1:], [])

    def _for(self, node: ast.For) -> None:
        self._visit(node.iter)
        self._perhaps([node.target, *node.body], node.orelse)

    def _while(self, node: ast.While) -> None:
        self._visit(node.test)
        self._perhaps(node.body, node.orelse)

    def _if(self, node: ast.If) -> None:
        self._visit(node.test)
        self._perhaps(node.body, node.orelse)

    def _try(self, node: ast.Try) -> None:
        handlers = [[handler] for handler in node.handlers]
        self._perhaps([*node.body, *node.orelse], *handlers)
        self._body(node.finalbody)

    def _handler(self, node: ast.ExceptHandler) -> None:
        self._visit(node.type)
        if node.name:
            self._found.stores.add(node.name)
            self._sure.add(node.name)
        self._body(node.body)

    def _with(self, node: ast.With) -> None:
        swallows = False
        for item in node.items:
            self._visit(item.context_expr)
            self._visit(item.optional_vars)
            path = dotted(getattr(item.context_expr, "func", item.context_expr))
            swallows = swallows or path[-1:] in (["suppress"], ["raises"])
        if swallows:
            self._perhaps(node.body, [])
        else:
            self._body(node.body)

    def _match(self, node: Any) -> None:
        self._visit(node.subject)
        self._perhaps(*([case] for case in node.cases), [])

    def _captured(self, node: Any) -> None:
        for child in ast.iter_child_nodes(node):
            self._visit(child)
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if name:
            self._store(name)

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            top = alias.name.partition(".")[0]
            self._import_of(alias.name)
            self._store(alias.asname or top)

    def _import_from(self, node: ast.ImportFrom) -> None:
        self._import_of(node.module or "")
        for alias in node.names:
            if alias.name == "*":
                self._found.unknown["star import"] = None
            else:
                self._store(alias.asname or alias.name)

    def _import_of(self, module: str) -> None:
        self._found.imports.add(module.partition(".")[0])
        self._not_known(unknown.reason_of_import(module))

    def _delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self._visit(target)

    # Scopes

    def _function(self, node: Any) -> None:
        self._body(node.decorator_list)
        self._defaults(node.args)
        for argument in _arguments(node.args):
            self._visit(argument.annotation)
        self._visit(node.returns)
        if any(called(one) not in _HARMLESS_DECORATORS for one in node.decorator_list):
            self._inside(node.args, node.body)
        self._store(node.name)

    def _lambda(self, node: ast.Lambda) -> None:
        self._defaults(node.args)
        self._inside(node.args, [node.body])

    def _inside(self, arguments: ast.arguments, body: Iterable[ast.AST]) -> None:
        """The body of a function that may be called by whom it is given to."""
        self._scopes.append({one.arg for one in _arguments(arguments)} | _bound_in(body))
        certain, self._certain = self._certain, False
        self._body(body)
        self._certain = certain
        self._scopes.pop()

    def _defaults(self, arguments: ast.arguments) -> None:
        self._body(arguments.defaults)
        self._body(one for one in arguments.kw_defaults if one is not None)

    def _class(self, node: ast.ClassDef) -> None:
        self._body(node.decorator_list)
        self._body(node.bases)
        self._body(keyword.value for keyword in node.keywords)
        self._scopes.append(set())
        self._body(node.body)
        self._scopes.pop()
        self._store(node.name)

    def _comprehension(self, node: Any) -> None:
        self._visit(node.generators[0].iter)
        self._scopes.append(set())
        for index, generator in enumerate(node.generators):
            if index:
                self._visit(generator.iter)
            self._visit(generator.target)
            self._body(generator.ifs)
        parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        self._body(parts)
        self._scopes.pop()

    # Calls

    def _call(self, node: ast.Call) -> None:
        path = dotted(node.func)
        # IPython's own calls, which magics and shell lines became.
        if isinstance(node.func, ast.Attribute) and _is_shell(node.func.value):
            self._not_known(magics.way_in(node))
            told = magics.read(node)
            if told is not None:
                for name in shellwords.names(told.text):
                    self._load(name)
                self._found.unknown.update(dict.fromkeys(told.unknown))
                self._found.imports.update([told.library] if told.library else [])
                return
        self._not_known(unknown.reason_of_call(node, path))
        if path in (["setattr"], ["delattr"]) and node.args and dotted(node.args[0]):
            self._found.patches.add(".".join(dotted(node.args[0])))
        if path[-1:] == ["reload"] and node.args and dotted(node.args[0]):
            self._found.patches.add(".".join(dotted(node.args[0])))
        for tree in _constant_code(node, path):
            self._body(tree.body)
        for child in ast.iter_child_nodes(node):
            self._visit(child)

    def _not_known(self, reason: str | None) -> None:
        if reason is not None:
            self._found.unknown[reason] = None


def _is_shell(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and called(node) == "get_ipython"


def _constant_code(node: ast.Call, path: list[str]) -> list[ast.Module]:
    """What ``exec("…")`` executes, where it is written there."""
    if path not in (["exec"], ["eval"]) or len(node.args) != 1 or node.keywords:
        return []
    argument = node.args[0]
    if not isinstance(argument, ast.Constant) or type(argument.value) is not str:
        return []
    try:
        return [ast.parse(argument.value)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _arguments(node: ast.arguments) -> list[ast.arg]:
    some = [one for one in (node.vararg, node.kwarg) if one is not None]
    return [*node.posonlyargs, *node.args, *node.kwonlyargs, *some]


def _bound_in(body: Iterable[ast.AST]) -> set[str]:
    """The local names of a function's body."""
    bound: set[str] = set()
    outside: set[str] = set()
    for top in body:
        for node in ast.walk(top):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                bound.add(node.id)
            elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
                bound.add(node.name)
            elif isinstance(node, ast.alias):
                bound.add(node.asname or node.name.partition(".")[0])
            elif isinstance(node, ast.Global):
                outside.update(node.names)
    return bound - outside


def _leaves(branch: Iterable[ast.AST]) -> bool:
    """Whether a branch never comes to its end."""
    last = next(reversed(list(branch)), None)
    if isinstance(last, ast.ExceptHandler):
        return _leaves(last.body)
    return isinstance(last, (ast.Raise, ast.Return, ast.Continue, ast.Break))


_METHODS: dict[type, Any] = {
    ast.Name: _Flow._name,
    ast.Attribute: _Flow._attribute,
    ast.Assign: _Flow._assign,
    ast.AugAssign: _Flow._augmented,
    ast.AnnAssign: _Flow._annotated,
    ast.NamedExpr: _Flow._walrus,
    ast.For: _Flow._for,
    ast.AsyncFor: _Flow._for,
    ast.While: _Flow._while,
    ast.If: _Flow._if,
    ast.Try: _Flow._try,
    ast.ExceptHandler: _Flow._handler,
    ast.With: _Flow._with,
    ast.AsyncWith: _Flow._with,
    ast.Import: _Flow._import,
    ast.ImportFrom: _Flow._import_from,
    ast.Delete: _Flow._delete,
    ast.FunctionDef: _Flow._function,
    ast.AsyncFunctionDef: _Flow._function,
    ast.Lambda: _Flow._lambda,
    ast.ClassDef: _Flow._class,
    ast.ListComp: _Flow._comprehension,
    ast.SetComp: _Flow._comprehension,
    ast.DictComp: _Flow._comprehension,
    ast.GeneratorExp: _Flow._comprehension,
    ast.Call: _Flow._call,
    ast.IfExp: _Flow._either,
    ast.BoolOp: _Flow._logical,
}
for _name, _method in (
    ("TryStar", _Flow._try),
    ("Match", _Flow._match),
    ("MatchAs", _Flow._captured),
    ("MatchStar", _Flow._captured),
    ("MatchMapping", _Flow._captured),
):
    if hasattr(ast, _name):
        _METHODS[getattr(ast, _name)] = _method
