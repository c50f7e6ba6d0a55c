"""What executions did to the names of a notebook, as the log has it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from backtrail.tracker.cellcode import CellCode
from backtrail.tracker.executions import Execution
from backtrail.tracker.outcome import FINISHED, Outcome
from backtrail.tracker.variables import examination, observer
from backtrail.tracker.variables.fingerprint.clock import clock
from backtrail.tracker.variables.observer import Variables
from test.tracker.conftest import Recorded


class Notebook:
    """Executes cells in one namespace, as a shell does, and hands them to the observer."""

    def __init__(self, recorded: Recorded) -> None:
        self.namespace: dict[str, Any] = {"__name__": "__main__", "In": [], "Out": {}}
        self._recorded = recorded
        self._n = 0
        shell = SimpleNamespace(user_ns=self.namespace, user_ns_hidden=dict(self.namespace))
        self.observer = Variables(shell, recorded.recorder)
        self.observer.start()

    def begin(self, source: str) -> Callable[[], dict[str, Any]]:
        """Begins an execution; what is returned ends it, and gives the event."""
        self._n += 1
        n, code = self._n, CellCode(source, source)
        execution = Execution(n, f"cell{n}", f"cell{n}", None)
        self.observer.before(execution, code)

        def end() -> dict[str, Any]:
            ended = FINISHED
            try:
                exec(compile(source, f"cell{n}", "exec"), self.namespace)
            except Exception as error:
                ended = Outcome("failed", {"type": type(error).__name__, "message": "", "line": 1})
            self.observer.after(execution, code, ended)
            events = [one for one in self._recorded.events("variables") if one["n"] == n]
            assert len(events) <= 1
            return events[0] if events else {}

        return end

    def __call__(self, source: str) -> dict[str, Any]:
        return self.begin(source)()


@pytest.fixture
def notebook(recorded: Recorded) -> Notebook:
    return Notebook(recorded)


def test_a_cell_tells_what_it_read_bound_and_deleted(notebook: Notebook) -> None:
    first = notebook("x = 0.001\nname = 'adam'")
    assert first["bound"]["x"] | {"fingerprint": ""} == {
        "type": "float",
        "fingerprint": "",
        "seen": "exact",
        "preview": "0.001",
    }
    assert first["bound"]["name"]["preview"] == "'adam'"
    assert "reads" not in first
    second = notebook("y = x * 2\ndel name")
    assert (second["reads"], list(second["bound"]), second["deleted"]) == (["x"], ["y"], ["name"])
    assert notebook("1 + 1") == {}


def test_a_name_that_is_bound_to_what_it_stood_for_is_bound(notebook: Notebook) -> None:
    notebook("x = 5\nitems = [1]")
    again = notebook("x = 5\nitems = items")
    assert set(again["bound"]) == {"x", "items"}
    assert set(notebook("if x > 9:\n    x = 5").get("bound", {})) == set()
    # The new list may come to lie where the old one was.
    assert set(notebook("del items\nitems = [2]")["bound"]) == {"items"}


def test_a_cell_that_failed_bound_only_what_it_came_to(notebook: Notebook) -> None:
    notebook("x = 1")
    event = notebook("y = 2\nprint(1 / 0)\nx = 1")
    assert list(event["bound"]) == ["y"]
    assert event["unknown"] == ["failed after changing state"]
    assert notebook("1 / 0") == {}


@pytest.mark.parametrize(
    ("before", "change", "changed"),
    [
        ("a = [1, 2]\nb = a", "b.append(3)", {"a", "b"}),
        ("a = [[1], [2]]\nb = a[0]", "b.append(3)", {"a", "b"}),
        ("a = {'k': []}\nb = [a]", "a['k'].append(1)", {"a", "b"}),
        ("a = {1}\nb = (a, 2)", "a.add(3)", {"a", "b"}),
        ("a = [1]\nb = [1]", "b.append(2)", {"b"}),
        ("import numpy as np\na = np.zeros(9)\nb = a[2:5]", "b[:] = 1", {"a", "b"}),
        ("import numpy as np\na = np.zeros(9)\nb = a[2:5]\nc = a[6:]", "b[:] = 1", {"a", "b"}),
        ("import numpy as np\na = np.zeros((4, 4))\nb = a.T[1]", "a += 1", {"b"}),
        ("import numpy as np\na = np.zeros(4)\nb = memoryview(a)", "b[0] = 1.0", {"a", "b"}),
        ("a = bytearray(b'x')\nb = [a]", "a[0] = 65", {"a", "b"}),
        ("class A: pass\na = A()\na.items = []\nb = a.items", "b.append(1)", {"a", "b"}),
        ("class A: pass\na = A()\nb = a", "a.x = 1", {"a", "b"}),
        ("class A:\n    seen = []\n    def f(self): self.seen.append(1)\na = A()", "a.f()", {"A"}),
        ("class A: n = 0\na = A()", "A.n += 1", {"A"}),
        (
            "def make():\n    kept = []\n    return lambda v: kept.append(v), kept\nf, a = make()",
            "f(1)",
            {"f", "a"},
        ),
        ("def f(v, kept=[]):\n    kept.append(v)", "f(1)", {"f"}),
        ("a = []\ndef f(): a.append(1)", "f()", {"a"}),
        ("a = []\ndef g(): a.append(1)\ndef f(): g()", "f()", {"a"}),
        ("a = []\nclass B:\n    def m(self): a.append(1)\nb = B()", "b.m()", {"a"}),
        ("a = []\nf = lambda: a.append(1)\nfs = {'f': f}", "fs['f']()", {"a"}),
        ("import functools\na = []\nf = functools.partial(lambda v: a.append(v), 1)", "f()", {"a"}),
        ("a = [[1], [2]]", "for b in a:\n    b.append(0)\ndel b", {"a"}),
        ("a = (i for i in 'xyz')", "next(a)", {"a"}),
        ("a = iter([1, 2])\nb = [a]", "next(a)", {"a", "b"}),
        ("a = [1, 2]\nb = iter(a)", "next(b); a.append(3)", {"a", "b"}),
        ("a = []\ndef f(v):\n    while True:\n        yield v.append(1)\nb = f(a)", "next(b)", {"a", "b"}),
        ("import collections\na = collections.deque([1])\nb = a", "a.rotate(1)\nb.append(2)", {"a", "b"}),
        ("import pandas as pd\na = pd.DataFrame({'x': [1]})\nb = a", "b['y'] = 2", {"a", "b"}),
    ],
)
def test_a_change_shows_on_all_that_share_it(
    notebook: Notebook, before: str, change: str, changed: set[str]
) -> None:
    notebook(before)
    event = notebook(change)
    assert set(event["changed"]) == changed
    if len(changed) > 1 and changed != {"A"}:
        assert any(changed <= set(group) for group in event["shared"])


@pytest.mark.parametrize(
    "made",
    [
        "b = map(lambda v: a.append(v), [1, 2])",
        "b = (a.append(v) for v in [1, 2])",
        "def f():\n    while True:\n        yield a.append(1)\nb = f()",
    ],
)
def test_going_on_with_an_iterator_uses_what_its_code_uses(notebook: Notebook, made: str) -> None:
    notebook(f"a = []\n{made}")
    event = notebook("next(b)")
    assert {"a", "b"} <= set(event["reads"])
    assert set(event["changed"]) == {"a", "b"}


@pytest.mark.parametrize(
    ("made", "used"),
    [
        (
            "import contextlib\n@contextlib.contextmanager\ndef scope():\n    stack.append(1)\n    yield\n"
            "    stack.pop()\nstack = []\nmanager = scope()\nmanager.__enter__()",
            "manager.__exit__(None, None, None)",
        ),
        (
            "import contextlib\nstack = [1]\ndef last():\n    stack.pop()\nexits = contextlib.ExitStack()\n"
            "exits.callback(last)",
            "exits.close()",
        ),
        (
            "import threading\nstack = []\ndef work():\n    stack.append(1)\n"
            "thread = threading.Thread(target=work)",
            "thread.start()\nthread.join()",
        ),
        (
            "import asyncio\nstack = []\nasync def work():\n    await asyncio.sleep(0)\n    stack.append(1)\n"
            "loop = asyncio.new_event_loop()\ntask = loop.create_task(work())",
            "import asyncio\nasync def wait(): await task\nloop.run_until_complete(wait())",
        ),
    ],
    ids=["context manager", "exit stack", "thread", "task"],
)
def test_what_goes_on_in_an_object_that_is_used_is_used(notebook: Notebook, made: str, used: str) -> None:
    notebook(made)
    event = notebook(used)
    assert "stack" in event["reads"]
    assert "stack" in event["changed"]


def test_an_object_that_gets_another_class_of_the_same_name_has_changed(notebook: Notebook) -> None:
    notebook("class A:\n    def f(self): return 1\na = A()\nitems = [a]\nother = 1")
    notebook("class A:\n    def f(self): return 2")
    assert "changed" not in notebook("print(a.f(), items, end='')")
    assert {"a", "items"} <= set(notebook("for one in items:\n    one.__class__ = A")["changed"])


def test_what_only_looked_on_changed_nothing(notebook: Notebook) -> None:
    notebook("a = [1, 2]\nb = {'k': a}\ndef f(v): return sum(v)\nx = 3")
    event = notebook("c = f(a) + len(b) + x\nprint(b['k'][0], end='')")
    assert event["reads"] == ["a", "b", "f", "x"]
    assert "changed" not in event


def test_reads_go_through_functions_classes_and_objects(notebook: Notebook) -> None:
    notebook("base = 1\nscale = 2\nunused = 3")
    notebook("def inner(x): return x * scale\ndef outer(x):\n    def g(): return inner(x)\n    return g()")
    assert notebook("r = outer(1)")["reads"] == ["inner", "outer", "scale"]
    notebook("class Model:\n    def __init__(self): self.w = base\n    def step(self): return outer(self.w)")
    notebook("m = Model()\nms = {'m': [m]}")
    assert set(notebook("ms['m'][0].step()")["reads"]) == {"Model", "base", "inner", "ms", "outer", "scale"}
    # A definition uses nothing yet.
    assert "reads" not in notebook("def later(): return outer(unused)")
    assert notebook("base = 5\ndef f(): return base\nf()").get("reads") is None


def test_what_a_loop_binds_in_each_round_is_not_read_from_before(notebook: Notebook) -> None:
    notebook("history = []\nlast = 0")
    loop = (
        "for epoch in range(3):\n    loss = 1 / (epoch + 1)\n    history.append(loss - last)\n    last = loss"
    )
    assert notebook(loop)["reads"] == ["history", "last"]
    assert notebook(loop)["reads"] == ["history", "last"]
    # A function may use the name before the loop has bound it.
    notebook("def shown(): return epoch")
    assert set(notebook(f"shown()\n{loop}")["reads"]) == {"epoch", "history", "last", "shown"}


def test_a_function_that_binds_names_is_seen_to(notebook: Notebook) -> None:
    notebook("count = 0\ndef f():\n    global count, new\n    count += 1\n    new = [1]")
    event = notebook("f()")
    assert set(event["bound"]) == {"count", "new"}


def test_values_that_cannot_be_compared_are_said_to_have_changed_perhaps(notebook: Notebook) -> None:
    notebook(
        "import numpy as np\nbig = np.zeros(30_000_000)\nrows = big[300_005:300_009]\nf = open('/dev/null')"
    )
    assert notebook("big.sum(); big.shape; y = big[:3] + 1").get("changed") is None
    event = notebook("big[300_003] = 1")["changed"]["big"]
    assert (event["seen"], event["assumed"]) == ("sampled", True)
    assert set(notebook("rows[0] = 2")["changed"]) == {"big", "rows"}
    assert notebook("v = big[300_000:300_009]\nv[0] = 1")["changed"]["big"]["assumed"] is True
    assert notebook("f.read()")["changed"]["f"]["assumed"] is True
    assert notebook("print(f, end='')").get("changed") is None


def test_a_busy_machine_decides_nothing_about_what_is_looked_at(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = count()
    monkeypatch.setattr(examination, "clock", lambda: clock() + next(late) * 0.0004)
    notebook("import types\nother = types.ModuleType('other')\ncalls = []")
    notebook("def helper():\n    calls.append(1)\nother.run = helper\ndel helper")
    notebook("first = len(calls)")
    # Nothing in the cell says so: a function of the notebook's went into a module.
    assert "calls" in notebook("other.run()\nsecond = len(calls)")["changed"]


def test_what_takes_long_to_look_at_is_looked_at_where_a_function_that_was_called_may_change_it(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A slow processor has time enough as well.
    monkeypatch.setattr(observer, "_LEAST", 1.0)
    monkeypatch.setattr(observer, "_MOST", 1.0)
    notebook("table = {str(n): [n] for n in range(1500)}")
    notebook("def helper():\n    table['0'].append(1)\n    return 1")
    notebook("size = len(table)")
    assert set(notebook("size = len(table)\nhelper()")["changed"]) == {"table"}
    assert "changed" not in notebook("size = len(table)")


def test_a_part_of_what_was_not_seen_in_full_is_remembered_as_one(notebook: Notebook) -> None:
    notebook("rows = [{'v': i} for i in range(60_000)]")
    notebook("row = rows[777]")
    event = notebook("row['v'] = -1")
    assert event["changed"]["rows"]["assumed"] is True
    assert "assumed" not in event["changed"]["row"]


def test_memory_is_let_go_when_the_notebook_lets_it_go(notebook: Notebook) -> None:
    gone = []
    notebook.namespace["gone"] = gone
    notebook("class Big:\n    def __del__(self): gone.append(1)\nbig = Big()\nagain = [big]")
    notebook("del big")
    assert gone == []
    end = notebook.begin("again.clear()\nstill = len(gone)")
    end()
    assert notebook.namespace["still"] == 1


def test_names_that_were_there_before_the_tracker_are_known(recorded: Recorded) -> None:
    notebook = Notebook(recorded)
    notebook.namespace.update(x=[1], y=2)
    event = notebook("x.append(2)")
    assert event["reads"] == ["x"]
    assert set(event["changed"]) == {"x"}
    assert "bound" not in event


def test_a_name_that_is_bound_while_no_cell_runs_is_told(notebook: Notebook) -> None:
    notebook("x = 1")
    notebook.namespace["x"] = 2
    event = notebook("y = x")
    assert event["unknown"] == ["changed between executions: x"]


def test_executions_at_the_same_time_are_marked(notebook: Notebook) -> None:
    end_first = notebook.begin("a = 1")
    events: list[dict[str, Any]] = []
    other = threading.Thread(target=lambda: events.append(notebook("b = 2")))
    other.start()
    other.join()
    first = end_first()
    assert first["concurrent"] is True
    assert events[0]["concurrent"] is True
    assert set(first["bound"]) == {"a", "b"}
    assert "concurrent" not in notebook("c = 3")


def test_an_execution_inside_another_does_not_hide_what_the_outer_changed(notebook: Notebook) -> None:
    notebook("items = []\nx = 1")
    end = notebook.begin("items.append(0)\nx = 9")
    inner = notebook("items.append(1)\nx = 5")
    outer = end()
    assert set(inner["changed"]) == {"items"}
    assert set(outer["changed"]) == {"items"}
    assert set(outer["bound"]) == {"x"}
    assert "concurrent" not in outer


def test_secrets_are_not_told_by_value_nor_by_fingerprint(notebook: Notebook) -> None:
    event = notebook(
        "api_key = 'a1b2c3d4e5f6'\npassword = 123456\n"
        "config = {'db': {'password': 'hunter2hunter2'}, 'lr': 1}\n"
        "url = 'https://me:s3cr3tpass99@host/x'\nclass C: pass\nc = C()\nc.token = 'a1b2c3d4e5f6'\nlr = 0.1"
    )
    withheld = {name for name, value in event["bound"].items() if value.get("withheld")}
    assert withheld == {"api_key", "password", "config", "url", "c"}
    assert all("fingerprint" not in event["bound"][name] for name in withheld)
    assert not {"hunter2", "s3cr3t", "a1b2c3", "123456"} & set(str(event))
    for secret in ("hunter2", "s3cr3t", "a1b2c3", "123456"):
        assert secret not in str(event)
    # That it is another one is told all the same.
    assert "config" in notebook("config['db']['password'] = 'other2other2'")["changed"]


def test_hidden_state_is_told(notebook: Notebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BT_TEST", "0")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "sub").mkdir()
    writes = {
        "import os; os.chdir('sub')": ["cwd"],
        "os.environ['BT_TEST'] = '1'": ["environ"],
        "import sys; sys.path.append('/nowhere')": ["sys.path"],
        "os.environ['OMP_NUM_THREADS'] = '7'": ["environ"],
        "import numpy as np; np.set_printoptions(precision=3)": ["numpy.printoptions"],
        "np.set_printoptions(precision=8)": ["numpy.printoptions"],
        "np.seterr(all='ignore')": ["numpy.errors"],
        "np.seterr(all='warn')": ["numpy.errors"],
        "np.random.own = 1; del np.random.own": ["module:numpy.random"],
        "import warnings; warnings.simplefilter('once')": ["warnings"],
        "warnings.resetwarnings()": ["warnings"],
        "import pandas as pd; pd.set_option('display.width', 71)": ["pandas.options"],
        "pd.reset_option('display.width')": ["pandas.options"],
        "def patch(): np.own = 1\npatch(); del np.own": ["module:numpy"],
    }
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("warnings.filters", [])
        for source, expected in writes.items():
            assert notebook(source)["hidden"]["writes"] == expected, source
    assert {"cwd", "environ", "sys.path"} <= set(notebook("x = 1")["hidden"]["reads"])
    assert "numpy.printoptions" in notebook("print(np.ones(1), end='')")["hidden"]["reads"]


def test_plots_that_stay_open_are_state(notebook: Notebook) -> None:
    notebook("import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt")
    assert "figures" in notebook("fig, ax = plt.subplots()")["hidden"]["writes"]
    event = notebook("ax.plot([1, 2])")
    assert event["hidden"] == {"reads": ["figures"], "writes": ["figures"]}
    notebook("plt.close('all')")
    # As the kernel does when the first figure is made: it is no setting of how figures look.
    assert "matplotlib" not in notebook("plt.ion()").get("hidden", {}).get("writes", [])
    assert "matplotlib" in notebook("plt.rcParams['font.size'] = 11")["hidden"]["writes"]
    notebook("plt.rcdefaults()")
    assert "matplotlib" in notebook("plt.title")["hidden"]["reads"]
    assert "hidden" not in notebook("x = 1")


def test_code_that_goes_on_after_its_cell_is_named(notebook: Notebook) -> None:
    event = notebook(
        "import threading\nend = threading.Event()\n"
        "t = threading.Thread(target=lambda: end.wait())\nt.start()"
    )
    assert "thread still running" in event["unknown"]
    assert "thread still running" not in notebook("end.set(); t.join()").get("unknown", [])


def test_values_need_not_be_shown(notebook: Notebook, recorded: Recorded) -> None:
    recorded.recorder.options.use({"capture_values": "none"})
    value = notebook("x = [1, 2]")["bound"]["x"]
    assert set(value) == {"type", "seen", "fingerprint"}
    recorded.recorder.options.use({"capture_values": "summaries"})
    assert notebook("x = [1, 2]")["bound"]["x"]["preview"] == "[1, 2]"


@pytest.mark.parametrize(
    ("source", "preview"),
    [
        ("x = 10 ** 400", "int of 1329 bits"),
        ("x = 'a' * 200", "'" + "a" * 78 + "…"),
        ("x = [1, 'b', None]", "[1, 'b', None]"),
        ("import pathlib\nx = pathlib.PurePosixPath('a', 'b.csv')", "PurePosixPath('a/b.csv')"),
        (
            "import pathlib\nx = pathlib.PurePosixPath('a' * 90, 'b.csv')",
            "PurePosixPath('…" + "a" * 56 + "/b.csv')",
        ),
        ("x = list(range(99))", "list of 99"),
        ("x = {'a': 1}", "{'a': 1}"),
        ("x = {'a': [1]}", "dict of 1"),
        ("x = (1,)", "(1,)"),
        ("def x(a): pass", "function x"),
        ("class x: pass", "class x"),
        ("class C: pass\nx = C()", "C"),
        ("import numpy\nx = numpy.zeros((2, 3), 'f4')", "ndarray float32 (2, 3)"),
        ("import numpy\nx = numpy.float64(0.5)", "0.5"),
        ("import pandas\nx = pandas.DataFrame({'a': [1]})", "DataFrame (1, 1)"),
        ("import math as x", "module math"),
    ],
)
def test_values_are_previewed_in_a_few_words(notebook: Notebook, source: str, preview: str) -> None:
    assert notebook(source)["bound"]["x"]["preview"] == preview


HOSTILE = """
calls = []
class Meta(type):
    def complain(self, *values):
        calls.append("meta")
        raise SystemExit
    __eq__ = __hash__ = __getattribute__ = __instancecheck__ = __subclasscheck__ = complain
class Hostile(metaclass=Meta):
    def complain(self, *values):
        calls.append("object")
        raise SystemExit
    __eq__ = __hash__ = __repr__ = __len__ = __bool__ = __iter__ = __reduce_ex__ = __getattribute__ = complain
h = object.__new__(Hostile)
hs = [h, (h, 1), {"h": h}]
"""


def test_no_code_of_the_users_is_run(notebook: Notebook) -> None:
    notebook(HOSTILE)
    assert set(notebook("hs.append(h)")["changed"]) == {"hs"}
    notebook("object.__setattr__(h, 'x', 1); k = h; api_keys = {'password': h}")
    notebook("def f(v):\n    return v is h\nf(h); print(h is k, end='')")
    assert set(notebook("object.__setattr__(h, 'y', 1)")["changed"]) >= {"h", "hs"}
    assert notebook.namespace["calls"] == []
