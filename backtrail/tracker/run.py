"""A run as the tracker holds it while it can still be written to."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Callable, Union

from ..runlog import layout
from .series import Points

Mark = Union[str, None]


class Run:
    """One run. ``cell`` is the execution it begins with, ``number`` its place among the notebook's runs."""

    def __init__(  # noqa: PLR0917
        self,
        run_id: str,
        number: int,
        name: str,
        experiment: str,
        cell: int,
        parent: str | None,
        folder: Path,
        say: Callable[[str], None],
    ) -> None:
        self.id = run_id
        self.number = number
        self.name = name
        self.experiment = experiment
        self.cell = cell
        self.parent = parent
        self.explicit = False
        """Opened or taken over by ``start_run``, so that it ends by ``end_run``."""
        self.status = "running"
        self.last_outcome = "finished"
        self.outcome_before = "finished"
        """That of the execution before the last."""
        self.recorded = False
        self.logged = False
        """The user has logged something to it: not all that is recorded was."""
        self.started = time.time()
        self.ended: float | None = None
        self.last_cell: int | None = None
        """The execution in which it ended."""
        self.heir: Run | None = None
        """The run that it was ended for, which an execution after ``last_cell`` is the first of."""
        self.params: dict[str, Any] = {}
        self.params_by_cell: dict[str, int | None] = {}
        self.param_origins: dict[str, str] = {}
        self.metric_origins: dict[str, str] = {}
        """Of each metric, where its last point was seen; ``logged`` when the user logs it."""
        self.tags: dict[str, Any] = {}
        self.metric_marks: set[Mark] = set()
        self.param_marks: set[Mark] = set()
        """Which cells logged a metric, or a param: executed again, they begin a new run."""
        self.notebook_folder = folder
        self.points = Points(layout.metrics_path(folder, run_id), say)

    @property
    def folder(self) -> Path:
        """The folder of the run; it exists once the run has recorded something."""
        return layout.run_dir(self.notebook_folder, self.id)

    @property
    def artifacts(self) -> Path:
        """The folder of the files kept with the run."""
        return layout.artifacts_dir(self.notebook_folder, self.id)

    @property
    def taken(self) -> bool:
        """Whether ``start_run`` leaves it alone: the user has logged to it, or it has metrics."""
        return self.logged or len(self.points) > 0

    def of_execution(self, n: object) -> Run:
        """This run, or the one that the execution ``n`` was handed over to."""
        if self.heir is None or self.last_cell is None or type(n) is not int or n <= self.last_cell:
            return self
        return self.heir

    def begins_again(self, mark: Mark) -> bool:
        """Whether executing the cell ``mark`` once more would mix two attempts in this run."""
        if mark is None:
            return False
        return mark in self.metric_marks or (len(self.points) > 0 and mark in self.param_marks)

    def move(self, folder: Path) -> None:
        """Follows the notebook's folder, which was moved."""
        self.notebook_folder = folder
        self.points.path = layout.metrics_path(folder, self.id)
        if self.points.log is not None:
            self.points.log.path = self.points.path
