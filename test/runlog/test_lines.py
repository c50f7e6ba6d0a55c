"""Lines of a log: what is written can be read, what is damaged does not take the rest with it."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from pathlib import PurePosixPath

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtrail.runlog.lines import decode, encode, number, written

texts = st.text(st.characters(codec=None), max_size=20)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
events = st.dictionaries(texts, values, max_size=6)


@given(st.lists(events, max_size=6))
def test_events_come_back_as_they_were(logged: list[dict]) -> None:
    data = b"".join(map(encode, logged))
    assert decode(data) == (logged, 0, False)


@given(st.lists(events, min_size=1, max_size=6), st.data())
def test_a_torn_tail_loses_no_earlier_line(logged: list[dict], draw: st.DataObject) -> None:
    data = b"".join(map(encode, logged))
    cut = draw.draw(st.integers(0, len(data)))
    whole = data[:cut].count(b"\n")
    assert decode(data[:cut]) == (logged[:whole], 0, bool(cut) and data[cut - 1 : cut] != b"\n")


@given(st.binary(max_size=400))
@pytest.mark.parametrize("parse", [None, orjson.loads])
def test_any_bytes_can_be_read(parse, data: bytes) -> None:
    decoded = decode(data, parse)
    assert all(isinstance(event, dict) for event in decoded.events)
    assert len(decoded.events) + decoded.damaged <= data.count(b"\n")


@given(st.lists(events, min_size=2, max_size=5), st.data())
def test_a_damaged_line_is_counted_and_the_others_are_kept(logged: list[dict], draw: st.DataObject) -> None:
    lines = [encode(event) for event in logged]
    place = draw.draw(st.integers(0, len(lines)))
    lines.insert(
        place, draw.draw(st.sampled_from([b"{\n", b'{"a":NaN}\n', b"[1]\n", b"\xff\n", b'{"a":1},{"b":2}\n']))
    )
    assert decode(b"".join(lines)) == (logged, 1, False)


def test_blank_lines_are_nothing() -> None:
    assert decode(b'\n  \n{"a":1}\n\r\n') == ([{"a": 1}], 0, False)


@pytest.mark.parametrize("value", [math.inf, -math.inf, 0.1, -0.0, 5e-324, 1.7976931348623157e308, 3])
def test_numbers_come_back_through_a_line(value: float) -> None:
    (event,) = decode(encode({"loss": value})).events
    assert number(event["loss"]) == value
    assert event["loss"] == written(value)


def test_nan_comes_back_as_nan() -> None:
    assert math.isnan(number(decode(encode({"loss": math.nan})).events[0]["loss"]))


@pytest.mark.parametrize("value", [True, None, "nan", "1", [1], {}])
def test_what_is_no_number_is_not_taken_for_one(value: object) -> None:
    assert number(value) is None


class Hostile:
    def __repr__(self) -> str:
        raise AssertionError("code of the user was run")

    __str__ = __hash__ = __eq__ = __iter__ = __len__ = __bool__ = __repr__


class HostileDict(dict):
    items = __iter__ = keys = __len__ = __repr__ = Hostile.__repr__


class HostileText(str):
    __str__ = __repr__ = encode = Hostile.__repr__

    __hash__ = str.__hash__


class HostileNumber(float):
    __str__ = __repr__ = __float__ = Hostile.__repr__


def test_methods_of_the_users_classes_are_never_called() -> None:
    line = encode(
        {
            "object": Hostile(),
            "dict": HostileDict(a=[Hostile()]),
            "text": HostileText("ä"),
            "number": HostileNumber(1.5),
            HostileText("key"): (HostileNumber("nan"),),
        }
    )
    assert json.loads(line) == {
        "object": f"{__name__}.Hostile",
        "dict": {"a": [f"{__name__}.Hostile"]},
        "text": "ä",
        "number": 1.5,
        "key": ["NaN"],
    }


def test_odd_values_are_written_rather_than_refused() -> None:
    circle: list = []
    circle.append(circle)
    event = {
        "circle": circle,
        "huge": 10**6000,
        "surrogate": "\ud800",
        "bytes": b"\xff",
        "complex": 1j,
        "set": {1},
        "decimal": Decimal("0.10"),
        "path": PurePosixPath("a/b"),
        "type": int,
        None: 1,
        2: 3,
    }
    found = json.loads(encode(event))
    assert found["huge"] == hex(10**6000)
    assert found["surrogate"] == "\ud800"
    assert (found["bytes"], found["complex"], found["set"]) == ("b'\\xff'", "1j", [1])
    assert (found["decimal"], found["path"], found["type"]) == ("0.10", "a/b", "type")
    assert (found["null"], found["2"]) == (1, 3)
