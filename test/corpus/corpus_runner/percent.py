"""Notebooks in percent format: Python files whose cells begin with ``# %%``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat

_MARKER = re.compile(r"# %%(?!\S)\s*(\[markdown\])?\s*(?:tags=(\[.*\]))?\s*$")
# A magic or a shell line stands in a comment, so that the file is Python.
_MAGIC = re.compile(r"# (%%?[A-Za-z]|!)")


def read(path: Path) -> Any:
    """The notebook of a file: its cells in order, without what stands before the first marker.

    Raises:
        OSError: the file cannot be read.
        ValueError: it has no cell of code.
    """
    notebook = nbformat.v4.new_notebook()
    lines: list[str] | None = None
    kind, tags = "", ""
    for line in [*path.read_text(encoding="utf-8").split("\n"), "# %%"]:
        marker = _MARKER.match(line)
        if marker is None:
            if lines is not None:
                lines.append(line)
            continue
        if lines is not None:
            notebook.cells.append(_cell(kind, tags, lines))
        kind, tags = marker[1] or "", marker[2] or ""
        lines = []
    if not any(cell.cell_type == "code" for cell in notebook.cells):
        raise ValueError(f"{path.name} has no cell of code.")
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    return notebook


def _cell(kind: str, tags: str, lines: list[str]) -> Any:
    if kind:
        text = "\n".join(re.sub("^# ?", "", line) for line in lines).strip("\n")
        return nbformat.v4.new_markdown_cell(text)
    text = "\n".join(line[2:] if _MAGIC.match(line) else line for line in lines).strip("\n")
    metadata = {"tags": re.findall(r'"([^"]+)"', tags)} if tags else {}
    return nbformat.v4.new_code_cell(text, metadata=metadata)
