"""Points on their way to the file: every one whole, none wrong, the unusual ones too."""

from __future__ import annotations

import math
import sys
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import backtrail
from backtrail.runlog.lines import decode, number
from backtrail.runlog.metrics import MetricsSummary, field
from backtrail.tracker.notices import BacktrailWarning

KEYS = st.one_of(
    st.sampled_from(
        ["loss", "step", "time", "cell", "/loss", "", "100%d", "%(a)s", "a\nb", '"', "é", "\ud800"]
    ),
    st.text(),
)
CALLS = st.lists(
    st.tuples(
        KEYS,
        st.one_of(st.floats(), st.integers(-(2**70), 2**70), st.booleans()),
        st.none() | st.integers(-5, 50),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calls=CALLS)
def test_every_point_is_read_back_as_it_was_logged(recorded: Any, calls: list[Any]) -> None:
    recorded.recorder.end_all(None)
    last: dict[str, int] = {}
    expected = []
    for key, value, step in calls:
        backtrail.log_metric(key, value, step)
        last[key] = step if step is not None else last.get(key, -1) + 1
        expected.append((key, float(value), last[key]))
    if not calls:
        return
    run = recorded.recorder.stack[-1]
    decoded = decode(run.points.path.read_bytes())
    assert (decoded.damaged, decoded.torn, len(decoded.events)) == (0, False, len(calls))
    for (key, value, step), line in zip(expected, decoded.events):
        found = number(line[field(key)])
        assert found is not None
        assert found == value or (math.isnan(found) and math.isnan(value))
        assert line["step"] == step
    # What the tracker counted is what a reader counts.
    read = MetricsSummary()
    read.feed(decoded.events)
    counted = run.points.summary()
    assert repr(counted.to_json()) == repr(
        {key: {**value, **_as_floats(value)} for key, value in read.to_json().items()}
    )


def _as_floats(value: dict[str, Any]) -> dict[str, Any]:
    names = ("last", "min", "max", "first")
    return {name: float(value[name]) if isinstance(value[name], int) else value[name] for name in names}


@pytest.mark.parametrize(
    "value",
    [np.float64(0.5), np.float32(0.5), np.array(0.5), np.array([0.5]), np.float16(0.5)],
)
def test_scalars_of_numpy_are_numbers(recorded: Any, value: Any) -> None:
    backtrail.log_metric("a", 0.25)
    backtrail.log_metric("a", value)
    assert [point["a"] for point in recorded.points()] == [0.25, 0.5]


@pytest.mark.parametrize("value", ["0.5", None, [1, 2], np.array([1.0, 2.0]), {}, b"1", object(), 1j])
def test_what_is_no_number_is_said_once_and_left_out(recorded: Any, value: Any) -> None:
    backtrail.log_metric("a", 1.0)
    with pytest.warns(BacktrailWarning, match="not a number, and is left out") as said:
        backtrail.log_metric("a", value)
        backtrail.log_metric("a", value)
    assert len(said) == 1
    assert said[0].filename == __file__
    assert len(recorded.points()) == 1


def test_steps_count_on_from_the_highest_last_of_the_keys_of_a_call(recorded: Any) -> None:
    backtrail.log(a=1.0)
    backtrail.log_metric("a", 1.0, step=7)
    backtrail.log(a=1.0, b=1.0)
    backtrail.log(b=1.0)
    backtrail.log_metric("b", 1.0, step=2)
    backtrail.log({"b": 1.0}, c=1.0)
    backtrail.log_metrics({"a": 1.0, "b": 1.0}, step=np.int64(30))
    assert [point["step"] for point in recorded.points()] == [0, 7, 8, 9, 2, 3, 30]


def test_the_time_of_a_point_is_that_of_the_call_or_the_one_given(recorded: Any) -> None:
    before = time.time()
    for _ in range(3):
        backtrail.log_metric("a", 1.0)
    after = time.time()
    backtrail.log_metric("a", 1.0, timestamp=1_600_000_000_500)
    times = [point["time"] for point in recorded.points()]
    assert before - 1e-6 <= times[0] <= times[1] <= times[2] <= after
    assert times[3] == 1_600_000_000.5


def test_a_second_that_passes_is_noticed(recorded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    metrics = sys.modules["backtrail.tracker.metrics"]
    series = sys.modules["backtrail.tracker.series"]
    moments = [1000.25, 1000.999999999, 1001.0, 999.5, 1002.75]
    for moment in moments:
        monkeypatch.setattr(metrics, "time", lambda moment=moment: moment)
        monkeypatch.setattr(series, "time", lambda moment=moment: moment)
        backtrail.log_metric("a", 1.0)
    assert [point["time"] for point in recorded.points()] == pytest.approx(moments, abs=1.1e-6)


def test_a_point_can_go_to_another_run_of_the_session(recorded: Any) -> None:
    with backtrail.start_run("first") as first:
        backtrail.log(a=1.0)
    with backtrail.start_run("second"):
        backtrail.log(a=2.0)
        backtrail.log_metric("a", 3.0, run_id=first.id)
        backtrail.log(a=4.0)
        assert [point["a"] for point in recorded.points()] == [2.0, 4.0]
    assert first.data.metrics == {"a": 3.0}
    with pytest.warns(BacktrailWarning, match="no run nobody"):
        backtrail.log_metric("a", 5.0, run_id="nobody")
