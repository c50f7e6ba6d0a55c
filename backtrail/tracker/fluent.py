"""Runs as the user sees them: ``start_run`` and its relatives, with MLflow's names and signatures."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any

from ..runlog import ids
from . import params as params_api
from .notices import say_once
from .reach import reach
from .run import Run
from .values import text

_STATUSES = {
    "finished": "finished",
    "failed": "failed",
    "killed": "interrupted",
    "interrupted": "interrupted",
}


class RunInfo:
    """What MLflow tells of a run. Its statuses are upper case, times milliseconds since 1970."""

    def __init__(self, run: Run | None, run_id: str) -> None:
        self._run = run
        self.run_id = self.run_uuid = run_id
        self.lifecycle_stage = "active"

    @property
    def run_name(self) -> str:
        """The run's name."""
        return self._run.name if self._run else ""

    @property
    def experiment_id(self) -> str:
        """The experiment's name, which is what tells experiments apart."""
        return self._run.experiment if self._run else ""

    @property
    def status(self) -> str:
        """RUNNING, FINISHED, FAILED or KILLED (for an interrupt)."""
        status = self._run.status if self._run else "running"
        return "KILLED" if status == "interrupted" else status.upper()

    @property
    def start_time(self) -> int:
        """When the run began."""
        return int(self._run.started * 1000) if self._run else 0

    @property
    def end_time(self) -> int | None:
        """When the run ended, or None."""
        return int(self._run.ended * 1000) if self._run and self._run.ended else None

    @property
    def artifact_uri(self) -> str:
        """The folder of the files kept with the run."""
        return str(self._run.artifacts) if self._run else ""


class RunData:
    """Params (as text, like MLflow), the last value of each metric, tags."""

    def __init__(self, run: Run | None) -> None:
        self._run = run

    @property
    def params(self) -> dict[str, str]:
        """The params, as text."""
        return {key: text(value) for key, value in self._run.params.items()} if self._run else {}

    @property
    def metrics(self) -> dict[str, float]:
        """The last value of each metric."""
        return self._run.points.last() if self._run else {}

    @property
    def tags(self) -> dict[str, Any]:
        """The tags."""
        return dict(self._run.tags) if self._run else {}


class ActiveRun:
    """A run, as ``start_run`` returns it: ``with`` ends it, as failed when the block raises."""

    def __init__(self, run: Run | None) -> None:
        self._run = run
        self.info = RunInfo(run, run.id if run else ids.new_id())
        self.data = RunData(run)

    @property
    def id(self) -> str:
        """The run's id."""
        return self.info.run_id

    @property
    def name(self) -> str:
        """The run's name."""
        return self.info.run_name

    @property
    def status(self) -> str:
        """running, finished, failed or interrupted."""
        return self._run.status if self._run else "running"

    def __enter__(self) -> ActiveRun:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            status = "finished"
        else:
            status = "interrupted" if issubclass(kind, KeyboardInterrupt) else "failed"
        _end(self._run, status)

    def __repr__(self) -> str:
        return f"<run {self.name or self.id}: {self.status}>"


def start_run(
    name: str | None = None,
    experiment: str | None = None,
    params: Mapping[str, Any] | None = None,
    tags: Mapping[str, Any] | None = None,
    *,
    run_name: str | None = None,
    nested: bool = False,
    run_id: str | None = None,
    experiment_id: str | None = None,
    parent_run_id: str | None = None,
    description: str | None = None,
    log_system_metrics: bool | None = None,
) -> ActiveRun:
    """Begins a run by hand; use it with ``with``, or end it with `end_run`.

    An open run that has recorded nothing becomes this one; any other that is open ends, unless ``nested``,
    which makes it the parent. ``run_id`` goes on with a run of this session. ``run_name``, ``experiment_id``
    and ``description`` are MLflow's words for the name, the experiment and the note. Never raises.
    """
    try:
        recorder = reach()
        if recorder is None:
            return ActiveRun(None)
        known = recorder.known_run(run_id) if run_id else None
        if run_id and known is None:
            say_once(f"There is no run {run_id} in this session, so a new run goes on instead.")
        if known is not None:
            recorder.resume(known)
            run = known
        else:
            parent = recorder.known_run(parent_run_id) if parent_run_id else None
            if parent is None and nested and recorder.stack and recorder.stack[-1].explicit:
                parent = recorder.stack[-1]
            label = name or run_name
            group = experiment or experiment_id
            run = recorder.start_run(text(label) if label else None, text(group) if group else None, parent)
        params_api.log_params(params or {})
        params_api.set_tags(tags or {})
        if description:
            params_api.note(description)
        return ActiveRun(run)
    except Exception as error:
        say_once(f"The run could not be started: {type(error).__name__}: {error}.")
        return ActiveRun(None)


def end_run(status: str = "finished") -> None:
    """Ends the open run as finished, failed or interrupted. MLflow's words for them are understood."""
    known = _STATUSES.get(str(status).lower())
    if known is None:
        say_once(f"A run ends as finished, failed or interrupted, not as {status}; it counts as finished.")
    try:
        recorder = reach()
        if recorder is not None and recorder.stack:
            recorder.end_run(recorder.stack[-1], known or "finished")
    except Exception as error:
        say_once(f"The run could not be ended: {type(error).__name__}: {error}.")


def active_run() -> ActiveRun | None:
    """The run that is open, or None."""
    recorder = reach()
    return ActiveRun(recorder.stack[-1]) if recorder is not None and recorder.stack else None


def last_active_run() -> ActiveRun | None:
    """The run that is open, or else the one that ended last in this session, or None."""
    recorder = reach()
    if recorder is None:
        return None
    if recorder.stack:
        return ActiveRun(recorder.stack[-1])
    past = list(recorder.past.values())
    return ActiveRun(past[-1]) if past else None


def get_run(run_id: str) -> ActiveRun | None:
    """A run of this session, or None."""
    recorder = reach()
    run = recorder.known_run(run_id) if recorder is not None else None
    return ActiveRun(run) if run is not None else None


def get_artifact_uri(artifact_path: str | None = None) -> str:
    """The folder of the files kept with the open run, or of one of them."""
    run = active_run()
    uri = run.info.artifact_uri if run else ""
    return f"{uri}/{artifact_path}" if artifact_path else uri


class Experiment:
    """A named group of runs. Its id is its name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.experiment_id = name
        self.lifecycle_stage = "active"
        self.artifact_location = ""
        self.tags: dict[str, str] = {}


def set_experiment(experiment_name: str | None = None, experiment_id: str | None = None) -> Experiment:
    """Runs belong to this experiment from now on, and so does the open one if it is still empty."""
    name = text(experiment_name or experiment_id or "")
    try:
        recorder = reach()
        if recorder is not None and name:
            recorder.set_experiment(name)
    except Exception as error:
        say_once(f"The experiment could not be set: {type(error).__name__}: {error}.")
    return Experiment(name)


def create_experiment(name: str, artifact_location: Any = None, tags: Any = None) -> str:
    """The id of an experiment, which is its name: experiments come into being with their first run."""
    return text(name)


def _end(run: Run | None, status: str) -> None:
    try:
        recorder = reach() if run is not None else None
        if recorder is not None and run is not None:
            recorder.end_run(run, status)
    except Exception as error:
        say_once(f"The run could not be ended: {type(error).__name__}: {error}.")
