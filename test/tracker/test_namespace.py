"""The names of a notebook, looked at once for all who ask; no class of the notebook's is asked."""

from __future__ import annotations

import ast
import random
from collections import OrderedDict
from typing import Any

import pytest

from backtrail.tracker import namespace
from backtrail.tracker.files.expressions import Expressions
from backtrail.tracker.names import numbers, series
from backtrail.tracker.namespace import NOTHING, Namespace, identity, kinds_of


@pytest.fixture(params=["memory", "asked"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way to learn where values lie."""
    if request.param == "asked":
        monkeypatch.setattr(namespace, "_places", namespace._asked)


@pytest.mark.usefixtures("place")
def test_the_same_names_for_the_same_values_are_one_snapshot() -> None:
    values: dict[Any, Any] = {"a": [1], "b": 2.5}
    names = Namespace(values)
    first = names.now()
    values["a"].append(2)
    assert names.now() is first
    assert first.identities == {name: identity(value) for name, value in values.items()}


@pytest.mark.usefixtures("place")
def test_tells_what_is_new_bound_anew_and_gone() -> None:
    values: dict[Any, Any] = {"a": [1], "b": 2.5, "c": "text"}
    names = Namespace(values)
    first = names.now()
    held = values["b"]
    values["b"] = 3.5
    values["d"] = {}
    second = names.now()
    assert second.differing(first) == ["b", "d"]
    assert second.without(first) == ["d"]
    assert first.without(second) == []
    del values["a"]
    third = names.now()
    assert third.differing(second) == []
    assert second.without(third) == ["a"]
    assert third.differing(first) == ["b", "d"]
    assert second.differing(NOTHING) == ["a", "b", "c", "d"]
    assert held == 2.5


@pytest.mark.usefixtures("place")
def test_finds_names_by_type_in_their_order() -> None:
    values: dict[Any, Any] = {"one": {}, "two": 1, "three": [], "four": OrderedDict()}
    names = Namespace(values)
    kinds = kinds_of((dict, list, None))
    assert names.now().of_kinds(kinds) == ["one", "three"]
    values["two"] = []
    made = type("Model", (), {"__module__": "__main__"})
    values["model"] = made()
    assert names.now().of_kinds(kinds) == ["one", "two", "three"]
    assert names.now().of_kinds(kinds, with_own=True) == ["one", "two", "three", "model"]


@pytest.mark.usefixtures("place")
def test_a_name_whose_value_gives_way_to_one_of_another_type_in_its_place_is_found() -> None:
    class One:
        pass

    class Other:
        pass

    values: dict[Any, Any] = {"x": One()}
    names = Namespace(values)
    names.now()
    values["x"].__class__ = Other
    assert names.now().of_kinds(kinds_of((Other,))) == ["x"]


@pytest.mark.usefixtures("place")
def test_names_that_are_no_text_are_passed_over() -> None:
    class Name(str):
        def __eq__(self, other: object) -> bool:
            raise AssertionError

        __hash__ = str.__hash__

    values: dict[Any, Any] = {"a": 1, 3: [], Name("b"): []}
    names = Namespace(values)
    assert list(names.now().identities) == ["a"]
    assert names.now() is names.now()
    values["c"] = []
    assert names.now().of_kinds(kinds_of((list,))) == ["c"]


def test_is_looked_at_once_for_each_moment() -> None:
    values: dict[Any, Any] = {"a": 1}
    names = Namespace(values)
    before = names.at(1, False)
    values["b"] = 2
    assert names.at(1, False) is before
    after = names.at(1, True)
    assert after.differing(before) == ["b"]


class _Refusing(type):
    """A metaclass of the notebook's that answers for its classes."""

    def __getattribute__(cls, name: str) -> Any:
        raise AssertionError(name)

    def __eq__(cls, other: object) -> bool:
        raise AssertionError

    __hash__ = type.__hash__


@pytest.fixture
def hostile() -> Any:
    """An object whose class, and whose class's class, run code when they are asked for anything."""

    def refuse(self: Any, name: str) -> Any:
        raise AssertionError(name)

    return type.__call__(_Refusing("Hostile", (), {"__module__": "__main__", "__getattribute__": refuse}))


def test_no_class_of_the_notebook_is_asked_for_series(hostile: Any) -> None:
    values = {"losses": [hostile, 0.5], "history": {"loss": hostile, hostile_key(): [1.0]}, "loss": hostile}
    found = list(series.lists(values, Namespace(values).now()))
    assert found == []
    assert numbers.scalar(hostile) is None
    assert not numbers.is_array(hostile)
    assert numbers.items(hostile) is None
    assert list(numbers.attributes(hostile)) == []


def hostile_key() -> Any:
    """A key of a dictionary whose class answers comparisons."""
    return type.__call__(_Refusing("Key", (), {"__module__": "__main__"}))


def test_no_class_of_the_notebook_is_asked_for_paths(hostile: Any) -> None:
    values = {"path": hostile, "paths": [hostile, "data.csv"], "by_name": {"a": hostile}}
    expressions = Expressions(values)
    found = [list(expressions.texts(ast.Name(name, ast.Load()))) for name in values]
    assert found == [[], ["data.csv"], []]


@pytest.mark.usefixtures("place")
def test_what_was_found_by_type_holds_on_as_names_come_change_and_go() -> None:
    chance = random.Random(4)
    made = type("Model", (), {"__module__": "__main__"})
    makers: list[Any] = [list, dict, OrderedDict, int, str, made, float]
    asked = [kinds_of((list, dict)), kinds_of((dict, OrderedDict, float)), kinds_of((made,))]
    values: dict[Any, Any] = {f"n{index}": chance.choice(makers)() for index in range(150)}
    names = Namespace(values)
    for step in range(300):
        name = f"n{chance.randrange(170 + step // 10)}"
        if chance.random() < 0.1 and name in values:
            del values[name]
        else:
            values[name] = chance.choice(makers)()
        found, anew = names.now(), Namespace(values).now()
        for kinds in asked:
            for own in (False, True):
                assert found.of_kinds(kinds, own) == anew.of_kinds(kinds, own)
        assert found.identities == anew.identities
