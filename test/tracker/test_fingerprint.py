"""Fingerprints: equal for equal values in every process, and taken without running the user's code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from decimal import Decimal
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from backtrail.tracker.variables.fingerprint import Look, look
from backtrail.tracker.variables.fingerprint.clock import clock

ROOT = Path(__file__).parents[2]

# Evaluates one expression a line, as in a notebook of its own.
CHILD = """
import sys
import numpy, pandas
from backtrail.tracker.variables.fingerprint import look
from backtrail.tracker.variables.fingerprint.clock import clock
for line in sys.stdin:
    space = {"__name__": "__main__", "numpy": numpy, "pandas": pandas}
    exec(eval(line), space)
    print(look(space["value"], clock() + 30, space).fingerprint, flush=True)
"""


def seen(value: Any, namespace: dict[str, Any] | None = None) -> Look:
    return look(value, clock() + 30, namespace)


def of(value: Any) -> str | None:
    found = seen(value)
    assert found.seen == "exact", found
    return found.fingerprint


def defined(source: str) -> dict[str, Any]:
    """What a cell of a notebook would leave."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(source, namespace)
    return namespace


class Processes:
    """Processes with different hash seeds, asked for the same fingerprint."""

    def __init__(self) -> None:
        self._all = [
            subprocess.Popen(
                [sys.executable, "-c", CHILD],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            )
            for seed in ("1", "4242")
        ]

    def __call__(self, source: str) -> list[str]:
        """The fingerprints of ``value`` after ``source`` was executed in each."""
        told = []
        for process in self._all:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(repr(source) + "\n")
            process.stdin.flush()
            told.append(process.stdout.readline().strip())
        assert all(len(one) == 32 for one in told), told
        return told

    def close(self) -> None:
        for process in self._all:
            process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    made = Processes()
    yield made
    made.close()


PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.binary(max_size=12)
)
HASHABLE = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
VALUES = st.recursive(
    PLAIN | st.sets(HASHABLE, max_size=12) | st.frozensets(st.text(max_size=4), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(HASHABLE, inner, max_size=6)
        | st.lists(st.integers(), max_size=30)
        | st.lists(st.floats(allow_nan=False), max_size=30)
    ),
    max_leaves=20,
)


def written(value: Any) -> str:
    """The source of a value; of infinities, too."""
    return f"inf = float('inf')\nvalue = {value!r}"


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_equal_values_have_equal_fingerprints_in_processes_of_different_hash_seeds(value: Any) -> None:
    one, other = SHARED[0](written(value))
    assert one == other == of(value)


SHARED: list[Processes] = []


@pytest.fixture(autouse=True, scope="module")
def shared(processes: Processes) -> Iterator[None]:
    SHARED.append(processes)
    yield
    SHARED.clear()


@settings(max_examples=100, deadline=None)
@given(st.lists(PLAIN, min_size=1, max_size=20), PLAIN, st.data())
def test_a_changed_item_gives_another_fingerprint(items: list[Any], new: Any, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(items) - 1))
    changed = [*items[:at], new, *items[at + 1 :]]
    same = repr(changed) == repr(items)
    assert (of(changed) == of(items)) == same
    assert (of({"a": tuple(changed)}) == of({"a": tuple(items)})) == same


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(allow_nan=False), min_size=1, max_size=40), st.data())
def test_a_changed_element_of_an_array_gives_another_fingerprint(
    items: list[float], data: st.DataObject
) -> None:
    array = numpy.array(items)
    before = of(array)
    at = data.draw(st.integers(0, len(items) - 1))
    array[at] = numpy.nextafter(array[at], numpy.inf) if array[at] != numpy.inf else 0.0
    assert of(array) != before


