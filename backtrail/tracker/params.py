"""Params, tags and notes. Names and signatures are MLflow's; nothing here raises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import values
from .notices import say_once
from .reach import reach


def log_param(key: str, value: Any, synchronous: Any = None) -> Any:
    """Records a param of the open run, and returns the value. It is on its way to the disk on return.

    A value of JSON's kinds stays what it is; numpy's scalars become numbers, other objects their text. Logged
    again, the last value counts and the change is kept.
    """
    log_params({key: value})
    return value


def log_params(params: Mapping[str, Any], synchronous: Any = None, run_id: Any = None) -> None:
    """Records several params of the open run. See `log_param`."""
    try:
        recorder = reach()
        if recorder is None:
            return
        run = None if run_id is None else recorder.known_run(str(run_id))
        if run_id is not None and run is None:
            say_once(f"There is no run {run_id} in this session, so nothing is logged to it.")
            return
        for key, value in dict(params).items():
            recorder.param(values.text(key), values.plain(value), run=run)
    except Exception as error:
        say_once(f"A param could not be logged: {type(error).__name__}: {error}.")


def set_tag(key: str, value: Any, synchronous: Any = None) -> None:
    """Sets a tag of the open run."""
    set_tags({key: value})


def set_tags(tags: Mapping[str, Any], synchronous: Any = None) -> None:
    """Sets several tags of the open run. MLflow's own for the note and the name set those."""
    try:
        recorder = reach()
        if recorder is None:
            return
        for key, value in dict(tags).items():
            if key == "mlflow.note.content":
                note(str(value))
            elif key == "mlflow.runName":
                recorder.rename(values.text(value))
            else:
                recorder.tag(values.text(key), values.plain(value))
    except Exception as error:
        say_once(f"A tag could not be set: {type(error).__name__}: {error}.")


def delete_tag(key: str) -> None:
    """Removes a tag of the open run."""
    set_tags({key: None})


def note(text: str) -> None:
    """Replaces the note of the open run."""
    try:
        recorder = reach()
        if recorder is not None:
            recorder.record(recorder.open_run(), "note", text=values.text(text))
    except Exception as error:
        say_once(f"The note could not be kept: {type(error).__name__}: {error}.")
