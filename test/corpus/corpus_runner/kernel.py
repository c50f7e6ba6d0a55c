"""One notebook in one fresh kernel, with the tracker attached as it is without a browser."""

from __future__ import annotations

import ast
import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from backtrail.runlog import layout
from backtrail.runlog.summary import read_notebook
from jupyter_client.manager import KernelManager
from nbclient.client import NotebookClient
from zmq.error import ZMQError

from . import data, percent
from .key import Key

REPOSITORY = Path(__file__).parents[3]
PATIENCE = 240
_LOOKED_AT = 5
"""Seconds."""


class Captured(NamedTuple):
    """What a run of a notebook left: the summaries of its runs, and what the notebook itself knows."""

    summaries: list[dict[str, Any]]
    origins: dict[str, str]
    param_origins: dict[str, str]
    metric_values: dict[str, list[float]]
    known: dict[str, Any]
    text: str
    warnings: list[str]


def execute(key: Key, folder: Path, *, attach: bool = True) -> Captured:
    """Runs the notebook of a key in ``folder``, which must be empty, and reads its log.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed.
        KeyError: an expression of the key cannot be evaluated in the notebook's namespace.
    """
    data.provide(key.content.get("data", []), folder / "data")
    notebook = percent.read(key.path)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "notebook.ipynb")
    environment = _environment(folder, attach)
    manager = KernelManager(kernel_name="python3")
    manager.kernel_spec.argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    client = NotebookClient(
        notebook, km=manager, timeout=PATIENCE, resources={"metadata": {"path": str(folder)}}
    )
    expressions = key.expressions()
    try:
        with client.setup_kernel(env=environment, cwd=str(folder), stderr=subprocess.DEVNULL):
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type == "code":
                    client.execute_cell(cell, index)
            known = _ask(client, expressions)
    finally:
        _end(manager)
    text = _printed(notebook)
    return _read(folder, known, text)


def _end(manager: KernelManager) -> None:
    """What the last cell did is looked at after its answer: the log is whole when the kernel has ended."""
    if manager.has_kernel:
        try:
            manager.shutdown_kernel()
        except ZMQError:
            # Of many kernels at once one may not be reached by this way.
            time.sleep(_LOOKED_AT)
            manager.shutdown_kernel(now=True)


def _environment(folder: Path, attach: bool) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BACKTRAIL", "JPY"))}
    profile = folder / "ipython" / "profile_default" / "startup"
    profile.mkdir(parents=True)
    environment = {
        **kept,
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_DATA_DIR": str(folder / "jupyter-data"),
        "BACKTRAIL_DIR": str(folder / "runs"),
        "BACKTRAIL": "on" if attach else "off",
        # As in JupyterLab, where it is the notebook's path.
        "JPY_SESSION_NAME": str(folder / "notebook.ipynb"),
        "OMP_NUM_THREADS": "2",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    if attach:
        _autoload(environment)
    return environment


def _autoload(environment: dict[str, str]) -> None:
    """``backtrail autoload on``, for the profile of this one kernel."""
    command = [sys.executable, "-m", "backtrail", "autoload", "on"]
    subprocess.run(
        command,
        env={**environment, "PYTHONPATH": str(REPOSITORY)},
        cwd=environment["IPYTHONDIR"],
        check=True,
        capture_output=True,
    )


_ASK = (
    "__import__('json').dumps([(lambda v: v.item() if getattr(v, 'size', 0) == 1 and hasattr(v, 'item') else"
    " v.item() if hasattr(v, 'numel') and v.numel() == 1 else v)(({})) ])"
)


def _ask(client: Any, expressions: list[str]) -> dict[str, Any]:
    """The values of expressions in the notebook's namespace, asked as no cell."""
    if not expressions:
        return {}
    answer = client.kc.execute_interactive(
        "",
        silent=True,
        store_history=False,
        user_expressions={str(i): _ASK.format(text) for i, text in enumerate(expressions)},
        timeout=PATIENCE,
    )
    if hasattr(answer, "__await__"):
        answer = _wait(answer)
    known = {}
    for i, text in enumerate(expressions):
        found = answer["content"]["user_expressions"][str(i)]
        if found["status"] != "ok":
            raise KeyError(f"{text}: {found['ename']}: {found['evalue']}")
        known[text] = json.loads(ast.literal_eval(found["data"]["text/plain"]))[0]
    return known


def _wait(answer: Any) -> Any:
    from jupyter_core.utils import run_sync  # noqa: PLC0415

    async def waited() -> Any:
        return await answer

    return run_sync(waited)()


def _printed(notebook: Any) -> str:
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    return "".join(o.get("text", "") for o in outputs if o.output_type == "stream")


def _read(folder: Path, known: dict[str, Any], text: str) -> Captured:
    folders = [path for path in (folder / "runs").glob("*") if (path / "sessions").is_dir()]
    if not folders:
        return Captured([], {}, {}, {}, known, text, [])
    (notebook_folder,) = folders
    notebook = read_notebook(notebook_folder)
    summaries = [notebook.summary(run) for run in notebook.runs()]
    origins: dict[str, str] = {}
    param_origins: dict[str, str] = {}
    warnings: list[str] = []
    for path in (notebook_folder / "sessions").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if event["event"] == "metric":
                origins[event["key"]] = event.get("origin", "")
            elif event["event"] == "param":
                param_origins[event["key"]] = event.get("origin", "")
            elif event["event"] == "warning":
                warnings.append(event["message"])
    points: dict[str, list[float]] = {}
    for run in notebook.runs():
        path = layout.metrics_path(notebook_folder, run)
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                for name, value in json.loads(line).items():
                    if name not in ("step", "time", "cell"):
                        points.setdefault(name.removeprefix("/"), []).append(_number(value))
    return Captured(summaries, origins, param_origins, points, known, text, warnings)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
