"""The calls that print, in the code of a cell: which name belongs to which number of what they print."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..cellcode import CellCode
from . import pieces
from .printcalls import number_lists, printing
from .quantities import given_by_functions
from .template import Template
from .whose import PART

_MOST_TEMPLATES = 200
_MAY_DEFINE = re.compile(r"\b(?:def|class)\b|= ?[\[(]")
"""What later cells may call, or go through value by value."""
_DEFINE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LONGEST_HEADING = 100


class _Understood(NamedTuple):
    """The call that prints a line: its place in the cell, -1 for one in a function, and what it names."""

    place: int
    names: Sequence[str | None]
    template: Template


class Calls:
    """The calls that print, of the present cell and of the functions that cells before it defined."""

    def __init__(self) -> None:
        self._unread: list[CellCode] = []
        """Cells that began, the present one last; they are read when there is a line to understand."""
        self._own: list[Template] = []
        self._functions: list[Template] = []
        self._last = -1
        self._by_form: dict[tuple[str, ...], list[_Understood]] = {}
        self._heading: tuple[str, Template] | None = None
        """The name of a row that was printed as a heading, and the call that did."""
        self._again: frozenset[str] = frozenset()
        """The texts that several calls of the cell print."""
        self._lists: set[str] = set()
        """Names that stand for lists of written numbers."""

    def begin(self, code: CellCode) -> None:
        """Another cell prints."""
        self._heading = None
        last = self._unread[-1] if self._unread else None
        if last is not None and not _MAY_DEFINE.search(last.source):
            # It defined nothing that the next ones may call.
            self._unread.pop()
        self._unread.append(code)

    def _read(self, trees: Iterable[ast.Module]) -> None:
        self._own, self._last = [], -1
        self._by_form.clear()
        defined: list[Template] = []
        for tree in trees:
            given = given_by_functions(tree)
            for statement in tree.body:
                self._lists |= number_lists(statement)
                templates = printing(statement, given, self._lists)
                self._own += templates
                if isinstance(statement, _DEFINE):
                    defined += templates
        self._functions = [*defined, *self._functions][:_MOST_TEMPLATES]
        texts = [template.literal for template in self._own if template.scope == 0]
        self._again = frozenset(text for text in texts if texts.count(text) > 1)

    def names(self, line: str) -> Sequence[str | None]:
        """A name, or None, for each number of ``line``; none where no call is known that prints such a line.

        Of several calls it is the one with the most text, then the next after the one that printed before.
        """
        form, numbers = pieces.split(line)
        if not numbers and (len(line) > _LONGEST_HEADING or not line.strip()):
            return ()
        while self._unread:
            self._read(self._unread.pop(0).trees)
        if not numbers:
            self._head(line)
            return ()
        found = self._by_form.get(form)
        if found is None:
            if len(self._by_form) > _MOST_TEMPLATES:
                self._by_form.clear()
            found = self._by_form[form] = self._search(line)
        if not found:
            return ()
        one = next((one for one in found if one.place > self._last), found[0])
        self._last = one.place
        row = self._headed(one.template)
        if not row:
            return one.names
        return [name if name == PART or "/" in (name or "") else f"{name or ''}//{row}" for name in one.names]

    def _head(self, line: str) -> None:
        """Notes the row that a line is the heading of."""
        for template in (*self._own, *self._functions):
            row = template.heads(line)
            if row:
                self._heading = row, template
                return

    def _headed(self, template: Template) -> str:
        """The row that a line of this form is of, by the heading above it.

        They stand in one loop or function, or the cell has several headings with the same lines under each.
        """
        if self._heading is None:
            return ""
        row, heading = self._heading
        if heading.scope != template.scope:
            return ""
        if heading.scope or not heading.is_title:
            return row if heading.scope else ""
        several = sum(one.is_title and one.scope == 0 for one in self._own) > 1
        return row if several and template.literal in self._again else ""

    def _search(self, line: str) -> list[_Understood]:
        best: list[_Understood] = []
        text = -1
        for templates, first in ((self._own, 0), (self._functions, -1)):
            for index, template in enumerate(templates):
                names = template.names(line) if template.text >= text else None
                if names is not None:
                    if template.text > text:
                        best, text = [], template.text
                    best.append(_Understood(index if first == 0 else -1, names, template))
            if best:
                break
        return best