@pytest.mark.parametrize(
    "source",
    [
        "value = {'a', 'b', 'c', 3, 2.5, None, (1, 'x')}",
        "value = {frozenset({'p', 'q'}), frozenset({'r', 's'})}",
        "def value(a, b=[1], *, c=2):\n    return a in {'u', 'v', 'w'} and [q for q in b]",
        "class value:\n    kinds = {'u', 'v'}\n    def f(self): return __class__",
        "class A:\n    def __init__(self): self.b = {'x', 'y'}; self.a = self\nvalue = A()",
        "from dataclasses import dataclass, field\n@dataclass\nclass value:\n    a: int = 1\n"
        "    b: list = field(default_factory=list, metadata={'k': 1})",
        "from enum import Enum\nclass value(Enum):\n    A = 1\n    B = 'x'",
        "from abc import ABC, abstractmethod\nclass value(ABC):\n    @abstractmethod\n    def b(self): ...\n"
        "    @abstractmethod\n    def a(self): ...",
        "value = numpy.random.default_rng(3).random((50, 4))",
        "value = numpy.array([{'a', 'b'}, 'x', None], dtype=object)",
        "value = pandas.DataFrame({'a': [1, 2], 'b': ['x', None], 'c': pandas.Categorical(['u', 'v'])})",
        "value = pandas.DataFrame({'t': pandas.date_range('2024', periods=3, tz='UTC')}).set_index('t')",
        "value = pandas.Series([1, None, 3], dtype='Int64', name='s')",
        "value = pandas.MultiIndex.from_product([['a', 'b'], [1, 2]], names=['x', 'y'])",
        "from sklearn.ensemble import RandomForestClassifier\n"
        "value = RandomForestClassifier(3, random_state=0).fit([[0, 1], [1, 0], [1, 1]], ['a', 'b', 'a'])",
        "import re\nvalue = re.compile('a+')",
        "from functools import partial, lru_cache\nvalue = partial(lru_cache(lambda x: {x, 'y'}), 3)",
        "def outer(k):\n    def inner(): return k\n    return inner\nvalue = outer({'m', 'n'})",
    ],
)
def test_a_value_is_the_same_in_every_process(processes: Processes, source: str) -> None:
    one, other = processes(source)
    assert one == other


@pytest.mark.parametrize(
    "values",
    [
        (1, 1.0, True, "1", b"1", 1 + 0j, Decimal(1), numpy.int64(1), numpy.float64(1), numpy.float32(1)),
        ([1, 2], (1, 2), {1, 2}, frozenset({1, 2}), deque([1, 2]), {1: 2}, numpy.array([1, 2]), range(1, 3)),
        ([], (), {}, set(), "", b"", None, 0, OrderedDict(), Counter(), defaultdict(int), defaultdict(list)),
        ([1, [2]], [[1], 2], [1, 2], [[1, 2]], [1, 2, []], ["1", "2"], ["1\x002"], ["1\x00", "2"]),
        (0.0, -0.0, float("nan"), float("inf"), -float("inf")),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, OrderedDict(a=1, b=2)),
        (numpy.zeros(6), numpy.zeros((2, 3)), numpy.zeros((3, 2)), numpy.zeros(6, "f4"), numpy.zeros(6, int)),
        (pandas.DataFrame({"a": [1]}), pandas.DataFrame({"b": [1]}), pandas.DataFrame({"a": [1.0]})),
        (pandas.Series([1, 2]), pandas.Series([1, 2], index=[1, 0]), pandas.Series([1, 2], name="x")),
        (datetime(2024, 1, 1), datetime(2024, 1, 1, tzinfo=timezone.utc), "2024-01-01 00:00:00"),
        (LogisticRegression(), LogisticRegression(C=2.0), SVC()),
        (len, max, print, int, str, numpy, pandas, numpy.sin, numpy.cos, "x".join, "y".join),
    ],
)
def test_different_values_have_different_fingerprints(values: tuple[Any, ...]) -> None:
    fingerprints = [of(value) for value in values]
    assert len(set(fingerprints)) == len(values)


