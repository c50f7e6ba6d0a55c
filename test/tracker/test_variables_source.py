"""What the source of a cell says that it does with names."""

from __future__ import annotations

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from backtrail.tracker.cellcode import CellCode
from backtrail.tracker.variables import harmless, shellwords, source
from backtrail.tracker.variables.flow import CellNames


def read(text: str) -> CellNames:
    """As IPython hands a cell over."""
    return source.read(CellCode(text, TransformerManager().transform_cell(text)).trees)


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("x = 1\nprint(x, y)", {"print", "y"}),
        ("x = x + 1", {"x"}),
        ("x += 1", {"x"}),
        ("a.b[c] = d", {"a", "c", "d"}),
        ("if p:\n  b = 1\nelse:\n  b = 2\nb", {"p"}),
        ("if p:\n  b = 1\nb", {"p", "b"}),
        ("if p:\n  b = 1\nelse:\n  raise E\nb", {"p", "E"}),
        ("for i in items:\n  s = i\ns", {"items", "s"}),
        ("for i in items:\n  s = s + i", {"items", "s"}),
        ("while p:\n  q = 1\nq", {"p", "q"}),
        ("try:\n  import m\nexcept ImportError:\n  m = None\nm", {"ImportError"}),
        ("try:\n  v = f()\nfinally:\n  w = 1\nv, w", {"f"}),
        ("with open(p) as h:\n  d = h.read()\nd", {"open", "p"}),
        ("with contextlib.suppress(E):\n  d = 1\nd", {"contextlib", "E", "d"}),
        ("[q for q in b if q > k]", {"b", "k"}),
        ("{k: w for k, v in b for w in v}", {"b"}),
        ("sorted(a, key=lambda r: r[w])", {"sorted", "a", "w"}),
        ("f = lambda v: v * scale", set()),
        ("def f(x, y=d):\n  return g(x)", {"d"}),
        ("@cache\ndef f(x):\n  return g(x)", {"cache"}),
        ("@jit\ndef f(x):\n  y = 1\n  return g(x) + y", {"jit", "g"}),
        ("class A(B):\n  z = 3\n  w = z + q\n  def m(self): return r", {"B", "q"}),
        ("a and (n := 5)\nn", {"a", "n"}),
        ("(n := 5)\nn", set()),
        ("del x", set()),
        ("x: int = 3\ny: int", {"int"}),
        ("f'{a} {b:{c}}'", {"a", "b", "c"}),
        ("import numpy as np\nnp.random.rand()", set()),
        ("await f(x)", {"f", "x"}),
        ("match v:\n  case [a, *b] if t:\n    a, b", {"v", "t"}),
        ("exec('p = o')", {"exec", "o"}),
        ("%time y = f(x)", {"f", "x"}),
        ("%%time\ny = f(x)\ny", {"f", "x"}),
        ("!echo {name} $other {len(more)} {{no}} $$no", {"name", "other", "len", "more"}),
        ("files = !ls {folder}", {"folder"}),
        ("%cd {where}", {"where"}),
        ("%%bash\necho $x", set()),
    ],
)
def test_reads_are_what_may_still_have_the_value_from_before(text: str, reads: set[str]) -> None:
    assert set(read(text).reads) == reads


@pytest.mark.parametrize(
    ("text", "sure", "perhaps"),
    [
        ("x = y = 1\n(a, [b, *c]) = z", {"x", "y", "a", "b", "c"}, set()),
        ("import a.b, c as d\nfrom e import f as g", {"a", "d", "g"}, set()),
        ("if p:\n  b = 1\n  c = 1\nelse:\n  b = 2", {"b"}, {"c"}),
        ("for i in r:\n  s = i", set(), {"i", "s"}),
        ("def f(): x = 1\nclass A: y = 2", {"f", "A"}, set()),
        ("del x", {"x"}, set()),
        ("[w := q for q in b]", set(), {"w"}),
        ("%%timeit\nx = 1", set(), {"x"}),
        ("out = !ls", {"out"}, set()),
    ],
)
def test_what_is_bound_for_sure_is_told_from_what_is_bound_perhaps(
    text: str, sure: set[str], perhaps: set[str]
) -> None:
    found = read(text)
    assert set(found.sure) == sure
    assert found.stores - set(found.sure) == perhaps


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("exec(code)", ["exec"]),
        ("eval('x + 1')", []),
        ("globals()['x'] = 1", ["globals()"]),
        ("vars()\nvars(x)", ["vars()"]),
        ("from m import *", ["star import"]),
        ("import ctypes", ["ctypes"]),
        ("import inspect\ninspect.currentframe().f_back", ["currentframe"]),
        ("get_ipython().user_ns['x']", ["user_ns"]),
        ("get_ipython().push({'x': 1})", ["get_ipython().push"]),
        ("%%weird\nx", ["unknown magic %weird"]),
        ("%run -i script.py", ["%run"]),
        ("%run script.py\n%matplotlib inline\n%pip list\n!ls", []),
        ("%load_ext autoreload\n%autoreload 2", ["%autoreload"]),
        ("torch.exec(x); model.eval(); df.eval('a')", []),
    ],
)
def test_ways_that_cannot_be_followed_are_named(text: str, reasons: list[str]) -> None:
    assert list(read(text).unknown) == reasons


def test_attributes_that_are_set_are_told_with_their_path() -> None:
    text = "np.random.x = 1\nsetattr(np, 'y', 2)\ndel a.b\nself.c += 1\nimportlib.reload(m.n)\nf().x = 1"
    assert read(text).patches == {"np.random", "np", "a", "self", "m.n"}


def test_names_in_shell_lines_are_found_in_every_way_of_writing_them() -> None:
    assert shellwords.names("cp {src!r} $dst/{n:03d} ${HOME} $a.b.c {d['k']} {}") == [
        "src",
        "dst",
        "n",
        "HOME",
        "a",
        "d",
    ]


@pytest.mark.parametrize(
    ("text", "touched"),
    [
        ("a.sum(); a.shape; print(a); a + 1; -a; a > 2; x[a]; f'{a}'; a", False),
        ("b = np.mean(a) + a.mean(axis=0)", False),
        ("model.fit(a)", False),
        ("np.add(a, 1, out=a)", True),
        ("np.random.shuffle(a)", True),
        ("a.sort()", True),
        ("a[0] = 1", True),
        ("a += 1", True),
        ("a.attr = 1", True),
        ("anything(a)", True),
        ("other.method(a)", True),
        ("[row for row in a]", True),
        ("b = a[1:]", False),
        ("for row in a:\n  print(row)", False),
        ("q = {'k': a}", True),
    ],
)
def test_uses_that_leave_an_array_as_it_is_are_known(text: str, touched: bool) -> None:
    import numpy as np  # noqa: PLC0415
    from sklearn.linear_model import LinearRegression  # noqa: PLC0415

    namespace = {"a": np.zeros(3), "np": np, "model": LinearRegression(), "other": [], "x": {}}
    found = harmless.read(CellCode(text, text).trees, namespace)
    assert ("a" in found.names) == touched
    if "b = a[1:]" in text:
        assert found.views == {("b", "a")}
