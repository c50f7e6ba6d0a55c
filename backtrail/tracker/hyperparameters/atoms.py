"""A cell or the body of a function as its simplest statements: what each binds, changes, uses and calls."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Optional

from . import roles
from .terms import UNKNOWN, Named, Plain, Term, callee, dotted, fold, term

_ARRAYS = frozenset(
    {"array", "asarray", "tensor", "Tensor", "DataFrame", "Series", "constant", "FloatTensor"}
)
_PROGRESS = frozenset({"tqdm", "tqdm_notebook", "trange", "tnrange", "track", "progress_bar", "enumerate"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.ClassDef)


class Call(NamedTuple):
    """One call in the source: ``callee`` by its names, ("", "fit") for a method of an expression."""

    callee: tuple[str, ...]
    positional: tuple[Term, ...]
    keywords: dict[str, Term]
    spread: tuple[str, ...]
    """The names that are given as ``**name``."""
    line: int


class Atom:
    """A simple statement, or the head of a compound one, without its tree."""

    __slots__ = (
        "arrays", "binds", "bumps", "calls", "code", "columns", "count", "handed", "header", "imports", "inert", "is_head", "line",
        "loop", "maybe", "repeats", "role", "sets", "uses", "weak",
    )  # fmt: skip

    def __init__(self, line: int, header: int, loop: int, maybe: bool) -> None:
        self.line = line
        self.header = header
        """The index of the atom that decides whether this one is executed, -1 for none."""
        self.loop = loop
        """The index of the head of the outermost loop around this one, -1 for none."""
        self.maybe = maybe
        """Executed on a condition only, so that what was bound before may be bound still."""
        self.binds: dict[str, Term] = {}
        self.bumps: set[str] = set()
        """Names that are given a new value from their old one."""
        self.sets: dict[tuple[str, ...], Term] = {}
        """What is stored under attributes and constant keys."""
        self.weak: set[str] = set()
        """Names whose value may be changed in place."""
        self.uses: set[str] = set()
        self.calls: list[Call] = []
        self.columns: set[str] = set()
        """Names that are used as an index, as the names of columns are."""
        self.arrays: set[str] = set()
        """Names that arrays and tables are made of: data."""
        self.imports: dict[str, str] = {}
        self.code: Optional[Code] = None  # noqa: UP045 - as in the slots' types
        self.count: tuple[str, int] | None = None
        """Of a loop over a literal range: the name that counts, and how often."""
        self.is_head = False
        """The head of a loop."""
        self.handed: set[str] = set()
        """Names that a function is called for its effect on."""
        self.repeats = False
        """The head of a loop that says that it iterates: over epochs, generations, episodes."""
        self.role = ""
        self.inert = False


class Code:
    """A function, or a class with its methods' atoms together."""

    __slots__ = (
        "atoms", "attributes", "bases", "decorators", "free", "globals", "is_class", "locals", "name",
        "parameters",
    )  # fmt: skip

    def __init__(self, name: str, is_class: bool) -> None:
        self.name = name
        self.is_class = is_class
        self.parameters: dict[str, Term | None] = {}
        """Its parameters in order, without ``self``, with their defaults."""
        self.atoms: list[Atom] = []
        self.attributes: dict[str, Term] = {}
        self.bases: list[tuple[str, ...]] = []
        self.decorators: list[tuple[str, ...]] = []
        self.free: set[str] = set()
        self.globals: set[str] = set()
        self.locals: set[str] = set()


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
        index = len(self.atoms)
        atom = Atom(node.lineno, header, loop, maybe)
        if isinstance(node, (ast.Pass, ast.Global, ast.Nonlocal, ast.Break, ast.Continue, ast.Assert)):
            if isinstance(node, (ast.Global, ast.Nonlocal)):
                self.globals.update(node.names)
            return
        self.atoms.append(atom)
        if isinstance(node, _SCOPES):
            _define(atom, node)
            return
        if isinstance(node, (ast.For, ast.AsyncFor)):
            self._loop_head(atom, node)
            outer = index if loop < 0 else loop
            self.body(node.body, index, outer, maybe)
            self.body(node.orelse, header, loop, True)
        elif isinstance(node, ast.While):
            _scan(node.test, atom)
            self.body(node.body, index, index if loop < 0 else loop, maybe)
        elif isinstance(node, ast.If):
            _scan(node.test, atom)
            main = _is_main(node.test)
            self.body(node.body, header if main else index, loop, maybe or not main)
            self.body(node.orelse, index, loop, True)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                _scan(item.context_expr, atom)
                if item.optional_vars is not None:
                    _bind(item.optional_vars, UNKNOWN, atom)
            self._finish(atom, node)
            self.body(node.body, index, loop, maybe)
        elif hasattr(node, "handlers"):
            self.body(node.body, header, loop, maybe)
            for handler in node.handlers:
                self.body(handler.body, header, loop, True)
            self.body([*node.orelse, *node.finalbody], header, loop, maybe)
        elif type(node).__name__ == "Match":
            _scan(node.subject, atom)  # type: ignore[attr-defined]
            for case in node.cases:  # type: ignore[attr-defined]
                self.body(case.body, index, loop, True)
        else:
            _simple(atom, node)
            self._finish(atom, node)
            return
        if not atom.role:
            self._finish(atom, node)

    def _loop_head(self, atom: Atom, node: ast.For | ast.AsyncFor) -> None:
        _scan(node.iter, atom)
        _bind(node.target, UNKNOWN, atom)
        atom.is_head = True
        over: ast.expr = node.iter
        while isinstance(over, ast.Call) and callee(over)[-1] in _PROGRESS and over.args:
            if callee(over)[-1] in ("trange", "tnrange"):
                break
            over = over.args[0]
        if not isinstance(node.target, ast.Name):
            return
        if isinstance(over, ast.Call) and callee(over)[-1] in ("range", "trange", "tnrange"):
            bounds = [fold(one) for one in over.args]
            if all(type(bound) is int for bound in bounds) and 1 <= len(bounds) <= 3 and bounds[-1]:
                atom.count = (node.target.id, len(range(*bounds)))
            atom.repeats = any(roles.is_repeated(name) for name in (node.target.id, *atom.uses))

    def _finish(self, atom: Atom, node: ast.stmt) -> None:
        atom.role = roles.of(atom, atom.loop >= 0)
        if not atom.role and isinstance(node, ast.Expr):
            atom.inert = roles.is_inert(node.value)
        atom.inert = atom.inert or isinstance(node, (ast.Import, ast.ImportFrom, ast.Delete))