def test_the_layout_of_an_array_in_memory_is_no_part_of_its_value() -> None:
    array = numpy.arange(60.0).reshape(3, 4, 5)
    strided = numpy.zeros((6, 8, 10))[::2, ::2, ::2]
    strided[:] = array
    for same in (numpy.asfortranarray(array), strided, array.astype(">f8"), array.copy(), array[::-1][::-1]):
        assert of(same) == of(array)
    assert of(array.T) != of(array)
    records = numpy.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])
    assert of(records) == of(records.copy()) != of(records.astype([("a", "i4"), ("c", "f8")]))


def test_what_lies_between_the_fields_of_a_record_is_no_part_of_its_value() -> None:
    inner = numpy.dtype([("c", "u1"), ("d", "f4", 2)], align=True)
    kind = numpy.dtype([("a", "u1"), ("b", "f8"), ("in", inner)], align=True)
    zeros = numpy.zeros((3, 4), kind)
    other = numpy.frombuffer(b"\x01" * zeros.nbytes, kind).reshape(3, 4).copy()
    for name in ("a", "b"):
        other[name] = 0
    for name in ("c", "d"):
        other["in"][name] = 0
    assert zeros.tobytes() != other.tobytes()
    assert of(zeros) == of(other)
    assert of(zeros[0, 0]) == of(other[0, 0])
    assert of(zeros) == of(numpy.asfortranarray(other))
    other["in"]["d"][2, 3, 1] = 1
    assert of(zeros) != of(other)
    assert of(zeros[2, 3]) != of(other[2, 3])
    # Ten of the sixteen bytes of a long double mean something on some processors.
    wide = numpy.arange(6, dtype=numpy.longdouble).reshape(2, 3)
    again = numpy.frombuffer(b"\x01" * wide.nbytes, numpy.longdouble).reshape(2, 3).copy()
    again[...] = [[0, 1, 2], [3, 4, 5]]
    assert of(wide) == of(again)
    assert of(wide[1]) != of(again[0])


def test_how_pandas_keeps_columns_together_is_no_part_of_a_frame() -> None:
    together = pandas.DataFrame(numpy.arange(6.0).reshape(3, 2), columns=["a", "b"])
    apart = pandas.DataFrame({"a": together["a"].copy()})
    apart["b"] = together["b"].copy()
    assert of(together) == of(apart)
    apart.loc[1, "b"] += 1
    assert of(together) != of(apart)


def test_cycles_end_and_tell_themselves_apart() -> None:
    one: list[Any] = [1]
    one.append(one)
    other: list[Any] = [1]
    other.append(other)
    longer: list[Any] = [1, [1]]
    longer[1].append(longer)
    assert of(one) == of(other) != of(longer)
    assert of({"a": one, "b": one}) == of({"a": other, "b": one})


def test_functions_are_told_by_what_they_do_and_not_by_where_they_stand() -> None:
    one = defined("def f(a, b=1):\n    return a + b * K")["f"]
    moved = defined("\n\n# a comment\ndef f(a, b=1):\n    return a + b * K")["f"]
    assert of(one) == of(moved)
    for other in (
        "def f(a, b=2):\n    return a + b * K",
        "def f(a, b=1):\n    return a - b * K",
        "def f(a, b=1):\n    return a + b * L",
        "def f(a, b=1):\n    return a + b * 2",
        "def f(a, *, b=1):\n    return a + b * K",
    ):
        assert of(defined(other)["f"]) != of(one)
    closures = defined("def make(k):\n    return lambda x: x * k")["make"]
    assert of(closures(1)) == of(closures(1)) != of(closures(2))


def test_what_functions_use_is_told_with_them() -> None:
    namespace = defined(
        "import numpy as np\nA = B = C = 1\n"
        "def f(x, a=None):\n    global B\n    B = [A * q for q in x]\n    np.linalg.z = 1\n"
        "    return x.C, (lambda: D)\n"
        "class K:\n    def m(self): return E\n"
        "k = K()\n"
    )
    found = seen(namespace["f"], namespace)
    assert {"A", "D", "np"} <= found.loads
    assert "C" not in found.loads
    assert found.stores == {"B"}
    assert found.patches == {"np.linalg"}
    assert seen([namespace["k"]], namespace).loads == {"E"}
    assert seen({"x": namespace["k"].m}, namespace).loads == {"E"}


