"""Cells are parsed also where IPython does not say what it makes of their magics."""

from __future__ import annotations

import ast

import pytest

from backtrail.tracker.cellcode import CellCode


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a = b", {"a", "b"}),
        ("%matplotlib inline\na = b", {"a", "b"}),
        ("!ls\na = b", {"a", "b"}),
        ("%time a = b", {"a", "b"}),
        ("%%time\na = b", {"a", "b"}),
        ("if a:\n    %cd b\n    c = 1", {"a", "c"}),
        ("print('%d of %d'\n      % (a, b))", {"print", "a", "b"}),
        ("c = a \\\n  % b", {"a", "b", "c"}),
        ("%matplotlib inline\nprint('%d'\n      % (a,))", {"print", "a"}),
        ("%%bash\nls", set()),
        ("if if", set()),
    ],
)
def test_the_names_of_a_cell(source: str, names: set[str]) -> None:
    nodes = [node for tree in CellCode(source).trees for node in ast.walk(tree)]
    assert {node.id for node in nodes if isinstance(node, ast.Name)} == names


def test_what_ipython_made_of_a_cell_goes_before_and_magics_that_run_python_are_read() -> None:
    code = CellCode("%%time\na = b", "get_ipython().run_cell_magic('time', '', 'a = b\\n')")
    assert len(code.trees) == 2
    assert code.trees is code.trees