def _mark_carried(inside: list[Atom]) -> None:
    """Marks what hands a value on from one round of a loop to the next: a population, the centres of clusters."""
    fresh = {name for one in inside if one.is_head for name in one.binds}
    makers: dict[str, set[str]] = {}
    for one in inside:
        for name in (*one.binds, *one.handed):
            makers.setdefault(name, set()).update(one.uses)
    for one in inside:
        names = set(one.binds) - fresh if not one.is_head else set()
        if one.handed or any(_reaches_itself(name, makers) for name in names):
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
        _scan(one, atom)
    if not code.is_class:
        for default in [*node.args.defaults, *(one for one in node.args.kw_defaults if one is not None)]:
            _scan(default, atom)


def _code(node: Any) -> Code:
    code = Code(node.name, isinstance(node, ast.ClassDef))
    code.decorators = [
        callee(one) if isinstance(one, ast.Call) else dotted(one) or ("",) for one in node.decorator_list
    ]
    if not code.is_class:
        code.parameters = _parameters(node.args)
        _take(code, node.body)
    else:
        code.bases = [path for path in map(dotted, node.bases) if path]
        for statement in node.body:
            if isinstance(statement, _FUNCTIONS):
                inner = _code(statement)
                given = dict(list(inner.parameters.items())[1:])
                if statement.name == "__init__":
                    code.parameters = given
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


