"""A metaclass of the user's that answers for its classes with code of its own is not asked."""

from __future__ import annotations

import ast
from typing import Any, ClassVar

from backtrail.tracker.names import variables
from backtrail.tracker.variables import harmless


class Hostile(type):
    """Its classes note what they are asked for."""

    asked: ClassVar[list[str]] = []

    def __getattribute__(cls, name: str) -> Any:
        Hostile.asked.append(name)
        return super().__getattribute__(name)

    def __eq__(cls, other: object) -> bool:
        Hostile.asked.append("__eq__")
        return cls is other

    def __hash__(cls) -> int:
        Hostile.asked.append("__hash__")
        return 1


class Value(metaclass=Hostile):
    def __call__(self, *given: object) -> object:
        return given


def test_a_value_that_a_cell_binds_to_the_name_of_a_metric_is_not_asked() -> None:
    value = Value()
    Hostile.asked.clear()
    assert list(variables._scalars(("accuracy",), value)) == []
    assert Hostile.asked == []


def test_a_class_or_an_object_that_a_cell_calls_is_not_asked_where_it_is_from() -> None:
    value = Value()
    namespace = {"Value": Value, "value": value, "data": [1]}
    trees = [ast.parse("Value(data)\nvalue(data)")]
    Hostile.asked.clear()
    assert "data" in harmless.read(trees, namespace).names
    assert Hostile.asked == []
