"""What a summary says of a metric."""

from __future__ import annotations

import json
import math
from array import array

from hypothesis import given
from hypothesis import strategies as st

from backtrail.runlog.lines import encode
from backtrail.runlog.metrics import MetricsSummary, MetricSummary, field, key_of

numbers = st.floats(width=32) | st.sampled_from([math.nan, math.inf, -math.inf])


@given(st.lists(numbers, max_size=30))
def test_minimum_and_maximum_pass_over_nan_but_first_and_last_do_not(values: list[float]) -> None:
    metric = MetricSummary()
    for step, value in enumerate(values):
        metric.add(step, value)
    known = [value for value in values if not math.isnan(value)]
    assert metric.count == len(values)
    assert metric.min == min(known, default=None)
    assert metric.max == max(known, default=None)
    if values:
        assert repr((metric.first, metric.last)) == repr((values[0], values[-1]))
        assert metric.step == len(values) - 1


@given(st.lists(numbers, max_size=30), st.lists(numbers, max_size=30))
def test_points_folded_at_once_give_the_same_as_one_by_one(first: list[float], second: list[float]) -> None:
    single, folded = MetricSummary(), MetricSummary()
    for step, value in enumerate(first + second):
        single.add(step, value)
    folded.fold(array("d", first), len(first) - 1)
    folded.fold(array("d", second), len(first + second) - 1)
    assert json.dumps(single.to_json()) == json.dumps(folded.to_json())


@given(st.lists(numbers, max_size=30))
def test_a_metric_of_a_summary_can_be_gone_on_from(values: list[float]) -> None:
    metric = MetricSummary()
    metric.fold(values, 1)
    text = json.dumps(metric.to_json(), allow_nan=False)
    assert json.dumps(MetricSummary.from_json(json.loads(text)).to_json()) == text


@given(st.text())
def test_any_name_of_a_metric_comes_back_from_its_field(key: str) -> None:
    assert key_of(field(key)) == key
    assert field(key) not in ("step", "time", "cell")


def test_what_is_no_number_is_no_point() -> None:
    metrics = MetricsSummary()
    metrics.feed(
        [
            {
                "step": 0,
                "time": 1.5,
                "cell": 1,
                "loss": 1,
                "name": "x",
                "ok": True,
                "none": None,
                "/step": "NaN",
            }
        ]
    )
    assert sorted(metrics.by_key) == ["loss", "step"]
    assert metrics.last_time == 1.5
    assert encode(metrics.to_json())
