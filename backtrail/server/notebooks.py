"""What only the browser knows of a notebook: where it is now, and its cells in order."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from backtrail.runlog import ids, layout
from backtrail.runlog.lines import Event, encode
from backtrail.secrets import Redactor

from .edits import Editors
from .folder import NotebookFolder
from .places import Places

_TYPES = ("code", "markdown", "raw")


class Told(NamedTuple):
    """What a browser told: of which session, the notebook's contents path, its cells."""

    session: str
    path: str
    outline: list[dict[str, str]]


def told_by(body: Any) -> Told:
    """What a request's body tells.

    Raises:
        ValueError: it tells nothing; the message says what is wrong, in a sentence.
    """
    if not isinstance(body, dict) or not ids.is_id(body.get("session")):
        raise ValueError("The session is missing.")
    path, outline = body.get("path"), body.get("outline")
    if not isinstance(path, str) or not path:
        raise ValueError("The path of the notebook is missing.")
    if not isinstance(outline, list):
        raise ValueError("The outline is a list of cells.")
    return Told(body["session"], path, [_cell(cell) for cell in outline])


def record(editors: Editors, places: Places, folder: NotebookFolder, told: Told) -> bool:
    """Writes down what is new of what was told; whether anything was.

    Raises:
        OSError: it cannot be written.
    """
    session = folder.notebook.session(told.session)
    on_disk = places.on_disk(told.path)
    path = told.path if on_disk is None else str(on_disk)
    known = session.path
    moved = known is not None and os.path.realpath(known) != os.path.realpath(path)
    cells = [_without_secrets(cell, editors.redactor) for cell in told.outline]
    outline = encode({"cells": cells})[len(b'{"cells":') : -len(b"}\n")]
    blob = layout.store_blob(folder.runs_folder, outline)
    if not moved and session.outline == blob:
        return False
    events: list[Event] = []
    if moved:
        events.append({"event": "rename_notebook", "session": told.session, "from": known, "to": path})
    events.append({"event": "notebook", "session": told.session, "path": path, "outline": blob})
    editors.write(folder.path, *events)
    folder.refresh()
    return True


def _without_secrets(cell: dict[str, str], redactor: Redactor) -> dict[str, str]:
    return {**cell, "source": redactor.text(cell["source"]).text} if "source" in cell else cell


def _cell(cell: Any) -> dict[str, str]:
    if not isinstance(cell, dict) or not isinstance(cell.get("id"), str) or cell.get("type") not in _TYPES:
        raise ValueError("A cell of the outline has an id, and a type: code, markdown or raw.")
    kept = {"id": cell["id"], "type": cell["type"]}
    # The source of a code cell is recorded when it is executed, as it was executed.
    if cell["type"] != "code" and isinstance(cell.get("source"), str):
        kept["source"] = cell["source"]
    return kept
