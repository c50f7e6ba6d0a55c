"""What is kept of the statements of a cell, and of its functions and classes, when their trees are gone."""

from __future__ import annotations

from typing import Any, NamedTuple, Optional

from .terms import Term


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
        "arrays", "binds", "bumps", "calls", "code", "columns", "count", "handed", "header", "imports",
        "inert", "is_head", "line", "loop", "maybe", "parts", "put", "repeats", "role", "sets", "stored",
        "swept", "uses", "weak",
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
        self.put: set[str] = set()
        """Names of what something is stored in, under a key or an attribute."""
        self.stored: set[str] = set()
        """Those of them that the statement does not read besides."""
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
        self.swept: tuple[str, list[Any]] | None = None
        """Of a loop over a literal list: the name, and the values it takes one after the other."""
        self.parts: tuple[str, str] | None = None
        """Of a loop over the parts of an object: their name, and that of the object."""
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
        "atoms", "attributes", "bases", "decorators", "free", "globals", "is_class", "locals", "methods",
        "name", "parameters", "trains",
    )  # fmt: skip

    def __init__(self, name: str, is_class: bool) -> None:
        self.name = name
        self.is_class = is_class
        self.trains = False
        """Whether something in it trains, not counting what it calls."""
        self.methods: dict[str, Code] = {}
        self.parameters: dict[str, Term | None] = {}
        """Its parameters in order, without ``self``, with their defaults."""
        self.atoms: list[Atom] = []
        self.attributes: dict[str, Term] = {}
        self.bases: list[tuple[str, ...]] = []
        self.decorators: list[tuple[str, ...]] = []
        self.free: set[str] = set()
        self.globals: set[str] = set()
        self.locals: set[str] = set()
