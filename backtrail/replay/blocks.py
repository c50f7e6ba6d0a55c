"""The cells of an exported script.

A script has a head, and then one block for each cell, which begins with a comment ``# %% [n]``.
"""

from __future__ import annotations
import __future__

import ast
import io
import re
import tokenize
from typing import NamedTuple

_TITLE = re.compile(r"# %% \[(.+)\]\s*$")
_OTHER = re.compile(r"# %%")

BEFORE = frozenset({"restore", "entropy", "keep", "inputs", "reload"})
"""What a script does for a cell before it begins."""

AFTER = frozenset({"close_figures", "meanwhile"})
"""What a script does once a cell has ended."""


_SHOWS = frozenset({"show", "show_numbered"})


class Block(NamedTuple):
    """One cell: ``label`` is its number in the notebook, ``line`` where ``source`` begins in the script."""

    label: str
    line: int
    source: str


class Steps(NamedTuple):
    """What is to be executed for a block: for it, of the cell itself, and after it.

    ``source`` is the cell as the notebook had it, where the script holds it as a text.
    """

    before: ast.Module
    cell: ast.Module
    after: ast.Module
    source: str


class Script(NamedTuple):
    """A script in its parts; ``helper`` is the name of the class with its own functions, or empty, and
    ``flags`` what its imports from the future tell the compiler."""

    head: str
    blocks: list[Block]
    helper: str
    flags: int


def split(text: str) -> Script:
    """Splits a script.

    Raises:
        SyntaxError: it is no Python.
    """
    starts: list[tuple[int, str | None]] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and token.start[1] == 0 and _OTHER.match(token.string):
                title = _TITLE.match(token.string)
                starts.append((token.start[0], title.group(1) if title else None))
    except tokenize.TokenError as error:
        raise SyntaxError(str(error)) from error
    lines = text.splitlines(keepends=True)
    ends = [line for line, _ in starts[1:]] + [len(lines) + 1]
    blocks = [
        Block(label, line, "".join(lines[line - 1 : end - 1]))
        for (line, label), end in zip(starts, ends)
        if label is not None
    ]
    head = "".join(lines[: starts[0][0] - 1] if starts else lines)
    return Script(head, blocks, _helper(head), _flags(head))


def steps(block: Block, helper: str) -> Steps:
    """What to execute for a block. Lines are numbered as in the script.

    Raises:
        SyntaxError: it is no Python.
    """
    tree = ast.parse(block.source)
    ast.increment_lineno(tree, block.line - 1)
    body = tree.body
    first = 0
    while first < len(body) and _call(body[first], helper) in BEFORE:
        first += 1
    last = len(body)
    while last > first and _call(body[last - 1], helper) in AFTER:
        last -= 1
    source = block.source
    if last - first == 1 and _call(body[first], helper) == "loop":
        source = _text_of(body[first]) or source
    if last > first and _call(body[last - 1], helper) in _SHOWS:
        source = _shown(source, body[last - 1], block.line)
    before, cell, after = (ast.Module(part, []) for part in (body[:first], body[first:last], body[last:]))
    return Steps(before, cell, after, source)


def _helper(head: str) -> str:
    doc = "What the notebook did around the cells."
    found = re.search(rf'^class (_nb_*):\n    """{re.escape(doc)}"""', head, re.MULTILINE)
    return found.group(1) if found else ""


def _flags(head: str) -> int:
    found = 0
    for statement in ast.parse(head).body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for name in statement.names:
                found |= getattr(__future__, name.name).compiler_flag
    return found


def _call(statement: ast.stmt, helper: str) -> str:
    """The function of the helper that a statement calls, or an empty text."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return ""
    callee = statement.value.func
    if isinstance(callee, ast.Attribute) and isinstance(callee.value, ast.Name) and callee.value.id == helper:
        return callee.attr
    return ""


def _text_of(statement: ast.stmt) -> str:
    call = statement.value if isinstance(statement, ast.Expr) else None
    last = call.args[-1] if isinstance(call, ast.Call) and call.args else None
    return last.value if isinstance(last, ast.Constant) and isinstance(last.value, str) else ""


def _shown(source: str, statement: ast.stmt, line: int) -> str:
    """The cell with its last expression as the notebook had it: without the call that shows it."""
    value = (
        statement.value.args[0]
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
        else None
    )
    lines = source.splitlines(keepends=True)
    start = statement.lineno - line
    text = value and ast.get_source_segment("\n" * (line - 1) + source, value)
    if not text or statement.end_lineno is None or statement.col_offset:
        return source
    return "".join([*lines[:start], text, "\n", *lines[statement.end_lineno - line + 1 :]])
