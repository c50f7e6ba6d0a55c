"""``log_metric`` and its relatives. Names and signatures are MLflow's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from os import write
from time import time
from typing import Any

from . import values, workers
from .notices import say_once
from .reach import reach
from .series import live, together
from .values import quick


def log_metric(  # noqa: PLR0917 - as MLflow has it
    key: str,
    value: Any,
    step: Any = None,
    synchronous: Any = None,
    timestamp: Any = None,
    run_id: Any = None,
    model_id: Any = None,
    dataset: Any = None,
) -> None:
    """Logs one point of the metric ``key`` in the open run.

    ``value`` is a number, or a scalar of numpy, torch or the like; what is no number is said once and left
    out. Without ``step`` it is one more than the metric's last. ``timestamp`` is in milliseconds since 1970,
    as MLflow has it; ``run_id`` names another run of this session. The other arguments are accepted for
    MLflow's sake. The point is on its way to the disk when the call returns. Never raises.
    """
    given = value
    # The fast way: everything as at the last point. A line is whole and never lost, with several threads too.
    try:
        channel = live[key]
        passed = time() - channel.second
        if type(value) is not float:
            value = quick(value)
        # The difference of a value that is not finite with itself is not zero; JSON has no number for it.
        if 0.0 <= passed < 1.0 and value - value == 0.0 and timestamp is run_id:
            if type(step) is int:
                channel.steps = None
            elif step is None and channel.steps is not None:
                step = next(channel.steps)
            else:
                return _log({key: given}, step, timestamp, run_id)
            line = channel.form % (step, int(passed * 1e6), value)
            try:
                written = write(channel.descriptor, line)
            except OSError:
                written = 0
            if written == len(line):
                channel.keep(value)
                channel.last = step
            else:
                channel.points.rescue([channel], line, written, step, (value,))
            return None
    except (KeyError, TypeError):
        pass
    return _log({key: given}, step, timestamp, run_id)


def log_metrics(  # noqa: PLR0917 - as MLflow has it
    metrics: Mapping[str, Any],
    step: Any = None,
    synchronous: Any = None,
    run_id: Any = None,
    timestamp: Any = None,
    model_id: Any = None,
    dataset: Any = None,
) -> None:
    """Logs one point of each metric, all of the same step. See `log_metric`."""
    if timestamp is not None or run_id is not None or not _log_together(metrics, step):
        _log(metrics, step, timestamp, run_id)


def log(metrics: Mapping[str, Any] | None = None, step: Any = None, **more: Any) -> None:
    """Logs metrics given as a mapping, by name, or both: ``log({"loss": 0.3}, accuracy=0.9)``."""
    points = {**metrics, **more} if metrics else more
    if not _log_together(points, step):
        _log(points, step, None, None)


def _log_together(metrics: Mapping[str, Any], step: Any) -> bool:
    """The fast way for the metrics of one call; False when nothing was written."""
    try:
        group = together[tuple(metrics)]
        passed = time() - group.second
        numbers: list[Any] = [value if type(value) is float else quick(value) for value in metrics.values()]
        total = sum(numbers)
        # One that is not finite makes the sum so; one that is no number raises.
        if not (0.0 <= passed < 1.0 and total - total == 0.0):
            return False
        if step is None:
            step = group.next_step()
        elif type(step) is int:
            for channel in group.channels:
                channel.steps = None
        else:
            return False
        line = group.form % (step, int(passed * 1e6), *numbers)
    except (KeyError, TypeError, OverflowError):
        return False
    try:
        written = write(group.descriptor, line)
    except OSError:
        written = 0
    if written == len(line):
        for channel, number in zip(group.channels, numbers):
            channel.keep(number)
            channel.last = step
    else:
        group.points.rescue(group.channels, line, written, step, numbers)
    return True


def _log(metrics: Mapping[str, Any], step: Any, timestamp: Any, run_id: Any) -> None:
    """The slow way, for any metrics. It prepares the fast way for the next ones."""
    try:
        first = workers.first()
        if first is not None:
            seconds = values.number(timestamp)
            first.record(_numbers(metrics), _step(step), None if seconds is None else seconds / 1000)
            return
        recorder = reach()
        if recorder is None:
            return
        run = None
        if run_id is not None:
            run = recorder.known_run(str(run_id))
            if run is None:
                say_once(f"There is no run {run_id} in this session, so nothing is logged to it.")
                return
        points = _numbers(metrics)
        if points:
            seconds = values.number(timestamp)
            recorder.metrics(points, _step(step), None if seconds is None else seconds / 1000, run)
    except Exception as error:
        say_once(f"A metric could not be logged: {type(error).__name__}: {error}.")


def _numbers(metrics: Mapping[str, Any]) -> dict[str, float | int]:
    points: dict[str, float | int] = {}
    for key, value in metrics.items():
        number = values.number(value)
        name = key if type(key) is str else values.text(key)
        if number is None:
            kind = type(value).__name__
            say_once(f"The metric {name} is a {kind}, not a number, and is left out.")
        else:
            points[name] = number
    return points


def _step(step: Any) -> float | int | None:
    number = values.number(step)
    if number is None or (isinstance(number, float) and not math.isfinite(number)):
        if step is not None:
            say_once("A step that is not a number is counted on from the last one instead.")
        return None
    return number
