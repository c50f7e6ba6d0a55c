"""A server with the extension, and a writer of logs as a tracker writes them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from backtrail.runlog import directories, ids, layout, process, times
from backtrail.runlog.append import Appender
from backtrail.server import follow_runs, follow_series

# Ends a test that waits for what never comes. It is no measure: a busy machine may take a while for anything.
PATIENCE = 240

GONE = {
    "pid": 2**22 + 1,
    "started": "1",
    "host": process.identity()["host"],
    "boot": process.identity()["boot"],
}


KERNEL = {"language": "python", "version": "3.11.7", "implementation": "CPython"}


class Session:
    """Writes what a tracker writes, through the same run log, with times that rise."""

    def __init__(
        self, notebook: Path, runs: Path | None = None, alive: bool = True, kernel: dict = KERNEL
    ) -> None:
        self.runs = runs or notebook.parent / "runs"
        self.folder = self.runs / notebook.stem
        self.id = ids.new_id()
        self.log = Appender(layout.log_path(self.folder, self.id))
        directories.remember(self.runs)
        notebook.parent.mkdir(parents=True, exist_ok=True)
        notebook.touch()
        self.write(
            "session",
            format=1,
            session=self.id,
            notebook={"path": str(notebook), "name": notebook.stem},
            kernel=kernel,
            process=process.identity() if alive else GONE,
            user="ada",
            writer={"name": "backtrail", "version": "0.1.0"},
            cwd=str(notebook.parent),
        )

    def write(self, event: str, **fields: object) -> None:
        self.log.append({"event": event, "time": times.now(), **fields})

    def run(self, **params: object) -> str:
        run = ids.new_id()
        self.write(
            "run_start",
            run=run,
            number=1,
            name=f"run {run[-4:]}",
            experiment="x",
            cell=1,
            opened="first cell",
        )
        for key, value in params.items():
            self.write("param", run=run, key=key, value=value, cell=1, origin="logged")
            layout.run_dir(self.folder, run).mkdir(exist_ok=True)
        return run

    def points(self, run: str, *lines: dict) -> None:
        path = layout.metrics_path(self.folder, run)
        path.parent.mkdir(exist_ok=True)
        with open(path, "ab", buffering=0) as file:
            file.write(b"".join(json.dumps(line).encode() + b"\n" for line in lines))

    def end(self, run: str, status: str = "finished") -> None:
        self.write("run_end", run=run, status=status, cell=1)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read in a moment comes in one message, however busy the machine is."""
    for module in (follow_series, follow_runs):
        monkeypatch.setattr(module, "_FIRST", PATIENCE)


@pytest.fixture
def jp_server_config(outside):
    return {
        "ServerApp": {
            "jpserver_extensions": {"backtrail.server": True},
            "allow_unauthenticated_access": False,
        },
        "Backtrail": {"directories": [str(outside)]},
    }


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder outside the server's root that the settings name."""
    return tmp_path / "named"


@pytest.fixture
def record(jp_environ, jp_root_dir):
    """Begins a session on a notebook in the server's root (or at an absolute path)."""
    sessions = []

    def begin(notebook: str | Path = "digits.ipynb", **options: object) -> Session:
        session = Session(Path(os.path.realpath(jp_root_dir)) / notebook, **options)
        sessions.append(session)
        return session

    yield begin
    for session in sessions:
        session.log.close()


@pytest.fixture
def ask(jp_fetch):
    """Asks the extension, and gives the JSON that it answers."""

    async def get(*path: str, **params: object) -> dict:
        response = await jp_fetch("backtrail", *path, params=params, request_timeout=PATIENCE)
        return json.loads(response.body)

    return get


@pytest.fixture
def tell(jp_fetch):
    """Posts JSON to the extension, and gives the JSON that it answers."""

    async def post(*path: str, body: object) -> dict:
        options = {"method": "POST", "body": json.dumps(body), "request_timeout": PATIENCE}
        response = await jp_fetch("backtrail", *path, **options)
        return json.loads(response.body)

    return post


class Page:
    """A page's end of the WebSocket, which connects with the first message."""

    def __init__(self, connect) -> None:
        self._connect = connect
        self.socket = None

    async def write(self, text: str) -> None:
        self.socket = self.socket or await self._connect()
        await self.socket.write_message(text)

    async def say(self, **message: object) -> None:
        await self.write(json.dumps(message))

    async def hear(self) -> dict:
        text = await self.socket.read_message()
        assert text is not None, "the server closed the connection"
        return json.loads(text)

    async def hear_until(self, condition) -> list[dict]:
        """Messages up to the first that fulfils the condition."""
        messages = [await self.hear()]
        while not condition(messages[-1]):
            messages.append(await self.hear())
        return messages


@pytest.fixture
def page(jp_ws_fetch):
    """A page that follows."""
    opened = Page(lambda: jp_ws_fetch("backtrail", "follow"))
    yield opened
    if opened.socket is not None:
        opened.socket.close()