def test_a_function_of_a_file_that_was_run_is_told_by_what_it_does() -> None:
    def loaded(source: str) -> Any:
        space = defined(source)
        # `%run` leaves the namespace of the file without its name.
        del space["__name__"]
        return space["f"]

    first = loaded("def f(x):\n    return x + 1")
    assert of(first) == of(loaded("def f(x):\n    return x + 1"))
    assert of(first) != of(loaded("def f(x):\n    return x + 2"))


def test_an_abstract_class_is_told_by_what_is_registered_with_it() -> None:
    space = defined("import abc\nclass Shape(abc.ABC):\n    pass")
    before = of(space["Shape"])
    assert before == of(defined("import abc\nclass Shape(abc.ABC):\n    pass")["Shape"])
    space["Shape"].register(tuple)
    after = of(space["Shape"])
    assert after != before
    space["Shape"].register(list)
    other = defined("import abc\nclass Shape(abc.ABC):\n    pass")["Shape"]
    other.register(list)
    other.register(tuple)
    assert of(space["Shape"]) == of(other) != after


def test_estimators_are_told_by_what_they_learned() -> None:
    x, y = numpy.random.default_rng(0).random((80, 4)), numpy.arange(80) % 2

    def made(seed: int) -> list[Any]:
        return [
            RandomForestClassifier(4, random_state=seed).fit(x, y),
            HistGradientBoostingClassifier(max_iter=3, max_features=0.5, random_state=seed).fit(x, y),
            make_pipeline(StandardScaler(), LogisticRegression(C=seed + 1.0)).fit(x, y),
            KNeighborsClassifier(seed + 1).fit(x, y),
            SVC(C=seed + 1.0).fit(x, y),
        ]

    for one, same, other in zip(made(0), made(0), made(1)):
        assert of(one) == of(same) != of(other)


@dataclass
class Config:
    rate: float = 0.1
    layers: list[int] = field(default_factory=lambda: [1, 2])


class Slotted:
    __slots__ = ("a", "b")


class Colour(Enum):
    RED = 1
    BLUE = 2


class Numbers(list):  # type: ignore[type-arg]
    pass


def test_objects_are_told_by_their_attributes() -> None:
    assert of(Config()) == of(Config()) != of(Config(0.2))
    assert of(Config()) != of(Config(layers=[1]))
    one, other = Slotted(), Slotted()
    one.a = other.a = 1
    assert of(one) == of(other)
    other.b = 2
    assert of(one) != of(other)
    assert of(Colour.RED) != of(Colour.BLUE)
    assert of(Numbers([1])) != of(Numbers([2]))
    assert of(partial(int, base=2)) != of(partial(int, base=3))
    error, same = ValueError("x"), ValueError("x")
    assert of(error) == of(same) != of(ValueError("y"))


class Hostile:
    """Whatever is asked of it, it complains."""

    calls: ClassVar[list[str]] = []

    def __init__(self) -> None:
        object.__setattr__(self, "value", 1)

    def __getattribute__(self, name: str) -> Any:
        Hostile.calls.append(name)
        raise RuntimeError(name)

    def _complain(self, *values: Any) -> Any:
        Hostile.calls.append("special")
        raise RuntimeError

    __eq__ = __hash__ = __repr__ = __str__ = __len__ = __iter__ = __bool__ = __reduce_ex__ = _complain  # type: ignore[assignment]
    __getstate__ = __array__ = __float__ = __index__ = __class_getitem__ = _complain  # type: ignore[assignment]


class HostileMeta(type):
    def _complain(cls, *values: Any) -> Any:
        Hostile.calls.append("meta")
        raise RuntimeError

    __eq__ = __hash__ = __instancecheck__ = __subclasscheck__ = __getattribute__ = __repr__ = _complain  # type: ignore[assignment]