def _parameters(arguments: ast.arguments) -> dict[str, Term | None]:
    names = [one.arg for one in [*arguments.posonlyargs, *arguments.args]]
    defaults: list[Term | None] = [None] * (len(names) - len(arguments.defaults))
    defaults += [term(one) for one in arguments.defaults]
    found = dict(zip(names, defaults))
    for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        found[one.arg] = None if default is None else term(default)
    return found


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


def _simple(atom: Atom, node: ast.stmt) -> None:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        atom.imports = _imports(node)
        atom.binds.update(dict.fromkeys(atom.imports, UNKNOWN))
    elif isinstance(node, ast.Assign):
        value = term(node.value)
        for target in node.targets:
            _bind(target, value, atom, node.value)
        _scan(node.value, atom)
        roles.note_update(atom, node.targets, node.value)
    elif isinstance(node, ast.AnnAssign):
        if node.value is not None:
            _bind(node.target, term(node.value), atom)
            _scan(node.value, atom)
    elif isinstance(node, ast.AugAssign):
        _bump(node.target, atom)
        _scan(node.value, atom)
        roles.note_augmented(atom, node)
    elif isinstance(node, ast.Expr):
        _scan(node.value, atom)
        inner = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(inner, ast.Call):
            _note_changed(atom, inner)
    else:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                _scan(child, atom)


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


def _bind(target: ast.expr, value: Term, atom: Atom, source: ast.expr | None = None) -> None:
    if isinstance(target, ast.Name):
        atom.binds[target.id] = value
    elif isinstance(target, (ast.Tuple, ast.List)):
        parts = source.elts if isinstance(source, (ast.Tuple, ast.List)) else []
        same = len(parts) == len(target.elts)
        for index, one in enumerate(target.elts):
            inner = one.value if isinstance(one, ast.Starred) else one
            _bind(inner, term(parts[index]) if same else UNKNOWN, atom)
    elif isinstance(target, (ast.Attribute, ast.Subscript)):
        path = dotted(target)
        if path:
            atom.sets[path] = value
        _bump(target, atom)


def _bump(target: ast.expr, atom: Atom) -> None:
    if isinstance(target, ast.Name):
        atom.bumps.add(target.id)
        atom.uses.add(target.id)
        return
    owner: ast.expr = target
    while isinstance(owner, (ast.Attribute, ast.Subscript)):
        if isinstance(owner, ast.Subscript):
            _scan(owner.slice, atom)
        owner = owner.value
    if isinstance(owner, ast.Name):
        atom.weak.add(owner.id)
        atom.uses.add(owner.id)


def _imports(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    if isinstance(node, ast.Import):
        tops = {one.asname or one.name.partition(".")[0]: one for one in node.names}
        return {name: one.name if one.asname else name for name, one in tops.items()}
    module = "." * node.level + (node.module or "")
    return {one.asname or one.name: f"{module}.{one.name}" for one in node.names}


def _is_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and dotted(test.left) == ("__name__",)


def _scan(node: ast.AST, atom: Atom, hidden: frozenset[str] = frozenset()) -> None:
    """Notes the names, calls and indices of an expression, in the order of the source."""
    if isinstance(node, ast.Name):
        if node.id not in hidden:
            atom.uses.add(node.id)
        return
    if isinstance(node, ast.Constant):
        return
    if isinstance(node, ast.Lambda):
        hidden |= set(_parameters(node.args))
    elif isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
        hidden |= {
            one.id for part in node.generators for one in ast.walk(part.target) if isinstance(one, ast.Name)
        }
    elif isinstance(node, ast.NamedExpr):
        _bind(node.target, term(node.value), atom)
    elif isinstance(node, ast.Call):
        _note_call(node, atom)
    elif isinstance(node, ast.Subscript):
        keys = node.slice.elts if isinstance(node.slice, (ast.Tuple, ast.List)) else [node.slice]
        atom.columns |= {one.id for one in keys if isinstance(one, ast.Name)}
    for child in ast.iter_child_nodes(node):
        _scan(child, atom, hidden)


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


def is_literal(value: Term) -> bool:
    """Whether a term is a literal."""
    return isinstance(value, Plain)
