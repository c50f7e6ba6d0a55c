"""What people change of runs afterwards, appended to a log of this server's own in each notebook folder."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import Any

from backtrail.runlog import ids, layout, process, times
from backtrail.runlog.append import Appender
from backtrail.runlog.lines import Event
from backtrail.secrets import Redactor, patterns

from . import __version__
from .folder import NotebookFolder

_LONGEST_NAME = 500


class Editors:
    """The editor logs of this server. A log is begun with the first edit of its notebook.

    Writing blocks, and only one thread may use it at a time. Nothing goes into a log that has not been
    through the ``redactor``, whose own patterns are those of BACKTRAIL_REDACT.
    """

    def __init__(self) -> None:
        self.redactor = Redactor(patterns(None, os.environ))
        self._logs: dict[Path, tuple[Path, Appender]] = {}

    def write(self, folder: Path, *events: Event) -> None:
        """Appends events, with the time and without secrets, and returns once they are on the disk.

        Raises:
            OSError: the log cannot be written.
        """
        path, log = self._logs.get(folder, (None, None))
        if log is None or path is None or not path.exists():
            # The folder may have been moved away or restored under a log that is open.
            if log is not None:
                log.close()
            log = self._begin(folder)
        time = times.now()
        safe = (self.redactor.event(event["event"], event) for event in events)
        log.append(*({"event": event["event"], "time": time, **event} for event in safe))
        log.sync()

    def _begin(self, folder: Path) -> Appender:
        editor = ids.new_id()
        path = layout.log_path(folder, editor)
        log = Appender(path)
        self._logs[folder] = (path, log)
        log.append(
            {
                "event": "editor",
                "time": times.now(),
                "format": 1,
                "editor": editor,
                "user": _user(),
                "writer": {"name": "backtrail-server", "version": __version__},
                "process": process.identity(),
            }
        )
        return log


def edit_of(body: Any) -> Event:
    """The event that a request's body asks for, with nothing in it that is not the event's.

    Raises:
        ValueError: it is no edit; the message says what is wrong, in a sentence.
    """
    if not isinstance(body, dict):
        raise ValueError("An edit is a JSON object with the field event.")
    kind = body.get("event")
    if kind in ("rename", "experiment"):
        return {"event": kind, "name": _name(body.get("name"), "name")}
    if kind == "tag":
        if "value" not in body:
            raise ValueError("A tag needs a value; null removes it.")
        return {"event": kind, "key": _name(body.get("key"), "key"), "value": body["value"]}
    if kind == "note":
        if not isinstance(body.get("text"), str):
            raise ValueError("The text of a note is a string.")
        return {"event": kind, "text": body["text"]}
    if kind == "archive":
        if not isinstance(body.get("archived"), bool):
            raise ValueError("archived is true or false.")
        return {"event": kind, "archived": body["archived"]}
    if kind == "stage":
        return _stage(body)
    raise ValueError("An edit is one of rename, tag, note, experiment, archive and stage.")


def edit(editors: Editors, folder: NotebookFolder, run_id: str, event: Event) -> dict[str, Any]:
    """Makes an edit of a run, and gives the new summary.

    Raises:
        OSError: the edit cannot be written.
        KeyError: the run is gone.
    """
    editors.write(folder.path, {**event, "run": run_id})
    folder.refresh()
    summary = folder.summary(run_id)
    try:
        folder.write_summary(run_id)
    except OSError:
        # The edit is in the log, which counts; run.json can be made from it at any time.
        pass
    return summary


def _stage(body: dict[str, Any]) -> Event:
    stage, reason = body.get("stage"), body.get("reason")
    if reason is not None and not isinstance(reason, str):
        raise ValueError("The reason of a stage is a text.")
    if "stage" not in body:
        raise ValueError("A stage needs a name; null takes the run out of its stage.")
    return {
        "event": "stage",
        "stage": None if stage is None else _name(stage, "stage"),
        "by": _user(),
        "reason": (reason or "").strip() or None,
    }


def _name(value: object, field: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_NAME:
        raise ValueError(f"The {field} is a text of 1 to {_LONGEST_NAME} characters.")
    return value.strip()


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None