def test_no_code_of_the_users_is_run() -> None:
    class Both(Hostile, metaclass=HostileMeta):
        pass

    class OwnDictionary:
        @property
        def __dict__(self) -> Any:  # type: ignore[override]
            Hostile.calls.append("__dict__")
            raise RuntimeError

    class Subclass(dict):  # type: ignore[type-arg]
        keys = values = items = __iter__ = __len__ = Hostile._complain  # type: ignore[assignment]

    class Array(numpy.ndarray):
        def __getattribute__(self, name: str) -> Any:
            Hostile.calls.append(name)
            raise RuntimeError

    hostile, both = Hostile(), object.__new__(Both)
    array = numpy.ndarray.view(numpy.arange(3.0), Array)
    Hostile.calls.clear()
    values = [
        hostile,
        both,
        [hostile] * 5,
        {"a": both},
        (both, 1),
        Subclass(a=1),
        OwnDictionary(),
        array,
        Both,
    ]
    looks = [seen(value) for value in values]
    assert Hostile.calls == []
    assert [one.seen for one in looks] == ["exact"] * 6 + ["opaque"] + ["exact"] * 2
    object.__setattr__(hostile, "value", 2)
    assert seen(hostile).fingerprint != looks[0].fingerprint


@pytest.mark.parametrize(
    "value",
    [(i for i in "abc"), iter([1]), sys.stdout, zip([1]), [open(os.devnull)]],  # noqa: SIM115
    ids=["generator", "iterator", "stream", "zip", "file in a list"],
)
def test_what_cannot_be_told_is_opaque(value: Any) -> None:
    found = seen(value)
    assert (found.seen, found.unsteady, found.compared) == ("opaque", True, False)


def test_a_large_value_is_sampled_when_there_is_no_time_and_says_so() -> None:
    array = numpy.arange(4_000_000.0)
    texts = [str(number) for number in range(400_000)]
    for value in (array, texts, {"a": [array]}, "x" * 40_000_000, pandas.DataFrame({"a": array})):
        found = look(value, clock() + 0.001, thin=5)
        assert found.seen == "sampled"
        assert found.partial
        assert found.fingerprint != seen(value).fingerprint
    fortran = numpy.asfortranarray(array.reshape(2000, 2000))
    thin = look(array.reshape(2000, 2000), clock(), sample=True)
    assert thin.fingerprint == look(fortran, clock(), sample=True, thin=5).fingerprint
    array[0] = 1
    assert look(array.reshape(2000, 2000), clock(), sample=True).fingerprint != thin.fingerprint


def test_what_takes_too_long_or_nests_too_deeply_is_skipped() -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    found = look(deep, clock() + 1)
    assert (found.seen, found.fingerprint, found.compared) == ("skipped", None, False)
    wide = [[[index]] for index in range(300_000)]
    found = look([wide[at : at + 300] for at in range(0, 300_000, 300)], clock(), thin=0.0)
    assert found.seen == "skipped"


def test_views_and_containers_tell_what_they_share() -> None:
    array = numpy.zeros((10, 10))
    items: list[Any] = [1]
    assert seen({"a": items}).members & seen([items]).members
    assert not seen([1]).members & seen([1]).members
    (whole,) = seen(array).ranges
    (column,) = seen(array[:, 3:5]).ranges
    assert whole[0] < column[0] < column[1] < whole[1]
    (backwards,) = seen(array[::-1]).ranges
    assert backwards == whole


def test_what_has_the_name_of_a_secret_is_noticed() -> None:
    def secret(name: str, value: Any) -> bool:
        return name == "password"

    assert look({"password": "x"}, clock() + 1, None, secret).secret
    assert look([{"a": [{"password": 1}]}], clock() + 1, None, secret).secret
    assert not look({"user": "password"}, clock() + 1, None, secret).secret
