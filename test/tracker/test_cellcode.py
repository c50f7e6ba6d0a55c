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
        ("%timeit -n 1 -r3 -q f(a)", {"f", "a"}),
        ("%prun -l 5 -s cumtime f(-a)", {"f", "a"}),
        ("%time -x", {"x"}),
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


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("timeit", "-n 1 -r 1 f(a)"), {"f", "a"}),
        (("timeit", "-n10 -o -q f(a)"), {"f", "a"}),
        (("time", "-x * a"), {"x", "a"}),
        (("timeit", "-n 5 b = a", "f(b)"), {"f", "a", "b"}),
        (("prun", "-r -l 10 f(a)"), {"f", "a"}),
        (("time", "--no-raise-error f(a)"), {"f", "a"}),
        (("capture", "--no-stderr out", "f(a)"), {"f", "a"}),
    ],
)
def test_the_options_of_a_magic_are_no_code_of_it(words: tuple[str, ...], names: set[str]) -> None:
    kind = "run_cell_magic" if len(words) == 3 else "run_line_magic"
    call = f"get_ipython().{kind}({', '.join(map(repr, words))})"
    nodes = [node for tree in CellCode("%x", call).trees for node in ast.walk(tree)]
    assert {node.id for node in nodes if isinstance(node, ast.Name)} == names | {"get_ipython"}


def test_what_ipython_made_of_a_cell_goes_before_and_magics_that_run_python_are_read() -> None:
    code = CellCode("%%time\na = b", "get_ipython().run_cell_magic('time', '', 'a = b\\n')")
    assert len(code.trees) == 2
    assert code.trees is code.trees
