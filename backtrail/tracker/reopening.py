"""What a log that was deleted, and is begun anew, has to say of what is open."""

from __future__ import annotations

from ..runlog import times
from .lifecycle import Lifecycle
from .run import Run
from .session import Event


def opened_again(lifecycle: Lifecycle) -> list[Event]:
    """The runs that are open, their params and tags, and the executions that are going on."""
    events: list[Event] = []
    for run in lifecycle.stack:
        events.append({"time": times.now(), **lifecycle.run_start(run, "after end")})
        events += _params(run)
        events += [
            {"event": "tag", "time": times.now(), "run": run.id, "key": key, "value": value}
            for key, value in run.tags.items()
        ]
    events += [execution.begun for execution in lifecycle.executions.going_on if execution.begun]
    return events


def _params(run: Run) -> list[Event]:
    return [
        {
            "event": "param",
            "time": times.now(),
            "run": run.id,
            "key": key,
            "value": value,
            "cell": run.params_by_cell.get(key),
            "origin": run.param_origins.get(key, "logged"),
        }
        for key, value in run.params.items()
    ]
