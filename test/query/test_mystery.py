"""docs/mystery.md: the notebook on it is run in a kernel, then every line of the shell.

``BACKTRAIL_UPDATE=1`` writes the outputs into the page instead. What is another at every run, such as ids
and times, is replaced.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from .test_questions import ROOT, command

__all__ = ["command"]

PAGE = ROOT / "docs" / "mystery.md"
CODE = re.compile(r"```python\n(.*?)```", re.S)
SHELL = re.compile(r"```sh\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.S)
MODELS = [(1, 0.1), (2, 0.5), (3, 2.0)]
ID = re.compile(r"\b\d{8}-\d{9}-[0-9a-z]{4}\b")
COUNT = re.compile(r"\b\d+ (?=values|outputs)")
ALWAYS = (
    (re.compile(r"\b20\d\d-\d\d-\d\d[ T]\d\d:\d\d:\d\d"), "2026-10-03 09:00:00"),
    (re.compile(r"\b\d+(\.\d+)? s\b"), "1 s"),
)


def execute(client: BlockingKernelClient, source: str, cell: str) -> dict[str, Any]:
    """Executes a cell as JupyterLab does, with its id: the same one again is the cell run again."""
    content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}}
    content |= {"allow_stdin": False, "stop_on_error": True}
    message = client.session.msg("execute_request", content, metadata={"cellId": cell})
    client.shell_channel.send(message)
    while True:
        reply: dict[str, Any] = client.get_shell_msg(timeout=240)
        if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
            return reply


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder after the notebook was run, one of its models renamed."""
    for name in [name for name in os.environ if name.startswith(("BACKTRAIL", "JPY"))]:
        if name != "BACKTRAIL_UPDATE":
            monkeypatch.delenv(name)
    for name in ("HOME", "JUPYTER_DATA_DIR", "XDG_CACHE_HOME", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    folder = tmp_path / "loans"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "loans.ipynb"))
    prepare, train = CODE.findall(PAGE.read_text("utf-8"))
    cells = [("attach", "%load_ext backtrail"), ("prepare", prepare)]
    for number, (seed, rate) in enumerate(MODELS, 1):
        edited = train.replace("SEED", str(seed)).replace("RATE", str(rate))
        cells.append(("train", edited.replace("MODEL", f"model-{number}")))
    manager, client = start_new_kernel(startup_timeout=240, kernel_name="python3", cwd=str(folder))
    try:
        for cell, source in cells:
            reply = execute(client, source, cell)
            assert reply["content"]["status"] == "ok", reply["content"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    shutil.copy(folder / "models" / "model-2.pkl", folder / "model_best_final_FINAL_USE_THIS.pkl")
    yield folder


def test_the_unknown_file_is_found_and_its_run_comes_to_the_same(folder: Path, command: Path) -> None:
    runs = sorted(path.name for path in (folder / "runs" / "loans").iterdir() if ID.fullmatch(path.name))
    ids = {run: f"20261003-090000000-run{number}" for number, run in enumerate(runs, 1)}

    def answered(block: re.Match[str]) -> str:
        program = f'backtrail() {{ node "{command}" "$@"; }}\n{block[1]}'
        done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)
        text = (done.stdout + done.stderr).replace(str(folder), "~/loans")
        text = ID.sub(lambda found: ids[found[0]], text)
        for pattern, instead in ALWAYS:
            text = pattern.sub(instead, text)
        return f"```sh\n{block[1]}```\n\n```text\n{text}```\n"

    page = PAGE.read_text("utf-8")
    real = SHELL.sub(answered, page)
    if os.environ.get("BACKTRAIL_UPDATE"):
        PAGE.write_text(real, "utf-8")
        return
    assert "identical: " in real
    # How much is compared is told as it was when the page was written: captures of more kinds may follow.
    assert COUNT.sub("", real) == COUNT.sub("", page)
