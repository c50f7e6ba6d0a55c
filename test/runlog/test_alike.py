"""Lines of one form, read column by column."""

from __future__ import annotations

import json
import math

import orjson
from hypothesis import given
from hypothesis import strategies as st

from backtrail.runlog.alike import columns
from backtrail.runlog.lines import decode
from backtrail.runlog.metrics import MetricsSummary

LINES = [b'{"step":%d,"time":1.5,"cell":1,"loss":%d.25}\n' % (step, step) for step in range(20)]

names = st.sampled_from(
    ["loss", "loss2", "2loss", "e", "E", "a-b", "a+b", "a.b", "step", "time", "cell", "é", '"', "\n"]
)
values = (
    st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([10**400])
)
odd = st.sampled_from([None, True, "NaN", "1", [1], {"loss": 1}])
line = st.dictionaries(names, values, min_size=1, max_size=4)


def written(lines: list[dict]) -> bytes:
    return b"".join(json.dumps(one, separators=(",", ":")).encode() + b"\n" for one in lines)


def summary_of(data: bytes) -> str:
    metrics = MetricsSummary()
    metrics.feed(decode(data).events)
    return json.dumps([metrics.to_json(), metrics.last_time])


@given(line, st.lists(st.lists(values, min_size=4, max_size=4), min_size=8, max_size=30), st.data())
def test_what_is_read_by_columns_is_what_is_read_line_by_line(
    form: dict, rows: list[list], draw: st.DataObject
) -> None:
    lines = [dict(zip(form, row)) for row in rows]
    if draw.draw(st.booleans()):
        # One line of another form, at any place.
        lines[draw.draw(st.integers(0, len(lines) - 1))] = draw.draw(line | st.dictionaries(names, odd))
    data = written(lines)
    for parse in (None, orjson.loads):
        alike = columns(data, parse)
        if alike is None:
            continue
        events = decode(data).events
        assert all(list(alike) == list(event) or set(alike) == set(event) for event in events)
        for name, found in alike.items():
            assert found.tolist() == [float(event[name]) for event in events]


def test_lines_of_numbers_are_read_by_columns_and_summarised_alike() -> None:
    data = b"".join(LINES)
    alike = columns(data)
    assert alike is not None
    assert alike["loss"].tolist() == [step + 0.25 for step in range(20)]
    metrics = MetricsSummary()
    metrics.feed_columns(alike)
    assert json.loads(json.dumps([metrics.to_json(), metrics.last_time])) == json.loads(summary_of(data))


def test_a_line_of_another_form_has_all_of_them_read_one_by_one() -> None:
    for other in (
        b'{"step":1,"time":1.5,"cell":1,"loss":"NaN"}\n',
        b'{"step":1,"time":1.5,"cell":1,"loss2":1}\n',
        b'{"step":1,"time":1.5,"cell":1}\n',
        b'{"step":1,"time":1.5,"cell":1,"loss":1,"acc":2}\n',
        b'{"step":1,"time":1.5,"cell":1,"loss":}\n',
        b'{"step":1,"time":1.5,"cell":1,"lo',
        b'{5"step":,"time":1.5,"cell":1,"loss":1}\n',
        b"\n",
        b"12\n",
    ):
        for place in (0, 10, 20):
            assert columns(b"".join([*LINES[:place], other, *LINES[place:]])) is None, (other, place)


def test_a_digit_where_none_belongs_is_noticed() -> None:
    good = b'{"step":1,"loss":2}\n'
    alike = columns(good * 20)
    assert alike is not None
    assert (alike["step"].tolist(), alike["loss"].tolist()) == ([1] * 20, [2] * 20)
    for place in range(len(good)):
        for digit in b"05.-":
            other = good[:place] + bytes([digit]) + good[place:]
            alike = columns(good * 10 + other + good * 9)
            events = decode(other).events
            if alike is not None:
                assert events, other
                assert [numbers[10] for numbers in alike.values()] == list(events[0].values()), other


def test_the_same_fields_in_another_order_keep_their_values() -> None:
    # Without their digits these lines are the same bytes.
    data = b"".join(
        b'{"loss1":%d,"loss2":%d}\n' % (step, -step)
        if step % 2
        else b'{"loss2":%d,"loss1":%d}\n' % (-step, step)
        for step in range(10)
    )
    alike = columns(data)
    assert alike is not None
    assert alike["loss1"].tolist() == list(range(10))
    assert alike["loss2"].tolist() == [-step for step in range(10)]


def test_an_integer_beyond_every_float_is_left_to_who_knows_that_it_is_infinite() -> None:
    data = b"".join(LINES) + b'{"step":1,"time":1.5,"cell":1,"loss":1' + b"0" * 400 + b"}\n"
    assert columns(data) is None
    assert math.isinf(json.loads(summary_of(data).replace('"Infinity"', "Infinity"))[0]["loss"]["max"])
